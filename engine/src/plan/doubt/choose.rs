//! The numbers of machines that cover enough worlds for the least money, over all components at once.
use super::super::Tie;
use super::super::moment::{Budgets, Draft, Moment};
use super::super::search::Found;
use super::super::{Part, StoreFleet};
use super::judged::{Judge, Verdict};
use super::matters::{Sensitivity, matters};
use super::needs::{asked, offer, weighed};
use super::{PlanOptions, RuleOf};
use crate::choice::{Choice, Coverage, Joint, Judged, Offer, Rule, weigh};
use crate::sizing::{DiskNeed, NodeDisk, cheapest_volume};
use crate::units::Money;
use crate::workload::{Component, ComponentName, Worlds};

/// What was chosen under doubt.
pub(in crate::plan) struct Chosen {
    pub(in crate::plan) draft: Draft,
    pub(in crate::plan) verdict: Verdict,
    /// Others that may be the cheapest that covers enough, for all that so many draws can tell.
    pub(in crate::plan) ties: Vec<Tie>,
    /// Plans for other shares of the worlds, cheapest first: the frontier of cost against risk.
    pub(in crate::plan) ladder: Vec<(Draft, Verdict)>,
    /// What a broken promise was priced at, where the rule prices it.
    pub(in crate::plan) miss: Option<Money>,
    /// Which inputs matter.
    pub(in crate::plan) sensitivity: Sensitivity,
}

/// Shares of the worlds that plans of the frontier are sized for.
const LADDER: [f64; 7] = [50.0, 75.0, 90.0, 95.0, 98.0, 99.0, 99.9];
/// Further ones where risk is weighed against money: a broken promise may be worth little.
const BOLD: [f64; 3] = [5.0, 15.0, 30.0];
/// How often the wanted number of worlds is moved until the judged plan covers enough of them.
const MOST_MOVES: u32 = 6;

/// Sizes the parts of a draft, and no others, for the worlds; used for alternatives.
pub(in crate::plan) fn sized(
    moment: &Moment<'_>,
    draft: &Draft,
    budgets: &Budgets,
    judge: &Judge<'_>,
    options: &PlanOptions,
) -> (Draft, Verdict) {
    sized_among(moment, draft, &[], budgets, judge, options)
}

/// The same where each component may also be carried by its part in one of `others`.
pub(in crate::plan) fn sized_among(
    moment: &Moment<'_>,
    draft: &Draft,
    others: &[&Draft],
    budgets: &Budgets,
    judge: &Judge<'_>,
    options: &PlanOptions,
) -> (Draft, Verdict) {
    let chooser = Chooser::new(moment, judge, budgets, draft, |name| {
        let mut parts: Vec<&Part> = vec![&draft[name]];
        for part in others.iter().filter_map(|other| other.get(name)) {
            if parts.iter().all(|known| known.option() != part.option()) {
                parts.push(part);
            }
        }
        let asked = asked(judge.moments(), name, budgets, draft);
        parts.into_iter().map(|part| (part.clone(), offer(&asked, part))).collect()
    });
    chooser.reaching(chooser.target(options))
}

/// Chooses among the cheapest options of every component.
pub(in crate::plan) fn choose(
    moment: &Moment<'_>,
    found: &Found,
    judge: &Judge<'_>,
    options: &PlanOptions,
    drawn: &Worlds,
) -> Chosen {
    let (draft, budgets) = (&found.draft, &found.budgets);
    let chooser = Chooser::new(moment, judge, budgets, draft, |name| {
        weighed(judge.moments(), name, &draft[name], &found.options[name], budgets, draft)
    });
    let worlds = judge.moments().len();
    let target = chooser.target(options);
    let is_priced = options.rule != RuleOf::Coverage;
    let bold = BOLD.iter().filter(|_| is_priced);
    let mut wanted: Vec<usize> =
        LADDER.iter().chain(bold).map(|p| (p / 100.0 * worlds as f64).ceil() as usize).collect();
    let sure = Coverage::enough(worlds, options.coverage, options.confidence);
    wanted.extend([lowest_that_may_reach(worlds, options), sure]);
    wanted.sort_unstable();
    wanted.dedup();
    let mut ladder: Vec<(Draft, Verdict)> = vec![chooser.reaching(target)];
    let middle = is_priced.then(|| draft.clone());
    for draft in wanted.into_iter().map(|wanted| chooser.drafted(&chooser.solve(wanted))).chain(middle) {
        if ladder.iter().all(|(known, _)| !is_same(known, &draft)) {
            let verdict = judge.judge(&draft);
            ladder.push((draft, verdict));
        }
    }
    let judged: Vec<Judged> = ladder.iter().map(|(_, v)| v.judged.clone()).collect();
    let cheapest = judged.iter().map(Judged::expected).min().unwrap_or(Money::ZERO);
    let miss = options.miss.unwrap_or_else(|| Money::nearest(cheapest.as_dollars() * PlanOptions::MISS));
    let rule = match options.rule {
        RuleOf::Coverage => Rule::Cheapest { target: options.coverage, confidence: options.confidence },
        RuleOf::Regret => Rule::LeastRegret { miss },
        RuleOf::Careful => Rule::Careful { miss, worst: options.worst },
    };
    let weighed = weigh(&judged, rule);
    let ties = weighed.ties.iter().map(|&place| tie(&ladder[place])).collect();
    let sensitivity = matters(drawn, &ladder, &judged, weighed.best, miss);
    let (draft, verdict) = ladder.remove(weighed.best);
    ladder.sort_by_key(|(_, v)| v.doubt.month.mean);
    let miss = is_priced.then_some(miss);
    Chosen { draft, verdict, ties, ladder, miss, sensitivity }
}

/// The fewest worlds of which these draws cannot say that they are too few.
fn lowest_that_may_reach(worlds: usize, options: &PlanOptions) -> usize {
    let reaches = |held: usize| Coverage { held, worlds }.at_most(options.confidence) >= options.coverage;
    (0..=worlds).find(|&held| reaches(held)).unwrap_or(worlds)
}

fn is_same(a: &Draft, b: &Draft) -> bool {
    a.iter().all(|(name, part)| part.is_same_size(&b[name]))
}

fn tie((draft, verdict): &(Draft, Verdict)) -> Tie {
    let fleets = draft.iter().filter_map(|(name, part)| Some((name, part.fleet()?, part.option())));
    let fleets: Vec<String> = fleets.map(|(name, f, option)| format!("{name} on {} x {option}", f.machines)).collect();
    Tie { runs: fleets.join(", "), month: verdict.doubt.month.mean, coverage: verdict.doubt.coverage }
}

/// Everything that a choice is made from.
struct Chooser<'a, 'w> {
    moment: &'a Moment<'w>,
    judge: &'a Judge<'w>,
    budgets: &'a Budgets,
    /// How long others take, while one is sized.
    around: &'a Draft,
    names: Vec<&'w ComponentName>,
    parts: Vec<Vec<Part>>,
    joint: Joint,
}

impl<'a, 'w> Chooser<'a, 'w> {
    fn new(
        moment: &'a Moment<'w>,
        judge: &'a Judge<'w>,
        budgets: &'a Budgets,
        around: &'a Draft,
        offers: impl Fn(&ComponentName) -> Vec<(Part, Offer)>,
    ) -> Self {
        let names = moment.workload.leaves_first();
        let (parts, sizes) = names.iter().map(|name| offers(name).into_iter().unzip()).unzip();
        Self { moment, judge, budgets, around, names, parts, joint: Joint::of(sizes, judge.moments().len()) }
    }
    fn worlds(&self) -> usize {
        self.judge.moments().len()
    }
    fn target(&self, options: &PlanOptions) -> usize {
        // A hair less, so that 95 % of 100 is 95 and not 96.
        (options.coverage.as_part() * self.worlds() as f64 - 1e-9).ceil() as usize
    }
    fn solve(&self, wanted: usize) -> Choice {
        self.joint.cheapest(wanted).expect("what was chosen at the middle is an option")
    }
    /// The cheapest that covers so many worlds when it is judged: the parts of the promise are only a guide to the whole.
    fn reaching(&self, enough: usize) -> (Draft, Verdict) {
        let (mut wanted, mut best): (usize, Option<(Draft, Verdict)>) = (enough, None);
        let (mut too_few, mut plenty) = (0, self.worlds() + 1);
        for _ in 0..MOST_MOVES {
            let choice = self.solve(wanted);
            let draft = self.drafted(&choice);
            let verdict = self.judge.judge(&draft);
            let held = verdict.doubt.coverage.held;
            let better = best.as_ref().is_none_or(|(_, b)| {
                let had = b.doubt.coverage.held;
                if had >= enough && held >= enough { verdict.doubt.month.mean < b.doubt.month.mean } else { held > had }
            });
            if better {
                best = Some((draft, verdict));
            }
            if wanted == enough && held >= enough {
                break; // what was asked for, and no more: nothing to win
            }
            (too_few, plenty) =
                if held < enough { (too_few.max(wanted), plenty) } else { (too_few, plenty.min(wanted)) };
            let next = if held < enough { wanted + (enough - held) } else { wanted.saturating_sub(held - enough) };
            wanted = next.clamp(too_few + 1, plenty.max(too_few + 2) - 1);
            if wanted > self.worlds() || plenty <= too_few + 1 || wanted >= plenty {
                break;
            }
        }
        best.expect("at least one was judged")
    }

    fn need(&self, component: usize, option: usize, world: usize) -> Option<u32> {
        self.joint.sizes()[component][option].needs[world]
    }
    fn covers(&self, taken: &[(usize, u32)], world: usize) -> bool {
        taken.iter().enumerate().all(|(c, (o, size))| self.need(c, *o, world).is_some_and(|n| n <= *size))
    }

    /// The parts of a choice in their numbers, with disks that are large enough wherever they are covered.
    fn drafted(&self, choice: &Choice) -> Draft {
        let covered: Vec<usize> = (0..self.worlds()).filter(|w| self.covers(&choice.taken, *w)).collect();
        let mut draft = self.around.clone();
        for (c, (name, (option, size))) in self.names.iter().zip(&choice.taken).enumerate() {
            let part = &self.parts[c][*option];
            // A world that asks for just so many says why there are so many.
            let asks = |w: &&usize| self.need(c, *option, **w) == Some(*size);
            let all: Vec<usize> = (0..self.worlds()).collect();
            let world = covered.iter().find(asks).or_else(|| all.iter().find(asks));
            let reasons = world.and_then(|w| {
                let there = &self.judge.moments()[*w];
                there.resized(name, part, self.budgets, &draft).ok()
            });
            let mut sized = reasons.unwrap_or_else(|| part.clone());
            self.give_disk(name, &mut sized, &covered);
            draft.insert((*name).clone(), sized);
        }
        // As busy as they are at the middle of every estimate; why there are so many stays as it was found.
        let mut carried = self.moment.carried(&draft).draft;
        for (name, part) in &mut carried {
            if let (Some(fleet), Some(sized)) = (part.fleet_mut(), draft[name].fleet()) {
                fleet.least.clone_from(&sized.least);
            }
        }
        carried
    }

    fn give_disk(&self, name: &ComponentName, part: &mut Part, covered: &[usize]) {
        let needs = covered.iter().filter_map(|w| self.judge.moments()[*w].disk_need(name, part));
        let Some(need) = needs.reduce(DiskNeed::max) else { return };
        if let Part::Stream(stream) = part {
            if let Some(disk) = self.moment.stream_disk(name, stream, need) {
                stream.disk = disk;
            }
            return;
        }
        let Component::Store(store) = self.moment.component(name) else { return };
        if let (Part::Store(StoreFleet { disk, .. }), Some(volume)) =
            (part, cheapest_volume(self.moment.catalog, &store.volumes, need))
        {
            *disk = NodeDisk::Volume(volume);
        }
    }
}

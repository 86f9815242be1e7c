//! The horizon: the size of every month, when each step is needed, and how far demand may grow before a promise breaks.
use super::moment::{Budgets, Draft, Moment};
use super::{End, Months, Part, Step};
use crate::choice::Band;
use crate::sizing::LatencyBudget;
use crate::units::{Factor, Money, Span};
use crate::workload::{ComponentName, Workload};
use std::collections::BTreeMap;

/// The largest factor on demand looked for; beyond it the answer is "more than that".
const MOST_GROWTH: f64 = 64.0;

/// The most worlds that the sizes of later months are counted in: over a year `plan fixtures/launch.toml` comes to $81,692 to
/// $84,880 with `--seed 1` to `5`; with 128 of them it was $75,144 to $85,400.
pub(crate) const SIZED_IN: usize = 512;
/// The most worlds that they are priced in.
pub(crate) const PRICED_IN: usize = 64;

/// Worlds that later months are looked at in.
pub(super) struct Ahead<'a> {
    /// The first ones that were drawn: low-discrepancy points are as even in any number of them.
    sized: &'a [Workload],
    /// The first of those: the months are priced in them.
    priced: &'a [Workload],
}

impl<'a> Ahead<'a> {
    pub(super) fn of(worlds: &'a [Workload]) -> Self {
        Self { sized: &worlds[..worlds.len().min(SIZED_IN)], priced: &worlds[..worlds.len().min(PRICED_IN)] }
    }
}

/// The months after the first, each sized anew on the same machines.
///
/// Every month keeps the budgets of the first, so the promise end to end is checked where load is heaviest, in the last;
/// only if it is broken there is every month checked and mended by itself. Under doubt every component keeps covering as
/// many worlds as it covers today, each world having grown as it grows.
pub(super) fn over_horizon(
    today: &Moment<'_>,
    chosen: &Draft,
    budgets: &Budgets,
    first: Money,
    ahead: Option<&Ahead<'_>>,
) -> Months {
    if let Some(ahead) = ahead {
        return covering(today, chosen, budgets, first, ahead);
    }
    let (months, last) = walk(today, chosen, budgets, first, false);
    let end = today.beside(today.workload, Span::months(months.totals.len() as f64 - 1.0));
    if end.keeps_latency(&last) { months } else { walk(today, chosen, budgets, first, true).0 }
}

fn walk(today: &Moment<'_>, chosen: &Draft, budgets: &Budgets, first: Money, mend: bool) -> (Months, Draft) {
    let mut months = Months { totals: vec![first], machines: vec![machines(chosen)], ..Months::default() };
    let mut now = chosen.clone();
    for month in 1..today.workload.months() {
        let moment = today.beside(today.workload, Span::months(f64::from(month)));
        let mut next = match next_month(&moment, &now, budgets) {
            Ok(next) => next,
            Err((component, why)) => {
                months.ends = Some(End { month, component, why });
                break;
            }
        };
        if mend {
            mended(&moment, &mut next);
        }
        months.step(month, &now, &next);
        months.totals.push(moment.bill(&next).total());
        months.machines.push(machines(&next));
        now = next;
    }
    (months, now)
}

impl Months {
    /// Tells what changes size from one month to the next.
    fn step(&mut self, month: u32, now: &Draft, next: &Draft) {
        for (name, part) in next {
            if !part.is_same_size(&now[name]) {
                let change = describe(&now[name], part);
                self.steps.push(Step { month, component: name.clone(), change });
            }
        }
    }
}

/// The months under doubt.
fn covering(today: &Moment<'_>, chosen: &Draft, budgets: &Budgets, first: Money, ahead: &Ahead<'_>) -> Months {
    let mut months = Months { totals: vec![first], machines: vec![machines(chosen)], ..Months::default() };
    let at =
        |elapsed: Span| -> Vec<Moment<'_>> { ahead.sized.iter().map(|world| today.beside(world, elapsed)).collect() };
    let covers = |moments: &[Moment<'_>], name: &ComponentName, part: &Part| {
        let held = part.fleet().map_or(0, |fleet| fleet.machines);
        let needs = moments.iter().filter_map(|moment| moment.asked(name, budgets, chosen).machines(part));
        needs.filter(|need| *need <= held).count()
    };
    let start = at(Span::ZERO);
    let covered: BTreeMap<&ComponentName, usize> =
        chosen.iter().map(|(name, part)| (name, covers(&start, name, part))).collect();
    let bills = |elapsed: Span, draft: &Draft| -> Vec<Money> {
        let there = ahead.priced.iter().map(|world| today.beside(world, elapsed));
        there.map(|moment| moment.bill(&moment.carried(draft).draft).total()).collect()
    };
    // A few worlds tell how much dearer a month is than the first, and all of them what the first one costs.
    let mut sums = bills(Span::ZERO, chosen);
    let of_few = Band::of(&sums).expect("some worlds are priced").mean;
    let to_all = first.ratio(of_few).unwrap_or(1.0);
    let scaled = |money: Money| Money::nearest(money.as_dollars() * to_all);
    let mut now = chosen.clone();
    for month in 1..today.workload.months() {
        let elapsed = Span::months(f64::from(month));
        let moments = at(elapsed);
        let mut next = now.clone();
        for name in today.workload.leaves_first().into_iter().filter(|name| chosen[*name].fleet().is_some()) {
            match still_covering(&moments, name, &now[name], covered[name], budgets, &next) {
                Ok(part) => drop(next.insert(name.clone(), part)),
                Err(why) => {
                    months.ends = Some(End { month, component: name.clone(), why });
                    months.over = None;
                    return months;
                }
            }
        }
        months.step(month, &now, &next);
        let totals = bills(elapsed, &next);
        sums.iter_mut().zip(&totals).for_each(|(sum, total)| *sum += *total);
        months.totals.push(scaled(Band::of(&totals).expect("some worlds are priced").mean));
        months.machines.push(machines(&next));
        now = next;
    }
    months.over = Band::of(&sums).map(|band| Band { mean: months.total(), ..band.map(scaled) });
    months
}

/// A part in the number that covers so many worlds of a month, never fewer than before; another part where no number does.
fn still_covering(
    moments: &[Moment<'_>],
    name: &ComponentName,
    before: &Part,
    covered: usize,
    budgets: &Budgets,
    draft: &Draft,
) -> Result<Part, String> {
    let mut needs: Vec<(u32, usize)> = moments
        .iter()
        .enumerate()
        .map(|(world, m)| (m.asked(name, budgets, draft).machines(before).unwrap_or(u32::MAX), world))
        .collect();
    needs.sort_unstable();
    let Some(&(need, world)) = covered.checked_sub(1).and_then(|place| needs.get(place)) else {
        return Ok(before.clone()); // it covers none today, and is told to
    };
    if before.fleet().is_some_and(|fleet| need <= fleet.machines) {
        return Ok(before.clone());
    }
    match moments[world].resized(name, before, budgets, draft) {
        Ok(part) => Ok(part),
        Err(refusal) => {
            let other = moments[world].cheapest(name, budgets, draft, 1).pop();
            other.ok_or_else(|| format!("{}: {refusal}", before.option()))
        }
    }
}

fn machines(draft: &Draft) -> u32 {
    draft.values().filter_map(Part::fleet).map(|f| f.machines).sum()
}

/// The parts of one month: the machines of the month before in the number that is needed, other machines where no number
/// is enough.
fn next_month(moment: &Moment<'_>, before: &Draft, budgets: &Budgets) -> Result<Draft, (ComponentName, String)> {
    let mut next = before.clone();
    for name in moment.workload.leaves_first() {
        let part = match moment.resized(name, &before[name], budgets, &next) {
            Ok(part) => part,
            Err(refusal) => {
                let other = moment.cheapest(name, budgets, &next, 1).pop();
                other.ok_or_else(|| (name.clone(), format!("{}: {refusal}", before[name].option())))?
            }
        };
        next.insert(name.clone(), part);
    }
    Ok(next)
}

/// One more of the busiest while the promise end to end is broken.
fn mended(moment: &Moment<'_>, next: &mut Draft) {
    for _ in 0..MOST_REPAIRS {
        if moment.keeps_latency(next) {
            return;
        }
        let Some((name, part)) = one_more(moment, next) else { return };
        next.insert(name, part);
    }
}

/// Repairs beyond this mean that the budgets no longer fit, which the step itself will show.
const MOST_REPAIRS: u32 = 50;

/// One machine more where machines are busiest.
pub(super) fn one_more(moment: &Moment<'_>, draft: &Draft) -> Option<(ComponentName, Part)> {
    let busy = |part: &Part| part.fleet().map(|f| f.stressed_station.utilization());
    let (name, part) = draft
        .iter()
        .filter(|(_, part)| matches!(part, Part::Service(_) | Part::Store(_) | Part::Cache(_) | Part::Stream(_)))
        .max_by(|(_, a), (_, b)| busy(a).partial_cmp(&busy(b)).unwrap_or(std::cmp::Ordering::Equal))?;
    let step = moment.terms(name, LatencyBudget::default()).step.max(1);
    let more = part.fleet()?.machines + step;
    moment.at_count(name, part, more, draft).ok().map(|part| (name.clone(), part))
}

fn describe(before: &Part, after: &Part) -> String {
    let count = |p: &Part| p.fleet().map_or(0, |f| f.machines);
    if before.option() == after.option() {
        format!("{} -> {} x {}", count(before), count(after), after.option())
    } else {
        format!("{} x {} -> {} x {}", count(before), before.option(), count(after), after.option())
    }
}

/// The largest factor on today's demand that the draft carries with every promise kept, and what breaks just beyond it.
/// `None` where even today's demand breaks something.
pub(super) fn growth_left(today: &Moment<'_>, draft: &Draft, budgets: &Budgets) -> Option<(Factor, String)> {
    breaks_at(today, draft, budgets, 1.0).is_none().then(|| {
        // Resources are quick to ask; the response time end to end is asked near their limit, and only if it is broken
        // there is it searched by itself.
        let (by_resources, reason) = largest(MOST_GROWTH, |factor| overloads_at(today, draft, budgets, factor).err());
        if breaks_at(today, draft, budgets, by_resources).is_none() {
            return (Factor::of(by_resources), reason);
        }
        let (factor, reason) = largest(by_resources, |factor| breaks_at(today, draft, budgets, factor));
        (Factor::of(factor), reason)
    })
}

/// The largest factor from one up to `most` at which nothing breaks, to half a per cent, and what breaks above it.
fn largest(most: f64, breaks: impl Fn(f64) -> Option<String>) -> (f64, String) {
    let Some(mut reason) = breaks(most) else { return (most, String::new()) };
    let (mut low, mut high) = (1.0, most);
    while high / low > 1.005 {
        let middle = f64::midpoint(low, high).min(low * 2.0);
        match breaks(middle) {
            None => low = middle,
            Some(why) => (high, reason) = (middle, why),
        }
    }
    (low, reason)
}

/// What breaks when demand is so many times today's, with the fleet as it is; none if nothing does.
pub(super) fn breaks_at(today: &Moment<'_>, draft: &Draft, budgets: &Budgets, factor: f64) -> Option<String> {
    let scaled = today.workload.with_demand(Factor::of(factor));
    let moment = today.beside(&scaled, today.elapsed);
    let loaded = match overloads(&moment, draft, budgets) {
        Ok(loaded) => loaded,
        Err(why) => return Some(why),
    };
    moment.broken_latency(&loaded).map(|(promise, takes)| match takes {
        Some(takes) => format!("{} takes {takes}, {} is promised", promise.name(), promise.within),
        None => format!("{} takes longer than can be told, {} is promised", promise.name(), promise.within),
    })
}

fn overloads_at(today: &Moment<'_>, draft: &Draft, budgets: &Budgets, factor: f64) -> Result<(), String> {
    let scaled = today.workload.with_demand(Factor::of(factor));
    overloads(&today.beside(&scaled, today.elapsed), draft, budgets).map(|_| ())
}

/// The draft under another load, or the first resource that it has too little of.
fn overloads(moment: &Moment<'_>, draft: &Draft, budgets: &Budgets) -> Result<Draft, String> {
    let mut loaded = draft.clone();
    for name in moment.workload.leaves_first() {
        let Some(fleet) = draft[name].fleet() else { continue };
        let part = moment.at_count(name, &draft[name], fleet.machines, &loaded);
        loaded.insert(name.clone(), part.map_err(|refusal| format!("{name}: {refusal}"))?);
        if moment.workload.promises.availability.is_some() && !draft[name].is_one_machine() {
            let needed = moment.resized(name, &draft[name], budgets, &loaded).ok();
            let needed = needed.and_then(|part| Some(part.fleet()?.machines)).filter(|n| *n > fleet.machines);
            if let Some(needed) = needed {
                return Err(format!(
                    "{name}: the availability promise takes {needed} machines, there are {}",
                    fleet.machines
                ));
            }
        }
    }
    Ok(loaded)
}

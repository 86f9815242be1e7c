//! The parts that keep every promise for the least money.
//!
//! The end-to-end promise is divided by one number, the stretch: every component may take so many times what its service
//! takes by itself. Each component then takes its cheapest option; the largest stretch whose composition still keeps the
//! promise is found by bisection. What the division wastes is won back by exchange: one machine less, or another shape,
//! wherever the whole still holds. A workload of one service needs none of that: its budget is the promise.
use super::moment::{Budgets, Draft, Moment, budget_of};
use super::options::Options;
use super::{Part, PlanRefusal};
use crate::sizing::{DiskPlace, LatencyBudget, Refusal, Refused, StoreBurden, at_count, size};
use crate::units::{Money, Share, Span};
use crate::workload::{Component, ComponentName, Promises, Workload};
use std::collections::BTreeMap;

/// The parts, the budgets they were sized under, and everything else that would do.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) draft: Draft,
    pub(super) budgets: Budgets,
    pub(super) options: BTreeMap<ComponentName, Options>,
}

impl Found {
    pub(super) fn refused(&self) -> impl Iterator<Item = &Refused> {
        self.options.values().flat_map(|o| &o.refused)
    }
}

const SMALLEST_STRETCH: f64 = 0.15;
const LARGEST_STRETCH: f64 = 60.0;
/// Bisection ends within one per cent of the stretch; the exchange that follows is finer.
const STRETCH_STEPS: u32 = 10;
/// Options of a component that the exchange tries, cheapest first.
const EXCHANGED: usize = 12;

/// Finds them and everything else that would do, or says why there are none.
pub(super) fn search(moment: &Moment<'_>) -> Result<Found, PlanRefusal> {
    let (draft, budgets) = cheapest(moment)?;
    let names = moment.workload.components.keys();
    let options = names.map(|name| (name.clone(), moment.options(name, &budgets, &draft))).collect();
    Ok(Found { draft, budgets, options })
}

/// The parts, and the budgets they were sized under.
pub(super) fn cheapest(moment: &Moment<'_>) -> Result<(Draft, Budgets), PlanRefusal> {
    let promises = &moment.workload.promises.latency;
    let alone = matches!(
        moment.workload.components.values().collect::<Vec<_>>()[..],
        [Component::Service(s)] if s.calls.is_empty() && s.off_cpu.mid() == Span::ZERO
    );
    if promises.is_empty() || alone {
        let budget = LatencyBudget(promises.clone());
        let budgets = moment.workload.components.keys().map(|name| (name.clone(), budget.clone())).collect();
        return choose(moment, &budgets).map(|draft| (draft, budgets)).map_err(|why| why.told(moment));
    }
    let (mut draft, mut budgets) = widest(moment)?;
    // How many must be up for the time they are down is settled once it is known how many must carry.
    let bare = Workload {
        promises: Promises { availability: None, ..moment.workload.promises.clone() },
        ..moment.workload.clone()
    };
    // Whatever a component has of them, the exchange looks at so many others.
    let few = |name: &ComponentName| (name.clone(), moment.cheapest(name, &budgets, &draft, EXCHANGED + 1));
    let options = moment.workload.components.keys().map(few).collect();
    exchange(&moment.beside(&bare, moment.elapsed), &mut draft, &options);
    for (name, part) in &draft {
        if let Some(fleet) = part.fleet() {
            let widened = budget_of(&budgets, name).widened_to(&fleet.stressed_station);
            budgets.insert(name.clone(), widened);
        }
    }
    // Sized once more under what it really takes: with every reason for its number, and with those that may be down.
    for name in moment.workload.leaves_first() {
        if let Ok(part) = moment.resized(name, &draft[name], &budgets, &draft) {
            draft.insert(name.clone(), part);
        }
    }
    Ok((draft, budgets))
}

/// The cheapest option of every component under these budgets, the called before their callers.
fn choose<'m>(moment: &Moment<'m>, budgets: &Budgets) -> Result<Draft, NothingFits<'m>> {
    let mut draft = Draft::new();
    for name in moment.workload.leaves_first() {
        match moment.cheapest(name, budgets, &draft, 1).pop() {
            Some(best) => drop(draft.insert(name.clone(), best)),
            None => return Err(NothingFits { component: name, budgets: budgets.clone(), draft }),
        }
    }
    Ok(draft)
}

/// Where [`choose`] found nothing. Why is looked for when it is asked.
struct NothingFits<'m> {
    component: &'m ComponentName,
    budgets: Budgets,
    draft: Draft,
}

impl NothingFits<'_> {
    fn told(self, moment: &Moment<'_>) -> PlanRefusal {
        let refused = moment.options(self.component, &self.budgets, &self.draft).refused;
        PlanRefusal::NothingFits { place: moment.catalog.place.clone(), component: self.component.clone(), refused }
    }
}

fn stretched(moment: &Moment<'_>, stretch: impl Fn(&ComponentName) -> f64) -> Budgets {
    let shares: Vec<Share> = moment.workload.promises.latency.iter().map(|p| p.share).collect();
    let Some(any) = moment.catalog.shapes.first() else { return Budgets::new() };
    moment
        .workload
        .components
        .keys()
        .filter_map(|name| {
            let nothing = LatencyBudget::default();
            let station = moment.with_burden(name, DiskPlace::Network, &nothing, &Draft::new(), |burden| {
                burden.reference_station(any)
            })?;
            Some((name.clone(), LatencyBudget::stretched(&shares, &station, stretch(name))))
        })
        .collect()
}

/// Drafts tried under budgets, with the nearest that any of them came to the promise.
struct Trials<'m, 'w> {
    moment: &'m Moment<'w>,
    nearest: Option<Span>,
    /// The first that found nothing.
    nothing: Option<NothingFits<'w>>,
}

type Held = (Draft, Budgets);

impl Trials<'_, '_> {
    /// The cheapest parts under these budgets, if together they keep the promise.
    fn try_out(&mut self, budgets: Budgets) -> Option<Held> {
        match choose(self.moment, &budgets) {
            Ok(draft) => match self.moment.broken_latency(&draft) {
                None => Some((draft, budgets)),
                Some((_, takes)) => {
                    self.nearest = match (self.nearest, takes) {
                        (Some(a), Some(b)) => Some(if b < a { b } else { a }),
                        (a, b) => a.or(b),
                    };
                    None
                }
            },
            Err(nothing) => {
                self.nothing.get_or_insert(nothing);
                None
            }
        }
    }
    fn stretch(&mut self, log: f64) -> Option<Held> {
        let budgets = stretched(self.moment, |_| log.exp());
        self.try_out(budgets)
    }
}

/// The widest budgets whose cheapest parts keep the promise together.
fn widest(moment: &Moment<'_>) -> Result<Held, PlanRefusal> {
    let mut trials = Trials { moment, nearest: None, nothing: None };
    let (mut low, mut high) = (SMALLEST_STRETCH.ln(), LARGEST_STRETCH.ln());
    if let Some(held) = trials.stretch(high) {
        return Ok(held);
    }
    if let Some(nothing) = trials.nothing {
        return Err(nothing.told(moment)); // refused under the widest budgets: latency is not the reason
    }
    // Small stretches fail because nothing is so fast, large ones because the whole is late: look for any that works.
    let step = (high - low) / f64::from(STRETCH_STEPS * 2);
    let mut best = None;
    for i in 1..=STRETCH_STEPS * 2 {
        low = high - step;
        best = trials.stretch(low);
        if best.is_some() || i == STRETCH_STEPS * 2 {
            break;
        }
        high = low;
    }
    let Some(mut best) = best.or_else(|| tightest(&mut trials)) else {
        let promise = moment.workload.promises.latency[0];
        return Err(match (trials.nearest, trials.nothing) {
            (Some(takes), _) => PlanRefusal::OutOfReach { place: moment.catalog.place.clone(), promise, takes },
            (None, Some(nothing)) => nothing.told(moment),
            (None, None) => unreachable!("a draft that was tried and did not hold took some time"),
        });
    };
    for _ in 0..STRETCH_STEPS / 2 {
        let middle = f64::midpoint(low, high);
        match trials.stretch(middle) {
            Some(held) => (low, best) = (middle, held),
            None => high = middle,
        }
    }
    Ok(best)
}

/// The last resort: every component under the tightest budget that anything on offer keeps.
fn tightest(trials: &mut Trials<'_, '_>) -> Option<Held> {
    let moment = trials.moment;
    let mut stretches = BTreeMap::new();
    for name in moment.workload.leaves_first() {
        let (mut low, mut high) = (SMALLEST_STRETCH.ln(), LARGEST_STRETCH.ln());
        while high - low > 0.02 {
            let middle = f64::midpoint(low, high);
            let budgets = stretched(moment, |_| middle.exp());
            let fits = !moment.cheapest(name, &budgets, &Draft::new(), 1).is_empty();
            (low, high) = if fits { (low, middle) } else { (middle, high) };
        }
        stretches.insert(name.clone(), high.exp());
    }
    trials.try_out(stretched(moment, |name| stretches[name]))
}

/// One step at a time, the exchange that saves most while the whole holds: fewer machines, or another shape.
fn exchange(moment: &Moment<'_>, draft: &mut Draft, options: &BTreeMap<ComponentName, Vec<Part>>) {
    loop {
        let mut best: Option<(Money, ComponentName, Part)> = None;
        for name in moment.workload.components.keys() {
            let now = draft[name].month();
            let others = options[name].iter().filter(|p| p.option() != draft[name].option()).take(EXCHANGED);
            for candidate in std::iter::once(&draft[name]).chain(others) {
                let saved_so_far = best.as_ref().map_or(Money::ZERO, |(saved, ..)| *saved);
                if let Some(part) = shrunk(moment, name, candidate, draft, now - saved_so_far) {
                    best = Some((now - part.month(), name.clone(), part));
                }
            }
        }
        if let Some((_, name, part)) = best {
            draft.insert(name, part);
        } else if !swap(moment, draft, options) {
            return;
        }
    }
}

/// A step that costs more at one component and saves more than that at another: where no single step saves, the time that
/// a faster machine gives back may let another component do with less. True if there was one, and it was taken.
fn swap(moment: &Moment<'_>, draft: &mut Draft, options: &BTreeMap<ComponentName, Vec<Part>>) -> bool {
    // What each component costs at least, whatever the promise: no swap can save more than that leaves.
    let cheapest = |name: &ComponentName| {
        let free = moment.cheapest(name, &Budgets::new(), draft, 1);
        free.first().map_or(Money::ZERO, Part::month)
    };
    let floor: BTreeMap<&ComponentName, Money> = options.keys().map(|name| (name, cheapest(name))).collect();
    for (name, own) in options {
        let now = draft[name].month();
        for dearer in own.iter().take(EXCHANGED) {
            let extra = dearer.month() - now;
            let changed = with(draft, name, dearer);
            let others = options.keys().filter(|other| *other != name);
            for other in others.filter(|other| draft[*other].month() - floor[*other] > extra) {
                let limit = draft[other].month() - extra;
                let candidates = std::iter::once(&draft[other]).chain(options[other].iter().take(EXCHANGED));
                let cheapest =
                    candidates.filter_map(|part| shrunk(moment, other, part, &changed, limit)).min_by_key(Part::month);
                if let Some(part) = cheapest {
                    *draft = with(&changed, other, &part);
                    return true;
                }
            }
        }
    }
    false
}

fn with(draft: &Draft, name: &ComponentName, part: &Part) -> Draft {
    let mut changed = draft.clone();
    changed.insert(name.clone(), part.clone());
    changed
}

/// The same part in the least number that the whole allows, if that costs less than `limit`.
fn shrunk(moment: &Moment<'_>, name: &ComponentName, part: &Part, draft: &Draft, limit: Money) -> Option<Part> {
    let most = part.fleet()?.machines;
    // What carries the load with no regard to latency is the least there can be.
    let fewest = moment.resized(name, part, &Budgets::new(), draft).ok()?;
    if fewest.month() >= limit {
        return None;
    }
    let step = moment.terms(name, LatencyBudget::default()).step.max(1);
    let steps = (most.saturating_sub(fewest.fleet()?.machines)) / step;
    let holds = |part: &Part| moment.keeps_latency(&with(draft, name, part));
    // The number of steps that can be taken away, by bisection: more machines are never slower.
    let (mut fine, mut tried) = (None, steps + 1);
    let mut low = 0;
    while low < tried {
        let middle = low + (tried - low) / 2;
        let fewer = moment.at_count(name, part, most - middle * step, draft).ok();
        match fewer.filter(&holds) {
            Some(part) => (fine, low) = (Some(part), middle + 1),
            None => tried = middle,
        }
    }
    fine.filter(|p| p.month() < limit)
}

impl Moment<'_> {
    /// The same machines in another number, latency aside, or what that number does not carry.
    pub(super) fn at_count(
        &self,
        name: &ComponentName,
        part: &Part,
        count: u32,
        draft: &Draft,
    ) -> Result<Part, Refusal> {
        let terms = self.terms(name, LatencyBudget::default());
        match (part, self.component(name)) {
            (Part::Service(fleet), Component::Service(service)) => {
                let burden = self.service_burden(name, service, draft);
                at_count(&burden, &fleet.shape, fleet.purchase, &terms, count).map(Part::Service)
            }
            (Part::Store(chosen), Component::Store(store)) => {
                let burden = self.store_burden(name, store, place_of(part), &LatencyBudget::default());
                let burden = kept_in_memory(burden, chosen.working_set);
                let fleet = at_count(&burden, &chosen.fleet.shape, chosen.fleet.purchase, &terms, count)?;
                self.with_disk(name, fleet, &burden)
            }
            (Part::Managed { managed, working_set, .. }, Component::Store(store)) => {
                let burden = self.store_burden(name, store, DiskPlace::Network, &LatencyBudget::default());
                let burden = kept_in_memory(burden, *working_set);
                let fit = crate::sizing::managed_again(&burden, self.catalog, &terms, managed);
                fit.map(|managed| self.managed_part(managed, store, &burden))
            }
            (Part::Object(_), Component::Object(_)) => self.same_class(name, part),
            _ => self.kind_again(name, part, Some(count), &Budgets::new()),
        }
    }

    /// The same machines in the number that this moment needs.
    pub(super) fn resized(
        &self,
        name: &ComponentName,
        part: &Part,
        budgets: &Budgets,
        draft: &Draft,
    ) -> Result<Part, Refusal> {
        let terms = self.terms(name, budget_of(budgets, name));
        match (part, self.component(name)) {
            (Part::Service(fleet), Component::Service(service)) => {
                let burden = self.service_burden(name, service, draft);
                size(&burden, &fleet.shape, fleet.purchase, &terms).map(Part::Service)
            }
            (Part::Store(chosen), Component::Store(store)) => {
                let burden = self.store_burden(name, store, place_of(part), &terms.budget);
                let burden = kept_in_memory(burden, chosen.working_set);
                let fleet = size(&burden, &chosen.fleet.shape, chosen.fleet.purchase, &terms)?;
                self.with_disk(name, fleet, &burden)
            }
            (Part::Managed { .. }, _) => self.at_count(name, part, 1, draft),
            (Part::Object(_), _) => self.same_class(name, part),
            _ => self.kind_again(name, part, None, budgets),
        }
    }

    pub(super) fn same_class(&self, name: &ComponentName, part: &Part) -> Result<Part, Refusal> {
        let options = self.options(name, &Budgets::new(), &Draft::new());
        let same = options.fits.into_iter().find(|p| p.option() == part.option());
        same.ok_or_else(|| gone(&part.option()))
    }
}

/// A burden with the working set that was chosen; one that the workload states stays as this world has it.
pub(super) fn kept_in_memory(burden: StoreBurden<'_>, chosen: Share) -> StoreBurden<'_> {
    if burden.store.working_set.is_some() { burden } else { StoreBurden { working_set: chosen, ..burden } }
}

fn gone(option: &str) -> Refusal {
    Refusal::Excluded(crate::sizing::Exclusion::NotAsked(format!("{option}, which is not on offer")))
}

/// Where a store's part keeps its data.
pub(super) fn place_of(part: &Part) -> DiskPlace {
    match part {
        Part::Store(store) if matches!(store.disk, crate::sizing::NodeDisk::Local(_)) => DiskPlace::Local,
        _ => DiskPlace::Network,
    }
}

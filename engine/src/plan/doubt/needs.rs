//! How many machines each option takes in each world.
use super::super::Part;
use super::super::moment::{Budgets, Draft, Moment, budget_of};
use super::super::options::Options;
use super::super::search::{kept_in_memory, place_of};
use crate::choice::Offer;
use crate::sizing::{DiskPlace, ServiceBurden, Spread, StoreBurden, Terms, count};
use crate::units::Money;
use crate::workload::{Component, ComponentName};

/// The cheapest options at the middle of every estimate that are weighed, and the cheapest in each anchor world.
const WEIGHED: usize = 12;
const OF_AN_ANCHOR: usize = 4;
/// Anchor worlds: where the option of the middle is asked for more than in so large a share of the others.
const ANCHORS: [f64; 3] = [0.8, 0.95, 1.0];
/// Worlds that no option weighed so far carries in any number are anchors too, so many of them.
const MOST_RESCUES: usize = 6;

/// The options of a component that are worth weighing, with what each takes in every world.
///
/// All options grow with the load, so those that are cheapest at the middle are mostly cheapest elsewhere; where a machine
/// must hold something whole, a hard world may take another. So the cheapest of hard worlds are weighed too, and those of
/// worlds that nothing weighed so far carries.
pub(super) fn weighed(
    moments: &[Moment<'_>],
    name: &ComponentName,
    chosen: &Part,
    options: &Options,
    budgets: &Budgets,
    draft: &Draft,
) -> Vec<(Part, Offer)> {
    let asked = asked(moments, name, budgets, draft);
    let offered = |part: &Part| (part.clone(), offer(&asked, part));
    let mut all = vec![offered(chosen)];
    if chosen.fleet().is_none() {
        return all;
    }
    let add = |all: &mut Vec<(Part, Offer)>, parts: &[Part]| {
        for part in parts {
            if all.iter().all(|(known, _)| known.option() != part.option()) {
                all.push(offered(part));
            }
        }
    };
    add(&mut all, &options.fits[..options.fits.len().min(WEIGHED)]);
    let cheapest = |world: usize| moments[world].cheapest(name, budgets, draft, OF_AN_ANCHOR);
    let mut by_need: Vec<(u32, usize)> =
        all[0].1.needs.iter().enumerate().filter_map(|(world, need)| Some(((*need)?, world))).collect();
    by_need.sort_unstable();
    for part in ANCHORS {
        let place = (part * by_need.len() as f64).ceil() as usize;
        if let Some((_, world)) = by_need.get(place.saturating_sub(1)) {
            add(&mut all, &cheapest(*world));
        }
    }
    for _ in 0..MOST_RESCUES {
        let lost: Vec<usize> =
            (0..moments.len()).filter(|w| all.iter().all(|(_, offer)| offer.needs[*w].is_none())).collect();
        let Some(world) = lost.get(lost.len() / 2) else { break };
        let before = all.len();
        add(&mut all, &cheapest(*world));
        if all.len() == before {
            break; // nothing on offer carries it
        }
    }
    all
}

/// What a part takes in every world, and what its sizes cost.
pub(super) fn offer(asked: &[Asked<'_, '_>], part: &Part) -> Offer {
    let Some(fleet) = part.fleet() else {
        return Offer { needs: vec![Some(1); asked.len()], sizes: vec![(1, part.month())] };
    };
    let needs: Vec<Option<u32>> = asked.iter().map(|asked| asked.machines(part)).collect();
    let mut sizes: Vec<u32> = needs.iter().flatten().copied().collect();
    sizes.sort_unstable();
    sizes.dedup();
    let each = fleet.shape.hourly(fleet.purchase).unwrap_or(Money::ZERO) * HOURS;
    // Disks and copying come on top: as at the middle, for each copy of the data, or once where they are spread over nodes.
    let rest = part.month() - each * fleet.machines;
    let spread = asked.first().is_some_and(|asked| match asked.moment.component(asked.name) {
        Component::Store(store) => store.engine.is_partitioned(),
        Component::Stream(_) => true,
        _ => false,
    });
    // More machines for gathered work are there for a shorter time.
    let gathered = asked.first().filter(|_| part.is_gathered());
    let of_run = |n: u32| gathered.and_then(|asked| asked.moment.month_of_runs(asked.name, part, n));
    let by_machine = rest.as_dollars() / f64::from(fleet.machines.max(1));
    let cost = |n: u32| each * n + if spread { rest } else { Money::nearest(by_machine * f64::from(n)) };
    let cost = |n: u32| of_run(n).unwrap_or_else(|| cost(n));
    Offer { needs, sizes: sizes.into_iter().map(|n| (n, cost(n))).collect() }
}

/// What every world asks of whatever carries a component. `draft` says how long the others take.
pub(super) fn asked<'m, 'w>(
    moments: &'m [Moment<'w>],
    name: &'m ComponentName,
    budgets: &'m Budgets,
    draft: &'m Draft,
) -> Vec<Asked<'m, 'w>> {
    moments.iter().map(|moment| moment.asked(name, budgets, draft)).collect()
}

/// What a moment asks of whatever carries a component, worked out once for all options.
pub(in crate::plan) struct Asked<'m, 'w> {
    moment: &'m Moment<'w>,
    name: &'m ComponentName,
    budgets: &'m Budgets,
    draft: &'m Draft,
    terms: Terms,
    burden: Option<Known<'w>>,
}

/// Burdens that do not depend on the option, but for the place of the data.
enum Known<'w> {
    Service(ServiceBurden<'w>),
    Store { network: StoreBurden<'w>, local: StoreBurden<'w> },
}

impl<'w> Moment<'w> {
    pub(in crate::plan) fn asked<'m>(
        &'m self,
        name: &'m ComponentName,
        budgets: &'m Budgets,
        draft: &'m Draft,
    ) -> Asked<'m, 'w> {
        let terms = self.terms(name, budget_of(budgets, name));
        let burden = match self.component(name) {
            Component::Service(service) => Some(Known::Service(self.service_burden(name, service, draft))),
            Component::Store(store) => {
                let [network, local] = [DiskPlace::Network, DiskPlace::Local]
                    .map(|place| self.store_burden(name, store, place, &terms.budget));
                Some(Known::Store { network, local })
            }
            _ => None,
        };
        Asked { moment: self, name, budgets, draft, terms, burden }
    }
}

impl Asked<'_, '_> {
    /// How many machines of a part's kind are asked for; none where no number will do.
    pub(in crate::plan) fn machines(&self, part: &Part) -> Option<u32> {
        let (moment, terms) = (self.moment, &self.terms);
        match (part, &self.burden) {
            (Part::Service(fleet), Some(Known::Service(burden))) => count(burden, &fleet.shape, terms),
            (Part::Store(chosen), Some(Known::Store { network, local })) => {
                let burden = if place_of(part) == DiskPlace::Local { local } else { network };
                let burden = kept_in_memory(burden.clone(), chosen.working_set);
                let machines = count(&burden, &chosen.fleet.shape, terms)?;
                let carrying = machines - terms.survive.lost(machines, terms.zones.min(machines).max(1));
                let spread = Spread { machines, carrying };
                burden.has_node_disk(moment.catalog, &chosen.fleet.shape, spread).then_some(machines)
            }
            _ => Some(moment.resized(self.name, part, self.budgets, self.draft).ok()?.fleet()?.machines),
        }
    }
}

/// A billed month in whole hours.
const HOURS: u32 = 730;

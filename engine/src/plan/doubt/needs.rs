//! How many machines each option takes in each world.
use super::super::Part;
use super::super::moment::{Budgets, Draft, Moment, budget_of};
use super::super::options::Options;
use super::super::search::{kept_in_memory, place_of};
use crate::choice::Offer;
use crate::sizing::{Spread, count};
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
    let offered = |part: &Part| (part.clone(), offer(moments, name, part, budgets, draft));
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

/// What a part takes in every world, and what its sizes cost. `draft` says how long the others take.
pub(super) fn offer(
    moments: &[Moment<'_>],
    name: &ComponentName,
    part: &Part,
    budgets: &Budgets,
    draft: &Draft,
) -> Offer {
    let Some(fleet) = part.fleet() else {
        return Offer { needs: vec![Some(1); moments.len()], sizes: vec![(1, part.month())] };
    };
    let needs: Vec<Option<u32>> = moments.iter().map(|m| m.machines_for(name, part, budgets, draft)).collect();
    let mut sizes: Vec<u32> = needs.iter().flatten().copied().collect();
    sizes.sort_unstable();
    sizes.dedup();
    let each = fleet.shape.hourly(fleet.purchase).unwrap_or(Money::ZERO) * HOURS;
    // Disks and copying come on top: as at the middle, for each copy of the data, or once where they are spread over nodes.
    let rest = part.month() - each * fleet.machines;
    let spread = moments.first().is_some_and(|moment| match moment.component(name) {
        Component::Store(store) => store.engine.is_partitioned(),
        Component::Stream(_) => true,
        _ => false,
    });
    // More machines for gathered work are there for a shorter time.
    let gathered = moments.first().filter(|_| part.is_gathered());
    let of_run = |n: u32| gathered.and_then(|moment| moment.month_of_runs(name, part, n));
    let by_machine = rest.as_dollars() / f64::from(fleet.machines.max(1));
    let cost = |n: u32| each * n + if spread { rest } else { Money::nearest(by_machine * f64::from(n)) };
    let cost = |n: u32| of_run(n).unwrap_or_else(|| cost(n));
    Offer { needs, sizes: sizes.into_iter().map(|n| (n, cost(n))).collect() }
}

impl Moment<'_> {
    /// How many machines of a part's kind this moment takes; none where no number will do.
    pub(in crate::plan) fn machines_for(
        &self,
        name: &ComponentName,
        part: &Part,
        budgets: &Budgets,
        draft: &Draft,
    ) -> Option<u32> {
        let terms = self.terms(name, budget_of(budgets, name));
        match (part, self.component(name)) {
            (Part::Service(fleet), Component::Service(service)) => {
                count(&self.service_burden(name, service, draft), &fleet.shape, &terms)
            }
            (Part::Store(chosen), Component::Store(store)) => {
                let burden = self.store_burden(name, store, place_of(part), &terms.budget);
                let burden = kept_in_memory(burden, chosen.working_set);
                let machines = count(&burden, &chosen.fleet.shape, &terms)?;
                let carrying = machines - terms.survive.lost(machines, terms.zones.min(machines).max(1));
                burden.node_disk(self.catalog, &chosen.fleet.shape, Spread { machines, carrying }).map(|_| machines)
            }
            _ => self.resized(name, part, budgets, draft).ok()?.fleet().map(|fleet| fleet.machines),
        }
    }
}

/// A billed month in whole hours.
const HOURS: u32 = 730;

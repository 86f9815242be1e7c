//! The least number of machines of one shape that carry a component.
use super::availability::least_for;
use super::{Burden, Check, Exclusion, LatencyBudget, Refusal, Resource, Spread};
use crate::catalog::{Purchase, Shape};
use crate::queueing::Station;
use crate::units::Share;
use crate::workload::Survive;
use std::sync::Arc;

/// What every fleet of a component has to keep.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// What may be lost.
    pub survive: Survive,
    /// Zones to spread over.
    pub zones: u32,
    /// The component's part of the latency promise.
    pub budget: LatencyBudget,
    /// No resource is planned beyond this.
    pub max_utilization: Share,
    /// The share of time in which enough machines must be up, and that one machine is.
    pub availability: Option<(Share, Share)>,
    /// Machines come in multiples of this.
    pub step: u32,
}

/// Machines of one shape that carry a component, and the working that led to their number.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    /// What they are.
    pub shape: Arc<Shape>,
    /// How they are paid.
    pub purchase: Purchase,
    /// How many.
    pub machines: u32,
    /// Over how many zones.
    pub zones: u32,
    /// How many are left to carry the load after the loss.
    pub carrying: u32,
    /// How many each resource asks for by itself, most first.
    pub least: Vec<(Resource, u32)>,
    /// One machine's resources in the busiest minute, nothing lost.
    pub calm: Vec<Check>,
    /// One machine's resources in the busiest minute, after the loss.
    pub stressed: Vec<Check>,
    /// One machine as a queue, nothing lost.
    pub calm_station: Station,
    /// One machine as a queue, after the loss.
    pub stressed_station: Station,
    /// Resources whose limit no table knows: not checked.
    pub unchecked: Vec<Resource>,
}

impl Fleet {
    /// What decided the number.
    pub fn bound_by(&self) -> Resource {
        self.least[0].0
    }
    /// What would decide next, with its own number.
    pub fn runner_up(&self) -> Option<(Resource, u32)> {
        self.least.get(1).copied()
    }
}

/// Nobody runs more of one component; beyond it the answer is another design.
const MOST_MACHINES: u32 = 20_000;

/// Sizes a fleet.
pub fn size(burden: &impl Burden, shape: &Arc<Shape>, purchase: Purchase, terms: &Terms) -> Result<Fleet, Refusal> {
    let most = burden.most_machines().min(MOST_MACHINES);
    let (floor, floor_reason) = burden.least_machines();
    let spare = terms.survive.lost(2, terms.zones.min(2)) + 1;
    let mut least = Vec::new();
    if floor > 1 {
        least.push((floor_reason, floor));
    }
    if spare > floor {
        least.push((Resource::Spare, spare));
    }
    let spread = |machines| spread(terms, machines);
    for &resource in burden.resources() {
        if burden.check(shape, spread(1), resource).is_none() {
            continue; // nobody knows the limit: named as unchecked, asks for nothing
        }
        let enough = |n: u32| {
            let limit = burden.most(resource, terms.max_utilization);
            burden.check(shape, spread(n), resource).is_none_or(|check| check.holds(limit))
        };
        match least_number(1, most, enough) {
            Some(n) => least.push((resource, n)),
            None => return Err(too_small(burden, shape, terms, resource, most)),
        }
    }
    let by_cpu = least.iter().map(|(_, n)| *n).max().unwrap_or(1);
    if !terms.budget.0.is_empty() {
        if let Some((broken, takes)) = terms.budget.broken_when_idle(&burden.station(shape, spread(most))) {
            return Err(Refusal::TooSlow { promise: broken.name(), within: broken.within, takes });
        }
        let enough = |n: u32| terms.budget.holds(&burden.station(shape, spread(n)));
        // Where something else already asks for enough, latency's own number would only cost time to find.
        let cpu = least.iter().find(|(r, _)| *r == Resource::Cpu).map_or(1, |(_, n)| *n);
        let from = if enough(by_cpu) { cpu } else { by_cpu };
        match least_number(from, most, enough) {
            Some(n) => least.push((Resource::Latency, n)),
            None => return Err(Refusal::TooMany { resource: Resource::Latency, limit: most }),
        }
    }
    let needed = least.iter().map(|(_, n)| *n).max().unwrap_or(1);
    if let Some((promised, up)) = terms.availability {
        let carrying = spread(needed).carrying;
        match least_for(carrying, promised, up, most) {
            Some(n) => least.push((Resource::Availability, n)),
            None => return Err(Refusal::TooMany { resource: Resource::Availability, limit: most }),
        }
    }
    let asked = least.iter().map(|(_, n)| *n).max().unwrap_or(1);
    let machines = asked.next_multiple_of(terms.step.max(1));
    if machines > asked {
        least.push((Resource::WholeZones, machines));
    }
    // On a tie the first named wins: what the work asks for before what the rules ask for, and of those the simplest.
    let rule = |r: Resource| match r {
        Resource::Copies => 1,
        Resource::Spare => 2,
        Resource::Availability => 3,
        _ => 0,
    };
    // Rounding up is told last: it is no reason of its own.
    let rounding = |r: Resource| r == Resource::WholeZones;
    least.sort_by_key(|&(resource, n)| (rounding(resource), std::cmp::Reverse(n), rule(resource), resource));
    Ok(describe(burden, shape, purchase, terms, machines, least))
}

/// The same where more than `most` machines are of no interest: refused at once where even so many do not carry the burden.
pub(crate) fn size_within(
    burden: &impl Burden,
    shape: &Arc<Shape>,
    purchase: Purchase,
    terms: &Terms,
    most: u32,
) -> Result<Fleet, Refusal> {
    if most < burden.most_machines().min(MOST_MACHINES) {
        let too_many = |resource| Err(Refusal::TooMany { resource, limit: most });
        let (floor, floor_reason) = burden.least_machines();
        if most < floor.max(1) {
            return too_many(floor_reason);
        }
        let spread = spread(terms, most);
        if spread.carrying == 0 {
            return too_many(Resource::Spare);
        }
        for &resource in burden.resources() {
            let limit = burden.most(resource, terms.max_utilization);
            if burden.check(shape, spread, resource).is_some_and(|check| !check.holds(limit)) {
                return too_many(resource);
            }
        }
        if !terms.budget.holds(&burden.station(shape, spread)) {
            return too_many(Resource::Latency);
        }
    }
    size(burden, shape, purchase, terms)
}

/// How many machines [`size`] would give, and nothing else: what is asked in thousands of worlds. None where it refuses.
pub(crate) fn count(burden: &impl Burden, shape: &Shape, terms: &Terms) -> Option<u32> {
    let most = burden.most_machines().min(MOST_MACHINES);
    let (floor, _) = burden.least_machines();
    let spread = |machines| spread(terms, machines);
    let mut needed = floor.max(terms.survive.lost(2, terms.zones.min(2)) + 1);
    for &resource in burden.resources() {
        let limit = burden.most(resource, terms.max_utilization);
        let enough = |n: u32| burden.check(shape, spread(n), resource).is_none_or(|check| check.holds(limit));
        // What another resource asks for is mostly enough for this one.
        if needed > most || !enough(needed) {
            needed = least_number(needed.min(most), most, enough)?;
        }
    }
    if !terms.budget.0.is_empty() {
        let enough = |n: u32| terms.budget.holds(&burden.station(shape, spread(n)));
        if !enough(needed) {
            terms.budget.broken_when_idle(&burden.station(shape, spread(most))).map_or(Some(()), |_| None)?;
            needed = least_number(needed, most, enough)?;
        }
    }
    if let Some((promised, up)) = terms.availability {
        needed = needed.max(least_for(spread(needed).carrying, promised, up, most)?);
    }
    Some(needed.next_multiple_of(terms.step.max(1)))
}

/// A fleet of a given number, or the first thing it does not keep.
pub fn at_count(
    burden: &impl Burden,
    shape: &Arc<Shape>,
    purchase: Purchase,
    terms: &Terms,
    machines: u32,
) -> Result<Fleet, Refusal> {
    let spread = spread(terms, machines);
    let (floor, floor_reason) = burden.least_machines();
    let count = |n: u32| super::Measure::Count(crate::units::Factor::of(f64::from(n)));
    let few = |resource, needs| Refusal::TooSmall {
        resource,
        needs: count(needs),
        has: count(machines),
        whole: count(machines),
        among: None,
    };
    if machines < floor {
        return Err(few(floor_reason, floor));
    }
    if spread.carrying == 0 {
        return Err(few(Resource::Spare, machines + 1));
    }
    for &resource in burden.resources() {
        let limit = burden.most(resource, terms.max_utilization);
        if let Some(check) = burden.check(shape, spread, resource).filter(|c| !c.holds(limit)) {
            return Err(check.refusal(limit));
        }
    }
    let station = burden.station(shape, spread);
    if let Some(broken) = terms.budget.0.iter().find(|p| station.response_exceeds(p.within) > p.share.rest()) {
        let takes = station.response_percentile(broken.share).unwrap_or(broken.within);
        return Err(Refusal::TooSlow { promise: broken.name(), within: broken.within, takes });
    }
    Ok(as_given(burden, shape, purchase, terms, machines))
}

/// A fleet of a given number with nothing asked of it. What is fullest after the loss is said to bind.
pub(crate) fn as_given(
    burden: &impl Burden,
    shape: &Arc<Shape>,
    purchase: Purchase,
    terms: &Terms,
    machines: u32,
) -> Fleet {
    let stressed = spread(terms, machines);
    let fullest = burden
        .resources()
        .iter()
        .filter_map(|&r| burden.check(shape, stressed, r))
        .max_by(|a, b| a.used().total_cmp(&b.used()))
        .map_or(Resource::Cpu, |check| check.resource);
    describe(burden, shape, purchase, terms, machines, vec![(fullest, machines)])
}

/// Whether a shape may be considered, and the cheapest allowed way to pay for it.
pub(crate) fn admit(
    shape: &Shape,
    architectures: &[crate::catalog::Architecture],
    burstable: bool,
    interruptible: bool,
    purchases: &[Purchase],
) -> Result<Purchase, Refusal> {
    let excluded = |why| Err(Refusal::Excluded(why));
    if shape.accelerators > 0 {
        return excluded(Exclusion::Accelerators(shape.accelerators));
    }
    if shape.burstable && !burstable {
        return excluded(Exclusion::Burstable);
    }
    if !architectures.is_empty() && !architectures.contains(&shape.architecture) {
        return excluded(Exclusion::Architecture(shape.architecture));
    }
    let asked = if purchases.is_empty() { &[Purchase::OnDemand][..] } else { purchases };
    if !interruptible && asked == [Purchase::Spot] {
        return excluded(Exclusion::NotInterruptible);
    }
    let may = |p: &&Purchase| interruptible || **p != Purchase::Spot;
    let cheapest = asked.iter().filter(may).filter_map(|&p| Some((shape.hourly(p)?, p))).min();
    cheapest.map_or_else(|| excluded(Exclusion::NoPrice(asked.to_vec())), |(_, purchase)| Ok(purchase))
}

fn spread(terms: &Terms, machines: u32) -> Spread {
    let zones = terms.zones.min(machines).max(1);
    Spread { machines, carrying: machines - terms.survive.lost(machines, zones) }
}

fn describe(
    burden: &impl Burden,
    shape: &Arc<Shape>,
    purchase: Purchase,
    terms: &Terms,
    machines: u32,
    least: Vec<(Resource, u32)>,
) -> Fleet {
    let stressed = spread(terms, machines);
    let calm = Spread::calm(machines);
    let checks = |s| burden.resources().iter().filter_map(|&r| burden.check(shape, s, r)).collect::<Vec<_>>();
    let (calm_checks, stressed_checks) = (checks(calm), checks(stressed));
    let is_checked = |r: &Resource| calm_checks.iter().any(|check| check.resource == *r);
    let unchecked = burden.resources().iter().copied().filter(|r| !is_checked(r)).collect();
    Fleet {
        shape: Arc::clone(shape),
        purchase,
        machines,
        zones: terms.zones.min(machines).max(1),
        carrying: stressed.carrying,
        least,
        calm: calm_checks,
        stressed: stressed_checks,
        calm_station: burden.station(shape, calm),
        stressed_station: burden.station(shape, stressed),
        unchecked,
    }
}

fn too_small(burden: &impl Burden, shape: &Shape, terms: &Terms, resource: Resource, most: u32) -> Refusal {
    let limit = burden.most(resource, terms.max_utilization);
    match burden.check(shape, spread(terms, most), resource) {
        Some(check) if !check.holds(limit) => {
            // Not where each has too little by itself, as of memory, however many there are.
            let is_shared = burden.check(shape, spread(terms, 1 << 30), resource).is_some_and(|far| far.holds(limit));
            match check.refusal(limit) {
                Refusal::TooSmall { resource, needs, has, whole, .. } if is_shared && most == MOST_MACHINES => {
                    Refusal::TooSmall { resource, needs, has, whole, among: Some(most) }
                }
                refusal => refusal,
            }
        }
        _ => Refusal::TooMany { resource, limit: most },
    }
}

/// The least `n` in `from..=most` that is enough, where more always is too. None if even `most` is not.
fn least_number(from: u32, most: u32, enough: impl Fn(u32) -> bool) -> Option<u32> {
    let mut high = from.max(1);
    if high > most {
        return enough(most).then_some(most);
    }
    let mut low = high - 1; // never tested below `from`: known to be too few, or of no interest
    while !enough(high) {
        low = high;
        if high == most {
            return None;
        }
        high = high.saturating_mul(2).min(most);
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if enough(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_number_is_found_from_below_and_not_beyond_the_limit() {
        for answer in 1..50 {
            assert_eq!(least_number(1, 100, |n| n >= answer), Some(answer));
        }
        assert_eq!(least_number(1, 100, |n| n >= 100), Some(100));
        assert_eq!(least_number(1, 100, |n| n >= 101), None);
        assert_eq!(least_number(7, 100, |n| n >= 3), Some(7));
        assert_eq!(least_number(200, 100, |n| n >= 3), Some(100));
    }
}

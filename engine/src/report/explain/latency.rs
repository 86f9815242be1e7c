//! How the division of a latency promise came about.
use super::{Cell, Derivation};
use crate::plan::{Hop, LatencyDivision, Plan};
use crate::units::Factor;

pub(super) fn derivations(plan: &Plan, prefix: &str) -> Vec<Derivation> {
    plan.latency_division.as_ref().map_or_else(Vec::new, |division| of(division, &format!("{prefix}.latency_budget")))
}

fn of(division: &LatencyDivision, at: &str) -> Vec<Derivation> {
    let promise = || vec![format!("workload.promises.{}", division.promise.name())];
    let cheapest = format!("{at}.cheapest_parts_usd_per_month");
    let mut all = vec![
        Derivation::new(format!("{at}.within_seconds"), division.promise.within, "the strictest promise", promise()),
        Derivation::new(
            cheapest.clone(),
            division.cheapest,
            "the sizes of all hops that keep the promise together for the least money",
            promise(),
        ),
        Derivation::new(
            format!("{at}.gap_share"),
            division.gap,
            "what divisions that were not tried might save, over the cheapest parts",
            vec![cheapest.clone()],
        ),
    ];
    all.extend(division.takes.map(|takes| {
        let how = "the parts of the plan composed after the loss, at the promise's share";
        Derivation::new(format!("{at}.takes_seconds"), takes, how, Vec::new())
    }));
    for (i, moved) in division.moved.iter().enumerate() {
        let within = format!("{at}.moved.{i}.within_seconds");
        let how = "the promise, a step away";
        all.push(Derivation::new(within.clone(), moved.within, how, vec![format!("{at}.within_seconds")]));
        all.extend(moved.difference.map(|difference| {
            let how = "the cheapest parts under that promise, less those under the stated one";
            let path = format!("{at}.moved.{i}.difference_usd_per_month");
            Derivation::new(path, difference, how, vec![within, cheapest.clone()])
        }));
    }
    for (i, hop) in division.hops.iter().enumerate() {
        all.extend(of_hop(hop, &format!("{at}.hops.{i}"), at));
    }
    all
}

fn of_hop(hop: &Hop, path: &str, at: &str) -> Vec<Derivation> {
    let number = |factor: Factor| Cell::Factor(factor);
    let visits = "calls over calls from the entry, on the mean";
    let budget = "its part of the requests that take just as long as the promise; those of all hops add up to it";
    let felt = "what a millisecond more for each visit adds to the whole";
    let saves = "what the cheapest parts save a month if each visit takes a millisecond less";
    let mut all = vec![
        Derivation::new(format!("{path}.visits"), number(hop.visits), visits, Vec::new()),
        Derivation::new(format!("{path}.budget_seconds"), hop.budget, budget, vec![format!("{at}.within_seconds")]),
        Derivation::new(
            format!("{path}.share"),
            hop.share,
            "its budget over the promise",
            vec![format!("{path}.budget_seconds"), format!("{at}.within_seconds")],
        ),
        Derivation::new(
            format!("{path}.milliseconds_per_millisecond_of_a_visit"),
            number(hop.felt),
            felt,
            vec![format!("{path}.visits")],
        ),
        Derivation::new(
            format!("{path}.faster_visit_saves_usd_per_month_per_millisecond"),
            hop.millisecond_saves,
            saves,
            vec![format!("{at}.cheapest_parts_usd_per_month")],
        ),
    ];
    all.extend(hop.own.map(|own| {
        let how = "a visit at the promise's share, without what it calls";
        Derivation::new(format!("{path}.own_seconds"), own, how, Vec::new())
    }));
    all.extend(hop.buys.map(|buys| {
        let how = "the price of its next larger size over the milliseconds it takes off the whole";
        Derivation::new(format!("{path}.buys_usd_per_month_per_millisecond"), buys, how, Vec::new())
    }));
    all.extend(hop.gives.map(|gives| {
        let how = "what its next smaller size saves over the milliseconds it adds to the whole";
        Derivation::new(format!("{path}.saves_usd_per_month_per_millisecond"), gives, how, Vec::new())
    }));
    all
}

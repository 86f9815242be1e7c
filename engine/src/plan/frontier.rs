//! Cost against risk against carbon: what nothing beats in all of them.
use super::moment::Draft;
use super::{Doubt, FrontierPoint, Plan};
use crate::catalog::Purchase;
use crate::choice::undominated;

/// A plan as a point of the frontier.
pub(super) fn point(plan: String, draft: &Draft, doubt: &Doubt) -> FrontierPoint {
    let runs = draft.iter().filter_map(|(name, part)| {
        let fleet = part.fleet()?;
        let paid = match fleet.purchase {
            Purchase::OnDemand => String::new(),
            purchase => format!(" ({purchase})"),
        };
        Some(format!("{name} on {} x {}{paid}", fleet.machines, part.option()))
    });
    FrontierPoint {
        plan,
        runs: runs.collect::<Vec<_>>().join(", "),
        month: doubt.month,
        coverage: doubt.coverage,
        missed: doubt.missed,
        emitted: doubt.carbon.as_ref().ok().map(|carbon| carbon.emitted),
    }
}

/// What nothing beats in expected cost, broken promises and what is emitted, cheapest first. Plans whose bill is not known
/// in full are not on it. What is emitted counts where it is known of all.
pub(super) fn frontier(chosen: &Plan, alternatives: &[Plan], ladder: Vec<FrontierPoint>) -> Vec<FrontierPoint> {
    // Another way to pay for the same machines is no other risk of this kind: it would only hide what stands behind it.
    let same_machines = |plan: &&Plan| plan.parts.iter().all(|(name, part)| part.is_same_size(&chosen.parts[name]));
    let others = alternatives.iter().filter(|plan| !same_machines(plan));
    let plans = std::iter::once(chosen).chain(others).filter(|plan| plan.bill.unknown.is_empty());
    let mut points: Vec<FrontierPoint> = plans.map(|plan| point(plan.id.clone(), &plan.parts, &plan.doubt)).collect();
    if chosen.bill.unknown.is_empty() {
        points.extend(ladder);
    }
    let is_told = points.iter().all(|p| p.emitted.is_some());
    let grams = |p: &FrontierPoint| p.emitted.filter(|_| is_told).map_or(0.0, |band| band.mean.as_grams());
    let respects: Vec<[f64; 3]> =
        points.iter().map(|p| [p.month.mean.as_dollars(), p.coverage.share().rest().as_part(), grams(p)]).collect();
    let mut kept: Vec<FrontierPoint> = undominated(&respects).into_iter().map(|place| points[place].clone()).collect();
    kept.sort_by_key(|p| p.month.mean);
    kept
}

//! What a workload comes to in drawn worlds, and nothing more: for comparing many of them.
use super::PlanRefusal;
use super::answer::{unknown_name, with_stated_speeds};
use super::compose::State;
use super::doubt::{Judge, PlanOptions, sized};
use super::moment::Moment;
use super::search::search;
use crate::catalog::Catalog;
use crate::choice::Coverage;
use crate::units::{Money, Share, Span};
use crate::workload::Workload;

/// The cost of a plan, world by world.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Costed {
    /// A month in each world.
    pub(crate) months: Vec<Money>,
    /// The worlds in which every promise holds.
    pub(crate) coverage: Coverage,
    /// The p99 at the entry at the middle of every estimate, with everything there.
    pub(crate) p99: Option<Span>,
    /// Charges of unknown price.
    pub(crate) unknown: usize,
}

/// The parts that keep the promises of `workload` for the least money, in the numbers that cover enough of `worlds`.
pub(crate) fn costed(
    workload: &Workload,
    worlds: &[Workload],
    options: &PlanOptions,
    catalog: &Catalog,
) -> Result<Costed, PlanRefusal> {
    unknown_name(workload, catalog).map_or(Ok(()), Err)?;
    let catalog = with_stated_speeds(workload, catalog);
    let moment = Moment::new(workload, &catalog, Span::ZERO);
    let found = search(&moment)?;
    let judge = Judge::new(worlds, &catalog);
    let (draft, verdict) = match worlds {
        // One world is the workload itself.
        [_] => (found.draft.clone(), judge.judge(&found.draft)),
        _ => sized(&moment, &found.draft, &found.budgets, &judge, options),
    };
    let p99 = moment.percentiles_at_entry(&draft, State::Calm, &[Share::percent(99.0)])[0];
    Ok(Costed {
        months: verdict.judged.cost,
        coverage: verdict.doubt.coverage,
        p99,
        unknown: verdict.bill.unknown.len(),
    })
}

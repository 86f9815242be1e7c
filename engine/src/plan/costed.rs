//! What a workload comes to in drawn worlds, and nothing more: for comparing many of them.
use super::answer::{unknown_name, with_stated_speeds};
use super::compose::State;
use super::doubt::{Judge, PlanOptions, sized_among};
use super::moment::{Draft, Moment};
use super::search::{Found, search};
use super::{Part, PlanRefusal};
use crate::catalog::{Catalog, Place};
use crate::choice::Coverage;
use crate::units::{Mass, Money, Share, Span};
use crate::workload::{ComponentName, Workload};

/// The cost of a plan, world by world.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Costed {
    /// A month in each world.
    pub(crate) months: Vec<Money>,
    /// The worlds in which every promise holds.
    pub(crate) coverage: Coverage,
    /// What breaks first where one does not, most often.
    pub(crate) breaks: Option<String>,
    /// The p99 at the entry at the middle of every estimate, with everything there.
    pub(crate) p99: Option<Span>,
    /// What a month emits on the mean; none where nobody can say.
    pub(crate) emitted: Option<Mass>,
    /// Charges of unknown price.
    pub(crate) unknown: usize,
    /// Where.
    place: Place,
    draft: Draft,
}

/// The parts that keep the promises of `workload` for the least money, in the numbers that cover enough of `worlds`.
///
/// Weighed are the parts that are best at the middle of every estimate and those of plans that are `known` already, of
/// the same place: what a workload may run on that has little else in another world.
pub(crate) fn costed(
    workload: &Workload,
    worlds: &[Workload],
    options: &PlanOptions,
    catalog: &Catalog,
    known: &[&Costed],
) -> Result<Costed, PlanRefusal> {
    unknown_name(workload, catalog).map_or(Ok(()), Err)?;
    let catalog = with_stated_speeds(workload, catalog);
    let moment = Moment::new(workload, &catalog, Span::ZERO);
    let found = search(&moment)?;
    let judge = Judge::new(worlds, &moment);
    let others: Vec<Draft> =
        known.iter().filter(|k| k.place == catalog.place).map(|k| of_kind(&found, &k.draft)).collect();
    let (draft, verdict) = match worlds {
        // One world is the workload itself.
        [_] => (found.draft.clone(), judge.judge(&found.draft)),
        _ => sized_among(&moment, &found.draft, &others.iter().collect::<Vec<_>>(), &found.budgets, &judge, options),
    };
    let p99 = moment.percentiles_at_entry(&draft, State::Calm, &[Share::percent(99.0)])[0];
    Ok(Costed {
        months: verdict.judged.cost,
        coverage: verdict.doubt.coverage,
        breaks: verdict.doubt.breaks.first().map(|b| b.what.clone()),
        p99,
        emitted: verdict.doubt.carbon.ok().map(|carbon| carbon.emitted.mean),
        unknown: verdict.bill.unknown.len(),
        place: catalog.place.clone(),
        draft,
    })
}

/// The parts of a draft that carry this workload too, paid as it may be paid; the others are left out.
fn of_kind(found: &Found, draft: &Draft) -> Draft {
    let same = |(name, part): (&ComponentName, &Part)| {
        let part = found.options.get(name)?.fits.iter().find(|other| other.option() == part.option())?;
        Some((name.clone(), part.clone()))
    };
    draft.iter().filter_map(same).collect()
}

//! A workload, and what is to be asked of it besides its plan.
use super::event::{events, horizon_with};
use super::seek::seek;
use super::sweep::sweep;
use super::{Event, EventAnswer, NoPlan, Seek, SeekAnswer, SeekRefusal, Sweep, SweepAnswer, WithEvents};
use crate::catalog::Catalog;
use crate::plan::{PlanAnswer, PlanOptions, PlanRefusal, plan};
use crate::uncertain::Draws;
use crate::workload::Workload;

/// A workload, and what is to be asked of it besides its plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The workload as it is stated.
    pub workload: Workload,
    /// How doubt is dealt with.
    pub options: PlanOptions,
    /// Changes for some months.
    pub events: Vec<Event>,
    /// Values to plan along.
    pub sweep: Option<Sweep>,
    /// A value to look for.
    pub seek: Option<Seek>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioAnswer {
    /// The plan as stated, or at the value that was looked for; none where only other points of a sweep have one.
    pub plan: Option<Box<PlanAnswer>>,
    /// What the months of the changes take.
    pub events: Vec<EventAnswer>,
    /// The months of the horizon together with those changes; none without changes, and where not every month has a plan.
    pub with_events: Option<WithEvents>,
    /// The plans along the values.
    pub sweep: Option<SweepAnswer>,
    /// The value that was looked for.
    pub seek: Option<SeekAnswer>,
}

/// Why nothing came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum ScenarioRefusal {
    /// There is no plan.
    Plan(PlanRefusal),
    /// No point of a sweep has a plan: the first point and the last, and why.
    NoPoint([(String, NoPlan); 2]),
    /// No value reaches the goal.
    Seek(SeekRefusal),
}

/// Asks all of it.
pub(crate) fn explore(
    scenario: &Scenario,
    catalogs: &[Catalog],
    seed: u64,
) -> Result<ScenarioAnswer, Box<ScenarioRefusal>> {
    let ask = |workload: &Workload| plan(workload, &scenario.options, catalogs, seed);
    if let Some(asked) = &scenario.seek {
        let (answer, plan) = seek(&scenario.workload, asked, ask).map_err(ScenarioRefusal::Seek)?;
        let plan = Some(Box::new(plan));
        return Ok(ScenarioAnswer { plan, events: Vec::new(), with_events: None, sweep: None, seek: Some(answer) });
    }
    let stated = ask(&scenario.workload);
    let swept = scenario.sweep.as_ref().map(|asked| sweep(asked, ask)).transpose().map_err(ScenarioRefusal::NoPoint)?;
    let plan = match stated {
        Ok(plan) => Some(Box::new(plan)),
        Err(_) if swept.is_some() => None,
        Err(refusal) => return Err(Box::new(ScenarioRefusal::Plan(refusal))),
    };
    let draws = Draws::new(scenario.options.draws, seed);
    let events = plan.as_ref().map_or_else(Vec::new, |plan| events(&scenario.events, plan, catalogs, draws, ask));
    let with_events = plan.as_ref().and_then(|plan| horizon_with(&events, plan));
    Ok(ScenarioAnswer { plan, events, with_events, sweep: swept, seek: None })
}

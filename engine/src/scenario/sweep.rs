//! Plans along the values of inputs.
use super::Probe;
use crate::plan::{PlanAnswer, PlanRefusal};
use crate::workload::Workload;

/// One value of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// As people read it: `500/s`.
    pub shown: String,
    /// The number in its base unit; none for words.
    pub number: Option<f64>,
}

/// The values of one input.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Which input.
    pub path: String,
    /// The values, in their order.
    pub values: Vec<Setting>,
}

/// A workload at one value of every axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The place on each axis.
    pub at: Vec<usize>,
    /// The workload there.
    pub workload: Workload,
}

/// What is to be planned along, the last axis fastest. Made by a reader that has checked every point.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// The inputs.
    pub axes: Vec<Axis>,
    /// A workload for every combination of their values.
    pub points: Vec<Point>,
}

impl Sweep {
    /// The most points of a sweep: each is a plan of its own. Beyond it an answer is neither quick nor read.
    pub const MOST: usize = 1000;
    /// The steps of an axis where none are asked for.
    pub const STEPS: usize = 10;
}

/// The plan at one point.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The place on each axis.
    pub at: Vec<usize>,
    /// The plan, in few numbers, or why there is none.
    pub outcome: Result<Probe, PlanRefusal>,
    /// What runs otherwise than at the point before on the last axis.
    pub changes: Vec<String>,
}

/// The plans along the values.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepAnswer {
    /// The inputs.
    pub axes: Vec<Axis>,
    /// A plan for every combination.
    pub stops: Vec<Stop>,
}

/// Plans every point. If none has a plan: the first and the last, and why.
pub(super) fn sweep(
    sweep: &Sweep,
    ask: impl Fn(&Workload) -> Result<PlanAnswer, PlanRefusal>,
) -> Result<SweepAnswer, [(String, PlanRefusal); 2]> {
    let mut stops: Vec<Stop> = Vec::with_capacity(sweep.points.len());
    for point in &sweep.points {
        let outcome = ask(&point.workload).map(|answer| Probe::of(&answer));
        let begins = point.at.last() == Some(&0);
        let before = stops.last().filter(|_| !begins).and_then(|stop| stop.outcome.as_ref().ok());
        let changes = match (before, &outcome) {
            (Some(before), Ok(probe)) => probe.changes_since(before),
            _ => Vec::new(),
        };
        stops.push(Stop { at: point.at.clone(), outcome, changes });
    }
    let named = |stop: &Stop| {
        let each =
            stop.at.iter().zip(&sweep.axes).map(|(at, axis)| format!("{} = {}", axis.path, axis.values[*at].shown));
        let Err(refusal) = stop.outcome.clone() else { unreachable!("no point has a plan") };
        (each.collect::<Vec<_>>().join(", "), refusal)
    };
    match (stops.first(), stops.last()) {
        (Some(first), Some(last)) if stops.iter().all(|stop| stop.outcome.is_err()) => Err([named(first), named(last)]),
        _ => Ok(SweepAnswer { axes: sweep.axes.clone(), stops }),
    }
}

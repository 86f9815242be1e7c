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
    /// The workload there, or what its reader tells of these values.
    pub workload: Result<Workload, String>,
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

/// Why there is no plan at a point.
#[derive(Clone, Debug, PartialEq)]
pub enum NoPlan {
    /// Nothing carries it, or nobody can tell.
    Refused(PlanRefusal),
    /// No workload file can state it: what its reader tells.
    Unreadable(String),
}

/// The plan at one point.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The place on each axis.
    pub at: Vec<usize>,
    /// The plan, in few numbers, or why there is none.
    pub outcome: Result<Probe, NoPlan>,
    /// What runs otherwise than at the point before on the last axis.
    pub changes: Vec<String>,
}

impl Stop {
    /// `demand.peak 500/s, promises.survive zone`.
    pub fn named(&self, axes: &[Axis]) -> String {
        let each = self.at.iter().zip(axes).map(|(at, axis)| format!("{} {}", axis.path, axis.values[*at].shown));
        each.collect::<Vec<_>>().join(", ")
    }
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
) -> Result<SweepAnswer, [(String, NoPlan); 2]> {
    let mut stops: Vec<Stop> = Vec::with_capacity(sweep.points.len());
    for point in &sweep.points {
        let outcome = match &point.workload {
            Ok(workload) => ask(workload).map(|answer| Probe::of(&answer)).map_err(NoPlan::Refused),
            Err(what) => Err(NoPlan::Unreadable(what.clone())),
        };
        let begins = point.at.last() == Some(&0);
        let before = stops.last().filter(|_| !begins).and_then(|stop| stop.outcome.as_ref().ok());
        let changes = match (before, &outcome) {
            (Some(before), Ok(probe)) => probe.changes_since(before),
            _ => Vec::new(),
        };
        stops.push(Stop { at: point.at.clone(), outcome, changes });
    }
    let named = |stop: &Stop| {
        let Err(why) = stop.outcome.clone() else { unreachable!("no point has a plan") };
        (stop.named(&sweep.axes), why)
    };
    match (stops.first(), stops.last()) {
        (Some(first), Some(last)) if stops.iter().all(|stop| stop.outcome.is_err()) => Err([named(first), named(last)]),
        _ => Ok(SweepAnswer { axes: sweep.axes.clone(), stops }),
    }
}

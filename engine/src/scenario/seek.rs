//! Looks for the value of an input at which a goal is just still reached.
//!
//! The plan is asked where the input stands and at seven values over the whole range, then the range between one that reaches
//! the goal and its neighbor that does not is halved until both are half a per cent apart. Sizes are whole machines, so what
//! a plan comes to is a staircase, and mostly a rising one; where it is not, the values show it and the answer says so.
//! Where nobody said how far to look and the outermost value still reaches the goal, the range is widened until one does not.
//!
//! A goal of a percentile is planned for as a promise: the cheapest plan of all is mostly slower than one that costs a
//! little more, so measuring it would tell of a value that is too small.
use super::{Dial, Measure, Probe, Scale};
use crate::plan::{PlanAnswer, PlanRefusal};
use crate::units::Span;
use crate::workload::{LatencyPromise, Workload};

/// What a measure must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// This or less.
    AtMost,
    /// This or more.
    AtLeast,
}

/// One condition on a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// Of what.
    pub measure: Measure,
    /// Which side of the limit is good.
    pub bound: Bound,
    /// The limit.
    pub limit: f64,
}

impl Goal {
    fn holds(self, probe: &Probe) -> bool {
        // What is not known does not reach a goal.
        self.measure.of(probe).is_some_and(|value| match self.bound {
            Bound::AtMost => value <= self.limit,
            Bound::AtLeast => value >= self.limit,
        })
    }
}

impl std::fmt::Display for Goal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = match self.bound {
            Bound::AtMost => "<=",
            Bound::AtLeast => ">=",
        };
        write!(f, "{} {sign} {}", self.measure.name(), self.measure.shown(self.limit))
    }
}

/// Which end of what reaches the goal is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The largest value.
    Max,
    /// The smallest.
    Min,
}

impl Direction {
    /// The word in goals and answers.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Max => "max",
            Self::Min => "min",
        }
    }
    /// The other end.
    pub const fn opposite(self) -> Self {
        match self {
            Self::Max => Self::Min,
            Self::Min => Self::Max,
        }
    }
    /// Of two ends, the lower first, the wanted one.
    pub fn of<T>(self, [low, high]: &[T; 2]) -> &T {
        match self {
            Self::Max => high,
            Self::Min => low,
        }
    }
}

/// Where an input can be turned no further, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// The last value.
    pub at: f64,
    /// As people read it.
    pub shown: String,
    /// Why.
    pub why: Why,
}

/// Why no value beyond is tried.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// Whoever asked said so.
    Asked,
    /// A workload file cannot say it: what its reader would tell.
    Unreadable(String),
    /// It is as far as is looked where nobody says how far.
    Far,
}

/// A value to look for. Made by a reader that knows which values a workload may have.
#[derive(Clone, Debug, PartialEq)]
pub struct Seek {
    /// What is turned.
    pub dial: Dial,
    /// Between which values it is looked for at first.
    pub reach: [f64; 2],
    /// Between which values at most.
    pub limits: [Limit; 2],
    /// What must hold, all of it.
    pub goals: Vec<Goal>,
    /// Which end is wanted; where nobody says, the largest value, or the smallest if only large ones reach the goal.
    pub direction: Option<Direction>,
}

/// A value that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// In its base unit.
    pub value: f64,
    /// As people read it.
    pub shown: String,
    /// The plan there, or why there is none.
    pub outcome: Result<Probe, PlanRefusal>,
    /// Whether it reaches the goal.
    pub holds: bool,
}

/// The value that was looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct SeekAnswer {
    /// Which input.
    pub path: String,
    /// What had to hold.
    pub goals: Vec<Goal>,
    /// Which end was taken.
    pub direction: Direction,
    /// Where the input stood; none for a promise that is not made.
    pub stood: Option<String>,
    /// The value.
    pub found: Tried,
    /// The nearest value beyond it that was tried, which does not reach the goal; none where there is no further.
    pub beyond: Option<Tried>,
    /// Where there is no further on that side.
    pub limit: Limit,
    /// The goals that were planned for as promises.
    pub promised: Vec<Goal>,
    /// The values of the whole range.
    pub probes: Vec<Tried>,
    /// Whether the goal is reached on one side of one value only, as far as the probes tell.
    pub is_monotone: bool,
}

/// Why no value was found.
#[derive(Clone, Debug, PartialEq)]
pub struct SeekRefusal {
    /// Which input.
    pub path: String,
    /// What had to hold.
    pub goals: Vec<Goal>,
    /// Both ends of the range.
    pub ends: [Tried; 2],
    /// Where there is no further.
    pub limits: [Limit; 2],
}

/// Values over the whole range.
const PROBES: usize = 7;
/// Halvings; the range of a dial takes twelve.
const MOST_HALVINGS: u32 = 40;
/// How much further every widening looks; half the first reach, on its scale.
const WIDER: f64 = 8.0;

/// The value, and the plan there.
pub(super) fn seek(
    workload: &Workload,
    seek: &Seek,
    ask: impl Fn(&Workload) -> Result<PlanAnswer, PlanRefusal>,
) -> Result<(SeekAnswer, PlanAnswer), SeekRefusal> {
    let (promising, promised) = promising(workload, seek);
    let scale = seek.dial.scale(workload);
    let plan_at = |value: f64| ask(&seek.dial.turned(&promising, value));
    let at = |value: f64| {
        let outcome = plan_at(value).map(|answer| Probe::of(&answer));
        let holds = outcome.as_ref().is_ok_and(|probe| seek.goals.iter().all(|goal| goal.holds(probe)));
        Tried { value, shown: seek.dial.shown(workload, value), outcome, holds }
    };
    let mut probes: Vec<Tried> = values(workload, seek, scale).into_iter().map(at).collect();
    let path = seek.dial.path();
    let Some((direction, _)) = wanted(&probes, seek.direction) else {
        let ends = [probes[0].clone(), probes[probes.len() - 1].clone()];
        return Err(SeekRefusal { path, goals: seek.goals.clone(), ends, limits: seek.limits.clone() });
    };
    widened(&mut probes, direction, direction.of(&seek.limits).at, at);
    let (_, place) = wanted(&probes, Some(direction)).expect("a value has been found");
    let outward = match direction {
        Direction::Max => probes.get(place + 1),
        Direction::Min => place.checked_sub(1).map(|before| &probes[before]),
    };
    let (mut found, mut beyond) = (probes[place].clone(), outward.cloned());
    if let Some(beyond) = &mut beyond {
        for _ in 0..MOST_HALVINGS {
            if scale.are_near(found.value, beyond.value) {
                break;
            }
            let middle = at(scale.middle(found.value, beyond.value));
            let side = if middle.holds { &mut found } else { &mut *beyond };
            *side = middle;
        }
        // A value that people can write, if it is as good.
        let round = at(scale.rounded(found.value, direction));
        if round.holds && is_between(round.value, probes[place].value, beyond.value) {
            found = round;
        }
    }
    let plan = plan_at(found.value).expect("there was a plan at this value");
    let switches = probes.windows(2).filter(|pair| pair[0].holds != pair[1].holds).count();
    let answer = SeekAnswer {
        path,
        goals: seek.goals.clone(),
        direction,
        stood: seek.dial.stands(workload).map(|value| seek.dial.shown(workload, value)),
        found,
        beyond,
        limit: direction.of(&seek.limits).clone(),
        promised,
        probes,
        is_monotone: switches <= 1,
    };
    Ok((answer, plan))
}

/// The workload with the goals of percentiles as promises, and which goals those are: not one that a promise as strict
/// stands for already, nor one of the promise that is turned.
fn promising(workload: &Workload, seek: &Seek) -> (Workload, Vec<Goal>) {
    let mut promising = workload.clone();
    let mut promise = |goal: &&Goal| {
        let Some(share) = goal.measure.percentile().filter(|_| goal.bound == Bound::AtMost && goal.limit > 0.0) else {
            return false;
        };
        let within = Span::seconds(goal.limit);
        seek.dial != Dial::Latency(share) && promising.promises.promise(LatencyPromise { share, within })
    };
    let promised = seek.goals.iter().filter(|goal| promise(goal)).copied().collect();
    (promising, promised)
}

/// The first values, from the lowest: over the whole reach, and where the input stands.
fn values(workload: &Workload, seek: &Seek, scale: Scale) -> Vec<f64> {
    let mut values = scale.spread(seek.reach, PROBES);
    let [low, high] = seek.reach;
    if let Some(stands) = seek.dial.stands(workload).filter(|stands| is_between(*stands, low, high)) {
        values.retain(|value| *value == low || *value == high || !scale.are_near(*value, stands));
        values.push(stands);
    }
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

/// Looks further while the outermost value reaches the goal, up to a limit.
fn widened(probes: &mut Vec<Tried>, direction: Direction, limit: f64, at: impl Fn(f64) -> Tried) {
    loop {
        let outermost = match direction {
            Direction::Max => &probes[probes.len() - 1],
            Direction::Min => &probes[0],
        };
        let next = match direction {
            Direction::Max => (outermost.value * WIDER).min(limit),
            Direction::Min => (outermost.value / WIDER).max(limit),
        };
        if !outermost.holds || outermost.value == limit || outermost.value <= 0.0 {
            return;
        }
        match direction {
            Direction::Max => probes.push(at(next)),
            Direction::Min => probes.insert(0, at(next)),
        }
    }
}

/// Which end is taken, and the outermost probe there that reaches the goal; none if no probe does.
fn wanted(probes: &[Tried], asked: Option<Direction>) -> Option<(Direction, usize)> {
    let first = probes.iter().position(|tried| tried.holds)?;
    let last = probes.iter().rposition(|tried| tried.holds)?;
    let only_large = last + 1 == probes.len() && first > 0;
    let direction = asked.unwrap_or(if only_large { Direction::Min } else { Direction::Max });
    Some((direction, if direction == Direction::Max { last } else { first }))
}

fn is_between(value: f64, a: f64, b: f64) -> bool {
    value >= a.min(b) && value <= a.max(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(holds: &[bool]) -> Vec<Tried> {
        let refusal = || PlanRefusal::Nowhere(Vec::new());
        let one = |(i, holds): (usize, &bool)| Tried {
            value: i as f64,
            shown: i.to_string(),
            outcome: Err(refusal()),
            holds: *holds,
        };
        holds.iter().enumerate().map(one).collect()
    }

    #[test]
    fn the_wanted_end_is_the_largest_unless_only_large_values_reach_the_goal() {
        assert_eq!(wanted(&tried(&[true, true, false]), None), Some((Direction::Max, 1)));
        assert_eq!(wanted(&tried(&[false, true, true]), None), Some((Direction::Min, 1)));
        assert_eq!(wanted(&tried(&[true, true, true]), None), Some((Direction::Max, 2)));
        assert_eq!(wanted(&tried(&[true, false, true]), Some(Direction::Min)), Some((Direction::Min, 0)));
        assert_eq!(wanted(&tried(&[false, false]), None), None);
    }

    #[test]
    fn a_range_is_widened_until_the_goal_is_missed_or_there_is_no_further() {
        let at = |most: f64| move |value: f64| Tried { value, holds: value <= most, ..tried(&[true]).remove(0) };
        let outermost = |most: f64, limit: f64| {
            let mut probes = vec![at(most)(1.0), at(most)(64.0)];
            widened(&mut probes, Direction::Max, limit, at(most));
            (probes.len(), probes[probes.len() - 1].value, probes[probes.len() - 1].holds)
        };
        assert_eq!(outermost(1000.0, 1e6), (4, 4096.0, false));
        assert_eq!(outermost(1e9, 1e4), (5, 1e4, true));
        assert_eq!(outermost(1e9, 64.0), (2, 64.0, true));
        assert_eq!(outermost(10.0, 1e6), (2, 64.0, false));
    }
}

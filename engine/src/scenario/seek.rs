//! Looks for the value of an input at which a goal is just still reached.
//!
//! The plan is asked at seven values over the whole range, then the range between one that reaches the goal and its neighbor
//! that does not is halved until both are half a per cent apart. Sizes are whole machines, so what a plan comes to is a
//! staircase, and mostly a rising one; where it is not, the seven values show it and the answer says so.
use super::{Dial, Measure, Probe};
use crate::plan::{PlanAnswer, PlanRefusal};
use crate::workload::Workload;

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
}

/// A value to look for.
#[derive(Clone, Debug, PartialEq)]
pub struct Seek {
    /// What is turned.
    pub dial: Dial,
    /// Between which values.
    pub reach: [f64; 2],
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
    /// Where the input stood.
    pub stood: String,
    /// The value.
    pub found: Tried,
    /// The nearest value beyond it that was tried, which does not reach the goal; none where the range ends.
    pub beyond: Option<Tried>,
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
}

/// Values over the whole range.
const PROBES: usize = 7;
/// How near found and beyond come to each other.
const NEAR: f64 = 1.005;
/// Halvings; the range of a dial takes twelve.
const MOST_HALVINGS: u32 = 40;

/// The value, and the plan there.
pub(super) fn seek(
    workload: &Workload,
    seek: &Seek,
    ask: impl Fn(&Workload) -> Result<PlanAnswer, PlanRefusal>,
) -> Result<(SeekAnswer, PlanAnswer), SeekRefusal> {
    let plan_at = |value: f64| ask(&seek.dial.turned(workload, value));
    let at = |value: f64| {
        let outcome = plan_at(value).map(|answer| Probe::of(&answer));
        let holds = outcome.as_ref().is_ok_and(|probe| seek.goals.iter().all(|goal| goal.holds(probe)));
        Tried { value, shown: seek.dial.shown(workload, value), outcome, holds }
    };
    let probes: Vec<Tried> = spread(seek.reach, PROBES).into_iter().map(at).collect();
    let path = seek.dial.path(workload);
    let Some((direction, place)) = wanted(&probes, seek.direction) else {
        let ends = [probes[0].clone(), probes[probes.len() - 1].clone()];
        return Err(SeekRefusal { path, goals: seek.goals.clone(), ends });
    };
    let outward = match direction {
        Direction::Max => probes.get(place + 1),
        Direction::Min => place.checked_sub(1).map(|before| &probes[before]),
    };
    let (mut found, mut beyond) = (probes[place].clone(), outward.cloned());
    if let Some(beyond) = &mut beyond {
        for _ in 0..MOST_HALVINGS {
            if are_near(found.value, beyond.value) {
                break;
            }
            let middle = at(middle(found.value, beyond.value));
            let side = if middle.holds { &mut found } else { &mut *beyond };
            *side = middle;
        }
        // A value that people can write, if it is as good.
        let round = at(rounded(found.value, direction));
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
        stood: seek.dial.shown(workload, seek.dial.stands(workload)),
        found,
        beyond,
        probes,
        is_monotone: switches <= 1,
    };
    Ok((answer, plan))
}

/// Which end is taken, and the outermost probe there that reaches the goal; none if no probe does.
fn wanted(probes: &[Tried], asked: Option<Direction>) -> Option<(Direction, usize)> {
    let first = probes.iter().position(|tried| tried.holds)?;
    let last = probes.iter().rposition(|tried| tried.holds)?;
    let only_large = last + 1 == probes.len() && first > 0;
    let direction = asked.unwrap_or(if only_large { Direction::Min } else { Direction::Max });
    Some((direction, if direction == Direction::Max { last } else { first }))
}

/// So many values from end to end, by equal ratios where all are above zero.
fn spread([low, high]: [f64; 2], count: usize) -> Vec<f64> {
    let part = |i: usize| i as f64 / (count - 1) as f64;
    let value = |i: usize| match i {
        0 => low,
        i if i + 1 == count => high,
        i if low > 0.0 => low * (high / low).powf(part(i)),
        i => low + (high - low) * part(i),
    };
    (0..count).map(value).collect()
}

fn middle(a: f64, b: f64) -> f64 {
    if a > 0.0 && b > 0.0 { (a * b).sqrt() } else { f64::midpoint(a, b) }
}

fn are_near(a: f64, b: f64) -> bool {
    let (low, high) = (a.min(b), a.max(b));
    if low > 0.0 { high / low <= NEAR } else { high - low <= NEAR - 1.0 }
}

fn is_between(value: f64, a: f64, b: f64) -> bool {
    value >= a.min(b) && value <= a.max(b)
}

/// Three digits, toward the side that reaches the goal.
fn rounded(value: f64, direction: Direction) -> f64 {
    if value == 0.0 {
        return value;
    }
    let unit = 10_f64.powi(value.abs().log10().floor() as i32 - 2);
    let steps = value / unit;
    let whole = match direction {
        Direction::Max => (steps + 1e-9).floor(),
        Direction::Min => (steps - 1e-9).ceil(),
    };
    // A product of a whole number and a power of ten is not the nearest to what people write.
    format!("{whole:.0}e{}", unit.log10().round() as i32).parse().unwrap_or(value)
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
    fn values_are_spread_by_equal_ratios_and_rounded_to_the_good_side() {
        let spread = spread([1.0, 64.0], 7);
        assert!(spread.windows(2).all(|w| (w[1] / w[0] - 2.0).abs() < 1e-9), "{spread:?}");
        assert_eq!(super::spread([-1.0, 1.0], 3), [-1.0, 0.0, 1.0]);
        assert_eq!(rounded(1237.9, Direction::Max), 1230.0);
        assert_eq!(rounded(0.012_341, Direction::Min), 0.0124);
        assert_eq!(rounded(1240.0, Direction::Min), 1240.0);
    }
}

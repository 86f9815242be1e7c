//! What one request costs: what a machine uses, against the requests it answers.
//!
//! The utilization law, `U = base + S X` (P. J. Denning and J. P. Buzen, 1978; J. P. Buzen, "Fundamental operational laws of
//! computer system performance", Acta Informatica 7, 1976): the slope is what a request takes, the base what the machine
//! does anyway. Both axes are the mean machine of each step, so machines that come and go change neither. Where throughput
//! is slow enough its neighbors stand in for it, so that what is counted with noise does not flatten the line.
use crate::series::{Grid, Laid, Time, sums};
use crate::signal::line::{self, Line, Noise, Points, Through};
use crate::signal::theil_sen;
use crate::units::Share;

/// The chance that the ranges here hold the truth.
pub(super) const CONFIDENCE: Share = Share::percent(95.0);
/// Below so many points a line says nothing of its own doubt.
const NEEDS: usize = 12;
/// Requests must vary by so much of their mean for a slope to be told from the base.
const LEAST_SPREAD: Share = Share::percent(2.0);

/// What was used, against what was asked for, machine by machine and step by step.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pairs {
    /// Requests per second and machine, or in flight in it.
    pub(super) x: Vec<f64>,
    /// What a machine uses.
    pub(super) y: Vec<f64>,
    /// When.
    pub(super) at: Vec<Time>,
}

impl Pairs {
    /// The steps in which all machines that run were measured, and the requests too. `asked` is of all machines together.
    pub(super) fn of(grid: &Grid, asked: &[Option<f64>], used: &[Laid]) -> Self {
        let mut pairs = Self::default();
        for (step, (asked, used)) in asked.iter().zip(sums(used, grid.len())).enumerate() {
            if let (Some(asked), Some((used, machines))) = (asked, used) {
                pairs.x.push(asked / machines as f64);
                pairs.y.push(used / machines as f64);
                pairs.at.push(grid.time(step));
            }
        }
        pairs
    }
}

/// A line that tells what a request costs.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitFit {
    /// What is used, as `vCPUs`.
    pub used: &'static str,
    /// By what.
    pub by: &'static str,
    /// The line.
    pub line: Line,
    /// The slope of the middle pair of points, which bad ones do not move.
    pub robust_slope: f64,
    /// The mean of what the line leaves, in five bands from the quietest to the busiest fifth of the points.
    pub bands: [f64; 5],
    /// Points used.
    pub points: usize,
    /// The points themselves, for a drawing: at most [`UnitFit::DRAWN`], by their x.
    pub drawn: Vec<(f64, f64)>,
    /// The series behind it.
    pub from: Vec<String>,
}

/// Why the data do not show what a request costs.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Unfit {
    /// Nobody measured it.
    #[error("{what} was not measured")]
    NotMeasured {
        /// What is missing.
        what: String,
    },
    /// Too few steps in which both were measured.
    #[error("needs {needs} steps in which {what} and requests were measured, has {has}")]
    TooFew {
        /// What is used.
        what: &'static str,
        /// The steps it takes.
        needs: usize,
        /// The steps there are.
        has: usize,
    },
    /// The requests hardly vary, so what they cost cannot be told from what is used anyway.
    #[error("requests vary by {spread} of their mean, and {needs} are needed to tell {what} from what is used anyway")]
    Constant {
        /// What is used.
        what: &'static str,
        /// The standard deviation over the mean.
        spread: Share,
        /// What it takes.
        needs: Share,
    },
    /// The range of the slope holds zero.
    #[error("{what} do not rise with requests: {low} to {high} for each")]
    NoSlope {
        /// What is used.
        what: &'static str,
        /// The low end of the slope, in the unit of what is used.
        low: String,
        /// Its high end.
        high: String,
    },
}

impl UnitFit {
    /// More points than these would only blacken a drawing.
    pub const DRAWN: usize = 400;

    /// The line through pairs, or why there is none. `show` writes a slope for people.
    pub(super) fn of(
        pairs: &Pairs,
        [used, by]: [&'static str; 2],
        from: Vec<String>,
        show: impl Fn(f64) -> String,
    ) -> Result<Self, Unfit> {
        let has = pairs.x.len();
        if has < NEEDS {
            return Err(Unfit::TooFew { what: used, needs: NEEDS, has });
        }
        let mean = pairs.x.iter().sum::<f64>() / has as f64;
        let variance = pairs.x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / has as f64;
        let spread = if mean > 0.0 { variance.sqrt() / mean } else { 0.0 };
        let constant = Unfit::Constant { what: used, spread: Share::of_one(spread.min(1.0)), needs: LEAST_SPREAD };
        if spread < LEAST_SPREAD.as_part() {
            return Err(constant);
        }
        let steady = line::neighbors(&pairs.x);
        let points = Points { x: &pairs.x, y: &pairs.y, weights: None, instrument: steady.as_deref() };
        let line = line::line(&points, Through::Anywhere, Noise::InTime).ok_or(constant)?;
        let (low, high) = line.slope.range(CONFIDENCE.as_part());
        if low <= 0.0 {
            return Err(Unfit::NoSlope { what: used, low: show(low), high: show(high) });
        }
        let robust_slope = theil_sen::line(&pairs.x, &pairs.y, CONFIDENCE.as_part()).map_or(f64::NAN, |l| l.slope);
        let mut drawn: Vec<(f64, f64)> = pairs.x.iter().copied().zip(pairs.y.iter().copied()).collect();
        drawn = drawn.iter().copied().step_by(has.div_ceil(Self::DRAWN)).collect();
        drawn.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        Ok(Self { used, by, bands: line.bands(&pairs.x), line, robust_slope, points: has, drawn, from })
    }
    /// The low end, the middle and the high end of the slope.
    pub fn slope(&self) -> [f64; 3] {
        let (low, high) = self.line.slope.range(CONFIDENCE.as_part());
        [low, self.line.slope.value, high]
    }
    /// The same of the base.
    pub fn base(&self) -> [f64; 3] {
        let (low, high) = self.line.base.range(CONFIDENCE.as_part());
        [low, self.line.base.value, high]
    }
    /// What is doubtful about the line, a sentence each.
    pub(super) fn doubts(&self) -> Vec<String> {
        let mut said = Vec::new();
        let [low, slope, high] = self.slope();
        let (used, by) = (self.used, self.by);
        let off = (self.robust_slope / slope - 1.0).abs();
        if off > 0.1 && (self.robust_slope < low || self.robust_slope > high) {
            let off = Share::of_one(off.min(1.0));
            said.push(format!("{used} against {by}: half of the pairs of points show a slope {off} off the line's: a few points weigh much, as those of nightly jobs do."));
        }
        let bend = f64::midpoint(self.bands[0], self.bands[4]) - self.bands[2];
        let rise = slope * (self.drawn.last().map_or(0.0, |p| p.0) - self.drawn.first().map_or(0.0, |p| p.0));
        if rise > 0.0 && bend.abs() > BENT * rise {
            let way = if bend > 0.0 { "more" } else { "less" };
            let part = Share::of_one((bend.abs() / rise).min(1.0));
            said.push(format!("{used} against {by}: the points are bent by {part} of the rise: a request costs {way} where many come, and a line is not the whole truth."));
        }
        // Rounded cells put an exact line a hair below nothing.
        if self.base()[2] < -BELOW * rise.abs() {
            said.push(format!("{used} against {by}: the line meets no requests below zero, which cannot be: what is measured of {used} is not all that {by} cause, or they bend."));
        }
        said
    }
}

/// A bend above this part of the whole rise is told.
const BENT: f64 = 0.1;
/// So is a line that meets no requests this part of the rise below nothing.
const BELOW: f64 = 0.001;

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(n: usize, y: impl Fn(f64, usize) -> f64) -> Pairs {
        let x: Vec<f64> = (0..n).map(|i| 100.0 - 50.0 * (i as f64 / 20.0).cos()).collect();
        let y = x.iter().enumerate().map(|(i, x)| y(*x, i)).collect();
        Pairs { x, y, at: vec![Time::unix_seconds(0); n] }
    }
    fn of(pairs: &Pairs) -> Result<UnitFit, Unfit> {
        UnitFit::of(pairs, ["vCPUs", "requests"], vec![], |n| format!("{n:.3}"))
    }

    #[test]
    fn what_does_not_show_is_refused_with_numbers() {
        assert_eq!(
            of(&pairs(5, |x, _| x)).unwrap_err().to_string(),
            "needs 12 steps in which vCPUs and requests were measured, has 5"
        );
        let flat = Pairs { x: vec![5.0; 50], y: vec![1.0; 50], at: vec![Time::unix_seconds(0); 50] };
        let said = of(&flat).unwrap_err().to_string();
        assert_eq!(
            said,
            "requests vary by 0 % of their mean, and 2 % are needed to tell vCPUs from what is used anyway"
        );
        assert!(matches!(of(&pairs(200, |_, i| f64::from(i as u32 % 7))), Err(Unfit::NoSlope { .. })));
        assert!(matches!(of(&pairs(200, |x, i| f64::from(i as u32 % 7) - x)), Err(Unfit::NoSlope { .. })));
    }

    #[test]
    fn bends_and_outliers_are_told() {
        let noise = |i: usize| f64::from((i * 7919 % 101) as u32) / 100.0;
        assert_eq!(of(&pairs(500, |x, i| 1.0 + x + noise(i))).unwrap().doubts(), Vec::<String>::new());
        let bent = of(&pairs(500, |x, i| x * x / 50.0 + noise(i))).unwrap().doubts();
        assert!(bent.iter().any(|d| d.contains("costs more where many come")), "{bent:?}");
        assert!(bent.iter().any(|d| d.contains("below zero")), "{bent:?}");
        let nightly = of(&pairs(500, |x, i| x + noise(i) + if x < 55.0 { 40.0 } else { 0.0 })).unwrap().doubts();
        assert!(nightly.iter().any(|d| d.contains("weigh much")), "{nightly:?}");
    }
}

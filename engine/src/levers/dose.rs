//! By how much a lever changes something, and how sure that is.
use crate::uncertain::Estimate;
use crate::units::{Factor, Share};

/// A low, a middle and a high: the truth lies between the ends with [`Self::CONFIDENCE`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dose {
    /// The low end.
    pub low: f64,
    /// The median.
    pub mid: f64,
    /// The high end.
    pub high: f64,
}

impl Dose {
    /// How sure the ranges of the table are. Nobody who argues about a lever is surer of its effect than this.
    pub const CONFIDENCE: Share = Share::percent(90.0);

    /// Known.
    pub const fn exact(value: f64) -> Self {
        Self { low: value, mid: value, high: value }
    }
    /// A range.
    pub const fn range(low: f64, mid: f64, high: f64) -> Self {
        Self { low, mid, high }
    }
    /// A drawn value of it: what takes away at best nothing never adds, and what adds at least nothing never takes away, far
    /// out in the tails either.
    pub(super) fn kept(self, drawn: f64) -> f64 {
        let most = if self.high <= 1.0 { 1.0 } else { f64::INFINITY };
        let least = if self.low >= 1.0 { 1.0 } else { 0.0 };
        drawn.clamp(least, most)
    }
    /// As an estimate.
    pub fn estimate(self) -> Estimate<Factor> {
        if self.low == self.high {
            return Estimate::exact(Factor::of(self.mid));
        }
        let [low, mid, high] = [self.low, self.mid, self.high].map(Factor::of);
        Estimate::range(low, mid, high, Self::CONFIDENCE).expect("the ranges of the table ascend")
    }
}

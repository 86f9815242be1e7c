//! A low, a middle and a high, and how sure one is that the truth lies between.
use crate::units::{Quantity, Share};

/// What somebody knows of a quantity: exactly, or as a range.
///
/// `confidence` is the chance that the truth lies between `low` and `high`; `mid` is the median.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate<Q> {
    low: Q,
    mid: Q,
    high: Q,
    confidence: Share,
}

/// A range that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EstimateError {
    /// `low`, `mid` and `high` do not ascend.
    #[error("low, mid and high must ascend")]
    OutOfOrder,
    /// Confidence must lie strictly between none and all.
    #[error("confidence must lie between 0 % and 100 %, both excluded")]
    Confidence,
}

impl<Q: Copy + PartialOrd> Estimate<Q> {
    /// Known exactly.
    pub const fn exact(value: Q) -> Self {
        Self { low: value, mid: value, high: value, confidence: Share::ALL }
    }
    /// Known as a range.
    pub fn range(low: Q, mid: Q, high: Q, confidence: Share) -> Result<Self, EstimateError> {
        if low > mid || mid > high {
            return Err(EstimateError::OutOfOrder);
        }
        if confidence <= Share::NONE || confidence >= Share::ALL {
            return Err(EstimateError::Confidence);
        }
        Ok(Self { low, mid, high, confidence })
    }
    /// The low end.
    pub const fn low(&self) -> Q {
        self.low
    }
    /// The median.
    pub const fn mid(&self) -> Q {
        self.mid
    }
    /// The high end.
    pub const fn high(&self) -> Q {
        self.high
    }
    /// The chance that the truth lies between the ends.
    pub const fn confidence(&self) -> Share {
        self.confidence
    }
    /// Whether there is nothing to be unsure of.
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }
}

impl<Q: Quantity> Estimate<Q> {
    /// The same doubt about another multiple of the quantity.
    pub fn scaled(self, factor: f64) -> Self {
        let scale = |q: Q| Q::from_base(q.base() * factor);
        Self { low: scale(self.low), mid: scale(self.mid), high: scale(self.high), confidence: self.confidence }
    }
}

//! A low, a middle and a high, and how sure one is that the truth lies between.
use super::{Distribution, Knots, normal};
use crate::units::{Factor, Quantity, Scalar, Share};
use std::fmt;
use std::str::FromStr;

/// The shape that is read into a low, a middle and a high.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Law {
    /// A lognormal with a shifted origin: plain where the middle is the geometric one, normal where it is the arithmetic one.
    #[default]
    Lognormal,
    /// A gamma with a shifted origin: lighter tails.
    Gamma,
    /// Beta-PERT: it ends a little beyond the stated range, and `mid` is its most likely value.
    Pert,
    /// Not a shape but a sample.
    Measured(Knots),
}

impl Law {
    /// The name used in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lognormal => "lognormal",
            Self::Gamma => "gamma",
            Self::Pert => "pert",
            Self::Measured(_) => "samples",
        }
    }
}
impl FromStr for Law {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let known = [Self::Lognormal, Self::Gamma, Self::Pert];
        let found = known.into_iter().find(|law| law.name() == text);
        found.ok_or_else(|| format!("`{text}` is not a distribution: lognormal, gamma or pert"))
    }
}
impl fmt::Display for Law {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What somebody knows of a quantity: exactly, or as a range.
///
/// `confidence` is the chance that the truth lies between `low` and `high`, with as much chance below as above; `mid` is
/// the median, and for PERT the most likely value. Where `mid` coincides with an end it is the most likely value too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate<Q> {
    low: Q,
    mid: Q,
    high: Q,
    confidence: Share,
    law: Law,
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
    /// The range is too lopsided for the shape that is asked for.
    #[error("no {0} distribution has these quantiles: the range is too lopsided for it")]
    Lopsided(&'static str),
    /// A sample of fewer than two values.
    #[error("a sample takes at least two values")]
    Sample,
}

impl<Q: Copy + PartialOrd> Estimate<Q> {
    /// Known exactly.
    pub const fn exact(value: Q) -> Self {
        Self { low: value, mid: value, high: value, confidence: Share::ALL, law: Law::Lognormal }
    }
    /// Known as a range.
    pub fn range(low: Q, mid: Q, high: Q, confidence: Share) -> Result<Self, EstimateError> {
        if low > mid || mid > high {
            return Err(EstimateError::OutOfOrder);
        }
        if confidence <= Share::NONE || confidence >= Share::ALL {
            return Err(EstimateError::Confidence);
        }
        Ok(Self { low, mid, high, confidence, law: Law::Lognormal })
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
    /// The shape between and beyond the ends.
    pub const fn law(&self) -> Law {
        self.law
    }
    /// Whether there is nothing to be unsure of.
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }
}

impl<Q: Scalar> Estimate<Q> {
    /// The same range with another shape.
    pub fn with_law(self, law: Law) -> Result<Self, EstimateError> {
        let changed = Self { law, ..self };
        changed.fitted().map(|_| changed).ok_or(EstimateError::Lopsided(law.name()))
    }
    /// From measured values: their median, and the range that holds `confidence` of them.
    pub fn of_samples(values: &[Q], confidence: Share) -> Result<Self, EstimateError> {
        if confidence <= Share::NONE || confidence >= Share::ALL {
            return Err(EstimateError::Confidence);
        }
        let scalars: Vec<f64> = values.iter().map(|v| v.scalar()).collect();
        let knots = Knots::of(&scalars).ok_or(EstimateError::Sample)?;
        let tail = 0.5 * confidence.rest().as_part();
        let at = |p: f64| Q::nearest(knots.quantile(p));
        Ok(Self { low: at(tail), mid: at(0.5), high: at(1.0 - tail), confidence, law: Law::Measured(knots) })
    }
    /// The distribution that says the same, in the base unit: its chance below `low` and above `high` is half of what
    /// `confidence` leaves, each.
    pub fn distribution(&self) -> Distribution {
        self.fitted().expect("the shape was fitted when it was stated")
    }
    fn fitted(&self) -> Option<Distribution> {
        let (low, mid, high) = (self.low.scalar(), self.mid.scalar(), self.high.scalar());
        if self.is_exact() {
            return Some(Distribution::point(mid));
        }
        let tail = 0.5 * self.confidence.rest().as_part();
        match self.law {
            Law::Lognormal => Some(Distribution::lognormal(low, mid, high, tail)),
            Law::Gamma => Distribution::gamma(low, mid, high, tail),
            Law::Pert => Distribution::pert(low, mid, high, tail),
            Law::Measured(knots) => Some(Distribution::measured(knots)),
        }
    }
}

impl<Q: Scalar> Estimate<Q> {
    /// The product with an independent factor. Where both are ranges their doubts add as those of lognormals do; what lies
    /// outside the type's range is taken at its end.
    pub fn times(self, by: Estimate<Factor>) -> Self {
        let mid = self.mid.scalar() * by.mid.get();
        self.joined(
            by,
            mid,
            |end, middle| if middle == 0.0 { 0.0 } else { (end / middle).ln() },
            |mid, far| mid * far.exp(),
        )
    }
    /// The sum with an independent amount in the base unit. Where both are ranges their doubts add as those of normals do.
    pub fn plus(self, more: Estimate<Factor>) -> Self {
        let mid = self.mid.scalar() + more.mid.get();
        self.joined(more, mid, |end, middle| end - middle, |mid, far| mid + far)
    }
    /// `apart` says how far an end is from its middle, `at` what lies so far from the new middle.
    fn joined(
        self,
        other: Estimate<Factor>,
        mid: f64,
        apart: impl Fn(f64, f64) -> f64,
        at: impl Fn(f64, f64) -> f64,
    ) -> Self {
        if self.is_exact() && other.is_exact() {
            return Self::exact(Q::nearest(mid));
        }
        let confidence = if self.is_exact() { other.confidence } else { self.confidence };
        // Ranges of other confidence are brought to this one: so many standard deviations.
        let deviations = |share: Share| normal::score(0.5 + 0.5 * share.as_part());
        let mine = |end: Q| if self.is_exact() { 0.0 } else { apart(end.scalar(), self.mid.scalar()) };
        let theirs = |end: Factor| {
            if other.is_exact() {
                return 0.0;
            }
            apart(end.get(), other.mid.get()) * deviations(confidence) / deviations(other.confidence)
        };
        let far = |end: Q, of_other: Factor| mine(end).hypot(theirs(of_other));
        let (low, high) = (at(mid, -far(self.low, other.low)), at(mid, far(self.high, other.high)));
        let (low, mid, high) = (Q::nearest(low), Q::nearest(mid), Q::nearest(high));
        Self { low, mid, high, confidence, law: Law::Lognormal }
    }
}

impl<Q: Quantity + Scalar> Estimate<Q> {
    /// The same doubt about another multiple of the quantity.
    pub fn scaled(self, factor: f64) -> Self {
        let scale = |q: Q| Q::from_base(q.base() * factor);
        let law = match self.law {
            Law::Measured(knots) => Law::Measured(knots.scaled(factor)),
            law => law,
        };
        Self { low: scale(self.low), mid: scale(self.mid), high: scale(self.high), confidence: self.confidence, law }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Span;

    fn millis(low: f64, mid: f64, high: f64, confidence: f64) -> Estimate<Span> {
        let [low, mid, high] = [low, mid, high].map(Span::millis);
        Estimate::range(low, mid, high, Share::percent(confidence)).unwrap()
    }
    fn factor(low: f64, mid: f64, high: f64) -> Estimate<Factor> {
        let [low, mid, high] = [low, mid, high].map(Factor::of);
        Estimate::range(low, mid, high, Share::percent(90.0)).unwrap()
    }

    #[test]
    fn a_product_with_something_known_is_the_range_many_times() {
        let ends = |e: Estimate<Span>| [e.low(), e.mid(), e.high()].map(Span::as_millis);
        let doubled = ends(millis(4.0, 6.0, 9.0, 80.0).times(Estimate::exact(Factor::of(2.0))));
        assert!(doubled.iter().zip([8.0, 12.0, 18.0]).all(|(a, b)| (a - b).abs() < 1e-9), "{doubled:?}");
        let known = Estimate::exact(Span::millis(10.0)).times(factor(0.5, 0.7, 0.9));
        assert!(ends(known).iter().zip([5.0, 7.0, 9.0]).all(|(a, b)| (a - b).abs() < 1e-9));
        assert_eq!(known.confidence(), Share::percent(90.0));
        assert!(Estimate::exact(Span::ZERO).times(factor(0.5, 0.7, 0.9)).mid() == Span::ZERO);
    }

    #[test]
    fn two_doubts_are_more_than_one_and_less_than_their_sum() {
        let both = millis(5.0, 10.0, 20.0, 90.0).times(factor(0.5, 1.0, 2.0));
        // Halves and doubles, twice: the square root of two of a halving.
        assert!((both.low().as_millis() - 10.0 * 0.5_f64.powf(2.0_f64.sqrt())).abs() < 1e-9, "{}", both.low());
        let sum = millis(8.0, 10.0, 12.0, 90.0).plus(factor(0.001, 0.003, 0.005));
        assert!((sum.high().as_millis() - (13.0 + 8.0_f64.sqrt())).abs() < 1e-6, "{}", sum.high());
        assert!((sum.mid().as_millis() - 13.0).abs() < 1e-9);
    }
}

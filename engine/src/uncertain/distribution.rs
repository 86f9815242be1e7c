//! What a statement says, as a distribution.
use super::gamma::ShiftedGamma;
use super::knots::Knots;
use super::lognormal::ShiftedLognormal;
use super::normal;
use super::pert::Pert;

/// The distribution of a number in its base unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distribution(Kind);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Point(f64),
    Lognormal(ShiftedLognormal),
    Gamma(ShiftedGamma),
    Pert(Pert),
    Measured(Knots),
}

impl Distribution {
    /// Always the same.
    pub const fn point(value: f64) -> Self {
        Self(Kind::Point(value))
    }
    /// A sample's own quantiles.
    pub const fn measured(knots: Knots) -> Self {
        Self(Kind::Measured(knots))
    }
    /// Shifted lognormal; `tail` is the chance on either side of `low..high`.
    pub(super) fn lognormal(low: f64, mid: f64, high: f64, tail: f64) -> Self {
        Self(Kind::Lognormal(ShiftedLognormal::through(low, mid, high, normal::score(1.0 - tail))))
    }
    /// Shifted gamma; none where no gamma is so lopsided.
    pub(super) fn gamma(low: f64, mid: f64, high: f64, tail: f64) -> Option<Self> {
        ShiftedGamma::through(low, mid, high, tail).map(|gamma| Self(Kind::Gamma(gamma)))
    }
    /// Beta-PERT; none where no PERT is so lopsided.
    pub(super) fn pert(low: f64, mid: f64, high: f64, tail: f64) -> Option<Self> {
        Pert::through(low, mid, high, tail).map(|pert| Self(Kind::Pert(pert)))
    }
    /// The value that is not exceeded with chance `p`, strictly between zero and one.
    pub fn quantile(self, p: f64) -> f64 {
        match self.0 {
            Kind::Point(value) => value,
            Kind::Lognormal(law) => law.at(normal::score(p)),
            Kind::Gamma(law) => law.quantile(p),
            Kind::Pert(law) => law.quantile(p),
            Kind::Measured(knots) => knots.quantile(p),
        }
    }
    /// The value at the chance of a standard normal score: what draws are made with.
    pub fn at_score(self, score: f64) -> f64 {
        match self.0 {
            Kind::Lognormal(law) => law.at(score),
            _ => self.quantile(normal::chance(score)),
        }
    }
    /// The chance not to exceed `x`.
    pub fn cumulative(self, x: f64) -> f64 {
        match self.0 {
            Kind::Point(value) => f64::from(u8::from(x >= value)),
            Kind::Lognormal(law) => law.cumulative(x),
            Kind::Gamma(law) => law.cumulative(x),
            Kind::Pert(law) => law.cumulative(x),
            Kind::Measured(knots) => knots.cumulative(x),
        }
    }
}

/// Where a rising function reaches `p`, between two ends, as finely as a double tells.
pub(super) fn inverted(cumulative: impl Fn(f64) -> f64, low: f64, high: f64, p: f64) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        (low, high) = if cumulative(middle) < p { (middle, high) } else { (low, middle) };
    }
    f64::midpoint(low, high)
}

//! A pure number: how many times as much.
use super::{UnitError, number};
use std::fmt;
use std::str::FromStr;

/// A factor: finite, never negative. Bursts, amplification, compression, squared coefficients of variation.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Factor(f64);

impl Factor {
    /// Changes nothing.
    pub const ONE: Self = Self(1.0);
    /// Leaves nothing.
    pub const ZERO: Self = Self(0.0);
    /// So many times. Panics unless finite and not negative.
    pub const fn of(n: f64) -> Self {
        assert!(n.is_finite() && n >= 0.0, "a factor is finite and not negative");
        Self(n)
    }
    /// The plain number.
    pub const fn get(self) -> f64 {
        self.0
    }
}
impl FromStr for Factor {
    type Err = UnitError;
    fn from_str(text: &str) -> Result<Self, UnitError> {
        const WHAT: &str = "a plain number";
        match number::split(text) {
            Some((n, "")) if n.is_finite() && n >= 0.0 => Ok(Self(n)),
            Some((_, "")) => {
                Err(UnitError::OutOfRange { text: text.into(), what: WHAT, range: super::quantity::FINITE })
            }
            _ => Err(UnitError::NoNumber { text: text.into(), what: WHAT }),
        }
    }
}
impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&number::round(self.0))
    }
}

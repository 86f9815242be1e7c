//! A part of a whole.
use super::{Quantity, UnitError, number};
use std::fmt;
use std::str::FromStr;

/// A share between none and all. Written as a percentage.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Share(f64);

impl Share {
    /// Nothing of it.
    pub const NONE: Self = Self(0.0);
    /// All of it.
    pub const ALL: Self = Self(1.0);
    /// So many per cent. Panics outside 0..=100.
    pub const fn percent(n: f64) -> Self {
        assert!(n >= 0.0 && n <= 100.0, "a share lies between 0 and 100 %");
        Self(n / 100.0)
    }
    /// This part of one, as a computation gave it; rounding just outside 0..=1 is cut. Panics on NaN.
    pub const fn of_one(part: f64) -> Self {
        assert!(!part.is_nan(), "a share is a number");
        Self(part.clamp(0.0, 1.0))
    }
    /// The share as a part of one.
    pub const fn as_part(self) -> f64 {
        self.0
    }
    /// The share in per cent.
    pub const fn as_percent(self) -> f64 {
        self.0 * 100.0
    }
    /// What is left of the whole.
    pub const fn rest(self) -> Self {
        Self(1.0 - self.0)
    }
    /// The larger of two.
    pub fn max_of(self, other: Self) -> Self {
        if other > self { other } else { self }
    }
    /// This part of `whole`.
    pub fn of<Q: Quantity>(self, whole: Q) -> Q {
        Q::from_base(whole.base() * self.0)
    }
}
impl FromStr for Share {
    type Err = UnitError;
    fn from_str(text: &str) -> Result<Self, UnitError> {
        const WHAT: &str = "a share";
        let (n, unit) = number::split(text).ok_or_else(|| UnitError::NoNumber { text: text.into(), what: WHAT })?;
        match unit {
            "%" if (0.0..=100.0).contains(&n) => Ok(Self::percent(n)),
            "%" => Err(UnitError::OutOfRange { text: text.into(), what: WHAT, range: "between 0 % and 100 %" }),
            _ => Err(UnitError::NoUnit {
                text: text.into(),
                what: WHAT,
                unit: "it is not written in per cent".into(),
                units: &["%"],
            }),
        }
    }
}
impl fmt::Display for Share {
    /// Three digits; close to all of it, two digits of what is missing: `99.95 %`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (percent, missing) = (self.as_percent(), 100.0 - self.as_percent());
        if missing > 1e-9 && missing < 1.0 {
            let places = (1.0 - missing.log10().floor()) as usize;
            let text = format!("{percent:.places$}");
            return write!(f, "{} %", text.trim_end_matches('0').trim_end_matches('.'));
        }
        write!(f, "{} %", number::round(percent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nines_are_not_rounded_away() {
        let shown = |p: f64| Share::percent(p).to_string();
        assert_eq!(
            [99.9, 99.95, 99.999, 99.5, 85.0, 100.0, 0.0].map(shown),
            ["99.9 %", "99.95 %", "99.999 %", "99.5 %", "85 %", "100 %", "0 %"]
        );
    }
}

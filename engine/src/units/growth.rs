//! Growth that compounds.
use super::{Factor, Span, UnitError, number};
use std::fmt;
use std::str::FromStr;

/// Compound growth, kept as a rate per year. It may be negative (a shrinking workload), down to -100 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Growth(f64);

impl Growth {
    /// Neither growing nor shrinking.
    pub const NONE: Self = Self(0.0);
    /// So many per cent a year, compounded. Panics below -100 % or when not finite.
    pub const fn percent_per_year(n: f64) -> Self {
        assert!(n.is_finite() && n >= -100.0, "growth is finite and at least -100 %");
        Self(n / 100.0)
    }
    /// The rate in per cent a year.
    pub const fn as_percent_per_year(self) -> f64 {
        self.0 * 100.0
    }
    /// How many times as much there is after `span`.
    ///
    /// ```
    /// use plimsoll::units::{Growth, Span};
    /// let doubled = Growth::percent_per_year(100.0).after(Span::months(12.0));
    /// assert!((doubled.get() - 2.0).abs() < 1e-12);
    /// ```
    pub fn after(self, span: Span) -> Factor {
        Factor::of((1.0 + self.0).powf(span.as_years()))
    }
}
impl FromStr for Growth {
    type Err = UnitError;
    fn from_str(text: &str) -> Result<Self, UnitError> {
        const WHAT: &str = "a growth";
        let (n, unit) = number::split(text).ok_or_else(|| UnitError::NoNumber { text: text.into(), what: WHAT })?;
        let yearly = match unit.replace(' ', "").as_str() {
            "%/year" => n / 100.0,
            "%/month" => (1.0 + n / 100.0).powi(12) - 1.0,
            _ => {
                return Err(UnitError::NoUnit {
                    text: text.into(),
                    what: WHAT,
                    unit: "it is not per year or month".into(),
                    units: &["%/year", "%/month"],
                });
            }
        };
        if yearly.is_finite() && (-1.0..=1e4).contains(&yearly) {
            Ok(Self(yearly))
        } else {
            Err(UnitError::OutOfRange { text: text.into(), what: WHAT, range: "between -100 % and 1,000,000 % a year" })
        }
    }
}
impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A twentieth of a per cent a year is no growth to speak of.
        let percent = self.as_percent_per_year();
        write!(f, "{} %/year", number::round(if percent.abs() < 0.05 { 0.0 } else { percent }))
    }
}

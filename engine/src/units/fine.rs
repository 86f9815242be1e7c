//! Money and quantities as bills carry them: exact, in any currency and unit, with more digits than prices have.
use super::decimal::{self, DecimalError, Scaled};
use super::number;
use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub};

/// An exact amount of money in the currency of its bill, in units of 10^-24; up to 10^14 of that currency.
///
/// Azure's exports carry up to 28 decimals, AWS's up to 18. Sums saturate at the ends of the range, far beyond any bill;
/// a reader refuses a single amount beyond it.
///
/// ```
/// use plimsoll::units::FineMoney;
/// let [a, b] = ["0.1", "0.2"].map(|text| FineMoney::read(text.as_bytes()).unwrap().0);
/// assert_eq!((a + b).exact(), "0.3");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FineMoney(i128);

/// An exact billed quantity in whatever unit stands beside it, in units of 10^-12; up to 10^26 of that unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FineAmount(i128);

macro_rules! fine {
    ($name:ident, $places:literal) => {
        impl $name {
            /// None.
            pub const ZERO: Self = Self(0);
            /// Decimal places kept.
            pub const PLACES: usize = $places;
            /// So many of the smallest place.
            pub const fn raw(smallest: i128) -> Self {
                Self(smallest)
            }
            /// In the smallest place.
            pub const fn as_raw(self) -> i128 {
                self.0
            }
            /// Reads a decimal text; the second value says whether digits beyond the smallest place were rounded.
            #[inline]
            pub fn read(text: &[u8]) -> Result<(Self, bool), DecimalError> {
                let Scaled { value, rounded } = decimal::read(text, $places)?;
                Ok((Self(value), rounded))
            }
            /// The exact decimal text, without needless zeros.
            pub fn exact(self) -> String {
                decimal::written(self.0, $places)
            }
            /// Writes that text behind another.
            pub fn push(self, text: &mut String) {
                decimal::push(text, self.0, $places);
            }
            /// About so much, for ratios and charts.
            pub fn about(self) -> f64 {
                self.0 as f64 / 10_f64.powi($places)
            }
            /// How many times `other` this is; none where `other` is nothing.
            pub fn ratio(self, other: Self) -> Option<f64> {
                (other.0 != 0).then(|| self.0 as f64 / other.0 as f64)
            }
            /// Without its sign.
            pub const fn abs(self) -> Self {
                Self(self.0.saturating_abs())
            }
        }
        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }
        }
        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(self.0.saturating_neg())
            }
        }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(it: I) -> Self {
                it.fold(Self::ZERO, Add::add)
            }
        }
    };
}
fine!(FineMoney, 24);
fine!(FineAmount, 12);

impl FineMoney {
    /// The nearest amount; only for models.
    pub fn nearest(units: f64) -> Self {
        assert!(units.is_finite(), "an amount of money is finite");
        Self((units.clamp(-1e14, 1e14) * 1e24).round() as i128)
    }
    /// `1,234.56`, without a sign of a currency; amounts below a hundredth keep two significant digits.
    pub fn rounded(self) -> String {
        const CENT: u128 = 10_u128.pow(22);
        let n = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = (n + CENT / 2) / CENT;
        if cents > 0 || n == 0 {
            return format!("{sign}{}.{:02}", number::group(&(cents / 100).to_string()), cents % 100);
        }
        let units = n as f64 / 1e24;
        let places = (1.0 - units.log10().floor()) as usize;
        format!("{sign}{units:.places$}")
    }
    /// `$1,234.56` or `1,234.56 EUR`.
    pub fn shown_in(self, currency: &str) -> String {
        let text = self.rounded();
        match currency {
            "USD" => text.strip_prefix('-').map_or_else(|| format!("${text}"), |rest| format!("-${rest}")),
            "" => text,
            other => format!("{text} {other}"),
        }
    }
}

impl fmt::Display for FineAmount {
    /// `1,234.5`, with at most three decimals, and two significant digits below one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.about();
        if self.0 == 0 || value.abs() >= 1.0 {
            let text = format!("{:.3}", value.abs());
            let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
            let part = part.trim_end_matches('0');
            let point = if part.is_empty() { "" } else { "." };
            return write!(f, "{}{}{point}{part}", if self.0 < 0 { "-" } else { "" }, number::group(whole));
        }
        let places = (1.0 - value.abs().log10().floor()) as usize;
        write!(f, "{value:.places$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_shown_in_its_currency() {
        let money = |text: &str| FineMoney::read(text.as_bytes()).unwrap().0;
        assert_eq!(money("-1234.565").shown_in("USD"), "-$1,234.57");
        assert_eq!(money("1234.5").shown_in("EUR"), "1,234.50 EUR");
        assert_eq!(money("0.00004").shown_in("USD"), "$0.000040");
        assert_eq!(money("0").shown_in(""), "0.00");
    }

    #[test]
    fn quantities_keep_their_meaning_digits() {
        let amount = |text: &str| FineAmount::read(text.as_bytes()).unwrap().0.to_string();
        assert_eq!(amount("1234567.5"), "1,234,567.5");
        assert_eq!(amount("0.00034"), "0.00034");
        assert_eq!(amount("-744"), "-744");
        assert_eq!(amount("0"), "0");
    }
}

//! Exact money.
use super::{Factor, Share, number};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub};
use std::str::FromStr;

/// Decimal places kept. Price lists go to ten (Lambda's ephemeral storage), usage exports to twelve.
const PLACES: usize = 12;
const ONE: i128 = 1_000_000_000_000;

/// An exact amount of US dollars, in units of 10^-12. Rounded only when printed. It may be negative (a credit).
///
/// Sums saturate at the largest amount that can be kept, about 10^26 dollars.
///
/// ```
/// use plimsoll::units::Money;
/// let total: Money = ["0.1", "0.2"].iter().map(|t| t.parse::<Money>().unwrap()).sum();
/// assert_eq!(total.exact(), "0.3");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i128);

/// A text that is not an amount of money.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot read `{0}` as an amount of money with at most {PLACES} decimals")]
pub struct MoneyError(String);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// So many units of 10^-12 dollars.
    pub const fn picos(picos: i128) -> Self {
        Self(picos)
    }
    /// The amount in units of 10^-12 dollars.
    pub const fn as_picos(self) -> i128 {
        self.0
    }
    /// The nearest amount to so many dollars. Only for models; prices are read as text.
    pub fn nearest(dollars: f64) -> Self {
        assert!(dollars.is_finite(), "an amount of money is finite");
        Self((dollars.clamp(-1e25, 1e25) * ONE as f64).round() as i128)
    }
    /// About so many dollars, for ratios and charts.
    pub fn as_dollars(self) -> f64 {
        self.0 as f64 / ONE as f64
    }
    /// The exact decimal text, without needless zeros.
    pub fn exact(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let n = self.0.unsigned_abs();
        let text = format!("{sign}{}.{:012}", n / ONE as u128, n % ONE as u128);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
    /// This part of the amount, to the nearest 10^-12.
    pub fn part(self, share: Share) -> Self {
        self.times(Factor::of(share.as_part()))
    }
    /// So many times the amount, the factor cut to twelve decimals.
    pub fn times(self, factor: Factor) -> Self {
        let scaled = (factor.get().min(1e12) * ONE as f64).round() as i128;
        Self(rounded_quotient(self.0.saturating_mul(scaled), ONE))
    }
    /// How many times `other` this is; none where `other` is nothing.
    pub fn ratio(self, other: Self) -> Option<f64> {
        (other.0 != 0).then(|| self.0 as f64 / other.0 as f64)
    }
}

/// `n / d` to the nearest, ties to even, so that sums of rounded lines do not drift.
pub(super) fn rounded_quotient(n: i128, d: i128) -> i128 {
    let (quotient, rest) = (n.div_euclid(d), n.rem_euclid(d));
    match (rest * 2).cmp(&d) {
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal if quotient % 2 != 0 => quotient + 1,
        _ => quotient,
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self(self.0.saturating_add(o.0))
    }
}
impl AddAssign for Money {
    fn add_assign(&mut self, o: Self) {
        *self = *self + o;
    }
}
impl Sub for Money {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        Self(self.0.saturating_sub(o.0))
    }
}
impl Mul<u32> for Money {
    type Output = Self;
    fn mul(self, n: u32) -> Self {
        Self(self.0.saturating_mul(i128::from(n)))
    }
}
impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(it: I) -> Self {
        it.fold(Self::ZERO, Add::add)
    }
}
impl FromStr for Money {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let wrong = || MoneyError(text.into());
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
            Some((m, e)) => (m, e.parse::<i32>().map_err(|_| wrong())?),
            None => (digits, 0),
        };
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && part.is_empty() {
            return Err(wrong());
        }
        // Digit by digit and without a copy: a price list has ten thousand of these.
        let append = |n: i128, byte: u8| {
            let digit = byte.is_ascii_digit().then(|| i128::from(byte - b'0'))?;
            n.checked_mul(10)?.checked_add(digit)
        };
        // Twelve decimals, moved by the exponent; digits beyond them must be zeros.
        let places = exponent.checked_add(PLACES as i32 - part.len() as i32).ok_or_else(wrong)?;
        let n = whole.bytes().chain(part.bytes()).try_fold(0, append).ok_or_else(wrong)?;
        let scaled = if places >= 0 {
            10_i128.checked_pow(places as u32).and_then(|p| n.checked_mul(p)).ok_or_else(wrong)?
        } else {
            let cut = 10_i128.checked_pow(places.unsigned_abs()).ok_or_else(wrong)?;
            if n % cut != 0 {
                return Err(wrong());
            }
            n / cut
        };
        Ok(Self(if negative { -scaled } else { scaled }))
    }
}
impl fmt::Display for Money {
    /// `$1,234.56`; amounts below a cent keep two significant digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let n = self.0.saturating_abs();
        let cents = rounded_quotient(n, ONE / 100);
        if cents > 0 || n == 0 {
            let whole = number::group(&(cents / 100).to_string());
            return write!(f, "{sign}${whole}.{:02}", cents % 100);
        }
        let dollars = n as f64 / ONE as f64;
        let places = (1.0 - dollars.log10().floor()) as usize;
        write!(f, "{sign}${dollars:.places$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_money_agree_to_the_last_digit() {
        for text in ["0.0000000309", "-12.5", "467.2", "0", "123456789012.000000000001"] {
            assert_eq!(text.parse::<Money>().unwrap().exact(), text);
        }
        assert_eq!("2e-7".parse::<Money>().unwrap().exact(), "0.0000002");
        assert_eq!("1.50".parse::<Money>().unwrap().exact(), "1.5");
        for wrong in ["", "-", ".", "1,2", "1e-13", "NaN", "1e40", "$3", "1e2147483647", "1e-2147483648"] {
            assert!(wrong.parse::<Money>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn money_is_printed_in_cents_and_small_prices_in_digits() {
        let shown = |t: &str| t.parse::<Money>().unwrap().to_string();
        assert_eq!(shown("1234.565"), "$1,234.56");
        assert_eq!(shown("1234.575"), "$1,234.58");
        assert_eq!(shown("-0.5"), "-$0.50");
        assert_eq!(shown("0.0000004"), "$0.00000040");
        assert_eq!(shown("0"), "$0.00");
    }
}

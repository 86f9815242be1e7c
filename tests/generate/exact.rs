//! Exact decimals, to add up answers with.
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// A decimal number of at most 15 places. What would not fit panics: nothing is ever rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Exact(i128);

const PLACES: u32 = 15;

impl Exact {
    pub(crate) const ZERO: Self = Self(0);

    /// So many units of 10^-`places`.
    pub(crate) const fn of(value: i64, places: u32) -> Self {
        Self(value as i128 * 10_i128.pow(PLACES - places))
    }
    /// An exact part.
    pub(crate) fn over(self, whole: i64) -> Self {
        assert_eq!(self.0 % i128::from(whole), 0, "{self} / {whole} is not exact");
        Self(self.0 / i128::from(whole))
    }
    /// As JSON and as CSV: the shortest text that is exact.
    pub(crate) fn text(self) -> String {
        crate::digits::shortest(self.0, PLACES)
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Mul for Exact {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let mut scale = PLACES;
        let mut plain = |mut value: i128| {
            while scale > 0 && value != 0 && value % 10 == 0 {
                value /= 10;
                scale -= 1;
            }
            value
        };
        let product = plain(self.0) * plain(other.0);
        let unit = 10_i128.pow(scale);
        assert_eq!(product % unit, 0, "{self} x {other} is not exact");
        Self(product / unit)
    }
}

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Exact {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Exact {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::ZERO, Add::add)
    }
}

//! Everything that an estimate may be of, by one plain number in its base unit.
use super::{Compute, Count, Data, DataRate, Factor, Growth, Load, Quantity, Rate, Share, Span};
use std::fmt;

/// A kind of number that one may be unsure of. Distributions work on the plain number.
pub trait Scalar: Copy + PartialOrd + fmt::Debug + fmt::Display + 'static {
    /// What it is called in a message: `a rate`, `a share`.
    const NAME: &'static str;
    /// The number in the base unit.
    fn scalar(self) -> f64;
    /// The nearest value there is to a number: what lies outside the type's range is taken at its end. Panics on NaN.
    fn nearest(scalar: f64) -> Self;
}

macro_rules! quantities {
    ($($name:ident),*) => {$(
        impl Scalar for $name {
            const NAME: &'static str = <Self as Quantity>::NAME;
            fn scalar(self) -> f64 {
                self.base()
            }
            fn nearest(scalar: f64) -> Self {
                assert!(!scalar.is_nan(), "a quantity is a number");
                Self::from_base(scalar.clamp(0.0, f64::MAX))
            }
        }
    )*};
}
quantities!(Compute, Count, Data, DataRate, Load, Rate, Span);

impl Scalar for Factor {
    const NAME: &'static str = "a plain number";
    fn scalar(self) -> f64 {
        self.get()
    }
    fn nearest(scalar: f64) -> Self {
        assert!(!scalar.is_nan(), "a factor is a number");
        Self::of(scalar.clamp(0.0, f64::MAX))
    }
}

impl Scalar for Share {
    const NAME: &'static str = "a share";
    fn scalar(self) -> f64 {
        self.as_part()
    }
    fn nearest(scalar: f64) -> Self {
        Self::of_one(scalar)
    }
}

impl Scalar for Growth {
    const NAME: &'static str = "a growth";
    fn scalar(self) -> f64 {
        self.as_percent_per_year() / 100.0
    }
    fn nearest(scalar: f64) -> Self {
        assert!(!scalar.is_nan(), "a growth is a number");
        // The reader's own range.
        Self::percent_per_year(scalar.clamp(-1.0, 1e4) * 100.0)
    }
}

//! The multiplication table: every product of quantities that the domain allows, and no other.
//!
//! ```
//! use plimsoll::units::{Load, Rate, Span};
//! assert_eq!(Rate::per_second(900.0) * Span::millis(12.0), Load::erlangs(10.8));
//! ```
//! ```compile_fail
//! use plimsoll::units::{Data, Span};
//! let nonsense = Data::gib(1.0) + Span::hours(1.0);
//! ```
//! ```compile_fail
//! use plimsoll::units::{Data, Money, Price, Span};
//! let hourly: Price<Span> = Price::listed("0.096".parse().unwrap(), "hour").unwrap();
//! let nonsense = hourly * Data::gib(1.0);
//! ```
use super::{Count, Data, DataRate, Energy, Load, Power, Quantity, Rate, Span};
use std::ops::{Div, Mul};

macro_rules! product {
    ($($out:ident = $a:ident * $b:ident;)*) => {$(
        impl Mul<$b> for $a { type Output = $out; fn mul(self, b: $b) -> $out { $out::from_base(self.base() * b.base()) } }
        impl Mul<$a> for $b { type Output = $out; fn mul(self, a: $a) -> $out { $out::from_base(self.base() * a.base()) } }
        impl Div<$a> for $out { type Output = $b; fn div(self, a: $a) -> $b { $b::from_base(self.base() / a.base()) } }
        impl Div<$b> for $out { type Output = $a; fn div(self, b: $b) -> $a { $a::from_base(self.base() / b.base()) } }
    )*};
}

product! {
    Data = DataRate * Span;
    DataRate = Data * Rate;
    Energy = Power * Span;
}

impl Mul<Span> for Rate {
    type Output = Load;
    fn mul(self, span: Span) -> Load {
        Load::from_base(self.base() * span.base())
    }
}

impl Rate {
    /// How many events fall into `span`.
    pub fn events_in(self, span: Span) -> Count {
        Count::from_base(self.base() * span.base())
    }
}

/// So much of `Q` kept ready for so long: a gigabyte-month, a thousand IOPS for an hour. What storage is billed by.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Held<Q> {
    what: Q,
    span: Span,
}

impl<Q: Quantity> Held<Q> {
    /// `what`, kept for `span`.
    pub const fn new(what: Q, span: Span) -> Self {
        Self { what, span }
    }
    /// What is kept.
    pub const fn what(self) -> Q {
        self.what
    }
    /// Amount times time in the base units, for instance byte-seconds.
    pub fn base(self) -> f64 {
        self.what.base() * self.span.base()
    }
}

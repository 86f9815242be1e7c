//! Prices that know what they are the price of.
use super::money::rounded_quotient;
use super::{Amount, Count, Data, DataRate, Held, Money, Quantity, Rate, Span, UnitError};
use std::marker::PhantomData;
use std::ops::Mul;

const MONTH: f64 = super::HOURS_PER_MONTH * 3600.0;
const GB: f64 = 1e9;
const GIB: f64 = 1_073_741_824.0;

/// A quantity that providers bill, with the units their lists use and how much of the base unit each is.
pub trait Billable: Copy {
    /// `(unit as listed, base amount of one)`.
    const BILLED_IN: &'static [(&'static str, f64)];
    /// The amount in the base unit.
    fn billed_base(self) -> f64;
}

macro_rules! billable {
    ($($quantity:ty: $($unit:literal = $scale:expr),*;)*) => {$(
        impl Billable for $quantity {
            const BILLED_IN: &'static [(&'static str, f64)] = &[$(($unit, $scale)),*];
            fn billed_base(self) -> f64 { self.base() }
        }
    )*};
}
billable! {
    Span: "hour" = 3600.0, "VM-hour" = 3600.0, "LCU-hour" = 3600.0, "CU-hour" = 3600.0, "disk-month" = MONTH, "node-month" = MONTH;
    Data: "GB" = GB, "GiB" = GIB, "TiB" = 1024.0 * GIB;
    Count: "request" = 1.0, "class-A-request" = 1.0, "class-B-request" = 1.0, "object-month" = 1.0;
    Held<Data>: "GB-month" = GB * MONTH, "GiB-month" = GIB * MONTH, "GiB-hour" = GIB * 3600.0;
    Held<Rate>: "IOPS-month" = MONTH, "IOPS-hour" = 3600.0;
    Held<DataRate>: "MiBps-month" = 1_048_576.0 * MONTH, "MBps-month" = 1e6 * MONTH, "MBps-hour" = 1e6 * 3600.0;
}

/// So much money for one unit of `Q`, as the provider lists it: 0.096 for an hour, 0.08 for a GB-month.
///
/// ```
/// use plimsoll::units::{Price, Span};
/// let hourly: Price<Span> = Price::listed("0.096".parse().unwrap(), "hour").unwrap();
/// assert_eq!((hourly * Span::months(1.0)).exact(), "70.08");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price<Q> {
    money: Money,
    unit: &'static str,
    scale: f64,
    of: PhantomData<Q>,
}

impl<Q: Billable> Price<Q> {
    /// A price as listed; an unknown unit, or one of another quantity, is an error.
    pub fn listed(money: Money, unit: &str) -> Result<Self, UnitError> {
        Q::BILLED_IN
            .iter()
            .find(|(name, _)| *name == unit)
            .map(|&(unit, scale)| Self { money, unit, scale, of: PhantomData })
            .ok_or_else(|| UnitError::NoUnit {
                text: unit.into(),
                what: "a billing unit of this price",
                unit: "another quantity is billed in it".into(),
                units: &[],
            })
    }
    /// The money for one unit.
    pub const fn money(self) -> Money {
        self.money
    }
    /// The unit as listed.
    pub const fn unit(self) -> &'static str {
        self.unit
    }
    /// The same unit at another price.
    pub const fn at(self, money: Money) -> Self {
        Self { money, ..self }
    }
    /// How many listed units `quantity` is.
    pub fn units_in(self, quantity: Q) -> Amount {
        Amount::nearest(quantity.billed_base() / self.scale)
    }
}

impl<Q: Billable> Mul<Q> for Price<Q> {
    type Output = Money;
    fn mul(self, quantity: Q) -> Money {
        self.money * self.units_in(quantity)
    }
}

impl Mul<Amount> for Money {
    type Output = Money;
    /// The exact product, rounded once to 10^-12, ties to even.
    fn mul(self, amount: Amount) -> Money {
        Money::picos(rounded_quotient(self.as_picos().saturating_mul(amount.nanos()), 1_000_000_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gb_and_gib_months_are_different_units() {
        let gb: Price<Held<Data>> = Price::listed("0.08".parse().unwrap(), "GB-month").unwrap();
        let gib: Price<Held<Data>> = Price::listed("0.08".parse().unwrap(), "GiB-month").unwrap();
        let held = Held::new(Data::gib(100.0), Span::months(1.0));
        assert_eq!((gib * held).exact(), "8");
        assert_eq!((gb * held).exact(), "8.589934592");
    }

    #[test]
    fn a_price_of_one_thing_is_not_a_price_of_another() {
        assert!(Price::<Span>::listed(Money::ZERO, "GB-month").is_err());
    }
}

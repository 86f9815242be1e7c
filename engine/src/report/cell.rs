//! One value of a table, which knows what it is.
use crate::bill::Currency;
use crate::series::Time;
use crate::units::{Amount, Data, Factor, FineAmount, FineMoney, Mass, Money, Power, Rate, Share, Span};
use jiff::civil::Date;

/// A value; renderers decide how many digits people see.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// Money.
    Money(Money),
    /// A price for one unit; small ones keep their digits.
    UnitPrice(Money),
    /// How much more money than something else costs, or less; always with its sign.
    Difference(Money),
    /// A billed quantity.
    Amount(Amount),
    /// What a bill charges, to the last of its digits.
    Charge(FineMoney, Currency),
    /// A quantity that a bill charges for.
    Quantity(FineAmount),
    /// A whole number.
    Count(u64),
    /// A part of one.
    Share(Share),
    /// A time.
    Span(Span),
    /// Data.
    Data(Data),
    /// Events per second.
    Rate(Rate),
    /// Electric power.
    Power(Power),
    /// What is emitted.
    Mass(Mass),
    /// A plain factor.
    Factor(Factor),
    /// A day.
    Date(Date),
    /// A point in time.
    Time(Time),
    /// A value, and the path of the answer under which its derivation stands: see [`super::explain`].
    Explained(Box<Cell>, String),
    /// There is such a number, and nobody here knows it. Never shown as zero.
    Unknown,
    /// There is no such thing.
    Nothing,
}

impl Cell {
    /// The same with the path of its derivation; what is not known or not there has none.
    #[must_use]
    pub fn explained(self, path: impl Into<String>) -> Self {
        match self {
            Self::Unknown | Self::Nothing => self,
            known => Self::Explained(Box::new(known), path.into()),
        }
    }
    /// The value itself, whether it is explained or not.
    pub fn plain(&self) -> &Self {
        if let Self::Explained(cell, _) = self { cell.plain() } else { self }
    }
    /// The path of its derivation, where it has one.
    pub fn path(&self) -> Option<&str> {
        if let Self::Explained(_, path) = self { Some(path) } else { None }
    }
    /// As people read it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::UnitPrice(money) => unit_price(*money),
            Self::Difference(money) if *money > Money::ZERO => format!("+{money}"),
            Self::Money(money) | Self::Difference(money) => money.to_string(),
            Self::Amount(amount) => amount.to_string(),
            Self::Charge(money, currency) => money.shown_in(currency.code()),
            Self::Quantity(quantity) => quantity.to_string(),
            Self::Count(n) => n.to_string(),
            // Whole per cents line up in tables; nines are not rounded away.
            Self::Share(share) if share.as_percent() > 99.0 => share.to_string(),
            Self::Share(share) => format!("{:.0} %", share.as_percent()),
            Self::Span(span) => span.to_string(),
            Self::Data(data) => data.to_string(),
            Self::Rate(rate) => rate.to_string(),
            Self::Power(power) => power.to_string(),
            Self::Mass(mass) => mass.to_string(),
            Self::Factor(factor) => factor.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Time(time) => time.to_string(),
            Self::Explained(cell, _) => cell.shown(),
            Self::Unknown => "unknown".into(),
            Self::Nothing => String::new(),
        }
    }
    /// Every digit, in the base unit and without it, for machines.
    pub fn exact(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Money(money) | Self::UnitPrice(money) | Self::Difference(money) => money.exact(),
            Self::Amount(amount) => amount.exact(),
            Self::Charge(money, _) => money.exact(),
            Self::Quantity(quantity) => quantity.exact(),
            Self::Count(n) => n.to_string(),
            Self::Share(share) => share.as_part().to_string(),
            Self::Span(span) => span.as_seconds().to_string(),
            Self::Data(data) => data.as_bytes().to_string(),
            Self::Rate(rate) => rate.as_per_second().to_string(),
            Self::Power(power) => power.as_watts().to_string(),
            Self::Mass(mass) => mass.as_grams().to_string(),
            Self::Factor(factor) => factor.get().to_string(),
            Self::Date(date) => date.to_string(),
            Self::Time(time) => time.to_string(),
            Self::Explained(cell, _) => cell.exact(),
            Self::Unknown => "unknown".into(),
            Self::Nothing => String::new(),
        }
    }
    /// About how much in the base unit, for drawings and spreadsheets: a time in seconds since 1970. None for words.
    pub fn about(&self) -> Option<f64> {
        match self {
            Self::Money(money) | Self::UnitPrice(money) | Self::Difference(money) => nearest(&money.exact()),
            Self::Amount(amount) => nearest(&amount.exact()),
            Self::Charge(money, _) => nearest(&money.exact()),
            Self::Quantity(quantity) => nearest(&quantity.exact()),
            Self::Count(n) => Some(*n as f64),
            Self::Share(share) => Some(share.as_part()),
            Self::Span(span) => Some(span.as_seconds()),
            Self::Data(data) => Some(data.as_bytes()),
            Self::Rate(rate) => Some(rate.as_per_second()),
            Self::Power(power) => Some(power.as_watts()),
            Self::Mass(mass) => Some(mass.as_grams()),
            Self::Factor(factor) => Some(factor.get()),
            Self::Date(date) => Some(f64::from(date.since(EPOCH).ok()?.get_days()) * 86_400.0),
            Self::Time(time) => Some(time.as_unix_seconds() as f64),
            Self::Explained(cell, _) => cell.about(),
            Self::Text(_) | Self::Unknown | Self::Nothing => None,
        }
    }
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// The number nearest to a decimal text: nearer than a quotient, which is rounded twice.
fn nearest(exact: &str) -> Option<f64> {
    exact.parse().ok()
}

/// `$0.0816`: as many digits as the price has, but no fewer than two.
fn unit_price(money: Money) -> String {
    let text = money.exact();
    let decimals = text.find('.').map_or(0, |at| text.len() - at - 1);
    match decimals {
        0..=2 => money.to_string(),
        _ => text.strip_prefix('-').map_or_else(|| format!("${text}"), |t| format!("-${t}")),
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl<T: Into<Cell>> From<Option<T>> for Cell {
    /// What is not there is nothing; say [`Cell::Unknown`] where it is there and not known.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}
macro_rules! cells {
    ($($type:ty => $variant:ident),*) => {$(
        impl From<$type> for Cell { fn from(value: $type) -> Self { Self::$variant(value.into()) } }
    )*};
}
cells!(Money => Money, Amount => Amount, FineAmount => Quantity, u32 => Count, Share => Share, Span => Span, Data => Data, Rate => Rate, Factor => Factor,
    Power => Power, Mass => Mass,
    Date => Date, Time => Time);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_explained_shows_what_it_is() {
        let money = Cell::from(Money::nearest(12.5));
        let explained = money.clone().explained("chosen.cost.usd_per_month.mean");
        assert_eq!(explained.shown(), money.shown());
        assert_eq!((explained.exact(), explained.about()), (money.exact(), money.about()));
        assert_eq!((explained.path(), explained.plain()), (Some("chosen.cost.usd_per_month.mean"), &money));
        assert_eq!((money.path(), Cell::Unknown.explained("a")), (None, Cell::Unknown));
    }
}

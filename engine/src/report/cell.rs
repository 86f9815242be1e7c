//! One value of a table, which knows what it is.
use crate::units::{Amount, Data, Factor, Money, Rate, Share, Span};

/// A value; renderers decide how many digits people see.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// Money.
    Money(Money),
    /// A price for one unit; small ones keep their digits.
    UnitPrice(Money),
    /// A billed quantity.
    Amount(Amount),
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
    /// A plain factor.
    Factor(Factor),
    /// There is such a number, and nobody here knows it. Never shown as zero.
    Unknown,
    /// There is no such thing.
    Nothing,
}

impl Cell {
    /// As people read it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Money(money) => money.to_string(),
            Self::UnitPrice(money) => unit_price(*money),
            Self::Amount(amount) => amount.to_string(),
            Self::Count(n) => n.to_string(),
            // Whole per cents line up in tables; nines are not rounded away.
            Self::Share(share) if share.as_percent() > 99.0 => share.to_string(),
            Self::Share(share) => format!("{:.0} %", share.as_percent()),
            Self::Span(span) => span.to_string(),
            Self::Data(data) => data.to_string(),
            Self::Rate(rate) => rate.to_string(),
            Self::Factor(factor) => factor.to_string(),
            Self::Unknown => "unknown".into(),
            Self::Nothing => String::new(),
        }
    }
    /// Every digit, in the base unit and without it, for machines.
    pub fn exact(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Money(money) | Self::UnitPrice(money) => money.exact(),
            Self::Amount(amount) => amount.exact(),
            Self::Count(n) => n.to_string(),
            Self::Share(share) => share.as_part().to_string(),
            Self::Span(span) => span.as_seconds().to_string(),
            Self::Data(data) => data.as_bytes().to_string(),
            Self::Rate(rate) => rate.as_per_second().to_string(),
            Self::Factor(factor) => factor.get().to_string(),
            Self::Unknown => "unknown".into(),
            Self::Nothing => String::new(),
        }
    }
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
cells!(Money => Money, Amount => Amount, u32 => Count, Share => Share, Span => Span, Data => Data, Rate => Rate, Factor => Factor);

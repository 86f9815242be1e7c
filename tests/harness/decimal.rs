//! Exact decimals, read from the text of JSON numbers.
use serde_json::Value;
use std::iter::Sum;

/// A decimal number with at most 21 places, kept in units of 10^-21: a quantity of nine places times a price of twelve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(i128);

const PLACES: usize = 21;

impl Decimal {
    /// The number as it is written in JSON, every digit of it.
    pub fn of(value: &Value) -> Self {
        let Value::Number(number) = value else { panic!("{value} is no number") };
        Self::parse(&number.to_string())
    }
    /// A plain decimal text, as in `-12.5`.
    pub fn parse(text: &str) -> Self {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        assert!(part.len() <= PLACES, "{text} has more than {PLACES} places");
        let digits = format!("{whole}{part:0<PLACES$}");
        Self(sign * digits.parse::<i128>().unwrap_or_else(|_| panic!("{text} is no plain decimal")))
    }
    /// How far apart two numbers are.
    pub fn distance(self, other: Self) -> Self {
        Self((self.0 - other.0).abs())
    }
}

impl Sum for Decimal {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        Self(numbers.map(|n| n.0).sum())
    }
}

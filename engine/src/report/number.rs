//! Exact numbers in JSON.
use crate::units::Money;
use serde_json::Value;
use std::str::FromStr;

/// Money as a JSON number with every digit.
pub(super) fn exact(money: Money) -> Value {
    number(&money.exact())
}

/// A decimal text as a JSON number with every digit.
pub(super) fn number(text: &str) -> Value {
    Value::Number(serde_json::Number::from_str(text).expect("exact decimals are JSON numbers"))
}

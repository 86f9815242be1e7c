//! What a table comes to, by other means than the reader's: cells of the `csv` crate, and whole numbers.
use crate::corpus::{Format, Money};
use crate::table::Table;
use std::collections::{BTreeMap, BTreeSet};

/// Sums of each currency in units of 10^-24.
pub(crate) type Sums = BTreeMap<String, i128>;

/// No sum may be made of these rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoSum;

const PLACES: i32 = 24;
/// Where the range of an amount ends.
const LARGEST: i128 = 170_000_000_000_000 * 10_i128.pow(PLACES as u32);

/// The rows without one of them, if so asked, added up. An amount that is none, or that does not fit, has no sum.
pub(crate) fn sums(format: &Format, table: &Table, without: Option<usize>) -> Result<Sums, NoSum> {
    let mut sums = Sums::new();
    let mut known = BTreeSet::new();
    for (number, row) in table.rows.iter().enumerate() {
        let identity: Vec<&str> = format.identity.iter().map(|name| row[table.place(name)].as_str()).collect();
        if Some(number) == without || !identity.is_empty() && !known.insert(identity) {
            continue;
        }
        let currency = if format.currency.is_empty() { "USD" } else { row[table.place(format.currency)].as_str() };
        for amount in amounts(format.money, table, row)? {
            let sum = sums.entry(currency.to_owned()).or_insert(0_i128);
            *sum = sum.checked_add(amount).ok_or(NoSum)?;
        }
    }
    Ok(sums)
}

fn amounts(money: Money, table: &Table, row: &[String]) -> Result<Vec<i128>, NoSum> {
    let cell = |name: &str| row[table.place(name)].as_str();
    let is_null = |text: &str| matches!(text.trim(), "" | "NULL" | "null");
    match money {
        Money::OrNull(name) if is_null(cell(name)) => Ok(vec![0]),
        Money::OrNull(name) | Money::Always(name) => Ok(vec![read(cell(name))?]),
        Money::Either(first, second) => {
            Ok(vec![read(if cell(first).trim().is_empty() { cell(second) } else { cell(first) })?])
        }
        Money::LessCredits(cost, credits) => {
            let list: serde_json::Value = serde_json::from_str(cell(credits)).map_err(|_| NoSum)?;
            let credits = list.as_array().ok_or(NoSum)?.iter().map(|credit| read(&credit["amount"].to_string()));
            std::iter::once(read(cell(cost))).chain(credits).collect()
        }
        Money::Unsaid => Err(NoSum),
        Money::Across => row[1..].iter().filter(|cell| !cell.trim().is_empty()).map(|cell| read(cell)).collect(),
    }
}

/// Anything that could be meant as a number.
fn read(text: &str) -> Result<i128, NoSum> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
    let exponent: i32 = exponent.parse().map_err(|_| NoSum)?;
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all: String = [whole, part].concat();
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NoSum);
    }
    let all = all.trim_start_matches('0');
    let places = PLACES.saturating_add(exponent).saturating_sub(part.len() as i32);
    let value = match (all.len() as i32 + places, places) {
        _ if all.is_empty() => 0,
        (length, _) if length > 39 => return Err(NoSum),
        (_, 0..) => format!("{all}{}", "0".repeat(places as usize)).parse::<i128>().map_err(|_| NoSum)?,
        (length, _) if length < 0 => 0,
        // To the nearest, and of two that are equally near to the even one.
        (length, _) => {
            let (kept, lost) = all.split_at(length as usize);
            let kept: i128 = kept.parse().unwrap_or(0);
            let half = lost.trim_end_matches('0').cmp("5");
            kept + i128::from(half.is_gt() || half.is_eq() && kept % 2 == 1)
        }
    };
    if value > LARGEST { Err(NoSum) } else { Ok(sign * value) }
}

#[test]
fn the_other_means_are_right() {
    let one = 10_i128.pow(24);
    let cases = [
        ("1", one),
        ("-0.5", -one / 2),
        ("1.25e2", 125 * one),
        ("1e-24", 1),
        ("5e-25", 0),
        ("5.1e-25", 1),
        ("15e-25", 2),
        ("4e-25", 0),
        ("-0", 0),
    ];
    for (text, value) in cases {
        assert_eq!(read(text), Ok(value), "{text}");
    }
    for text in ["", "-", "NaN", "1e30", "1,204", "1.2.3", "0x10", "1e", "$5"] {
        assert_eq!(read(text), Err(NoSum), "{text}");
    }
}

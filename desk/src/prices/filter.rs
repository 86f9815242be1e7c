//! Conditions on machines, and whether one holds.
use super::column::Column;
use super::offering::{Offering, Value, View};
use super::scan::Comparison;
use regex_lite::Regex;
use std::cmp::Ordering;

/// A condition.
#[derive(Clone, Debug)]
pub(super) enum Filter {
    /// Each of these holds.
    All(Vec<Filter>),
    /// One of these holds.
    Any(Vec<Filter>),
    /// This does not hold.
    Not(Box<Filter>),
    /// What stands in a column passes a test.
    Column(Column, Test),
}

/// A test of one value.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// A number against a number.
    Number(Comparison, f64),
    /// A number from here to there, both ends included.
    Between(f64, f64),
    /// Words against words.
    Words(Comparison, String),
    /// Words against a pattern.
    Pattern(Regex),
}

impl Filter {
    /// Whether the condition holds; none where that hangs on something that no table says.
    ///
    /// The logic is Kleene's: `unknown && false` is false, `unknown && true` is unknown, and so is `!unknown`. A
    /// machine of unknown network is neither faster nor slower than 10 Gbit/s.
    pub(super) fn holds(&self, offering: &Offering, view: View) -> Option<bool> {
        match self {
            Self::All(parts) => joined(parts.iter().map(|part| part.holds(offering, view)), false),
            Self::Any(parts) => joined(parts.iter().map(|part| part.holds(offering, view)), true),
            Self::Not(part) => part.holds(offering, view).map(|holds| !holds),
            Self::Column(column, test) => test.passes(&offering.value(*column, view)),
        }
    }

    /// Every column that is asked about.
    pub(super) fn columns(&self) -> Vec<Column> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::columns).collect(),
            Self::Not(part) => part.columns(),
            Self::Column(column, _) => vec![*column],
        }
    }
}

/// One part that is `decisive` decides; else one unknown part leaves it open.
fn joined(parts: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut outcome = Some(!decisive);
    for part in parts {
        match part {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => outcome = None,
        }
    }
    outcome
}

impl Test {
    fn passes(&self, value: &Value<'_>) -> Option<bool> {
        if let Value::Words(words) = value {
            return Some(match self {
                Self::Words(Comparison::Equal, other) => words.eq_ignore_ascii_case(other),
                Self::Words(Comparison::Unequal, other) => !words.eq_ignore_ascii_case(other),
                Self::Words(comparison, other) => comparison.accepts((**words).cmp(other)),
                Self::Pattern(pattern) => pattern.is_match(words),
                Self::Number(..) | Self::Between(..) => unreachable!("the parser tests words as words"),
            });
        }
        let n = value.number()?;
        Some(match self {
            Self::Number(comparison, other) => comparison.accepts(compared(n, *other)),
            Self::Between(low, high) => compared(n, *low) != Ordering::Less && compared(n, *high) != Ordering::Greater,
            Self::Words(..) | Self::Pattern(_) => return None,
        })
    }
}

/// Numbers that differ by less than a billionth are the same: one was written in decimals, the other divided.
fn compared(a: f64, b: f64) -> Ordering {
    let near = (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    if near { Ordering::Equal } else { a.total_cmp(&b) }
}

impl Comparison {
    fn accepts(self, order: Ordering) -> bool {
        match self {
            Self::Equal | Self::Like => order == Ordering::Equal,
            Self::Unequal | Self::Unlike => order != Ordering::Equal,
            Self::Less => order == Ordering::Less,
            Self::AtMost => order != Ordering::Greater,
            Self::Greater => order == Ordering::Greater,
            Self::AtLeast => order != Ordering::Less,
        }
    }
}

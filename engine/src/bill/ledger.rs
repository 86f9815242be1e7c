//! What was read: the sums, and the account of every row behind them.
use super::{Calendar, Charges};
pub use crate::reading::{Aside, FileRead, Finding};
use crate::units::FineAmount;
use jiff::civil::Date;

/// A bill as it was read from its exports.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The sums.
    pub charges: Charges,
    /// Where they come from.
    pub reading: Reading,
}

/// The account of what was read: every row is used or set aside for a reason.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The files, in the order they were named.
    pub files: Vec<FileRead>,
    /// Rows below the headers. `rows_read = rows_used + sum(aside)`.
    pub rows_read: u64,
    /// Rows that stand in the sums.
    pub rows_used: u64,
    /// Rows that do not, by reason.
    pub aside: Vec<Aside>,
    /// By whose clock days and months begin.
    pub calendar: Calendar,
    /// What makes the rows doubtful; the gravest first.
    pub findings: Vec<Finding>,
    /// The rules of FOCUS, for inputs in FOCUS; empty for others.
    pub checks: Vec<Check>,
    /// Assumptions made in reading, a sentence each.
    pub notes: Vec<String>,
}

/// A rule of the FOCUS specification, and the rows that break it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The column and the rule in short, as `EffectiveCost: not null`.
    pub rule: String,
    /// What the specification says, a sentence.
    pub text: &'static str,
    /// How many rows break it.
    pub rows_failing: u64,
    /// The first of them: file and line; empty where none does.
    pub first: String,
}

/// What a business did each day, to divide costs by: requests, orders, customers.
#[derive(Clone, Debug, PartialEq)]
pub struct Business {
    /// What is counted, as the header of the amounts says.
    pub name: String,
    /// The days and their amounts, in the order of days, each day once.
    pub days: Vec<(Date, FineAmount)>,
}

/// What is asked about a bill besides its sums.
#[derive(Clone, Debug, Default)]
pub struct BillOptions {
    /// The two periods whose difference is explained, as `2026-02` and `2026-03`; the last two if none are named.
    pub compare: Option<(String, String)>,
    /// What to divide costs by.
    pub business: Option<Business>,
}

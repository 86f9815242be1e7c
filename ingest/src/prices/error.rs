//! Why a catalog cannot be read.
use plimsoll::catalog::Place;

/// What is wrong with a table, or with the region asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// No tables for such a region.
    #[error("`{}` is not a region of {} with prices; did you mean {}?", place.region, place.provider, listed(nearest))]
    UnknownRegion {
        /// What was asked for.
        place: Place,
        /// The regions whose names come nearest, or that lie nearest, best first; never empty.
        nearest: Vec<String>,
        /// All regions of that provider.
        known: Vec<String>,
    },
    /// A table that every region has is absent.
    #[error("there is no price table `{table}`")]
    NoTable {
        /// `aws/us-east-1/compute`.
        table: String,
    },
    /// The header lacks a column.
    #[error("{table}:1: there is no column `{column}`")]
    NoColumn {
        /// `aws/us-east-1/compute`.
        table: String,
        /// The column's name.
        column: String,
    },
    /// A line that is not a row of the table.
    #[error("{table}:{line}: {what}")]
    Line {
        /// `aws/us-east-1/compute`.
        table: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// A cell that cannot be read.
    #[error("{table}:{line}: column `{column}`: {}{why}", quoted(value))]
    Cell {
        /// `aws/us-east-1/compute`.
        table: String,
        /// The line, from 1.
        line: u64,
        /// The column's name.
        column: String,
        /// What stands there.
        value: String,
        /// What is wrong with it.
        why: String,
    },
    /// Tiers that leave a gap, overlap, or do not begin at zero.
    #[error("{table}: the tiers of {what} do not begin at zero and touch each other")]
    Tiers {
        /// `aws/us-east-1/network`.
        table: String,
        /// What they are the tiers of.
        what: String,
    },
}

impl PriceError {
    /// What would do instead; may be empty.
    pub fn help(&self) -> String {
        match self {
            Self::UnknownRegion { place, known, .. } => {
                format!("the regions of {} are {}", place.provider, known.join(", "))
            }
            _ => String::new(),
        }
    }
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ")
}

fn quoted(value: &str) -> String {
    if value.is_empty() { String::new() } else { format!("`{value}` ") }
}

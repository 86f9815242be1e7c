//! Why a bill says nothing.
use super::charge::Cost;
use super::charges::TooMuch;

/// An honest no about a bill.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BillRefusal {
    /// No row is a charge.
    #[error("none of {rows_read} rows is a charge{}", why.as_ref().map(|w| format!(": {w}")).unwrap_or_default())]
    Empty {
        /// The rows below the headers.
        rows_read: u64,
        /// Why most were set aside.
        why: Option<String>,
    },
    /// The sums do not fit.
    #[error("{0}")]
    TooMuch(#[from] TooMuch),
    /// A period that is to be compared has no charge.
    #[error("no charge is of `{name}`{}", nearest.as_ref().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
    UnknownPeriod {
        /// As it was asked for.
        name: String,
        /// The nearest period that has charges.
        nearest: Option<String>,
    },
    /// Two periods of different length.
    #[error("`{base}` and `{period}` cannot be compared: they are not of one length")]
    Unlike {
        /// The earlier, as it was asked for.
        base: String,
        /// The later.
        period: String,
    },
    /// Periods shorter than what was added up.
    #[error(
        "`{base}` and `{period}` cannot be compared: charges were added up by {kept}, not by {asked}; ask for groups by {asked} (`--period {asked}`)"
    )]
    TooFine {
        /// The earlier, as it was asked for.
        base: String,
        /// The later.
        period: String,
        /// What they are.
        asked: &'static str,
        /// What the charges behind the change were added up by.
        kept: &'static str,
    },
    /// The asked cost is in no row.
    #[error("no row has the {} cost; {}", asked.word(), known_words(known))]
    CostAbsent {
        /// The cost that was asked for.
        asked: Cost,
        /// Those that rows have.
        known: Vec<Cost>,
    },
}

fn known_words(known: &[Cost]) -> String {
    match known {
        [] => "nor any other cost".to_owned(),
        [one] => format!("the {} cost is there", one.word()),
        [rest @ .., last] => {
            let rest: Vec<_> = rest.iter().map(|c| c.word()).collect();
            format!("the {} and {} costs are there", rest.join(", "), last.word())
        }
    }
}

impl BillRefusal {
    /// One word for scripts.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "empty",
            Self::TooMuch(_) => "too_much",
            Self::UnknownPeriod { .. } => "unknown_period",
            Self::Unlike { .. } => "unlike_periods",
            Self::TooFine { .. } => "too_fine",
            Self::CostAbsent { .. } => "cost_absent",
        }
    }
}

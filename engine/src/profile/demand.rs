//! The workload that a series shows, each number with what it rests on.
use crate::uncertain::Estimate;
use crate::units::{Factor, Growth, Rate, Share};
use std::fmt;

/// The chance that each range holds the truth. Doubling the chance of missing it narrows the ranges by a fifth.
pub(super) const CONFIDENCE: Share = Share::percent(90.0);

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// From the rows of the export.
    Measured,
    /// A person wrote it.
    Typed,
    /// Assumed by this program, for want of anything better.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Measured => "measured",
            Self::Typed => "typed",
            Self::Default => "default",
        })
    }
}

/// A number with its source and the rows behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted<T> {
    /// The number.
    pub value: T,
    /// Where it comes from.
    pub source: Source,
    /// How many values of the series it rests on; none for a default.
    pub rows: usize,
}

impl<T> Fitted<T> {
    pub(super) const fn measured(value: T, rows: usize) -> Self {
        Self { value, source: Source::Measured, rows }
    }
    pub(super) const fn assumed(value: T) -> Self {
        Self { value, source: Source::Default, rows: 0 }
    }
}

/// Too little history for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("needs {needs} days, has {has}")]
pub struct TooFewDays {
    /// The days it takes.
    pub needs: usize,
    /// The days there are: those with a value in at least 18 hours.
    pub has: usize,
}

/// 168 multiples of the mean, from Monday 00:00 UTC; their mean is one.
#[derive(Clone, Debug, PartialEq)]
pub struct HourOfWeek {
    /// The multiples.
    pub factors: Vec<Factor>,
    /// Whether the days of the week differ, or one day stands seven times because the history is shorter than 14 days.
    pub days_differ: bool,
}

/// What a series of requests says about demand.
#[derive(Clone, Debug, PartialEq)]
pub struct DemandProfile {
    /// The mean rate of the busiest hour, and how far that of another stretch as long may lie from it.
    pub peak: Fitted<Estimate<Rate>>,
    /// The mean rate over all hours.
    pub mean: Fitted<Estimate<Rate>>,
    /// The highest step of a busy hour over that hour's mean: what 95 % of the busy hours stay within.
    pub burst: Fitted<Estimate<Factor>>,
    /// The shape of the week.
    pub hour_of_week: Result<Fitted<HourOfWeek>, TooFewDays>,
    /// Compound growth.
    pub growth: Result<Fitted<Estimate<Growth>>, TooFewDays>,
}

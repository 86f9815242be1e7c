//! Who says so, and as of when.
use jiff::civil::Date;
use std::sync::Arc;

/// Where a price comes from. Every price of a report carries one, so its texts are shared and a clone is cheap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provenance {
    /// The table: `aws/us-east-1/compute`.
    pub table: Arc<str>,
    /// The source's id in `pricing-data/SOURCES.md`, or the overlay's file name.
    pub source: Arc<str>,
    /// The day the source speaks of.
    pub as_of: Date,
    /// Whether the price was computed from others (AWS spot: on-demand price times an advisor's savings).
    pub derived: bool,
    /// What the table remarks about it.
    pub note: Option<Arc<str>>,
}

impl Provenance {
    /// After so many days a price is told to be old.
    ///
    /// On-demand prices moved in 2 % of the types over 13 months (2025-06 to 2026-07); halving this only adds warnings.
    pub const STALE_AFTER_DAYS: i32 = 365;

    /// What is remarked about a price that an overlay says.
    pub const PRIVATE: &'static str = "private price";

    /// The age on `today` in days; zero for a date to come.
    pub fn age_days(&self, today: Date) -> i32 {
        (today - self.as_of).get_days().max(0)
    }
    /// Whether the price is old enough to say so.
    pub fn is_stale(&self, today: Date) -> bool {
        self.age_days(today) > Self::STALE_AFTER_DAYS
    }
}

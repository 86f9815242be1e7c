//! Which series a sample belongs to, and what its values are over time.
use plimsoll::telemetry::{Measure, ResourceName, Statistic};
use plimsoll::units::Span;

/// One series.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) resource: ResourceName,
    pub(crate) item: Option<String>,
    pub(crate) measure: Measure,
    pub(crate) statistic: Statistic,
}

impl Key {
    /// The mean of a measure of a whole resource.
    pub(crate) fn of(resource: impl Into<String>, measure: Measure) -> Self {
        Self { resource: ResourceName(resource.into()), item: None, measure, statistic: Statistic::Mean }
    }
    /// The same of a part of it, as one disk.
    pub(crate) fn item(self, item: impl Into<String>) -> Self {
        Self { item: Some(item.into()), ..self }
    }
    /// The same in another statistic.
    pub(crate) fn statistic(self, statistic: Statistic) -> Self {
        Self { statistic, ..self }
    }
}

/// What the values of a series are over time, as the export writes them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum How {
    /// A level or a rate: as it is.
    Level,
    /// A part of one, written as per cent.
    PerCent,
    /// A part of one or per cent: told by the largest value of the measure in its file.
    PartOrPercent,
    /// What came in each step: divided by the step that the stamps show.
    PerStep,
    /// What came in each step, unless the values only rise: then a running total. For exports that say neither.
    Counts,
    /// What came in each step of this length.
    Per(Span),
    /// A running total, which starts again at zero when its process does.
    Counter,
}

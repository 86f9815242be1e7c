//! One measured series.
use super::{Measure, ResourceName, Statistic};
use crate::series::Series;

/// What was measured of one resource over time. Values are in the unit of its measure.
#[derive(Clone, Debug)]
pub struct Metric {
    /// Whose it is.
    pub resource: ResourceName,
    /// The part of the resource it is of, as a disk or a network card, where the export tells them apart.
    pub item: Option<String>,
    /// What was measured.
    pub measure: Measure,
    /// What a value says of its step.
    pub statistic: Statistic,
    /// The values; their quality is the series' own.
    pub series: Series,
    /// The file and line of its first value, as `cpu.csv:2`.
    pub first: String,
}

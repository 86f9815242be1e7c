//! All that was measured, of all resources.
use super::{AccessLog, Facts, LoadRun, Measure, Metric, ResourceName, Statistic};
use crate::reading::{Aside, FileRead, Finding};
use std::collections::BTreeMap;

/// What was measured, as it was read from exports.
#[derive(Clone, Debug, Default)]
pub struct Telemetry {
    /// The series, by resource, item, measure and statistic.
    pub metrics: Vec<Metric>,
    /// What the exports say of the resources themselves.
    pub facts: BTreeMap<ResourceName, Facts>,
    /// Load tests.
    pub loads: Vec<LoadRun>,
    /// Access logs.
    pub access: Vec<AccessLog>,
    /// Where all of it comes from.
    pub reading: Reading,
}

/// The account of what was read: every row is used or set aside for a reason.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The files, in the order they were named.
    pub files: Vec<FileRead>,
    /// Rows: lines below headers, data points, requests. `rows_read = rows_used + sum(aside)`.
    pub rows_read: u64,
    /// Rows that stand in a series, a load test or a log.
    pub rows_used: u64,
    /// Rows that do not, by reason.
    pub aside: Vec<Aside>,
    /// What makes the rows doubtful; the gravest first.
    pub findings: Vec<Finding>,
    /// Assumptions made in reading, a sentence each.
    pub notes: Vec<String>,
}

impl Telemetry {
    /// The resources that were measured, each once, by name.
    pub fn resources(&self) -> Vec<&ResourceName> {
        let mut names: Vec<_> = self.metrics.iter().map(|metric| &metric.resource).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
    /// The series of a measure of a resource, one for each item it was measured of.
    pub fn of<'t>(
        &'t self,
        resource: &'t ResourceName,
        measure: &'t Measure,
        statistic: Statistic,
    ) -> impl Iterator<Item = &'t Metric> {
        self.metrics
            .iter()
            .filter(move |m| m.resource == *resource && m.measure == *measure && m.statistic == statistic)
    }
}

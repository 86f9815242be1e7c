//! How full every resource is in the busiest hour.
use super::measured::Measured;
use crate::series::Time;
use crate::telemetry::{Measure, Metric, ResourceName, Statistic};
use crate::units::{Quantity, Share, Span};

/// How full one thing is.
#[derive(Clone, Debug, PartialEq)]
pub struct Peak {
    /// Whose.
    pub resource: ResourceName,
    /// The part of it, as one disk.
    pub item: Option<String>,
    /// What: processors, memory, disk space, a disk's time.
    pub what: &'static str,
    /// The mean of the busiest hour of demand; none where it was not measured then.
    pub at_peak: Option<Share>,
    /// The fullest step of all.
    pub highest: Share,
    /// Where the series begins.
    pub from: String,
}

/// Every series that tells how full something is, the fullest first. `busiest` is the start of the busiest hour of demand.
pub(super) fn peaks(measured: &Measured, busiest: Option<Time>) -> Vec<Peak> {
    let mut all: Vec<Peak> = measured.telemetry.metrics.iter().filter_map(|m| peak(measured, m, busiest)).collect();
    all.sort_by(|a, b| {
        let full = |p: &Peak| p.at_peak.unwrap_or(p.highest).as_part();
        full(b).total_cmp(&full(a)).then(a.resource.cmp(&b.resource)).then(a.what.cmp(b.what)).then(a.item.cmp(&b.item))
    });
    all
}

fn peak(measured: &Measured, metric: &Metric, busiest: Option<Time>) -> Option<Peak> {
    if metric.statistic != Statistic::Mean {
        return None;
    }
    let has = |measure| measured.telemetry.of(&metric.resource, &measure, Statistic::Mean).next().is_some();
    let facts = measured.telemetry.facts.get(&metric.resource);
    let (what, whole) = match metric.measure {
        Measure::CpuShare => ("processors", 1.0),
        Measure::MemoryShare => ("memory", 1.0),
        Measure::DiskShare => ("disk space", 1.0),
        Measure::DiskBusy => ("time of disks", 1.0),
        Measure::CpuUsed if !has(Measure::CpuShare) => ("processors", facts?.vcpus?.base()),
        Measure::MemoryUsed if !has(Measure::MemoryShare) => ("memory", facts?.memory?.base()),
        _ => return None,
    };
    let part = |v: f64| Share::of_one((v / whole).clamp(0.0, 1.0));
    let highest = metric.series.iter().filter_map(|(_, v)| v).fold(f64::NAN, f64::max);
    let within = |time: Time| busiest.is_some_and(|b| time >= b && time.as_unix_seconds() < b.as_unix_seconds() + HOUR);
    let of_hour = metric.series.iter().filter(|(time, _)| within(*time)).filter_map(|(_, v)| v);
    let at_peak = crate::signal::robust::mean(of_hour).map(part);
    (whole > 0.0 && highest.is_finite()).then(|| Peak {
        resource: metric.resource.clone(),
        item: metric.item.clone(),
        what,
        at_peak,
        highest: part(highest),
        from: metric.first.clone(),
    })
}

const HOUR: i64 = 3600;
const _: () = assert!(HOUR as f64 == Span::hours(1.0).as_seconds());

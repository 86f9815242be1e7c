//! The work of one resource over time, dimension by dimension, in absolute units.
use super::dimension::Dimension;
use crate::series::{Series, combined};
use crate::telemetry::{Measure, Metric, ResourceName, Statistic, Telemetry};
use std::collections::BTreeMap;

/// What a resource's machines are, as far as it is known: what shares are shares of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hardware {
    /// Processors of one of them.
    pub(super) vcpus: Option<f64>,
    /// Their speed as a multiple of the reference core.
    pub(super) speed: f64,
    /// Memory of one of them, in bytes.
    pub(super) memory: Option<f64>,
    /// How many there are, where their number does not change.
    pub(super) count: f64,
}

/// The work of a resource: of all its machines together.
#[derive(Clone, Debug, Default)]
pub(super) struct Demand {
    series: BTreeMap<Dimension, Series>,
    /// Processors by what the requests ask for, where throughput was measured.
    pub(super) from_throughput: bool,
    /// Requests over time.
    pub(super) requests: Option<Series>,
    /// The number of machines over time.
    pub(super) instances: Option<Series>,
    /// The lowest stock of credits.
    pub(super) credits: Option<f64>,
}

impl Demand {
    /// Gathers what was measured of a resource.
    pub(super) fn of(resource: &ResourceName, telemetry: &Telemetry, hardware: &Hardware) -> Self {
        let measured = Measured { resource, telemetry };
        let instances = measured.whole(&Measure::Instances);
        let times = |series: Series, factor: f64| match &instances {
            // Of a group of changing size the series are means of its machines.
            Some(number) => combined(series.name(), &[&series, number], |row| row[0] * row[1] * factor),
            None => combined(series.name(), &[&series], |row| row[0] * hardware.count * factor),
        };
        let mut demand = Self { requests: measured.whole(&Measure::Requests), ..Self::default() };
        let used = measured.whole(&Measure::CpuUsed);
        let share = || hardware.vcpus.and_then(|vcpus| Some((measured.mean(&Measure::CpuShare)?, vcpus)));
        let cpu = match used {
            Some(used) => times(used, hardware.speed),
            None => share().and_then(|(share, vcpus)| times(share, vcpus * hardware.speed)),
        };
        let memory = measured.whole(&Measure::MemoryUsed).and_then(|used| times(used, 1.0)).or_else(|| {
            let memory = hardware.memory?;
            times(measured.mean(&Measure::MemoryShare)?, memory)
        });
        let busier = |inward, outward| match (measured.whole(&inward), measured.whole(&outward)) {
            (Some(inward), Some(outward)) => combined("network", &[&inward, &outward], |row| row[0].max(row[1])),
            (one, other) => one.or(other),
        };
        let both = |reads, writes| match (measured.whole(&reads), measured.whole(&writes)) {
            (Some(reads), Some(writes)) => combined("disks", &[&reads, &writes], |row| row[0] + row[1]),
            (one, other) => one.or(other),
        };
        let network = busier(Measure::NetworkIn, Measure::NetworkOut).and_then(|series| times(series, 1.0));
        let iops = both(Measure::DiskReads, Measure::DiskWrites).or_else(|| measured.whole(&Measure::DiskOperations));
        let iops = iops.and_then(|series| times(series, 1.0));
        let bytes = both(Measure::DiskReadBytes, Measure::DiskWriteBytes).and_then(|series| times(series, 1.0));
        let space = measured.whole(&Measure::DiskUsed);
        let all = [
            (Dimension::Cpu, cpu),
            (Dimension::Memory, memory),
            (Dimension::Network, network),
            (Dimension::DiskIops, iops),
            (Dimension::DiskThroughput, bytes),
            (Dimension::DiskSpace, space),
        ];
        demand.series = all.into_iter().filter_map(|(dimension, series)| Some((dimension, series?))).collect();
        let credits = measured.whole(&Measure::CpuCredits);
        demand.credits = credits.and_then(|series| series.iter().filter_map(|(_, v)| v).reduce(f64::min));
        demand.instances = instances;
        demand
    }
    /// The series of a dimension.
    pub(super) fn series(&self, dimension: Dimension) -> Option<&Series> {
        self.series.get(&dimension)
    }
    /// Puts another series in the place of a dimension's.
    pub(super) fn replace(&mut self, dimension: Dimension, series: Series) {
        self.series.insert(dimension, series);
    }
    /// The dimensions that were measured.
    pub(super) fn dimensions(&self) -> impl Iterator<Item = (Dimension, &Series)> {
        self.series.iter().map(|(dimension, series)| (*dimension, series))
    }
    /// The highest step.
    pub(super) fn peak(&self, dimension: Dimension) -> Option<f64> {
        self.series(dimension)?.iter().filter_map(|(_, v)| v).reduce(f64::max)
    }
    /// The mean of all steps.
    pub(super) fn mean(&self, dimension: Dimension) -> Option<f64> {
        let values = self.series(dimension)?.iter().filter_map(|(_, v)| v);
        let (mean, n) = values.fold((0.0, 0.0), |(m, n), v| (m + (v - m) / (n + 1.0), n + 1.0));
        (n > 0.0).then_some(mean)
    }
}

/// The metrics of one resource.
struct Measured<'t> {
    resource: &'t ResourceName,
    telemetry: &'t Telemetry,
}

impl Measured<'_> {
    /// The series of each item of a measure; of the whole alone where there is one.
    fn items(&self, measure: &Measure) -> Vec<&Series> {
        let is_it =
            |m: &&Metric| m.resource == *self.resource && m.measure == *measure && m.statistic == Statistic::Mean;
        let all: Vec<&Metric> = self.telemetry.metrics.iter().filter(is_it).collect();
        let whole: Vec<&Series> = all.iter().filter(|m| m.item.is_none()).map(|m| &m.series).collect();
        if whole.is_empty() { all.iter().map(|m| &m.series).collect() } else { whole }
    }
    /// A measure of the whole: the sum of its items.
    fn whole(&self, measure: &Measure) -> Option<Series> {
        combined(measure.word(), &self.items(measure), |row| row.iter().sum())
    }
    /// A share of the whole: the mean of its items.
    fn mean(&self, measure: &Measure) -> Option<Series> {
        combined(measure.word(), &self.items(measure), |row| row.iter().sum::<f64>() / row.len() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::{Point, Time};

    fn metric(measure: Measure, value: f64) -> Metric {
        let points = (0..3).map(|i| Point::new(Time::unix_seconds(60 * i), Some(value))).collect();
        let series = Series::from_points("v", points).expect("the steps are even");
        let (resource, item) = (ResourceName("db-1".into()), Some("vda".into()));
        Metric { resource, item, measure, statistic: Statistic::Mean, series, first: "sa.csv:2".into() }
    }

    #[test]
    fn disk_operations_count_where_reads_and_writes_are_not_told_apart() {
        let hardware = Hardware { vcpus: None, speed: 1.0, memory: None, count: 1.0 };
        let iops = |metrics: &[Metric]| {
            let telemetry = Telemetry { metrics: metrics.to_vec(), ..Telemetry::default() };
            Demand::of(&ResourceName("db-1".into()), &telemetry, &hardware).peak(Dimension::DiskIops)
        };
        let together = metric(Measure::DiskOperations, 9.0);
        assert_eq!(iops(std::slice::from_ref(&together)), Some(9.0));
        let apart = [metric(Measure::DiskReads, 3.0), metric(Measure::DiskWrites, 4.0), together];
        assert_eq!(iops(&apart), Some(7.0), "what is told apart is not counted again");
    }
}

//! What has to be true of all that is read, whatever it is read from.
use plimsoll::telemetry::{AccessLog, Distribution, Facts, LoadPoint, Metric, Telemetry, Unit};
use plimsoll::units::{Quantity, Share};

/// No series of a small file is longer: the longest is of a log, 20 years by the hour.
const LONGEST: usize = 1 << 18;

/// Looks at all of it.
pub(crate) fn check(read: &Telemetry) {
    let reading = &read.reading;
    let aside: u64 = reading.aside.iter().map(|aside| aside.rows).sum();
    assert_eq!(reading.rows_read, reading.rows_used + aside, "rows are lost: {reading:?}");
    assert_eq!(
        reading.rows_read,
        reading.files.iter().map(|file| file.rows).sum::<u64>(),
        "rows of no file: {reading:?}"
    );
    assert!(reading.aside.iter().all(|aside| aside.rows > 0 && !aside.reason.is_empty()), "{reading:?}");
    read.metrics.iter().for_each(metric);
    read.facts.values().for_each(facts);
    read.loads.iter().flat_map(|run| &run.points).for_each(point);
    read.access.iter().for_each(log);
}

fn metric(metric: &Metric) {
    let of = || format!("{} of {}, from {}", metric.measure, metric.resource, metric.first);
    assert!(metric.series.len() <= LONGEST, "{}: {} steps", of(), metric.series.len());
    assert!(metric.series.step().as_seconds() > 0.0, "{}: no step", of());
    assert!(!metric.first.is_empty(), "{}: from nowhere", of());
    for (time, value) in metric.series.iter() {
        let Some(value) = value else { continue };
        assert!(value.is_finite(), "{}: {value} at {time}", of());
        assert!(metric.measure.unit() != Unit::Part || value >= 0.0, "{}: {value} at {time}", of());
    }
}

fn facts(facts: &Facts) {
    let reservations = [facts.request, facts.limit, facts.advised_request, facts.advised_limit];
    let vcpus = reservations.iter().map(|kept| kept.cpu).chain([facts.vcpus]).flatten().map(|cpu| cpu.as_vcpus());
    let bytes = reservations.iter().map(|kept| kept.memory).chain([facts.memory]).flatten().map(|data| data.as_bytes());
    for amount in vcpus.chain(bytes) {
        assert!(amount.is_finite() && amount >= 0.0, "{facts:?}");
    }
}

fn point(point: &LoadPoint) {
    let numbers = [point.clients.get(), point.throughput.as_per_second(), point.response.as_seconds()];
    assert!(numbers.iter().all(|number| number.is_finite() && *number >= 0.0), "{point:?}");
    assert!(point.counted.is_none_or(|counted| counted.errors <= counted.requests), "{point:?}");
    assert!(point.counted.is_none_or(|counted| counted.lasts.as_seconds() >= 0.0), "{point:?}");
    assert!(point.off_littles_law() <= Share::ALL, "{point:?}");
    point.latency.iter().for_each(distribution);
}

fn log(log: &AccessLog) {
    assert!(log.count > 0 && log.popularity.is_sorted_by(|a, b| a >= b), "{log:?}");
    assert!(log.popularity.iter().sum::<u64>() <= log.count, "{log:?}");
    assert!(log.requests.len() <= LONGEST, "{} steps of {}", log.requests.len(), log.resource);
    assert!(
        log.requests.iter().filter_map(|(_, value)| value).all(|value| value.is_finite() && value >= 0.0),
        "{log:?}"
    );
    log.bytes_in.iter().chain(&log.bytes_out).for_each(distribution);
    log.latency.iter().for_each(distribution);
}

fn distribution<Q: Quantity + std::fmt::Debug + PartialOrd>(told: &Distribution<Q>) {
    assert!(told.quantiles.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1), "{told:?}");
    assert!(told.variability.is_none_or(|spread| spread.get().is_finite() && spread.get() >= 0.0), "{told:?}");
}

/// All values, and whose they are: what two readings of the same export have in common.
pub(crate) fn values(read: &Telemetry) -> String {
    let series = read.metrics.iter().map(|m| {
        // Sums of the same numbers in another order differ in their last digits.
        let values: Vec<_> = m.series.iter().map(|(_, value)| value.map(|value| format!("{value:.9e}"))).collect();
        let from = (m.series.start(), m.series.step());
        format!("{} {:?} {} {:?} {from:?} {values:?}", m.resource, m.item, m.measure, m.statistic)
    });
    let points = read.loads.iter().flat_map(|run| &run.points).map(|point| {
        let told = (point.clients, point.clients_from, point.throughput, point.response, point.counted, point.starts);
        format!("{told:?} {:?}", point.latency)
    });
    let logs = read.access.iter().map(|log| format!("{} {} {:?}", log.resource, log.count, log.popularity));
    let facts = read.facts.iter().map(|told| format!("{told:?}"));
    series.chain(points).chain(logs).chain(facts).collect::<Vec<_>>().join("\n")
}

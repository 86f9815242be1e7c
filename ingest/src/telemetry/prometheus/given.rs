//! Series of labels and looks, as samples of measures.
use super::histogram::{Histogram, QUANTILES};
use super::labels::{self, Labels};
use super::names;
use super::processors::{self, Processors};
use crate::telemetry::asked::Asked;
use crate::telemetry::collector::Collector;
use crate::telemetry::counter;
use crate::telemetry::key::{How, Key};
use crate::telemetry::name;
use plimsoll::series::Point;
use plimsoll::telemetry::{Facts, Measure, Reservation, Statistic};
use plimsoll::units::{Compute, Data};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One series as it was read.
pub(in crate::telemetry) struct Looked {
    pub(in crate::telemetry) labels: Labels,
    pub(in crate::telemetry) points: Vec<Point>,
    /// The line it begins on; 0 if that says nothing.
    pub(in crate::telemetry) line: usize,
}

/// A resource, the part of it, and a name without its end.
type Place = (String, Option<String>, String);

/// The series of one file.
pub(in crate::telemetry) struct Given<'a> {
    file: &'a str,
    asked: &'a Asked,
    /// Whether requests are counted by a metric of their own, so that those of histograms are not counted again.
    counts_requests: bool,
    taken: HashMap<Key, String>,
    processors: Processors,
    histograms: BTreeMap<Place, Histogram>,
    /// Sums and counts of times, to be divided: rates by resource, item and name without its end.
    halves: BTreeMap<Place, (Vec<Point>, Vec<Point>, usize)>,
}

/// Gives all series of a file.
pub(in crate::telemetry) fn give(series: Vec<Looked>, file: &str, asked: &Asked, to: &mut Collector) {
    let name = |s: &Looked| s.labels.get("__name__").cloned().unwrap_or_default();
    let names: BTreeSet<String> = series.iter().map(name).collect();
    let mut given = Given {
        file,
        asked,
        counts_requests: names.iter().any(|name| names::is_requests(name)),
        taken: HashMap::new(),
        processors: Processors::default(),
        histograms: BTreeMap::new(),
        halves: BTreeMap::new(),
    };
    for one in series {
        given.one(one, to);
    }
    given.finish(to);
}

impl Given<'_> {
    fn one(&mut self, looked: Looked, to: &mut Collector) {
        let Looked { labels, points, line } = looked;
        let name = labels.get("__name__").cloned();
        let (resource, used) =
            labels::resource(&labels).unwrap_or_else(|| (name::of_file(self.file, self.asked), Vec::new()));
        let item = |also: &[&str]| labels::item(&labels, &used, also);
        if let Some(mode) = processors::mode(&labels) {
            let rates = rated(name.as_deref(), points, true, to);
            return self.processors.add(resource, &labels["cpu"], mode, line, &rates);
        }
        if let Some(bound) = labels.get("le").and_then(|le| le.parse::<f64>().ok()).filter(|le| !le.is_nan()) {
            let base = name.as_deref().map_or("", |name| name.strip_suffix("_bucket").unwrap_or(name)).to_owned();
            let rates = rated(name.as_deref(), points, name.is_some(), to);
            let histogram = self.histograms.entry((resource, item(&[]), base)).or_default();
            histogram.line = line;
            return histogram.add(bound, rates);
        }
        let Some(name) = name else {
            return self.nameless(resource, item(&[]), &labels, (points, line), to);
        };
        if let Some((base, is_sum)) = half(&name)
            && names::duration_scale(base).is_some()
        {
            let rates = rated(Some(&name), points, true, to);
            let halves = self.halves.entry((resource, item(&[]), base.to_owned())).or_default();
            halves.2 = line;
            *(if is_sum { &mut halves.0 } else { &mut halves.1 }) = rates;
            return;
        }
        let meaning = names::meaning(&name, &labels);
        let quantile = labels.get("quantile").and_then(|q| q.parse::<f64>().ok()).filter(|q| (0.0..=1.0).contains(q));
        let statistic = quantile.map_or(Statistic::Mean, |q| Statistic::Quantile((q * 1e4).round() as u16));
        let (measure, is_counter, scale) = match (meaning, quantile.and(names::duration_scale(&name))) {
            (Some(meaning), _) => (meaning.measure, meaning.is_counter, meaning.scale),
            (None, Some(scale)) => (Measure::Latency, false, scale),
            (None, None) => {
                (Measure::Other(name.clone()), quantile.is_none() && names::is_named_as_counter(&name), 1.0)
            }
        };
        facts(&resource, &measure, &points, to);
        // A container's own processors are one thing; the total over them needs no word.
        let also: &[&str] = match measure {
            Measure::CpuUsed if labels.get("cpu").is_some_and(|cpu| cpu == "total") => &["cpu"],
            Measure::CpuRequested | Measure::MemoryRequested | Measure::CpuLimit | Measure::MemoryLimit => {
                &["resource", "unit"]
            }
            Measure::CpuCapacity | Measure::MemoryCapacity => {
                &["resource", "unit", "boot_id", "machine_id", "system_uuid"]
            }
            Measure::DiskCapacity => &["device", "fstype", "device_error"],
            Measure::Other(_) if name.starts_with("node_filesystem_") => &["device", "fstype", "device_error"],
            _ => &[],
        };
        let how = if is_counter && keeps_rising(&name, &points, to) { How::Counter } else { How::Level };
        let key = Key::of(resource, measure).statistic(statistic);
        let key = Key { item: item(also), ..key };
        if key.measure == Measure::Requests && names::is_failed(&labels) {
            let errors = Key { measure: Measure::Errors, ..key.clone() };
            self.give_series(errors, how, scale, &labels, (&points, line), to);
        }
        self.give_series(key, how, scale, &labels, (&points, line), to);
    }

    /// A series that lost its name in a query.
    fn nameless(
        &mut self,
        resource: String,
        item: Option<String>,
        labels: &Labels,
        (points, line): (Vec<Point>, usize),
        to: &mut Collector,
    ) {
        let measure = self.asked.measure.clone().unwrap_or_else(|| {
            to.note(format!(
                "Series of {} have no metric name, as queries that compute drop it: what they measure has to be said.",
                self.file
            ));
            Measure::Other("unnamed query".into())
        });
        let key = Key { item, ..Key::of(resource, measure) };
        self.give_series(key, How::Level, 1.0, labels, (&points, line), to);
    }

    fn give_series(
        &mut self,
        key: Key,
        how: How,
        scale: f64,
        labels: &Labels,
        (points, line): (&[Point], usize),
        to: &mut Collector,
    ) {
        // Labels that say nothing of the resource may still tell two series apart.
        let written = labels::written(labels);
        let key = match self.taken.get(&key) {
            Some(other) if *other != written => key.item(written),
            _ => {
                self.taken.insert(key.clone(), written);
                key
            }
        };
        let id = to.series(key, how, line);
        for point in points {
            to.sample(id, point.time(), point.value().map(|value| value * scale));
        }
    }

    fn finish(self, to: &mut Collector) {
        self.processors.give(to);
        for ((resource, item, base), histogram) in self.histograms {
            let has_count = self.halves.contains_key(&(resource.clone(), item.clone(), base.clone()));
            let scale = names::duration_scale(&base);
            let measure = match (scale, &self.asked.measure) {
                (Some(_), _) => Measure::Latency,
                (None, Some(asked)) if base.is_empty() => asked.clone(),
                (None, _) if base.is_empty() => Measure::Other("unnamed histogram".into()),
                (None, _) => Measure::Other(base.clone()),
            };
            let line = histogram.line;
            let counts = scale.is_some() && !has_count && !self.counts_requests;
            let key = |measure| Key { item: item.clone(), ..Key::of(resource.clone(), measure) };
            let requests = counts.then(|| to.series(key(Measure::Requests), How::Level, line));
            let ids =
                QUANTILES.map(|q| to.series(key(measure.clone()).statistic(Statistic::Quantile(q)), How::Level, line));
            for (time, all, quantiles) in histogram.quantiles() {
                if let Some(id) = requests {
                    to.sample(id, time, Some(all));
                }
                for (id, value) in ids.into_iter().zip(quantiles) {
                    to.sample(id, time, value.map(|v| v * scale.unwrap_or(1.0)));
                }
            }
        }
        for ((resource, item, base), (sums, counts, line)) in self.halves {
            let key = |measure| Key { item: item.clone(), ..Key::of(resource.clone(), measure) };
            let scale = names::duration_scale(&base).unwrap_or(1.0);
            if !self.counts_requests && !counts.is_empty() {
                let id = to.series(key(Measure::Requests), How::Level, line);
                for point in &counts {
                    to.sample(id, point.time(), point.value());
                }
            }
            if sums.is_empty() || counts.is_empty() {
                let left = if sums.is_empty() { &counts } else { &sums };
                let name = if sums.is_empty() { format!("{base}_count") } else { format!("{base}_sum") };
                let id = to.series(key(Measure::Other(name)), How::Level, line);
                for point in left {
                    to.sample(id, point.time(), point.value());
                }
                continue;
            }
            let at: HashMap<_, _> = counts.iter().filter_map(|p| Some((p.time(), p.value()?))).collect();
            let id = to.series(key(Measure::Latency), How::Level, line);
            for sum in sums {
                let count = at.get(&sum.time()).filter(|count| **count > 0.0);
                to.sample(id, sum.time(), sum.value().zip(count).map(|(sum, count)| sum / count * scale));
            }
        }
    }
}

/// A name without `_sum` or `_count`, and which it was.
fn half(name: &str) -> Option<(&str, bool)> {
    let of = |end| name.strip_suffix(end);
    of("_sum").map(|base| (base, true)).or_else(|| of("_count").map(|base| (base, false)))
}

/// Values per second of what only rises; as they are if a query made rates of them already.
fn rated(name: Option<&str>, points: Vec<Point>, may_rise: bool, to: &mut Collector) -> Vec<Point> {
    match name {
        Some(name) if may_rise && keeps_rising(name, &points, to) => {
            let (rates, restarts) = counter::rates(points);
            to.restarted(restarts);
            rates
        }
        _ => points,
    }
}

/// Whether values are a running total. Restarts are rare: what falls twice, and in more than one step of ten, was rated
/// by the query.
fn keeps_rising(name: &str, points: &[Point], to: &mut Collector) -> bool {
    let mut values = points.iter().filter_map(Point::value);
    let mut before = values.next().unwrap_or(0.0);
    let (mut steps, mut falls) = (0_usize, 0_usize);
    for value in values {
        steps += 1;
        falls += usize::from(value < before);
        before = value;
    }
    let rises = falls <= 1 || falls * 10 <= steps;
    let what =
        if rises { "is a running total: rates are made of it here" } else { "falls: its query made rates of it" };
    to.note(format!("{name} {what}."));
    rises
}

/// What the last look says of the resource itself.
fn facts(resource: &str, measure: &Measure, points: &[Point], to: &mut Collector) {
    let Some(last) = points.iter().rev().find_map(Point::value).filter(|value| *value > 0.0) else { return };
    let cpu = Reservation { cpu: Some(Compute::vcpus(last)), memory: None };
    let memory = Reservation { cpu: None, memory: Some(Data::bytes(last)) };
    let facts = match measure {
        Measure::CpuCapacity => Facts { vcpus: Some(Compute::vcpus(last)), ..Facts::default() },
        Measure::MemoryCapacity => Facts { memory: Some(Data::bytes(last)), ..Facts::default() },
        Measure::CpuRequested => Facts { request: cpu, ..Facts::default() },
        Measure::CpuLimit => Facts { limit: cpu, ..Facts::default() },
        Measure::MemoryRequested => Facts { request: memory, ..Facts::default() },
        Measure::MemoryLimit => Facts { limit: memory, ..Facts::default() },
        _ => return,
    };
    to.facts(resource, facts);
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::series::Time;
    use plimsoll::telemetry::{ResourceName, Telemetry};
    use plimsoll::units::Share;

    fn read(series: &[(&str, [f64; 4])], asked: &Asked) -> Telemetry {
        let mut to = Collector::new(false);
        to.begin("query.json", "test", Share::ALL);
        let looked = series.iter().map(|(labels, values)| Looked {
            labels: labels::read(labels).unwrap(),
            points: values
                .iter()
                .enumerate()
                .map(|(i, v)| Point::new(Time::unix_seconds(60 * i as i64), Some(*v)))
                .collect(),
            line: 1,
        });
        give(looked.collect(), "query.json", asked, &mut to);
        to.finish().unwrap()
    }

    fn told(read: &Telemetry) -> Vec<(String, f64)> {
        let name = |m: &plimsoll::telemetry::Metric| match &m.item {
            Some(item) => format!("{} {item} {} {}", m.resource, m.measure, m.statistic),
            None => format!("{} {} {}", m.resource, m.measure, m.statistic),
        };
        read.metrics.iter().map(|m| (name(m), m.series.value(1).unwrap())).collect()
    }

    #[test]
    fn containers_and_nodes_are_measured() {
        let container = r#"{namespace="shop",pod="web-1",container="app",cpu="total",image="x"}"#;
        let read = read(
            &[
                (&format!("container_cpu_usage_seconds_total{container}"), [0.0, 30.0, 60.0, 90.0]),
                (
                    r#"kube_pod_container_resource_requests{namespace="shop",pod="web-1",container="app",resource="cpu",unit="core"}"#,
                    [0.25; 4],
                ),
                (r#"node_network_receive_bytes_total{instance="a",device="eth0"}"#, [0.0, 600.0, 1200.0, 0.0]),
                (r#"node_network_receive_bytes_total{instance="a",device="lo"}"#, [0.0, 60.0, 120.0, 180.0]),
            ],
            &Asked::default(),
        );
        let expected = [
            ("a eth0 network_in mean".to_owned(), 10.0),
            ("a lo network_in of the loopback mean".to_owned(), 1.0),
            ("shop/web-1/app cpu_used mean".to_owned(), 0.5),
            ("shop/web-1/app cpu_requested mean".to_owned(), 0.25),
        ];
        assert_eq!(told(&read), expected);
        let request = read.facts[&ResourceName("shop/web-1/app".into())].request;
        assert_eq!(request.cpu, Some(Compute::vcpus(0.25)));
    }

    #[test]
    fn histograms_and_their_halves_are_latencies() {
        let read = read(
            &[
                (r#"rpc_duration_seconds_bucket{instance="a",le="+Inf"}"#, [0.0, 60.0, 120.0, 180.0]),
                (r#"rpc_duration_seconds_bucket{instance="a",le="0.2"}"#, [0.0, 60.0, 120.0, 180.0]),
                (r#"rpc_duration_seconds_sum{instance="a"}"#, [0.0, 6.0, 12.0, 18.0]),
                (r#"rpc_duration_seconds_count{instance="a"}"#, [0.0, 60.0, 120.0, 180.0]),
            ],
            &Asked::default(),
        );
        let expected = [
            ("a requests mean", 1.0),
            ("a latency mean", 0.1),
            ("a latency p50", 0.1),
            ("a latency p95", 0.19),
            ("a latency p99", 0.198),
        ];
        assert_eq!(told(&read).len(), expected.len());
        for ((name, value), (expected, close)) in told(&read).iter().zip(expected) {
            assert_eq!(name, expected);
            assert!((value - close).abs() < 1e-12, "{name}: {value}");
        }
    }

    #[test]
    fn failed_requests_are_errors_too_and_rates_stay_rates() {
        let read = read(
            &[
                (r#"http_requests_total{instance="a",code="500"}"#, [9.0, 3.0, 9.0, 2.0]),
                (r#"http_requests_total{instance="a",code="200"}"#, [0.0, 60.0, 120.0, 180.0]),
            ],
            &Asked::default(),
        );
        let expected =
            [("a code=200 requests mean", 1.0), ("a code=500 requests mean", 3.0), ("a code=500 errors mean", 3.0)];
        assert_eq!(told(&read), expected.map(|(name, value)| (name.to_owned(), value)));
        assert_eq!(read.reading.notes.len(), 2, "{:?}", read.reading.notes);
    }

    #[test]
    fn series_without_a_name_are_what_the_user_says() {
        let series = [(r#"{instance="a",uid="1"}"#, [0.25; 4]), (r#"{instance="a",uid="2"}"#, [0.5; 4])];
        let asked = Asked { measure: Some(Measure::CpuShare), ..Asked::default() };
        let said = read(&series, &asked);
        assert_eq!(told(&said).len(), 2);
        assert_eq!(told(&said)[0], ("a cpu_share mean".to_owned(), 0.25));
        assert_eq!(told(&read(&series, &Asked::default()))[0].0, "a unnamed query mean");
    }
}

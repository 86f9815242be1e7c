//! Requests to one service, summed as they pass by.
use super::steps::{Step, Steps};
use crate::telemetry::collector::{Collector, SeriesId};
use crate::telemetry::key::{How, Key};
use crate::telemetry::spread::Spread;
use foldhash::quality::FixedState;
use plimsoll::series::{Point, Series, Time};
use plimsoll::telemetry::{AccessLog, Measure, ResourceName};
use plimsoll::units::{Data, Share, Span};
use std::collections::HashMap;
use std::hash::BuildHasher;

/// One request.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Visit<'v> {
    /// Seconds since 1970.
    pub(super) time: i64,
    /// As `GET`.
    pub(super) method: Option<&'v str>,
    /// What was asked for.
    pub(super) object: Option<&'v str>,
    /// The status that was answered; none where there was no answer.
    pub(super) status: Option<u16>,
    /// Bytes sent.
    pub(super) bytes_out: Option<f64>,
    /// Bytes received.
    pub(super) bytes_in: Option<f64>,
    /// Seconds to the end of the answer.
    pub(super) took: Option<f64>,
    /// Whether a cache answered.
    pub(super) is_hit: Option<bool>,
}

/// What is known of one object. The last access and the size, which storage classes turn on, have their place here.
#[derive(Default)]
struct Object {
    reads: u64,
}

/// The requests to one service.
pub(crate) struct Visits {
    first: String,
    files: Vec<String>,
    steps: Steps,
    objects: HashMap<u64, Object, FixedState>,
    hasher: FixedState,
    bytes_out: Spread,
    bytes_in: Spread,
    took: Spread,
    methods: u64,
    reads: u64,
    errors: u64,
    hits: u64,
    hits_or_misses: u64,
}

impl Visits {
    /// None yet; the first is told of at this place.
    pub(crate) fn new(first: String) -> Self {
        Self {
            first,
            files: Vec::new(),
            steps: Steps::new(),
            objects: HashMap::default(),
            hasher: FixedState::default(),
            bytes_out: Spread::new(),
            bytes_in: Spread::new(),
            took: Spread::new(),
            methods: 0,
            reads: 0,
            errors: 0,
            hits: 0,
            hits_or_misses: 0,
        }
    }
    /// What follows is of this file.
    pub(crate) fn begin(&mut self, file: &str) {
        if self.files.last().is_none_or(|last| last != file) {
            self.files.push(file.into());
        }
    }
    /// Adds a request.
    pub(super) fn add(&mut self, visit: &Visit<'_>) {
        let step = self.steps.at(visit.time);
        step.requests += 1;
        if visit.status.is_some_and(|status| status >= 500) {
            step.errors += 1;
            self.errors += 1;
        }
        if let Some(bytes) = visit.bytes_out {
            step.bytes_out += bytes;
            self.bytes_out.add(bytes);
        }
        if let Some(bytes) = visit.bytes_in {
            self.bytes_in.add(bytes);
        }
        if let Some(took) = visit.took {
            step.took += took;
            step.timed += 1;
            self.took.add(took);
        }
        if let Some(method) = visit.method {
            let is_read = matches!(method, "GET" | "HEAD" | "OPTIONS");
            self.methods += 1;
            self.reads += u64::from(is_read);
            if is_read && let Some(object) = visit.object {
                self.objects.entry(self.hasher.hash_one(object)).or_default().reads += 1;
            }
        }
        if let Some(is_hit) = visit.is_hit {
            self.hits += u64::from(is_hit);
            self.hits_or_misses += 1;
        }
    }

    /// Gives them as a log and as metrics of the resource.
    pub(crate) fn give(mut self, resource: &str, to: &mut Collector) {
        let count: u64 = self.steps.iter().map(|(_, step)| step.requests).sum();
        if count == 0 {
            return;
        }
        self.steps.fill();
        let seconds = self.steps.seconds();
        let rate = |step: &Step| Some(step.requests as f64 / seconds as f64);
        let points = self.steps.iter().map(|(at, step)| Point::new(Time::unix_seconds(at), rate(step))).collect();
        metrics(&self, resource, to);
        match Series::from_points("requests", with_an_end(points, seconds)) {
            Ok(requests) => to.access(self.log(resource, count, requests)),
            Err(error) => to.note(format!("requests of {resource}: {error}; the log is left out.")),
        }
    }
    fn log(self, resource: &str, count: u64, requests: Series) -> AccessLog {
        let part = |some: u64, all: u64| (all > 0).then(|| Share::of_one(some as f64 / all as f64));
        let mut popularity: Vec<u64> = self.objects.values().map(|object| object.reads).collect();
        popularity.sort_unstable_by(|a, b| b.cmp(a));
        AccessLog {
            resource: ResourceName(resource.into()),
            files: self.files,
            count,
            requests,
            bytes_out: self.bytes_out.distribution(Data::bytes),
            bytes_in: self.bytes_in.distribution(Data::bytes),
            latency: self.took.distribution(Span::seconds),
            popularity,
            read_share: part(self.reads, self.methods),
            error_share: part(self.errors, count).unwrap_or(Share::NONE),
            hit_share: part(self.hits, self.hits_or_misses),
        }
    }
}

fn metrics(visits: &Visits, resource: &str, to: &mut Collector) {
    let length = visits.steps.seconds();
    let seconds = length as f64;
    let mut give = |measure: Measure, value: &dyn Fn(&Step) -> Option<f64>| {
        let id: SeriesId = to.series_from(Key::of(resource, measure), How::Level, visits.first.clone());
        let points = visits.steps.iter().map(|(at, step)| Point::new(Time::unix_seconds(at), value(step)));
        for point in with_an_end(points.collect(), length) {
            to.sample(id, point.time(), point.value());
        }
    };
    give(Measure::Requests, &|step| Some(step.requests as f64 / seconds));
    give(Measure::Errors, &|step| Some(step.errors as f64 / seconds));
    if visits.bytes_out.count() > 0 {
        give(Measure::NetworkOut, &|step| Some(step.bytes_out / seconds));
    }
    if visits.took.count() > 0 {
        give(Measure::Latency, &|step| (step.timed > 0).then(|| step.took / step.timed as f64));
    }
}

/// A single step shows no length: a gap after it does.
fn with_an_end(mut points: Vec<Point>, step: i64) -> Vec<Point> {
    if let [only] = points[..] {
        points.push(Point::new(Time::unix_seconds(only.time().as_unix_seconds() + step), None));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::{Statistic, Telemetry};

    fn given(visits: Visits) -> Telemetry {
        let mut to = Collector::new(false);
        to.begin("a.log", "test", Share::ALL);
        visits.give("web", &mut to);
        to.finish().unwrap()
    }

    #[test]
    fn visits_are_counted_by_step_and_by_object() {
        let mut visits = Visits::new("a.log:1".into());
        visits.begin("a.log");
        let visit = |time, method, object, status| Visit {
            time,
            method: Some(method),
            object: Some(object),
            status: Some(status),
            bytes_out: Some(600.0),
            took: (status < 500).then_some(0.2),
            is_hit: Some(object == "/a"),
            ..Visit::default()
        };
        for n in 0..60 {
            let object = if n % 3 == 0 { "/b" } else { "/a" };
            visits.add(&visit(1_700_000_040 + n / 6, "GET", object, 200));
        }
        visits.add(&visit(1_700_000_040 + 15, "POST", "/a", 503));
        let read = given(visits);
        let log = &read.access[0];
        assert_eq!((log.count, log.requests.len(), log.popularity.as_slice()), (61, 4, &[40, 20][..]));
        let per_second: Vec<_> = log.requests.iter().map(|(_, value)| value.unwrap()).collect();
        assert_eq!(per_second, [6.0, 6.0, 0.0, 0.2]);
        assert_eq!(log.read_share.unwrap().as_part(), 60.0 / 61.0);
        assert_eq!(log.error_share.as_part(), 1.0 / 61.0);
        assert_eq!(log.hit_share.unwrap().as_part(), 41.0 / 61.0);
        let web = ResourceName("web".into());
        let values = |measure: Measure| -> Vec<Option<f64>> {
            let metric = read.of(&web, &measure, Statistic::Mean).next().unwrap().clone();
            metric.series.iter().map(|(_, value)| value).collect()
        };
        assert_eq!(values(Measure::NetworkOut), [Some(3600.0), Some(3600.0), Some(0.0), Some(120.0)]);
        let rounded = values(Measure::Latency).into_iter().map(|took| took.map(|took| (took * 1e9).round() / 1e9));
        assert_eq!(rounded.collect::<Vec<_>>(), [Some(0.2), Some(0.2), None, None]);
        assert_eq!(read.metrics[0].first, "a.log:1");
    }

    #[test]
    fn a_single_request_and_a_stamp_of_another_age_are_taken() {
        let mut visits = Visits::new("a.log:1".into());
        visits.add(&Visit { time: 1_700_000_000, ..Visit::default() });
        let read = given(visits);
        assert_eq!(read.access[0].requests.value(0), Some(0.2));
        let mut visits = Visits::new("a.log:1".into());
        for n in 0..1000 {
            visits.add(&Visit { time: 1_700_000_000 + n * 60, ..Visit::default() });
        }
        visits.add(&Visit { time: -60_000_000_000, ..Visit::default() });
        let mut to = Collector::new(false);
        to.begin("a.log", "test", Share::ALL);
        visits.give("web", &mut to);
        assert!(to.finish().unwrap_err()[0].what.contains("would fill less than a tenth"));
    }

    #[test]
    fn years_are_counted_by_the_hour() {
        let mut visits = Visits::new("a.log:1".into());
        for day in 0..1000 {
            visits.add(&Visit { time: 1_700_000_000 + day * 86_400, ..Visit::default() });
        }
        assert_eq!(given(visits).access[0].requests.step(), Span::hours(1.0));
    }
}

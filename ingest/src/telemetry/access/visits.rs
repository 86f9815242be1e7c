//! Requests to one service, summed as they pass by.
use crate::telemetry::collector::{Collector, SeriesId};
use crate::telemetry::key::{How, Key};
use crate::telemetry::spread::Spread;
use foldhash::quality::FixedState;
use plimsoll::series::{Point, Series, Time};
use plimsoll::telemetry::{AccessLog, Measure, ResourceName};
use plimsoll::units::{Data, Share, Span};
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

/// Seconds of a minute, the step of what is counted.
const MINUTE: i64 = 60;
/// A log of more than so many seconds (400 days) is counted by the hour.
const BY_MINUTE: i64 = 400 * 86_400;
/// Of one of more than so many (30 years) some stamp must be wrong: nothing is filled in.
const BY_HOUR: i64 = 30 * 366 * 86_400;

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

#[derive(Default)]
struct Minute {
    requests: u64,
    errors: u64,
    bytes_out: f64,
    took: f64,
    timed: u64,
}

/// The requests to one service.
pub(crate) struct Visits {
    first: String,
    files: Vec<String>,
    minutes: BTreeMap<i64, Minute>,
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
            minutes: BTreeMap::new(),
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
        let minute = self.minutes.entry(visit.time.div_euclid(MINUTE)).or_default();
        minute.requests += 1;
        if visit.status.is_some_and(|status| status >= 500) {
            minute.errors += 1;
            self.errors += 1;
        }
        if let Some(bytes) = visit.bytes_out {
            minute.bytes_out += bytes;
            self.bytes_out.add(bytes);
        }
        if let Some(bytes) = visit.bytes_in {
            self.bytes_in.add(bytes);
        }
        if let Some(took) = visit.took {
            minute.took += took;
            minute.timed += 1;
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
    pub(crate) fn give(self, resource: &str, to: &mut Collector) {
        let (Some(first), Some(last)) = (self.minutes.keys().next(), self.minutes.keys().next_back()) else { return };
        let (first, last) = (*first, *last);
        let lasts = (last - first + 1) * MINUTE;
        let step = if lasts <= BY_MINUTE { MINUTE } else { 60 * MINUTE };
        let mut steps: BTreeMap<i64, Minute> = BTreeMap::new();
        for (number, minute) in &self.minutes {
            steps.entry((number * MINUTE).div_euclid(step)).or_default().join(minute);
        }
        if lasts <= BY_HOUR {
            for number in (first * MINUTE).div_euclid(step)..=(last * MINUTE).div_euclid(step) {
                steps.entry(number).or_default();
            }
        }
        let count: u64 = self.minutes.values().map(|minute| minute.requests).sum();
        let points: Vec<Point> = steps.iter().map(|(n, s)| at(n * step, s.requests as f64 / step as f64)).collect();
        metrics(&self, resource, &steps, step, to);
        match Series::from_points("requests", with_an_end(points, step)) {
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

impl Minute {
    fn join(&mut self, other: &Self) {
        self.requests += other.requests;
        self.errors += other.errors;
        self.bytes_out += other.bytes_out;
        self.took += other.took;
        self.timed += other.timed;
    }
}

fn metrics(visits: &Visits, resource: &str, steps: &BTreeMap<i64, Minute>, step: i64, to: &mut Collector) {
    let seconds = step as f64;
    let mut give = |measure: Measure, value: &dyn Fn(&Minute) -> Option<f64>| {
        let id: SeriesId = to.series_from(Key::of(resource, measure), How::Level, visits.first.clone());
        let points =
            steps.iter().map(|(number, step_of)| Point::new(Time::unix_seconds(number * step), value(step_of)));
        for point in with_an_end(points.collect(), step) {
            to.sample(id, point.time(), point.value());
        }
    };
    give(Measure::Requests, &|minute| Some(minute.requests as f64 / seconds));
    give(Measure::Errors, &|minute| Some(minute.errors as f64 / seconds));
    if visits.bytes_out.count() > 0 {
        give(Measure::NetworkOut, &|minute| Some(minute.bytes_out / seconds));
    }
    if visits.took.count() > 0 {
        give(Measure::Latency, &|minute| (minute.timed > 0).then(|| minute.took / minute.timed as f64));
    }
}

fn at(seconds: i64, value: f64) -> Point {
    Point::new(Time::unix_seconds(seconds), Some(value))
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
    fn visits_are_counted_by_minute_and_by_object() {
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
            visits.add(&visit(1_700_000_040 + n, "GET", if n % 3 == 0 { "/b" } else { "/a" }, 200));
        }
        visits.add(&visit(1_700_000_040 + 180, "POST", "/a", 503));
        let read = given(visits);
        let log = &read.access[0];
        assert_eq!((log.count, log.requests.len(), log.popularity.as_slice()), (61, 4, &[40, 20][..]));
        let per_second: Vec<_> = log.requests.iter().map(|(_, value)| value.unwrap()).collect();
        assert_eq!(per_second, [1.0, 0.0, 0.0, 1.0 / 60.0]);
        assert_eq!(log.read_share.unwrap().as_part(), 60.0 / 61.0);
        assert_eq!(log.error_share.as_part(), 1.0 / 61.0);
        assert_eq!(log.hit_share.unwrap().as_part(), 41.0 / 61.0);
        let web = ResourceName("web".into());
        let values = |measure: Measure| -> Vec<Option<f64>> {
            let metric = read.of(&web, &measure, Statistic::Mean).next().unwrap().clone();
            metric.series.iter().map(|(_, value)| value).collect()
        };
        assert_eq!(values(Measure::NetworkOut), [Some(600.0), Some(0.0), Some(0.0), Some(10.0)]);
        let rounded = values(Measure::Latency).into_iter().map(|took| took.map(|took| (took * 1e9).round() / 1e9));
        assert_eq!(rounded.collect::<Vec<_>>(), [Some(0.2), None, None, None]);
        assert_eq!(read.metrics[0].first, "a.log:1");
    }

    #[test]
    fn a_single_minute_and_a_stamp_of_another_age_are_taken() {
        let mut visits = Visits::new("a.log:1".into());
        visits.add(&Visit { time: 1_700_000_000, ..Visit::default() });
        let read = given(visits);
        assert_eq!(read.access[0].requests.value(0), Some(1.0 / 60.0));
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

//! Requests of a load test, one by one, as the points of its steady stretches.
use super::point::{self, Clients, Counts, Measured};
use super::steady;
use super::timeline::{Cell, Timeline};
use crate::telemetry::spread::Spread;
use crate::telemetry::{asked::Asked, collector::Collector};
use plimsoll::series::Time;
use plimsoll::units::Span;

/// No request takes longer, in seconds.
const LONGEST: f64 = 1e9;
/// No stamp is later, in microseconds: the year 5138.
const LATEST: f64 = 1e17;

/// What the stamps of a test count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// 1970.
    Epoch,
    /// The start of the test.
    Start,
}

/// One request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request {
    /// When it was sent, in seconds.
    pub(super) sent: f64,
    /// How long it took, in seconds.
    pub(super) took: f64,
    pub(super) is_well: bool,
    /// The clients at its end, where its row tells.
    pub(super) clients: Option<f64>,
    pub(super) line: usize,
}

/// The requests of one test, in any order.
pub(super) struct Requests {
    tool: &'static str,
    clock: Clock,
    is_open: bool,
    seen: Option<f64>,
    timeline: Timeline,
    sent: i64,
    done: i64,
    rows: u64,
}

impl Requests {
    pub(super) fn new(tool: &'static str, clock: Clock) -> Self {
        let (sent, done) = (i64::MAX, i64::MIN);
        Self { tool, clock, is_open: false, seen: None, timeline: Timeline::new(), sent, done, rows: 0 }
    }
    /// Of a load that is sent at a rate.
    pub(super) fn open(tool: &'static str, clock: Clock) -> Self {
        Self { is_open: true, ..Self::new(tool, clock) }
    }
    /// So many clients show in the requests, where no row tells.
    pub(super) const fn see(&mut self, clients: Option<f64>) {
        self.seen = clients;
    }
    /// How many there are.
    pub(super) const fn rows(&self) -> u64 {
        self.rows
    }
    /// Adds one. The error is what is wrong with it.
    pub(super) fn add(&mut self, request: Request) -> Result<(), String> {
        self.add_times(request, 1)
    }
    /// Adds so many that are alike.
    pub(super) fn add_times(&mut self, request: Request, times: u64) -> Result<(), String> {
        let Request { sent, took, is_well, clients, line } = request;
        if !(0.0..=LONGEST).contains(&took) {
            return Err(format!("a request cannot take {took} s"));
        }
        let (sent, done) = (micros(sent)?, micros(sent + took)?);
        self.sent = self.sent.min(sent);
        self.done = self.done.max(done);
        self.rows += times;
        let cell = self.timeline.at(done, line);
        cell.took.add_times(took, times);
        cell.errors += if is_well { 0 } else { times };
        if let Some(clients) = clients.filter(|clients| *clients > 0.0) {
            cell.sees(clients);
        }
        Ok(())
    }
    /// At this time, in seconds, so many clients ask.
    pub(super) fn clients_at(&mut self, time: f64, clients: f64, line: usize) -> Result<(), String> {
        self.timeline.at(micros(time)?, line).sees(clients);
        Ok(())
    }
    /// At this time, in seconds, clients come, or go if there are fewer than none.
    pub(super) fn joined_at(&mut self, time: f64, clients: i64, line: usize) -> Result<(), String> {
        self.timeline.at(micros(time)?, line).joined += clients;
        Ok(())
    }

    /// Gives the test with its points, and the account of its rows.
    pub(super) fn give(self, target: Option<String>, file: &str, asked: &Asked, to: &mut Collector) {
        if self.rows == 0 {
            return;
        }
        let cells: Vec<(i64, &Cell)> = self.timeline.cells().collect();
        let stretches = steady::stretches(&cells);
        let mut used = 0;
        let mut points = Vec::new();
        for stretch in &stretches {
            let measured = self.measured(&cells, stretch);
            let requests = measured.counts.map_or(0, |counts| counts.requests);
            if let Some(point) = measured.point(asked, to) {
                used += requests;
                points.push(point);
            }
        }
        if stretches.iter().any(|stretch| !stretch.held) {
            to.note(format!("{file}: the number of clients never holds: its mean over the whole test is taken."));
        }
        if points.is_empty() {
            to.aside_rows("request of a test of no length", self.rows);
        } else {
            to.used_rows(used);
            to.aside_rows("ramp row", self.rows - used);
        }
        to.note("Quantiles of requests that were read one by one are within 0.5 % of the exact ones; means are exact.");
        point::give(self.tool, target, file, points, to);
    }

    /// The same of stamps in whole seconds, which say little of how long a test of less than `short` seconds lasted: its
    /// throughput is N / R by Little's law where the clients are told, since they ask again as soon as they are answered.
    pub(super) fn give_coarse(self, file: &str, short: f64, asked: &Asked, to: &mut Collector) {
        let lasts = (self.done as f64 - self.sent as f64) / 1e6;
        if self.rows == 0 || lasts >= short {
            return self.give(None, file, asked, to);
        }
        let Some(clients) = asked.clients else {
            to.aside_rows("request of a test too short for stamps in whole seconds (say --clients N)", self.rows);
            return;
        };
        let cells: Vec<(i64, &Cell)> = self.timeline.cells().collect();
        let all = steady::Stretch { first: 0, last: cells.len() - 1, clients: None, held: true };
        let measured = self.measured(&cells, &all);
        let rate = clients.get() / measured.mean;
        let counts = measured.counts.map(|counts| Counts { lasts: counts.requests as f64 / rate, ..counts });
        let point = Measured { rate, counts, ..measured }.point(asked, to);
        match point {
            Some(_) => to.used_rows(self.rows),
            None => to.aside_rows("request of a test of no length", self.rows),
        }
        to.note(format!(
            "{file}: stamps are whole seconds and the test is shorter than {short} s: throughput is N / R by Little's law."
        ));
        point::give(self.tool, None, file, point.into_iter().collect(), to);
    }

    fn measured(&self, cells: &[(i64, &Cell)], stretch: &steady::Stretch) -> Measured {
        let width = self.timeline.width();
        let mut took = Spread::new();
        let mut errors = 0;
        for (_, cell) in &cells[stretch.first..=stretch.last] {
            took.merge(&cell.took);
            errors += cell.errors;
        }
        let line = cells[stretch.first..=stretch.last].iter().map(|(_, cell)| cell.line).min().unwrap_or(0);
        let start = if stretch.first == 0 { self.sent as f64 / 1e6 } else { cells[stretch.first].0 as f64 * width };
        let end = if stretch.last + 1 == cells.len() {
            self.done as f64 / 1e6
        } else {
            (cells[stretch.last].0 + 1) as f64 * width
        };
        let lasts = end - start;
        Measured {
            clients: match stretch.clients {
                _ if self.is_open => Clients::Open,
                Some(clients) => Clients::Told(clients),
                None => self.seen.map_or(Clients::Untold, Clients::Seen),
            },
            rate: took.count() as f64 / lasts,
            mean: took.mean(),
            latency: took.distribution(Span::seconds),
            counts: Some(Counts { requests: took.count(), errors, lasts }),
            starts: (self.clock == Clock::Epoch).then(|| Time::unix_seconds(start.floor() as i64)),
            line,
        }
    }
}

fn micros(seconds: f64) -> Result<i64, String> {
    let micros = seconds * 1e6;
    if micros.abs() <= LATEST {
        Ok(micros.round() as i64)
    } else {
        Err(format!("there is no time {seconds} s from 1970"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::{Concurrency, Telemetry};
    use plimsoll::units::Share;

    fn given(requests: Requests) -> Result<Telemetry, Vec<crate::problem::Problem>> {
        let mut to = Collector::new(false);
        to.begin("a.csv", "test", Share::ALL);
        (0..requests.rows()).for_each(|_| to.row());
        requests.give(Some("http://x/".into()), "a.csv", &Asked::default(), &mut to);
        to.finish()
    }

    /// Clients that ask again as soon as they are answered, each answered in 20 ms, so many in each of these stretches.
    fn closed(levels: &[(f64, u32)]) -> Requests {
        let mut requests = Requests::new("test", Clock::Epoch);
        let mut now = 1_700_000_000.0;
        for (seconds, clients) in levels {
            for turn in 0..(seconds / 0.02) as u32 {
                for client in 0..*clients {
                    let sent = now + f64::from(turn) * 0.02 + f64::from(client) * 1e-5;
                    let request =
                        Request { sent, took: 0.02, is_well: client > 0, clients: Some(f64::from(*clients)), line: 2 };
                    requests.add(request).unwrap();
                }
            }
            now += seconds;
        }
        requests
    }

    #[test]
    fn each_level_of_clients_is_a_point_that_keeps_littles_law() {
        let read = given(closed(&[(4.0, 2), (4.0, 4), (4.0, 8)])).unwrap();
        let points = &read.loads[0].points;
        let clients: Vec<f64> = points.iter().map(|point| point.clients.get()).collect();
        assert_eq!(clients, [2.0, 4.0, 8.0]);
        for point in points {
            assert!(point.off_littles_law().as_part() < 0.02, "{point:?}");
            assert_eq!(point.clients_from, Concurrency::Measured);
            // One in `clients` fails.
            let well = 1.0 - 1.0 / point.clients.get();
            let rate = point.clients.get() * 50.0 * well;
            assert!((point.throughput.as_per_second() / rate - 1.0).abs() < 0.02, "{point:?}");
        }
        let reading = &read.reading;
        assert_eq!(reading.rows_read, 2800);
        assert_eq!(reading.rows_used + reading.aside[0].rows, 2800);
        assert_eq!(reading.aside[0].reason, "ramp row");
        assert_eq!(points[0].starts, Some(Time::unix_seconds(1_700_000_000)));
    }

    #[test]
    fn a_test_of_no_length_is_no_point() {
        let mut requests = Requests::new("test", Clock::Start);
        requests.add(Request { sent: 1.0, took: 0.0, is_well: true, clients: None, line: 2 }).unwrap();
        let problems = given(requests).unwrap_err();
        assert_eq!(problems[0].what, "no row of the file can be used: 1 request of a test of no length");
    }

    #[test]
    fn nonsense_is_told() {
        let mut requests = Requests::open("test", Clock::Epoch);
        let request = |sent, took| Request { sent, took, is_well: true, clients: None, line: 2 };
        assert!(requests.add(request(0.0, -1.0)).is_err());
        assert!(requests.add(request(f64::NAN, 1.0)).is_err());
        assert!(requests.add(request(1e12, 1.0)).is_err());
        assert!(requests.clients_at(f64::INFINITY, 1.0, 2).is_err());
        assert!(requests.joined_at(-1e300, 1, 2).is_err());
        assert_eq!(requests.rows(), 0);
    }
}

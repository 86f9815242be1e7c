//! Load tests: throughput and response time at a number of clients.
use super::Distribution;
use crate::series::Time;
use crate::units::{Factor, Rate, Share, Span};

/// Where the number of clients comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concurrency {
    /// The results tell it.
    Measured,
    /// The user says so: the results of wrk, hey and ab do not hold it, or only in their text.
    Stated,
    /// Little's law, N = X R: of an open load, which has no number of clients of its own.
    ByLittle,
    /// Nobody tells it, and the load is not open: the number stands for the requests in flight, N = X R. No model of how
    /// throughput grows with clients may rest on it.
    Unknown,
}

/// What a stretch was counted from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    /// Requests that were answered, well or not.
    pub requests: u64,
    /// Those that failed.
    pub errors: u64,
    /// How long the stretch lasts.
    pub lasts: Span,
}

/// A steady stretch of a load test.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadPoint {
    /// Clients that ask, or requests in flight.
    pub clients: Factor,
    /// Where that number comes from.
    pub clients_from: Concurrency,
    /// Requests that were answered well, in time.
    pub throughput: Rate,
    /// How long one takes, on the mean.
    pub response: Span,
    /// How long it took, all of them.
    pub latency: Option<Distribution<Span>>,
    /// What these were counted from; none where a table tells rates only.
    pub counted: Option<Counted>,
    /// When it began, where that is told.
    pub starts: Option<Time>,
    /// The file and line of it, as `hey-c8.csv:2`.
    pub source: String,
}

impl LoadPoint {
    /// How far the point is off Little's law, |X R - N| / N; above a tenth something is not as it is told (the clients wait
    /// between requests, requests were left out, the load was not steady). Clients wait for requests that fail too: X is
    /// of all of them here.
    pub fn off_littles_law(&self) -> Share {
        let all = self.counted.map_or(1.0, |counted| {
            let well = counted.requests.saturating_sub(counted.errors);
            if well == 0 { 1.0 } else { counted.requests as f64 / well as f64 }
        });
        let in_flight = self.throughput.as_per_second() * all * self.response.as_seconds();
        let clients = self.clients.get();
        if clients == 0.0 { Share::ALL } else { Share::of_one(((in_flight - clients).abs() / clients).min(1.0)) }
    }
}

/// The results of one load test.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadRun {
    /// The tool that made it, as `wrk`.
    pub tool: &'static str,
    /// What was asked, where the results tell it.
    pub target: Option<String>,
    /// The files it was read from.
    pub files: Vec<String>,
    /// Its steady stretches, in the order of the results.
    pub points: Vec<LoadPoint>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_load_keeps_littles_law() {
        let point = |clients: f64| LoadPoint {
            clients: Factor::of(clients),
            clients_from: Concurrency::Stated,
            throughput: Rate::per_second(400.0),
            response: Span::millis(20.0),
            latency: None,
            counted: None,
            starts: None,
            source: "x.txt:1".into(),
        };
        assert_eq!(point(8.0).off_littles_law(), Share::NONE);
        assert!((point(10.0).off_littles_law().as_part() - 0.2).abs() < 1e-12);
        assert_eq!(point(0.0).off_littles_law(), Share::ALL);
        let counted = Some(Counted { requests: 4000, errors: 3000, lasts: Span::seconds(10.0) });
        let failing = LoadPoint { throughput: Rate::per_second(100.0), counted, ..point(8.0) };
        assert_eq!(failing.off_littles_law(), Share::NONE);
    }
}

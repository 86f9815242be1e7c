//! What a tool measured, as a point of a load test, with what has to be said of it.
use crate::telemetry::{asked::Asked, collector::Collector};
use plimsoll::series::Time;
use plimsoll::telemetry::{Concurrency, Counted, Distribution, LoadPoint, LoadRun};
use plimsoll::units::{Factor, Rate, Share, Span};

/// A point that is further off Little's law is told.
const OFF: f64 = 0.1;
/// No request and no test takes longer: thirty years.
const LONGEST: f64 = 1e9;
/// No tool finishes more in a second.
const FASTEST: f64 = 1e12;

/// Why a row that should be a point is set aside.
pub(super) const NO_POINT: &str = "summary without its numbers";

/// What results tell of the number of clients.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Clients {
    /// So many.
    Told(f64),
    /// There is none: requests are sent at a rate.
    Open,
    /// So many, as their requests show.
    Seen(f64),
    /// Nothing, though there is one.
    Untold,
}

/// A stretch of a test in numbers: seconds, and requests per second.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub(super) clients: Clients,
    /// Requests that were answered, well or not, per second.
    pub(super) rate: f64,
    /// How long one takes on the mean.
    pub(super) mean: f64,
    pub(super) latency: Option<Distribution<Span>>,
    /// What that was counted from; none where only rates are told.
    pub(super) counts: Option<Counts>,
    pub(super) starts: Option<Time>,
    /// The line it is told in.
    pub(super) line: usize,
}

/// Requests, those of them that failed, and seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counts {
    pub(super) requests: u64,
    pub(super) errors: u64,
    pub(super) lasts: f64,
}

impl Measured {
    /// The point of a row that is one: used, or set aside where it makes none.
    pub(super) fn row(self, asked: &Asked, to: &mut Collector) -> Option<LoadPoint> {
        let point = self.point(asked, to);
        match point {
            Some(_) => to.used(),
            None => to.aside(NO_POINT),
        }
        point
    }
    /// The point; none where a number is missing or out of this world.
    pub(super) fn point(self, asked: &Asked, to: &mut Collector) -> Option<LoadPoint> {
        let is_time = |seconds: f64| (0.0..=LONGEST).contains(&seconds);
        let is_counted = self.counts.is_none_or(|counts| counts.requests > 0 && is_time(counts.lasts));
        if !is_counted || !is_time(self.mean) || !(0.0..=FASTEST).contains(&self.rate) {
            return None;
        }
        let in_flight = Factor::of(self.rate * self.mean);
        let source = to.place(self.line);
        let file = source.rsplit_once(':').map_or(source.as_str(), |(file, _)| file).to_owned();
        let (clients, clients_from) = match (self.clients, asked.clients) {
            (Clients::Told(clients), _) if clients > 0.0 && clients < FASTEST => {
                (Factor::of(clients), Concurrency::Measured)
            }
            (Clients::Open, _) => {
                to.note(format!(
                    "{file}: requests are sent at a rate, whatever number is answered (an open load): the number in flight \
                     is X R by Little's law."
                ));
                (in_flight, Concurrency::ByLittle)
            }
            (_, Some(clients)) => (clients, Concurrency::Stated),
            (Clients::Seen(clients), None) => {
                to.note(format!(
                    "{file}: N = {clients} is the number of requests that were sent before the first was answered; say \
                     --clients N if it was another."
                ));
                (Factor::of(clients), Concurrency::Measured)
            }
            (_, None) => {
                to.note(format!(
                    "{file}: the results do not tell how many clients asked, so they say nothing of how throughput grows \
                     with clients: say so with --clients N."
                ));
                (in_flight, Concurrency::Unknown)
            }
        };
        let counted = self.counts.map(|counts| Counted {
            requests: counts.requests,
            errors: counts.errors.min(counts.requests),
            lasts: Span::seconds(counts.lasts),
        });
        let well = counted.map_or(1.0, |of| (of.requests - of.errors) as f64 / of.requests as f64);
        let point = LoadPoint {
            clients,
            clients_from,
            throughput: Rate::per_second(self.rate * well),
            response: Span::seconds(self.mean),
            latency: self.latency,
            counted,
            starts: self.starts,
            source,
        };
        let off = point.off_littles_law();
        if matches!(clients_from, Concurrency::Measured | Concurrency::Stated) && off.as_part() > OFF {
            to.note(format!(
                "{}: X R is {:.4}, more than 10 % off N = {}: clients wait between requests, requests are left out, or the \
                 load is not steady.",
                point.source,
                in_flight.get(),
                clients.get()
            ));
        }
        Some(point)
    }
}

/// A distribution of which only the mean, the spread and some quantiles are told, in seconds. Quantiles that do not ascend
/// are mistakes of the tool, and left out.
pub(super) fn told(
    count: u64,
    mean: f64,
    deviation: Option<f64>,
    quantiles: &[(f64, f64)],
) -> Option<Distribution<Span>> {
    if quantiles.is_empty() || !(0.0..=LONGEST).contains(&mean) {
        return None;
    }
    let mut quantiles = quantiles.to_vec();
    quantiles.retain(|(share, value)| (0.0..=1.0).contains(share) && (0.0..=LONGEST).contains(value));
    quantiles.sort_by(|a, b| a.0.total_cmp(&b.0));
    // A summary that stands there twice in one tells each a second time.
    quantiles.dedup_by(|next, kept| next.0 == kept.0);
    let mut highest = 0.0;
    quantiles.retain(|(_, value)| {
        let ascends = *value >= highest;
        highest = value.max(highest);
        ascends
    });
    let squared = deviation.map(|deviation| (deviation / mean).powi(2)).filter(|v| v.is_finite());
    Some(Distribution {
        count,
        mean: Span::seconds(mean),
        variability: squared.map(Factor::of),
        quantiles: quantiles.into_iter().map(|(share, value)| (Share::of_one(share), Span::seconds(value))).collect(),
    })
}

/// Gives a test with its points, if it has any.
pub(super) fn give(tool: &'static str, target: Option<String>, file: &str, points: Vec<LoadPoint>, to: &mut Collector) {
    if !points.is_empty() {
        to.load(LoadRun { tool, target, files: vec![file.into()], points });
    }
}

/// Says that a tool's quantiles are of what was sent, not of what should have been.
pub(super) fn warn_of_omission(tool: &str, to: &mut Collector) {
    to.note(format!(
        "{tool} sends the next request when the last is answered and does not correct for coordinated omission: while the \
         server stalls few requests are sent, so high quantiles of the response time are too low."
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(clients: Clients) -> Measured {
        let counts = Some(Counts { requests: 1000, errors: 0, lasts: 10.0 });
        Measured { clients, rate: 100.0, mean: 0.05, latency: None, counts, starts: None, line: 3 }
    }
    fn point(measured: Measured, asked: &Asked) -> (Option<LoadPoint>, Vec<String>) {
        let mut to = Collector::new(false);
        to.begin("a.txt", "test", Share::ALL);
        let point = measured.point(asked, &mut to);
        give("test", None, "a.txt", point.clone().into_iter().collect(), &mut to);
        (point, to.finish().map(|read| read.reading.notes).unwrap_or_default())
    }

    #[test]
    fn clients_are_told_asked_for_or_in_flight() {
        let asked = Asked { clients: Some(Factor::of(5.0)), ..Asked::default() };
        let from = |clients, asked: &Asked| {
            let (point, notes) = point(measured(clients), asked);
            let point = point.unwrap();
            (point.clients.get(), point.clients_from, notes.len())
        };
        assert_eq!(from(Clients::Told(5.0), &Asked::default()), (5.0, Concurrency::Measured, 0));
        assert_eq!(from(Clients::Told(8.0), &asked), (8.0, Concurrency::Measured, 1));
        assert_eq!(from(Clients::Open, &asked), (5.0, Concurrency::ByLittle, 1));
        assert_eq!(from(Clients::Seen(5.0), &Asked::default()), (5.0, Concurrency::Measured, 1));
        assert_eq!(from(Clients::Seen(7.0), &asked), (5.0, Concurrency::Stated, 0));
        assert_eq!(from(Clients::Untold, &asked), (5.0, Concurrency::Stated, 0));
        assert_eq!(from(Clients::Untold, &Asked::default()), (5.0, Concurrency::Unknown, 1));
    }

    #[test]
    fn failed_requests_are_no_throughput_and_nonsense_is_no_point() {
        let counts = Some(Counts { requests: 1000, errors: 250, lasts: 10.0 });
        let failing = Measured { counts, ..measured(Clients::Told(5.0)) };
        assert_eq!(point(failing, &Asked::default()).0.unwrap().throughput, Rate::per_second(75.0));
        for bad in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            assert!(point(Measured { mean: bad, ..measured(Clients::Open) }, &Asked::default()).0.is_none());
            assert!(point(Measured { rate: bad, ..measured(Clients::Open) }, &Asked::default()).0.is_none());
        }
    }

    #[test]
    fn quantiles_ascend() {
        let quantiles = [(0.99, 3.0), (0.5, 1.0), (0.9, 0.5), (1.5, 9.0), (1.0, f64::NAN), (0.99, 3.0), (0.99, 4.0)];
        let told = told(10, 1.0, Some(0.5), &quantiles).unwrap();
        let values: Vec<_> = told.quantiles.iter().map(|(s, v)| (s.as_part(), v.as_seconds())).collect();
        assert_eq!((values, told.variability), (vec![(0.5, 1.0), (0.99, 3.0)], Some(Factor::of(0.25))));
    }
}

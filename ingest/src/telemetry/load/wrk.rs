//! What wrk and wrk2 print, of one run or of many in one file.
//!
//! wrk gives each thread the whole part of its share of the connections. wrk2 keeps a rate (`-R`) and counts a request from
//! when it should have been sent: corrected for coordinated omission, which wrk is not.
use super::point::{self, Clients, Counts, Measured};
use super::words;
use crate::problem::Problem;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use plimsoll::telemetry::LoadPoint;
use plimsoll::units::Share;

/// wrk and wrk2.
pub(crate) struct Wrk;

impl Format for Wrk {
    fn name(&self) -> &'static str {
        "wrk or wrk2"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let marks = [" test @ ", " threads and ", "  Thread Stats   Avg", "Requests/sec:", " requests in "];
        Share::of_one(if head.is_json() { 0.0 } else { head.share_of(&marks) })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        if let Err(problem) = read(text, asked, to) {
            to.wrong(|| problem);
        }
    }
}

/// One run.
#[derive(Default)]
struct Run {
    line: usize,
    connections: f64,
    mean: f64,
    deviation: Option<f64>,
    requests: f64,
    not_2xx: f64,
    unanswered: f64,
    lasts: f64,
    rate: f64,
    keeps_rate: bool,
    quantiles: Vec<(f64, f64)>,
}

fn read(text: Text, asked: &Asked, to: &mut Collector) -> Result<(), Problem> {
    let name = text.name().to_owned();
    let mut lines = text.lines();
    let (mut points, mut now, mut target, mut is_wrk2) = (Vec::new(), None, None, false);
    while let Some((number, line)) = lines.next()? {
        let line = line.trim();
        if let Some((_, url)) = line.strip_prefix("Running ").and_then(|rest| rest.split_once(" test @ ")) {
            points.extend(now.take().and_then(|run: Run| run.end(asked, to)));
            to.row();
            target.get_or_insert_with(|| url.trim().to_owned());
            now = Some(Run { line: number, mean: f64::NAN, lasts: f64::NAN, rate: f64::NAN, ..Run::default() });
        } else if let Some(run) = &mut now {
            run.take(line);
            is_wrk2 |= run.keeps_rate;
        }
    }
    points.extend(now.and_then(|run| run.end(asked, to)));
    if is_wrk2 {
        to.note("wrk2 counts a request from when it should have been sent: corrected for coordinated omission.");
    } else {
        point::warn_of_omission("wrk", to);
    }
    point::give(if is_wrk2 { "wrk2" } else { "wrk" }, target, &words::short(&name), points, to);
    Ok(())
}

impl Run {
    fn take(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            [threads, "threads", "and", connections, "connections"] => {
                let threads = words::count(threads).unwrap_or(1.0).max(1.0);
                self.connections = words::count(connections).map_or(0.0, |all| (all / threads).floor() * threads);
            }
            ["Latency", mean, deviation, ..] if self.mean.is_nan() => {
                self.mean = words::seconds(mean).unwrap_or(f64::NAN);
                self.deviation = words::seconds(deviation);
            }
            ["Thread", "calibration:", ..] | ["Latency", "Distribution", "(HdrHistogram", ..] => self.keeps_rate = true,
            [requests, "requests", "in", lasts, ..] => {
                self.requests = words::count(requests).unwrap_or(0.0);
                self.lasts = words::seconds(lasts.trim_end_matches(',')).unwrap_or(f64::NAN);
            }
            ["Socket", "errors:", ..] => {
                let counts = words.iter().filter_map(|word| words::count(word.trim_end_matches(',')));
                self.unanswered = counts.sum();
            }
            ["Non-2xx", .., count] => self.not_2xx = words::count(count).unwrap_or(0.0),
            ["Requests/sec:", rate] => self.rate = words::count(rate).unwrap_or(f64::NAN),
            [share, value] if share.ends_with('%') => {
                if let (Some(share), Some(value)) = (words::number(share), words::seconds(value)) {
                    self.quantiles.push((share / 100.0, value));
                }
            }
            _ => (),
        }
    }
    fn end(self, asked: &Asked, to: &mut Collector) -> Option<LoadPoint> {
        let requests = self.requests as u64;
        let measured = Measured {
            clients: if self.keeps_rate { Clients::Open } else { Clients::Told(self.connections) },
            rate: self.rate,
            mean: self.mean,
            latency: point::told(requests, self.mean, self.deviation, &self.quantiles),
            counts: Some(Counts { requests, errors: self.not_2xx as u64, lasts: self.lasts }),
            starts: None,
            line: self.line,
        };
        let point = measured.row(asked, to);
        match &point {
            Some(point) if self.unanswered > 0.0 => to.note(format!(
                "{}: {} requests got no answer (socket errors): they count neither as requests nor as errors.",
                point.source, self.unanswered
            )),
            _ => (),
        }
        point
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::{counts, read_as};
    use plimsoll::telemetry::Concurrency;

    fn run(connections: u32, rate: f64, latency: &str) -> String {
        format!(
            "Running 10s test @ http://shop.example/\n  2 threads and {connections} connections\n  \
             Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Latency   {latency}    5.00ms  60.00ms   90.00%\n    \
             Req/Sec     1.00k    10.00     1.20k    70.00%\n  Latency Distribution\n     50%   18.00ms\n     99%   50.00ms\n  \
             {} requests in 10.00s, 1.00MB read\n  Socket errors: connect 0, read 3, write 0, timeout 2\n  \
             Non-2xx or 3xx responses: {}\nRequests/sec: {rate:9.2}\nTransfer/sec:    100.00KB\n",
            rate * 10.0,
            rate
        )
    }

    #[test]
    fn each_run_of_a_file_is_a_point() {
        let text = run(4, 200.0, "20.00ms") + "# wrk -c9\n" + &run(9, 400.0, "0.02s");
        let read = read_as(&Wrk, &text).unwrap();
        let points = &read.loads[0].points;
        // 9 connections over 2 threads are 4 each.
        let told: Vec<_> = points.iter().map(|p| (p.clients.get(), p.clients_from, counts(p).0, counts(p).1)).collect();
        assert_eq!(told, [(4.0, Concurrency::Measured, 2000, 200), (8.0, Concurrency::Measured, 4000, 400)]);
        assert_eq!(points[0].throughput.as_per_second(), 180.0);
        assert!(points.iter().all(|point| point.off_littles_law().as_part() < 1e-9));
        assert_eq!(points[1].source, "file:15");
        assert_eq!(read.loads[0].target.as_deref(), Some("http://shop.example/"));
        assert!(
            read.reading.notes.iter().any(|note| note.contains("5 requests got no answer")),
            "{:?}",
            read.reading.notes
        );
    }

    #[test]
    fn wrk2_keeps_a_rate_and_corrects() {
        let text = run(4, 200.0, "30.00ms")
            .replace("  Latency Distribution\n", "  Latency Distribution (HdrHistogram - Recorded Latency)\n");
        let read = read_as(&Wrk, &text).unwrap();
        let point = &read.loads[0].points[0];
        assert_eq!((point.clients.get(), point.clients_from, read.loads[0].tool), (6.0, Concurrency::ByLittle, "wrk2"));
        assert!(read.reading.notes.iter().any(|note| note.contains("corrected for coordinated omission")));
    }

    #[test]
    fn a_run_that_was_broken_off_is_set_aside() {
        let whole = run(4, 200.0, "20.00ms");
        let read = read_as(&Wrk, &(whole.clone() + &whole[..80])).unwrap();
        assert_eq!((read.reading.rows_read, read.reading.rows_used), (2, 1));
        assert_eq!(read.reading.aside[0].reason, "summary without its numbers");
        let off = read_as(&Wrk, &run(40, 200.0, "20.00ms")).unwrap();
        assert!(off.reading.notes.iter().any(|note| note.contains("more than 10 % off N = 40")), "{:?}", off.reading);
    }
}

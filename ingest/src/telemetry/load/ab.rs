//! Results of ApacheBench: a request a row (`-g`), percentiles (`-e`), or what it prints.
//!
//! Rows are sorted by their time, not by their start, which is told in whole seconds only; times are cut to
//! whole milliseconds, so half of one is missing on the mean.
use super::point::{self, Clients, Counts, Measured};
use super::requests::{Clock, Request, Requests};
use super::words;
use crate::problem::Problem;
use crate::telemetry::number;
use crate::telemetry::records::{Record, records};
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use plimsoll::telemetry::LoadPoint;
use plimsoll::units::Share;

/// `ab -g`.
pub(crate) struct AbRows;
/// `ab -e`.
pub(crate) struct AbPercentiles;
/// What ab prints.
pub(crate) struct AbSummary;

const TOOL: &str = "ab";
/// Stamps in whole seconds make nothing of the length of a test that is shorter.
const SHORT: f64 = 30.0;

impl Format for AbRows {
    fn name(&self) -> &'static str {
        "ab -g"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let is_ours = head.first_line().starts_with("starttime\tseconds\tctime\tdtime\tttime\twait");
        if is_ours { Share::ALL } else { Share::NONE }
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        if let Err(problem) = rows(text, asked, to) {
            to.wrong(|| problem);
        }
    }
}

fn rows(text: Text, asked: &Asked, to: &mut Collector) -> Result<(), Problem> {
    let mut rows = records(text, b'\t');
    let name = rows.name().to_owned();
    let mut requests = Requests::new(TOOL, Clock::Epoch);
    while let Some(row) = rows.next()? {
        if row.get(0) == "starttime" {
            continue;
        }
        to.row();
        let added = sample(row).and_then(|request| requests.add(request).map_err(|what| (4, what)));
        if let Err((cell, what)) = added {
            to.mistake(|| {
                row.problem(&name, cell, what, "a row holds a time, its second, and four times in milliseconds")
            });
        }
    }
    point::warn_of_omission(TOOL, to);
    requests.give_coarse(&words::short(&name), SHORT, asked, to);
    Ok(())
}

fn sample(row: &Record) -> Result<Request, (usize, String)> {
    if row.len() != 6 {
        return Err((usize::MAX, format!("the row has {} cells, not 6", row.len())));
    }
    let amount = |cell: usize| {
        let value = number::amount(row.get(cell)).map_err(|what| (cell, what))?;
        value.ok_or_else(|| (cell, "a number is missing".to_owned()))
    };
    Ok(Request { sent: amount(1)?, took: amount(4)? / 1000.0, is_well: true, clients: None, line: row.line })
}

impl Format for AbPercentiles {
    fn name(&self) -> &'static str {
        "ab -e"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        if head.first_line() == "Percentage served,Time in ms" { Share::ALL } else { Share::NONE }
    }
    fn read(&self, text: Text, _: &Asked, to: &mut Collector) {
        let mut rows = records(text, b',');
        loop {
            match rows.next() {
                Ok(None) => break,
                Ok(Some(row)) if row.get(0) == "Percentage served" => (),
                Ok(Some(_)) => {
                    to.row();
                    to.aside("percentile row (no throughput: use what ab prints, or -g)");
                }
                Err(problem) => return to.wrong(|| problem),
            }
        }
    }
}

impl Format for AbSummary {
    fn name(&self) -> &'static str {
        "ab"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let marks = ["This is ApacheBench", "Concurrency Level:", "Time taken for tests:", "Complete requests:"];
        Share::of_one(head.share_of(&marks))
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        if let Err(problem) = summaries(text, asked, to) {
            to.wrong(|| problem);
        }
    }
}

/// One run of a file.
#[derive(Default)]
struct Summary {
    line: usize,
    clients: f64,
    lasts: f64,
    requests: f64,
    failed: f64,
    not_2xx: f64,
    rate: f64,
    mean: f64,
    deviation: Option<f64>,
    quantiles: Vec<(f64, f64)>,
}

fn summaries(text: Text, asked: &Asked, to: &mut Collector) -> Result<(), Problem> {
    let name = text.name().to_owned();
    let mut lines = text.lines();
    let (mut points, mut now, mut target) = (Vec::new(), None, None);
    while let Some((number, line)) = lines.next()? {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        if field == "Concurrency Level" {
            points.extend(now.take().and_then(|summary: Summary| summary.end(asked, to)));
            to.row();
            let clients = words::number(value).unwrap_or(f64::NAN);
            now = Some(Summary { line: number, clients, ..Summary::default() });
        } else if field == "Document Path" {
            target.get_or_insert_with(|| value.trim().to_owned());
        } else if let Some(summary) = &mut now {
            summary.take(field, value);
        }
    }
    points.extend(now.and_then(|summary| summary.end(asked, to)));
    point::warn_of_omission(TOOL, to);
    point::give(TOOL, target, &words::short(&name), points, to);
    Ok(())
}

impl Summary {
    fn take(&mut self, field: &str, value: &str) {
        let number = words::number(value);
        match field {
            "Time taken for tests" => self.lasts = number.unwrap_or(f64::NAN),
            "Complete requests" => self.requests = number.unwrap_or(f64::NAN),
            "Failed requests" => self.failed = number.unwrap_or(0.0),
            "Non-2xx responses" => self.not_2xx = number.unwrap_or(0.0),
            "Requests per second" => self.rate = number.unwrap_or(f64::NAN),
            // The second line of this name is over all concurrent requests.
            "Time per request" if self.mean == 0.0 => self.mean = number.unwrap_or(f64::NAN) / 1000.0,
            "Total" => {
                let deviation = value.split_whitespace().nth(2).and_then(words::number);
                self.deviation = deviation.map(|millis| millis / 1000.0);
            }
            _ => {
                if let Some((share, millis)) = field.split_once('%')
                    && let (Some(share), Some(millis)) = (words::number(share), words::number(millis))
                {
                    self.quantiles.push((share / 100.0, millis / 1000.0));
                }
            }
        }
    }
    fn end(self, asked: &Asked, to: &mut Collector) -> Option<LoadPoint> {
        let requests = self.requests as u64;
        let measured = Measured {
            clients: Clients::Told(self.clients),
            rate: self.rate,
            mean: self.mean,
            latency: point::told(requests, self.mean, self.deviation, &self.quantiles),
            counts: Some(Counts { requests, errors: self.failed.max(self.not_2xx) as u64, lasts: self.lasts }),
            starts: None,
            line: self.line,
        };
        measured.row(asked, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::{counts, read_as, read_with_clients};
    use plimsoll::telemetry::Concurrency;

    fn text() -> &'static str {
        "This is ApacheBench, Version 2.3\nDocument Path:          /cart\nConcurrency Level:      4\n\
         Time taken for tests:   10.000 seconds\nComplete requests:      2000\nFailed requests:        0\n\
         Non-2xx responses:      200\nRequests per second:    200.00 [#/sec] (mean)\n\
         Time per request:       20.000 [ms] (mean)\nTime per request:       5.000 [ms] (mean, across all)\n\
         Connection Times (ms)\n              min  mean[+/-sd] median   max\nTotal:         10   20   4.0     19      60\n\
         \x20 50%     19\n  99%     40\n 100%     60 (longest request)\n"
    }

    #[test]
    fn what_is_printed_is_a_point() {
        let read = read_as(&AbSummary, text()).unwrap();
        let point = &read.loads[0].points[0];
        assert_eq!((point.clients.get(), counts(point).0, counts(point).1), (4.0, 2000, 200));
        assert_eq!((point.throughput.as_per_second(), point.response.as_seconds()), (180.0, 0.02));
        assert_eq!(point.off_littles_law(), Share::NONE);
        let latency = point.latency.as_ref().unwrap();
        assert!((latency.variability.unwrap().get() - 0.04).abs() < 1e-12);
        assert_eq!(latency.at(Share::percent(95.0)).unwrap().as_seconds(), 0.04);
        assert_eq!(read.loads[0].target.as_deref(), Some("/cart"));
    }

    fn rows(seconds: u32) -> String {
        let row = |n: u32| format!("Mon Nov 23 00:27:11 2026\t{}\t0\t21\t20\t21\n", 1_700_000_000 + n / 200);
        "starttime\tseconds\tctime\tdtime\tttime\twait\n".to_owned() + &(0..seconds * 200).map(row).collect::<String>()
    }

    #[test]
    fn rows_of_a_short_test_say_how_long_requests_take_but_not_how_many_a_second() {
        let read = read_with_clients(&AbRows, &rows(2), 4.0).unwrap();
        let point = &read.loads[0].points[0];
        assert_eq!((point.clients_from, counts(point).0), (Concurrency::Stated, 400));
        assert!((point.throughput.as_per_second() - 200.0).abs() < 1e-9);
        assert!(read.reading.notes.iter().any(|note| note.contains("whole seconds")));
        let problems = read_as(&AbRows, &rows(2)).unwrap_err();
        assert!(
            problems[0].what.contains("400 request of a test too short for stamps in whole seconds"),
            "{}",
            problems[0]
        );
        let long = read_as(&AbRows, &rows(60)).unwrap();
        assert!((long.loads[0].points[0].throughput.as_per_second() - 200.0).abs() < 4.0);
    }

    #[test]
    fn percentiles_alone_are_no_point() {
        let problems = read_as(&AbPercentiles, "Percentage served,Time in ms\n0,21.4\n50,22\n").unwrap_err();
        assert!(problems[0].what.contains("2 percentile row (no throughput"), "{}", problems[0]);
    }

    #[test]
    fn numbers_that_are_missing_make_no_point() {
        let text = text().replace("Requests per second:    200.00", "Requests per second:    fast");
        assert!(read_as(&AbSummary, &text).unwrap_err()[0].what.contains("summary without its numbers"));
    }
}

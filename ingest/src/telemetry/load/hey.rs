//! Results of hey, rakyll's load generator: a request a row (`-o csv`), or its summary.
//!
//! Times are seconds. Rows hold neither requests that got no answer nor the number of workers (`-c`), but those all begin
//! at once.
use super::first_wave::FirstWave;
use super::point::{self, Clients, Counts, Measured};
use super::requests::{Clock, Request, Requests};
use super::words;
use crate::problem::Problem;
use crate::telemetry::number;
use crate::telemetry::records::{Record, records};
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use plimsoll::units::Share;

/// A request a row.
pub(crate) struct HeyRows;
/// What hey prints.
pub(crate) struct HeySummary;

const TOOL: &str = "hey";
const HEADER: [&str; 8] =
    ["response-time", "DNS+dialup", "DNS", "Request-write", "Response-delay", "Response-read", "status-code", "offset"];

impl Format for HeyRows {
    fn name(&self) -> &'static str {
        "hey -o csv"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let is_ours = head.first_line().starts_with("response-time,DNS+dialup,");
        if is_ours { Share::ALL } else { Share::NONE }
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        if let Err(problem) = read(text, asked, to) {
            to.wrong(|| problem);
        }
    }
}

fn read(text: Text, asked: &Asked, to: &mut Collector) -> Result<(), Problem> {
    let mut rows = records(text, b',');
    let name = rows.name().to_owned();
    let mut requests = Requests::new(TOOL, Clock::Start);
    let mut wave = FirstWave::new();
    while let Some(row) = rows.next()? {
        if row.get(0) == HEADER[0] {
            continue;
        }
        to.row();
        let added = sample(row).and_then(|request| {
            wave.add(request.sent, request.took);
            requests.add(request).map_err(|what| (0, what))
        });
        if let Err((cell, what)) = added {
            to.mistake(|| {
                row.problem(&name, cell, what, "a row holds seconds, a status code and the offset in seconds")
            });
        }
    }
    point::warn_of_omission(TOOL, to);
    to.note("hey leaves out requests that got no answer: they count neither as requests nor as errors.");
    requests.see(wave.clients());
    requests.give(None, &words::short(&name), asked, to);
    Ok(())
}

fn sample(row: &Record) -> Result<Request, (usize, String)> {
    if row.len() != HEADER.len() {
        return Err((usize::MAX, format!("the row has {} cells, not {}", row.len(), HEADER.len())));
    }
    let amount = |cell: usize| {
        let value = number::amount(row.get(cell)).map_err(|what| (cell, what))?;
        value.ok_or_else(|| (cell, "a number is missing".to_owned()))
    };
    let code = amount(6)?;
    Ok(Request {
        sent: amount(7)?,
        took: amount(0)?,
        is_well: (200.0..400.0).contains(&code),
        clients: None,
        line: row.line,
    })
}

impl Format for HeySummary {
    fn name(&self) -> &'static str {
        "hey"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let marks = ["Summary:", "  Slowest:", "  Fastest:", "  Requests/sec:", "Response time histogram:"];
        Share::of_one(if head.is_json() { 0.0 } else { head.share_of(&marks) })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        if let Err(problem) = summaries(text, asked, to) {
            to.wrong(|| problem);
        }
    }
}

/// One summary of a file.
#[derive(Default)]
struct Summary {
    line: usize,
    total: f64,
    mean: f64,
    rate: f64,
    answers: u64,
    errors: u64,
    quantiles: Vec<(f64, f64)>,
}

fn summaries(text: Text, asked: &Asked, to: &mut Collector) -> Result<(), Problem> {
    let name = text.name().to_owned();
    let mut lines = text.lines();
    let mut points = Vec::new();
    let mut now = None;
    while let Some((number, line)) = lines.next()? {
        let line = line.trim();
        if line == "Summary:" {
            points.extend(now.take().and_then(|summary: Summary| summary.end(asked, to)));
            to.row();
            now = Some(Summary { line: number, ..Summary::default() });
        } else if let Some(summary) = &mut now {
            summary.take(line);
        }
    }
    points.extend(now.and_then(|summary| summary.end(asked, to)));
    point::warn_of_omission(TOOL, to);
    point::give(TOOL, None, &words::short(&name), points, to);
    Ok(())
}

impl Summary {
    fn take(&mut self, line: &str) {
        let first = words::number(line.split_once(':').map_or("", |(_, rest)| rest));
        let into = match line.split_once(':').map_or("", |(name, _)| name) {
            "Total" => &mut self.total,
            "Average" => &mut self.mean,
            "Requests/sec" => &mut self.rate,
            _ => return self.take_list(line),
        };
        *into = first.unwrap_or(f64::NAN);
    }
    fn take_list(&mut self, line: &str) {
        if let Some((share, value)) = line.split_once("% in ") {
            if let (Some(share), Some(value)) = (words::number(share), words::number(value)) {
                self.quantiles.push((share / 100.0, value));
            }
        } else if let Some((code, count)) = line.strip_prefix('[').and_then(|line| line.split_once(']'))
            && let Some(count) = words::number(count)
        {
            // The error distribution has the count in brackets: requests that got no answer.
            let (answers, errors) = if line.ends_with("responses") {
                (count as u64, if code.starts_with(['2', '3']) { 0 } else { count as u64 })
            } else {
                let failed = words::number(code).filter(|_| !line.contains('|')).unwrap_or(0.0) as u64;
                (failed, failed)
            };
            self.answers = self.answers.saturating_add(answers);
            self.errors = self.errors.saturating_add(errors);
        }
    }
    fn end(self, asked: &Asked, to: &mut Collector) -> Option<plimsoll::telemetry::LoadPoint> {
        let latency = point::told(self.answers, self.mean, None, &self.quantiles);
        let counts = Some(Counts { requests: self.answers, errors: self.errors, lasts: self.total });
        let (clients, rate, mean, line) = (Clients::Untold, self.rate, self.mean, self.line);
        let measured = Measured { clients, rate, mean, latency, counts, starts: None, line };
        measured.row(asked, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::{counts, read_as, read_with_clients};
    use plimsoll::telemetry::Concurrency;

    fn rows() -> String {
        let rows = (0..100).map(|n| {
            let code = if n % 10 == 0 { 503 } else { 200 };
            format!("0.0400,0,0,0,0.0399,0.0001,{code},{:.4}\n", f64::from(n / 4) * 0.04)
        });
        HEADER.join(",") + "\n" + &rows.collect::<String>()
    }

    #[test]
    fn rows_are_a_point_of_the_clients_that_are_told() {
        let read = read_with_clients(&HeyRows, &rows(), 4.0).unwrap();
        let point = &read.loads[0].points[0];
        assert_eq!((point.clients.get(), point.clients_from), (4.0, Concurrency::Stated));
        assert_eq!((counts(point).0, counts(point).1, point.starts), (100, 10, None));
        assert!((point.throughput.as_per_second() - 90.0).abs() < 1e-9);
        assert!(point.off_littles_law().as_part() < 1e-9);
        let read = read_as(&HeyRows, &rows()).unwrap();
        let point = &read.loads[0].points[0];
        assert_eq!((point.clients.get(), point.clients_from), (4.0, Concurrency::Measured));
        assert!(read.reading.notes.iter().any(|note| note.contains("--clients")));
    }

    #[test]
    fn a_row_of_another_length_is_a_mistake() {
        let problems = read_as(&HeyRows, &(rows() + "0.04,1\n0.04,0,0,0,0,0,200,x\n")).unwrap_err();
        assert_eq!(problems[0].what, "the row has 2 cells, not 8");
        assert_eq!((problems[1].line, problems[1].column), (103, 20));
    }

    #[test]
    fn a_summary_is_a_point() {
        let text = "\nSummary:\n  Total:\t2.0000 secs\n  Slowest:\t0.0600 secs\n  Fastest:\t0.0100 secs\n  \
            Average:\t0.0200 secs\n  Requests/sec:\t200.0000\n\nResponse time histogram:\n  0.021 [399]\t|■■\n\n\
            Latency distribution:\n  50% in 0.0190 secs\n  99% in 0.0500 secs\n\n\
            Status code distribution:\n  [200]\t360 responses\n  [500]\t40 responses\n";
        let read = read_with_clients(&HeySummary, &text.repeat(2), 4.0).unwrap();
        assert_eq!((read.reading.rows_read, read.loads[0].points.len()), (2, 2));
        let point = &read.loads[0].points[1];
        assert_eq!((counts(point).0, counts(point).1, point.throughput.as_per_second()), (400, 40, 180.0));
        assert_eq!(point.off_littles_law(), Share::NONE);
        assert_eq!(point.latency.as_ref().unwrap().at(Share::percent(90.0)).unwrap().as_seconds(), 0.05);
    }

    #[test]
    fn a_summary_without_numbers_is_set_aside() {
        let text = "Summary:\n  Slowest:\tx\n  Fastest:\t\n  Requests/sec:\tNaN\nResponse time histogram:\n";
        assert!(read_as(&HeySummary, text).unwrap_err()[0].what.contains("1 summary without its numbers"));
    }
}

//! Results of vegeta: a request a row (`encode -to csv`, without a header) or a line (`-to json`), or its report.
//!
//! Stamps and times are nanoseconds. Vegeta keeps a rate: an open load.
use super::point::{self, Clients, Counts, Measured};
use super::requests::{Clock, Request, Requests};
use super::words;
use crate::problem::Problem;
use crate::telemetry::records::{Record, records};
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use crate::telemetry::{json_lines, number};
use plimsoll::units::Share;
use serde_json::Value;

/// A request a row.
pub(crate) struct VegetaRows;
/// A request a line of JSON.
pub(crate) struct VegetaLines;
/// `vegeta report -type json`.
pub(crate) struct VegetaReport;

const TOOL: &str = "vegeta";
const NANOS: f64 = 1e9;

impl Format for VegetaRows {
    fn name(&self) -> &'static str {
        "vegeta encode -to csv"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let cells: Vec<&str> = head.first_line().split(',').collect();
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let is_ours =
            cells.len() >= 6 && cells[0].len() == 19 && cells[1].len() <= 3 && cells[..5].iter().all(|c| is_number(c));
        if is_ours { Share::percent(if cells.len() >= 12 { 100.0 } else { 80.0 }) } else { Share::NONE }
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        if let Err(problem) = rows(text, asked, to) {
            to.wrong(|| problem);
        }
    }
}

fn rows(text: Text, asked: &Asked, to: &mut Collector) -> Result<(), Problem> {
    let mut rows = records(text, b',');
    let name = rows.name().to_owned();
    let mut requests = Requests::open(TOOL, Clock::Epoch);
    let (mut target, mut width) = (None, None);
    while let Some(row) = rows.next()? {
        to.row();
        // There is no header: the first row says how many cells this version writes.
        let cells = *width.get_or_insert(row.len());
        let added = sample(row, cells).and_then(|request| requests.add(request).map_err(|what| (2, what)));
        match added {
            Ok(()) if target.is_none() => target = Some(row.get(10).to_owned()).filter(|url| !url.is_empty()),
            Ok(()) => (),
            Err((cell, what)) => {
                let help = "a row holds a stamp in nanoseconds, a status code, a time in nanoseconds and more";
                to.mistake(|| row.problem(&name, cell, what, help));
            }
        }
    }
    requests.give(target, &words::short(&name), asked, to);
    Ok(())
}

fn sample(row: &Record, cells: usize) -> Result<Request, (usize, String)> {
    if row.len() != cells {
        return Err((usize::MAX, format!("the row has {} cells, the first {cells}", row.len())));
    }
    let amount = |cell: usize| {
        let value = number::amount(row.get(cell)).map_err(|what| (cell, what))?;
        value.ok_or_else(|| (cell, "a number is missing".to_owned()))
    };
    let code = amount(1)?;
    let is_well = (200.0..400.0).contains(&code) && row.get(5).is_empty();
    Ok(Request { sent: amount(0)? / NANOS, took: amount(2)? / NANOS, is_well, clients: None, line: row.line })
}

impl Format for VegetaLines {
    fn name(&self) -> &'static str {
        "vegeta encode -to json"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        if !head.is_json() {
            return Share::NONE;
        }
        let first = head.first_line();
        let marks = ["\"attack\"", "\"seq\"", "\"code\"", "\"timestamp\"", "\"latency\"", "\"bytes_in\""];
        Share::of_one(marks.iter().filter(|mark| first.contains(**mark)).count() as f64 / marks.len() as f64)
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let name = text.name().to_owned();
        let mut requests = Requests::open(TOOL, Clock::Epoch);
        let mut target = None;
        let read = json_lines::each(text, |number, line, value| {
            to.row();
            let added = value.and_then(|value| {
                if target.is_none() {
                    target = value["url"].as_str().map(str::to_owned);
                }
                let wrong = |what: String| Problem::in_line(&name, number, line, 0..line.len(), what, "");
                requests.add(of_line(&value, number).map_err(wrong)?).map_err(wrong)
            });
            if let Err(problem) = added {
                to.mistake(|| problem);
            }
        });
        if let Err(problem) = read {
            to.wrong(|| problem);
        }
        requests.give(target, &words::short(&name), asked, to);
    }
}

fn of_line(value: &Value, line: usize) -> Result<Request, String> {
    let code = value["code"].as_f64().ok_or("`code` is no number")?;
    let took = value["latency"].as_f64().ok_or("`latency` is no number of nanoseconds")?;
    let stamp = value["timestamp"].as_str().ok_or("`timestamp` is no time")?;
    let stamp: jiff::Timestamp = stamp.parse().map_err(|_| format!("cannot read `{stamp}` as a time"))?;
    let is_well = (200.0..400.0).contains(&code) && value["error"].as_str().is_none_or(str::is_empty);
    Ok(Request { sent: stamp.as_microsecond() as f64 / 1e6, took: took / NANOS, is_well, clients: None, line })
}

impl Format for VegetaReport {
    fn name(&self) -> &'static str {
        "vegeta report -type json"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let marks = ["\"latencies\"", "\"50th\"", "\"bytes_in\"", "\"throughput\"", "\"status_codes\""];
        Share::of_one(if head.is_json() { head.share_of(&marks) } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let name = text.name().to_owned();
        let mut points = Vec::new();
        let read = json_lines::each(text, |number, _, value| {
            to.row();
            match value {
                Ok(report) => {
                    let point = of_report(&report, number).and_then(|measured| measured.point(asked, to));
                    match point {
                        Some(_) => to.used(),
                        None => to.aside(point::NO_POINT),
                    }
                    points.extend(point);
                }
                Err(problem) => to.mistake(|| problem),
            }
        });
        if let Err(problem) = read {
            to.wrong(|| problem);
        }
        point::give(TOOL, None, &words::short(&name), points, to);
    }
}

fn of_report(report: &Value, line: usize) -> Option<Measured> {
    let latencies = &report["latencies"];
    let seconds = |name: &str| latencies[name].as_f64().map(|nanos| nanos / NANOS);
    let requests = report["requests"].as_u64()?;
    let mean = seconds("mean")?;
    let lasts = (report["duration"].as_f64()? + report["wait"].as_f64().unwrap_or(0.0)) / NANOS;
    let shares = [("50th", 0.5), ("90th", 0.9), ("95th", 0.95), ("99th", 0.99)];
    let quantiles: Vec<_> = shares.iter().filter_map(|(name, share)| Some((*share, seconds(name)?))).collect();
    let well = report["success"].as_f64()?.clamp(0.0, 1.0) * requests as f64;
    Some(Measured {
        clients: Clients::Open,
        rate: requests as f64 / lasts,
        mean,
        latency: point::told(requests, mean, None, &quantiles),
        counts: Some(Counts { requests, errors: requests - (well.round() as u64).min(requests), lasts }),
        starts: None,
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::{counts, read_as};
    use plimsoll::telemetry::Concurrency;

    /// A hundred requests a second for a second, 50 ms each.
    fn rows() -> String {
        let row = |n: u64| {
            let code = if n.is_multiple_of(20) { 500 } else { 200 };
            let stamp = 1_700_000_000_000_000_000 + n * 10_000_000;
            format!("{stamp},{code},50000000,0,3,,b2sK,a,{n},GET,http://shop.example/,\n")
        };
        (0..100).map(row).collect()
    }

    #[test]
    fn a_rate_has_no_clients_but_requests_in_flight() {
        let read = read_as(&VegetaRows, &rows()).unwrap();
        let run = &read.loads[0];
        let point = &run.points[0];
        assert_eq!(run.target.as_deref(), Some("http://shop.example/"));
        assert_eq!((point.clients_from, counts(point).0, counts(point).1), (Concurrency::ByLittle, 100, 5));
        // 100 requests from the first sent to the last answered, 1.04 s.
        assert!((point.clients.get() - 100.0 / 1.04 * 0.05).abs() < 1e-3);
    }

    #[test]
    fn lines_say_the_same() {
        let line = |n: u32| {
            format!(
                "{{\"attack\":\"a\",\"seq\":{n},\"code\":200,\"timestamp\":\"2023-11-14T22:13:2{n}.5Z\",\"latency\":50000000,\
                 \"bytes_out\":0,\"bytes_in\":3,\"error\":\"\",\"url\":\"http://shop.example/\"}}\n"
            )
        };
        let read = read_as(&VegetaLines, &(0..9).map(line).collect::<String>()).unwrap();
        assert_eq!((counts(&read.loads[0].points[0]).0, read.reading.rows_used), (9, 9));
        let problems = read_as(&VegetaLines, &(line(0) + &line(1)[..50])).unwrap_err();
        assert_eq!(problems[0].line, 2);
    }

    #[test]
    fn a_report_is_a_point() {
        let text = "{\"latencies\":{\"total\":5e9,\"mean\":50000000,\"50th\":49000000,\"90th\":60000000,\"95th\":65000000,\
            \"99th\":80000000,\"max\":9e7,\"min\":1e6},\"bytes_in\":{\"total\":1,\"mean\":1},\"duration\":950000000,\
            \"wait\":50000000,\"requests\":100,\"rate\":100,\"throughput\":95,\"success\":0.95,\"status_codes\":{\"200\":95}}";
        let read = read_as(&VegetaReport, text).unwrap();
        let point = &read.loads[0].points[0];
        assert_eq!((point.throughput.as_per_second(), point.clients.get(), counts(point).1), (95.0, 5.0, 5));
        assert!(read_as(&VegetaReport, &text.replace("\"requests\":100", "\"requests\":0")).is_err());
    }

    #[test]
    fn a_shifted_row_is_a_mistake() {
        let shifted = rows().lines().next().unwrap().replacen(",a,", ",", 1).replacen("17", "x,17", 1);
        let problems = read_as(&VegetaRows, &format!("{}{shifted}\n", rows())).unwrap_err();
        assert_eq!((problems[0].line, problems[0].column), (101, 1));
        let problems = read_as(&VegetaRows, &(rows() + "1700000001000000000,200,5")).unwrap_err();
        assert_eq!((problems[0].line, problems[0].what.as_str()), (101, "the row has 3 cells, the first 12"));
    }
}

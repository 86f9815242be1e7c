//! Results of k6: a sample a row (`--out csv`) or a line (`--out json`), or its summary (`--summary-export`).
//!
//! A request is a sample of `http_req_duration` in milliseconds, stamped when it ended; the clients ("virtual users") are
//! samples of `vus`, once a second. The other times of a request are parts of that one.
use super::point::{self, Clients, Counts, Measured};
use super::requests::{Clock, Request, Requests};
use super::words;
use crate::problem::Problem;
use crate::telemetry::records::{Record, records};
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use crate::telemetry::{json_lines, number};
use plimsoll::units::Share;
use serde_json::Value;

/// A sample a row.
pub(crate) struct K6Rows;
/// A sample a line of JSON.
pub(crate) struct K6Lines;
/// The summary as JSON.
pub(crate) struct K6Summary;

const TOOL: &str = "k6";
const DURATION: &str = "http_req_duration";
const CLIENTS: &str = "vus";

/// One sample, whatever it was written as.
struct Sample<'s> {
    metric: &'s str,
    time: f64,
    value: f64,
    is_well: bool,
    line: usize,
}

/// Puts a sample where it belongs.
fn take(sample: &Sample<'_>, requests: &mut Requests, to: &mut Collector) -> Result<(), String> {
    match sample.metric {
        DURATION => {
            let took = sample.value / 1000.0;
            let (is_well, line) = (sample.is_well, sample.line);
            requests.add(Request { sent: sample.time - took, took, is_well, clients: None, line })
        }
        CLIENTS => {
            requests.clients_at(sample.time, sample.value, sample.line)?;
            to.used();
            Ok(())
        }
        metric => {
            let is_part = metric.starts_with("http_req");
            to.aside(if is_part { "part of a request row" } else { "other k6 metric row" });
            Ok(())
        }
    }
}

impl Format for K6Rows {
    fn name(&self) -> &'static str {
        "k6 --out csv"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let is_ours = head.first_line().starts_with("metric_name,timestamp,metric_value");
        if is_ours { Share::ALL } else { Share::NONE }
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
    let mut requests = Requests::new(TOOL, Clock::Epoch);
    let Some(header) = rows.next()? else { return Ok(()) };
    let find = |name: &str| header.iter().position(|cell| cell == name);
    let (expected, status, cells) = (find("expected_response"), find("status"), header.len());
    while let Some(row) = rows.next()? {
        to.row();
        if row.get(0) == "metric_name" {
            to.aside("header repeated");
            continue;
        }
        let taken = of_row(row, expected, status, cells)
            .and_then(|sample| take(&sample, &mut requests, to).map_err(|what| (2, what)));
        if let Err((cell, what)) = taken {
            to.mistake(|| row.problem(&name, cell, what, "a row holds a metric, a stamp in seconds, a value and tags"));
        }
    }
    end(requests, &name, asked, to);
    Ok(())
}

fn of_row(
    row: &Record,
    expected: Option<usize>,
    status: Option<usize>,
    cells: usize,
) -> Result<Sample<'_>, (usize, String)> {
    if row.len() < cells {
        return Err((usize::MAX, format!("the row has {} cells, the header {cells}", row.len())));
    }
    let amount = |cell: usize| {
        let value = number::amount(row.get(cell)).map_err(|what| (cell, what))?;
        value.ok_or_else(|| (cell, "a number is missing".to_owned()))
    };
    let tag = |cell: Option<usize>| cell.map_or("", |cell| row.get(cell));
    let is_well = is_well(tag(expected), tag(status));
    Ok(Sample { metric: row.get(0), time: amount(1)?, value: amount(2)?, is_well, line: row.line })
}

/// As the script expects it, or else by its status; a request without one was not answered.
fn is_well(expected: &str, status: &str) -> bool {
    match expected {
        "true" => true,
        "false" => false,
        _ => status.starts_with(['1', '2', '3']),
    }
}

fn end(requests: Requests, name: &str, asked: &Asked, to: &mut Collector) {
    if requests.rows() > 0 {
        to.note(
            "k6: where a script pauses between requests, or keeps a rate, N is more than the requests in flight; closed \
             executors do not correct for coordinated omission.",
        );
    }
    requests.give(None, &words::short(name), asked, to);
}

impl Format for K6Lines {
    fn name(&self) -> &'static str {
        "k6 --out json"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let is_point = |line: &str| {
            let close: String = line.chars().filter(|c| !c.is_whitespace()).collect();
            close.contains("\"metric\":\"")
                && (close.contains("\"type\":\"Point\"") || close.contains("\"type\":\"Metric\""))
        };
        if head.is_json() && is_point(head.first_line()) { Share::ALL } else { Share::NONE }
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let name = text.name().to_owned();
        let mut requests = Requests::new(TOOL, Clock::Epoch);
        let read = json_lines::each(text, |number, line, value| {
            to.row();
            let taken = value.and_then(|value| {
                if value["type"] == "Metric" {
                    to.aside("metric declaration row");
                    return Ok(());
                }
                let sample = of_line(&value, number);
                sample.and_then(|sample| take(&sample, &mut requests, to)).map_err(|what| {
                    Problem::in_line(&name, number, line, 0..line.len(), what, "a line is a Metric or a Point of k6")
                })
            });
            if let Err(problem) = taken {
                to.mistake(|| problem);
            }
        });
        if let Err(problem) = read {
            to.wrong(|| problem);
        }
        end(requests, &name, asked, to);
    }
}

fn of_line(value: &Value, line: usize) -> Result<Sample<'_>, String> {
    let data = &value["data"];
    let metric = value["metric"].as_str().ok_or("`metric` is no name")?;
    let stamp = data["time"].as_str().ok_or("`time` is no time")?;
    let stamp: jiff::Timestamp = stamp.parse().map_err(|_| format!("cannot read `{stamp}` as a time"))?;
    let amount = data["value"].as_f64().filter(|v| v.is_finite()).ok_or("`value` is no number")?;
    let tag = |name: &str| data["tags"][name].as_str().unwrap_or_default();
    let is_well = is_well(tag("expected_response"), tag("status"));
    Ok(Sample { metric, time: stamp.as_microsecond() as f64 / 1e6, value: amount, is_well, line })
}

impl Format for K6Summary {
    fn name(&self) -> &'static str {
        "k6 summary"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let marks = ["\"metrics\"", "\"http_req_duration\"", "\"http_reqs\"", "\"p(95)\"", "\"root_group\""];
        Share::of_one(if head.is_json() { head.share_of(&marks) } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let name = text.name().to_owned();
        let value = text.whole().and_then(|text| {
            serde_json::from_str::<Value>(&text)
                .map_err(|error| Problem::in_whole(&name, format!("is not JSON: {error}"), "is the file cut?"))
        });
        to.row();
        match value {
            Ok(summary) => {
                let point = of_summary(&summary).and_then(|measured| measured.point(asked, to));
                match point {
                    Some(_) => to.used(),
                    None => to.aside(point::NO_POINT),
                }
                point::give(TOOL, None, &words::short(&name), point.into_iter().collect(), to);
            }
            Err(problem) => to.wrong(|| problem),
        }
    }
}

fn of_summary(summary: &Value) -> Option<Measured> {
    // Values stand in the metric itself, or in `values` as handleSummary() gets them.
    let of = |metric: &str, names: &[&str]| {
        let metric = &summary["metrics"][metric];
        let values = if metric["values"].is_object() { &metric["values"] } else { metric };
        names.iter().find_map(|name| values[*name].as_f64())
    };
    let rate = of("http_reqs", &["rate"])?;
    let requests = of("http_reqs", &["count"])?;
    let mean = of(DURATION, &["avg"])? / 1000.0;
    let failed = of("http_req_failed", &["rate", "value"]).unwrap_or(0.0).clamp(0.0, 1.0);
    let shares = [("med", 0.5), ("p(90)", 0.9), ("p(95)", 0.95), ("p(99)", 0.99), ("p(99.9)", 0.999)];
    let quantiles: Vec<_> =
        shares.iter().filter_map(|(name, share)| Some((*share, of(DURATION, &[*name])? / 1000.0))).collect();
    let clients = match (of(CLIENTS, &["min"]), of(CLIENTS, &["max"])) {
        (Some(min), Some(max)) if min == max => Clients::Told(max),
        _ => Clients::Untold,
    };
    Some(Measured {
        clients,
        rate,
        mean,
        latency: point::told(requests as u64, mean, None, &quantiles),
        counts: Some(Counts {
            requests: requests as u64,
            errors: (requests * failed).round() as u64,
            lasts: requests / rate,
        }),
        starts: None,
        line: 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::{counts, read_as};
    use plimsoll::telemetry::Concurrency;

    /// Five clients for ten seconds, then ten, each asking again after 100 ms.
    fn rows() -> String {
        let mut text = "metric_name,timestamp,metric_value,status,expected_response\n".to_owned();
        for second in 0..20 {
            let clients = if second < 10 { 5 } else { 10 };
            text += &format!("vus,{},{clients}.000000,,\n", 1_700_000_000 + second);
            for _ in 0..clients * 10 {
                let time = 1_700_000_000 + second;
                text += &format!("http_reqs,{time},1,200,true\nhttp_req_duration,{time},100.0,200,true\n");
            }
        }
        text
    }

    #[test]
    fn clients_are_those_of_the_second() {
        let read = read_as(&K6Rows, &rows()).unwrap();
        let points = &read.loads[0].points;
        let clients: Vec<_> = points.iter().map(|point| (point.clients.get(), point.clients_from)).collect();
        assert_eq!(clients, [(5.0, Concurrency::Measured), (10.0, Concurrency::Measured)]);
        assert!(points.iter().all(|point| point.off_littles_law().as_part() < 0.2), "{points:?}");
        let aside = |why: &str| read.reading.aside.iter().find(|aside| aside.reason == why).map(|aside| aside.rows);
        assert_eq!(aside("part of a request row"), Some(1500));
    }

    #[test]
    fn lines_say_the_same_and_mistakes_have_their_line() {
        let point = |metric: &str, second: u32, value: f64| {
            format!(
                "{{\"type\":\"Point\",\"metric\":\"{metric}\",\"data\":{{\"time\":\"2023-11-14T22:13:{second:02}.5+01:00\",\
                 \"value\":{value},\"tags\":{{\"status\":\"404\"}}}}}}\n"
            )
        };
        let lines: String = (0..40).map(|n| point("vus", n, 2.0) + &point(DURATION, n, 2000.0)).collect();
        let read = read_as(&K6Lines, &lines).unwrap();
        let at = &read.loads[0].points[0];
        assert_eq!((at.clients.get(), counts(at).0, counts(at).1, at.throughput.as_per_second()), (2.0, 40, 40, 0.0));
        let problems = read_as(&K6Lines, &(lines + "{\"type\":\"Point\",\"metric\":5}\n")).unwrap_err();
        assert_eq!((problems[0].line, problems[0].what.as_str()), (81, "`metric` is no name"));
    }

    #[test]
    fn a_summary_is_a_point() {
        let text = "{\"root_group\":{},\"metrics\":{\"http_req_duration\":{\"avg\":50,\"med\":40,\"p(90)\":80,\"p(95)\":90},\
            \"http_reqs\":{\"count\":2000,\"rate\":100},\"vus\":{\"value\":5,\"min\":5,\"max\":5}}}";
        let read = read_as(&K6Summary, text).unwrap();
        let point = &read.loads[0].points[0];
        assert_eq!(
            (point.clients.get(), point.counted.unwrap().lasts.as_seconds(), point.off_littles_law()),
            (5.0, 20.0, Share::NONE)
        );
        assert!(read_as(&K6Summary, &text[..text.len() - 1]).unwrap_err()[0].what.starts_with("is not JSON"));
    }
}

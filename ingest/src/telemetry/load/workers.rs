//! Reports of load generators written in Python: molotov (an event a line) and locust (what a worker reports to its master).
use super::point;
use super::requests::{Clock, Request, Requests};
use super::words;
use crate::problem::Problem;
use crate::telemetry::json_lines;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use plimsoll::units::Share;
use serde_json::Value;
use std::collections::BTreeMap;

/// molotov: requests with the seconds since 1970 they were sent at, and the number of workers when it changes.
pub(crate) struct Molotov;
/// locust: counts by time in whole milliseconds, every few seconds, of each worker.
pub(crate) struct Locust;

impl Format for Molotov {
    fn name(&self) -> &'static str {
        "molotov"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let marks = ["\"ts\":", "\"type\":", "\"workers\"", "\"scenario_"];
        Share::of_one(if head.is_json() { head.share_of(&marks) } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let mut requests = Requests::new("molotov", Clock::Epoch);
        let name = text.name().to_owned();
        lines(text, to, |number, event, to| {
            let number_of = |key: &str| event[key].as_f64().ok_or_else(|| format!("`{key}` is no number"));
            match event["type"].as_str() {
                Some("request") => {
                    requests.add(Request {
                        sent: number_of("ts")?,
                        took: number_of("elapsed")?,
                        is_well: event["responseCode"].as_str().is_some_and(|code| code.starts_with(['2', '3'])),
                        clients: None,
                        line: number,
                    })?;
                    to.row();
                    Ok(())
                }
                Some("workers") => {
                    let workers = number_of("value")?;
                    if !(0.0..1e9).contains(&workers) {
                        return Err("`value` is no number of workers".into());
                    }
                    requests.clients_at(number_of("ts")?, workers, number)?;
                    to.row();
                    to.used();
                    Ok(())
                }
                Some(_) => {
                    to.row();
                    to.aside("scenario row (its requests count)");
                    Ok(())
                }
                None => Err("`type` is no name".into()),
            }
        });
        point::warn_of_omission("molotov", to);
        requests.give(None, &words::short(&name), asked, to);
    }
}

impl Format for Locust {
    fn name(&self) -> &'static str {
        "locust worker reports"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let marks = ["\"response_times\"", "\"num_requests\"", "\"num_failures\"", "\"user_count\""];
        Share::of_one(if head.is_json() { head.share_of(&marks) } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let mut requests = Requests::new("locust", Clock::Epoch);
        let name = text.name().to_owned();
        let mut users: BTreeMap<String, f64> = BTreeMap::new();
        lines(text, to, |number, report, to| {
            let stats = report["stats"].as_array().ok_or("`stats` is no list")?;
            let last = stats.iter().filter_map(|stat| stat["last_request_timestamp"].as_f64()).reduce(f64::max);
            if let (Some(last), Some(now)) =
                (last, report["user_count"].as_f64().filter(|now| (0.0..1e9).contains(now)))
            {
                users.insert(report["client_id"].as_str().unwrap_or_default().to_owned(), now);
                requests.clients_at(last, users.values().sum(), number)?;
            }
            stats.iter().try_for_each(|stat| counted(stat, number, &mut requests, to))
        });
        if requests.rows() > 0 {
            to.note(
                "locust reports every few seconds: requests are laid at the last one's time, users are those of then.",
            );
        }
        point::warn_of_omission("locust", to);
        requests.give(None, &words::short(&name), asked, to);
    }
}

/// The requests that one worker counts for one name; each is a row.
fn counted(stat: &Value, line: usize, requests: &mut Requests, to: &mut Collector) -> Result<(), String> {
    let times = stat["response_times"].as_object().ok_or("`response_times` is no table")?;
    let mut failed = stat["num_failures"].as_u64().unwrap_or(0);
    for (millis, count) in times {
        let took = millis.parse::<f64>().map_err(|_| format!("cannot read `{millis}` as milliseconds"))? / 1000.0;
        let count = count.as_u64().filter(|count| *count < 1 << 40).ok_or("a count is no number")?;
        let done = stat["last_request_timestamp"].as_f64().ok_or("`last_request_timestamp` is no time")?;
        let bad = failed.min(count);
        failed -= bad;
        for (is_well, times) in [(false, bad), (true, count - bad)] {
            requests.add_times(Request { sent: done - took, took, is_well, clients: None, line }, times)?;
            to.rows(times);
        }
    }
    Ok(())
}

/// Calls `each` with the value of every line, whose rows it counts; its error is what is wrong with the line, a row then.
fn lines(text: Text, to: &mut Collector, mut each: impl FnMut(usize, &Value, &mut Collector) -> Result<(), String>) {
    let name = text.name().to_owned();
    let read = json_lines::each(text, |number, line, value| {
        let taken = match &value {
            Ok(value) => each(number, value, to).map_err(|what| {
                Problem::in_line(&name, number, line, 0..line.len(), what, "is the file of another tool?")
            }),
            Err(_) => Err(value.expect_err("it is one")),
        };
        if let Err(problem) = taken {
            to.row();
            to.mistake(|| problem);
        }
    });
    if let Err(problem) = read {
        to.wrong(|| problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::{counts, read_as};

    #[test]
    fn workers_of_molotov_are_clients() {
        let mut text = "{\"ts\": 1700000000.0, \"type\": \"workers\", \"value\": 2}\n".to_owned();
        for n in 0..100 {
            let sent = 1_700_000_000.0 + f64::from(n) * 0.05;
            text += &format!(
                "{{\"ts\":{sent},\"type\":\"request\",\"elapsed\":0.1,\"responseCode\":\"{}\"}}\n\
                 {{\"ts\":{sent},\"type\":\"scenario_success\",\"duration\":0.2}}\n",
                if n % 4 == 0 { 404 } else { 200 }
            );
        }
        let read = read_as(&Molotov, &text).unwrap();
        let point = &read.loads[0].points[0];
        assert_eq!((point.clients.get(), counts(point)), (2.0, (100, 25)));
        assert!(point.off_littles_law().as_part() < 0.05);
        let problems = read_as(&Molotov, &(text + "{\"type\":\"request\",\"ts\":\"x\"}\n")).unwrap_err();
        assert_eq!((problems[0].line, problems[0].what.as_str()), (202, "`ts` is no number"));
    }

    #[test]
    fn users_of_all_locust_workers_are_clients() {
        let report = |worker: u32, second: u32| {
            format!(
                "{{\"stats\":[{{\"response_times\":{{\"90\":15,\"110\":15}},\"num_requests\":30,\"num_failures\":1,\
                 \"last_request_timestamp\":{},\"start_time\":1700000000.5}}],\"user_count\":1,\"client_id\":\"w{worker}\"}}\n",
                1_700_000_003 + second
            )
        };
        let text: String = (0..10).map(|n| report(0, n * 3) + &report(1, n * 3)).collect();
        let read = read_as(&Locust, &text).unwrap();
        let point = &read.loads[0].points[0];
        assert_eq!(point.clients.get(), 2.0);
        assert_eq!((read.reading.rows_read, counts(point).0 <= 600), (600, true));
        let problems = read_as(&Locust, &text.replace("\"90\"", "\"x\"")).unwrap_err();
        assert_eq!(problems[0].what, "cannot read `x` as milliseconds");
    }
}

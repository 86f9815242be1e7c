//! The common and the combined log format of Apache and nginx, also with the host before or times after it.
//!
//! `%h %l %u [%t] "%r" %>s %b "%{Referer}i" "%{User-agent}i"`. The log names no host unless it is the first field
//! (`vhost_combined`); what follows the user agent is a time where it is named (`rt=0.012`) or has a decimal point, as
//! nginx's `$request_time`. A whole number may be microseconds (`%D`) or seconds (`%T`), and is not used.
use super::fields;
use super::strays::{Line, read_lines};
use super::visits::Visit;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, number, text::Text};
use plimsoll::units::Share;
use std::collections::BTreeSet;

/// Logs of Apache, nginx and those who write like them.
pub(crate) struct Combined;

/// So many lines tell the format.
const LOOKED_AT: usize = 20;
/// Names of the time to answer.
const TIMES: [&str; 4] = ["rt=", "request_time=", "request_time:", "time="];

impl Format for Combined {
    fn name(&self) -> &'static str {
        "access log (common or combined)"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let lines: Vec<&str> = head.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT).collect();
        let good = lines.iter().filter(|line| parsed(line, &mut Vec::new()).is_ok()).count();
        if good == 0 { Share::NONE } else { Share::of_one(good as f64 / lines.len() as f64) }
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = service(text.name());
        let mut zones = BTreeSet::new();
        let mut whole_numbers = false;
        let resource = asked.resource.clone().unwrap_or_else(|| file.clone());
        read_lines(text, to, |number, line, to| {
            let mut rest = Vec::new();
            match parsed(line, &mut rest) {
                Ok(parsed) => {
                    zones.insert(parsed.zone);
                    whole_numbers |= parsed.has_whole_number;
                    let of = parsed.host.filter(|_| asked.resource.is_none()).unwrap_or(&resource);
                    to.visits(of, number).add(&parsed.visit);
                    Line::Request
                }
                Err(what) => Line::Stray(what),
            }
        });
        if zones.len() > 1 {
            to.note(format!("{file}: stamps are of {} distances from UTC: each was read with its own.", zones.len()));
        }
        if whole_numbers {
            to.note(format!(
                "{file}: a whole number after the user agent may be microseconds (%D) or seconds (%T): not used. Log \
                 $request_time, or rt= before it."
            ));
        }
    }
}

struct Parsed<'l> {
    visit: Visit<'l>,
    host: Option<&'l str>,
    zone: i32,
    has_whole_number: bool,
}

fn parsed<'l>(line: &'l str, rest: &mut Vec<&'l str>) -> Result<Parsed<'l>, &'static str> {
    let (before, after) = line.split_once(" [").ok_or("the line has no time in brackets")?;
    let (time, after) = after.split_once("] ").ok_or("the time has no closing bracket")?;
    let (time, zone) = fields::log_time(time).ok_or("the time is not as 17/May/2015:10:05:03 +0000")?;
    if !after.starts_with('"') {
        return Err("no request in quotes follows the time");
    }
    fields::split(after, rest).ok_or("a quote is opened and not closed")?;
    let [request, status, bytes, more @ ..] = rest.as_slice() else { return Err("the line ends before its status") };
    let status = fields::status(status).ok_or("the status has no three digits")?;
    let bytes = number::amount(bytes).map_err(|_| "the bytes are no number")?;
    let request = fields::request_line(request);
    let (took, has_whole_number) = trailing(more.get(2..).unwrap_or_default());
    Ok(Parsed {
        visit: Visit {
            time,
            method: request.map(|(method, _)| method),
            object: request.map(|(_, target)| target),
            status: Some(status),
            bytes_out: bytes,
            took,
            ..Visit::default()
        },
        host: virtual_host(before),
        zone,
        has_whole_number,
    })
}

/// The time to answer, and whether there is a number that may be one.
fn trailing(fields: &[&str]) -> (Option<f64>, bool) {
    let named = fields.iter().find_map(|field| {
        let value = TIMES.iter().find_map(|name| field.strip_prefix(name))?;
        number::amount(value).ok().flatten()
    });
    let plain =
        || fields.iter().filter(|field| field.contains('.')).find_map(|field| number::amount(field).ok().flatten());
    let took = named.or_else(plain);
    let is_whole = |field: &&str| !field.is_empty() && field.bytes().all(|b| b.is_ascii_digit());
    (took, took.is_none() && fields.iter().any(is_whole))
}

/// `shop.example:443` before the three fields that every line has.
fn virtual_host(before: &str) -> Option<&str> {
    let (first, rest) = before.split_once(' ')?;
    let (host, port) = first.rsplit_once(':')?;
    let is_port = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    (is_port && rest.split_whitespace().count() >= 3).then_some(host)
}

/// The name of a log without folders, numbers of rotation and packing: `access.log.2.gz` is of `access.log`.
fn service(name: &str) -> String {
    let mut name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    while let Some((before, ending)) = name.rsplit_once(['.', '-']) {
        let is_rotation = matches!(ending, "gz" | "zst") || ending.bytes().all(|b| b.is_ascii_digit());
        if before.is_empty() || !is_rotation {
            break;
        }
        name = before;
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::read_as;

    fn line(second: u32, rest: &str) -> String {
        format!("192.0.2.7 - ann [05/Jan/2026:10:00:{second:02} +0100] {rest}\n")
    }

    #[test]
    fn lines_of_either_format_are_requests() {
        let text = line(1, "\"GET /a?x=1 HTTP/1.1\" 200 1200")
            + &line(2, "\"GET /a?x=1 HTTP/1.1\" 304 - \"-\" \"Some \\\"quoted\\\" agent\" 0.250")
            + &line(3, "\"POST /b HTTP/1.1\" 502 300 \"http://x/\" \"agent\" rt=0.750 uct=\"0.001\"")
            + &line(4, "\"-\" 408 0 \"-\" \"-\"");
        let read = read_as(&Combined, &text).unwrap();
        let log = &read.access[0];
        assert_eq!((log.count, log.popularity.as_slice()), (4, &[2][..]));
        assert_eq!(log.bytes_out.as_ref().unwrap().mean.as_bytes(), 500.0);
        assert_eq!(log.latency.as_ref().unwrap().mean.as_seconds(), 0.5);
        assert_eq!((log.error_share.as_part(), log.read_share.unwrap().as_part()), (0.25, 2.0 / 3.0));
        assert_eq!(log.requests.start().to_string(), "2026-01-05T09:00:00Z");
        assert_eq!(log.resource.0, "file");
    }

    #[test]
    fn hosts_and_zones_are_kept_apart() {
        let host = |host: &str, zone: &str| {
            format!(
                "{host}:443 192.0.2.7 - - [05/Jan/2026:10:00:00 {zone}] \"GET / HTTP/2.0\" 200 5 \"-\" \"-\" 1250\n"
            )
        };
        let read = read_as(&Combined, &(host("b.example", "+0000") + &host("a.example", "-0130"))).unwrap();
        let names: Vec<_> = read.access.iter().map(|log| log.resource.0.as_str()).collect();
        assert_eq!(names, ["a.example", "b.example"]);
        assert_eq!(read.reading.notes.len(), 2);
    }

    #[test]
    fn a_few_strays_are_set_aside_and_many_are_mistakes() {
        let good = line(1, "\"GET / HTTP/1.1\" 200 1");
        let read = read_as(&Combined, &(good.repeat(200) + "-- log turned over --\n")).unwrap();
        assert_eq!((read.reading.rows_read, read.reading.aside[0].reason.as_str()), (201, "not a request"));
        let problems = read_as(&Combined, &(good.repeat(50) + "-- log turned over --\n")).unwrap_err();
        assert_eq!((problems[0].line, problems[0].what.as_str()), (51, "the line has no time in brackets"));
    }

    #[test]
    fn rotated_logs_are_of_one_service() {
        let names = ["/var/log/access.log", "access.log.1", "access.log-20260105", "access.log.12.gz"].map(service);
        assert!(names.iter().all(|name| name == "access.log"), "{names:?}");
        assert_eq!(service("7"), "7");
    }
}

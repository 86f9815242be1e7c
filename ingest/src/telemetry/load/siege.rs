//! What siege prints of each request: client, protocol, status, seconds, bytes, path, and the time of its end.
//!
//! `0,HTTP/1.1,200,  0.36,   3372,/,0,2015-12-20 21:30:13`, in the colors of a terminal. The time is local, in whole seconds.
use super::point;
use super::requests::{Clock, Request, Requests};
use super::words;
use crate::problem::Problem;
use crate::telemetry::number;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use plimsoll::units::Share;

/// siege.
pub(crate) struct Siege;

const TOOL: &str = "siege";
/// Stamps in whole seconds make nothing of the length of a test that is shorter.
const SHORT: f64 = 30.0;

impl Format for Siege {
    fn name(&self) -> &'static str {
        "siege"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let lines: Vec<String> = head.lines().filter(|line| !line.trim().is_empty()).take(20).map(plain).collect();
        let good = lines.iter().filter(|line| request(line, 1).is_ok()).count();
        if good == 0 { Share::NONE } else { Share::of_one(0.5 + 0.5 * good as f64 / lines.len() as f64) }
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let name = text.name().to_owned();
        let mut requests = Requests::new(TOOL, Clock::Epoch);
        let mut lines = text.lines();
        loop {
            match lines.next() {
                Ok(None) => break,
                Ok(Some((number, line))) => {
                    let line = plain(line);
                    if !line.contains(",HTTP/") {
                        continue; // what siege says before and after
                    }
                    to.row();
                    if let Err(what) = request(&line, number).and_then(|request| requests.add(request)) {
                        let help = "a line holds client, protocol, status, seconds, bytes, path and time";
                        to.mistake(|| Problem::in_line(&name, number, &line, 0..line.len(), what, help));
                    }
                }
                Err(problem) => return to.wrong(|| problem),
            }
        }
        point::warn_of_omission(TOOL, to);
        to.note("siege writes local times without their zone: they are read as UTC.");
        requests.give_coarse(&words::short(&name), SHORT, asked, to);
    }
}

fn request(line: &str, number: usize) -> Result<Request, String> {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    let [_, protocol, status, took, _, .., done] = cells[..] else { return Err("cells are missing".into()) };
    if !protocol.starts_with("HTTP/") {
        return Err("the second cell is no protocol".into());
    }
    let took = number::amount(took)?.ok_or("the time is missing")?;
    let done: jiff::civil::DateTime = done.parse().map_err(|_| format!("cannot read `{done}` as a time"))?;
    let done = jiff::tz::Offset::UTC.to_timestamp(done).map_err(|_| "the time is out of range")?.as_second() as f64;
    let is_well = status.starts_with(['2', '3']);
    Ok(Request { sent: done - took, took, is_well, clients: None, line: number })
}

/// The line without the colors of a terminal.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut parts = line.split("\u{1b}[");
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        plain.push_str(part.split_once('m').map_or("", |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::{counts, read_as, read_with_clients};

    fn lines(count: u32) -> String {
        let line = |n: u32| {
            let (minute, second) = (n / 2 / 60, n / 2 % 60);
            let status = if n.is_multiple_of(10) { 503 } else { 200 };
            format!(
                "\u{1b}[0;34m   {},HTTP/1.1,{status},  0.50,   3372,/a,0,2026-01-05 21:{minute:02}:{second:02}\u{1b}[0m\n",
                n % 4
            )
        };
        "** SIEGE 4.0\n".to_owned() + &(0..count).map(line).collect::<String>()
    }

    #[test]
    fn colored_lines_are_requests() {
        let read = read_with_clients(&Siege, &lines(240), 1.0).unwrap();
        let point = &read.loads[0].points[0];
        assert_eq!(counts(point), (240, 24));
        assert!(point.off_littles_law().as_part() < 0.02, "{point:?}");
        assert!(read_as(&Siege, &lines(20)).unwrap_err()[0].what.contains("too short"));
    }

    #[test]
    fn a_line_that_is_cut_is_a_mistake() {
        let problems = read_as(&Siege, &(lines(9) + "1,HTTP/1.1,200\n")).unwrap_err();
        assert_eq!((problems[0].line, problems[0].what.as_str()), (11, "cells are missing"));
    }
}

//! Gatling's `simulation.log`: a tab-separated event a line, whose columns moved from version to version.
//!
//! In all of them a request ends with its start, its end (milliseconds since 1970) and OK or KO, and users START and END:
//! those at work are the clients. Since 3.11 the log is binary.
use super::requests::{Clock, Request, Requests};
use super::words;
use crate::problem::Problem;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use plimsoll::units::Share;

/// Gatling's simulation log.
pub(crate) struct Gatling;

const TOOL: &str = "Gatling";
/// Events that are neither users nor requests, and why they are set aside.
const OTHERS: [(&str, &str); 4] = [
    ("RUN", "declaration of the run row"),
    ("ASSERTION", "assertion row"),
    ("GROUP", "group row (its requests count)"),
    ("ERROR", "error message row"),
];

impl Format for Gatling {
    fn name(&self) -> &'static str {
        "Gatling simulation.log"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let is_event = |line: &&str| {
            let kind = line.split('\t').next().unwrap_or_default();
            matches!(kind, "USER" | "REQUEST") || OTHERS.iter().any(|(name, _)| *name == kind)
        };
        let lines: Vec<&str> = head.lines().filter(|line| !line.trim().is_empty()).take(10).collect();
        let has_run = lines.iter().any(|line| line.starts_with("RUN\t") || line.starts_with("USER\t"));
        if has_run && lines.iter().all(is_event) { Share::ALL } else { Share::NONE }
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let name = text.name().to_owned();
        let mut requests = Requests::new(TOOL, Clock::Epoch);
        let mut lines = text.lines();
        loop {
            match lines.next() {
                Ok(None) => break,
                Ok(Some((_, line))) if line.trim().is_empty() => (),
                Ok(Some((number, line))) => {
                    to.row();
                    if let Err(what) = take(line, number, &mut requests, to) {
                        let help = "a request has its start, its end and OK or KO; is the file cut?";
                        to.mistake(|| Problem::in_line(&name, number, line, 0..line.len(), what, help));
                    }
                }
                Err(problem) => return to.wrong(|| problem),
            }
        }
        requests.give(None, &words::short(&name), asked, to);
    }
}

fn take(line: &str, number: usize, requests: &mut Requests, to: &mut Collector) -> Result<(), String> {
    let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
    match cells[0] {
        "REQUEST" => {
            let end = cells.iter().skip(3).position(|cell| matches!(*cell, "OK" | "KO")).map(|at| at + 3);
            let end = end.ok_or("the request has neither OK nor KO")?;
            let (sent, done) = (seconds(cells[end - 2])?, seconds(cells[end - 1])?);
            let is_well = cells[end] == "OK";
            requests.add(Request { sent, took: done - sent, is_well, clients: None, line: number })
        }
        "USER" => {
            let at = cells.iter().position(|cell| matches!(*cell, "START" | "END"));
            let at = at.ok_or("the user neither starts nor ends")?;
            let is_start = cells[at] == "START";
            // An end has the time of its start before its own.
            let time = if is_start { cells.get(at + 1) } else { cells[at + 1..].iter().rfind(|cell| !cell.is_empty()) };
            let time = seconds(time.ok_or("the user has no time")?)?;
            requests.joined_at(time, if is_start { 1 } else { -1 }, number)?;
            to.used();
            Ok(())
        }
        kind => {
            let (_, reason) = OTHERS.iter().find(|(name, _)| *name == kind).ok_or("there is no such event")?;
            to.aside(reason);
            Ok(())
        }
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    let millis = text.parse::<u64>().map_err(|_| format!("cannot read `{text}` as milliseconds since 1970"))?;
    Ok(millis as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::{counts, read_as};

    const START: u64 = 1_700_000_000_000;

    /// Three users that ask twenty times a second each.
    fn log(request: impl Fn(u64, u64, &str) -> String, user: impl Fn(&str, u64) -> String) -> String {
        let users: String = (0..3).map(|_| user("START", START)).collect();
        let asked = (0..200_u64).flat_map(|turn| (0..3).map(move |n| (START + turn * 50, n)));
        let requests: String =
            asked.map(|(at, n)| request(at, at + 50, if n == 0 && at % 500 == 0 { "KO" } else { "OK" })).collect();
        format!("RUN\tShop\t\tshop-1\t{START}\t \t3.5.1\n{users}{requests}{}", user("END", START + 10_000))
    }

    #[test]
    fn users_at_work_are_the_clients_in_every_version() {
        let new = log(
            |sent, done, how| format!("REQUEST\t\thome\t{sent}\t{done}\t{how}\n"),
            |what, at| format!("USER\tAll\t{what}\t{START}\t{at}\n"),
        );
        let old = log(
            |sent, done, how| format!("REQUEST\tAll\t7\tgroup\thome\t{sent}\t{done}\t{how}\twhy not\n"),
            |what, at| format!("USER\tAll\t7\t{what}\t{START}\t{at}\n"),
        );
        for text in [new, old] {
            let read = read_as(&Gatling, &text).unwrap();
            let point = &read.loads[0].points[0];
            assert_eq!(point.clients.get(), 3.0);
            assert!(point.off_littles_law().as_part() < 0.02, "{point:?}");
            assert!(counts(point).0 >= 580 && counts(point).1 > 0, "{point:?}");
        }
    }

    #[test]
    fn events_that_are_cut_are_mistakes() {
        let text = "RUN\ta\nREQUEST\t\thome\t17000000\nUSER\tx\tGO\t1\nREQUEST\t\tx\ta\tb\tOK\nOTHER\n";
        let mut to = Collector::new(false);
        to.begin("a.log", "test", Share::ALL);
        Gatling.read(Text::of("a.log", text), &Asked::default(), &mut to);
        let whats: Vec<String> = to.finish().unwrap_err().into_iter().map(|problem| problem.what).collect();
        assert_eq!(whats[0], "the request has neither OK nor KO");
        assert_eq!(whats[1], "the user neither starts nor ends");
        assert_eq!(whats[2], "cannot read `a` as milliseconds since 1970");
        assert_eq!(whats[3], "there is no such event");
    }
}

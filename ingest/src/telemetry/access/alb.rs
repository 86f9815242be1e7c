//! Access logs of Application Load Balancers.
//!
//! Fields in the order of the user guide ("Access logs for your Application Load Balancer"). The time to answer is the sum
//! of three; each is -1 where the request was not passed on, and then there is none.
use super::fields;
use super::strays::{Line, read_lines};
use super::visits::Visit;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, number, text::Text};
use plimsoll::units::Share;

/// ALB access logs.
pub(crate) struct Alb;

/// Fields up to the request.
const FIELDS: usize = 13;
const KINDS: [&str; 6] = ["http", "https", "h2", "grpcs", "ws", "wss"];

impl Format for Alb {
    fn name(&self) -> &'static str {
        "ALB access log"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let mut found = Vec::new();
        let is_ours = head.lines().take(20).any(|line| fields::split(line, &mut found).is_some() && is_request(&found));
        if is_ours { Share::ALL } else { Share::NONE }
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        read_lines(text, to, |number, line, to| {
            let mut found = Vec::new();
            if fields::split(line, &mut found).is_none() {
                return Line::Stray("a quote is opened and not closed");
            }
            if !is_request(&found) {
                return Line::Stray("the line has not the fields of an ALB access log");
            }
            match visit(&found) {
                Ok(visit) => {
                    let resource = asked.resource.as_deref().unwrap_or(found[2]);
                    to.visits(resource, number).add(&visit);
                    Line::Request
                }
                Err(what) => Line::Stray(what),
            }
        });
    }
}

fn is_request(found: &[&str]) -> bool {
    found.len() >= FIELDS && KINDS.contains(&found[0]) && found[2].starts_with("app/")
}

fn visit<'l>(found: &[&'l str]) -> Result<Visit<'l>, &'static str> {
    let time = fields::instant(found[1]).ok_or("the time is not as 2026-01-05T10:00:00.000000Z")?;
    let mut took = Some(0.0);
    for part in &found[5..8] {
        let part = number::number(part).ok().flatten().ok_or("a processing time is no number of seconds")?;
        took = took.filter(|_| part >= 0.0).map(|took| took + part);
    }
    let status =
        if found[8] == "-" { None } else { Some(fields::status(found[8]).ok_or("the status has no three digits")?) };
    let bytes = |at: usize| number::amount(found[at]).map_err(|_| "the bytes are no number");
    let request = fields::request_line(found[12]);
    Ok(Visit {
        time,
        method: request.map(|(method, _)| method),
        object: request.map(|(_, target)| target),
        status,
        bytes_in: bytes(10)?,
        bytes_out: bytes(11)?,
        took,
        is_hit: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::read_as;

    fn line(times: &str, statuses: &str, request: &str) -> String {
        format!(
            "https 2026-01-05T10:00:00.250000Z app/shop/50dc 192.0.2.1:2000 10.0.0.1:80 {times} {statuses} 100 900 \
             \"{request}\" \"agent\" ECDHE TLSv1.2 arn \"Root=1\" \"-\" \"-\" 0\n"
        )
    }

    #[test]
    fn a_time_of_a_request_that_was_not_passed_on_is_none() {
        let text = line("0.001 0.048 0.001", "200 200", "GET https://shop.example:443/a HTTP/2.0")
            + &line("-1 -1 -1", "503 -", "GET https://shop.example:443/b HTTP/2.0")
            + &line("0.001 -1 -1", "- -", "- https://shop.example:443- -");
        let read = read_as(&Alb, &text).unwrap();
        let log = &read.access[0];
        assert_eq!((log.resource.0.as_str(), log.count), ("app/shop/50dc", 3));
        let latency = log.latency.as_ref().unwrap();
        assert_eq!((latency.count, (latency.mean.as_seconds() * 1000.0).round()), (1, 50.0));
        assert_eq!((log.error_share.as_part(), log.read_share.unwrap()), (1.0 / 3.0, Share::ALL));
        assert_eq!(log.bytes_in.as_ref().unwrap().mean.as_bytes(), 100.0);
    }

    #[test]
    fn columns_that_are_shifted_are_mistakes() {
        let good = line("0.001 0.048 0.001", "200 200", "GET https://shop.example:443/a HTTP/2.0");
        let shifted = good.replace("app/shop/50dc ", "app/shop/50dc extra ");
        assert_eq!(read_as(&Alb, &(good + &shifted)).unwrap_err()[0].what, "a processing time is no number of seconds");
    }
}

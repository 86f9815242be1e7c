//! Server access logs of Amazon S3: a request a line, delivered late, in no order, and not every one.
//!
//! Fields in the order of the user guide ("Amazon S3 server access log format"); older logs end earlier, later ones have
//! more. What lifecycle rules and batch deletes do stands among the requests and is none.
use super::fields;
use super::strays::{Line, read_lines};
use super::visits::Visit;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, number, text::Text};
use plimsoll::units::Share;

/// S3 server access logs.
pub(crate) struct S3;

/// The fewest fields that any version has.
const FIELDS: usize = 17;
const LOOKED_AT: usize = 20;
/// How operations of requests begin.
const KINDS: [&str; 5] = ["REST.", "SOAP.", "WEBSITE.", "BATCH.", "S3."];

impl Format for S3 {
    fn name(&self) -> &'static str {
        "S3 server access log"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let mut found = Vec::new();
        let mut lines = head.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT);
        let is_ours = lines.any(|line| fields::split(line, &mut found).is_some() && is_request(&found));
        if is_ours { Share::ALL } else { Share::NONE }
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let mut deliveries = false;
        read_lines(text, to, |number, line, to| {
            let mut found = Vec::new();
            if fields::split(line, &mut found).is_none() {
                return Line::Stray("a quote or a bracket is opened and not closed");
            }
            if !is_request(&found) {
                return Line::Stray("the line has not the fields of an S3 server access log");
            }
            deliveries = true;
            match visit(&found) {
                Ok(None) => Line::Aside("work of S3 itself row"),
                Ok(Some(visit)) => {
                    let resource = asked.resource.as_deref().unwrap_or(found[1]);
                    to.visits(resource, number).add(&visit);
                    Line::Request
                }
                Err(what) => Line::Stray(what),
            }
        });
        if deliveries {
            to.note(
                "S3 delivers access logs as well as it can: some requests are missing, and so rates are a little low.",
            );
        }
    }
}

fn is_request(found: &[&str]) -> bool {
    found.len() >= FIELDS && KINDS.iter().any(|kind| found[6].starts_with(kind))
}

fn visit<'l>(found: &[&'l str]) -> Result<Option<Visit<'l>>, &'static str> {
    let (time, _) = fields::log_time(found[2]).ok_or("the time is not as 17/May/2015:10:05:03 +0000")?;
    let operation = found[6];
    if operation.starts_with("S3.") || operation.starts_with("BATCH.") {
        return Ok(None);
    }
    let status =
        if found[9] == "-" { None } else { Some(fields::status(found[9]).ok_or("the status has no three digits")?) };
    let amount = |at: usize, what| number::amount(found[at]).map_err(|_| what);
    let millis = amount(13, "the total time is no number of milliseconds")?;
    Ok(Some(Visit {
        time,
        method: operation.split('.').nth(1),
        object: Some(found[7]).filter(|key| *key != "-"),
        status,
        bytes_out: amount(11, "the bytes sent are no number")?,
        took: millis.map(|millis| millis / 1000.0),
        ..Visit::default()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::read_as;

    fn line(operation: &str, key: &str, status: &str, sent: &str, millis: &str) -> String {
        format!(
            "0123abcd shop [05/Jan/2026:10:00:00 +0000] 192.0.2.1 - 3E57 {operation} {key} \"GET /{key} HTTP/1.1\" {status} - \
             {sent} 4096 {millis} 7 \"-\" \"say \"hi\" now\" -\n"
        )
    }

    #[test]
    fn requests_are_counted_and_work_of_s3_is_not() {
        let text = line("REST.GET.OBJECT", "a", "200", "4096", "20")
            + &line("REST.GET.OBJECT", "a", "200", "4096", "40")
            + &line("REST.PUT.OBJECT", "b", "503", "-", "-")
            + &line("S3.EXPIRE.OBJECT", "c", "-", "-", "-");
        let read = read_as(&S3, &text).unwrap();
        let log = &read.access[0];
        assert_eq!((log.resource.0.as_str(), log.count, log.popularity.as_slice()), ("shop", 3, &[2][..]));
        assert!((log.latency.as_ref().unwrap().mean.as_seconds() - 0.03).abs() < 1e-12);
        assert_eq!(log.error_share.as_part(), 1.0 / 3.0);
        assert_eq!(read.reading.aside[0].reason, "work of S3 itself row");
        assert_eq!((read.reading.rows_read, read.reading.rows_used), (4, 3));
    }

    #[test]
    fn lines_that_are_cut_are_mistakes() {
        let good = line("REST.GET.OBJECT", "a", "200", "4096", "20");
        let problems = read_as(&S3, &format!("{good}{}\n", &good[..90])).unwrap_err();
        assert_eq!(problems[0].line, 2);
        let problems = read_as(&S3, &(good.clone() + &good.replace(" 200 ", " ok ")));
        assert_eq!(problems.unwrap_err()[0].what, "the status has no three digits");
    }
}

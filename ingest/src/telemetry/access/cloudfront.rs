//! Standard logs of CloudFront: tab-separated fields in the order of the last `#Fields` line.
//!
//! Bytes are those of headers and body. The status is 000 where the client left before an answer: a request, no error of
//! the server.
use super::fields;
use super::strays::{Line, read_lines};
use super::visits::Visit;
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, number, text::Text};
use plimsoll::units::Share;

/// CloudFront standard logs.
pub(crate) struct CloudFront;

const HITS: [&str; 3] = ["Hit", "RefreshHit", "OriginShieldHit"];
const MISS: &str = "Miss";

impl Format for CloudFront {
    fn name(&self) -> &'static str {
        "CloudFront standard log"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let names = head.lines().take(5).find_map(|line| line.strip_prefix("#Fields:"));
        let marks = ["x-edge-location", "x-edge-result-type", "cs-uri-stem", "sc-status"];
        names.map_or(Share::NONE, |names| {
            Share::of_one(marks.iter().filter(|mark| names.contains(**mark)).count() as f64 / marks.len() as f64)
        })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let name = text.name().to_owned();
        let mut columns = Columns::default();
        let mut left = 0_u64;
        read_lines(text, to, |number, line, to| {
            if let Some(comment) = line.strip_prefix('#') {
                if let Some(names) = comment.strip_prefix("Fields:") {
                    columns = Columns::named(names);
                }
                return Line::Comment;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            match columns.visit(&cells) {
                Ok(visit) => {
                    left += u64::from(visit.status.is_none());
                    let host = columns.host.and_then(|at| cells.get(at).copied()).unwrap_or(&name);
                    to.visits(asked.resource.as_deref().unwrap_or(host), number).add(&visit);
                    Line::Request
                }
                Err(what) => Line::Stray(what),
            }
        });
        if left > 0 {
            to.note(format!(
                "{left} x a client left before it was answered (status 000): a request, and no error of the server."
            ));
        }
    }
}

/// Where the fields that matter stand.
#[derive(Default)]
struct Columns {
    cells: usize,
    date: Option<usize>,
    time: Option<usize>,
    host: Option<usize>,
    method: Option<usize>,
    stem: Option<usize>,
    status: Option<usize>,
    sent: Option<usize>,
    received: Option<usize>,
    took: Option<usize>,
    result: Option<usize>,
}

impl Columns {
    fn named(names: &str) -> Self {
        let names: Vec<&str> = names.split_whitespace().collect();
        let find = |name: &str| names.iter().position(|known| *known == name);
        Self {
            cells: names.len(),
            date: find("date"),
            time: find("time"),
            host: find("cs(Host)"),
            method: find("cs-method"),
            stem: find("cs-uri-stem"),
            status: find("sc-status"),
            sent: find("sc-bytes"),
            received: find("cs-bytes"),
            took: find("time-taken"),
            result: find("x-edge-result-type"),
        }
    }
    fn visit<'l>(&self, cells: &[&'l str]) -> Result<Visit<'l>, &'static str> {
        if self.cells == 0 {
            return Err("no #Fields line stands before this one");
        }
        if cells.len() != self.cells {
            return Err("the line has not as many fields as the #Fields line");
        }
        let cell = |at: Option<usize>| at.map(|at| cells[at]).filter(|text| *text != "-");
        let amount = |at| cell(at).map_or(Ok(None), number::amount);
        let (Some(date), Some(time)) = (cell(self.date), cell(self.time)) else { return Err("the line has no time") };
        let time = fields::instant(&format!("{date}T{time}Z")).ok_or("the time is not as 2026-01-05 10:00:00")?;
        let status = cell(self.status).and_then(fields::status).ok_or("the status has no three digits")?;
        Ok(Visit {
            time,
            method: cell(self.method),
            object: cell(self.stem),
            status: Some(status).filter(|status| *status > 0),
            bytes_out: amount(self.sent).map_err(|_| "sc-bytes is no number")?,
            bytes_in: amount(self.received).map_err(|_| "cs-bytes is no number")?,
            took: amount(self.took).map_err(|_| "time-taken is no number of seconds")?,
            is_hit: cell(self.result).and_then(|result| match result {
                MISS => Some(false),
                hit if HITS.contains(&hit) => Some(true),
                _ => None,
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::read_as;

    const START: &str = "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes cs-method cs(Host) cs-uri-stem \
        sc-status x-edge-result-type cs-bytes time-taken\n";

    fn line(object: &str, status: &str, result: &str) -> String {
        format!("2026-01-05\t10:00:00\tFRA1\t900\tGET\td1.example\t{object}\t{status}\t{result}\t100\t0.030\n")
    }

    #[test]
    fn hits_are_told_and_clients_that_left_are_no_errors() {
        let text = [START, &line("/a", "200", "Hit"), &line("/a", "200", "Miss"), &line("/b", "304", "RefreshHit")]
            .concat()
            + &line("/b", "000", "Error")
            + &line("/c", "503", "Error");
        let read = read_as(&CloudFront, &text).unwrap();
        let log = &read.access[0];
        assert_eq!((log.count, log.resource.0.as_str(), log.popularity.as_slice()), (5, "d1.example", &[2, 2, 1][..]));
        assert_eq!((log.hit_share.unwrap().as_part(), log.error_share.as_part()), (2.0 / 3.0, 0.2));
        assert!(read.reading.notes[0].starts_with("1 x a client left"));
    }

    #[test]
    fn fields_stand_in_the_order_that_the_log_says() {
        let other = "#Fields: time date sc-status x-edge-location x-edge-result-type cs-uri-stem\n\
            10:00:00\t2026-01-05\t500\tFRA1\tMiss\t/a\n";
        let read = read_as(&CloudFront, &[START, &line("/a", "200", "Hit"), other].concat()).unwrap();
        assert_eq!(read.access.iter().map(|log| log.count).sum::<u64>(), 2);
        let problems = read_as(&CloudFront, &[START, "2026-01-05\t10:00:00\tFRA1\n"].concat()).unwrap_err();
        assert_eq!(
            (problems[0].line, problems[0].what.as_str()),
            (3, "the line has not as many fields as the #Fields line")
        );
    }
}

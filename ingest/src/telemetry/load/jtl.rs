//! JMeter results in CSV (JTL): a sample a row, with columns as configured, in any order, parted by comma, tab or semicolon.
//!
//! The names are those of JMeter's `CSVSaveService`; taurus, apiritif and locust write such files too. Without a header the
//! columns are JMeter's own.
use super::point;
use super::requests::{Clock, Request, Requests};
use crate::problem::Problem;
use crate::telemetry::number;
use crate::telemetry::records::{Record, records};
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use plimsoll::units::Share;

/// JMeter results in CSV.
pub(crate) struct Jtl;

const TOOL: &str = "JMeter";
/// Names that only such files have.
const MARKS: [&str; 8] =
    ["responseCode", "responseMessage", "threadName", "allThreads", "grpThreads", "elapsed", "timeStamp", "success"];
/// So many of them make one.
const ENOUGH: usize = 4;
/// What a transaction controller says instead of a message.
pub(super) const CONTROLLER: &str = "Number of samples in transaction";

impl Format for Jtl {
    fn name(&self) -> &'static str {
        "JMeter JTL (CSV)"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let first = head.first_line();
        let separator = separator(first);
        let names: Vec<&str> = first.split(char::from(separator)).map(|name| name.trim().trim_matches('"')).collect();
        let marks = MARKS.iter().filter(|mark| names.iter().any(|name| name.eq_ignore_ascii_case(mark))).count();
        if marks >= ENOUGH {
            return Share::of_one(0.7 + 0.3 * marks as f64 / MARKS.len() as f64);
        }
        // A stamp in milliseconds, a time, and a yes or no where JMeter has them.
        let is_sample = names.len() >= 16
            && names[0].len() == 13
            && names[..2].iter().all(|cell| cell.bytes().all(|b| b.is_ascii_digit()))
            && matches!(names[7], "true" | "false");
        if is_sample { Share::percent(90.0) } else { Share::NONE }
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        if let Err(problem) = read(text, asked, to) {
            to.wrong(|| problem);
        }
    }
}

fn separator(line: &str) -> u8 {
    let count = |sign: char| line.matches(sign).count();
    [('\t', b'\t'), (';', b';')].into_iter().find(|(sign, _)| count(*sign) > count(',')).map_or(b',', |(_, byte)| byte)
}

/// Where the columns that matter stand.
struct Columns {
    stamp: usize,
    elapsed: usize,
    success: Option<usize>,
    code: Option<usize>,
    message: Option<usize>,
    clients: Option<usize>,
    cells: usize,
}

impl Columns {
    fn named(header: &Record, file: &str) -> Result<Self, Problem> {
        let find = |name: &str| header.iter().position(|cell| cell.eq_ignore_ascii_case(name));
        let needed = |name: &str| {
            find(name).ok_or_else(|| {
                let what = format!("the samples have no column `{name}`: they cannot be laid in time");
                let help = "set jmeter.save.saveservice.time and .timestamp_format=ms in user.properties and run again";
                header.problem(file, usize::MAX, what, help)
            })
        };
        Ok(Self {
            stamp: needed("timeStamp")?,
            elapsed: needed("elapsed")?,
            success: find("success"),
            code: find("responseCode"),
            message: find("responseMessage"),
            clients: find("allThreads"),
            cells: header.len(),
        })
    }
    /// Those of JMeter's own configuration; without the URL there is a column less.
    fn usual(cells: usize) -> Self {
        let (success, code, message) = (Some(7), Some(2 + 1), Some(4));
        Self { stamp: 0, elapsed: 1, success, code, message, clients: (cells <= 17).then_some(12), cells }
    }
    fn sample(&self, row: &Record) -> Result<Request, (usize, String)> {
        if row.len() < self.cells {
            return Err((usize::MAX, format!("the row has {} cells, the header {}", row.len(), self.cells)));
        }
        let amount = |cell: usize| {
            let value = number::amount(row.get(cell)).map_err(|what| (cell, what))?;
            value.ok_or_else(|| (cell, "a number is missing".to_owned()))
        };
        let is_well = match self.success.map(|cell| (cell, row.get(cell))) {
            Some((_, text)) if text.eq_ignore_ascii_case("true") => true,
            Some((_, text)) if text.eq_ignore_ascii_case("false") => false,
            Some((cell, text)) => return Err((cell, format!("`{text}` is neither true nor false"))),
            None => self.code.is_none_or(|cell| row.get(cell).starts_with(['2', '3'])),
        };
        let clients =
            self.clients.map(|cell| number::amount(row.get(cell)).map_err(|what| (cell, what))).transpose()?;
        Ok(Request {
            sent: amount(self.stamp)? / 1000.0,
            took: amount(self.elapsed)? / 1000.0,
            is_well,
            clients: clients.flatten(),
            line: row.line,
        })
    }
    fn is_controller(&self, row: &Record) -> bool {
        self.message.is_some_and(|cell| row.get(cell).starts_with(CONTROLLER))
    }
}

fn read(text: Text, asked: &Asked, to: &mut Collector) -> Result<(), Problem> {
    let name = text.name().to_owned();
    let (first, text) = text.first_line();
    let mut rows = records(text, separator(&first));
    let mut samples = Samples::new();
    let mut columns = None;
    while let Some(row) = rows.next()? {
        let columns = match &columns {
            Some(columns) => columns,
            None if row.get(0).bytes().all(|b| b.is_ascii_digit()) => columns.insert(Columns::usual(row.len())),
            None => {
                columns = Some(Columns::named(row, &name)?);
                continue;
            }
        };
        to.row();
        if row.get(columns.stamp).eq_ignore_ascii_case("timeStamp") {
            to.aside("header repeated");
            continue;
        }
        let added = columns.sample(row).and_then(|request| {
            samples.add(request, columns.is_controller(row)).map_err(|what| (columns.elapsed, what))
        });
        if let Err((cell, what)) = added {
            to.mistake(|| {
                row.problem(&name, cell, what, "stamps are whole milliseconds since 1970, times milliseconds")
            });
        }
    }
    samples.give(&name, asked, to);
    Ok(())
}

/// Samples, with those of transaction controllers apart: they hold their children, which stand in rows of their own.
pub(super) struct Samples {
    requests: Requests,
    controllers: Requests,
}

impl Samples {
    pub(super) fn new() -> Self {
        let new = || Requests::new(TOOL, Clock::Epoch);
        Self { requests: new(), controllers: new() }
    }
    pub(super) fn add(&mut self, request: Request, is_controller: bool) -> Result<(), String> {
        let of = if is_controller { &mut self.controllers } else { &mut self.requests };
        of.add(request)
    }
    pub(super) fn give(self, name: &str, asked: &Asked, to: &mut Collector) {
        let short = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let Self { requests, controllers } = self;
        if requests.rows() + controllers.rows() > 0 {
            point::warn_of_omission(TOOL, to);
        }
        if requests.rows() == 0 && controllers.rows() > 0 {
            to.note(format!("{short} holds transactions only: a transaction counts as one request."));
            controllers.give(None, short, asked, to);
        } else {
            to.aside_rows("transaction controller row", controllers.rows());
            requests.give(None, short, asked, to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::{counts, read_as};

    const HEADER: &str = "timeStamp,elapsed,label,responseCode,responseMessage,success,allThreads\n";

    fn rows(separator: char, samples: u32) -> String {
        let row = |n: u32| {
            let cells = [
                (1_700_000_000_000_u64 + u64::from(n) * 50).to_string(),
                "100".into(),
                "home".into(),
                "200".into(),
                "\"OK,\nor so\"".into(),
                (!n.is_multiple_of(4)).to_string(),
                "2".into(),
            ];
            cells.join(&separator.to_string()) + "\n"
        };
        (0..samples).map(row).collect()
    }

    #[test]
    fn two_threads_are_a_point_whatever_parts_the_cells() {
        for separator in [',', '\t', ';'] {
            let header = HEADER.replace(',', &separator.to_string());
            let read = read_as(&Jtl, &format!("{header}{}", rows(separator, 200))).unwrap();
            let point = &read.loads[0].points[0];
            assert_eq!((point.clients.get(), counts(point).0, counts(point).1), (2.0, 200, 50));
            assert_eq!(point.response.as_seconds(), 0.1);
            assert!(point.off_littles_law().as_part() < 0.01);
            assert_eq!(point.source, "file:2");
        }
    }

    #[test]
    fn controllers_are_set_aside_unless_there_is_nothing_else() {
        let controller = "1700000000000,900,all,200,\"Number of samples in transaction : 2, failing : 0\",true,2\n\
                          1700000001000,900,all,200,\"Number of samples in transaction : 2, failing : 0\",true,2\n";
        let read = read_as(&Jtl, &format!("{HEADER}{}{controller}", rows(',', 40))).unwrap();
        assert_eq!((read.reading.rows_read, read.reading.rows_used), (42, 40));
        assert_eq!(read.reading.aside[0].reason, "transaction controller row");
        let read = read_as(&Jtl, &format!("{HEADER}{controller}")).unwrap();
        assert_eq!(counts(&read.loads[0].points[0]).0, 2);
    }

    #[test]
    fn a_file_without_a_header_has_the_usual_columns() {
        let row = "1700000000000,120,home,200,OK,Users 1-1,text,true,,10,20,3,3,http://x/,80,0,1\n";
        let read = read_as(&Jtl, &row.repeat(5)).unwrap();
        assert_eq!(read.loads[0].points[0].clients.get(), 3.0);
        assert_eq!(read.reading.rows_used, 5);
    }

    #[test]
    fn mistakes_have_their_cell() {
        let problems = read_as(&Jtl, &format!("{HEADER}1700000000000,fast,home,200,OK,true,2\n1,2\n")).unwrap_err();
        assert_eq!((problems[0].line, problems[0].column), (2, 15));
        assert_eq!(problems[1].what, "the row has 2 cells, the header 7");
        let problems = read_as(&Jtl, "label,responseCode,success,grpThreads,allThreads\na,200,true,1,1\n").unwrap_err();
        assert!(problems[0].what.contains("no column `timeStamp`"), "{}", problems[0]);
    }
}

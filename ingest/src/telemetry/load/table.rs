//! A table of a load test as people keep it: a column of clients, one of throughput, perhaps one of response times.
//!
//! Throughput is per second. A response time says its unit in its name (`latency_ms`); without one it is N / X, as a
//! closed load keeps it by Little's law.
use super::point::{self, Clients, Measured};
use super::words;
use crate::problem::Problem;
use crate::telemetry::number;
use crate::telemetry::records::{Record, records};
use crate::telemetry::{asked::Asked, collector::Collector, format::Format, head::Head, text::Text};
use plimsoll::units::Share;

/// A table of clients and throughput.
pub(crate) struct Table;

const CLIENTS: [&str; 12] = [
    "concurrency",
    "clients",
    "users",
    "vus",
    "threads",
    "connections",
    "processors",
    "processes",
    "workers",
    "load",
    "size",
    "n",
];
const THROUGHPUT: [&str; 12] = [
    "throughput",
    "rps",
    "tps",
    "qps",
    "x",
    "requests_per_second",
    "requests/sec",
    "req/s",
    "transactions_per_second",
    "ops/sec",
    "ops_per_second",
    "requests_per_s",
];
/// Names of response times, and what of a second their unit is.
const TIMES: [(&str, f64); 8] = [
    ("latency_ms", 1e3),
    ("latency_s", 1.0),
    ("latency_us", 1e6),
    ("response_time_ms", 1e3),
    ("response_time_s", 1.0),
    ("response_ms", 1e3),
    ("response_s", 1.0),
    ("mean_ms", 1e3),
];

impl Format for Table {
    fn name(&self) -> &'static str {
        "table of clients and throughput"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let first = head.first_line();
        let names: Vec<String> = first.split(char::from(separator(first))).map(normal).collect();
        let has = |known: &[&str]| names.iter().filter(|name| known.contains(&name.as_str())).count() == 1;
        // A vague mark: any other format that knows the file is surer.
        if names.len() <= 8 && has(&CLIENTS) && has(&THROUGHPUT) { Share::percent(60.0) } else { Share::NONE }
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        if let Err(problem) = read(text, asked, to) {
            to.wrong(|| problem);
        }
    }
}

fn separator(line: &str) -> u8 {
    [b'\t', b';'].into_iter().find(|sign| line.contains(char::from(*sign))).unwrap_or(b',')
}

fn normal(name: &str) -> String {
    name.trim().trim_matches('"').to_lowercase().replace(' ', "_")
}

fn read(text: Text, asked: &Asked, to: &mut Collector) -> Result<(), Problem> {
    let (first, text) = text.first_line();
    let mut rows = records(text, separator(&first));
    let name = rows.name().to_owned();
    let Some(header) = rows.next()? else { return Ok(()) };
    let width = header.len();
    let find = |known: &dyn Fn(&str) -> bool| header.iter().position(|cell| known(&normal(cell)));
    let clients = find(&|name| CLIENTS.contains(&name)).unwrap_or(0);
    let rate = find(&|name| THROUGHPUT.contains(&name)).unwrap_or(1);
    let scale = |name: &str| TIMES.iter().find(|(known, _)| *known == name).map(|(_, scale)| *scale);
    let time = find(&|name| scale(name).is_some());
    let time = time.and_then(|at| Some((at, scale(&normal(header.get(at)))?)));
    if time.is_none() {
        to.note("The table has no response times in a unit that is told: R = N / X by Little's law.");
    }
    let mut points = Vec::new();
    while let Some(row) = rows.next()? {
        to.row();
        let cells = if row.len() == width {
            measured(row, clients, rate, time)
        } else {
            Err((usize::MAX, format!("the row has {} cells, the header {width}", row.len())))
        };
        match cells {
            Ok(measured) => {
                let point = measured.and_then(|measured| measured.point(asked, to));
                match point {
                    Some(_) => to.used(),
                    None => to.aside("row without clients or throughput"),
                }
                points.extend(point);
            }
            Err((cell, what)) => to.mistake(|| row.problem(&name, cell, what, "numbers are written 1204.7")),
        }
    }
    point::give("table", None, &words::short(&name), points, to);
    Ok(())
}

/// The point of a row; none where it leaves a cell empty, or nobody asked.
fn measured(
    row: &Record,
    clients: usize,
    rate: usize,
    time: Option<(usize, f64)>,
) -> Result<Option<Measured>, (usize, String)> {
    let amount = |cell: usize| number::amount(row.get(cell)).map_err(|what| (cell, what));
    let (Some(clients), Some(rate)) = (amount(clients)?, amount(rate)?) else { return Ok(None) };
    if clients == 0.0 || rate == 0.0 {
        return Ok(None);
    }
    let told = match time {
        Some((cell, scale)) => amount(cell)?.map(|time| time / scale),
        None => None,
    };
    let mean = told.unwrap_or(clients / rate);
    let clients = Clients::Told(clients);
    Ok(Some(Measured { clients, rate, mean, latency: None, counts: None, starts: None, line: row.line }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::load::testing::read_as;

    #[test]
    fn rows_are_points() {
        let read = read_as(&Table, "Users;Throughput;Latency ms\n1;20;50\n4;78;51.3\n0;0;\n8;;\n").unwrap();
        let points = &read.loads[0].points;
        let told = points.iter().map(|p| (p.clients.get(), p.throughput.as_per_second(), p.response.as_millis()));
        assert_eq!(told.collect::<Vec<_>>(), [(1.0, 20.0, 50.0), (4.0, 78.0, 51.3)]);
        assert_eq!((read.reading.rows_read, read.reading.rows_used), (4, 2));
        assert_eq!(points[0].counted, None);
        let without = read_as(&Table, "n,x\n10,100\n").unwrap();
        assert_eq!(without.loads[0].points[0].response.as_seconds(), 0.1);
        assert!(without.reading.notes[0].contains("R = N / X"));
    }

    #[test]
    fn what_is_no_number_has_its_cell() {
        let problems = read_as(&Table, "clients,throughput\n1,20\n2,fast\n").unwrap_err();
        assert_eq!((problems[0].line, problems[0].column), (3, 3));
        let cut = read_as(&Table, "clients,throughput,latency ms\n1,20,50\n2,3").unwrap_err();
        assert_eq!((cut[0].line, cut[0].what.as_str()), (3, "the row has 2 cells, the header 3"));
    }
}

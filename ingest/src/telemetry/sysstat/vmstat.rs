//! `vmstat -t`: a line for each look, under two lines of names that are repeated for each page.
//!
//! Memory is in KiB and blocks are 1024 bytes, unless `-S` asked for another unit, which nothing tells. The first line is
//! the mean since the host started. Memory in use cannot be told: `vmstat` does not say how much there is.
use super::super::asked::Asked;
use super::super::collector::Collector;
use super::super::format::Format;
use super::super::head::Head;
use super::super::key::{How, Key};
use super::super::stamp::{Zone, Zones, stamp, zoned};
use super::super::text::Text;
use super::super::unit::KIB;
use super::columns::{decimal, place};
use crate::problem::Problem;
use plimsoll::telemetry::Measure;
use plimsoll::units::Share;

/// The format.
pub(crate) struct Vmstat;

/// The names that every version has.
const NAMES: [&str; 6] = ["swpd", "free", "si", "so", "us", "id"];

impl Format for Vmstat {
    fn name(&self) -> &'static str {
        "vmstat"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        Share::of_one(if head.lines().take(10).any(is_names) { 1.0 } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let short = file.rsplit(['/', '\\']).next().unwrap_or(&file);
        let host = asked.resource.clone().unwrap_or_else(|| short.to_owned());
        let mut lines = text.lines();
        let mut table: Option<Table> = None;
        let mut zones = Zones::default();
        let mut rows = 0;
        loop {
            let (number, line) = match lines.next() {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err(problem) => return to.wrong(|| problem),
            };
            if line.trim().is_empty() || line.contains("---") {
                continue;
            }
            if is_names(line) {
                if table.is_some() {
                    to.row();
                    to.aside("header repeated");
                }
                table = Some(Table::of(line));
                continue;
            }
            to.row();
            rows += 1;
            let Some(table) = &table else {
                let what = "a row stands above the first header";
                to.mistake(|| {
                    Problem::in_line(&file, number, line, 0..line.len(), what, "is the file cut at its start?")
                });
                continue;
            };
            if rows == 1 {
                to.note("the first row of vmstat is the mean since the host started: set aside.");
                to.aside("since-boot row");
            } else {
                row(&file, number, line, table, &host, &mut zones, to);
            }
        }
        if rows > 0 && !table.is_some_and(|table| table.has_time) {
            let what = format!("{rows} rows of vmstat without a time: when they were written cannot be told");
            to.wrong(|| Problem::in_whole(&file, what, "record them with `vmstat -t`, as `vmstat -tw 60`"));
        }
    }
}

fn is_names(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    NAMES.iter().all(|name| words.contains(name))
}

struct Table {
    names: Vec<String>,
    has_time: bool,
    /// The letters of the zone, where the header has them.
    zone: Option<String>,
}

impl Table {
    fn of(line: &str) -> Self {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_zone = |word: &&&str| word.bytes().all(|b| b.is_ascii_uppercase()) || **word == "timestamp";
        let time = words.last().filter(is_zone).copied();
        let names = words.iter().filter(|word| Some(**word) != time).map(|&w| w.to_owned()).collect();
        Self { names, has_time: time.is_some(), zone: time.filter(|t| *t != "timestamp").map(str::to_owned) }
    }
}

fn row(file: &str, number: usize, line: &str, table: &Table, host: &str, zones: &mut Zones, to: &mut Collector) {
    let words: Vec<&str> = line.split_whitespace().collect();
    let wrong = |part: &str, what: String| Problem::in_line(file, number, line, place(line, part), what, "");
    let wanted = table.names.len() + if table.has_time { 2 } else { 0 };
    if words.len() != wanted {
        let what = format!("the row has {} cells, its header {wanted}", words.len());
        return to.mistake(|| wrong(line.trim(), what));
    }
    let (cells, time) = words.split_at(table.names.len());
    let mut values = Vec::with_capacity(cells.len());
    for cell in cells {
        match decimal(cell) {
            Ok(Some(value)) => values.push(value),
            _ => return to.mistake(|| wrong(cell, format!("cannot read `{cell}` as a number"))),
        }
    }
    if time.is_empty() {
        return to.aside("row without a time");
    }
    let written = time.join(" ");
    let Some(local) = stamp(&written) else {
        return to.mistake(|| wrong(time[0], format!("cannot read `{written}` as a time")));
    };
    let (at, text) = match &table.zone {
        Some(letters) if local.zone == Zone::Missing => (zoned(local.time, letters), format!("{written} {letters}")),
        _ => (local, written),
    };
    zones.see(at.zone, &text, to);
    let of = |name: &str| table.names.iter().position(|n| n == name).map_or(0.0, |i| values[i]);
    let busy = 1.0 - (of("id") + of("wa") + of("st")) / 100.0;
    let mut give = |measure: Measure, value: f64| {
        let id = to.series(Key::of(host, measure), How::Level, number);
        to.sample(id, at.time, Some(value));
    };
    give(Measure::CpuShare, busy.clamp(0.0, 1.0));
    for (name, value) in table.names.iter().zip(&values) {
        let (measure, factor) = match name.as_str() {
            "r" => (Measure::RunQueue, 1.0),
            "bi" => (Measure::DiskReadBytes, KIB),
            "bo" => (Measure::DiskWriteBytes, KIB),
            "wa" => (Measure::CpuIoWait, 0.01),
            "st" => (Measure::CpuSteal, 0.01),
            own => (Measure::Other(own.into()), 1.0),
        };
        give(measure, value * factor);
    }
    to.used();
}

#[cfg(test)]
mod tests {
    use super::super::testing::{aside, mean, read_asked};
    use super::*;

    const LOOKS: &str = "--procs-- -----memory---- ---swap-- -----io---- -system-- --cpu-- -----timestamp-----\n  \
        r  b swpd free buff cache si so bi bo in cs us sy id wa st gu EST\n  \
        9  0 0 100 10 20 0 0 7 7 5 9 60 7 25 0 0 0 2026-03-01 00:00:00\n  \
        6  1 0 100 10 20 0 0 97 84 9 16 60 20 10 10 0 0 2026-03-01 00:01:00\n  \
        r  b swpd free buff cache si so bi bo in cs us sy id wa st gu EST\n  \
        7  1 0 100 10 20 0 0 0 0 9 16 20 20 50 5 5 0 2026-03-01 00:02:00\n";

    fn read(text: &str) -> Result<plimsoll::telemetry::Telemetry, Vec<Problem>> {
        read_asked(&Vmstat, text, &Asked { resource: Some("a".into()), ..Asked::default() })
    }

    #[test]
    fn looks_with_times_are_series() {
        let read = read(LOOKS).unwrap();
        assert_eq!(mean(&read, "a", None, &Measure::CpuShare), [Some(0.8), Some(0.4)]);
        assert_eq!(mean(&read, "a", None, &Measure::DiskReadBytes)[0], Some(97.0 * 1024.0));
        assert_eq!(mean(&read, "a", None, &Measure::RunQueue), [Some(6.0), Some(7.0)]);
        assert_eq!(read.metrics[0].series.start().to_string(), "2026-03-01T05:01:00Z");
        assert_eq!(aside(&read), [("header repeated", 1), ("since-boot row", 1)]);
    }

    #[test]
    fn looks_without_times_are_refused_with_what_would_do() {
        let text: String =
            LOOKS.lines().map(|l| format!("{}\n", l.split(" 2026").next().unwrap().replace(" EST", ""))).collect();
        let problems = read(&text).unwrap_err();
        assert!(problems[0].what.starts_with("3 rows of vmstat") && problems[0].help.contains("vmstat -t"));
    }

    #[test]
    fn mistakes_have_their_places() {
        let problem = &read(&LOOKS.replace("97 84", "97 8x")).unwrap_err()[0];
        assert_eq!((problem.line, problem.what.as_str()), (4, "cannot read `8x` as a number"));
        assert!(read(&LOOKS.replace(" 97 84", " 97")).unwrap_err()[0].what.contains("19 cells"));
    }
}

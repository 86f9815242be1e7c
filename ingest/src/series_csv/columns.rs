//! Which column holds the times and which the values.
use super::cell::{self, Cell, TimeCell};
use super::source::Source;
use crate::problem::Problem;
use csv::ByteRecord;
use std::io::Read;

/// The columns of a file.
#[derive(Debug)]
pub(crate) struct Columns {
    /// Whether the first row holds names.
    pub(crate) has_header: bool,
    /// How many cells a row has.
    pub(crate) width: usize,
    /// The index of the time column.
    pub(crate) time: usize,
    /// The index of the value column.
    pub(crate) value: usize,
    /// What the time column is called.
    pub(crate) time_name: String,
    /// What the value column is called.
    pub(crate) value_name: String,
    /// What was assumed.
    pub(crate) notes: Vec<String>,
}

/// Names of time columns as exporters write them, letters and digits only.
pub(crate) const TIMES: [&str; 10] =
    ["timestamp", "time", "ds", "datetime", "date", "ts", "timestampms", "timestamputc", "starttime", "timestampanon"];
/// Names of value columns, the surest first: of CloudWatch's statistics, `Sum` is the count of requests.
pub(crate) const VALUES: [&str; 18] = [
    "value",
    "y",
    "requests",
    "requestcount",
    "requestscount",
    "sum",
    "count",
    "counts",
    "hits",
    "rps",
    "qps",
    "rate",
    "requestspersecond",
    "invocations",
    "queries",
    "total",
    "values",
    "throughput",
];
/// A name with one of these words may be a value column too.
const VALUE_WORDS: [&str; 5] = ["count", "request", "persecond", "rate", "hits"];

const ONE_SERIES: &str = "keep one column of times and one of values, or call the column of values `value`";

impl Columns {
    /// Finds the columns from the first rows.
    pub(crate) fn find<R: Read>(sample: &[ByteRecord], source: &Source<R>) -> Result<Self, Problem> {
        let Some(first) = sample.first() else {
            return Err(source.problem_in_whole("the file is empty", "export it again, with a longer time range"));
        };
        let has_header = !is_data(first);
        let rows = &sample[usize::from(has_header)..];
        if first.len() < 2 {
            let what = "the first row has one cell; a time and a value are needed";
            return Err(source.problem(first, 0, what.into(), "cells are separated by `,`, `;` or a tab"));
        }
        if rows.is_empty() {
            let what = "the file has a header and no rows";
            return Err(source.problem_in_whole(what, "export it again, with a longer time range"));
        }
        let names: Vec<String> = (0..first.len()).map(|i| name(first, i, has_header)).collect();
        let plain: Vec<String> = names.iter().map(|n| plain(n)).collect();
        let seen: Vec<Seen> = (0..first.len()).map(|i| Seen::of(rows, i)).collect();
        let time = time_column(&plain, &seen).ok_or_else(|| {
            let what = format!("no column holds times: {}", list(&names, 0..names.len()));
            source.problem(
                first,
                0,
                what,
                "call the column of times `timestamp`, and write 2026-03-01 04:00 or RFC 3339",
            )
        })?;
        let value = value_column(time, &plain, &seen, has_header).map_err(|several| {
            let what = if several.is_empty() {
                format!("no column holds values: {}", list(&names, (0..names.len()).filter(|i| *i != time)))
            } else {
                format!("several columns may hold the values: {}", list(&names, several.iter().copied()))
            };
            source.problem(first, several.first().copied().unwrap_or(0), what, ONE_SERIES)
        })?;
        let mut notes = Vec::new();
        if names.len() > 2 {
            let other = (0..names.len()).filter(|i| *i != time && *i != value);
            let other = list(&names, other);
            notes.push(format!("read `{}` over `{}`; not read: {other}.", names[value], names[time]));
        }
        let (time_name, value_name) = (names[time].clone(), names[value].clone());
        Ok(Self { has_header, width: first.len(), time, value, time_name, value_name, notes })
    }
}

/// Whether a first row holds data: no name is a time or a number.
pub(crate) fn is_data(row: &ByteRecord) -> bool {
    row.iter().any(|c| {
        let is_number = !matches!(cell::value(c), Cell::Empty)
            && std::str::from_utf8(c).is_ok_and(|t| t.trim().parse::<f64>().is_ok());
        is_number || matches!(cell::time(c), TimeCell::At { .. })
    })
}

/// What the first rows hold in a column.
pub(crate) struct Seen {
    times: usize,
    numbers: usize,
    others: usize,
}

impl Seen {
    pub(crate) fn of(rows: &[ByteRecord], column: usize) -> Self {
        let mut seen = Self { times: 0, numbers: 0, others: 0 };
        for cell in rows.iter().filter_map(|row| row.get(column)) {
            match (cell::time(cell), cell::value(cell)) {
                (TimeCell::Empty, _) => {}
                (TimeCell::At { .. }, Cell::Value(_)) => {
                    seen.times += 1;
                    seen.numbers += 1;
                }
                (TimeCell::At { .. }, _) => seen.times += 1,
                (TimeCell::Wrong, Cell::Value(_)) => seen.numbers += 1,
                _ => seen.others += 1,
            }
        }
        seen
    }
    pub(crate) const fn mostly_times(&self) -> bool {
        self.times > self.others + self.numbers.saturating_sub(self.times)
    }
    pub(crate) const fn mostly_numbers(&self) -> bool {
        self.numbers > self.others + self.times.saturating_sub(self.numbers)
    }
}

/// By name and content, then by content, then by name alone, so that a bad cell is shown where it stands.
pub(crate) fn time_column(names: &[String], seen: &[Seen]) -> Option<usize> {
    let named = |i: &usize| TIMES.contains(&names[*i].as_str());
    let sounds = |i: &usize| names[*i].contains("time") || names[*i].contains("date");
    let all = || 0..names.len();
    let rank = |i: &usize| TIMES.iter().position(|n| *n == names[*i]);
    let times = |i: &usize| seen[*i].mostly_times();
    all()
        .filter(named)
        .filter(times)
        .min_by_key(rank)
        .or_else(|| all().filter(sounds).find(times))
        .or_else(|| all().find(|i| times(i) && seen[*i].numbers == 0))
        .or_else(|| all().find(times))
        .or_else(|| all().filter(named).min_by_key(rank))
        .or_else(|| all().find(sounds))
}

/// By name, then as the only column of numbers, then as the only other column.
fn value_column(time: usize, names: &[String], seen: &[Seen], has_header: bool) -> Result<usize, Vec<usize>> {
    let others = || (0..names.len()).filter(|i| *i != time);
    let named = VALUES.iter().find_map(|name| others().find(|i| names[*i] == *name));
    if let Some(named) = named.filter(|_| has_header) {
        return Ok(named);
    }
    let numbers: Vec<usize> = others().filter(|i| seen[*i].mostly_numbers()).collect();
    let sounding: Vec<usize> =
        numbers.iter().copied().filter(|i| has_header && VALUE_WORDS.iter().any(|w| names[*i].contains(w))).collect();
    match (&sounding[..], &numbers[..]) {
        ([one], _) | (_, [one]) => Ok(*one),
        (_, []) if names.len() == 2 => Ok(1 - time),
        _ => Err(numbers),
    }
}

pub(crate) fn name(row: &ByteRecord, index: usize, has_header: bool) -> String {
    let text = String::from_utf8_lossy(&row[index]);
    let text = text.trim();
    if has_header && !text.is_empty() { text.to_owned() } else { format!("column {}", index + 1) }
}

pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub(crate) fn list(names: &[String], which: impl Iterator<Item = usize>) -> String {
    const MOST: usize = 8;
    let which: Vec<_> = which.collect();
    let shown: Vec<_> = which.iter().take(MOST).map(|i| format!("`{}`", names[*i])).collect();
    let rest = if which.len() > MOST { format!(" and {} more", which.len() - MOST) } else { String::new() };
    shown.join(", ") + &rest
}

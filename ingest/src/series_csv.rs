//! Request counts or rates over time as CSV: `timestamp,value`, with any names, in any of the dialects exporters write.
//!
//! Columns are found by name, then by content. Times are ISO 8601 with or without a zone (without: taken as UTC, and
//! said so), or a Unix time in seconds, milli-, micro- or nanoseconds, told apart by size. A cell that is empty, `NaN`
//! or `NULL` is a gap. Nothing else is passed over: every row is used, set aside by a counted rule, or a `Problem`.
//! Reads as a stream: only the numbers are kept.
pub(crate) mod cell;
mod columns;
pub(crate) mod source;

use crate::problem::Problem;
use cell::{Cell, TimeCell};
use columns::Columns;
use csv::ByteRecord;
use plimsoll::series::{Point, Series};
use source::Source;
use std::io::Read;

/// A series, and how it was read.
#[derive(Clone, Debug)]
pub struct SeriesFile {
    /// The values on their grid; `series.quality()` accounts for every row with a time.
    pub series: Series,
    /// What the column of times is called; `column 1` without a header.
    pub time_column: String,
    /// What the column of values is called.
    pub value_column: String,
    /// Rows read, the header not counted: `series.quality().rows + blank_rows`.
    pub rows: usize,
    /// Rows without time and value, as spreadsheets leave them at the end.
    pub blank_rows: usize,
    /// Assumptions made in reading, a sentence each.
    pub notes: Vec<String>,
}

/// The most problems that are shown of one file.
const SHOWN: usize = 20;
/// So many rows are looked at to find the columns by content.
const SAMPLE: usize = 20;

/// Reads a series from the bytes of a file, plain or packed with gzip or zstd. `name` is what problems call the file.
///
/// All mistakes are collected, up to 20 with their places and the number of the rest.
pub fn read(name: &str, bytes: impl Read) -> Result<SeriesFile, Vec<Problem>> {
    let mut source = Source::open(name, bytes).map_err(|problem| vec![problem])?;
    let mut sample = Vec::new();
    while sample.len() <= SAMPLE {
        match source.next() {
            Ok(Some(record)) => sample.push(record),
            Ok(None) => break,
            Err(problem) => return Err(vec![problem]),
        }
    }
    let columns = Columns::find(&sample, &source).map_err(|problem| vec![problem])?;
    let mut rows = Rows::new(&columns);
    for record in sample.iter().skip(usize::from(columns.has_header)) {
        rows.take(record, &source);
    }
    drop(sample);
    let mut record = ByteRecord::new();
    loop {
        match source.next_into(&mut record) {
            Ok(true) => rows.take(&record, &source),
            Ok(false) => break,
            Err(problem) => {
                rows.wrong(|| problem);
                break;
            }
        }
    }
    rows.finish(name)
}

/// What has been read so far.
struct Rows<'c> {
    columns: &'c Columns,
    points: Vec<Point>,
    read: usize,
    blank: usize,
    without_zone: usize,
    problems: Vec<Problem>,
    mistakes: usize,
}

impl<'c> Rows<'c> {
    fn new(columns: &'c Columns) -> Self {
        let (points, problems) = (Vec::new(), Vec::new());
        Self { columns, points, read: 0, blank: 0, without_zone: 0, problems, mistakes: 0 }
    }
    fn take<R: Read>(&mut self, record: &ByteRecord, source: &Source<R>) {
        self.read += 1;
        let columns = self.columns;
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            self.blank += 1;
            return;
        }
        if record.len() != columns.width {
            self.wrong(|| {
                let (has, wants) = (cells(record.len()), cells(columns.width));
                let from = record.len().min(columns.width).saturating_sub(1);
                let what = format!("the row has {has}, the first row has {wants}");
                source.problem(record, from, what, "is a separator or a quote missing, or a number written `1,204`?")
            });
            return;
        }
        let time = cell::time(&record[columns.time]);
        let value = cell::value(&record[columns.value]);
        if let (TimeCell::Empty, Cell::Empty) = (&time, &value) {
            self.blank += 1;
            return;
        }
        let mut point = None;
        match (time, value) {
            (TimeCell::At { time, zone }, Cell::Value(value)) => point = Some((time, zone, Some(value))),
            (TimeCell::At { time, zone }, Cell::Empty) => point = Some((time, zone, None)),
            (time, value) => {
                if let Some((what, help)) = time.wrong(&record[columns.time]) {
                    self.wrong(|| source.problem(record, columns.time, what, help));
                }
                if let Cell::Wrong { what, help } = value {
                    self.wrong(|| source.problem(record, columns.value, what, help));
                }
            }
        }
        if let Some((time, zone, value)) = point {
            self.without_zone += usize::from(!zone);
            // Once a mistake is known there will be no series: stop collecting, go on looking.
            if self.mistakes == 0 {
                self.points.push(Point::new(time, value));
            }
        }
    }
    fn wrong(&mut self, problem: impl FnOnce() -> Problem) {
        self.mistakes += 1;
        if self.problems.len() < SHOWN {
            self.problems.push(problem());
        }
    }
    fn finish(mut self, name: &str) -> Result<SeriesFile, Vec<Problem>> {
        if self.mistakes > self.problems.len() {
            let (all, shown) = (self.mistakes, self.problems.len());
            self.problems.push(Problem::in_whole(
                name,
                format!("{all} mistakes in all, the first {shown} are shown"),
                "",
            ));
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        let columns = self.columns;
        let series = Series::from_points(&columns.value_name, self.points)
            .map_err(|error| vec![Problem::in_whole(name, error.to_string(), error.help())])?;
        let mut notes = columns.notes.clone();
        if self.without_zone > 0 {
            notes.push(format!("the times of `{}` have no zone: taken as UTC.", columns.time_name));
        }
        if self.blank > 0 {
            notes.push(format!("{} blank rows were set aside.", self.blank));
        }
        Ok(SeriesFile {
            series,
            time_column: columns.time_name.clone(),
            value_column: columns.value_name.clone(),
            rows: self.read,
            blank_rows: self.blank,
            notes,
        })
    }
}

fn cells(n: usize) -> String {
    if n == 1 { "1 cell".into() } else { format!("{n} cells") }
}

#[cfg(test)]
#[path = "series_csv/tests.rs"]
mod tests;

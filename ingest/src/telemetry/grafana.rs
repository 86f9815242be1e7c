//! Grafana: "Download CSV" of a panel's data, one series a file or all joined by time, plain, formatted or for Excel.
//!
//! Grafana, "Panel inspect view". Headers are labels where the data source has them, else what the legend says; `Formatted
//! data` puts units into the cells and local time into the first column. A step
//! without a value is a gap.
use super::asked::Asked;
use super::collector::{Collector, SeriesId};
use super::format::Format;
use super::head::Head;
use super::key::{How, Key};
use super::prometheus::{self, Labels, Looked};
use super::table::{self, Row, Table};
use super::text::Text;
use super::{name, printed, shown};
use plimsoll::series::{Point, Time};
use plimsoll::telemetry::Measure;
use plimsoll::telemetry::Unit;
use plimsoll::units::Share;

/// See the module.
pub(super) struct Grafana;

/// Words of a legend that name a measure, not a resource.
const OF_MEASURES: [&str; 10] =
    ["cpu", "memory", "mem", "ram", "disk", "network", "usage", "utilization", "percent", "load"];

impl Format for Grafana {
    fn name(&self) -> &'static str {
        "Grafana CSV"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let header = table::header(head);
        if header.len() < 2 || header[0] != "Time" {
            return Share::NONE;
        }
        let has_labels = header[1..].iter().any(|name| prometheus::read_labels(name).is_some());
        // Only Grafana quotes its header and nothing else.
        let is_quoted = head.lines().take(2).any(|line| line.starts_with("\"Time\""));
        let first = head
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.contains("Time"))
            .find(|l| !l.starts_with("sep="));
        let cells: Vec<&str> =
            first.unwrap_or_default().split([',', ';', '\t']).map(|cell| cell.trim_matches('"')).collect();
        let is_epoch = cells[0].len() == 13 && cells[0].bytes().all(|b| b.is_ascii_digit());
        let has_units = cells[1..].iter().any(|cell| matches!(shown::read(cell), Ok(Some((_, Some(_))))));
        let marks = [has_labels, is_quoted, is_epoch, has_units].iter().filter(|mark| **mark).count();
        Share::of_one([0.0, 0.6, 0.9, 1.0, 1.0][marks])
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let mut table = match Table::open(text) {
            Ok(table) => table,
            Err(problem) => return to.wrong(|| problem),
        };
        let mut columns: Option<Vec<Column>> = None;
        loop {
            match table.next() {
                Ok(Some(row)) => match &mut columns {
                    None => columns = Some(row.cells().skip(1).map(|name| Column::new(name, row.line)).collect()),
                    Some(columns) => take(&row, columns, to),
                },
                Ok(None) => break,
                Err(problem) => return to.wrong(|| problem),
            }
        }
        let (mut labeled, mut plain) = (Vec::new(), Vec::new());
        for column in columns.unwrap_or_default() {
            let measured = column.labels.as_ref().and_then(|l| shown::measure(l.get("__name__")?, column.unit));
            match (column.labels.is_some(), measured) {
                (true, None) => labeled.push(column),
                _ => plain.push(column),
            }
        }
        for column in plain {
            legend(&column, &file, asked, to);
        }
        let looked = labeled
            .into_iter()
            .filter_map(|column| Some(Looked { labels: column.labels?, points: column.points, line: column.line }));
        prometheus::give(looked.collect(), &file, asked, to);
    }
}

/// One series, until all of it is there.
struct Column {
    name: String,
    labels: Option<Labels>,
    line: usize,
    unit: Option<Unit>,
    points: Vec<Point>,
}

impl Column {
    fn new(name: &str, line: usize) -> Self {
        Self { name: name.into(), labels: prometheus::read_labels(name), line, unit: None, points: Vec::new() }
    }
}

fn take(row: &Row<'_>, columns: &mut [Column], to: &mut Collector) {
    to.row();
    let Some(stamp) = printed::read(row.cell(0)) else {
        return to.mistake(|| row.problem(0, format!("cannot read `{}` as a time", row.cell(0)), printed::AS_TIME));
    };
    if row.len() > columns.len() + 1 {
        let what = format!("the row has {} cells and the header {}", row.len(), columns.len() + 1);
        return to.mistake(|| row.problem(columns.len() + 1, what, "export it again, without changing it by hand"));
    }
    if !stamp.has_zone {
        to.note("Times without a zone, as Grafana's formatted data has them, are read as UTC.");
    }
    let mut values: Vec<Option<(f64, Option<Unit>)>> = Vec::with_capacity(columns.len());
    for at in 1..=columns.len() {
        match shown::read(row.cell(at)) {
            Ok(value) => values.push(value),
            Err(what) => {
                let help = "numbers are written 1204.7; in Grafana switch `Formatted data` off";
                return to.mistake(|| row.problem(at, what, help));
            }
        }
    }
    let time: Time = stamp.time;
    if values.iter().all(Option::is_none) {
        return to.aside("row without a value");
    }
    to.used();
    for (column, value) in columns.iter_mut().zip(values) {
        column.unit = column.unit.or(value.and_then(|(_, unit)| unit));
        // Series of other steps stand in the same rows: an empty cell need not be a gap.
        if let Some((value, _)) = value {
            column.points.push(Point::new(time, Some(value)));
        }
    }
}

/// A column whose header is what a person wrote, or whose labels name no metric that is known.
fn legend(column: &Column, file: &str, asked: &Asked, to: &mut Collector) {
    let name = column.labels.as_ref().and_then(|labels| labels.get("__name__")).unwrap_or(&column.name);
    let said = asked.measure.clone().map(|measure| (measure, 1.0));
    let (measure, scale) = said
        .or_else(|| shown::measure(name, column.unit))
        .unwrap_or_else(|| (Measure::Other(column.name.clone()), 1.0));
    let resource = if let Some(labels) = &column.labels {
        prometheus::resource(labels)
    } else {
        let words = column.name.split_whitespace();
        let rest: Vec<&str> = words.filter(|w| !OF_MEASURES.contains(&w.to_ascii_lowercase().as_str())).collect();
        let is_named = !matches!(measure, Measure::Other(_)) && rest.len() < column.name.split_whitespace().count();
        (is_named && !rest.is_empty()).then(|| rest.join(" "))
    };
    let resource = resource.unwrap_or_else(|| name::of_file(file, asked));
    let id: SeriesId = to.series(Key::of(resource, measure), How::Level, column.line);
    for point in &column.points {
        to.sample(id, point.time(), point.value().map(|value| value * scale));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problem;
    use plimsoll::telemetry::Telemetry;

    fn read(text: &str) -> Result<Telemetry, Vec<Problem>> {
        assert!(
            Grafana.detect(&Head::new(text.trim_start_matches('\u{feff}').as_bytes(), true)).as_part() >= 0.6,
            "{text}"
        );
        let mut to = Collector::new(false);
        to.begin("panel.csv", Grafana.name(), Share::ALL);
        Grafana.read(Text::of("panel.csv", text), &Asked::default(), &mut to);
        to.finish()
    }

    #[test]
    fn joined_series_have_labels() {
        let text = "\"Time\",\"{__name__=\"\"node_load1\"\", instance=\"\"a\"\"}\",\"node_load1{instance=\"\"b\"\"}\"\n\
            1772337600000,0.5,1\n1772337660000,,2\n1772337720000,,\n1772337780000,0.5,3\n1772337840000,0.5,3\n1772337900000,1,3\n";
        let read = read(text).unwrap();
        let told: Vec<_> =
            read.metrics.iter().map(|m| (m.resource.0.as_str(), m.measure.clone(), m.series.value(1))).collect();
        assert_eq!(told, [("a", Measure::RunQueue, None), ("b", Measure::RunQueue, Some(2.0))]);
        assert_eq!((read.reading.rows_used, read.reading.aside[0].rows), (5, 1));
    }

    #[test]
    fn formatted_cells_have_units() {
        let text = "\u{feff}sep=;\r\n\"Time\";\"web-1 CPU\";\"web-1 memory\"\r\n2026-03-01 04:00:00;12.5%;1.5 GiB\r\n2026-03-01 04:01:00;25%;2 GiB\r\n";
        let read = read(text).unwrap();
        let told: Vec<_> =
            read.metrics.iter().map(|m| (m.resource.0.as_str(), m.measure.clone(), m.series.value(0))).collect();
        assert_eq!(
            told,
            [("web-1", Measure::CpuShare, Some(0.125)), ("web-1", Measure::MemoryUsed, Some(1_610_612_736.0))]
        );
        assert!(read.reading.notes[0].contains("UTC"));
    }

    #[test]
    fn mistakes_have_their_cell() {
        let bad = "\"Time\",\"x\"\n1772337600000,1\n1772337660000,3 sheep\n";
        assert!(
            read(bad).unwrap_err()[0].to_string().starts_with("panel.csv:3:15: the unit of `3 sheep` is not known")
        );
        let shifted = "\"Time\",\"x\"\n1772337600000,1,2\n";
        assert!(read(shifted).unwrap_err()[0].what.contains("3 cells and the header 2"));
    }
}

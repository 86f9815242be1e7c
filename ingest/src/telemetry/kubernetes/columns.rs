//! Tables of containers with a column for each measure: the shape of OpenCost's and of the koku metrics operator's CSV.
use crate::problem::Problem;
use crate::telemetry::collector::Collector;
use crate::telemetry::key::{How, Key};
use crate::telemetry::number;
use crate::telemetry::printed;
use crate::telemetry::table::{Row, Table};
use crate::telemetry::text::Text;
use plimsoll::series::Time;
use plimsoll::telemetry::{Facts, Measure, Reservation, Statistic};
use plimsoll::units::{Compute, Data};

/// How values of a column become values of the measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Over {
    /// They are.
    Itself,
    /// They are sums over the row's interval.
    Interval,
}

/// A column that is read.
pub(super) type Column = (&'static str, Measure, Statistic, Over);

/// What a table of containers looks like.
pub(super) struct Layout {
    /// Columns whose cells together name the resource; empty ones are left out.
    pub(super) resource: &'static [&'static str],
    /// Where a row's interval begins.
    pub(super) start: &'static str,
    /// Where it ends; a day later where there is no such column.
    pub(super) end: Option<&'static str>,
    /// The columns of measures.
    pub(super) columns: &'static [Column],
    /// Columns that name a machine and tell its processors and memory.
    pub(super) machine: Option<(&'static str, &'static str, &'static str)>,
}

/// A layout in a file: where each of its columns is.
struct Placed {
    width: usize,
    resource: Vec<usize>,
    start: usize,
    end: Option<usize>,
    columns: Vec<(usize, &'static Column)>,
    machine: Option<(usize, usize, usize)>,
}

/// Reads a table of this layout.
pub(super) fn read(layout: &'static Layout, text: Text, to: &mut Collector) {
    let file = text.name().to_owned();
    let mut table = match Table::open(text) {
        Ok(table) => table,
        Err(problem) => return to.wrong(|| problem),
    };
    let mut placed: Option<Placed> = None;
    loop {
        match table.next() {
            Ok(Some(row)) => match &placed {
                None => match place(layout, &row, &file) {
                    Ok(found) => placed = Some(found),
                    Err(problem) => return to.wrong(|| problem),
                },
                Some(placed) => {
                    to.row();
                    match take(placed, &row, to) {
                        Ok(()) => to.used(),
                        Err(problem) => to.mistake(|| problem),
                    }
                }
            },
            Ok(None) => return,
            Err(problem) => return to.wrong(|| problem),
        }
    }
}

fn place(layout: &'static Layout, header: &Row<'_>, file: &str) -> Result<Placed, Problem> {
    let find = |name: &str| header.cells().position(|cell| cell.eq_ignore_ascii_case(name));
    let needed = |name: &str| {
        let missing = || Problem::in_whole(file, format!("the column `{name}` is missing"), "export all columns");
        find(name).ok_or_else(missing)
    };
    Ok(Placed {
        width: header.len(),
        resource: layout.resource.iter().filter_map(|name| find(name)).collect(),
        start: needed(layout.start)?,
        end: layout.end.map(needed).transpose()?,
        columns: layout.columns.iter().filter_map(|column| Some((find(column.0)?, column))).collect(),
        machine: layout.machine.and_then(|(name, cpus, memory)| Some((find(name)?, find(cpus)?, find(memory)?))),
    })
}

fn take(placed: &Placed, row: &Row<'_>, to: &mut Collector) -> Result<(), Problem> {
    row.as_wide_as(placed.width)?;
    let time = |at: usize| {
        let what = || row.problem(at, format!("cannot read `{}` as a time", row.cell(at)), printed::AS_TIME);
        printed::read(row.cell(at)).map(|stamp| stamp.time).ok_or_else(what)
    };
    let start = time(placed.start)?;
    let seconds = match placed.end {
        Some(end) => {
            length(start, time(end)?).ok_or_else(|| row.problem(end, "the interval ends before it begins", ""))?
        }
        None => 86_400.0,
    };
    let amount =
        |at: usize| number::amount(row.cell(at)).map_err(|what| row.problem(at, what, "amounts are written 1204.7"));
    let mut values = Vec::with_capacity(placed.columns.len());
    for (at, _) in &placed.columns {
        values.push(amount(*at)?);
    }
    let names: Vec<&str> = placed.resource.iter().map(|at| row.cell(*at)).filter(|name| !name.is_empty()).collect();
    let resource = names.join("/");
    let mut facts = Facts::default();
    for ((_, (_, measure, statistic, over)), value) in placed.columns.iter().zip(values) {
        let Some(value) = value else { continue };
        let value = if *over == Over::Interval { value / seconds } else { value };
        if *statistic == Statistic::Mean && value > 0.0 {
            tell(measure, value, &mut facts);
        }
        let id = to.series(Key::of(resource.clone(), measure.clone()).statistic(*statistic), How::Level, row.line);
        to.sample(id, start, Some(value));
    }
    if facts != Facts::default() {
        to.facts(resource, facts);
    }
    if let Some((name, cpus, memory)) = placed.machine
        && !row.cell(name).is_empty()
    {
        let vcpus = amount(cpus)?.map(Compute::vcpus);
        let memory = amount(memory)?.map(Data::bytes);
        to.facts(row.cell(name), Facts { vcpus, memory, ..Facts::default() });
    }
    Ok(())
}

/// Seconds from start to end; an end of :59 and a start of :01 are meant as full minutes.
fn length(start: Time, end: Time) -> Option<f64> {
    let seconds = end.as_unix_seconds() - start.as_unix_seconds();
    let minutes = ((seconds as f64) / 60.0).round();
    match seconds {
        ..=0 => None,
        1..30 => Some(seconds as f64),
        _ => Some(minutes * 60.0),
    }
}

/// Notes what a container asks for and may use.
fn tell(measure: &Measure, value: f64, facts: &mut Facts) {
    let place: &mut Reservation = match measure {
        Measure::CpuRequested | Measure::MemoryRequested => &mut facts.request,
        Measure::CpuLimit | Measure::MemoryLimit => &mut facts.limit,
        _ => return,
    };
    match measure {
        Measure::CpuRequested | Measure::CpuLimit => place.cpu = Some(Compute::vcpus(value)),
        _ => place.memory = Some(Data::bytes(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_full_minutes() {
        let length = |a, b| length(Time::unix_seconds(a), Time::unix_seconds(b));
        assert_eq!(
            [length(0, 3600), length(1, 900), length(0, 3599), length(0, 5)],
            [3600.0, 900.0, 3600.0, 5.0].map(Some)
        );
        assert_eq!(length(5, 5), None);
    }
}

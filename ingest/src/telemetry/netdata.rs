//! Netdata: `api/v1/data?format=csv` of one chart, newest row first, lines that end with CR LF, `null` for a gap.
//!
//! The file does not say which chart it is of: the names of its columns do, for the charts of a whole system.
use super::asked::Asked;
use super::collector::{Collector, SeriesId};
use super::format::Format;
use super::head::Head;
use super::key::{How, Key};
use super::table::{self, Row, Table};
use super::text::Text;
use super::{name, number, printed};
use plimsoll::telemetry::Measure;
use plimsoll::units::Share;

/// See the module.
pub(super) struct Netdata;

/// A chart that is known by its columns.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Chart {
    /// `system.cpu`, in per cent of all processors; what is idle is left out unless asked for.
    Cpu,
    /// `system.ram`, in MiB.
    Ram,
    /// `system.net`, in kilobits a second; what is sent is below zero.
    Net,
    /// `system.io`, in KiB a second; what is written is below zero.
    Io,
    /// `system.load`.
    Load,
}

const MIB: f64 = 1_048_576.0;

fn chart(columns: &[String]) -> Option<Chart> {
    let has = |names: &[&str]| names.iter().all(|name| columns.iter().any(|column| column == name));
    Some(match () {
        () if has(&["time", "user", "system"]) => Chart::Cpu,
        () if has(&["time", "used", "cached", "free"]) => Chart::Ram,
        () if has(&["time", "received", "sent"]) => Chart::Net,
        () if columns.len() == 3 && has(&["time", "in", "out"]) => Chart::Io,
        () if has(&["time", "load1", "load5"]) => Chart::Load,
        () => return None,
    })
}

impl Format for Netdata {
    fn name(&self) -> &'static str {
        "Netdata CSV"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let header = table::header(head);
        if header.first().is_none_or(|first| first != "time") || chart(&header).is_none() {
            return Share::NONE;
        }
        let ends = head.text().contains("\r\n");
        let mut times = head.lines().skip(1).filter_map(|line| printed::read(line.split(',').next()?));
        let falls = times.next().zip(times.next()).is_some_and(|(first, second)| second.time < first.time);
        Share::of_one(0.55 + if ends { 0.2 } else { 0.0 } + if falls { 0.25 } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let mut table = match Table::open(text) {
            Ok(table) => table,
            Err(problem) => return to.wrong(|| problem),
        };
        let mut given: Option<Given> = None;
        loop {
            match table.next() {
                Ok(Some(row)) => match &given {
                    None => {
                        let columns = row.cells().map(str::to_owned).collect();
                        given = Some(Given::new(columns, (&file, row.line), asked, to));
                    }
                    Some(given) => given.take(&row, to),
                },
                Ok(None) => return,
                Err(problem) => return to.wrong(|| problem),
            }
        }
    }
}

/// A value of a measure, from what gives the values of a row by the names of their columns.
type Value = fn(&dyn Fn(&str) -> Option<f64>) -> Option<f64>;

/// One chart, and the series that its columns make.
struct Given {
    columns: Vec<String>,
    series: Vec<(SeriesId, Value)>,
}

impl Given {
    fn new(columns: Vec<String>, (file, line): (&str, usize), asked: &Asked, to: &mut Collector) -> Self {
        let busy: Value = |of| {
            let busy = ["user", "nice", "system", "softirq", "irq", "steal", "guest", "guest_nice"];
            Some((of("user")? + busy[1..].iter().filter_map(|name| of(name)).sum::<f64>()) / 100.0)
        };
        let known: Vec<(Measure, Value)> = match chart(&columns) {
            Some(Chart::Cpu) => vec![
                (Measure::CpuShare, busy),
                (Measure::CpuIoWait, |of| Some(of("iowait")? / 100.0)),
                (Measure::CpuSteal, |of| Some(of("steal")? / 100.0)),
            ],
            Some(Chart::Ram) => vec![
                (Measure::MemoryUsed, |of| Some(of("used")? * MIB)),
                (Measure::MemoryCapacity, |of| {
                    Some((of("used")? + of("free")? + of("cached")? + of("buffers").unwrap_or(0.0)) * MIB)
                }),
            ],
            Some(Chart::Net) => vec![
                (Measure::NetworkIn, |of| Some(of("received")? * 125.0)),
                (Measure::NetworkOut, |of| Some(of("sent")?.abs() * 125.0)),
            ],
            Some(Chart::Io) => vec![
                (Measure::DiskReadBytes, |of| Some(of("in")? * 1024.0)),
                (Measure::DiskWriteBytes, |of| Some(of("out")?.abs() * 1024.0)),
            ],
            Some(Chart::Load) => vec![(Measure::RunQueue, |of| of("load1"))],
            None => Vec::new(),
        };
        let resource = name::of_file(file, asked);
        let needs = |measure: &Measure| match measure {
            Measure::CpuIoWait => columns.iter().any(|name| name == "iowait"),
            Measure::CpuSteal => columns.iter().any(|name| name == "steal"),
            _ => true,
        };
        let known = known.into_iter().filter(|(measure, _)| needs(measure));
        let series =
            known.map(|(m, value)| (to.series(Key::of(resource.clone(), m), How::Level, line), value)).collect();
        Self { columns, series }
    }

    fn take(&self, row: &Row<'_>, to: &mut Collector) {
        to.row();
        let Some(stamp) = printed::read(row.cell(0)) else {
            return to.mistake(|| row.problem(0, format!("cannot read `{}` as a time", row.cell(0)), printed::AS_TIME));
        };
        if let Err(problem) = row.as_wide_as(self.columns.len()) {
            return to.mistake(|| problem);
        }
        if !stamp.has_zone {
            to.note("Netdata writes the local time of its machine: it is read as UTC.");
        }
        let mut values = vec![None];
        for at in 1..self.columns.len() {
            match number::number(row.cell(at)) {
                Ok(value) => values.push(value),
                Err(what) => return to.mistake(|| row.problem(at, what, "numbers are written 1204.7, gaps null")),
            }
        }
        if values.iter().all(Option::is_none) {
            to.aside("row without a value");
        } else {
            to.used();
        }
        let of = |name: &str| values[self.columns.iter().position(|column| column == name)?];
        for (id, value) in &self.series {
            to.sample(*id, stamp.time, value(&of));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problem;
    use plimsoll::telemetry::Telemetry;

    fn read(text: &str) -> Result<Telemetry, Vec<Problem>> {
        assert!(Netdata.detect(&Head::new(text.as_bytes(), true)).as_part() > 0.7, "{text}");
        let mut to = Collector::new(false);
        to.begin("web-1.csv", Netdata.name(), Share::ALL);
        Netdata.read(Text::of("web-1.csv", text), &Asked::default(), &mut to);
        to.finish()
    }

    fn told(read: &Telemetry) -> Vec<(&str, Option<f64>)> {
        read.metrics.iter().map(|m| (m.measure.word(), m.series.iter().find_map(|(_, v)| v))).collect()
    }

    #[test]
    fn charts_are_known_by_their_columns() {
        let cpu = "time,user,system,iowait\r\n2026-03-01 04:00:01,50,25,5\r\n2026-03-01 04:00:00,25,null,5\r\n2026-03-01 03:59:59,null,null,null\r\n";
        let cpu = read(cpu).unwrap();
        assert_eq!(told(&cpu), [("cpu_share", Some(0.25)), ("cpu_io_wait", Some(0.05))]);
        assert_eq!((cpu.metrics[0].series.value(2), cpu.reading.aside[0].rows), (Some(0.75), 1));
        let net = read("time,received,sent\r\n1772337601,8,-16\r\n1772337600,16,-8\r\n").unwrap();
        assert_eq!(told(&net), [("network_in", Some(2000.0)), ("network_out", Some(1000.0))]);
        let ram = read("time,free,used,cached,buffers\r\n1772337601,1,2,3,4\r\n1772337600,1,2,3,4\r\n").unwrap();
        assert_eq!(told(&ram), [("memory_used", Some(2.0 * MIB)), ("memory_capacity", Some(10.0 * MIB))]);
    }

    #[test]
    fn other_tables_are_not_taken() {
        for text in ["time,value\r\n1772337600,1\r\n", "when,user,system\r\n", ""] {
            assert_eq!(Netdata.detect(&Head::new(text.as_bytes(), true)), Share::NONE, "{text}");
        }
        let problem = &read("time,load1,load5\r\n1772337601,1,1\r\n1772337600,low,1\r\n").unwrap_err()[0];
        assert_eq!((problem.line, problem.column), (3, 12));
        let cut = &read("time,load1,load5\r\n1772337601,1,1\r\n1772337600,1").unwrap_err()[0];
        assert_eq!((cut.line, cut.what.as_str()), (3, "the row has 2 cells, the header 3"));
    }
}

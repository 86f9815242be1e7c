//! Bitbrains traces (GWA-T-12): a file for each machine, a row for every five minutes, cells between `;` and a tab.
//!
//! `Timestamp [ms]` holds seconds, and KB are 1024 bytes: machines of 2097152 KB have 2 GiB. S. Shen, V. van Beek and
//! A. Iosup, "Statistical Characterization of Business-Critical Workloads Hosted in Cloud Datacenters", CCGrid 2015.
use super::asked::Asked;
use super::collector::Collector;
use super::format::Format;
use super::head::Head;
use super::key::{How, Key};
use super::number::amount;
use super::stamp::stamp;
use super::text::Text;
use super::unit::KIB;
use crate::problem::Problem;
use plimsoll::telemetry::{Facts, Measure};
use plimsoll::units::{Compute, Data, Share};

/// The format.
pub(crate) struct Bitbrains;

/// Names that no other table has together.
const MARKS: [&str; 4] =
    ["CPU cores", "CPU capacity provisioned [MHZ]", "CPU usage [MHZ]", "Memory capacity provisioned [KB]"];

impl Format for Bitbrains {
    fn name(&self) -> &'static str {
        "Bitbrains GWA-T-12"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        Share::of_one(if head.first_line().contains(';') { head.share_of(&MARKS) } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let short = file.rsplit(['/', '\\']).next().unwrap_or(&file);
        let host = asked.resource.clone().unwrap_or_else(|| short.to_owned());
        let mut lines = text.lines();
        let mut names: Option<Vec<String>> = None;
        loop {
            let (number, line) = match lines.next() {
                Ok(Some(next)) => next,
                Ok(None) => return,
                Err(problem) => return to.wrong(|| problem),
            };
            if line.trim().is_empty() {
                continue;
            }
            let cells: Vec<&str> = line.split(';').map(str::trim).collect();
            match &names {
                None => names = Some(cells.iter().map(|&name| name.to_owned()).collect()),
                Some(names) => {
                    to.row();
                    match row(&host, names, &cells, number, to) {
                        Ok(()) => to.used(),
                        Err((cell, what)) => to.mistake(|| {
                            let from = (cell.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
                            Problem::in_line(&file, number, line, from..from + cell.len(), what, "")
                        }),
                    }
                }
            }
        }
    }
}

/// What a column is, by its name.
fn measure(name: &str) -> (Measure, f64) {
    match name {
        "CPU cores" => (Measure::CpuCapacity, 1.0),
        "CPU usage [%]" => (Measure::CpuShare, 0.01),
        "Memory capacity provisioned [KB]" => (Measure::MemoryCapacity, KIB),
        "Memory usage [KB]" => (Measure::MemoryUsed, KIB),
        "Disk read throughput [KB/s]" => (Measure::DiskReadBytes, KIB),
        "Disk write throughput [KB/s]" => (Measure::DiskWriteBytes, KIB),
        "Network received throughput [KB/s]" => (Measure::NetworkIn, KIB),
        "Network transmitted throughput [KB/s]" => (Measure::NetworkOut, KIB),
        own => (Measure::Other(own.into()), 1.0),
    }
}

fn row<'c>(
    host: &str,
    names: &[String],
    cells: &[&'c str],
    line: usize,
    to: &mut Collector,
) -> Result<(), (&'c str, String)> {
    let first = cells.first().copied().unwrap_or_default();
    if cells.len() != names.len() {
        return Err((first, format!("the row has {} cells, its header {}", cells.len(), names.len())));
    }
    let at = stamp(first).ok_or_else(|| (first, format!("cannot read `{first}` as a time")))?;
    let mut values = Vec::with_capacity(cells.len());
    for cell in &cells[1..] {
        values.push(amount(cell).map_err(|what| (*cell, what))?);
    }
    let mut facts = Facts::default();
    for (name, value) in names[1..].iter().zip(values) {
        let (measure, factor) = measure(name);
        let value = value.map(|v| v * factor);
        match (&measure, value) {
            (Measure::CpuCapacity, Some(cores)) => facts.vcpus = Some(Compute::vcpus(cores)),
            (Measure::MemoryCapacity, Some(bytes)) => facts.memory = Some(Data::bytes(bytes)),
            _ => {}
        }
        let id = to.series(Key::of(host, measure), How::Level, line);
        to.sample(id, at.time, value);
    }
    to.facts(host, facts);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::sysstat::testing::{mean, read};
    use super::*;

    const ROWS: &str = "Timestamp [ms];\tCPU cores;\tCPU capacity provisioned [MHZ];\tCPU usage [MHZ];\tCPU usage [%];\t\
        Memory capacity provisioned [KB];\tMemory usage [KB]\n\
        1772323200;\t2;\t5200.0;\t520.0;\t10.0;\t2097152.0;\t1048576.0\n\
        1772323500;\t2;\t5200.0;\t520.0;\t20.0;\t2097152.0;\t1048576.0\n";

    #[test]
    fn seconds_are_called_milliseconds() {
        assert_eq!(Bitbrains.detect(&Head::new(ROWS.as_bytes(), true)), Share::ALL);
        let read = read(&Bitbrains, ROWS).unwrap();
        assert_eq!(mean(&read, "x", None, &Measure::CpuShare), [Some(0.1), Some(0.2)]);
        assert_eq!(mean(&read, "x", None, &Measure::MemoryUsed)[0], Some(1024.0 * 1024.0 * 1024.0));
        assert_eq!(read.metrics[0].series.start().to_string(), "2026-03-01T00:00:00Z");
        let facts = read.facts.values().next().unwrap();
        assert_eq!((facts.vcpus, facts.memory), (Some(Compute::vcpus(2.0)), Some(Data::gib(2.0))));
    }

    #[test]
    fn mistakes_have_their_places() {
        let problem = &read(&Bitbrains, &ROWS.replace("\t20.0", "\t-20.0")).unwrap_err()[0];
        assert_eq!((problem.line, problem.what.as_str()), (3, "`-20.0` is below zero"));
        assert!(read(&Bitbrains, &ROWS.replace(";\t1048576.0\n1", "\n1")).is_err());
    }
}

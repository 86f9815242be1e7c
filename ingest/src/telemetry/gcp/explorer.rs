//! Metrics Explorer's CSV: `TimeSeries ID` and the series' names, a row for each label, then a row for each time as
//! JavaScript prints it. `undefined` is a gap. Whoever exports sees rates, so what adds up is per second already.
use super::names;
use crate::telemetry::asked::Asked;
use crate::telemetry::collector::{Collector, SeriesId};
use crate::telemetry::format::Format;
use crate::telemetry::head::Head;
use crate::telemetry::key::{How, Key};
use crate::telemetry::table::{self, Row, Table};
use crate::telemetry::text::Text;
use crate::telemetry::{name, number, printed};
use plimsoll::telemetry::Measure;
use plimsoll::units::Share;
use std::collections::BTreeMap;

/// See the module.
pub(in crate::telemetry) struct Explorer;

/// So many rows of labels there are at most: a file without dates is of another format.
const MOST: usize = 100;
/// Labels that name a resource, the first that is there.
const NAMING: [&str; 8] = [
    "instance_name",
    "metadata_system_name",
    "container_name",
    "pod_name",
    "database_id",
    "service_name",
    "instance_id",
    "resource_name",
];

impl Format for Explorer {
    fn name(&self) -> &'static str {
        "Metrics Explorer CSV"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let is_it = table::header(head).first().is_some_and(|first| first == "TimeSeries ID");
        Share::of_one(if is_it { 1.0 } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let mut table = match Table::open(text) {
            Ok(table) => table,
            Err(problem) => return to.wrong(|| problem),
        };
        let mut names: Vec<String> = Vec::new();
        let mut labels: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut columns: Option<Vec<(SeriesId, f64)>> = None;
        loop {
            match table.next() {
                Ok(Some(row)) if names.is_empty() => names = row.cells().skip(1).map(str::to_owned).collect(),
                Ok(Some(row)) if columns.is_none() && printed::read(row.cell(0)).is_none() && labels.len() < MOST => {
                    labels.insert(row.cell(0).to_owned(), row.cells().skip(1).map(str::to_owned).collect());
                }
                Ok(Some(row)) => {
                    let columns = match &mut columns {
                        Some(columns) => columns,
                        none => none.insert(begin(&names, &labels, (&file, row.line), asked, to)),
                    };
                    take(&row, columns, to);
                }
                Ok(None) => return,
                Err(problem) => return to.wrong(|| problem),
            }
        }
    }
}

fn begin(
    names: &[String],
    labels: &BTreeMap<String, Vec<String>>,
    (file, line): (&str, usize),
    asked: &Asked,
    to: &mut Collector,
) -> Vec<(SeriesId, f64)> {
    let column = |(at, id): (usize, &String)| {
        let label = |name: &str| labels.get(name)?.get(at).map(String::as_str).filter(|value| !value.is_empty());
        let metric = metric(id);
        let said = || asked.measure.clone().map(|measure| (measure, 1.0, None));
        let known = names::meaning(&metric, label).or_else(said);
        let (measure, scale, _) = known.unwrap_or_else(|| (Measure::Other(metric.clone()), 1.0, None));
        let resource = NAMING.iter().find_map(|name| Some((*name, label(name)?)));
        let rest: Vec<String> = labels
            .iter()
            .filter(|(name, _)| {
                name.as_str() != "project_id" && resource.is_none_or(|(naming, _)| naming != name.as_str())
            })
            .filter_map(|(name, _)| Some(format!("{name}={}", label(name)?)))
            .collect();
        let named = resource.map_or_else(|| name::of_file(file, asked), |(_, value)| value.to_owned());
        let key = Key { item: (!rest.is_empty()).then(|| rest.join(" ")), ..Key::of(named, measure) };
        (to.series(key, How::Level, line), scale)
    };
    names.iter().enumerate().map(column).collect()
}

/// `compute.googleapis.com/instance/cpu/utilization` of `compute_googleapis_com:instance/cpu/utilization{} 0`.
fn metric(id: &str) -> String {
    let name = id.split('{').next().unwrap_or(id).trim();
    match name.split_once(':') {
        Some((service, rest)) => format!("{}/{rest}", service.replace('_', ".")),
        None => name.to_owned(),
    }
}

fn take(row: &Row<'_>, columns: &[(SeriesId, f64)], to: &mut Collector) {
    to.row();
    let Some(stamp) = printed::read(row.cell(0)) else {
        return to.mistake(|| row.problem(0, format!("cannot read `{}` as a time", row.cell(0)), printed::AS_TIME));
    };
    if let Err(problem) = row.as_wide_as(columns.len() + 1) {
        return to.mistake(|| problem);
    }
    let mut values = Vec::with_capacity(columns.len());
    for at in 1..=columns.len() {
        match number::number(row.cell(at)) {
            Ok(value) => values.push(value),
            Err(what) => return to.mistake(|| row.problem(at, what, "numbers are written 1204.7, gaps undefined")),
        }
    }
    if values.iter().all(Option::is_none) {
        to.aside("row without a value");
    } else {
        to.used();
    }
    for ((id, scale), value) in columns.iter().zip(values) {
        to.sample(*id, stamp.time, value.map(|value| value * scale));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problem;
    use plimsoll::telemetry::Telemetry;

    const FILE: &str = "TimeSeries ID,compute_googleapis_com:instance/cpu/utilization{} 0,custom_googleapis_com:sheep{} 1\n\
        instance_name,web-1,web-2\nzone,a,b\n\
        Sun Mar 01 2026 05:00:00 GMT+0100 (Central European Standard Time),0.25,1\n\
        Sun Mar 01 2026 05:01:00 GMT+0100 (Central European Standard Time),undefined,2\n\
        Sun Mar 01 2026 05:02:00 GMT+0100 (Central European Standard Time),0.5,3\n";

    fn read(text: &str) -> Result<Telemetry, Vec<Problem>> {
        assert_eq!(Explorer.detect(&Head::new(text.as_bytes(), true)), Share::ALL);
        let mut to = Collector::new(false);
        to.begin("x.csv", Explorer.name(), Share::ALL);
        Explorer.read(Text::of("x.csv", text), &Asked::default(), &mut to);
        to.finish()
    }

    #[test]
    fn labels_stand_above_the_values() {
        let read = read(FILE).unwrap();
        let cpu = &read.metrics[0];
        assert_eq!(
            (cpu.resource.0.as_str(), cpu.item.as_deref(), cpu.measure.clone()),
            ("web-1", Some("zone=a"), Measure::CpuShare)
        );
        assert_eq!(cpu.series.iter().map(|(_, v)| v).collect::<Vec<_>>(), [Some(0.25), None, Some(0.5)]);
        assert_eq!(cpu.series.start().to_string(), "2026-03-01T04:00:00Z");
        assert_eq!(read.metrics[1].measure, Measure::Other("custom.googleapis.com/sheep".into()));
    }

    #[test]
    fn mistakes_have_their_cell() {
        assert_eq!(read(&FILE.replace("0.25", "a quarter")).unwrap_err()[0].line, 4);
        let cut = FILE.len() - 3;
        assert_eq!(read(&FILE[..cut]).unwrap_err()[0].what, "the row has 2 cells, the header 3");
        assert!(read("TimeSeries ID,a{} 0\nzone,b\n").unwrap_err()[0].what.contains("no rows"));
    }
}

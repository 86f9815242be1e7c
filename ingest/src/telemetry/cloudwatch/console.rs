//! The console's "Download as .csv": rows of labels, then a row for each step.
//!
//! No documentation and no sample of it was found: it is read as people describe it. Rows above the first that begins with
//! a date tell what the columns are (`Full label`, `Label`, `Metric name`, `Namespace`, `Stat`, `Period`, dimensions by
//! their names); unknown ones are passed over. Dates are `2026/03/01 04:00:00`, in UTC as far as they say.
use super::given::{Metric, Stat};
use super::names;
use crate::telemetry::asked::Asked;
use crate::telemetry::collector::Collector;
use crate::telemetry::format::Format;
use crate::telemetry::head::Head;
use crate::telemetry::table::{Row, Table};
use crate::telemetry::text::Text;
use crate::telemetry::{name, number, printed};
use plimsoll::units::Share;
use std::collections::BTreeMap;

/// See the module.
pub(in crate::telemetry) struct Console;

/// What rows of labels begin with.
const LABELS: [&str; 10] =
    ["full label", "label", "id", "metric name", "metric", "namespace", "stat", "statistic", "period", "region"];
/// So many rows of labels there are at most: a file without dates is of another format.
const MOST: usize = 40;

/// `2026/03/01 04:00:00`, which no other tool here writes.
fn is_dated(cell: &str) -> bool {
    let cell = cell.trim_matches('"').as_bytes();
    cell.len() >= 16 && cell[4] == b'/' && cell[7] == b'/' && cell[..4].iter().all(u8::is_ascii_digit)
}

impl Format for Console {
    fn name(&self) -> &'static str {
        "CloudWatch console CSV"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let first = |line: &str| line.split(',').next().unwrap_or_default().trim_matches('"').to_ascii_lowercase();
        let labels: Vec<String> = head.lines().map(first).take_while(|cell| !is_dated(cell)).take(MOST).collect();
        let known = labels.iter().filter(|label| LABELS.contains(&label.as_str())).count();
        let is_dated = head.lines().nth(labels.len()).is_some_and(is_dated);
        Share::of_one(if known >= 2 && is_dated { 0.9 } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let mut table = match Table::open(text) {
            Ok(table) => table,
            Err(problem) => return to.wrong(|| problem),
        };
        to.note(
            "The console's CSV is read as people describe it, and its times as UTC: look whether the values are right.",
        );
        let mut labels: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut columns = None;
        loop {
            match table.next() {
                Ok(Some(row)) if columns.is_none() && !is_dated(row.cell(0)) => {
                    if labels.len() < MOST {
                        labels.insert(row.cell(0).to_ascii_lowercase(), row.cells().map(str::to_owned).collect());
                    }
                }
                Ok(Some(row)) => {
                    let columns = columns.get_or_insert_with(|| columns_of(&labels, row.len(), &file, asked));
                    give(&row, columns, to);
                }
                Ok(None) => return,
                Err(problem) => return to.wrong(|| problem),
            }
        }
    }
}

type Column = (Metric, Stat);

fn columns_of(labels: &BTreeMap<String, Vec<String>>, width: usize, file: &str, asked: &Asked) -> Vec<Column> {
    (1..width)
        .map(|at| {
            let cell = |names: &[&str]| {
                let found = names.iter().find_map(|name| labels.get(*name)?.get(at));
                found.map(String::as_str).filter(|cell| !cell.is_empty())
            };
            let label = cell(&["full label", "label"]).unwrap_or("value");
            let word =
                |words: &str| words.split_whitespace().find(|w| names::meaning(None, w).is_some()).map(str::to_owned);
            let metric = cell(&["metric name", "metric"]).map(str::to_owned).or_else(|| word(label));
            let metric = metric.unwrap_or_else(|| label.to_owned());
            let resource = cell(&["instanceid", "volumeid", "dbinstanceidentifier", "loadbalancer", "functionname"]);
            let rest = label.replace(metric.as_str(), "");
            let resource =
                resource.map(str::to_owned).or_else(|| (!rest.trim().is_empty()).then(|| rest.trim().to_owned()));
            let resource = resource.unwrap_or_else(|| name::of_file(file, asked));
            let metric = Metric::new(cell(&["namespace"]), &metric, resource, None).or_measure(asked.measure.clone());
            let stat = cell(&["stat", "statistic"]).and_then(Stat::named);
            let stat = stat.unwrap_or(if metric.is_total() { Stat::Sum } else { Stat::Average });
            (metric, stat)
        })
        .collect()
}

fn give(row: &Row<'_>, columns: &mut [Column], to: &mut Collector) {
    to.row();
    let Some(stamp) = printed::read(row.cell(0)) else {
        return to.mistake(|| row.problem(0, format!("cannot read `{}` as a time", row.cell(0)), printed::AS_TIME));
    };
    let mut values = Vec::new();
    for at in 1..=columns.len() {
        match number::number(row.cell(at)) {
            Ok(value) => values.push(value),
            Err(what) => return to.mistake(|| row.problem(at, what, "numbers are written 1204.7")),
        }
    }
    let mut is_used = false;
    for ((metric, stat), value) in columns.iter_mut().zip(values) {
        is_used |= metric.give((*stat, None), (stamp.time, value), row.line, to);
    }
    if is_used { to.used() } else { to.aside("no statistic of it says anything of a step") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::Measure;

    const FILE: &str = "Full label,web CPUUtilization,NetworkIn\nLabel,CPUUtilization,NetworkIn\nNamespace,AWS/EC2,AWS/EC2\n\
        Stat,Average,Sum\nPeriod,300,300\n2026/03/01 00:00:00,10.5,300\n2026/03/01 00:05:00,,600\n2026/03/01 00:10:00,30,300\n";

    #[test]
    fn labels_stand_above_the_steps() {
        assert!(Console.detect(&Head::new(FILE.as_bytes(), true)).as_part() > 0.8);
        let mut to = Collector::new(false);
        to.begin("web.csv", Console.name(), Share::ALL);
        Console.read(Text::of("web.csv", FILE), &Asked::default(), &mut to);
        let read = to.finish().unwrap();
        let told: Vec<_> =
            read.metrics.iter().map(|m| (m.measure.clone(), m.series.value(1), m.series.value(2))).collect();
        assert_eq!(told, [(Measure::CpuShare, None, Some(0.3)), (Measure::NetworkIn, Some(2.0), Some(1.0))]);
        assert_eq!((read.reading.rows_used, read.metrics[0].first.as_str()), (3, "web.csv:6"));
    }

    #[test]
    fn mistakes_have_their_cell() {
        let mut to = Collector::new(false);
        to.begin("web.csv", Console.name(), Share::ALL);
        Console.read(Text::of("web.csv", &FILE.replace("10.5", "ten")), &Asked::default(), &mut to);
        assert!(to.finish().unwrap_err()[0].to_string().starts_with("web.csv:6:21: cannot read `ten` as a number"));
    }

    #[test]
    fn other_tables_are_not_taken() {
        for text in ["Label,a\nx,1\n", "2026/03/01 00:00:00,1\n", "time,value\n2026-03-01,1\n"] {
            assert_eq!(Console.detect(&Head::new(text.as_bytes(), true)), Share::NONE, "{text}");
        }
    }
}

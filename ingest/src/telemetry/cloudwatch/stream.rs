//! Metric streams: one object for each metric and step, on lines of their own or one after the other.
//!
//! A value is a set {max, min, sum, count}: the mean is sum by count, and what adds up over a step is its sum.
use super::dimensions;
use super::given::{Metric, Stat};
use crate::problem::Problem;
use crate::telemetry::asked::Asked;
use crate::telemetry::collector::Collector;
use crate::telemetry::format::Format;
use crate::telemetry::head::Head;
use crate::telemetry::json::{self, Moment};
use crate::telemetry::text::Text;
use plimsoll::telemetry::Facts;
use plimsoll::units::Share;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// See the module.
pub(in crate::telemetry) struct Stream;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    namespace: Cow<'a, str>,
    #[serde(borrow)]
    metric_name: Cow<'a, str>,
    #[serde(borrow)]
    region: Option<Cow<'a, str>>,
    #[serde(default)]
    dimensions: BTreeMap<String, String>,
    timestamp: Moment,
    value: BTreeMap<String, Option<f64>>,
    #[serde(borrow)]
    unit: Option<Cow<'a, str>>,
}

const MARKS: [&str; 5] = ["\"metric_stream_name\"", "\"metric_name\"", "\"namespace\"", "\"dimensions\"", "\"count\""];

impl Format for Stream {
    fn name(&self) -> &'static str {
        "CloudWatch metric stream"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let is_it = head.is_json() && head.share_of(&MARKS[..2]) == 1.0;
        Share::of_one(if is_it { head.share_of(&MARKS) } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let mut metrics = HashMap::new();
        let mut lines = text.lines();
        loop {
            match lines.next() {
                Ok(Some((number, line))) => read_line(&file, number, line, asked, &mut metrics, to),
                Ok(None) => return,
                Err(problem) => return to.wrong(|| problem),
            }
        }
    }
}

/// The objects of a line. One that cannot be read takes the rest of its line with it.
fn read_line(
    file: &str,
    number: usize,
    line: &str,
    asked: &Asked,
    metrics: &mut HashMap<(String, String, BTreeMap<String, String>), Metric>,
    to: &mut Collector,
) {
    for record in serde_json::Deserializer::from_str(line).into_iter::<Record<'_>>() {
        to.row();
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let help = "a record has `namespace`, `metric_name`, `timestamp` and `value`";
                to.mistake(|| json::problem(file, line, number - 1, &error, help));
                return;
            }
        };
        let key = (record.namespace.to_string(), record.metric_name.to_string(), record.dimensions.clone());
        let metric = metrics.entry(key).or_insert_with(|| begin(&record, asked, to));
        if !give(&record, metric, number, to) {
            to.mistake(|| {
                let what = "the value has neither `sum` and `count` nor `max`";
                Problem::in_line(file, number, line, 0..1, what, "stream as JSON with the statistics sum and count")
            });
        }
    }
}

fn begin(record: &Record<'_>, asked: &Asked, to: &mut Collector) -> Metric {
    let (resource, item, shape) = dimensions::named(&record.dimensions, &record.namespace);
    let region = record.region.as_deref().map(str::to_owned);
    to.facts(resource.clone(), Facts { shape, region, ..Facts::default() });
    Metric::new(Some(&record.namespace), &record.metric_name, resource, item).or_measure(asked.measure.clone())
}

/// Gives what a record says; false if it says nothing.
fn give(record: &Record<'_>, metric: &mut Metric, line: usize, to: &mut Collector) -> bool {
    let part = |name: &str| record.value.get(name).copied().flatten();
    let (unit, time) = (record.unit.as_deref(), record.timestamp.0);
    let (sum, count) = (part("sum"), part("count"));
    let mean = sum.zip(count).filter(|(_, count)| *count > 0.0).map(|(sum, count)| sum / count);
    let mut is_used = false;
    if metric.is_total() {
        is_used |= sum.is_some() && metric.give((Stat::Sum, unit), (time, sum), line, to);
    } else {
        is_used |= count.is_some() && metric.give((Stat::Average, unit), (time, mean), line, to);
        if let Some(most) = part("max") {
            is_used |= metric.give((Stat::Maximum, unit), (time, Some(most)), line, to);
        }
        for (name, value) in &record.value {
            if let (Some(stat @ Stat::Quantile(_)), Some(value)) = (Stat::named(name), value) {
                is_used |= metric.give((stat, unit), (time, Some(*value)), line, to);
            }
        }
    }
    if is_used {
        to.used();
    }
    is_used
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::{Measure, ResourceName, Statistic, Telemetry};

    fn read(text: &str) -> Result<Telemetry, Vec<Problem>> {
        let mut to = Collector::new(false);
        to.begin("x.json", Stream.name(), Share::ALL);
        Stream.read(Text::of("x.json", text), &Asked::default(), &mut to);
        to.finish()
    }

    fn record(metric: &str, minute: i64, value: &str) -> String {
        format!(
            r#"{{"metric_stream_name":"s","account_id":"1","region":"eu-west-1","namespace":"AWS/EC2","metric_name":"{metric}",
"dimensions":{{"InstanceId":"i-1"}},"timestamp":{},"value":{value},"unit":"None"}}"#,
            1_772_323_200_000 + minute * 60_000
        )
        .replace('\n', "")
    }

    #[test]
    fn records_on_lines_or_in_a_row_are_series() {
        let cpu =
            |minute| record("CPUUtilization", minute, r#"{"max":50.0,"min":10.0,"sum":60.0,"count":2.0,"p90":45.0}"#);
        let network = |minute| record("NetworkOut", minute, r#"{"max":600,"min":600,"sum":600,"count":1}"#);
        for mark in ["", "\n", " \n\n"] {
            let read = read(&[cpu(0), network(0), network(1), cpu(1)].join(mark)).unwrap();
            let i = ResourceName("i-1".into());
            let value = |measure, statistic| read.of(&i, &measure, statistic).next().unwrap().series.value(1);
            assert_eq!(value(Measure::CpuShare, Statistic::Mean), Some(0.3));
            assert_eq!(value(Measure::CpuShare, Statistic::Maximum), Some(0.5));
            assert_eq!(value(Measure::CpuShare, Statistic::Quantile(9000)), Some(0.45));
            assert_eq!(value(Measure::NetworkOut, Statistic::Mean), Some(10.0));
            assert_eq!((read.reading.rows_read, read.reading.rows_used), (4, 4));
            assert_eq!(read.facts[&i].region.as_deref(), Some("eu-west-1"));
        }
    }

    #[test]
    fn mistakes_have_their_line() {
        let good = record("CPUUtilization", 0, r#"{"sum":1,"count":1}"#);
        let nothing = record("CPUUtilization", 1, "{}");
        assert_eq!(read(&format!("{good}\n{nothing}")).unwrap_err()[0].line, 2);
        let cut = &good[..good.len() - 9];
        let problem = &read(&format!("{good}\n{good}\n{cut}")).unwrap_err()[0];
        assert_eq!((problem.line, problem.what.as_str()), (3, "the document ends too early: it was cut off"));
    }
}

//! `aws cloudwatch get-metric-statistics`: the steps of one metric, in any order.
//!
//! The document names the metric (`Label`) and the unit of each step, but neither the namespace, nor whose it is, nor the
//! length of a step, which the stamps show.
use super::given::{Metric, Stat};
use crate::telemetry::asked::Asked;
use crate::telemetry::collector::Collector;
use crate::telemetry::format::Format;
use crate::telemetry::head::Head;
use crate::telemetry::json::{self, Moment};
use crate::telemetry::name;
use crate::telemetry::text::Text;
use plimsoll::units::Share;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// See the module.
pub(in crate::telemetry) struct Statistics;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, rename = "Label")]
    label: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "Datapoints")]
    points: Option<Vec<Point<'a>>>,
    /// botocore's recorder puts the answer one level down.
    #[serde(borrow)]
    data: Option<Box<Document<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Point<'a> {
    timestamp: Moment,
    average: Option<f64>,
    sum: Option<f64>,
    minimum: Option<f64>,
    maximum: Option<f64>,
    sample_count: Option<f64>,
    extended_statistics: Option<BTreeMap<String, f64>>,
    #[serde(borrow)]
    unit: Option<Cow<'a, str>>,
}

impl Format for Statistics {
    fn name(&self) -> &'static str {
        "CloudWatch get-metric-statistics"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let is_it = head.is_json() && json::has_key(head, "Datapoints");
        let points = head.share_of(&["\"Timestamp\"", "\"Unit\""]);
        Share::of_one(if is_it { 0.8 + 0.2 * points } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let text = match text.whole() {
            Ok(text) => text,
            Err(problem) => return to.wrong(|| problem),
        };
        match serde_json::from_str::<Document<'_>>(&text) {
            Ok(document) => give(document, &file, asked, to),
            Err(error) => {
                let help = "each of `Datapoints` has a `Timestamp` and numbers, as the AWS command line writes them";
                to.wrong(|| json::problem(&file, &text, 0, &error, help));
            }
        }
    }
}

fn give(document: Document<'_>, file: &str, asked: &Asked, to: &mut Collector) {
    let document = document.data.map_or_else(|| Document { data: None, ..document }, |inner| *inner);
    let label = document.label.unwrap_or(Cow::Borrowed("value"));
    let mut metric = Metric::new(None, &label, name::of_file(file, asked), None).or_measure(asked.measure.clone());
    for point in document.points.unwrap_or_default() {
        to.row();
        if give_point(&point, &mut metric, to) {
            to.used();
        } else {
            to.aside("no statistic of it says anything of a step");
        }
    }
}

fn give_point(point: &Point<'_>, metric: &mut Metric, to: &mut Collector) -> bool {
    let unit = point.unit.as_deref();
    let mean = point.average.or(match (point.sum, point.sample_count) {
        (Some(sum), Some(count)) if count > 0.0 && !metric.is_total() => Some(sum / count),
        _ => None,
    });
    let sum = point.sum.or(match (point.average, point.sample_count) {
        (Some(average), Some(count)) => Some(average * count),
        _ => None,
    });
    let mut stats = vec![(Stat::Minimum, point.minimum), (Stat::Maximum, point.maximum), (Stat::Average, mean)];
    stats.push((Stat::Sum, sum.filter(|_| metric.is_total() || point.average.is_none())));
    let others = point.extended_statistics.iter().flatten();
    stats.extend(others.filter_map(|(name, value)| Some((Stat::named(name)?, Some(*value)))));
    let mut is_used = false;
    for (stat, value) in stats.into_iter().filter(|(_, value)| value.is_some()) {
        is_used |= metric.give((stat, unit), (point.timestamp.0, value), 0, to);
    }
    is_used
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::{Measure, Telemetry};

    fn read(text: &str, asked: &Asked) -> Result<Telemetry, Vec<crate::problem::Problem>> {
        let mut to = Collector::new(false);
        to.begin("orders.json", Statistics.name(), Share::ALL);
        Statistics.read(Text::of("orders.json", text), asked, &mut to);
        to.finish()
    }

    #[test]
    fn steps_in_any_order_are_a_series() {
        let text = r#"{"Label": "CPUUtilization", "Datapoints": [
            {"Timestamp": "2026-03-01T00:10:00+00:00", "Average": 30.0, "Maximum": 90.0, "Unit": "Percent",
             "ExtendedStatistics": {"p99": 80.0, "tm99": 1.0}},
            {"Timestamp": "2026-03-01T00:00:00Z", "Average": 10.0, "Maximum": 50.0, "Unit": "Percent"},
            {"Timestamp": "2026-03-01T00:05:00Z", "SampleCount": 5, "Sum": 100.0, "Unit": "Percent"}]}"#;
        let read = read(text, &Asked::default()).unwrap();
        let mean = &read.metrics[0];
        assert_eq!((mean.measure.clone(), mean.resource.0.as_str()), (Measure::CpuShare, "orders"));
        assert_eq!(mean.series.iter().map(|(_, v)| v.unwrap()).collect::<Vec<_>>(), [0.1, 0.2, 0.3]);
        assert_eq!((read.reading.rows_read, read.reading.rows_used), (3, 3));
        // The p99 has one stamp: no series, and that is told.
        assert_eq!((read.metrics.len(), read.reading.notes.len()), (2, 1));
    }

    #[test]
    fn totals_are_rates() {
        let text = r#"{"Label": "RequestCount", "Datapoints": [
            {"Timestamp": "2026-03-01T00:00:00Z", "Sum": 600.0, "Average": 1.0, "Unit": "Count"},
            {"Timestamp": "2026-03-01T00:05:00Z", "Average": 2.0, "SampleCount": 150.0, "Unit": "Count"}]}"#;
        let read = read(text, &Asked::default()).unwrap();
        let rates: Vec<_> = read.metrics[0].series.iter().map(|(_, v)| v.unwrap()).collect();
        assert_eq!((read.metrics[0].measure.clone(), rates), (Measure::Requests, vec![2.0, 1.0]));
    }

    #[test]
    fn what_is_wrong_is_told_at_its_place() {
        let wrong = |text: &str| read(text, &Asked::default()).unwrap_err()[0].to_string();
        assert!(
            wrong("{\"Datapoints\": [{\"Average\": 1}]}").starts_with("orders.json:1:30: missing field `Timestamp`")
        );
        assert!(
            wrong("{\"Datapoints\": [\n{\"Timestamp\": \"2026-03-01\", \"Sum\": \"1\"}]}")
                .starts_with("orders.json:2:38: ")
        );
        assert!(wrong("{\"Datapoints\": [{").contains("the document ends too early"));
        assert_eq!(
            read("{\"Label\": \"x\", \"Datapoints\": []}", &Asked::default()).unwrap_err()[0].what,
            "the file has no rows"
        );
    }
}

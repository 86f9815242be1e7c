//! `timeSeries.list`: series by metric and resource, the newest point first.
//!
//! Google, "Method: projects.timeSeries.list". A GAUGE is a level, or a rate where an aligner made one; a DELTA is what came
//! in over the point's interval; a CUMULATIVE value is a running total. Whole numbers are texts.
use super::distribution::{Distribution, QUANTILES};
use super::names;
use crate::telemetry::asked::Asked;
use crate::telemetry::collector::{Collector, SeriesId};
use crate::telemetry::format::Format;
use crate::telemetry::head::Head;
use crate::telemetry::json::{self, Amount, Moment};
use crate::telemetry::key::{How, Key};
use crate::telemetry::name;
use crate::telemetry::text::Text;
use plimsoll::telemetry::{Measure, ResourceName, Statistic};
use plimsoll::units::Share;
use serde::Deserialize;
use std::collections::BTreeMap;

/// See the module.
pub(in crate::telemetry) struct TimeSeries;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    time_series: Option<Vec<One>>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct One {
    metric: Typed,
    #[serde(default)]
    resource: Typed,
    metric_kind: Option<String>,
    #[serde(default)]
    points: Box<[Point]>,
}

#[derive(Default, Deserialize)]
struct Typed {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    labels: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Point {
    interval: Interval,
    value: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Interval {
    start_time: Option<Moment>,
    end_time: Moment,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names)] // as the document has them
struct Value {
    double_value: Option<Amount>,
    int64_value: Option<Amount>,
    bool_value: Option<bool>,
    distribution_value: Option<Box<Distribution>>,
}

impl Format for TimeSeries {
    fn name(&self) -> &'static str {
        "Cloud Monitoring timeSeries.list"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let has = |key| json::has_key(head, key);
        let is_it = head.is_json() && has("points") && has("metric") && (has("timeSeries") || has("resource"));
        let marks = head.share_of(&["\"endTime\"", "\"metricKind\"", "\"valueType\"", "googleapis.com/"]);
        Share::of_one(if is_it { 0.5 + 0.5 * marks } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let text = match text.whole() {
            Ok(text) => text,
            Err(problem) => return to.wrong(|| problem),
        };
        let read = if text.trim_start().starts_with('[') {
            serde_json::from_str(&text).map(|series| Document { time_series: Some(series), next_page_token: None })
        } else {
            serde_json::from_str::<Document>(&text)
        };
        let document = match read {
            Ok(document) => document,
            Err(error) => {
                let help = "a point has an `interval` and a `value`, as `projects.timeSeries.list` writes them";
                return to.wrong(|| json::problem(&file, &text, 0, &error, help));
            }
        };
        drop(text);
        if document.next_page_token.is_some_and(|token| !token.is_empty()) {
            to.note(format!("{file} is one page of several (it has a `nextPageToken`): give the others too."));
        }
        for one in document.time_series.unwrap_or_default() {
            Given::new(&one, &file, asked).take(&one, to);
        }
    }
}

/// Labels of a resource that name it, in the order in which they do.
const NAMING: [&[&str]; 10] = [
    &["namespace_name", "pod_name", "container_name"],
    &["namespace_name", "pod_name"],
    &["node_name"],
    &["instance_id"],
    &["database_id"],
    &["service_name"],
    &["function_name"],
    &["bucket_name"],
    &["forwarding_rule_name"],
    &["url_map_name"],
];

/// What a series is of: its metric's `instance_name`, else what its resource's labels name.
fn resource(one: &One) -> Option<String> {
    if let Some(name) = one.metric.labels.get("instance_name") {
        return Some(name.clone());
    }
    let labels = &one.resource.labels;
    let named = NAMING.iter().find(|names| names.iter().all(|name| labels.contains_key(*name)))?;
    Some(named.iter().map(|name| labels[*name].as_str()).collect::<Vec<_>>().join("/"))
}

/// Where the points of a series go.
struct Given {
    resource: String,
    item: Option<String>,
    measure: Measure,
    scale: f64,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Gauge,
    Delta,
    Cumulative,
}

impl Given {
    fn new(one: &One, file: &str, asked: &Asked) -> Self {
        let label = |name: &str| one.metric.labels.get(name).map(String::as_str);
        let known = names::meaning(&one.metric.kind, label);
        let said = || asked.measure.clone().map(|measure| (measure, 1.0, None));
        let (measure, scale, known_label) =
            known.or_else(said).unwrap_or_else(|| (Measure::Other(one.metric.kind.clone()), 1.0, None));
        let rest =
            one.metric.labels.iter().filter(|(name, _)| *name != "instance_name" && Some(name.as_str()) != known_label);
        let rest: Vec<String> = rest.map(|(name, value)| format!("{name}={value}")).collect();
        let kind = match one.metric_kind.as_deref() {
            Some("DELTA") => Kind::Delta,
            Some("CUMULATIVE") => Kind::Cumulative,
            _ => Kind::Gauge,
        };
        let resource = resource(one).unwrap_or_else(|| name::of_file(file, asked));
        Self { resource, item: (!rest.is_empty()).then(|| rest.join(" ")), measure, scale, kind }
    }

    fn series(&self, statistic: Statistic, to: &mut Collector) -> SeriesId {
        let key = Key {
            resource: ResourceName(self.resource.clone()),
            item: self.item.clone(),
            measure: self.measure.clone(),
            statistic,
        };
        let is_total = self.kind == Kind::Cumulative && statistic == Statistic::Mean;
        to.series(key, if is_total { How::Counter } else { How::Level }, 0)
    }

    fn take(&self, one: &One, to: &mut Collector) {
        let mut mean = None;
        let mut quantiles = None;
        for point in &one.points {
            to.row();
            let start = point.interval.start_time.map_or(point.interval.end_time.0, |moment| moment.0);
            let end = point.interval.end_time.0;
            let seconds = (end.as_unix_seconds() - start.as_unix_seconds()) as f64;
            let value = point.value.double_value.or(point.value.int64_value).map(|amount| amount.0);
            let value = value.or(point.value.bool_value.map(|is| f64::from(u8::from(is))));
            // Over an interval: it begins the step. At one time: that is its stamp.
            let time = if self.kind == Kind::Delta { start } else { end };
            match (value, &point.value.distribution_value) {
                (Some(_), _) if self.kind == Kind::Delta && seconds <= 0.0 => to.aside("amount over no time"),
                (Some(value), _) => {
                    to.used();
                    let id = *mean.get_or_insert_with(|| self.series(Statistic::Mean, to));
                    let per = if self.kind == Kind::Delta { seconds } else { 1.0 };
                    to.sample(id, time, Some(value / per * self.scale));
                }
                (None, Some(_)) if self.kind == Kind::Cumulative => to.aside("running total of a distribution"),
                (None, Some(spread)) => {
                    to.used();
                    let id = *mean.get_or_insert_with(|| self.series(Statistic::Mean, to));
                    let is_any = spread.count.is_none_or(|count| count.0 > 0.0);
                    to.sample(id, time, spread.mean.filter(|_| is_any).map(|value| value * self.scale));
                    let ids =
                        *quantiles.get_or_insert_with(|| QUANTILES.map(|q| self.series(Statistic::Quantile(q), to)));
                    for (id, value) in ids.into_iter().zip(spread.quantiles()) {
                        to.sample(id, time, value.map(|value| value * self.scale));
                    }
                }
                (None, None) => to.aside("value that is no number"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problem;
    use plimsoll::telemetry::Telemetry;

    fn series(metric: &str, kind: &str, values: [&str; 2]) -> String {
        let point = |minute: usize, value: &str| {
            format!(
                r#"{{"interval":{{"startTime":"2026-03-01T04:0{minute}:00Z","endTime":"2026-03-01T04:0{}:00Z"}},"value":{{{value}}}}}"#,
                minute + 1
            )
        };
        format!(
            r#"{{"metric":{{"type":"{metric}","labels":{{"instance_name":"web-1"}}}},"resource":{{"type":"gce_instance","labels":{{}}}},
            "metricKind":"{kind}","valueType":"DOUBLE","points":[{},{}]}}"#,
            point(1, values[1]),
            point(0, values[0])
        )
    }

    fn read(text: &str) -> Result<Telemetry, Vec<Problem>> {
        let mut to = Collector::new(false);
        to.begin("x.json", TimeSeries.name(), Share::ALL);
        TimeSeries.read(Text::of("x.json", text), &Asked::default(), &mut to);
        to.finish()
    }

    #[test]
    fn gauges_deltas_and_totals_are_told_apart() {
        let all = [
            series(
                "compute.googleapis.com/instance/cpu/utilization",
                "GAUGE",
                [r#""doubleValue":0.25"#, r#""doubleValue":0.5"#],
            ),
            series(
                "compute.googleapis.com/instance/network/sent_bytes_count",
                "DELTA",
                [r#""int64Value":"60""#, r#""int64Value":"120""#],
            ),
            series("custom.googleapis.com/sheep", "CUMULATIVE", [r#""int64Value":"60""#, r#""int64Value":120"#]),
        ]
        .join(",");
        for text in [format!(r#"{{"timeSeries":[{all}],"nextPageToken":""}}"#), format!("[{all}]")] {
            assert!(TimeSeries.detect(&Head::new(text.as_bytes(), true)).as_part() > 0.9);
            let read = read(&text).unwrap();
            let told: Vec<_> =
                read.metrics.iter().map(|m| (m.measure.word(), m.series.value(0), m.series.value(1))).collect();
            assert_eq!(told, [("cpu_share", Some(0.25), Some(0.5)), ("network_out", Some(1.0), Some(2.0))]);
            // A running total with two looks has one rate.
            assert_eq!((read.reading.rows_used, read.reading.notes.len()), (6, 1));
        }
    }

    #[test]
    fn distributions_have_a_mean_and_quantiles() {
        let value = r#""distributionValue":{"count":"10","mean":30,"bucketOptions":{"explicitBuckets":{"bounds":[20,40]}},"bucketCounts":["0","10"]}"#;
        let text = format!("[{}]", series("run.googleapis.com/request_latencies", "DELTA", [value, value]));
        let read = read(&text).unwrap();
        let told: Vec<_> = read.metrics.iter().map(|m| (m.statistic.to_string(), m.series.value(0).unwrap())).collect();
        let expected = [("mean", 0.03), ("p50", 0.03), ("p95", 0.039), ("p99", 0.0398)];
        for ((name, value), (expected, close)) in told.iter().zip(expected) {
            assert!(name == expected && (value - close).abs() < 1e-12, "{name} {value}");
        }
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        let text = format!("[{}]", series("x", "GAUGE", [r#""doubleValue":"much""#, ""]));
        assert!(read(&text).unwrap_err()[0].to_string().starts_with("x.json:2:"));
        let text = format!("[{}]", series("x", "GAUGE", [r#""stringValue":"a""#, ""]));
        assert!(read(&text).unwrap_err()[0].what.contains("2 value that is no number"));
    }
}

//! `aws cloudwatch get-metric-data`: several metrics, each as two lists side by side, newest first.
//!
//! There is neither a unit nor a statistic in it, and of the dimensions only what the label says: by default `i-0123
//! CPUUtilization` or `CPUUtilization`. What adds up over a step is taken for a `Sum`, anything else for an `Average`,
//! unless the label says otherwise.
use super::given::{Metric, Stat};
use super::names;
use crate::problem::Problem;
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

/// See the module.
pub(in crate::telemetry) struct Data;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, rename = "MetricDataResults")]
    results: Option<Vec<Outcome<'a>>>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
    #[serde(borrow)]
    data: Option<Box<Document<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Outcome<'a> {
    #[serde(borrow, default)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    label: Option<Cow<'a, str>>,
    #[serde(default)]
    timestamps: Vec<Moment>,
    #[serde(default)]
    values: Vec<f64>,
    #[serde(borrow)]
    status_code: Option<Cow<'a, str>>,
}

impl Format for Data {
    fn name(&self) -> &'static str {
        "CloudWatch get-metric-data"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        Share::of_one(if head.is_json() && json::has_key(head, "MetricDataResults") { 1.0 } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let text = match text.whole() {
            Ok(text) => text,
            Err(problem) => return to.wrong(|| problem),
        };
        let document = match serde_json::from_str::<Document<'_>>(&text) {
            Ok(document) => document,
            Err(error) => {
                let help = "`Timestamps` are times and `Values` numbers, as the AWS command line writes them";
                return to.wrong(|| json::problem(&file, &text, 0, &error, help));
            }
        };
        let document = document.data.map_or_else(|| Document { data: None, ..document }, |inner| *inner);
        if document.next.is_some() {
            to.note(format!("{file} is one page of several (it has a `NextToken`): give the others too."));
        }
        for outcome in document.results.unwrap_or_default() {
            give(&outcome, &file, asked, to);
        }
    }
}

fn give(outcome: &Outcome<'_>, file: &str, asked: &Asked, to: &mut Collector) {
    let label = outcome.label.as_deref().unwrap_or(&outcome.id);
    if outcome.timestamps.len() != outcome.values.len() {
        let (times, values) = (outcome.timestamps.len(), outcome.values.len());
        let what = format!("`{label}` has {times} `Timestamps` and {values} `Values`");
        return to.wrong(|| Problem::in_whole(file, what, "each time has one value: export it again"));
    }
    match outcome.status_code.as_deref() {
        Some("PartialData") => to.note(format!("`{label}` is cut: CloudWatch says PartialData, so more was to come.")),
        Some(status @ ("InternalError" | "Forbidden")) => to.note(format!("`{label}` was not given: {status}.")),
        _ => {}
    }
    let (metric, resource, stat) = of_label(label);
    let resource = resource.unwrap_or_else(|| name::of_file(file, asked));
    let mut metric = Metric::new(None, metric, resource, None).or_measure(asked.measure.clone());
    let stat = stat.unwrap_or(if metric.is_total() || asked.totals == Some(true) { Stat::Sum } else { Stat::Average });
    for (moment, value) in outcome.timestamps.iter().zip(&outcome.values) {
        to.row();
        if metric.give((stat, None), (moment.0, Some(*value)), 0, to) {
            to.used();
        } else {
            to.aside("no statistic of it says anything of a step");
        }
    }
}

/// The metric, the resource and the statistic that a label names: the word that is a metric's name, the word that is a
/// statistic's, and the rest.
fn of_label(label: &str) -> (&str, Option<String>, Option<Stat>) {
    let words: Vec<&str> = label.split_whitespace().collect();
    let metric = words.iter().rposition(|word| names::meaning(None, word).is_some());
    let stat = words.iter().enumerate().find_map(|(i, word)| Some((i, Stat::named(word)?)));
    let Some(at) = metric else { return (label, None, None) };
    let rest: Vec<&str> =
        words.iter().enumerate().filter(|(i, _)| *i != at && Some(*i) != stat.map(|s| s.0)).map(|(_, w)| *w).collect();
    (words[at], (!rest.is_empty()).then(|| rest.join(" ")), stat.map(|(_, stat)| stat))
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::{Measure, Statistic, Telemetry};

    fn read(text: &str, asked: &Asked) -> Result<Telemetry, Vec<Problem>> {
        let mut to = Collector::new(false);
        to.begin("x.json", Data.name(), Share::ALL);
        Data.read(Text::of("x.json", text), asked, &mut to);
        to.finish()
    }

    const TIMES: &str = r#""Timestamps": ["2026-03-01T00:05:00Z", "2026-03-01T00:00:00Z"]"#;

    #[test]
    fn labels_name_metrics_and_resources() {
        assert_eq!(of_label("i-1 CPUUtilization"), ("CPUUtilization", Some("i-1".into()), None));
        assert_eq!(of_label("web RequestCount Sum"), ("RequestCount", Some("web".into()), Some(Stat::Sum)));
        assert_eq!(of_label("TargetResponseTime p99"), ("TargetResponseTime", None, Some(Stat::Quantile(9900))));
        assert_eq!(of_label("my load"), ("my load", None, None));
    }

    #[test]
    fn lists_side_by_side_are_series() {
        let text = format!(
            r#"{{"MetricDataResults": [{{"Id": "a", "Label": "i-1 CPUUtilization", {TIMES}, "Values": [20.0, 10.0], "StatusCode": "PartialData"}},
            {{"Id": "b", "Label": "i-1 NetworkIn", {TIMES}, "Values": [600, 300]}}], "NextToken": "x"}}"#
        );
        let read = read(&text, &Asked::default()).unwrap();
        let values = |i: usize| read.metrics[i].series.iter().map(|(_, v)| v.unwrap()).collect::<Vec<_>>();
        assert_eq!((values(0), values(1)), (vec![0.1, 0.2], vec![1.0, 2.0]));
        assert_eq!(read.resources()[0].0, "i-1");
        assert_eq!(read.reading.notes.len(), 2, "{:?}", read.reading.notes);
    }

    #[test]
    fn the_user_says_what_a_label_does_not() {
        let text =
            format!(r#"{{"MetricDataResults": [{{"Id": "a", "Label": "p50 of it", {TIMES}, "Values": [2, 1]}}]}}"#);
        let asked = Asked { measure: Some(Measure::Latency), resource: Some("web".into()), ..Asked::default() };
        let told = read(&text, &asked).unwrap();
        assert_eq!((told.metrics[0].measure.clone(), told.metrics[0].statistic), (Measure::Latency, Statistic::Mean));
        assert_eq!(read(&text, &Asked::default()).unwrap().metrics[0].measure, Measure::Other("p50 of it".into()));
    }

    #[test]
    fn lists_that_differ_are_refused() {
        let text = format!(r#"{{"MetricDataResults": [{{"Id": "a", {TIMES}, "Values": [2]}}]}}"#);
        assert_eq!(read(&text, &Asked::default()).unwrap_err()[0].what, "`a` has 2 `Timestamps` and 1 `Values`");
    }
}

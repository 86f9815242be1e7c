//! Azure Monitor: metrics as its REST interface and `az monitor metrics list` give them.
//!
//! Microsoft, "Metrics - List": a list of metrics, each of a resource, each in series by dimensions; a step without a value
//! is an object without its statistic (the command line writes `null`). `interval` is the length of a step.
mod names;

use super::asked::Asked;
use super::collector::{Collector, SeriesId};
use super::format::Format;
use super::head::Head;
use super::json::{self, Maybe, Moment};
use super::key::{How, Key};
use super::text::Text;
use crate::problem::Problem;
use plimsoll::telemetry::{Facts, Measure, ResourceName, Statistic};
use plimsoll::units::{Share, Span};
use serde::Deserialize;
use std::borrow::Cow;

/// See the module.
pub(super) struct AzureMonitor;

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    value: Vec<Measured<'a>>,
    interval: Option<String>,
    resourceregion: Option<String>,
}

#[derive(Deserialize)]
struct Measured<'a> {
    #[serde(borrow, default)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    name: Named<'a>,
    #[serde(borrow, default)]
    unit: Cow<'a, str>,
    #[serde(borrow, default)]
    timeseries: Vec<Steps<'a>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    value: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Steps<'a> {
    #[serde(borrow, default)]
    metadatavalues: Option<Vec<Dimension<'a>>>,
    /// Of its own size: there are millions of steps, and a vector keeps room for more.
    #[serde(default)]
    data: Box<[Step]>,
}

#[derive(Deserialize)]
struct Dimension<'a> {
    #[serde(borrow)]
    name: Named<'a>,
    #[serde(borrow)]
    value: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Step {
    #[serde(rename = "timeStamp", alias = "timestamp")]
    time: Moment,
    #[serde(default)]
    average: Maybe,
    #[serde(default)]
    total: Maybe,
    #[serde(default)]
    minimum: Maybe,
    #[serde(default)]
    maximum: Maybe,
    #[serde(default)]
    count: Maybe,
}

impl Format for AzureMonitor {
    fn name(&self) -> &'static str {
        "Azure Monitor metrics"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let has = |key| json::has_key(head, key);
        let is_it = head.text().trim_start().starts_with('{') && has("timeseries") && has("data");
        let marks = [has("interval"), has("timespan"), has("metadatavalues"), has("timeStamp")];
        let share = marks.iter().filter(|mark| **mark).count() as f64 / marks.len() as f64;
        Share::of_one(if is_it { 0.6 + 0.4 * share } else { 0.0 })
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
                let help = "a metric has `name`, `unit` and `timeseries`, as `az monitor metrics list` writes them";
                return to.wrong(|| json::problem(&file, &text, 0, &error, help));
            }
        };
        let interval = match document.interval.as_deref().map(|told| (told, span(told))) {
            None => None,
            Some((_, Some(span))) => Some(span),
            Some((told, None)) => {
                let what = format!("cannot read the interval `{told}` as a length of time");
                return to.wrong(|| Problem::in_whole(&file, what, "intervals are written PT5M or P1D"));
            }
        };
        for measured in document.value {
            let resource = resource(&measured.id).unwrap_or_else(|| super::name::of_file(&file, asked));
            let region = document.resourceregion.clone();
            to.facts(resource.clone(), Facts { region, ..Facts::default() });
            for steps in &measured.timeseries {
                let item = item(steps);
                Given::new(&measured, resource.clone(), item, interval, asked).take(&steps.data, to);
            }
        }
    }
}

/// The last name of what is measured in `/subscriptions/.../virtualMachines/web-1/providers/Microsoft.Insights/metrics/...`.
fn resource(id: &str) -> Option<String> {
    let lower = id.to_ascii_lowercase();
    let end = lower.find("/providers/microsoft.insights/metrics")?;
    let name = id.get(..end)?.rsplit('/').next()?;
    (!name.is_empty()).then(|| name.to_owned())
}

fn item(steps: &Steps<'_>) -> Option<String> {
    let dimensions = steps.metadatavalues.iter().flatten();
    let told: Vec<String> = dimensions.map(|d| format!("{}={}", d.name.value, d.value)).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// A length as ISO 8601 writes it, of days, hours, minutes and seconds.
fn span(text: &str) -> Option<Span> {
    let parsed: jiff::Span = text.parse().ok()?;
    let days = f64::from(parsed.get_days()) + 7.0 * f64::from(parsed.get_weeks());
    let minutes = f64::from(parsed.get_hours()) * 60.0 + parsed.get_minutes() as f64;
    let seconds = days * 86_400.0 + minutes * 60.0 + parsed.get_seconds() as f64;
    (seconds >= 1.0).then(|| Span::seconds(seconds))
}

/// One series of steps, and where each statistic of it goes.
struct Given {
    measure: Measure,
    is_total: bool,
    is_known: bool,
    scale: f64,
    is_rest: bool,
    resource: String,
    item: Option<String>,
    interval: Option<Span>,
}

impl Given {
    fn new(
        measured: &Measured<'_>,
        resource: String,
        item: Option<String>,
        interval: Option<Span>,
        asked: &Asked,
    ) -> Self {
        let name = &measured.name.value;
        let known = names::meaning(name)
            .and_then(|m| Some((names::scale(&measured.unit, &m.measure)?, m)))
            .map(|(scale, m)| (m.measure, m.is_total, m.is_rest, scale));
        let said = asked.measure.clone().and_then(|measure| {
            let scale = names::scale(&measured.unit, &measure)?;
            Some((measure, asked.totals == Some(true), false, scale))
        });
        let is_known = known.is_some() || said.is_some();
        let unknown = (Measure::Other(name.to_string()), false, false, 1.0);
        let (measure, is_total, is_rest, scale) = known.or(said).unwrap_or(unknown);
        Self { measure, is_total, is_known, scale, is_rest, resource, item, interval }
    }

    fn take(&self, steps: &[Step], to: &mut Collector) {
        let mut ids: [Option<SeriesId>; 3] = [None; 3];
        let statistics = [Statistic::Mean, Statistic::Minimum, Statistic::Maximum];
        // A step without a value is a gap, and shows how long a step is.
        let mut gaps = Vec::new();
        for step in steps {
            to.row();
            let values = self.values(step);
            if values.iter().all(Option::is_none) {
                gaps.push(step.time.0);
                to.aside(if step.is_empty() {
                    "step without a value"
                } else {
                    "no statistic of it says anything of a step"
                });
                continue;
            }
            to.used();
            for (at, value) in values.into_iter().enumerate().filter(|(_, value)| value.is_some()) {
                let id = *ids[at].get_or_insert_with(|| self.series(statistics[at], step, to));
                to.sample(id, step.time.0, value);
            }
        }
        for id in ids.into_iter().flatten() {
            for time in &gaps {
                to.sample(id, *time, None);
            }
        }
    }

    /// Mean, minimum and maximum of a step in the measure's unit, as far as they are told.
    fn values(&self, step: &Step) -> [Option<f64>; 3] {
        if self.is_total {
            return [step.total.get().map(|total| total * self.scale), None, None];
        }
        let counted = step
            .total
            .get()
            .zip(step.count.get())
            .filter(|(_, count)| *count > 0.0)
            .map(|(total, count)| total / count);
        // Of an unknown metric a total says more than nothing.
        let total = step.total.get().filter(|_| !self.is_known && step.average.get().is_none());
        let mean = step.average.get().or(total).or(counted);
        let turned = |value: f64| if self.is_rest { 1.0 - value * self.scale } else { value * self.scale };
        let (low, high) = if self.is_rest {
            (step.maximum.get(), step.minimum.get())
        } else {
            (step.minimum.get(), step.maximum.get())
        };
        [mean, low, high].map(|value| value.map(turned))
    }

    fn series(&self, statistic: Statistic, step: &Step, to: &mut Collector) -> SeriesId {
        let is_sum = self.is_total || (!self.is_known && step.average.get().is_none() && step.total.get().is_some());
        let how = match self.interval {
            _ if !is_sum || statistic != Statistic::Mean => How::Level,
            Some(span) => How::Per(span),
            None => How::PerStep,
        };
        let measure = match &self.measure {
            Measure::Other(name) if how != How::Level => Measure::Other(format!("{name} per second")),
            measure => measure.clone(),
        };
        let key = Key { resource: ResourceName(self.resource.clone()), item: self.item.clone(), measure, statistic };
        to.series(key, how, 0)
    }
}

impl Step {
    fn is_empty(&self) -> bool {
        let all = [self.average, self.total, self.minimum, self.maximum, self.count];
        all.iter().all(|value| value.get().is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::Telemetry;

    fn metric(name: &str, unit: &str, statistics: [&str; 3]) -> String {
        let step =
            |minute: usize| format!(r#"{{"timeStamp":"2026-03-01T04:{:02}:00Z"{}}}"#, minute * 5, statistics[minute]);
        format!(
            r#"{{"id":"/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web-1/providers/Microsoft.Insights/metrics/x",
            "name":{{"value":"{name}"}},"unit":"{unit}","timeseries":[{{"metadatavalues":[],"data":[{},{},{}]}}]}}"#,
            step(0),
            step(1),
            step(2)
        )
    }

    fn read(metrics: &[String]) -> Result<Telemetry, Vec<Problem>> {
        let text = format!(r#"{{"interval":"PT5M","timespan":"x","value":[{}]}}"#, metrics.join(","));
        assert_eq!(AzureMonitor.detect(&Head::new(text.as_bytes(), true)), Share::ALL);
        let mut to = Collector::new(false);
        to.begin("x.json", AzureMonitor.name(), Share::ALL);
        AzureMonitor.read(Text::of("x.json", &text), &Asked::default(), &mut to);
        to.finish()
    }

    #[test]
    fn steps_are_means_rates_and_gaps() {
        let read = read(&[
            metric("Percentage CPU", "Percent", [r#","average":10,"maximum":20"#, "", r#","average":30,"maximum":40"#]),
            metric("Network In", "Bytes", [r#","total":300"#, r#","total":null"#, r#","total":600"#]),
            metric(
                "Available Memory Percentage",
                "Percent",
                [r#","average":25"#, r#","average":50"#, r#","average":75"#],
            ),
            metric("Sheep", "Count", [r#","total":300"#, r#","count":1"#, r#","total":600"#]),
        ]);
        let read = read.unwrap();
        let told: Vec<_> =
            read.metrics.iter().map(|m| (m.measure.word(), m.series.value(0), m.series.value(1))).collect();
        let expected = [
            ("cpu_share", Some(0.1), None),
            ("cpu_share", Some(0.2), None),
            ("memory_share", Some(0.75), Some(0.5)),
            ("network_in", Some(1.0), None),
            ("Sheep per second", Some(1.0), None),
        ];
        assert_eq!(told, expected);
        let asides: Vec<_> = read.reading.aside.iter().map(|a| (a.reason.as_str(), a.rows)).collect();
        assert_eq!(asides, [("no statistic of it says anything of a step", 1), ("step without a value", 2)]);
        assert_eq!(read.resources()[0].0, "web-1");
    }

    #[test]
    fn spans_are_read() {
        let seconds = |text| span(text).map(Span::as_seconds);
        assert_eq!(
            ["PT5M", "P1D", "PT1H", "PT0S", "five"].map(seconds),
            [Some(300.0), Some(86_400.0), Some(3600.0), None, None]
        );
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        let problem = &read(&[metric("x", "y", [r#","average":"1""#, "", ""])]).unwrap_err()[0];
        assert!(problem.what.starts_with("invalid type: string \"1\", expected f64"));
        assert_eq!(problem.line, 2);
    }
}

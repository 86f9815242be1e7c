//! Datadog: the answer of `/api/v1/query`, series of pairs of milliseconds and a value.
//!
//! Datadog, "Query timeseries points". Times are milliseconds, gaps `null`.
use super::asked::Asked;
use super::collector::Collector;
use super::format::Format;
use super::head::Head;
use super::json::{self, Moment};
use super::key::{How, Key};
use super::name;
use super::text::Text;
use plimsoll::telemetry::Measure;
use plimsoll::units::Share;
use serde::Deserialize;

/// See the module.
pub(super) struct Datadog;

#[derive(Deserialize)]
struct Document {
    series: Vec<One>,
}

#[derive(Deserialize)]
struct One {
    metric: String,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    pointlist: Vec<(Moment, Option<f64>)>,
}

/// Datadog, "System check" and "Kubernetes": names, and the scale to the measure's unit.
const NAMES: [(&str, Measure, f64); 13] = [
    ("system.cpu.iowait", Measure::CpuIoWait, 0.01),
    ("system.cpu.stolen", Measure::CpuSteal, 0.01),
    ("system.load.1", Measure::RunQueue, 1.0),
    ("system.mem.total", Measure::MemoryCapacity, 1.0),
    ("system.net.bytes_rcvd", Measure::NetworkIn, 1.0),
    ("system.net.bytes_sent", Measure::NetworkOut, 1.0),
    ("system.disk.in_use", Measure::DiskShare, 1.0),
    ("system.disk.used", Measure::DiskUsed, 1.0),
    ("system.disk.total", Measure::DiskCapacity, 1.0),
    ("system.io.r_s", Measure::DiskReads, 1.0),
    ("system.io.w_s", Measure::DiskWrites, 1.0),
    ("kubernetes.cpu.usage.total", Measure::CpuUsed, 1e-9),
    ("kubernetes.memory.working_set", Measure::MemoryUsed, 1.0),
];

impl Format for Datadog {
    fn name(&self) -> &'static str {
        "Datadog query"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let is_it = head.is_json() && json::has_key(head, "series") && json::has_key(head, "pointlist");
        Share::of_one(if is_it { 1.0 } else { 0.0 })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let text = match text.whole() {
            Ok(text) => text,
            Err(problem) => return to.wrong(|| problem),
        };
        let document = match serde_json::from_str::<Document>(&text) {
            Ok(document) => document,
            Err(error) => {
                let help = "a series has a `metric` and a `pointlist` of pairs, as the API writes them";
                return to.wrong(|| json::problem(&file, &text, 0, &error, help));
            }
        };
        for one in document.series {
            give(&one, &file, asked, to);
        }
    }
}

fn give(one: &One, file: &str, asked: &Asked, to: &mut Collector) {
    let known = NAMES.iter().find(|row| row.0 == one.metric).map(|row| (row.1.clone(), row.2));
    let (measure, scale) = known
        .or_else(|| Some((asked.measure.clone()?, 1.0)))
        .unwrap_or_else(|| (Measure::Other(one.metric.clone()), 1.0));
    let tags = || one.scope.split(',').map(str::trim).filter(|tag| !tag.is_empty() && *tag != "*");
    let host = tags().find_map(|tag| ["host:", "pod_name:", "service:"].iter().find_map(|name| tag.strip_prefix(name)));
    let rest: Vec<&str> = tags().filter(|tag| host.is_none_or(|host| !tag.ends_with(&format!(":{host}")))).collect();
    let resource = host.map_or_else(|| name::of_file(file, asked), str::to_owned);
    let key = Key { item: (!rest.is_empty()).then(|| rest.join(" ")), ..Key::of(resource, measure) };
    let id = to.series(key, How::Level, 0);
    for (time, value) in &one.pointlist {
        to.row();
        if value.is_some() {
            to.used();
        } else {
            to.aside("step without a value");
        }
        to.sample(id, time.0, value.map(|value| value * scale));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_times_and_values_are_series() {
        let text = r#"{"status":"ok","series":[{"metric":"system.cpu.iowait","scope":"host:web-1,env:prod","interval":20,
            "pointlist":[[1772337600000,50.0],[1772337620000.0,null],[1772337640000,25]]}]}"#;
        assert_eq!(Datadog.detect(&Head::new(text.as_bytes(), true)), Share::ALL);
        let mut to = Collector::new(false);
        to.begin("x.json", Datadog.name(), Share::ALL);
        Datadog.read(Text::of("x.json", text), &Asked::default(), &mut to);
        let read = to.finish().unwrap();
        let metric = &read.metrics[0];
        assert_eq!((metric.resource.0.as_str(), metric.item.as_deref()), ("web-1", Some("env:prod")));
        assert_eq!(metric.series.iter().map(|(_, v)| v).collect::<Vec<_>>(), [Some(0.5), None, Some(0.25)]);
        assert_eq!((read.reading.rows_used, read.reading.aside[0].rows), (2, 1));
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        let mut to = Collector::new(false);
        to.begin("x.json", Datadog.name(), Share::ALL);
        Datadog.read(Text::of("x.json", r#"{"series":[{"pointlist":[]}]}"#), &Asked::default(), &mut to);
        assert!(to.finish().unwrap_err()[0].what.contains("missing field `metric`"));
    }
}

//! `sadf -j`, `iostat -o JSON`, `mpstat -o JSON`: reports of groups of fields, each group a row or a list of rows.
use super::super::asked::Asked;
use super::super::collector::Collector;
use super::super::format::Format;
use super::super::head::Head;
use super::super::stamp::{Running, Stamp, Zone, Zones, clock, day, midnight, stamp};
use super::super::text::Text;
use super::elements::{self, Part};
use super::field;
use super::iostat::{SINCE_BOOT, when};
use super::row::{Hosts, Row};
use crate::problem::Problem;
use plimsoll::series::Time;
use plimsoll::telemetry::Facts;
use plimsoll::units::{Compute, Share};
use serde_json::{Map, Value};

/// `sadf -j`.
pub(crate) struct SadfJson;
/// `iostat -o JSON`.
pub(crate) struct IostatJson;
/// `mpstat -o JSON`.
pub(crate) struct MpstatJson;

/// Whether this is JSON of sysstat with one of these groups, and a time that starts so.
fn is_of(head: &Head<'_>, groups: &[&str], time: &[Option<char>]) -> Share {
    let text = head.text();
    let is_ours = head.is_json() && text.contains("\"sysstat\"") && text.contains("\"hosts\"");
    let first =
        text.split_once("\"timestamp\"").and_then(|(_, rest)| rest.trim_start_matches([':', ' ']).chars().next());
    let is = is_ours && groups.iter().any(|group| text.contains(group)) && time.contains(&first);
    Share::of_one(if is { 1.0 } else { 0.0 })
}

impl Format for SadfJson {
    fn name(&self) -> &'static str {
        "sadf -j"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        is_of(head, &["\"file-date\"", "\"timestamp\""], &[Some('{'), None])
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        read(text, false, asked, to);
    }
}
impl Format for IostatJson {
    fn name(&self) -> &'static str {
        "iostat -o JSON"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        is_of(head, &["\"avg-cpu\"", "\"disk_device\""], &[Some('"'), None])
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        read(text, true, asked, to);
    }
}
impl Format for MpstatJson {
    fn name(&self) -> &'static str {
        "mpstat -o JSON"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        is_of(head, &["\"cpu-load\"", "\"sum-interrupts\""], &[Some('"')])
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        read(text, false, asked, to);
    }
}

fn read(text: Text, first_is_since_boot: bool, asked: &Asked, to: &mut Collector) {
    let name = text.name().to_owned();
    let source = match text.whole() {
        Ok(source) => source,
        Err(problem) => return to.wrong(|| problem),
    };
    let host = asked.resource.clone().unwrap_or_else(|| name.clone());
    let mut reader = Reader {
        name: &name,
        source: &source,
        lines: (0, 1),
        first_is_since_boot,
        host,
        clock: None,
        reports: 0,
        without_time: 0,
        hosts: Hosts::default(),
        zones: Zones::default(),
    };
    if let Err(problem) = elements::each(&name, &source, |part| reader.part(&part, to)) {
        to.row();
        to.mistake(|| problem);
    }
    if reader.without_time > 0 {
        let what = format!("{} reports without a time: when they were made cannot be told", reader.reports);
        to.wrong(|| {
            Problem::in_whole(&name, what, "record them with -t, as `S_TIME_FORMAT=ISO iostat -xt -o JSON 60`")
        });
    }
    reader.hosts.tell(to);
}

struct Reader<'s> {
    name: &'s str,
    source: &'s str,
    /// A byte, and its line.
    lines: (usize, usize),
    first_is_since_boot: bool,
    host: String,
    /// The clock that runs from the day of the host, for reports without a day.
    clock: Option<Running>,
    reports: usize,
    without_time: usize,
    hosts: Hosts,
    zones: Zones,
}

/// When a report was made.
enum When {
    At(Stamp, String),
    Untold,
    Wrong(String),
}

impl Reader<'_> {
    fn part(&mut self, part: &Part<'_>, to: &mut Collector) {
        match *part {
            Part::Host => {
                self.reports = 0;
                self.clock = None;
            }
            Part::Value("nodename", name) => name.clone_into(&mut self.host),
            Part::Value("number-of-cpus", cpus) => {
                if let Ok(cpus) = cpus.parse::<u32>() {
                    let vcpus = Some(Compute::vcpus(f64::from(cpus)));
                    to.facts(self.host.clone(), Facts { vcpus, ..Facts::default() });
                }
            }
            Part::Value("date", date) => {
                if let Some(day) = day(date) {
                    if !day.is_sure {
                        to.note(format!("the day {date} is read as {}, the month first.", day.date));
                    }
                    self.clock = midnight(day.date).map(Running::from);
                }
            }
            Part::Element("statistics", text, at) => self.report(text, at, to),
            Part::Element(list, ..) => {
                to.row();
                to.aside(if list == "restarts" { "restart row" } else { "comment row" });
            }
            Part::Value(..) => {}
        }
    }
    fn report(&mut self, text: &str, at: usize, to: &mut Collector) {
        let line = self.line_of(at);
        let report: Map<String, Value> = match serde_json::from_str(text) {
            Ok(report) => report,
            Err(error) => {
                to.row();
                return to.mistake(|| self.broken(text, at, &error));
            }
        };
        self.reports += 1;
        let mut rows = Vec::new();
        for (group, value) in report.iter().filter(|(name, _)| *name != "timestamp") {
            gather(group, value, &mut rows);
        }
        if rows.is_empty() {
            to.row();
            return to.aside("report without values");
        }
        let when = self.when(report.get("timestamp"));
        if self.first_is_since_boot && self.reports == 1 {
            to.note(SINCE_BOOT);
        }
        for (group, row) in rows {
            to.row();
            match &when {
                _ if self.first_is_since_boot && self.reports == 1 => to.aside("since-boot row"),
                When::At(stamp, written) => {
                    self.zones.see(stamp.zone, written, to);
                    self.row(group, row, stamp.time, line, to);
                }
                When::Untold => {
                    self.without_time += 1;
                    to.aside("row without a time");
                }
                When::Wrong(what) => to.mistake(|| {
                    Problem::in_text(self.name, self.source, at..at + 1, what.clone(), "record with S_TIME_FORMAT=ISO")
                }),
            }
        }
    }
    fn row(&mut self, group: &str, row: &Map<String, Value>, time: Time, line: usize, to: &mut Collector) {
        let mut items = Vec::new();
        let mut fields: Vec<(String, f64)> = Vec::new();
        let is_of_interrupt = group.contains("interrupts");
        if is_of_interrupt && row.get("intr").and_then(Value::as_str).is_some_and(|intr| intr != "sum") {
            return to.aside("interrupt row");
        }
        if matches!(group, "individual-interrupts" | "soft-interrupts" | "hard-interrupts") {
            return to.aside("interrupt row");
        }
        flat(row, &mut |key, value| match (field::item_column(key), value) {
            (Some(kind), Value::String(text)) if !(is_of_interrupt && key == "intr") => {
                items.extend(field::item(kind, text));
            }
            (Some(kind), Value::Number(n)) if key != "intr" => items.extend(field::item(kind, &n.to_string())),
            (_, Value::String(text)) if key == "intr" => items.push(format!("interrupt {text}")),
            (_, Value::Number(n)) => {
                let name = match (is_of_interrupt, key) {
                    (true, "all" | "intr") => "intr/s".to_owned(),
                    (true, _) => return,
                    (false, _) => field::text_name(group, key),
                };
                fields.extend(n.as_f64().filter(|n| n.is_finite()).map(|n| (name, n)));
            }
            _ => {}
        });
        let item = (!items.is_empty()).then(|| items.join(" "));
        let fields: Vec<(&str, f64)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let row = Row { host: &self.host, item: item.as_deref(), time, line };
        if self.hosts.give(&row, &fields, to) { to.used() } else { to.aside("row without numbers") }
    }
    fn when(&mut self, written: Option<&Value>) -> When {
        match written {
            None => When::Untold,
            Some(Value::Object(parts)) => {
                let part = |name: &str| parts.get(name).and_then(Value::as_str).unwrap_or_default();
                let is_utc = parts.get("utc").and_then(Value::as_u64) == Some(1);
                let zone = if is_utc { "UTC" } else { part("tz") };
                let written = format!("{} {} {zone}", part("date"), part("time"));
                let written = written.trim_end().to_owned();
                stamp(&written).map_or_else(|| When::Wrong(no_time(&written)), |at| When::At(at, written.clone()))
            }
            Some(Value::String(text)) => {
                if let Some(at) = when(text) {
                    return When::At(at, text.clone());
                }
                let words: Vec<&str> = text.split_whitespace().collect();
                match (clock(&words), &mut self.clock) {
                    (Some((second, _)), Some(running)) => {
                        When::At(Stamp { time: running.at(second), zone: Zone::Missing }, text.clone())
                    }
                    _ => When::Wrong(no_time(text)),
                }
            }
            Some(other) => When::Wrong(no_time(&other.to_string())),
        }
    }
    fn broken(&self, text: &str, at: usize, error: &serde_json::Error) -> Problem {
        let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let place = at + before + error.column().saturating_sub(1);
        let what = format!("cannot be read as JSON: {error}");
        Problem::in_text(self.name, self.source, place..place + 1, what, "export the file again")
    }
    fn line_of(&mut self, at: usize) -> usize {
        let (from, line) = self.lines;
        let more = memchr::memchr_iter(b'\n', &self.source.as_bytes()[from..at]).count();
        self.lines = (at, line + more);
        line + more
    }
}

fn no_time(text: &str) -> String {
    format!("cannot read `{text}` as a time")
}

/// The rows of a group: a list of them, one of its own, or those of the groups in it.
fn gather<'v>(group: &'v str, value: &'v Value, rows: &mut Vec<(&'v str, &'v Map<String, Value>)>) {
    match value {
        Value::Array(list) => rows.extend(list.iter().filter_map(|row| Some((group, row.as_object()?)))),
        Value::Object(inner) if matches!(group, "network" | "power-management" | "psi") => {
            for (name, value) in inner {
                gather(name, value, rows);
            }
        }
        Value::Object(row) => rows.push((group, row)),
        _ => {}
    }
}

/// The plain values of a row, those of tables in it (`io-reads`) with it.
fn flat<'v>(row: &'v Map<String, Value>, give: &mut impl FnMut(&'v str, &'v Value)) {
    for (key, value) in row {
        match value {
            Value::Object(inner) => inner.iter().for_each(|(key, value)| give(key, value)),
            plain => give(key, plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{aside, mean, read, read_asked};
    use super::*;
    use plimsoll::telemetry::Measure;

    fn sadf(reports: &str) -> String {
        format!(
            r#"{{"sysstat": {{"hosts": [{{"nodename": "db-1", "number-of-cpus": 4, "file-date": "2026-03-01",
            "statistics": [{reports}], "restarts": [{{"boot": {{"date": "2026-03-01"}}}}]}}]}}}}"#
        )
    }
    fn report(time: &str, idle: f64) -> String {
        format!(
            r#"{{"timestamp": {{"date": "2026-03-01", "time": "{time}", "utc": 1, "interval": 60}},
            "cpu-load": [{{"cpu": "all", "user": 1.0, "steal": 0.0, "iowait": 0.0, "idle": {idle}}}],
            "memory": {{"memfree": 200, "avail": 550, "memused": 800, "memused-percent": 80.0, "buffers": 1, "cached": 2}},
            "io": {{"tps": 3.0, "io-reads": {{"rtps": 1.0, "bread": 2.0}}}},
            "disk": [{{"disk-device": "vda", "tps": 1.0, "rd_sec": 8.0, "rkB": 4.0, "await": 2.0, "util-percent": 10.0}}],
            "network": {{"net-dev": [{{"iface": "eth0", "rxkB": 2.0}}]}},
            "interrupts": [{{"intr": "sum", "all": 70.0, "CPU0": 30.0}}, {{"intr": "9", "all": 1.0}}],
            "queue": {{"runq-sz": 3}}}}"#
        )
    }

    #[test]
    fn groups_of_a_report_are_rows() {
        let text = sadf(&[report("00:01:00", 60.0), report("00:02:00", 20.0)].join(","));
        assert_eq!(SadfJson.detect(&Head::new(text.as_bytes(), true)), Share::ALL);
        assert_eq!(MpstatJson.detect(&Head::new(text.as_bytes(), true)), Share::NONE);
        let read = read(&SadfJson, &text).unwrap();
        assert_eq!(mean(&read, "db-1", None, &Measure::CpuShare), [Some(0.4), Some(0.8)]);
        assert_eq!(mean(&read, "db-1", None, &Measure::MemoryUsed)[0], Some(450.0 * 1024.0));
        assert_eq!(mean(&read, "db-1", Some("vda"), &Measure::DiskReadBytes)[0], Some(4096.0));
        assert_eq!(mean(&read, "db-1", None, &Measure::DiskReads)[0], Some(1.0));
        assert_eq!(mean(&read, "db-1", Some("eth0"), &Measure::NetworkIn)[0], Some(2048.0));
        assert_eq!(mean(&read, "db-1", Some("interrupt sum"), &Measure::Other("intr/s".into()))[0], Some(70.0));
        assert_eq!(aside(&read), [("interrupt row", 2), ("restart row", 1)]);
        assert_eq!(read.facts.values().next().unwrap().vcpus, Some(Compute::vcpus(4.0)));
    }

    #[test]
    fn a_file_that_breaks_off_shows_where_or_loses_its_end() {
        let whole = sadf(&[report("00:01:00", 60.0), report("00:02:00", 20.0), report("00:03:00", 20.0)].join(","));
        let cut = &whole[..whole.rfind("\"queue\"").unwrap()];
        let problem = &read(&SadfJson, cut).unwrap_err()[0];
        assert!(problem.what.contains("breaks off") && problem.line > 20, "{problem}");
        let going = read_asked(&SadfJson, cut, &Asked { keep_going: true, ..Asked::default() }).unwrap();
        assert_eq!(mean(&going, "db-1", None, &Measure::CpuShare).len(), 2);
        let wrong = &read(&SadfJson, &whole.replacen("\"avail\": 550", "\"avail\": ,", 1)).unwrap_err()[0];
        assert!(wrong.line == 4 && wrong.what.starts_with("cannot be read as JSON"), "{wrong}");
    }

    #[test]
    fn the_first_report_of_iostat_is_set_aside() {
        let report =
            |time: &str| format!(r#"{{{time} "avg-cpu": {{"user": 40.0, "iowait": 0.0, "idle": 60.0}}, "disk": []}}"#);
        let host = |reports: String| {
            format!(
                r#"{{"sysstat": {{"hosts": [{{"nodename": "a", "date": "03/01/26", "statistics": [{reports}, {{}}]}}]}}}}"#
            )
        };
        let times =
            ["00:00:00", "00:01:00", "00:02:00"].map(|t| report(&format!(r#""timestamp": "2026-03-01T{t}+0000","#)));
        let text = host(times.join(","));
        assert_eq!(IostatJson.detect(&Head::new(text.as_bytes(), true)), Share::ALL);
        let read_it = read(&IostatJson, &text).unwrap();
        assert_eq!(mean(&read_it, "a", None, &Measure::CpuShare), [Some(0.4), Some(0.4)]);
        assert_eq!(aside(&read_it), [("report without values", 1), ("since-boot row", 1)]);
        let without = host([report(""), report("")].join(","));
        assert!(read(&IostatJson, &without).unwrap_err()[0].help.contains("-t"));
    }

    #[test]
    fn a_clock_runs_from_the_day_of_the_host() {
        let report = |time: &str| {
            format!(r#"{{"timestamp": "{time}", "cpu-load": [{{"cpu": "all", "irq": 0, "idle": 60.0}}]}}"#)
        };
        let reports = ["11:59:00 PM", "12:00:00 AM", "12:01:00 AM"].map(report).join(",");
        let text = format!(
            r#"{{"sysstat": {{"hosts": [{{"nodename": "a", "date": "2026-03-01", "statistics": [{reports}]}}]}}}}"#
        );
        assert_eq!(MpstatJson.detect(&Head::new(text.as_bytes(), true)), Share::ALL);
        let read = read(&MpstatJson, &text).unwrap();
        assert_eq!((read.metrics[0].series.len(), read.metrics[0].series.step().as_seconds()), (3, 60.0));
    }
}

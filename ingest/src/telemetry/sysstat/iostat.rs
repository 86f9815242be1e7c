//! The text of `iostat`: reports one after the other, each of the processors and the disks.
//!
//! The first report is the mean since the host started (unless `-y` left it out, which nothing tells) and is set aside.
//! Only `iostat -t` writes when a report was made; without, no series can be told.
use super::super::asked::Asked;
use super::super::collector::Collector;
use super::super::format::Format;
use super::super::head::Head;
use super::super::stamp::{Stamp, Zone, Zones, clock, day, midnight, stamp};
use super::super::text::Text;
use super::banner::{self, Banner};
use super::columns::{self, Columns};
use super::row::{Hosts, Row};
use crate::problem::Problem;
use plimsoll::series::Time;
use plimsoll::units::Share;

/// The format.
pub(crate) struct IostatText;

impl Format for IostatText {
    fn name(&self) -> &'static str {
        "iostat"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let has = |word: &str| head.lines().any(|line| line.trim_start().starts_with(word));
        let is_banner = banner::is_banner(head.first_line());
        Share::of_one(match (is_banner, has("avg-cpu:"), has("Device")) {
            (true, true, _) | (true, _, true) => 1.0,
            (false, true, true) => 0.8,
            _ => 0.0,
        })
    }
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector) {
        let mut reader = Reader {
            file: text.name().to_owned(),
            host: asked.resource.clone().unwrap_or_else(|| text.name().to_owned()),
            zones: Zones::default(),
            hosts: Hosts::default(),
            columns: None,
            reports: 0,
            time: None,
            is_open: false,
            has_devices: false,
        };
        let mut lines = text.lines();
        loop {
            match lines.next() {
                Ok(Some((number, line))) => reader.line(number, line, to),
                Ok(None) => break,
                Err(problem) => {
                    to.wrong(|| problem);
                    break;
                }
            }
        }
        reader.hosts.tell(to);
        if reader.reports > 1 && reader.time.is_none() {
            let what =
                format!("{} reports of iostat without a time: when they were made cannot be told", reader.reports);
            let help = "record them with `iostat -t`, as `S_TIME_FORMAT=ISO iostat -xt 60`";
            to.wrong(|| Problem::in_whole(&reader.file, what, help));
        }
    }
}

/// Says that a file has nothing but the mean since the host started.
pub(super) const SINCE_BOOT: &str = "the first report of iostat is the mean since the host started: set aside.";

struct Reader {
    file: String,
    host: String,
    zones: Zones,
    hosts: Hosts,
    columns: Option<Columns>,
    reports: usize,
    time: Option<Time>,
    /// A report has begun with its time, and its processors are to come.
    is_open: bool,
    has_devices: bool,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str, to: &mut Collector) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(first) = words.first() else {
            self.columns = None;
            return;
        };
        if banner::is_banner(line) {
            let banner = Banner::read(line, to);
            self.host = banner.host;
        } else if let Some(at) = when(line.trim()) {
            self.zones.see(at.zone, line.trim(), to);
            self.time = Some(at.time);
            self.begin();
            self.is_open = true;
        } else if *first == "avg-cpu:" {
            if !self.is_open {
                self.begin();
            }
            self.is_open = false;
            self.columns = Some(Columns::of(words[1..].iter().copied()));
        } else if first.starts_with("Device") {
            if self.has_devices || self.reports == 0 {
                self.begin();
            }
            self.has_devices = true;
            self.is_open = false;
            self.columns = Some(Columns::of(words.iter().copied()));
        } else {
            to.row();
            self.row(number, line, &words, to);
        }
    }
    fn begin(&mut self) {
        self.reports += 1;
        self.has_devices = false;
    }
    fn row(&mut self, number: usize, line: &str, words: &[&str], to: &mut Collector) {
        let Some(columns) = &self.columns else {
            return to.mistake(|| {
                let help = "iostat writes rows below `avg-cpu:` and `Device`";
                Problem::in_line(&self.file, number, line, 0..line.len(), "this line stands below no header", help)
            });
        };
        if self.reports <= 1 {
            to.note(SINCE_BOOT);
            return to.aside("since-boot row");
        }
        let Some(time) = self.time else { return to.aside("row without a time") };
        match columns.read(words) {
            Ok(read) => {
                let row = Row { host: &self.host, item: read.item.as_deref(), time, line: number };
                if self.hosts.give(&row, &read.fields, to) { to.used() } else { to.aside("row without numbers") }
            }
            Err(wrong) => to.mistake(|| columns::problem(&self.file, number, line, words, &wrong)),
        }
    }
}

/// A line that is a time and nothing else, in ISO 8601 or as a country writes it.
pub(super) fn when(line: &str) -> Option<Stamp> {
    if let Some(at) = stamp(line) {
        return Some(at);
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let (second, taken) = clock(words.get(1..)?)?;
    let start = midnight(day(words[0])?.date)?;
    let time = Time::unix_seconds(start.as_unix_seconds() + second);
    (words.len() == taken + 1).then_some(Stamp { time, zone: Zone::Missing })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{aside, mean, read};
    use super::*;
    use plimsoll::telemetry::Measure;

    fn report(time: &str, idle: f64) -> String {
        format!(
            "{time}avg-cpu:  %user   %nice %system %iowait  %steal   %idle\n          10.00    0.00    0.00    0.00    \
             0.00   {idle:.2}\n\nDevice            r/s     rMB/s     w/s     wMB/s r_await w_await  aqu-sz  %util\n\
             vda             10.00      1.00   10.00      2.00    1.00    3.00    0.04  50.00\n\n\n"
        )
    }

    #[test]
    fn reports_with_times_are_series() {
        let text = format!(
            "Linux 6.1.0 (db-1) \t03/01/26 \t_x86_64_\t(2 CPU)\n\n{}{}{}",
            report("03/01/26 11:59:00 PM\n", 1.0),
            report("03/02/26 12:00:00 AM\n", 75.0),
            report("03/02/26 12:01:00 AM\n", 50.0)
        );
        let read = read(&IostatText, &text).unwrap();
        assert_eq!(mean(&read, "db-1", None, &Measure::CpuShare), [Some(0.25), Some(0.5)]);
        assert_eq!(mean(&read, "db-1", Some("vda"), &Measure::DiskReadBytes)[0], Some(1_048_576.0));
        assert_eq!(mean(&read, "db-1", Some("vda"), &Measure::DiskWait)[0], Some(0.002));
        assert_eq!(aside(&read), [("since-boot row", 2)]);
    }

    #[test]
    fn reports_without_times_are_refused_with_what_would_do() {
        let text = format!("Linux 6.1.0 (a) \t03/01/26 \t_x86_64_\t(2 CPU)\n\n{}{}", report("", 1.0), report("", 2.0));
        assert_eq!(IostatText.detect(&Head::new(text.as_bytes(), true)).as_part(), 1.0);
        let problem = &read(&IostatText, &text).unwrap_err()[0];
        assert!(problem.what.starts_with("2 reports of iostat") && problem.help.contains("iostat -t"));
    }

    #[test]
    fn mistakes_have_their_places() {
        let text = format!(
            "Linux 6.1.0 (a) \t03/01/26 \t_x86_64_\t(2 CPU)\n\n{}{}",
            report("2026-03-01T00:00:00+0000\n", 1.0),
            report("2026-03-01T00:01:00+0000\n", 1.0).replace("2.00    1.00", "2.0k    1.00")
        );
        assert_eq!(read(&IostatText, &text).unwrap_err()[0].line, 16);
        assert!(read(&IostatText, "hello\n").is_err());
    }
}

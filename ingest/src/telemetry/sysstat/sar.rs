//! The text of `sar` and `mpstat`: tables under headers that begin with a clock, one table after the other or by turns.
//!
//! The day stands in the first line only; each table runs over midnight on its own, since `sar -A` writes a day of one
//! table before it writes the same day of the next. Averages at the end repeat what was read. Solaris names the time once
//! for all disks below it.
use super::super::asked::Asked;
use super::super::collector::Collector;
use super::super::format::Format;
use super::super::head::Head;
use super::super::stamp::{Running, clock};
use super::super::text::Text;
use super::banner::{self, Banner};
use super::columns::{self, Columns, is_number};
use super::row::{Hosts, Row};
use super::sadf_d::tell_cpus;
use crate::problem::Problem;
use plimsoll::series::Time;
use plimsoll::units::Share;
use std::collections::HashMap;

/// `sar`.
pub(crate) struct SarText;
/// `mpstat`.
pub(crate) struct MpstatText;

impl Format for SarText {
    fn name(&self) -> &'static str {
        "sar"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        Share::of_one(
            first_header(head).map_or(0.0, |words| if is_mpstat(&words) || is_pidstat(&words) { 0.0 } else { 1.0 }),
        )
    }
    fn read(&self, text: Text, _: &Asked, to: &mut Collector) {
        Reader::new(text.name(), false).read(text, to);
    }
}

impl Format for MpstatText {
    fn name(&self) -> &'static str {
        "mpstat"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        Share::of_one(first_header(head).map_or(0.0, |words| if is_mpstat(&words) { 1.0 } else { 0.0 }))
    }
    fn read(&self, text: Text, _: &Asked, to: &mut Collector) {
        Reader::new(text.name(), true).read(text, to);
    }
}

/// The words of the first header behind its clock, if a banner stands above it.
pub(super) fn first_header(head: &Head<'_>) -> Option<Vec<String>> {
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    if !banner::is_banner(lines.next()?) {
        return None;
    }
    lines.take(10).find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (_, taken) = clock(&words)?;
        Some(words[taken..].iter().map(|&w| w.to_owned()).collect())
    })
}

/// `mpstat` names interrupts before what was stolen, `sar` after it.
fn is_mpstat(words: &[String]) -> bool {
    let at = |name: &str| words.iter().position(|word| word == name);
    match (at("%irq"), at("%steal")) {
        (Some(irq), Some(steal)) => irq < steal,
        _ => at("CPU") == Some(0) && at("intr/s") == Some(1),
    }
}

fn is_pidstat(words: &[String]) -> bool {
    words.iter().any(|word| word == "PID" || word == "TGID")
}

struct Reader {
    file: String,
    is_mpstat: bool,
    hosts: Hosts,
    banner: Option<Banner>,
    /// The table that is being read, and the clock of its header.
    table: Option<Table>,
    clocks: HashMap<String, Running>,
    last: Option<Time>,
    in_averages: bool,
}

struct Table {
    names: String,
    columns: Columns,
    header_at: i64,
    is_set_aside: bool,
}

impl Reader {
    fn new(file: &str, is_mpstat: bool) -> Self {
        Self {
            file: file.into(),
            is_mpstat,
            hosts: Hosts::default(),
            banner: None,
            table: None,
            clocks: HashMap::new(),
            last: None,
            in_averages: false,
        }
    }
    fn read(mut self, text: Text, to: &mut Collector) {
        let mut lines = text.lines();
        loop {
            match lines.next() {
                Ok(Some((number, line))) => self.line(number, line, to),
                Ok(None) => break,
                Err(problem) => {
                    to.wrong(|| problem);
                    break;
                }
            }
        }
        to.note("the times have no zone: taken as UTC.");
        self.hosts.tell(to);
    }
    fn line(&mut self, number: usize, line: &str, to: &mut Collector) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(first) = words.first() else { return };
        if banner::is_banner(line) {
            let banner = Banner::read(line, to);
            if banner.midnight.is_none() {
                let help = "sar writes the day into its first line; export the file again";
                to.wrong(|| Problem::in_line(&self.file, number, line, 0..line.len(), "this line names no day", help));
            }
            self.banner = Some(banner);
            self.clocks.clear();
            self.table = None;
            return;
        }
        match clock(&words) {
            Some((second, taken)) => self.clocked(number, line, second, &words[taken..], to),
            // `Average:`, `Durchschn.:`, `Moyenne :`
            None if first.ends_with(':') || words.get(1) == Some(&":") || *first == "Average" => {
                self.in_averages = true;
                if words.iter().any(|w| is_number(w)) {
                    to.row();
                    to.aside("average row");
                }
            }
            None if self.in_averages => {
                to.row();
                to.aside("average row");
            }
            None => {
                to.row();
                match self.last {
                    Some(time) => self.row(number, line, &words, time, to),
                    None => to.mistake(|| {
                        let help = "is the file cut at its start?";
                        Problem::in_line(&self.file, number, line, 0..line.len(), "this line has no time", help)
                    }),
                }
            }
        }
    }
    /// A line that begins with a clock: a header, a row or a remark.
    fn clocked(&mut self, number: usize, line: &str, second: i64, words: &[&str], to: &mut Collector) {
        self.in_averages = false;
        let Some(Banner { host, midnight: Some(midnight) }) = self.banner.clone() else {
            to.row();
            return to.mistake(|| {
                let help = "the first line names the host and the day; export the file again with it";
                Problem::in_line(&self.file, number, line, 0..line.len(), "a row stands above the day", help)
            });
        };
        if words.contains(&"RESTART") || words.contains(&"restarts") {
            tell_cpus(&host, line, to);
            to.row();
            return to.aside("restart row");
        }
        if words.first() == Some(&"COM") {
            to.row();
            return to.aside("comment row");
        }
        if !words.iter().any(|word| is_number(word)) {
            return self.header(second, words, midnight, to);
        }
        to.row();
        let Some(table) = &self.table else {
            return to.mistake(|| {
                let what = "a row stands above the first header";
                Problem::in_line(&self.file, number, line, 0..line.len(), what, "is the file cut at its start?")
            });
        };
        let clock = self.clocks.entry(table.names.clone()).or_insert(Running::from(midnight));
        let time = clock.at(second);
        self.last = Some(time);
        if self.is_mpstat && table.header_at == second {
            to.note("mpstat without an interval tells the mean since the host started: set aside; run `mpstat 60`.");
            return to.aside("since-boot row");
        }
        self.row(number, line, words, time, to);
    }
    fn header(&mut self, second: i64, words: &[&str], midnight: Time, to: &mut Collector) {
        let names = words.join(" ");
        self.clocks.entry(names.clone()).or_insert(Running::from(midnight)).at(second);
        if self.table.as_ref().is_some_and(|table| table.names == names) {
            to.row();
            to.aside("header repeated");
        }
        let columns = Columns::of(words.iter().copied());
        // `mpstat -A` counts each kind of interrupt of each CPU.
        let are_interrupts = self.is_mpstat
            && words.first() == Some(&"CPU")
            && words.len() > 2
            && words[1..].iter().all(|word| word.ends_with("/s"));
        self.table = Some(Table { names, columns, header_at: second, is_set_aside: are_interrupts });
    }
    fn row(&mut self, number: usize, line: &str, cells: &[&str], time: Time, to: &mut Collector) {
        let (Some(table), Some(banner)) = (&self.table, &self.banner) else { return to.aside("row without numbers") };
        if table.is_set_aside {
            return to.aside("interrupt row");
        }
        let read = match table.columns.read(cells) {
            Ok(read) => read,
            Err(wrong) => return to.mistake(|| columns::problem(&self.file, number, line, cells, &wrong)),
        };
        if table.columns.is_interrupts() && read.item.as_deref() != Some("interrupt sum") {
            return to.aside("interrupt row");
        }
        let row = Row { host: &banner.host, item: read.item.as_deref(), time, line: number };
        if self.hosts.give(&row, &read.fields, to) { to.used() } else { to.aside("row without numbers") }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{aside, mean, read};
    use super::*;
    use plimsoll::telemetry::Measure;

    const DAY: &str = "Linux 6.1.0 (db-1) \t03/02/2026 \t_x86_64_\t(4 CPU)\n\n\
        11:40:01 PM     CPU     %user   %iowait    %steal     %idle\n\
        11:50:01 PM     all     40.00      5.00      5.00     50.00\n\
        12:00:01 AM     all     20.00      0.00      0.00     80.00\n\
        12:00:01 AM     CPU     %user   %iowait    %steal     %idle\n\
        12:10:01 AM     all     30,00      0,00      0,00     70,00\n\
        12:15:00 AM  LINUX RESTART\t(4 CPU)\n\
        Average:        all     30.00      1.67      1.67     66.67\n\n\
        11:40:01 PM kbmemfree kbmemused  %memused kbbuffers  kbcached\n\
        11:50:01 PM       200       800     80.00       100       300\n\
        12:00:01 AM       200       800     80.00       100       300\n\
        Average:          200       800     80.00       100       300\n";

    #[test]
    fn a_day_rolls_over_in_each_table() {
        let read = read(&SarText, DAY).unwrap();
        assert_eq!(mean(&read, "db-1", None, &Measure::CpuShare), [Some(0.4), Some(0.2), Some(0.3)]);
        let memory = read.metrics.iter().find(|m| m.measure == Measure::MemoryUsed).unwrap();
        assert_eq!(memory.series.start().to_string(), "2026-03-02T23:50:01Z");
        assert_eq!((memory.series.len(), memory.series.step().as_seconds()), (2, 600.0));
        assert_eq!(aside(&read), [("average row", 2), ("header repeated", 1), ("restart row", 1)]);
        assert!(read.reading.notes.contains(&"the day 03/02/2026 is read as 2026-03-02, the month first.".to_owned()));
    }

    #[test]
    fn disks_below_one_time_have_that_time() {
        let text = "SunOS db7 5.11 11.3 sun4v    05/26/2026\n\n\
            08:00:00   device   %busy   avque   r+w/s  blks/s  avwait  avserv\n\
            08:20:00   sd0         10     0.5       6       0     1.0     3.0\n           \
                       sd1         20     0.5       6       0     0.0     3.0\n\
            08:40:00   sd0         10     0.5       6       0     1.0     3.0\n           \
                       sd1         40     0.5       6       0     0.0     3.0\n\
            Average    sd0         10     0.5       6       0     1.0     3.0\n           \
                       sd1         30     0.5       6       0     0.0     3.0\n";
        let read = read(&SarText, text).unwrap();
        assert_eq!(mean(&read, "db7", Some("sd1"), &Measure::DiskBusy), [Some(0.2), Some(0.4)]);
        assert_eq!(mean(&read, "db7", Some("sd0"), &Measure::DiskWait)[0], Some(0.004));
        assert_eq!(aside(&read), [("average row", 2)]);
    }

    #[test]
    fn means_since_the_start_of_the_host_are_set_aside() {
        let header = "CPU    %usr   %nice    %sys %iowait    %irq   %soft  %steal  %idle";
        let row = "all    0.23    0.00    0.37    0.01    0.00    0.00    0.00   99.39";
        let text = format!("Linux 6.1.0 (a) \t2026-03-01 \t_x86_64_\t(1 CPU)\n\n15:14:20  {header}\n15:14:20  {row}\n");
        assert_eq!(MpstatText.detect(&Head::new(text.as_bytes(), true)).as_part(), 1.0);
        assert_eq!(SarText.detect(&Head::new(text.as_bytes(), true)).as_part(), 0.0);
        // The facts of the host remain.
        assert_eq!(aside(&read(&MpstatText, &text).unwrap()), [("since-boot row", 1)]);
        let more = format!("{text}15:15:20  {row}\n15:16:20  {row}\n");
        assert_eq!(mean(&read(&MpstatText, &more).unwrap(), "a", None, &Measure::CpuShare).len(), 2);
    }

    #[test]
    fn mistakes_have_their_places() {
        let problem = &read(&SarText, &DAY.replace("5.00      5.00", "much      5.00")).unwrap_err()[0];
        assert_eq!((problem.line, problem.width), (4, 4));
        assert!(read(&SarText, &DAY.replace("03/02/2026", "today")).unwrap_err()[0].what.contains("no day"));
        assert!(read(&SarText, &DAY[60..]).is_err());
    }
}

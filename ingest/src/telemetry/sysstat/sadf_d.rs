//! `sadf -d`: tables of semicolons, one below the other, each under its own `# hostname;interval;timestamp;...`.
//!
//! With `-h` all activities stand in one line, and a part `[...]` of the header may repeat; where how often cannot be told,
//! the first is read.
use super::super::asked::Asked;
use super::super::collector::Collector;
use super::super::format::Format;
use super::super::head::Head;
use super::super::stamp::{Zones, stamp};
use super::super::text::Text;
use super::columns::{self, Columns, Wrong};
use super::row::{Hosts, Row};
use crate::problem::Problem;
use plimsoll::telemetry::Facts;
use plimsoll::units::{Compute, Share};

/// The format.
pub(crate) struct SadfD;

const HEADER: &str = "# hostname;interval;timestamp";
const REPEATS: &str = "[...]";
const TIME_HELP: &str = "sadf writes times as 2026-03-01 04:00:00 UTC, or as Unix seconds with -U";

impl Format for SadfD {
    fn name(&self) -> &'static str {
        "sadf -d"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        Share::of_one(if head.lines().any(|line| line.starts_with(HEADER)) { 1.0 } else { 0.0 })
    }
    fn read(&self, text: Text, _: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let mut lines = text.lines();
        let mut table: Option<Vec<Group>> = None;
        let (mut hosts, mut zones) = (Hosts::default(), Zones::default());
        loop {
            let (number, line) = match lines.next() {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err(problem) => {
                    to.wrong(|| problem);
                    break;
                }
            };
            if line.trim().is_empty() {
            } else if let Some(names) = line.strip_prefix(HEADER) {
                table = Some(groups(names.trim_start_matches(';')));
            } else {
                to.row();
                row(&file, number, line, table.as_deref(), &mut hosts, &mut zones, to);
            }
        }
        hosts.tell(to);
    }
}

/// Columns that repeat together, or do not.
struct Group {
    columns: Columns,
    repeats: bool,
}

fn groups(names: &str) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for name in names.split(';') {
        open.push(name.strip_suffix(REPEATS).unwrap_or(name));
        if name.ends_with(REPEATS) {
            groups.push(Group { columns: Columns::of(open.drain(..)), repeats: true });
        }
    }
    if !open.is_empty() {
        groups.push(Group { columns: Columns::of(open), repeats: false });
    }
    groups
}

fn row(
    file: &str,
    number: usize,
    line: &str,
    table: Option<&[Group]>,
    hosts: &mut Hosts,
    zones: &mut Zones,
    to: &mut Collector,
) {
    let cells: Vec<&str> = line.split(';').collect();
    let [host, interval, time, rest @ ..] = &cells[..] else {
        let what = "a row of sadf has a host, an interval, a time and values";
        return to.mistake(|| Problem::in_line(file, number, line, 0..line.len(), what, ""));
    };
    if *interval == "-1" && rest.len() == 1 {
        let words = rest[0];
        if let Some(cpus) = words.strip_prefix("LINUX-RESTART") {
            tell_cpus(host, cpus, to);
            to.aside("restart row");
        } else {
            to.aside("comment row");
        }
        return;
    }
    let Some(at) = stamp(time) else {
        let bytes = columns::place(line, time);
        let what = format!("cannot read `{time}` as a time");
        return to.mistake(|| Problem::in_line(file, number, line, bytes, what, TIME_HELP));
    };
    let Some(groups) = table else {
        let what = "a row stands above the first header";
        let help = format!("the header starts with `{HEADER}`");
        return to.mistake(|| Problem::in_line(file, number, line, 0..1, what, help));
    };
    zones.see(at.zone, time, to);
    let mut used = false;
    let mut from = 0;
    for (columns, many) in parts(groups, rest.len(), to) {
        for _ in 0..many {
            let until = if groups.len() == 1 { rest.len() } else { (from + columns.len()).min(rest.len()) };
            let read = match columns.read(&rest[from..until]) {
                Ok(read) => read,
                Err(wrong) => {
                    let wrong = Wrong { cell: wrong.cell + from, ..wrong };
                    return to.mistake(|| columns::problem(file, number, line, rest, &wrong));
                }
            };
            from = until;
            if columns.is_interrupts() && read.item.as_deref() != Some("interrupt sum") {
                continue;
            }
            let row = Row { host, item: read.item.as_deref(), time: at.time, line: number };
            used |= hosts.give(&row, &read.fields, to);
        }
    }
    match used {
        true => to.used(),
        false if groups.iter().any(|g| g.columns.is_interrupts()) => to.aside("interrupt row"),
        false => to.aside("row without numbers"),
    }
}

/// The columns to read, and how often each stands in a row of so many cells.
fn parts<'g>(groups: &'g [Group], cells: usize, to: &mut Collector) -> Vec<(&'g Columns, usize)> {
    let plain: usize = groups.iter().map(|g| g.columns.len()).sum();
    let once = |g: &'g Group| (&g.columns, 1);
    if groups.len() == 1 || cells <= plain {
        return groups.iter().map(once).collect();
    }
    let repeated: Vec<&Group> = groups.iter().filter(|g| g.repeats).collect();
    if let [one] = repeated[..]
        && (cells - plain).is_multiple_of(one.columns.len())
    {
        let many = (cells - plain) / one.columns.len() + 1;
        return groups.iter().map(|g| (&g.columns, if g.repeats { many } else { 1 })).collect();
    }
    to.note("lines of `sadf -dh` repeat several parts: only the first of each line is read; leave -h out to read all.");
    groups.iter().take(1).map(once).collect()
}

/// Reads `(9 CPU)`.
pub(super) fn tell_cpus(host: &str, words: &str, to: &mut Collector) {
    let inside = words.split_once('(').and_then(|(_, rest)| rest.split_once("CPU)"));
    if let Some(cpus) = inside.and_then(|(n, _)| n.trim().parse::<u32>().ok()) {
        to.facts(host, Facts { vcpus: Some(Compute::vcpus(f64::from(cpus))), ..Facts::default() });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, aside, mean};
    use super::*;
    use plimsoll::telemetry::{Measure, Telemetry};

    fn read(text: &str) -> Result<Telemetry, Vec<Problem>> {
        testing::read(&SadfD, text)
    }

    const TWO: &str = "# hostname;interval;timestamp;CPU;%user;%nice;%system;%iowait;%steal;%idle\n\
        db-1;60;2026-03-01 00:01:00 UTC;-1;40.00;0.00;10.00;2.00;1.00;47.00\n\
        db-1;60;2026-03-01 00:01:00 UTC;0;80.00;0.00;20.00;0.00;0.00;0.00\n\
        db-1;60;2026-03-01 00:02:00 UTC;-1;20.00;0.00;10.00;2.00;1.00;67.00\n\
        db-1;60;2026-03-01 00:02:00 UTC;0;40.00;0.00;20.00;0.00;0.00;40.00\n\
        db-1;-1;2026-03-01 00:02:30 UTC;LINUX-RESTART\t(2 CPU)\n\
        db-1;-1;2026-03-01 00:02:40 UTC;COM patched\n\
        # hostname;interval;timestamp;DEV;tps;rd_sec/s;wr_sec/s;avgrq-sz;avgqu-sz;await;svctm;%util\n\
        db-1;60;2026-03-01 00:01:00 UTC;vda;10.00;16.00;0.00;8.00;0.50;2.00;1.00;25.00\n\
        db-1;60;2026-03-01 00:02:00 UTC;vda;10.00;16.00;0.00;8.00;0.50;2.00;1.00;25.00\n";

    #[test]
    fn several_tables_are_one_host() {
        let read = read(TWO).unwrap();
        assert_eq!(mean(&read, "db-1", None, &Measure::CpuShare), [0.5, 0.3].map(|v: f64| Some(v)).to_vec());
        assert_eq!(mean(&read, "db-1", Some("cpu0"), &Measure::CpuShare)[0], Some(1.0));
        assert_eq!(mean(&read, "db-1", Some("vda"), &Measure::DiskReadBytes)[0], Some(8192.0));
        assert_eq!(mean(&read, "db-1", Some("vda"), &Measure::DiskWait)[0], Some(0.002));
        assert_eq!((read.reading.rows_read, read.reading.rows_used), (8, 6));
        assert_eq!(aside(&read), [("comment row", 1), ("restart row", 1)]);
        assert_eq!(read.facts.values().next().unwrap().vcpus, Some(Compute::vcpus(2.0)));
    }

    #[test]
    fn merged_lines_are_read_where_they_can_be_told_apart() {
        let text = "# hostname;interval;timestamp;CPU;%user;%idle[...];runq-sz;ldavg-1\n\
            a;60;2026-03-01 00:01:00 UTC;-1;40.00;60.00;0;80.00;20.00;3;1.5\n\
            a;60;2026-03-01 00:02:00 UTC;-1;40.00;60.00;0;80.00;20.00;3;1.5\n";
        let read = read(text).unwrap();
        assert_eq!(mean(&read, "a", Some("cpu0"), &Measure::CpuShare)[0], Some(0.8));
        assert_eq!(mean(&read, "a", None, &Measure::RunQueue)[0], Some(3.0));
    }

    #[test]
    fn two_zones_in_one_file_are_told() {
        let text = TWO.replace("00:02:00 UTC;-1", "01:02:00 CET;-1");
        let read = read(&text).unwrap();
        assert_eq!(mean(&read, "db-1", None, &Measure::CpuShare).len(), 2);
        assert_eq!((read.reading.findings[0].kind, read.reading.findings[0].rows), ("mixed_zones", 2));
        assert_eq!(read.reading.notes, ["times in CET are read as UTC+01:00."]);
    }

    #[test]
    fn mistakes_have_their_places() {
        let wrong = |text: &str| read(text).unwrap_err()[0].clone();
        let problem = wrong(&TWO.replace("40.00;0.00;10.00;2.00", "40.00;0.00;many;2.00"));
        assert_eq!((problem.line, problem.column, problem.width), (2, 47, 4));
        let problem = wrong(&TWO.replace("2026-03-01 00:01:00 UTC;0;80", "noon;0;80"));
        assert_eq!((problem.line, problem.what.as_str()), (3, "cannot read `noon` as a time"));
        let cut = wrong(&TWO.replace(";-1;40.00;0.00;10.00;2.00;1.00;47.00", ";-1;40.00"));
        assert_eq!(cut.what, "the row has 2 cells, its header 7");
        assert!(wrong(&TWO[TWO.find('\n').unwrap() + 1..]).what.contains("above the first header"));
    }
}

//! `sadf -p`: a line of tabs for each value: host, interval, time, part, field, value.
//!
//! Lines of one moment and one part that follow one another are one row of fields, as they stand in `sadf -d`.
use super::super::asked::Asked;
use super::super::collector::Collector;
use super::super::format::Format;
use super::super::head::Head;
use super::super::stamp::{Zones, stamp};
use super::super::text::Text;
use super::columns::{decimal, place};
use super::field;
use super::row::{Hosts, Row};
use super::sadf_d::tell_cpus;
use crate::problem::Problem;
use plimsoll::series::Time;
use plimsoll::units::Share;

/// The format.
pub(crate) struct SadfP;

/// So many lines are looked at.
const LOOKED_AT: usize = 20;

impl Format for SadfP {
    fn name(&self) -> &'static str {
        "sadf -p"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let is_row = |line: &str| {
            let cells: Vec<&str> = line.split('\t').collect();
            let is_remark = cells.len() >= 4 && cells[1] == "-1";
            (is_remark || cells.len() == 6) && cells[1].parse::<i64>().is_ok() && stamp(cells[2]).is_some()
        };
        let lines = head.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT);
        let (rows, all) = lines.fold((0, 0), |(rows, all), line| (rows + u32::from(is_row(line)), all + 1));
        Share::of_one(f64::from(rows) / f64::from(all.max(1)))
    }
    fn read(&self, text: Text, _: &Asked, to: &mut Collector) {
        let file = text.name().to_owned();
        let mut lines = text.lines();
        let mut open = Open::default();
        let mut zones = Zones::default();
        loop {
            match lines.next() {
                Ok(Some((number, line))) if !line.trim().is_empty() => {
                    to.row();
                    row(&file, number, line, &mut open, &mut zones, to);
                }
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(problem) => {
                    to.wrong(|| problem);
                    break;
                }
            }
        }
        open.close(to);
        open.hosts.tell(to);
    }
}

/// The fields of one moment and part that are being gathered.
#[derive(Default)]
struct Open {
    host: String,
    item: String,
    time: Option<Time>,
    line: usize,
    fields: Vec<(String, f64)>,
    hosts: Hosts,
}

impl Open {
    fn close(&mut self, to: &mut Collector) {
        let Some(time) = self.time.take() else { return };
        let item = field::item("", &self.item);
        let row = Row { host: &self.host, item: item.as_deref(), time, line: self.line };
        let fields: Vec<(&str, f64)> = self.fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        self.hosts.give(&row, &fields, to);
        self.fields.clear();
    }
}

fn row(file: &str, number: usize, line: &str, open: &mut Open, zones: &mut Zones, to: &mut Collector) {
    let cells: Vec<&str> = line.split('\t').collect();
    let wrong = |part: &str, what: String| {
        let help =
            "a line of `sadf -p` has a host, an interval, a time, a part, a field and a value, with tabs between";
        Problem::in_line(file, number, line, place(line, part), what, help)
    };
    if cells.get(1) == Some(&"-1") {
        if cells.get(3) == Some(&"LINUX-RESTART") {
            tell_cpus(cells[0], cells.get(4).copied().unwrap_or_default(), to);
            return to.aside("restart row");
        }
        return to.aside("comment row");
    }
    let [host, _, time, item, name, value] = cells[..] else {
        return to.mistake(|| wrong(line, format!("the line has {} cells", cells.len())));
    };
    let Some(at) = stamp(time) else {
        return to.mistake(|| wrong(time, format!("cannot read `{time}` as a time")));
    };
    if field::is_words(name) {
        return to.aside("row without numbers");
    }
    // Interrupts have the number of a CPU in place of a field.
    let is_interrupt = name == "all" || name.strip_prefix("cpu").is_some_and(|n| n.parse::<u32>().is_ok());
    if is_interrupt && (item != "sum" || name != "all") {
        return to.aside("interrupt row");
    }
    let value = match decimal(value) {
        Ok(Some(value)) => value,
        Ok(None) => return to.aside("row without numbers"),
        Err(what) => return to.mistake(|| wrong(value, what)),
    };
    zones.see(at.zone, time, to);
    let is_open = open.time == Some(at.time) && open.host == host && open.item == item;
    let (item, name) = if is_interrupt { ("interrupt sum", "intr/s") } else { (item, name) };
    if !is_open || open.fields.iter().any(|(known, _)| known == name) {
        open.close(to);
        open.time = Some(at.time);
        open.host = host.into();
        open.item = item.into();
        open.line = number;
    }
    open.fields.push((name.into(), value));
    to.used();
}

#[cfg(test)]
mod tests {
    use super::super::testing::{aside, mean, read};
    use super::*;
    use plimsoll::telemetry::Measure;

    const LINES: &str = "a\t60\t2026-03-01 00:01:00 UTC\tall\t%iowait\t5.00\n\
        a\t60\t2026-03-01 00:01:00 UTC\tall\t%idle\t45.00\n\
        a\t60\t2026-03-01 00:01:00 UTC\tcpu0\t%idle\t20.00\n\
        a\t60\t2026-03-01 00:01:00 UTC\tsum\tall\t700\n\
        a\t60\t2026-03-01 00:01:00 UTC\tsum\tcpu0\t300\n\
        a\t-1\t2026-03-01 00:01:10 UTC\tLINUX-RESTART\t(4 CPU)\n\
        a\t60\t2026-03-01 00:02:00 UTC\tall\t%iowait\t0.00\n\
        a\t60\t2026-03-01 00:02:00 UTC\tall\t%idle\t60.00\n\
        a\t60\t2026-03-01 00:02:00 UTC\tcpu0\t%idle\t60.00\n\
        a\t60\t2026-03-01 00:02:00 UTC\tsum\tall\t700\n";

    #[test]
    fn lines_of_one_moment_are_one_row() {
        let read = read(&SadfP, LINES).unwrap();
        assert_eq!(mean(&read, "a", None, &Measure::CpuShare), [Some(0.5), Some(0.4)]);
        assert_eq!(mean(&read, "a", Some("cpu0"), &Measure::CpuShare), [Some(0.8), Some(0.4)]);
        assert_eq!(mean(&read, "a", Some("interrupt sum"), &Measure::Other("intr/s".into()))[0], Some(700.0));
        assert_eq!(aside(&read), [("interrupt row", 1), ("restart row", 1)]);
    }

    #[test]
    fn it_is_known_by_its_tabs() {
        let sure = |text: &str| SadfP.detect(&Head::new(text.as_bytes(), true)).as_part();
        assert_eq!(sure(LINES), 1.0);
        assert_eq!(sure("time\thost\tmetric\tvalue\n1\t2\t3\t4\n"), 0.0);
    }

    #[test]
    fn mistakes_have_their_places() {
        let problem = &read(&SadfP, &LINES.replace("45.00", "x")).unwrap_err()[0];
        assert_eq!((problem.line, problem.column, problem.what.as_str()), (2, 40, "cannot read `x` as a number"));
        assert!(read(&SadfP, &LINES.replace("\t45.00", "")).is_err());
    }
}

//! Units as exports write them, and what they are in the unit of a measure.
//!
//! `KiB` is 1024 bytes and `kB` is 1000, as IEC 80000-13 says; a tool that means 1024 by `kB` (sysstat, procps) says so in
//! its own reader. A rate may be of any time (`MB/5 min`), and a total of a step is `per step`.
use super::key::How;
use plimsoll::telemetry::{Measure, Unit};

/// A KiB.
pub(crate) const KIB: f64 = 1024.0;
/// A MiB.
pub(crate) const MIB: f64 = 1024.0 * KIB;
/// A sector of a disk, as Linux counts them whatever the disk has.
pub(crate) const SECTOR: f64 = 512.0;

/// A unit as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Written {
    /// What it is of.
    pub(crate) of: Of,
    /// How many of the plain unit (bytes, seconds, parts of one, processors, things) it is.
    pub(crate) factor: f64,
    /// Over which time.
    pub(crate) over: Over,
}

/// What a unit is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// Parts of a whole.
    Parts,
    /// Time.
    Time,
    /// Data.
    Data,
    /// Processors.
    Processors,
    /// Requests, operations, packets, tasks.
    Things,
}

/// Over which time a value counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Over {
    /// None: a level, or a running total.
    Nothing,
    /// So many seconds, already in the factor.
    Seconds,
    /// The step of the export.
    Step,
}

/// The units, first as they are suggested. Letters of one case only where two cases mean the same.
const UNITS: [(&str, Of, f64); 50] = [
    ("%", Of::Parts, 0.01),
    ("percent", Of::Parts, 0.01),
    ("per cent", Of::Parts, 0.01),
    ("pct", Of::Parts, 0.01),
    ("part", Of::Parts, 1.0),
    ("fraction", Of::Parts, 1.0),
    ("ratio", Of::Parts, 1.0),
    ("s", Of::Time, 1.0),
    ("sec", Of::Time, 1.0),
    ("seconds", Of::Time, 1.0),
    ("ms", Of::Time, 1e-3),
    ("milliseconds", Of::Time, 1e-3),
    ("us", Of::Time, 1e-6),
    ("µs", Of::Time, 1e-6),
    ("microseconds", Of::Time, 1e-6),
    ("ns", Of::Time, 1e-9),
    ("B", Of::Data, 1.0),
    ("bytes", Of::Data, 1.0),
    ("kB", Of::Data, 1e3),
    ("KB", Of::Data, 1e3),
    ("MB", Of::Data, 1e6),
    ("GB", Of::Data, 1e9),
    ("TB", Of::Data, 1e12),
    ("KiB", Of::Data, KIB),
    ("MiB", Of::Data, MIB),
    ("GiB", Of::Data, KIB * MIB),
    ("TiB", Of::Data, MIB * MIB),
    ("sectors", Of::Data, SECTOR),
    ("blocks", Of::Data, KIB),
    ("pages", Of::Data, 4.0 * KIB),
    ("bit", Of::Data, 0.125),
    ("bits", Of::Data, 0.125),
    ("kbit", Of::Data, 125.0),
    ("Mbit", Of::Data, 125e3),
    ("Gbit", Of::Data, 125e6),
    ("vcpu", Of::Processors, 1.0),
    ("vcpus", Of::Processors, 1.0),
    ("cores", Of::Processors, 1.0),
    ("cpus", Of::Processors, 1.0),
    ("millicores", Of::Processors, 1e-3),
    ("mcpu", Of::Processors, 1e-3),
    ("millicpu", Of::Processors, 1e-3),
    ("count", Of::Things, 1.0),
    ("requests", Of::Things, 1.0),
    ("operations", Of::Things, 1.0),
    ("packets", Of::Things, 1.0),
    ("thousand", Of::Things, 1e3),
    ("million", Of::Things, 1e6),
    ("none", Of::Things, 1.0),
    ("items", Of::Things, 1.0),
];

/// Whole units with their time in one word.
const RATES: [(&str, Of, f64); 11] = [
    ("rps", Of::Things, 1.0),
    ("qps", Of::Things, 1.0),
    ("tps", Of::Things, 1.0),
    ("iops", Of::Things, 1.0),
    ("pps", Of::Things, 1.0),
    ("rpm", Of::Things, 1.0 / 60.0),
    ("bps", Of::Data, 0.125),
    ("kbps", Of::Data, 125.0),
    ("Mbps", Of::Data, 125e3),
    ("Gbps", Of::Data, 125e6),
    ("Bps", Of::Data, 1.0),
];

/// Times that a rate may be of.
const TIMES: [(&str, f64); 15] = [
    ("s", 1.0),
    ("sec", 1.0),
    ("second", 1.0),
    ("seconds", 1.0),
    ("ms", 1e-3),
    ("min", 60.0),
    ("m", 60.0),
    ("minute", 60.0),
    ("minutes", 60.0),
    ("h", 3600.0),
    ("hour", 3600.0),
    ("hours", 3600.0),
    ("d", 86_400.0),
    ("day", 86_400.0),
    ("days", 86_400.0),
];

/// Reads a unit: `%`, `KiB`, `MB/s`, `/5 min`, `per 5 min`, `B per step`, `Mbps`.
pub(crate) fn unit(text: &str) -> Option<Written> {
    let text = text.trim();
    if let Some((of, factor)) = find(&RATES, text) {
        return Some(Written { of, factor, over: Over::Seconds });
    }
    if let Some((of, factor)) = find(&UNITS, text) {
        return Some(Written { of, factor, over: Over::Nothing });
    }
    let (what, time) = split_rate(text)?;
    let (of, factor) = if what.is_empty() { (Of::Things, 1.0) } else { find(&UNITS, what)? };
    if time.eq_ignore_ascii_case("step") || time.eq_ignore_ascii_case("period") {
        return Some(Written { of, factor, over: Over::Step });
    }
    let digits = time.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(time.len());
    let many = if digits == 0 { 1.0 } else { time[..digits].parse::<f64>().ok().filter(|n| *n > 0.0)? };
    let (_, seconds) = TIMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(time[digits..].trim()))?;
    Some(Written { of, factor: factor / (many * seconds), over: Over::Seconds })
}

fn split_rate(text: &str) -> Option<(&str, &str)> {
    if let Some(time) = text.strip_prefix("per ") {
        return Some(("", time.trim()));
    }
    let (what, time) = text.split_once('/').or_else(|| text.split_once(" per "))?;
    Some((what.trim(), time.trim()))
}

/// By its exact letters, then in any case where only one unit is meant: `KIB` is, `mb` is not (MB or Mb).
fn find(all: &[(&str, Of, f64)], text: &str) -> Option<(Of, f64)> {
    if let Some((_, of, factor)) = all.iter().find(|(name, ..)| *name == text) {
        return Some((*of, *factor));
    }
    let mut alike = all.iter().filter(|(name, ..)| name.eq_ignore_ascii_case(text)).map(|(_, of, f)| (*of, *f));
    let first = alike.next()?;
    alike.all(|other| other == first).then_some(first)
}

/// How the units are called, for suggestions.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    UNITS.iter().chain(&RATES).map(|(name, ..)| *name)
}

impl Written {
    /// What values of a measure are multiplied by, and what they are over time. `counter` says that they are running totals.
    /// The error is why the unit is none of the measure.
    pub(crate) fn of_measure(&self, measure: &Measure, counter: bool) -> Result<(f64, How), String> {
        let (of, is_rate) = match measure.unit() {
            Unit::PerSecond => (Of::Things, true),
            Unit::Seconds => (Of::Time, false),
            Unit::Part => (Of::Parts, false),
            Unit::Vcpus => (Of::Processors, false),
            Unit::Bytes => (Of::Data, false),
            Unit::BytesPerSecond => (Of::Data, true),
            Unit::Count => (Of::Things, false),
            Unit::AsExported => return Ok((1.0, if counter { How::Counter } else { How::Level })),
        };
        // Seconds of processors that were busy, in a step or since the start, are processors once divided by the time.
        let is_processor_time = of == Of::Processors && self.of == Of::Time;
        if self.of != of && !is_processor_time {
            return Err(format!("{measure} is not measured in it"));
        }
        match (is_rate || is_processor_time, self.over, counter) {
            (_, Over::Nothing, true) => Ok((self.factor, How::Counter)),
            (true, Over::Step, false) => Ok((self.factor, How::PerStep)),
            (true, Over::Seconds, false) | (false, Over::Nothing, false) => Ok((self.factor, How::Level)),
            (true, Over::Nothing, false) => {
                Err(format!("{measure} is a rate: a total of what time? Write `/s`, `/5 min` or `per step` behind it"))
            }
            (false, ..) => Err(format!("{measure} is a level, not a rate")),
            (true, _, true) => Err("a running total has no time in its unit".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, measure: &Measure) -> Option<(f64, How)> {
        unit(text)?.of_measure(measure, false).ok()
    }

    #[test]
    fn units_are_what_they_say() {
        let used = Measure::MemoryUsed;
        let data = ["KiB", "kB", "KB", "MiB", "gib", "sectors"].map(|t| read(t, &used).unwrap().0);
        assert_eq!(data, [1024.0, 1000.0, 1000.0, 1_048_576.0, 1_073_741_824.0, 512.0]);
        assert_eq!(read("%", &Measure::CpuShare), Some((0.01, How::Level)));
        assert_eq!(read("millicores", &Measure::CpuUsed), Some((1e-3, How::Level)));
        assert_eq!(read("ms", &Measure::Latency), Some((1e-3, How::Level)));
        assert_eq!(unit("furlongs"), None);
    }

    #[test]
    fn rates_are_of_any_time() {
        assert_eq!(read("MB/s", &Measure::NetworkIn), Some((1e6, How::Level)));
        assert_eq!(read("Mbps", &Measure::NetworkIn), Some((125e3, How::Level)));
        assert_eq!(read("per 5 min", &Measure::Requests), Some((1.0 / 300.0, How::Level)));
        assert_eq!(read("/min", &Measure::Requests), Some((1.0 / 60.0, How::Level)));
        assert_eq!(read("B per step", &Measure::NetworkOut), Some((1.0, How::PerStep)));
        let counter = unit("KiB").unwrap().of_measure(&Measure::NetworkOut, true);
        assert_eq!(counter, Ok((1024.0, How::Counter)));
        let busy = unit("s").unwrap().of_measure(&Measure::CpuUsed, true);
        assert_eq!(busy, Ok((1.0, How::Counter)));
    }

    #[test]
    fn what_does_not_fit_says_why() {
        let why = |text: &str, measure: Measure| unit(text).unwrap().of_measure(&measure, false).unwrap_err();
        assert_eq!(why("ms", Measure::CpuShare), "cpu_share is not measured in it");
        assert!(why("MB", Measure::NetworkIn).contains("a total of what time"));
        assert!(why("MB/s", Measure::MemoryUsed).contains("is a level"));
        assert!(unit("MB/s").unwrap().of_measure(&Measure::NetworkIn, true).is_err());
        assert_eq!([unit("/0 min"), unit("/lunch"), unit("/")], [None, None, None]);
    }
}

//! Values with their unit, as dashboards show them: `0.13%`, `1.2 GiB`, `35 ms`.
use super::number;
use plimsoll::telemetry::{Measure, Unit};

/// A unit as it is shown, what it is of, and how much of the measure's own unit it is.
type Row = (&'static str, Unit, f64);

const KIB: f64 = 1024.0;

/// Grafana's units that say something here. Its `Mb/s` are bits.
const UNITS: &[Row] = &[
    ("%", Unit::Part, 0.01),
    ("B", Unit::Bytes, 1.0),
    ("KiB", Unit::Bytes, KIB),
    ("MiB", Unit::Bytes, KIB * KIB),
    ("GiB", Unit::Bytes, KIB * KIB * KIB),
    ("TiB", Unit::Bytes, KIB * KIB * KIB * KIB),
    ("kB", Unit::Bytes, 1e3),
    ("MB", Unit::Bytes, 1e6),
    ("GB", Unit::Bytes, 1e9),
    ("TB", Unit::Bytes, 1e12),
    ("B/s", Unit::BytesPerSecond, 1.0),
    ("KiB/s", Unit::BytesPerSecond, KIB),
    ("MiB/s", Unit::BytesPerSecond, KIB * KIB),
    ("GiB/s", Unit::BytesPerSecond, KIB * KIB * KIB),
    ("kB/s", Unit::BytesPerSecond, 1e3),
    ("MB/s", Unit::BytesPerSecond, 1e6),
    ("GB/s", Unit::BytesPerSecond, 1e9),
    ("b/s", Unit::BytesPerSecond, 0.125),
    ("kb/s", Unit::BytesPerSecond, 125.0),
    ("Mb/s", Unit::BytesPerSecond, 125e3),
    ("Gb/s", Unit::BytesPerSecond, 125e6),
    ("ns", Unit::Seconds, 1e-9),
    ("µs", Unit::Seconds, 1e-6),
    ("us", Unit::Seconds, 1e-6),
    ("ms", Unit::Seconds, 1e-3),
    ("s", Unit::Seconds, 1.0),
    ("min", Unit::Seconds, 60.0),
    ("mins", Unit::Seconds, 60.0),
    ("hour", Unit::Seconds, 3600.0),
    ("hours", Unit::Seconds, 3600.0),
    ("req/s", Unit::PerSecond, 1.0),
    ("ops/s", Unit::PerSecond, 1.0),
    ("io/s", Unit::PerSecond, 1.0),
    ("c/s", Unit::PerSecond, 1.0),
    ("p/s", Unit::PerSecond, 1.0),
    ("K", Unit::Count, 1e3),
    ("Mil", Unit::Count, 1e6),
    ("Bil", Unit::Count, 1e9),
];

/// A number and the unit that is written behind it, in the unit's base; none for a sign of nothing. The error is what is
/// wrong, as a sentence without a full stop.
pub(super) fn read(text: &str) -> Result<Option<(f64, Option<Unit>)>, String> {
    let text = text.trim();
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    let end = text.find(|c: char| !is_of_number(c)).unwrap_or(text.len());
    let (digits, unit) = (&text[..end], text[end..].trim());
    if digits.is_empty() || unit.is_empty() || unit.starts_with(['e', 'E']) || number::is_nothing(text) {
        return Ok(number::number(text)?.map(|value| (value, None)));
    }
    let Some((_, of, scale)) = UNITS.iter().find(|row| row.0 == unit) else {
        return Err(format!("the unit of `{text}` is not known"));
    };
    Ok(number::number(digits)?.map(|value| (value * scale, Some(*of))))
}

/// What a name that a person gave says of the values behind it, in this unit; none if it says nothing.
pub(super) fn measure(name: &str, unit: Option<Unit>) -> Option<(Measure, f64)> {
    let name = name.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let is_out = has(&["transmit", "tx", "sent", "out", "egress", "write", "written"]);
    let is_in = has(&["receive", "rx", "recv", "in ", "ingress", "read"]) || name.ends_with("in");
    let percent = unit == Some(Unit::Part) || (unit.is_none() && has(&["pct", "percent", "%"]));
    let scale = if unit.is_none() { 0.01 } else { 1.0 };
    if percent {
        return match () {
            () if has(&["iowait"]) => Some((Measure::CpuIoWait, scale)),
            () if has(&["steal"]) => Some((Measure::CpuSteal, scale)),
            () if has(&["cpu", "processor"]) => Some((Measure::CpuShare, scale)),
            () if has(&["mem", "ram"]) => Some((Measure::MemoryShare, scale)),
            () if has(&["disk", "filesystem", "storage"]) => Some((Measure::DiskShare, scale)),
            () => None,
        };
    }
    let measure = match unit? {
        Unit::Bytes if has(&["mem", "ram"]) && !has(&["total", "free", "avail", "limit", "request"]) => {
            Measure::MemoryUsed
        }
        Unit::BytesPerSecond if has(&["disk", "read", "write", "written"]) && is_out => Measure::DiskWriteBytes,
        Unit::BytesPerSecond if has(&["disk", "read"]) && is_in => Measure::DiskReadBytes,
        Unit::BytesPerSecond if is_out => Measure::NetworkOut,
        Unit::BytesPerSecond if is_in => Measure::NetworkIn,
        Unit::PerSecond if has(&["error", "5xx", "fail"]) => Measure::Errors,
        Unit::PerSecond if has(&["req", "rps", "qps", "tps", "queries"]) => Measure::Requests,
        Unit::Seconds if has(&["latency", "duration", "response"]) => Measure::Latency,
        _ => return None,
    };
    Some((measure, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_units() {
        assert_eq!(read("50%"), Ok(Some((0.5, Some(Unit::Part)))));
        assert_eq!(read("1.5 GiB"), Ok(Some((1_610_612_736.0, Some(Unit::Bytes)))));
        assert_eq!(read("-2 Mb/s"), Ok(Some((-250e3, Some(Unit::BytesPerSecond)))));
        assert_eq!(read("1.5e3"), Ok(Some((1500.0, None))));
        assert_eq!(read("17"), Ok(Some((17.0, None))));
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("undefined"), Ok(None));
        assert_eq!(read("3 sheep").unwrap_err(), "the unit of `3 sheep` is not known");
        assert_eq!(read("many").unwrap_err(), "cannot read `many` as a number");
    }

    #[test]
    fn names_of_people_say_what_they_say() {
        assert_eq!(measure("web-1 CPU", Some(Unit::Part)), Some((Measure::CpuShare, 1.0)));
        assert_eq!(measure("node_cpu_pct", None), Some((Measure::CpuShare, 0.01)));
        assert_eq!(measure("eth0 receive", Some(Unit::BytesPerSecond)), Some((Measure::NetworkIn, 1.0)));
        assert_eq!(measure("disk read", Some(Unit::BytesPerSecond)), Some((Measure::DiskReadBytes, 1.0)));
        assert_eq!(measure("CPU", None), None);
        assert_eq!(measure("sheep", Some(Unit::Part)), None);
    }
}

//! What a column of numbers measures, by its name; a layout may say it instead.
use super::super::asked::Asked;
use super::super::key::How;
use super::super::unit::{self, Of};
use super::words::words;
use plimsoll::telemetry::{Measure, Statistic, Unit};

/// What a column measures, and in which unit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Meaning {
    pub(crate) measure: Measure,
    pub(crate) statistic: Statistic,
    /// The unit as it would be written; none where the name tells none.
    pub(crate) unit: Option<String>,
    /// Whether the values are a running total.
    pub(crate) counter: bool,
}

impl Meaning {
    /// The mean of a measure, in a unit that is not told.
    pub(crate) const fn of(measure: Measure) -> Self {
        Self { measure, statistic: Statistic::Mean, unit: None, counter: false }
    }
    /// What the values are multiplied by, and what they are over time. Where no unit is told: parts of one or per cent by
    /// the range of the values, counts of each step for things, and the plain unit for the rest.
    pub(crate) fn how(&self, asked: &Asked) -> (f64, How) {
        let written = self.unit.as_deref().and_then(unit::unit);
        if let Some(told) = written.and_then(|unit| unit.of_measure(&self.measure, self.counter).ok()) {
            return told;
        }
        let how = match (self.counter, self.measure.unit(), asked.totals) {
            (true, ..) => How::Counter,
            (_, Unit::Part, _) => How::PartOrPercent,
            (_, Unit::PerSecond | Unit::BytesPerSecond, Some(true)) => How::PerStep,
            (_, Unit::PerSecond, None) => How::Counts,
            _ => How::Level,
        };
        (1.0, how)
    }
    /// By the name of a column, or of a metric in a column of names.
    pub(crate) fn of_name(name: &str) -> Self {
        let cut = words(name);
        let mut words = cut.words;
        let statistic = statistic(&mut words);
        let unit = cut.bracketed.filter(|text| unit::unit(text).is_some()).map(str::to_owned);
        let unit = unit.or_else(|| unit_of(&words));
        let has = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
        let counter = words.last().is_some_and(|word| word == "total") && words.len() > 1;
        let data = unit.as_deref().and_then(unit::unit).is_some_and(|unit| unit.of == Of::Data);
        let found = measure(&has, data);
        let own = || Self { statistic, ..Self::of(Measure::Other(name.trim().to_owned())) };
        let Some(measure) = found else { return own() };
        let rate = matches!(measure.unit(), Unit::PerSecond | Unit::BytesPerSecond);
        let counter = counter && rate;
        // A unit of which the measure is no amount says that it is another thing: `cpu_ms`.
        let fits = |text: &str| unit::unit(text).is_some_and(|unit| unit.of_measure(&measure, counter).is_ok());
        let per_second =
            |text: &String| if rate && !counter && !fits(text) { format!("{text}/s") } else { text.clone() };
        match unit.map(|text| per_second(&text)) {
            Some(unit) if fits(&unit) => Self { measure, statistic, unit: Some(unit), counter },
            Some(_) => own(),
            // Without a unit a time may be in seconds or milliseconds: a factor of a thousand is not guessed.
            None if measure.unit() == Unit::Seconds => own(),
            None => Self { measure, statistic, unit: None, counter },
        }
    }
    /// Takes a unit that the row tells, if it is one of the measure and no other is known.
    pub(crate) fn say_unit(&mut self, text: &str) {
        let fits = unit::unit(text).is_some_and(|unit| unit.of_measure(&self.measure, self.counter).is_ok());
        if self.unit.is_none() && fits {
            self.unit = Some(text.to_owned());
        }
    }
    /// Whether its values can be below zero.
    pub(crate) const fn may_be_negative(&self) -> bool {
        matches!(self.measure, Measure::Other(_))
    }
}

/// Takes the word for a statistic out.
fn statistic(words: &mut Vec<String>) -> Statistic {
    let of = |word: &str| match word {
        "avg" | "average" | "mean" => Some(Statistic::Mean),
        "max" | "maximum" | "peak" => Some(Statistic::Maximum),
        "min" | "minimum" => Some(Statistic::Minimum),
        "median" => Some(Statistic::Quantile(5000)),
        _ => quantile(word),
    };
    let Some(at) = words.iter().position(|word| of(word).is_some()) else { return Statistic::Mean };
    of(&words.remove(at)).unwrap_or_default()
}

/// `p99`, `p999` for 99.9 %.
pub(crate) fn quantile(word: &str) -> Option<Statistic> {
    let digits =
        word.strip_prefix('p').filter(|d| (2..=4).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_digit()))?;
    let ten_thousandths = format!("{digits:0<4}").parse::<u16>().ok()?;
    Some(Statistic::Quantile(ten_thousandths))
}

/// The unit that the words of a name tell.
fn unit_of(words: &[String]) -> Option<String> {
    let last = words.last()?.as_str();
    let before = words.len().checked_sub(2).map_or("", |i| words[i].as_str());
    let pair = (before, last);
    let per_second = matches!(pair, ("per", "s" | "sec" | "second")) || matches!(last, "persecond" | "persec");
    if per_second {
        let what = words[..words.len().saturating_sub(2)].last().map_or("", String::as_str);
        return Some(if unit::unit(what).is_some_and(|unit| unit.of == Of::Data) {
            format!("{}/s", spelled(what))
        } else {
            "/s".into()
        });
    }
    match last {
        "percent" | "percentage" | "pct" | "perc" => Some("%".into()),
        "rate" if words.len() == 1 => Some("/s".into()),
        "b" | "byte" | "bytes" | "kb" | "kib" | "mb" | "mib" | "gb" | "gib" | "tb" | "tib" | "rps" | "qps" | "tps"
        | "iops" | "pps" | "bps" | "kbps" | "mbps" | "gbps" => Some(spelled(last)),
        "ms" | "milliseconds" | "millis" | "msec" => Some("ms".into()),
        "s" | "sec" | "secs" | "seconds" => Some("s".into()),
        "us" | "microseconds" => Some("us".into()),
        "cores" | "vcpus" | "cpus" => Some("cores".into()),
        "millicores" | "mcpu" | "milli" => Some("millicores".into()),
        _ => None,
    }
}

/// A unit in small letters as it is spelled.
fn spelled(unit: &str) -> String {
    match unit {
        "b" | "byte" | "bytes" => "B".into(),
        "kb" => "kB".into(),
        "mb" | "gb" | "tb" => unit.to_uppercase(),
        "kib" | "mib" | "gib" | "tib" => format!("{}iB", unit[..1].to_uppercase()),
        "mbps" => "Mbps".into(),
        "gbps" => "Gbps".into(),
        other => other.into(),
    }
}

/// The measure that words tell. `data` says that the unit is one of data.
fn measure(has: &impl Fn(&[&str]) -> bool, data: bool) -> Option<Measure> {
    let request = || has(&["request", "requests", "requested", "req"]);
    if has(&["latency", "duration", "elapsed", "rt"]) || (has(&["response"]) && has(&["time"])) {
        return Some(if has(&["disk", "volume", "io"]) { Measure::DiskWait } else { Measure::Latency });
    }
    if has(&["cpu", "cpus", "processor"]) {
        return Some(match () {
            () if has(&["iowait", "wait"]) => Measure::CpuIoWait,
            () if has(&["steal", "stolen"]) => Measure::CpuSteal,
            () if has(&["credit", "credits"]) => Measure::CpuCredits,
            () if has(&["throttled", "throttling"]) => Measure::CpuThrottled,
            () if has(&["limit", "limits"]) => Measure::CpuLimit,
            () if request() => Measure::CpuRequested,
            () if has(&["count", "capacity", "number"]) => Measure::CpuCapacity,
            () if has(&["cores", "vcpus", "millicores", "mcpu"]) => Measure::CpuUsed,
            () if has(&["load", "idle", "user", "system", "nice", "mhz", "temperature", "time"]) => return None,
            () => Measure::CpuShare,
        });
    }
    if has(&["memory", "mem", "ram"]) {
        return Some(match () {
            () if has(&["free", "available", "cached", "buffers", "swap", "heap", "errors"]) => return None,
            () if has(&["limit", "limits"]) => Measure::MemoryLimit,
            () if request() => Measure::MemoryRequested,
            () if has(&["capacity", "total", "size"]) => Measure::MemoryCapacity,
            () if data || has(&["used"]) && !has(&["percent", "pct"]) => Measure::MemoryUsed,
            () => Measure::MemoryShare,
        });
    }
    if has(&["disk", "disks", "volume", "ebs", "io", "filesystem", "fs"]) {
        let operations = has(&["ops", "iops", "operations", "requests", "count"]);
        return Some(match () {
            () if has(&["read", "reads"]) && operations => Measure::DiskReads,
            () if has(&["write", "writes", "written"]) && operations => Measure::DiskWrites,
            () if has(&["iops"]) && !has(&["limit", "provisioned", "max"]) => Measure::DiskOperations,
            () if has(&["read", "reads"]) => Measure::DiskReadBytes,
            () if has(&["write", "writes", "written"]) => Measure::DiskWriteBytes,
            () if has(&["queue"]) => Measure::DiskQueue,
            () if has(&["wait", "await"]) => Measure::DiskWait,
            () if has(&["capacity", "size", "total"]) => Measure::DiskCapacity,
            () if has(&["util", "utilization", "busy"]) => Measure::DiskBusy,
            () if data && has(&["used", "usage"]) => Measure::DiskUsed,
            () if has(&["used", "usage", "percent"]) => Measure::DiskShare,
            () => return None,
        });
    }
    let (in_, out) = (
        has(&["in", "rx", "received", "receive", "recv", "ingress"]),
        has(&["out", "tx", "transmitted", "transmit", "sent", "egress"]),
    );
    if has(&["network", "net", "nic", "rx", "tx", "ingress", "egress"]) && (in_ != out) {
        let packets = has(&["packets", "pps", "packet"]);
        return Some(match (in_, packets) {
            (true, true) => Measure::PacketsIn,
            (true, false) => Measure::NetworkIn,
            (false, true) => Measure::PacketsOut,
            (false, false) => Measure::NetworkOut,
        });
    }
    if has(&["error", "errors", "failures", "failed", "5xx"]) {
        return (!has(&["rate", "percent", "ratio"])).then_some(Measure::Errors);
    }
    let things = ["requests", "rps", "qps", "tps", "hits", "invocations", "queries", "transactions", "request", "reqs"];
    if has(&["connections", "concurrency", "inflight", "sessions"]) || has(&["active"]) && has(&things) {
        return Some(Measure::InFlight);
    }
    if has(&["instances", "replicas"]) {
        return Some(Measure::Instances);
    }
    if has(&["runq", "runqueue"]) {
        return Some(Measure::RunQueue);
    }
    (has(&things) && !data && !has(&["size", "bytes", "percent", "ratio", "rejected"])).then_some(Measure::Requests)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> (Measure, Option<String>) {
        let meaning = Meaning::of_name(name);
        (meaning.measure, meaning.unit)
    }
    fn some(measure: Measure, unit: &str) -> (Measure, Option<String>) {
        (measure, Some(unit.into()))
    }

    #[test]
    fn names_say_what_is_measured() {
        for name in ["cpu", "CPUUtilization", "cpu_usage", "ec2_cpu_utilization_24ae8d"] {
            assert_eq!(read(name), (Measure::CpuShare, None), "{name}");
        }
        assert_eq!(read("CPU %"), some(Measure::CpuShare, "%"));
        assert_eq!(read("cpu_used_cores"), some(Measure::CpuUsed, "cores"));
        assert_eq!(read("mem"), (Measure::MemoryShare, None));
        assert_eq!(read("mem_used_mib"), some(Measure::MemoryUsed, "MiB"));
        assert_eq!(read("Memory usage [KB]"), some(Measure::MemoryUsed, "KB"));
        assert_eq!(read("net_rx_kbps"), some(Measure::NetworkIn, "kbps"));
        assert_eq!(read("disk_read_bytes_per_second"), some(Measure::DiskReadBytes, "B/s"));
        assert_eq!(read("disk_iops"), some(Measure::DiskOperations, "iops"));
        assert_eq!(read("disk_write_iops"), some(Measure::DiskWrites, "iops"));
        assert_eq!(read("requests"), (Measure::Requests, None));
        assert_eq!(read("requests_per_second"), some(Measure::Requests, "/s"));
        assert_eq!(read("latency_ms"), some(Measure::Latency, "ms"));
        assert_eq!(read("network_in"), (Measure::NetworkIn, None));
    }

    #[test]
    fn what_is_not_sure_keeps_its_name() {
        for name in ["latency", "temperature", "cpu_idle", "mem_free", "error_rate", "value", "network", "cpu_ms", ""] {
            assert_eq!(read(name).0, Measure::Other(name.into()), "{name}");
        }
    }

    #[test]
    fn statistics_and_counters_are_told() {
        let of = |name: &str| (Meaning::of_name(name).measure, Meaning::of_name(name).statistic);
        assert_eq!(of("cpu_max"), (Measure::CpuShare, Statistic::Maximum));
        assert_eq!(of("latency_p99_ms"), (Measure::Latency, Statistic::Quantile(9900)));
        assert_eq!(of("latency_p999_ms"), (Measure::Latency, Statistic::Quantile(9990)));
        assert!(Meaning::of_name("http_requests_total").counter);
        assert!(!Meaning::of_name("memory_total").counter);
    }

    #[test]
    fn without_a_unit_totals_are_what_the_user_says() {
        let how = |name: &str, totals| Meaning::of_name(name).how(&Asked { totals, ..Asked::default() });
        assert_eq!(how("requests", None), (1.0, How::Counts));
        assert_eq!(how("requests", Some(true)), (1.0, How::PerStep));
        assert_eq!(how("requests", Some(false)), (1.0, How::Level));
        assert_eq!(how("rps", Some(true)), (1.0, How::Level));
        assert_eq!(how("cpu", None), (1.0, How::PartOrPercent));
        assert_eq!(how("network_in", None), (1.0, How::Level));
        assert_eq!(how("latency_ms", None), (1e-3, How::Level));
        assert_eq!(how("http_requests_total", None), (1.0, How::Counter));
    }
}

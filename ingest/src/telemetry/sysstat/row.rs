//! A row of named fields as samples.
//!
//! - Busy is what is neither idle, nor waiting for disks, nor stolen: a machine's own work. What was stolen is a series of
//!   its own.
//! - Memory in use is all that the kernel could not give away (`kbavail`). Without that column it is `kbmemused` without
//!   buffers and cache: sysstat 10 to 12.0 counts them in, later ones do not, and `%memused` tells which it is.
//! - A disk that did nothing had no time to wait: unknown, not zero.
//! - The loopback never leaves the host: its traffic keeps its own name.
use super::super::collector::Collector;
use super::super::key::{How, Key};
use super::super::unit::{KIB, MIB};
use super::field;
use plimsoll::series::Time;
use plimsoll::telemetry::{Facts, Measure};
use plimsoll::units::Data;
use std::collections::BTreeMap;

/// Whose fields they are, and when.
pub(super) struct Row<'a> {
    pub(super) host: &'a str,
    pub(super) item: Option<&'a str>,
    pub(super) time: Time,
    pub(super) line: usize,
}

/// The hosts that were seen, with what is known of their memory.
#[derive(Default)]
pub(super) struct Hosts {
    memory: BTreeMap<String, Total>,
}

/// All memory of a host, between two bounds: `%memused` has two decimals, and each row narrows it down.
#[derive(Clone, Copy)]
struct Total {
    low: f64,
    high: f64,
}

impl Total {
    const fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }
}

impl Hosts {
    /// Gives the fields of a row as samples. False if it holds no number.
    pub(super) fn give(&mut self, row: &Row<'_>, fields: &[(&str, f64)], to: &mut Collector) -> bool {
        let of = |name: &str| fields.iter().find(|(field, _)| *field == name).map(|(_, value)| *value);
        let mut derived: Vec<(Measure, f64)> = Vec::new();
        if let Some(idle) = of("%idle") {
            let away = idle + of("%iowait").or_else(|| of("%wio")).unwrap_or(0.0) + of("%steal").unwrap_or(0.0);
            // Columns are rounded one by one, and CPUs that were switched off show zeros everywhere.
            derived.push((Measure::CpuShare, (1.0 - away / 100.0).clamp(0.0, 1.0)));
        }
        if let Some((used, total)) = self.memory(row.host, &of) {
            derived.push((Measure::MemoryUsed, used * KIB));
            derived.push((Measure::MemoryShare, used / total));
        }
        if let (Some(free), Some(used)) = (of("MBfsfree"), of("MBfsused")) {
            derived.push((Measure::DiskCapacity, (free + used) * MIB));
        }
        for (measure, value) in derived {
            sample(row, measure, Some(value), to);
        }
        disk_wait(row, &of, to);
        for (name, value) in fields {
            // JSON writes disks under their old and their new names.
            let is_again = match *name {
                "rd_sec/s" | "wr_sec/s" => of("rkB/s").is_some(),
                "avgqu-sz" => of("aqu-sz").is_some(),
                _ => false,
            };
            // NFS and TCP both have retransmissions, in tables of their own.
            let is_of_nfs = *name == "retrans/s" && of("call/s").is_some();
            let own = || (Measure::Other(if is_of_nfs { "nfs retrans/s".into() } else { (*name).to_owned() }), 1.0);
            let (measure, factor) = match field::measure(name) {
                Some(known) if !is_again && row.item != Some("lo") => known,
                _ => own(),
            };
            sample(row, measure, Some(value * factor), to);
        }
        !fields.is_empty()
    }

    /// Memory in use and in all, in KiB.
    fn memory(&mut self, host: &str, of: &impl Fn(&str) -> Option<f64>) -> Option<(f64, f64)> {
        let (free, used, percent) = (of("kbmemfree")?, of("kbmemused")?, of("%memused")?);
        let (buffers, cached) = (of("kbbuffers").unwrap_or(0.0), of("kbcached").unwrap_or(0.0));
        let near = |total: f64| total > 0.0 && (used / total * 100.0 - percent).abs() <= 0.006;
        let exact = |total: f64| Total { low: total, high: total };
        let counts_caches = near(free + used);
        let with_caches = free + used + buffers + cached + of("kbslab").unwrap_or(0.0);
        let seen = if counts_caches {
            exact(free + used)
        } else if near(with_caches) && of("kbslab").is_some() {
            exact(with_caches)
        } else if percent > 0.0 {
            Total { low: used / (percent + 0.005) * 100.0, high: used / (percent - 0.005).max(0.001) * 100.0 }
        } else {
            return None;
        };
        let total = self.memory.entry(host.to_owned()).or_insert(seen);
        let (low, high) = (total.low.max(seen.low), total.high.min(seen.high));
        // Memory that was added is another total.
        *total = if low <= high { Total { low, high } } else { seen };
        let own = if counts_caches { used - buffers - cached } else { used };
        let used = of("kbavail").map_or(own, |available| total.middle() - available);
        Some((used.max(0.0), total.middle()))
    }

    /// Tells what is known of the hosts themselves.
    pub(super) fn tell(&self, to: &mut Collector) {
        for (host, total) in &self.memory {
            // What is no amount of memory is no fact.
            let bytes = Some((total.middle() * KIB).round()).filter(|bytes| bytes.is_finite() && *bytes >= 0.0);
            let memory = bytes.map(Data::bytes);
            to.facts(host.clone(), Facts { memory, ..Facts::default() });
        }
    }
}

/// How long an operation took, in the mean over reads and writes where they are told apart.
fn disk_wait(row: &Row<'_>, of: &impl Fn(&str) -> Option<f64>, to: &mut Collector) {
    let (milliseconds, operations) = match (of("await"), of("r_await"), of("w_await")) {
        (Some(wait), ..) => {
            let by_kind = of("r/s").zip(of("w/s")).map(|(reads, writes)| reads + writes);
            (wait, of("tps").or(by_kind).unwrap_or(1.0))
        }
        (None, Some(read), Some(write)) => {
            let (reads, writes) = (of("r/s").unwrap_or(0.0), of("w/s").unwrap_or(0.0));
            ((read * reads + write * writes) / (reads + writes), reads + writes)
        }
        _ => match (of("avwait"), of("avserv")) {
            (Some(wait), Some(service)) => (wait + service, of("r+w/s").unwrap_or(1.0)),
            _ => return,
        },
    };
    if operations > 0.0 {
        sample(row, Measure::DiskWait, Some(milliseconds / 1e3), to);
    } else if let Some(id) = to.known(&key(row, Measure::DiskWait)) {
        to.sample(id, row.time, None);
    }
}

fn key(row: &Row<'_>, measure: Measure) -> Key {
    let key = Key::of(row.host, measure);
    if let Some(item) = row.item { key.item(item) } else { key }
}

fn sample(row: &Row<'_>, measure: Measure, value: Option<f64>, to: &mut Collector) {
    let id = to.series(key(row, measure), How::Level, row.line);
    to.sample(id, row.time, value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::{ResourceName, Telemetry};
    use plimsoll::units::Share;

    fn read(item: Option<&str>, rows: &[&[(&str, f64)]]) -> Telemetry {
        let mut to = Collector::new(false);
        to.begin("x", "test", Share::ALL);
        let mut hosts = Hosts::default();
        for (i, fields) in rows.iter().enumerate() {
            let row = Row { host: "web", item, time: Time::unix_seconds(60 * i as i64), line: i + 1 };
            assert!(hosts.give(&row, fields, &mut to));
        }
        hosts.tell(&mut to);
        to.finish().unwrap()
    }
    fn first(read: &Telemetry, measure: &Measure) -> Option<f64> {
        super::super::testing::mean(read, "web", None, measure).first().copied().flatten()
    }

    #[test]
    fn busy_is_neither_idle_nor_waiting_nor_stolen() {
        let row: &[(&str, f64)] = &[("%user", 30.0), ("%iowait", 10.0), ("%steal", 5.0), ("%idle", 40.0)];
        let read = read(None, &[row, row]);
        assert_eq!(first(&read, &Measure::CpuShare), Some(0.45));
        assert_eq!(first(&read, &Measure::CpuSteal), Some(0.05));
        assert_eq!(first(&read, &Measure::Other("%user".into())), Some(30.0));
    }

    #[test]
    fn memory_is_without_caches_in_every_version() {
        let old: &[(&str, f64)] = &[
            ("kbmemfree", 200.0),
            ("kbmemused", 800.0),
            ("%memused", 80.0),
            ("kbbuffers", 100.0),
            ("kbcached", 300.0),
        ];
        let read_old = read(None, &[old, old]);
        assert_eq!(first(&read_old, &Measure::MemoryUsed), Some(400.0 * 1024.0));
        assert_eq!(first(&read_old, &Measure::MemoryShare), Some(0.4));
        let new: &[(&str, f64)] = &[
            ("kbmemfree", 200.0),
            ("kbavail", 550.0),
            ("kbmemused", 400.0),
            ("%memused", 40.0),
            ("kbbuffers", 100.0),
            ("kbcached", 300.0),
        ];
        let read_new = read(None, &[new, new]);
        let used = first(&read_new, &Measure::MemoryUsed).unwrap() / 1024.0;
        assert!((used - 450.0).abs() < 0.13, "{used}");
        let total = read_new.facts[&ResourceName("web".into())].memory.unwrap();
        assert!((total.as_bytes() / 1024.0 - 1000.0).abs() < 0.13);
    }

    #[test]
    fn a_disk_that_did_nothing_waited_for_nothing() {
        let busy: &[(&str, f64)] = &[("r/s", 3.0), ("w/s", 1.0), ("r_await", 2.0), ("w_await", 10.0)];
        let still: &[(&str, f64)] = &[("r/s", 0.0), ("w/s", 0.0), ("r_await", 0.0), ("w_await", 0.0)];
        let read = read(Some("vda"), &[busy, still, busy]);
        let metric = read.metrics.iter().find(|m| m.measure == Measure::DiskWait).unwrap();
        assert_eq!(metric.series.iter().map(|(_, v)| v).collect::<Vec<_>>(), [Some(0.004), None, Some(0.004)]);
    }

    #[test]
    fn the_loopback_is_no_network() {
        let row: &[(&str, f64)] = &[("rxkB/s", 1.0)];
        let lo = read(Some("lo"), &[row, row]);
        assert_eq!(lo.metrics[0].measure, Measure::Other("rxkB/s".into()));
        let eth = read(Some("eth0"), &[row, row]);
        assert_eq!((&eth.metrics[0].measure, eth.metrics[0].series.value(0)), (&Measure::NetworkIn, Some(1024.0)));
    }
}

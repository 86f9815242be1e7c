//! `node_cpu_seconds_total`: seconds in each mode of each processor, as the part of all that was busy.
use super::labels::Labels;
use crate::telemetry::collector::Collector;
use crate::telemetry::key::{How, Key};
use plimsoll::series::{Point, Time};
use plimsoll::telemetry::{Facts, Measure};
use plimsoll::units::Compute;
use std::collections::{BTreeMap, BTreeSet};

/// The modes of a processor in Linux. Guests are counted among `user` and `nice` already.
const MODES: [&str; 8] = ["idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user"];
const IDLE: usize = 0;
const IOWAIT: usize = 1;
const STEAL: usize = 5;

/// The processors of the machines of a file, until all modes are there.
#[derive(Default)]
pub(super) struct Processors(BTreeMap<String, Machine>);

#[derive(Default)]
struct Machine {
    line: usize,
    cpus: BTreeSet<String>,
    modes: BTreeSet<usize>,
    /// Seconds in each mode per second, summed over processors; and how many of them the time has values of.
    times: BTreeMap<Time, [f64; MODES.len()]>,
}

/// The mode that a series is of, if it is one of a processor's.
pub(super) fn mode(labels: &Labels) -> Option<usize> {
    let name = labels.get("__name__").map(String::as_str);
    let is_named = name.is_none_or(|name| name.starts_with("node_cpu_seconds_total") || name == "node_cpu");
    let mode = labels.get("mode").filter(|_| is_named && labels.contains_key("cpu"))?;
    MODES.iter().position(|known| known == mode)
}

impl Processors {
    /// Adds one mode of one processor, as seconds per second.
    pub(super) fn add(&mut self, resource: String, cpu: &str, mode: usize, line: usize, rates: &[Point]) {
        let machine = self.0.entry(resource).or_insert_with(|| Machine { line, ..Machine::default() });
        machine.cpus.insert(cpu.to_owned());
        machine.modes.insert(mode);
        for rate in rates {
            if let Some(value) = rate.value() {
                machine.times.entry(rate.time()).or_default()[mode] += value;
            }
        }
    }

    /// Gives what can be said of each machine.
    pub(super) fn give(self, to: &mut Collector) {
        for (resource, machine) in self.0 {
            let cpus = machine.cpus.len() as f64;
            let has = |mode: usize| machine.modes.contains(&mode);
            let has_all = has(IDLE) && machine.modes.len() >= 3;
            let key = |measure| Key::of(resource.clone(), measure);
            to.facts(resource.clone(), Facts { vcpus: Some(Compute::vcpus(cpus)), ..Facts::default() });
            let busy = to.series(key(Measure::CpuShare), How::Level, machine.line);
            let waits = has(IOWAIT).then(|| to.series(key(Measure::CpuIoWait), How::Level, machine.line));
            let stolen = has(STEAL).then(|| to.series(key(Measure::CpuSteal), How::Level, machine.line));
            for (time, spent) in machine.times {
                // Together the modes are all the time there is; where only some were asked for it is the processors.
                let all = if has_all { spent.iter().sum() } else { cpus };
                if all <= 0.0 {
                    continue;
                }
                let rest = if has(IDLE) {
                    1.0 - (spent[IDLE] + spent[IOWAIT] + spent[STEAL]) / all
                } else {
                    (spent.iter().sum::<f64>() - spent[IOWAIT] - spent[STEAL]) / all
                };
                // Two clocks a little apart make idle a little more than all.
                to.sample(busy, time, Some(rest.max(0.0)));
                for (id, mode) in [(waits, IOWAIT), (stolen, STEAL)] {
                    if let Some(id) = id {
                        to.sample(id, time, Some(spent[mode] / all));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::units::Share;

    #[test]
    fn modes_of_all_processors_are_one_share() {
        let rates = |value: f64| [0, 60].map(|t| Point::new(Time::unix_seconds(t), Some(value)));
        let mut all = Processors::default();
        for (cpu, [idle, iowait, user]) in [("0", [0.5, 0.25, 0.25]), ("1", [0.25, 0.0, 0.75])] {
            all.add("a".into(), cpu, IDLE, 1, &rates(idle));
            all.add("a".into(), cpu, IOWAIT, 1, &rates(iowait));
            all.add("a".into(), cpu, 7, 1, &rates(user));
        }
        all.add("b".into(), "0", IDLE, 9, &rates(0.2));
        all.add("c".into(), "0", 7, 9, &rates(0.2));
        let mut to = Collector::new(false);
        to.begin("x", "test", Share::ALL);
        all.give(&mut to);
        let read = to.finish().unwrap();
        let told: Vec<_> = read.metrics.iter().map(|m| (m.measure.word(), m.series.value(0).unwrap())).collect();
        assert_eq!(told, [("cpu_share", 0.5), ("cpu_io_wait", 0.125), ("cpu_share", 0.8), ("cpu_share", 0.2)]);
        assert_eq!(read.facts.values().next().unwrap().vcpus, Some(Compute::vcpus(2.0)));
    }

    #[test]
    fn only_modes_of_processors_are_taken() {
        let mode = |text: &str| mode(&super::super::labels::read(text).unwrap());
        assert_eq!(mode(r#"{cpu="0",mode="idle"}"#), Some(IDLE));
        assert_eq!(mode(r#"x{cpu="0",mode="idle"}"#), None);
        assert_eq!(mode(r#"{mode="idle"}"#), None);
        assert_eq!(mode(r#"{cpu="0",mode="dark"}"#), None);
    }
}

//! The first line that sysstat tools write: the system, the host, the day, the processors.
use super::super::collector::Collector;
use super::super::stamp::{day, midnight};
use super::sadf_d::tell_cpus;
use plimsoll::series::Time;

/// Systems whose tools write one.
const SYSTEMS: [&str; 5] = ["Linux ", "SunOS ", "AIX ", "HP-UX ", "FreeBSD "];

/// Who was measured, and from which day on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Banner {
    pub(super) host: String,
    pub(super) midnight: Option<Time>,
}

/// Whether a line is one.
pub(super) fn is_banner(line: &str) -> bool {
    SYSTEMS.iter().any(|system| line.starts_with(system))
}

impl Banner {
    /// Reads `Linux 6.1.0 (web-01)  2026-11-23  _x86_64_  (2 CPU)` or `SunOS web-01 5.11 11.3 sun4v  05/26/2026`.
    pub(super) fn read(line: &str, to: &mut Collector) -> Self {
        let words: Vec<&str> = line.split_whitespace().collect();
        let in_brackets = words.iter().find_map(|word| word.strip_prefix('(')?.strip_suffix(')'));
        let host = in_brackets.or(words.get(1).copied()).unwrap_or_default().to_owned();
        let found = words.iter().skip(1).find_map(|word| day(word).map(|day| (*word, day)));
        if let Some((word, day)) = found.filter(|(_, day)| !day.is_sure) {
            to.note(format!("the day {word} is read as {}, the month first.", day.date));
        }
        if let Some((_, cpus)) = line.rsplit_once('(').filter(|(_, rest)| rest.trim_end().ends_with("CPU)")) {
            tell_cpus(&host, &format!("({cpus}"), to);
        }
        Self { host, midnight: found.and_then(|(_, day)| midnight(day.date)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_days_of_several_systems() {
        let read = |line: &str| Banner::read(line, &mut Collector::new(false));
        let linux = read("Linux 6.1.0 (web-01) \t2026-03-01 \t_x86_64_\t(2 CPU)");
        assert_eq!((linux.host.as_str(), linux.midnight.map(Time::as_unix_seconds)), ("web-01", Some(1_772_323_200)));
        let sun = read("SunOS db7 5.11 11.3 sun4v    03/01/2026");
        assert_eq!((sun.host.as_str(), sun.midnight), ("db7", linux.midnight));
        assert_eq!(read("Linux"), Banner { host: String::new(), midnight: None });
    }
}

//! The statistics of one metric of one resource, as samples.
use super::names::{self, Kind};
use crate::telemetry::collector::{Collector, SeriesId};
use crate::telemetry::key::{How, Key};
use plimsoll::series::Time;
use plimsoll::telemetry::{Measure, ResourceName, Statistic};

/// What a value says of its step, as CloudWatch has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Stat {
    /// The mean of the reports of the step.
    Average,
    /// Their sum.
    Sum,
    /// The lowest.
    Minimum,
    /// The highest.
    Maximum,
    /// A quantile, in ten-thousandths.
    Quantile(u16),
}

impl Stat {
    /// What `p99.9` or `Average` means; none for trimmed means and the like.
    pub(super) fn named(text: &str) -> Option<Self> {
        Some(match text {
            "Average" => Self::Average,
            "Sum" => Self::Sum,
            "Minimum" => Self::Minimum,
            "Maximum" => Self::Maximum,
            _ => {
                let percent: f64 = text.strip_prefix('p')?.parse().ok()?;
                Self::Quantile((0.0..=100.0).contains(&percent).then(|| (percent * 100.0).round() as u16)?)
            }
        })
    }
}

/// The series of one statistic in one unit, and by how much its values are multiplied.
type Target = (SeriesId, f64);

/// Which metric of what.
#[derive(Clone, Debug)]
pub(super) struct Metric {
    namespace: Option<String>,
    name: String,
    resource: String,
    item: Option<String>,
    asked: Option<Measure>,
    /// The series of what was given so far: few, so a list is the quickest.
    known: Vec<(Stat, String, Option<Target>)>,
}

impl Metric {
    pub(super) fn new(namespace: Option<&str>, name: &str, resource: String, item: Option<String>) -> Self {
        let namespace = namespace.map(str::to_owned);
        Self { namespace, name: name.into(), resource, item, asked: None, known: Vec::new() }
    }
    /// What it measures if its name does not tell.
    pub(super) fn or_measure(self, asked: Option<Measure>) -> Self {
        Self { asked, ..self }
    }
    /// Whether a sum over a step is what the metric's values mean.
    pub(super) fn is_total(&self) -> bool {
        names::meaning(self.namespace.as_deref(), &self.name).is_some_and(|m| m.kind == Kind::Total)
    }

    /// Gives one statistic of one step. False if it says nothing that can be used, as a sum of per cents.
    pub(super) fn give(
        &mut self,
        (stat, unit): (Stat, Option<&str>),
        (time, value): (Time, Option<f64>),
        line: usize,
        to: &mut Collector,
    ) -> bool {
        let unit = unit.unwrap_or_default();
        let found = self.known.iter().find(|(known, of, _)| *known == stat && of == unit).map(|(_, _, to)| *to);
        let series = found.unwrap_or_else(|| {
            let series = self.series(stat, unit, line, to);
            self.known.push((stat, unit.to_owned(), series));
            series
        });
        let Some((id, scale)) = series else { return false };
        to.sample(id, time, value.map(|v| v * scale));
        true
    }

    fn series(&self, stat: Stat, unit: &str, line: usize, to: &mut Collector) -> Option<Target> {
        let meaning = names::meaning(self.namespace.as_deref(), &self.name);
        let published = meaning.as_ref().map_or("None", |m| m.unit);
        let unit = if unit.is_empty() || unit == "None" { published } else { unit };
        let item = self.item.clone().or_else(|| meaning.as_ref()?.item.map(str::to_owned));
        let statistic = match stat {
            Stat::Average | Stat::Sum => Statistic::Mean,
            Stat::Minimum => Statistic::Minimum,
            Stat::Maximum => Statistic::Maximum,
            Stat::Quantile(part) => Statistic::Quantile(part),
        };
        let known = meaning.and_then(|m| names::scale(unit, &m.measure).map(|scale| (m.measure, m.kind, scale)));
        let known = known.or_else(|| {
            let measure = self.asked.clone()?;
            let (scale, is_rate) = names::scale(unit, &measure)?;
            let is_per_second = matches!(
                measure.unit(),
                plimsoll::telemetry::Unit::PerSecond | plimsoll::telemetry::Unit::BytesPerSecond
            );
            Some((measure, if is_per_second && !is_rate { Kind::Total } else { Kind::Level }, (scale, is_rate)))
        });
        let (measure, how, scale) = match known {
            Some((measure, Kind::Total, (scale, false))) if stat == Stat::Sum => (measure, How::PerStep, scale),
            Some((_, Kind::Total, (_, false))) => {
                let name = &self.name;
                to.note(format!(
                    "{name} adds up over a step: only its Sum is used, as its other statistics are of single reports; export the Sum."
                ));
                return None;
            }
            Some((_, Kind::Level, _)) if stat == Stat::Sum => return None,
            Some((measure, _, (scale, _))) => (measure, How::Level, scale),
            None if stat == Stat::Sum => (Measure::Other(format!("{} per second", self.name)), How::PerStep, 1.0),
            None => (Measure::Other(self.name.clone()), How::Level, 1.0),
        };
        let key = Key { resource: ResourceName(self.resource.clone()), item, measure, statistic };
        Some((to.series(key, how, line), scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::units::Share;

    #[test]
    fn statistics_have_names() {
        assert_eq!(Stat::named("p99.9"), Some(Stat::Quantile(9990)));
        assert_eq!(Stat::named("Sum"), Some(Stat::Sum));
        assert_eq!((Stat::named("tm99"), Stat::named("p101"), Stat::named("pNaN")), (None, None, None));
    }

    #[test]
    fn sums_of_totals_are_rates_and_sums_of_levels_nothing() {
        let mut to = Collector::new(false);
        to.begin("x", "test", Share::ALL);
        let mut network = Metric::new(None, "NetworkIn", "i-1".into(), None);
        let mut cpu = Metric::new(None, "CPUUtilization", "i-1".into(), None);
        let mut other = Metric::new(None, "Sheep", "i-1".into(), None);
        for minute in 0..4 {
            let time = Time::unix_seconds(minute * 60);
            assert!(network.give((Stat::Sum, Some("Kilobytes")), (time, Some(6.0)), 1, &mut to));
            assert!(!network.give((Stat::Average, Some("Bytes")), (time, Some(6.0)), 1, &mut to));
            assert!(!cpu.give((Stat::Sum, Some("Percent")), (time, Some(6.0)), 1, &mut to));
            assert!(cpu.give((Stat::Quantile(9900), None), (time, Some(60.0)), 1, &mut to));
            assert!(other.give((Stat::Sum, None), (time, Some(30.0)), 1, &mut to));
        }
        let read = to.finish().unwrap();
        let told: Vec<_> = read.metrics.iter().map(|m| (m.measure.word(), m.statistic, m.series.value(1))).collect();
        assert_eq!(
            told,
            [
                ("cpu_share", Statistic::Quantile(9900), Some(0.6)),
                ("network_in", Statistic::Mean, Some(100.0)),
                ("Sheep per second", Statistic::Mean, Some(0.5)),
            ]
        );
        assert_eq!(read.reading.notes.len(), 1);
    }
}

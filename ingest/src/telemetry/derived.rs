//! Measures that two measured series make together, wherever they were read: an export of one query is one file.
use plimsoll::series::{Point, Series};
use plimsoll::telemetry::{Measure, Metric, ResourceName};
use std::collections::{HashMap, HashSet};

/// A measure that two others make.
struct Rule {
    one: Measure,
    other: Measure,
    gives: Measure,
    value: fn(f64, f64) -> Option<f64>,
}

fn rules() -> [Rule; 4] {
    let other = |name: &str| Measure::Other(name.into());
    let less: fn(f64, f64) -> Option<f64> = |all, rest| (rest <= all).then_some(all - rest);
    let part: fn(f64, f64) -> Option<f64> = |some, all| (all > 0.0).then(|| (some / all).min(1.0));
    [
        Rule {
            one: Measure::MemoryCapacity,
            other: other("node_memory_MemAvailable_bytes"),
            gives: Measure::MemoryUsed,
            value: less,
        },
        Rule {
            one: Measure::DiskCapacity,
            other: other("node_filesystem_avail_bytes"),
            gives: Measure::DiskUsed,
            value: less,
        },
        Rule {
            one: Measure::DiskCapacity,
            other: other("node_filesystem_free_bytes"),
            gives: Measure::DiskUsed,
            value: less,
        },
        Rule {
            one: other("container_cpu_cfs_throttled_periods_total"),
            other: other("container_cpu_cfs_periods_total"),
            gives: Measure::CpuThrottled,
            value: part,
        },
    ]
}

/// Adds what can be made of the series there are; what was measured itself stays as it is.
pub(super) fn add(metrics: &mut Vec<Metric>) {
    for rule in rules() {
        let mut made = Vec::new();
        {
            type Place<'m> = (&'m ResourceName, Option<&'m str>);
            let place = |m: &'_ Metric| (m.resource.clone(), m.item.clone());
            let of = |measure: &Measure| metrics.iter().filter(|m| m.measure == *measure).collect::<Vec<_>>();
            let taken: HashSet<_> = of(&rule.gives).into_iter().map(place).collect();
            let others: HashMap<Place<'_>, &Metric> =
                of(&rule.other).into_iter().map(|m| ((&m.resource, m.item.as_deref()), m)).collect();
            for one in of(&rule.one) {
                let other = others.get(&(&one.resource, one.item.as_deref()));
                if let Some(other) = other.filter(|_| !taken.contains(&place(one))) {
                    made.extend(both(&rule, one, other));
                }
            }
        }
        metrics.extend(made);
    }
}

/// The series of two, where both have a value.
fn both(rule: &Rule, one: &Metric, other: &Metric) -> Option<Metric> {
    let at: HashMap<_, _> = other.series.iter().collect();
    let value = |time, value: Option<f64>| (rule.value)(value?, at.get(&time).copied().flatten()?);
    let points = one.series.iter().map(|(time, known)| Point::new(time, value(time, known))).collect();
    let series = Series::from_points(rule.gives.word(), points).ok()?;
    Some(Metric { measure: rule.gives.clone(), series, ..one.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::series::Time;
    use plimsoll::telemetry::Statistic;

    fn metric(measure: Measure, values: [f64; 3]) -> Metric {
        let points = values.iter().enumerate().map(|(i, v)| Point::new(Time::unix_seconds(60 * i as i64), Some(*v)));
        let series = Series::from_points("x", points.collect()).unwrap();
        let resource = ResourceName("a".into());
        Metric { resource, item: None, measure, statistic: Statistic::Mean, series, first: "x:1".into() }
    }

    #[test]
    fn memory_in_use_is_what_is_not_available() {
        let available = Measure::Other("node_memory_MemAvailable_bytes".into());
        let mut metrics = vec![metric(Measure::MemoryCapacity, [8.0; 3]), metric(available, [6.0, 5.0, 9.0])];
        add(&mut metrics);
        let values: Vec<_> = metrics[2].series.iter().map(|(_, v)| v).collect();
        assert_eq!((metrics[2].measure.clone(), values), (Measure::MemoryUsed, vec![Some(2.0), Some(3.0), None]));
        add(&mut metrics);
        assert_eq!(metrics.len(), 3);
    }

    #[test]
    fn throttling_is_a_part_of_periods() {
        let other = |name: &str| Measure::Other(name.into());
        let mut metrics = vec![
            metric(other("container_cpu_cfs_throttled_periods_total"), [1.0, 0.0, 5.0]),
            metric(other("container_cpu_cfs_periods_total"), [10.0, 0.0, 5.0]),
        ];
        add(&mut metrics);
        let values: Vec<_> = metrics[2].series.iter().map(|(_, v)| v).collect();
        assert_eq!(values, [Some(0.1), None, Some(1.0)]);
    }
}

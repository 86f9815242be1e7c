//! Values below zero of what cannot be: a counter of the tool ran over, or a column is not what its name says.
//!
//! A value that is only rounded to below zero, as an idle time of 100.01 %, is zero; any other is a gap, and told.
use super::collector::Gathered;
use super::key::How;
use plimsoll::reading::Finding;
use plimsoll::series::Point;
use plimsoll::telemetry::{Measure, Unit};

/// Tools write per cent with one digit behind the point, and some add up several: half a per cent is rounding.
const ROUNDED: f64 = 0.005;

/// Takes them out of the series, and says how many there were.
pub(super) fn taken_out(series: &mut [Gathered]) -> Option<Finding> {
    let (mut rows, mut first, mut all) = (0, None, 0);
    for gathered in series.iter_mut().filter(|gathered| !matches!(gathered.key.measure, Measure::Other(_))) {
        let before = rows;
        let rounded = match (gathered.key.measure.unit(), gathered.how) {
            (Unit::Part, How::PerCent) => ROUNDED * 100.0,
            (Unit::Part, _) => ROUNDED,
            _ => 0.0,
        };
        for point in gathered.points.iter_mut().filter(|point| point.value().is_some_and(|value| value < 0.0)) {
            let is_rounded = point.value().is_some_and(|value| value >= -rounded);
            rows += u64::from(!is_rounded);
            *point = Point::new(point.time(), is_rounded.then_some(0.0));
        }
        if rows > before {
            all += 1;
            first.get_or_insert_with(|| format!("{} of {}", gathered.key.measure, gathered.key.resource));
        }
    }
    let text = format!("{} is below zero, {rows} values of {all} series in all: gaps, not taken as zero.", first?);
    Some(Finding { kind: "below_zero", rows, text })
}

#[cfg(test)]
mod tests {
    use super::super::collector::Collector;
    use super::super::key::{How, Key};
    use plimsoll::series::Time;
    use plimsoll::telemetry::{Measure, Telemetry};
    use plimsoll::units::Share;

    fn read(measure: Measure, how: How, values: [f64; 4]) -> Telemetry {
        let mut to = Collector::new(false);
        to.begin("x.csv", "test", Share::ALL);
        let id = to.series(Key::of("web", measure), how, 2);
        for (minute, value) in values.into_iter().enumerate() {
            to.sample(id, Time::unix_seconds(minute as i64 * 60), Some(value));
        }
        to.finish().unwrap()
    }
    fn values(read: &Telemetry) -> Vec<Option<f64>> {
        read.metrics[0].series.iter().map(|(_, value)| value).collect()
    }

    #[test]
    fn what_cannot_be_below_zero_is_a_gap_or_rounded() {
        let steal = read(Measure::CpuSteal, How::PerCent, [50.0, -0.4, -40.0, 25.0]);
        assert_eq!(values(&steal), [Some(0.5), Some(0.0), None, Some(0.25)]);
        let told = steal.reading.findings.iter().find(|finding| finding.kind == "below_zero").unwrap();
        assert_eq!(told.text, "cpu_steal of web is below zero, 1 values of 1 series in all: gaps, not taken as zero.");
        let requests = read(Measure::Requests, How::Level, [5.0, -0.001, 7.0, 8.0]);
        assert_eq!(values(&requests)[1], None);
    }

    #[test]
    fn what_nobody_knows_may_be_below_zero() {
        let cold = read(Measure::Other("temperature".into()), How::Level, [5.0, -3.0, 7.0, 8.0]);
        assert_eq!(values(&cold)[1], Some(-3.0));
        assert!(cold.reading.findings.is_empty());
    }
}

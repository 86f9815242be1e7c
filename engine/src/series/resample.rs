//! From short steps to hours.
use super::Series;
use crate::series::Time;
use crate::units::{Share, Span};

const HOUR: i64 = 3600;

/// The mean of each full clock hour (UTC) over the steps that start in it and have a value.
///
/// An hour with less than `least` of its steps, or with none, is a gap. `None` when a step is longer than an hour:
/// what happened within it is not known.
pub fn to_hours(series: &Series, least: Share) -> Option<Series> {
    if series.step() > Span::hours(1.0) || series.is_empty() {
        return None;
    }
    let first = series.start().hour();
    let last = series.time(series.len() - 1).hour();
    let mut sums = vec![(0.0, 0_u32); (last - first + 1) as usize];
    for (time, value) in series.iter() {
        let cell = &mut sums[(time.hour() - first) as usize];
        if let Some(value) = value {
            cell.1 += 1;
            // A running mean: a sum of large values could overflow.
            cell.0 += (value - cell.0) / f64::from(cell.1);
        }
    }
    let full = (Span::hours(1.0) / series.step()).floor();
    let enough = |n: u32| n > 0 && f64::from(n) >= least.as_part() * full;
    let values = sums.into_iter().map(|(mean, n)| if enough(n) { mean } else { f64::NAN }).collect();
    Some(Series::new(series.name(), Time::unix_seconds(first * HOUR), Span::hours(1.0), values))
}

#[cfg(test)]
mod tests {
    use super::super::Point;
    use super::*;

    fn series(rows: impl IntoIterator<Item = (i64, f64)>) -> Series {
        let points = rows.into_iter().map(|(t, v)| Point::new(Time::unix_seconds(t), Some(v)));
        Series::from_points("v", points.collect()).unwrap()
    }
    fn hours(rows: impl IntoIterator<Item = (i64, f64)>, least: Share) -> Vec<Option<f64>> {
        to_hours(&series(rows), least).unwrap().iter().map(|(_, v)| v).collect()
    }

    #[test]
    fn an_hour_is_the_mean_of_its_steps() {
        let rows = (0..24).map(|i| (i * 300 + 240, i as f64));
        assert_eq!(hours(rows, Share::NONE), [Some(5.5), Some(17.5)]);
    }

    #[test]
    fn an_hour_without_a_value_is_a_gap() {
        let rows = (0..36).filter(|i| !(12..24).contains(i)).map(|i| (i * 300, 1.0));
        assert_eq!(hours(rows, Share::NONE), [Some(1.0), None, Some(1.0)]);
    }

    #[test]
    fn an_hour_with_too_few_steps_is_a_gap() {
        let rows = (9..26).map(|i| (i * 300, i as f64));
        assert_eq!(hours(rows.clone(), Share::percent(50.0)), [None, Some(17.5), None]);
        assert_eq!(hours(rows, Share::percent(25.0)), [Some(10.0), Some(17.5), None]);
    }

    #[test]
    fn steps_of_more_than_an_hour_have_no_hours() {
        assert!(to_hours(&series([(0, 1.0), (7200, 2.0), (14_400, 3.0)]), Share::NONE).is_none());
        assert_eq!(hours([(0, 1.0), (3600, 2.0)], Share::ALL), [Some(1.0), Some(2.0)]);
    }
}

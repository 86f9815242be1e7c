//! Several series as one.
use super::{Series, Time};
use crate::units::Span;

/// Several series as one, on the coarsest of their grids: `combine` takes the values of all of them in each step, each the
/// mean of the series' own steps that start in it. A step in which any of them has no value is a gap.
///
/// None of nothing, and where no step has a value of all.
pub fn combined(name: &str, all: &[&Series], combine: impl Fn(&[f64]) -> f64) -> Option<Series> {
    let step = all.iter().map(|series| series.step().as_seconds().round() as i64).max()?;
    let slot = |time: Time| time.as_unix_seconds().div_euclid(step);
    let known = |series: &&&Series| !series.is_empty();
    let first = all.iter().filter(known).map(|series| slot(series.start())).max()?;
    let last = all.iter().filter(known).map(|series| slot(series.time(series.len() - 1))).min()?;
    if last < first {
        return None;
    }
    let slots = (last - first + 1) as usize;
    let columns: Vec<Vec<(f64, u32)>> = all.iter().map(|series| means(series, first, slots, slot)).collect();
    let mut row = vec![0.0; all.len()];
    let values = (0..slots).map(|at| {
        for (value, column) in row.iter_mut().zip(&columns) {
            let (mean, n) = column[at];
            if n == 0 {
                return f64::NAN;
            }
            *value = mean;
        }
        combine(&row)
    });
    let values: Vec<f64> = values.collect();
    let has_values = values.iter().any(|value| !value.is_nan());
    has_values.then(|| Series::new(name, Time::unix_seconds(first * step), Span::seconds(step as f64), values))
}

fn means(series: &Series, first: i64, slots: usize, slot: impl Fn(Time) -> i64) -> Vec<(f64, u32)> {
    let mut column = vec![(0.0, 0_u32); slots];
    for (time, value) in series.iter() {
        let at = slot(time) - first;
        if let (Some(value), true) = (value, (0..slots as i64).contains(&at)) {
            let (mean, n) = &mut column[at as usize];
            *n += 1;
            *mean += (value - *mean) / f64::from(*n);
        }
    }
    column
}

#[cfg(test)]
mod tests {
    use super::super::Point;
    use super::*;

    fn series(step: i64, values: &[Option<f64>]) -> Series {
        let points = values.iter().enumerate().map(|(i, v)| Point::new(Time::unix_seconds(i as i64 * step), *v));
        Series::from_points("v", points.collect()).unwrap()
    }

    #[test]
    fn the_coarsest_grid_is_shared_and_gaps_stay() {
        let fine = series(60, &[Some(1.0), Some(3.0), Some(5.0), Some(7.0), Some(9.0), Some(11.0)]);
        let coarse = series(120, &[Some(10.0), None, Some(30.0)]);
        let sum = combined("sum", &[&fine, &coarse], |row| row.iter().sum()).unwrap();
        let values: Vec<_> = sum.iter().map(|(_, v)| v).collect();
        assert_eq!(values, [Some(12.0), None, Some(40.0)]);
        assert_eq!(sum.step().as_seconds(), 120.0);
    }

    #[test]
    fn series_that_never_meet_make_none() {
        let early = series(60, &[Some(1.0), Some(2.0)]);
        let points = [(6000, 1.0), (6060, 2.0)].map(|(t, v)| Point::new(Time::unix_seconds(t), Some(v)));
        let late = Series::from_points("v", points.to_vec()).unwrap();
        assert!(combined("x", &[&early, &late], |row| row[0]).is_none());
        assert!(combined("x", &[], |_| 0.0).is_none());
    }
}

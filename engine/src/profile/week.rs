//! The shape of the week.
use super::demand::{Fitted, HourOfWeek, TooFewDays};
use super::hours::Hours;
use crate::signal::robust;
use crate::units::Factor;

/// Each hour of the week is seen twice from here on.
const WEEK_NEEDS: usize = 14;
/// Each hour of the day is seen three times from here on, so that the median is not one day's accident.
const DAY_NEEDS: usize = 3;

/// 168 multiples of the mean: of each hour of the week the median over the weeks, or, between 3 and 14 days, of each
/// hour of the day the median over the days, seven times.
///
/// The multiples are scaled to a mean of one. An hour of the week that was never seen takes that of its hour of the
/// day over all days, and the mean if that was never seen either.
pub(super) fn hour_of_week(hours: &Hours, rows: usize) -> Result<Fitted<HourOfWeek>, TooFewDays> {
    let has = hours.days.len();
    if has < DAY_NEEDS {
        return Err(TooFewDays { needs: DAY_NEEDS, has });
    }
    let days_differ = has >= WEEK_NEEDS;
    let overall = robust::mean(hours.known.iter().map(|h| h.1)).expect("there are days");
    let by_day = medians::<24>(hours);
    let by_week = if days_differ { medians::<168>(hours) } else { [None; 168] };
    let shape: Vec<f64> = (0..168).map(|hour| by_week[hour].or(by_day[hour % 24]).unwrap_or(overall)).collect();
    let mean = robust::mean(shape.iter().copied()).expect("a week has hours");
    // Medians of a service that is asked in less than half of its weeks are all zero: no shape.
    let factor = |level: f64| if mean > 0.0 { Factor::of(level / mean) } else { Factor::ONE };
    let factors = shape.into_iter().map(factor).collect();
    Ok(Fitted::measured(HourOfWeek { factors, days_differ }, rows))
}

/// The median rate of each of `N` hours that repeat.
fn medians<const N: usize>(hours: &Hours) -> [Option<f64>; N] {
    let mut seen: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
    for (time, rate) in &hours.known {
        seen[time.hour_of_week() % N].push(*rate);
    }
    seen.map(|mut rates| robust::median(&mut rates))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::{Series, Time};
    use crate::units::Span;

    /// Hours from a Monday on.
    fn of(n: usize, rate: impl Fn(usize) -> f64) -> Result<HourOfWeek, TooFewDays> {
        let monday = Time::unix_seconds(4 * 86_400);
        let hourly = Series::new("v", monday, Span::hours(1.0), (0..n).map(rate).collect());
        hour_of_week(&Hours::of(&hourly), n).map(|f| f.value)
    }

    #[test]
    fn two_weeks_show_the_days_of_the_week() {
        let shape = of(336, |h| if h % 168 < 24 { 8.0 } else { 1.0 }).unwrap();
        assert!(shape.days_differ);
        let near = |factor: Factor, n: f64| (factor.get() - n).abs() < 1e-12;
        assert!(near(shape.factors[0], 4.0) && near(shape.factors[24], 0.5));
    }

    #[test]
    fn a_few_days_show_the_hours_of_the_day() {
        let shape = of(72, |h| if h % 24 < 8 { 4.0 } else { 1.0 }).unwrap();
        assert!(!shape.days_differ);
        assert_eq!((shape.factors[160], shape.factors[167]), (Factor::of(0.5), Factor::of(0.5)));
        assert_eq!(of(71 - 20, |_| 1.0), Err(TooFewDays { needs: 3, has: 2 }));
    }

    #[test]
    fn one_bad_week_of_three_does_not_show() {
        let shape = of(504, |h| if h < 168 { 90.0 } else { 1.0 }).unwrap();
        assert!(shape.factors.iter().all(|f| *f == Factor::ONE));
    }

    #[test]
    fn an_hour_never_seen_takes_that_of_its_day() {
        let shape = of(336, |h| if h % 168 == 30 { f64::NAN } else { (h % 24 + 1) as f64 }).unwrap();
        assert_eq!(shape.factors[30], shape.factors[54]);
    }

    #[test]
    fn rare_use_has_no_shape() {
        let shape = of(504, |h| f64::from(h == 7)).unwrap();
        assert!(shape.factors.iter().all(|f| *f == Factor::ONE));
    }
}

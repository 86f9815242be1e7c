//! How much more comes in the highest step of a busy hour than in the hour.
use super::demand::{CONFIDENCE, Fitted};
use super::hours::Hours;
use crate::series::Series;
use crate::signal::robust::Z;
use crate::uncertain::Estimate;
use crate::units::{Factor, Span};
use crate::workload::Demand;

/// Steps up to this length can show a burst; in longer ones it drowns.
const LONGEST_STEP: Span = Span::minutes(5.0);
/// The busy hours are this part of all, by their mean. Doubled, quieter hours, whose bursts are relatively higher and
/// do not matter for sizing, weigh as much as busy ones.
const BUSY: f64 = 0.1;
/// At least so many hours are called busy.
const AT_LEAST: usize = 5;
/// The share of the busy hours that stay within the burst.
const WITHIN: f64 = 0.95;
/// How far an assumed burst may be off: from hardly any to twice the excess and half again. Doubled, plans from
/// hourly data buy a quarter more at their high end.
const ASSUMED: (f64, f64) = (1.05, 1.5);

/// The 95 % quantile, over the busy hours, of the highest step over the hour's mean.
///
/// Its range is free of any distribution: order statistics whose ranks are `n p` and 1.64 deviations of a binomial
/// count either way (W. J. Conover, *Practical Nonparametric Statistics*, 3rd ed., section 3.2). Fewer than 59 hours
/// may all lie below the quantile; then the excess of the highest is raised by one part in the root of their number.
/// A step above five minutes shows no burst: the house's default is taken and says so.
pub(super) fn burst(series: &Series, hours: &Hours) -> Fitted<Estimate<Factor>> {
    let mut busy: Vec<_> = hours.known.iter().filter(|h| h.1 > 0.0).copied().collect();
    busy.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    busy.truncate(((hours.known.len() as f64 * BUSY).ceil() as usize).max(AT_LEAST));
    if series.step() > LONGEST_STEP || busy.is_empty() {
        return Fitted::assumed(range(ASSUMED.0, Demand::DEFAULT_BURST.get(), ASSUMED.1));
    }
    busy.sort_unstable_by_key(|h| h.0);
    let (mut ratios, mut rows, mut next) = (Vec::new(), 0, 0);
    for (start, mean) in busy {
        let of_hour = |i: &usize| series.time(*i).hour() == start.hour();
        let from = (next..series.len()).find(of_hour).expect("a busy hour has steps");
        let steps: Vec<f64> = (from..series.len()).take_while(of_hour).filter_map(|i| series.value(i)).collect();
        rows += steps.len();
        // The highest is at least the mean, but for rounding.
        ratios.push((steps.iter().copied().fold(0.0, f64::max) / mean).max(1.0));
        next = from;
    }
    ratios.sort_unstable_by(f64::total_cmp);
    let (low, mid, mut high) = quantile(&ratios);
    let n = ratios.len() as f64;
    if WITHIN.powf(n) > 1.0 - WITHIN {
        high += (high - 1.0).max(0.0) / n.sqrt();
    }
    Fitted::measured(range(low, mid, high), rows)
}

/// The quantile of sorted ratios and the ends of its range.
fn quantile(sorted: &[f64]) -> (f64, f64, f64) {
    let n = sorted.len() as f64;
    let doubt = Z * (n * WITHIN * (1.0 - WITHIN)).sqrt();
    let rank = |r: f64| sorted[(r.max(1.0) as usize).min(sorted.len()) - 1];
    (rank((n * WITHIN - doubt).floor()), rank((n * WITHIN).ceil()), rank((n * WITHIN + doubt).ceil()))
}

fn range(low: f64, mid: f64, high: f64) -> Estimate<Factor> {
    Estimate::range(Factor::of(low), Factor::of(mid), Factor::of(high), CONFIDENCE).expect("order statistics ascend")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::{Point, Time, to_hours};
    use crate::units::Share;

    fn of(step: i64, n: i64, value: impl Fn(i64) -> f64) -> Fitted<Estimate<Factor>> {
        let points = (0..n).map(|i| Point::new(Time::unix_seconds(i * step), Some(value(i)))).collect();
        let series = Series::from_points("v", points).unwrap();
        burst(&series, &Hours::of(&to_hours(&series, Share::percent(50.0)).unwrap()))
    }

    #[test]
    fn one_step_of_twelve_that_is_higher_is_the_burst() {
        let b = of(300, 1440, |i| if i % 12 == 0 { 3.0 } else { 1.0 });
        assert_eq!(b.rows, 144);
        assert!((b.value.mid().get() - 36.0 / 14.0).abs() < 1e-9);
    }

    #[test]
    fn quiet_hours_do_not_count() {
        let b = of(300, 1440, |i| if i % 288 < 36 { 1000.0 } else { f64::from(i % 12 == 0) });
        assert!((b.value.high().get() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn long_steps_show_none() {
        let b = of(900, 200, |i| (i % 7) as f64);
        assert_eq!((b.source, b.rows), (super::super::Source::Default, 0));
        assert_eq!(b.value.mid(), Demand::DEFAULT_BURST);
    }

    #[test]
    fn a_quantile_lies_between_its_ends() {
        let sorted: Vec<f64> = (1..=200).map(f64::from).collect();
        assert_eq!(quantile(&sorted), (184.0, 190.0, 196.0));
        assert_eq!(quantile(&[1.5]), (1.5, 1.5, 1.5));
    }
}

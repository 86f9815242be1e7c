//! How much: the busiest hour, and the mean.
use super::demand::{CONFIDENCE, Fitted};
use super::hours::Hours;
use super::robust::{self, Z};
use crate::uncertain::Estimate;
use crate::units::{Quantity, Rate};

/// How far the figures of another day may lie from those of the only one: a fifth below to a half above. Nobody
/// measured it; doubled, a plan from one day of history buys half as much again to be safe.
const ONE_DAY: (f64, f64) = (0.8, 1.5);

/// The mean rate of the busiest hour, and the range in which that of another stretch as long is expected.
///
/// The busiest hour of many days follows Gumbel's law (E. J. Gumbel, *Statistics of Extremes*, 1958), whose scale is
/// that of the days' own busiest hours: `sd sqrt(6) / pi`. The one seen is taken as its median. The deviation of few
/// days is itself in doubt, by one part in `sqrt(2 (n - 1))`; the range is widened by the upper end of that.
pub(super) fn peak(hours: &Hours, rows: usize) -> Fitted<Estimate<Rate>> {
    let busiest = hours.known.iter().map(|h| h.1).fold(0.0, f64::max);
    let quantile = |p: f64| -(-p.ln()).ln();
    let (low, high) = match robust::within(&hours.by_weekday(|day| day.busiest)) {
        Some(d) => {
            let scale = d.sd * 6.0_f64.sqrt() / std::f64::consts::PI * (1.0 + Z / (2.0 * d.free).sqrt());
            let below = scale * (quantile(0.5) - quantile(0.05));
            let above = scale * (quantile(0.95) - quantile(0.5));
            (busiest - below, busiest + above)
        }
        None => (busiest * ONE_DAY.0, busiest * ONE_DAY.1),
    };
    Fitted::measured(rates(low, busiest, high), rows)
}

/// The mean rate over all hours; its range is that of a mean of so many days (Student's t on daily means).
pub(super) fn mean(hours: &Hours, rows: usize) -> Fitted<Estimate<Rate>> {
    let mean = robust::mean(hours.known.iter().map(|h| h.1)).expect("there are hours");
    let (low, high) = match robust::within(&hours.by_weekday(|day| day.mean)) {
        Some(d) => {
            let doubt = robust::student(d.free) * d.sd / (hours.days.len() as f64).sqrt();
            (mean - doubt, mean + doubt)
        }
        None => (mean * ONE_DAY.0, mean * ONE_DAY.1),
    };
    Fitted::measured(rates(low, mean, high), rows)
}

/// A range of rates per second, cut at zero and at what is finite.
fn rates(low: f64, mid: f64, high: f64) -> Estimate<Rate> {
    let rate = |n: f64| Rate::from_base(n.clamp(0.0, f64::MAX));
    Estimate::range(rate(low.min(mid)), rate(mid), rate(high.max(mid)), CONFIDENCE).expect("the ends were ordered")
}

/// The day whose busiest hour stands out: at least half as much again as that of every other day, of at least three.
pub(super) fn outlier(hours: &Hours) -> Option<(i64, Rate, Rate)> {
    let mut days: Vec<_> = hours.days.iter().map(|d| (d.busiest, d.number)).collect();
    days.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let [first, second, _, ..] = days[..] else { return None };
    (first.0 > second.0 * 1.5).then(|| (first.1, Rate::from_base(first.0), Rate::from_base(second.0)))
}

#[cfg(test)]
mod tests {
    use super::super::hours::Day;
    use super::*;
    use crate::series::Time;

    fn days(busiest: &[f64]) -> Hours {
        let day =
            |(number, busiest): (usize, &f64)| Day { number: number as i64, mean: busiest / 2.0, busiest: *busiest };
        let known = busiest.iter().enumerate().map(|(i, b)| (Time::unix_seconds(i as i64 * 86_400), *b));
        Hours { known: known.collect(), days: busiest.iter().enumerate().map(day).collect() }
    }

    #[test]
    fn the_range_of_the_peak_leans_upward() {
        let p = peak(&days(&[90.0, 100.0, 95.0, 105.0, 100.0, 98.0, 93.0]), 7).value;
        assert_eq!(p.mid(), Rate::per_second(105.0));
        assert!(p.high().as_per_second() - 105.0 > 105.0 - p.low().as_per_second());
    }

    #[test]
    fn fewer_days_are_wider() {
        let wide = |n: usize| {
            let values: Vec<_> = (0..n).map(|i| if i % 2 == 0 { 90.0 } else { 110.0 }).collect();
            let (p, m) = (peak(&days(&values), n).value, mean(&days(&values), n).value);
            (p.high().as_per_second() - p.low().as_per_second(), m.high().as_per_second() - m.low().as_per_second())
        };
        assert!(wide(4).0 > wide(8).0 && wide(8).0 > wide(60).0);
        assert!(wide(4).1 > wide(8).1 && wide(8).1 > wide(60).1);
    }

    #[test]
    fn one_day_has_an_assumed_range() {
        let p = peak(&days(&[100.0]), 1).value;
        assert_eq!((p.low(), p.high()), (Rate::per_second(80.0), Rate::per_second(150.0)));
    }

    #[test]
    fn weekends_do_not_widen_the_range() {
        let week = [100.0, 100.0, 100.0, 100.0, 100.0, 20.0, 20.0];
        let p = peak(&days(&week.repeat(3)), 21).value;
        assert_eq!((p.low(), p.high()), (p.mid(), p.mid()));
    }

    #[test]
    fn a_day_that_stands_out_is_named() {
        assert_eq!(outlier(&days(&[10.0, 11.0, 40.0, 12.0])).unwrap().0, 2);
        assert_eq!(outlier(&days(&[10.0, 40.0])), None);
        assert_eq!(outlier(&days(&[10.0, 11.0, 12.0])), None);
    }
}

//! How much: the busiest hour, and the mean.
use super::demand::{CONFIDENCE, Fitted};
use super::hours::Hours;
use crate::signal::robust::{self, Z};
use crate::uncertain::Estimate;
use crate::units::{Quantity, Rate};

/// How far the figures of another day may lie from those of the only one: a fifth below to a half above. Nobody
/// measured it; doubled, a plan from one day of history buys half as much again to be safe.
const ONE_DAY: (f64, f64) = (0.8, 1.5);

/// The mean rate of the busiest hour, and the range in which that of another stretch as long is expected.
///
/// The busiest hour of many days follows Gumbel's law (E. J. Gumbel, *Statistics of Extremes*, 1958), whose scale is
/// that of the days' own busiest hours: `sd sqrt(6) / pi`. The one seen and the one to come are two draws of it, and
/// the difference of two Gumbel draws is logistic with the same scale: 90 % lie within `ln 19` scales. The deviation of
/// few days is itself in doubt, by one part in `sqrt(2 (n - 1))`; the range is widened by the upper end of that.
pub(super) fn peak(hours: &Hours, rows: usize) -> Fitted<Estimate<Rate>> {
    let busiest = hours.known.iter().map(|h| h.1).fold(0.0, f64::max);
    let (low, high) = match robust::within(&hours.by_weekday(|day| day.busiest)) {
        Some(d) => {
            let scale = d.sd * 6.0_f64.sqrt() / std::f64::consts::PI * (1.0 + Z / (2.0 * d.free).sqrt());
            let doubt = scale * 19.0_f64.ln();
            (busiest - doubt, busiest + doubt)
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
    use rand::{RngExt, SeedableRng};
    use rand_distr::StandardNormal;
    use rand_xoshiro::Xoshiro256PlusPlus;

    fn days(busiest: &[f64]) -> Hours {
        let day =
            |(number, busiest): (usize, &f64)| Day { number: number as i64, mean: busiest / 2.0, busiest: *busiest };
        let known = busiest.iter().enumerate().map(|(i, b)| (Time::unix_seconds(i as i64 * 86_400), *b));
        Hours { known: known.collect(), days: busiest.iter().enumerate().map(day).collect() }
    }

    /// How often the range from `n` days holds the busiest hour of the next `n`.
    fn kept(n: usize, draw: impl Fn(&mut Xoshiro256PlusPlus) -> f64) -> f64 {
        let mut dice = Xoshiro256PlusPlus::seed_from_u64(n as u64);
        let mut stretch = || (0..n).map(|_| draw(&mut dice)).collect::<Vec<_>>();
        let hits = (0..2000).filter(|_| {
            let range = peak(&days(&stretch()), n).value;
            let next = Rate::per_second(stretch().into_iter().fold(0.0, f64::max));
            range.low() <= next && next <= range.high()
        });
        hits.count() as f64 / 2000.0
    }

    #[test]
    fn the_range_holds_the_next_peak_as_often_as_it_says() {
        for n in [5, 7, 14, 30, 70] {
            // `days` has no weekdays to tell below 14; from there on the deviation has n - 7 degrees.
            let gumbel = kept(n, |dice| 100.0 - 5.0 * (-dice.random::<f64>().ln()).ln());
            let normal = kept(n, |dice| 100.0 + 5.0 * dice.sample::<f64, _>(StandardNormal));
            assert!((0.88..0.97).contains(&gumbel), "{n}: {gumbel}");
            assert!(normal > 0.9, "{n}: {normal}");
        }
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

//! Growth, from the days of the week compared with themselves.
use super::demand::{CONFIDENCE, Fitted, TooFewDays};
use super::hours::Hours;
use crate::signal::robust::{self, Z};
use crate::uncertain::Estimate;
use crate::units::Growth;

/// Eight weeks: below it, the slope of a year hangs on a handful of days.
const NEEDS: usize = 56;
/// A trend in logarithms per day is stretched to this many.
const DAYS_PER_YEAR: f64 = 365.0;
/// Growth is shown up to a thousandfold a year; a steeper slope is a launch, not a trend.
const MOST: f64 = 1000.0;

/// Compound growth of the daily means, with its range.
///
/// The seasonal Kendall slope: the median slope over all pairs of days that are whole weeks apart, on logarithms
/// (R. M. Hirsch, J. R. Slack, R. A. Smith, "Techniques of trend analysis for monthly water quality data", Water
/// Resources Research 18, 1982), so neither a weekend nor a bad day shows. The range is Sen's (P. K. Sen, 1968), by the
/// ranks of the slopes; its variance is raised where one day resembles the day before, by `(1 + r) / (1 - r)`
/// (S. Yue and C. Wang, 2004). Days without any request have no logarithm and are left out.
pub(super) fn growth(hours: &Hours, rows: usize) -> Result<Fitted<Estimate<Growth>>, TooFewDays> {
    let days: Vec<_> = hours.days.iter().filter(|d| d.mean > 0.0).map(|d| (d.number, d.mean.ln())).collect();
    if days.len() < NEEDS {
        return Err(TooFewDays { needs: NEEDS, has: days.len() });
    }
    let mut slopes = Vec::new();
    for (i, early) in days.iter().enumerate() {
        let weeks_later = days[i + 1..].iter().filter(|late| (late.0 - early.0) % 7 == 0);
        slopes.extend(weeks_later.map(|late| (late.1 - early.1) / (late.0 - early.0) as f64));
    }
    let slope = robust::median(&mut slopes).expect("eight weeks have pairs of weekdays"); // and sorts them
    let doubt = Z * (kendall_variance(&days) * resemblance(&days, slope)).sqrt();
    let (middle, last) = ((slopes.len() - 1) as f64 / 2.0, slopes.len() - 1);
    let rank = |r: f64| slopes[(r.max(0.0) as usize).min(last)];
    let (low, high) = (rank((middle - doubt / 2.0).floor()), rank((middle + doubt / 2.0).ceil()));
    let yearly = |slope: f64| {
        let factor = (slope * DAYS_PER_YEAR).exp().min(MOST);
        Growth::percent_per_year((factor - 1.0) * 100.0)
    };
    let range = Estimate::range(yearly(low.min(slope)), yearly(slope), yearly(high.max(slope)), CONFIDENCE);
    Ok(Fitted::measured(range.expect("ranks ascend"), rows))
}

/// The variance of Kendall's score, summed over the days of the week: `n (n - 1) (2 n + 5) / 18` each.
fn kendall_variance(days: &[(i64, f64)]) -> f64 {
    let n = |weekday| days.iter().filter(|d| d.0.rem_euclid(7) == weekday).count() as f64;
    (0..7).map(n).map(|n| n * (n - 1.0) * (2.0 * n + 5.0) / 18.0).sum()
}

/// How much wider the range gets because a day resembles the one before: from 1 to 19.
fn resemblance(days: &[(i64, f64)], slope: f64) -> f64 {
    let flat: Vec<_> = days.iter().map(|d| (d.0, d.1 - slope * (d.0 - days[0].0) as f64)).collect();
    let centers: [f64; 7] = std::array::from_fn(|weekday| {
        let of_day = flat.iter().filter(|d| d.0.rem_euclid(7) == weekday as i64).map(|d| d.1);
        robust::median(&mut of_day.collect::<Vec<_>>()).unwrap_or(0.0)
    });
    let rest: Vec<_> = flat.iter().map(|d| (d.0, d.1 - centers[d.0.rem_euclid(7) as usize])).collect();
    let squares: f64 = rest.iter().map(|d| d.1 * d.1).sum();
    let products: f64 = rest.windows(2).filter(|w| w[1].0 - w[0].0 == 1).map(|w| w[0].1 * w[1].1).sum();
    let r = if squares > 0.0 { (products / squares).clamp(0.0, 0.9) } else { 0.0 };
    (1.0 + r) / (1.0 - r)
}

#[cfg(test)]
mod tests {
    use super::super::hours::Day;
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_distr::StandardNormal;
    use rand_xoshiro::Xoshiro256PlusPlus;

    fn of(means: impl Iterator<Item = f64>) -> Result<Estimate<Growth>, TooFewDays> {
        let day = |(i, mean): (usize, f64)| Day { number: 16_000 + i as i64, mean, busiest: mean };
        growth(&Hours { known: vec![], days: means.enumerate().map(day).collect() }, 1).map(|f| f.value)
    }

    #[test]
    fn steady_growth_is_found_exactly() {
        let g = of((0..70).map(|i| 100.0 * 1.3_f64.powf(f64::from(i) / 365.0))).unwrap();
        for end in [g.low(), g.mid(), g.high()] {
            assert!((end.as_percent_per_year() - 30.0).abs() < 1e-6);
        }
    }

    #[test]
    fn weekends_and_an_outage_do_not_show() {
        let g = of((0..70).map(|i| match i {
            33 => 1.0,
            _ if i % 7 > 4 => 20.0,
            _ => 100.0,
        }))
        .unwrap();
        assert!(g.mid().as_percent_per_year().abs() < 1e-6);
    }

    #[test]
    fn noise_widens_and_resemblance_widens_more() {
        let noise = |i: i32| (f64::from(i) * 12.9898).sin() * 0.1;
        let width = |means: Vec<f64>| {
            let g = of(means.into_iter()).unwrap();
            assert!(g.low() < g.mid() && g.mid() < g.high());
            g.high().as_percent_per_year() - g.low().as_percent_per_year()
        };
        let white = width((0..84).map(|i| noise(i).exp()).collect());
        let slow = width((0..84).map(|i| ((f64::from(i) / 3.0).sin() * 0.1).exp()).collect());
        assert!(slow > white, "{slow} {white}");
    }

    #[test]
    fn the_range_holds_the_truth_as_often_as_it_says() {
        for n in [56, 70, 140] {
            let mut dice = Xoshiro256PlusPlus::seed_from_u64(n);
            let hits = (0..400).filter(|_| {
                let level = |i: u64| 100.0 * 1.4_f64.powf(i as f64 / 365.0) * if i % 7 > 4 { 0.5 } else { 1.0 };
                let g = of((0..n).map(|i| level(i) * (0.03 * dice.sample::<f64, _>(StandardNormal)).exp())).unwrap();
                g.low().as_percent_per_year() <= 40.0 && 40.0 <= g.high().as_percent_per_year()
            });
            let kept = hits.count() as f64 / 400.0;
            assert!((0.85..0.96).contains(&kept), "{n}: {kept}");
        }
    }

    #[test]
    fn eight_weeks_are_needed() {
        assert_eq!(of((0..55).map(|_| 1.0)), Err(TooFewDays { needs: 56, has: 55 }));
        assert!(of((0..56).map(|_| 1.0)).is_ok());
    }

    #[test]
    fn an_explosion_is_cut() {
        assert!(of((0..60).map(|i| 2.0_f64.powi(i))).unwrap().mid().as_percent_per_year() < 1e5);
    }
}

//! The stated chances are kept: on every interval of the peer's study, and on ranges of many shapes.
use super::{Estimate, EstimateError, Law};
use crate::units::{Factor, Share, Span};

/// `(low, mid, high, confidence in per cent)`: every interval that Netflix' service-capacity-modeling 0.3.212 samples in the
/// eleven problems of its study, values below a million (its own fit ignores the high end of the first and the 100/100/1000).
#[rustfmt::skip]
const INTERVALS: &[(f64, f64, f64, f64)] = &[
    (0.005, 0.066_549_727_544_497_73, 0.166_065_725_822_704_74, 95.0),
    (0.05, 0.1, 0.2, 80.0),
    (0.05, 0.5, 0.7, 80.0),
    (0.15, 0.5, 1.0, 98.0),
    (0.2, 1.0, 2.0, 98.0),
    (0.4, 1.0, 2.0, 98.0),
    (0.4, 1.0, 4.0, 98.0),
    (0.4, 1.0, 5.0, 98.0),
    (0.4, 2.0, 5.0, 98.0),
    (0.4, 4.0, 10.0, 98.0),
    (1.0, 2.0, 4.0, 98.0),
    (1.0, 2.0, 5.0, 98.0),
    (1.0, 2.0, 100.0, 98.0),
    (1.0, 3.0, 6.0, 98.0),
    (1.0, 3.5, 100.0, 90.0),
    (1.0, 5.0, 200.0, 90.0),
    (1.0, 10.0, 100.0, 98.0),
    (2.0, 3.0, 4.0, 98.0),
    (2.0, 3.0, 5.0, 98.0),
    (5.0, 10.0, 15.0, 98.0),
    (5.0, 30.0, 150.0, 90.0),
    (16.0, 1024.0, 65_536.0, 95.0),
    (20.0, 30.0, 75.0, 98.0),
    (20.0, 40.0, 75.0, 98.0),
    (20.0, 200.0, 2000.0, 98.0),
    (50.0, 100.0, 300.0, 90.0),
    (50.0, 200.0, 400.0, 90.0),
    (64.0, 128.0, 1024.0, 95.0),
    (64.0, 256.0, 1024.0, 95.0),
    (64.0, 512.0, 1024.0, 95.0),
    (64.0, 512.0, 2048.0, 90.0),
    (100.0, 100.0, 1000.0, 90.0),
    (100.0, 200.0, 500.0, 90.0),
    (100.0, 200.0, 1000.0, 90.0),
    (100.0, 300.0, 600.0, 98.0),
    (100.0, 1000.0, 10_000.0, 98.0),
    (128.0, 1024.0, 65_536.0, 90.0),
    (128.0, 1024.0, 65_536.0, 95.0),
    (128.0, 4096.0, 131_072.0, 98.0),
    (200.0, 500.0, 1000.0, 90.0),
    (200.0, 500.0, 2000.0, 90.0),
    (300.0, 800.0, 2000.0, 90.0),
    (500.0, 1000.0, 2000.0, 90.0),
    (1000.0, 10_000.0, 100_000.0, 90.0),
    (1000.0, 10_000.0, 100_000.0, 98.0),
    (2000.0, 5000.0, 15_000.0, 90.0),
    (4218.75, 8437.5, 16_875.0, 98.0),
    (5000.0, 10_000.0, 30_000.0, 90.0),
    (20_000.0, 50_000.0, 150_000.0, 90.0),
    (50_000.0, 100_000.0, 200_000.0, 98.0),
    (50_000.0, 100_000.0, 300_000.0, 90.0),
    (500_000.0, 1_000_000.0, 2_000_000.0, 98.0),
];

fn estimate((low, mid, high, confidence): (f64, f64, f64, f64)) -> Estimate<Factor> {
    let [low, mid, high] = [low, mid, high].map(Factor::of);
    Estimate::range(low, mid, high, Share::percent(confidence)).expect("the interval ascends")
}

/// How far the chances below `low` and above `high` are from what confidence leaves on each side.
fn tail_error(estimate: &Estimate<Factor>) -> f64 {
    let tail = 0.5 * estimate.confidence().rest().as_part();
    let law = estimate.distribution();
    let below = law.cumulative(estimate.low().get()) - tail;
    let above = 1.0 - law.cumulative(estimate.high().get()) - tail;
    below.abs().max(above.abs())
}

#[test]
fn the_lognormal_keeps_both_ends_of_every_interval() {
    assert!(INTERVALS.len() > 50);
    for &interval in INTERVALS {
        assert!(tail_error(&estimate(interval)) < 1e-6, "{interval:?}");
    }
}

#[test]
fn gamma_and_pert_keep_both_ends_or_say_that_they_cannot() {
    for law in [Law::Gamma, Law::Pert] {
        let mut kept = 0;
        for &interval in INTERVALS {
            match estimate(interval).with_law(law) {
                Ok(estimate) => {
                    assert!(tail_error(&estimate) < 0.005, "{law} {interval:?}: {}", tail_error(&estimate));
                    kept += 1;
                }
                Err(error) => assert_eq!(error, EstimateError::Lopsided(law.name())),
            }
        }
        assert!(kept * 10 > INTERVALS.len() * 6, "{law} fits {kept} of {}", INTERVALS.len());
    }
}

#[test]
fn the_middle_is_the_median_unless_it_is_an_end() {
    for &(low, mid, high, confidence) in INTERVALS.iter().filter(|i| i.0 < i.1 && i.1 < i.2) {
        let below = estimate((low, mid, high, confidence)).distribution().cumulative(mid);
        assert!((below - 0.5).abs() < 1e-6, "{low} {mid} {high}: {below}");
    }
}

#[test]
fn quantiles_and_chances_agree_and_ascend() {
    for &interval in INTERVALS {
        for law in [Law::Lognormal, Law::Gamma, Law::Pert] {
            let Ok(estimate) = estimate(interval).with_law(law) else { continue };
            let law = estimate.distribution();
            let quantiles: Vec<f64> = (1..20).map(|i| law.quantile(f64::from(i) / 20.0)).collect();
            assert!(quantiles.windows(2).all(|w| w[0] < w[1]), "{interval:?}: {quantiles:?}");
            for (i, quantile) in (1..20).zip(quantiles) {
                assert!((law.cumulative(quantile) - f64::from(i) / 20.0).abs() < 1e-6, "{interval:?}");
            }
        }
    }
}

#[test]
fn measured_values_are_their_own_distribution() {
    let values: Vec<Span> = (1..=101).map(|i| Span::millis(f64::from(i))).collect();
    let estimate = Estimate::of_samples(&values, Share::percent(90.0)).unwrap();
    assert_eq!(estimate.mid(), Span::millis(51.0));
    assert!((estimate.low().as_millis() - 6.0).abs() < 0.01 && (estimate.high().as_millis() - 96.0).abs() < 0.01);
    assert!((estimate.distribution().quantile(0.25) - 0.026).abs() < 1e-9);
    assert_eq!(Estimate::of_samples(&values[..1], Share::percent(90.0)), Err(EstimateError::Sample));
}

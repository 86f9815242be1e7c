//! Whether the risk that is told is the risk there is.
use super::{Named, made, shared};
use plimsoll::estimator::{DAYS_FOR_RISK, risk_share};
use plimsoll::units::{Compute, Quantity, Share, Span};

/// The edges of the classes of told risk.
const CLASSES: [f64; 7] = [0.0, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0];
/// The ahead that is told of, in days.
const AHEAD: usize = 3;
const DAY: usize = 288;

/// Every told risk and whether the size was passed: at every other day, for sizes about the highest use so far.
fn told(series: &[Named]) -> Vec<(f64, bool)> {
    let mut told = Vec::new();
    for (_, usage) in series {
        for cut in (DAYS_FOR_RISK * 2 * DAY..usage.len().saturating_sub(AHEAD * DAY)).step_by(2 * DAY) {
            let window = usage.before(cut);
            let highest = window.values().map(|(_, v)| v).fold(Compute::ZERO, Quantity::max);
            let next = usage.before(cut + AHEAD * DAY).last(Span::days(AHEAD as f64));
            let to_come = next.values().map(|(_, v)| v).fold(Compute::ZERO, Quantity::max);
            for times in [0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0] {
                let size = highest * times;
                let risk = risk_share(window, size, Span::days(AHEAD as f64)).expect("there are days");
                told.push((risk.as_part(), to_come > size));
            }
        }
    }
    told
}

/// Prints the reliability table; the mean told and the part observed of each class.
fn reliability(title: &str, told: &[(f64, bool)]) -> Vec<(usize, f64, f64)> {
    println!("\n{title}\n\n| told | sizes | told in the mean | passed |\n|---|---|---|---|");
    let classes = CLASSES.windows(2).filter_map(|ends| {
        let of: Vec<_> = told.iter().filter(|(risk, _)| (ends[0]..ends[1]).contains(risk)).collect();
        let n = of.len() as f64;
        let (mean, passed) =
            of.iter().fold((0.0, 0.0), |(m, p), (risk, is)| (m + risk / n, p + f64::from(u8::from(*is)) / n));
        (!of.is_empty()).then(|| {
            println!(
                "| {} to {} | {} | {:.1} % | {:.1} % |",
                Share::of_one(ends[0]),
                Share::of_one(ends[1]),
                of.len(),
                mean * 100.0,
                passed * 100.0
            );
            (of.len(), mean, passed)
        })
    });
    classes.collect()
}

/// Told and observed lie together: within a tenth, or within a factor of two for what is rare.
fn assert_reliable(classes: &[(usize, f64, f64)]) {
    for (n, told, passed) in classes.iter().filter(|class| class.0 >= 30) {
        let is_near = (told - passed).abs() < 0.1 || (passed / told < 2.0 && told / passed < 2.0);
        assert!(is_near, "{told} told, {passed} passed, of {n}");
    }
}

#[test]
fn risk_is_reliable_on_series_of_our_own() {
    let series: Vec<_> = (0..60).map(|seed| made::made(seed, 21)).collect();
    assert_reliable(&reliability("60 series of our own, 3 days ahead", &told(&series)));
}

#[test]
fn risk_is_reliable_on_shared_series() {
    let Some(folder) = shared::folder() else { return };
    assert_reliable(&reliability("The series it was tuned on, 3 days ahead", &told(&shared::tuned_on(&folder))));
    let cpu = reliability("6 CPU series of NAB, 3 days ahead", &told(&shared::nab_cpu(&folder)));
    assert!(!cpu.is_empty());
}

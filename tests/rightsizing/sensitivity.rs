//! Each number of ours, halved and doubled.
use super::{Named, cells, followed, made, shared};
use plimsoll::estimator::Adaptive;
use plimsoll::units::{Factor, Span};

fn bent() -> Vec<(&'static str, Adaptive)> {
    let usual = Adaptive::USUAL;
    vec![
        ("as it is", usual),
        ("price 5", Adaptive { price: Factor::of(5.0), ..usual }),
        ("price 20", Adaptive { price: Factor::of(20.0), ..usual }),
        ("memory 2 days", Adaptive { memory: Span::days(2.0), ..usual }),
        ("memory 8 days", Adaptive { memory: Span::days(8.0), ..usual }),
        ("patience 12 hours", Adaptive { patience: Span::hours(12.0), ..usual }),
        ("patience 2 days", Adaptive { patience: Span::days(2.0), ..usual }),
    ]
}

/// Prints a table and checks that only the price matters.
fn check(title: &str, series: &[Named]) {
    println!("\n{title}\n\n| numbers | mean slack | time above | demand cut |\n|---|---|---|---|");
    let rows: Vec<_> = bent().into_iter().map(|(name, rule)| (name, followed(series, &rule))).collect();
    for (name, means) in &rows {
        println!("| {name} | {} |", cells(*means));
    }
    let cost = |means: super::Means| means.slack + 10.0 * means.breach;
    let usual = cost(rows[0].1);
    for (name, means) in &rows[3..] {
        assert!((cost(*means) / usual - 1.0).abs() < 0.05, "{name}: {} for {usual}", cost(*means));
    }
    assert!(rows[1].1.slack < rows[0].1.slack && rows[1].1.breach > rows[0].1.breach);
    assert!(rows[2].1.slack > rows[0].1.slack && rows[2].1.breach < rows[0].1.breach);
}

#[test]
fn only_the_price_matters_on_series_of_our_own() {
    check("Series of our own", &(0..12).map(|seed| made::made(seed, 14)).collect::<Vec<_>>());
}

#[test]
fn only_the_price_matters_on_shared_series() {
    let Some(folder) = shared::folder() else { return };
    check("6 CPU series of NAB", &shared::nab_cpu(&folder));
    check("The series it was tuned on", &shared::tuned_on(&folder));
}

//! Whether anomalies are found, and none where there is only noise.
use super::sample::{Row, all, answer, by, day, row};
use super::*;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Normal, StudentT};
use rand_xoshiro::Xoshiro256PlusPlus;

const SHAPE: [f64; 7] = [1.0, 1.02, 1.05, 1.0, 0.97, 0.6, 0.5];

fn rows(key: &'static str, values: impl IntoIterator<Item = f64>) -> Vec<Row> {
    let row = |(i, cost): (usize, f64)| Row {
        key: vec![key],
        at: day("2026-01-01", i as i32),
        costs: all((cost * 1e6).round() / 1e6),
        ..row()
    };
    values.into_iter().enumerate().map(row).collect()
}

fn found(rows: &[Row]) -> Vec<(String, String)> {
    let watch = answer(&by(&["service"]), rows).watch.unwrap();
    watch.anomalies.iter().map(|a| (a.key.to_string(), a.day.to_string())).collect()
}

#[test]
fn a_day_six_times_as_dear_is_found_and_nothing_else() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(3);
    let noise = Normal::new(0.0, 0.08).unwrap();
    for seed in 0..20 {
        let at = 10 + 3 * seed;
        let mut all: Vec<Row> = Vec::new();
        for (key, level) in [("web", 900.0), ("db", 400.0), ("logs", 35.0), ("dns", 0.4)] {
            let values = (0..90_usize).map(|i| {
                let six = if key == "logs" && i == at { 6.0 } else { 1.0 };
                level * SHAPE[i % 7] * 1.004_f64.powi(i as i32) * f64::exp(noise.sample(&mut random)) * six
            });
            all.extend(rows(key, values.collect::<Vec<_>>()));
        }
        // A tax at the start of each month is no anomaly of usage.
        for month in ["2026-01-01", "2026-02-01", "2026-03-01"] {
            let tax = Row { category: Category::Tax, at: month.into(), costs: sample::all(9000), ..row() };
            all.push(Row { key: vec!["logs"], ..tax });
        }
        assert_eq!(found(&all), [("logs".to_owned(), day("2026-01-01", at as i32))], "{seed}");
    }
}

#[test]
fn what_was_expected_is_told_with_the_same_weekdays_before() {
    let values = (0..42).map(|i| 100.0 * SHAPE[i % 7] * if i == 30 { 3.0 } else { 1.0 });
    let watch = answer(&by(&["service"]), &rows("web", values)).watch.unwrap();
    let [anomaly] = &watch.anomalies[..] else { panic!("{:?}", watch.anomalies) };
    assert!((anomaly.expected.about() - 105.0).abs() < 2.0, "{}", anomaly.expected.exact());
    assert_eq!(anomaly.actual.exact(), "315");
    assert!(anomaly.p_value.as_part() < 1e-7 && anomaly.spreads.get() > 20.0);
    let before: Vec<String> = anomaly.before.iter().map(|(day, cost)| format!("{day} {}", cost.exact())).collect();
    assert_eq!(before, ["2026-01-24 105", "2026-01-17 105", "2026-01-10 105", "2026-01-03 105"]);
    assert_eq!(watch.drawn.unwrap().days.len(), 42);
}

/// One bill in a hundred with a false find is what is promised, whatever the noise.
#[test]
fn noise_is_no_anomaly() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(11);
    let normal = Normal::new(0.0, 1.0).unwrap();
    let heavy = StudentT::new(5.0).unwrap();
    let mut report = Vec::new();
    for (name, days) in [("normal", 60), ("heavy", 60), ("slow", 60), ("short", 21), ("long", 365)] {
        let mut fired = 0;
        for _ in 0..200 {
            let mut last = 0.0;
            let size = random.random_range(0.01..0.3);
            let values: Vec<f64> = (0..days)
                .map(|i| {
                    last = match name {
                        "heavy" => heavy.sample(&mut random),
                        "slow" => 0.5 * last + normal.sample(&mut random),
                        _ => normal.sample(&mut random),
                    };
                    100.0 * SHAPE[i % 7] * f64::exp(size * last)
                })
                .collect();
            fired += usize::from(!found(&rows("web", values)).is_empty());
        }
        report.push((name, fired));
    }
    assert!(report.iter().map(|(_, fired)| fired).sum::<usize>() <= 10, "{report:?}");
}

#[test]
fn what_stays_as_it_was_or_steps_for_good_is_no_anomaly() {
    assert_eq!(found(&rows("flat", (0..60).map(|_| 24.0))), []);
    assert_eq!(found(&rows("month", (0..90).map(|i| 744.0 / if (31..59).contains(&i) { 28.0 } else { 31.0 }))), []);
    assert_eq!(found(&rows("step", (0..80).map(|i| if i < 40 { 10.0 } else { 20.0 }))), []);
    assert_eq!(found(&rows("weekdays", (0..70).map(|i| if i % 7 < 5 { 50.0 } else { 0.0 }))), []);
    let rare = rows("rare", (0..70).map(|i| if i % 30 == 0 { 500.0 } else { 0.0 }));
    let watch = answer(&by(&["service"]), &rare).watch.unwrap();
    assert_eq!((watch.anomalies.len(), watch.judged, watch.sporadic), (0, 0, 1));
}

#[test]
fn a_drop_is_one_too_and_pennies_are_none() {
    let dear = || rows("web", (0..60).map(|i| 1000.0 + f64::from(i % 5)));
    assert_eq!(
        found(&rows("web", (0..60).map(|i| if i == 33 { 5.0 } else { 100.0 }))),
        [("web".into(), "2026-02-03".into())]
    );
    let mut pennies = dear();
    pennies.extend(rows("dns", (0..60).map(|i| if i == 33 { 6.0 } else { 1.0 })));
    assert_eq!(found(&pennies), []);
}

#[test]
fn too_short_a_bill_is_said() {
    let answer = answer(&by(&["service"]), &rows("web", (0..20).map(|_| 1.0)));
    assert!(answer.watch.is_none());
    assert!(answer.notes.contains(&"no look for anomalies: that needs 21 days, the bill has 20".into()));
}

/// What is promised of finding: a doubled day, where days differ by a twentieth, nine times of ten.
#[test]
fn a_doubled_day_is_mostly_found() {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(5);
    let noise = Normal::new(0.0, 0.05).unwrap();
    let mut hits = 0;
    for at in (0..90).cycle().step_by(7).take(100) {
        let values: Vec<f64> = (0..90)
            .map(|i| 100.0 * SHAPE[i % 7] * f64::exp(noise.sample(&mut random)) * if i == at { 2.0 } else { 1.0 })
            .collect();
        hits += usize::from(found(&rows("web", values)).contains(&("web".into(), day("2026-01-01", at as i32))));
    }
    assert!(hits >= 90, "{hits}");
}

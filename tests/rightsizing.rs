//! `estimator`: how the presets and ours would have done, on series of our own and on those that are shared.
//!
//! The tables of docs/accuracy/rightsizing.md are printed with `--nocapture --test-threads=1`.
use plimsoll::estimator::{BacktestOptions, Estimator, PRESETS, Preset, Score, Usage, backtest, held_out};
use plimsoll::units::{Compute, Share};

#[path = "rightsizing/calibration.rs"]
mod calibration;
#[path = "rightsizing/golden.rs"]
mod golden;
#[path = "rightsizing/made.rs"]
mod made;
#[path = "rightsizing/sensitivity.rs"]
mod sensitivity;
#[path = "rightsizing/shared.rs"]
mod shared;

/// A series and what it is called.
type Named = (String, Usage<Compute>);

/// The means of scores over series, in parts of one.
#[derive(Clone, Copy, Debug)]
struct Means {
    slack: f64,
    breach: f64,
    cut: f64,
}

fn means(scores: &[Score]) -> Means {
    let mean = |part: fn(&Score) -> Share| scores.iter().map(|s| part(s).as_part()).sum::<f64>() / scores.len() as f64;
    Means { slack: mean(|s| s.mean_slack), breach: mean(|s| s.breach_share), cut: mean(|s| s.demand_cut_share) }
}

/// A rule's scores with hourly decisions after two days.
fn followed(series: &[Named], rule: &dyn Estimator<Compute>) -> Means {
    let score = |(name, usage): &Named| {
        backtest(usage, rule, BacktestOptions::default()).unwrap_or_else(|| panic!("{name} is too short"))
    };
    means(&series.iter().map(score).collect::<Vec<_>>())
}

/// A rule's scores with one size, set after half of the history.
fn held(series: &[Named], rule: &dyn Estimator<Compute>) -> Means {
    let score = |(name, usage): &Named| {
        held_out(usage, rule, Share::percent(50.0)).unwrap_or_else(|| panic!("{name} is too short"))
    };
    means(&series.iter().map(score).collect::<Vec<_>>())
}

/// The means of every preset, ours first, printed as a table.
fn table(title: &str, of: impl Fn(&dyn Estimator<Compute>) -> Means) -> Vec<(&'static str, Means)> {
    println!("\n{title}\n\n| preset | mean slack | time above | demand cut |\n|---|---|---|---|");
    let line = |preset: &Preset| {
        let means = of(&preset.cpu);
        println!("| {} | {} |", preset.name, cells(means));
        (preset.name, means)
    };
    PRESETS.iter().map(line).collect()
}

fn cells(means: Means) -> String {
    format!("{:.3} | {:.2} % | {:.2} %", means.slack, means.breach * 100.0, means.cut * 100.0)
}

/// The names of the presets that are better on both counts than the first one.
fn better_on_both(rows: &[(&'static str, Means)]) -> Vec<&'static str> {
    let (_, ours) = rows[0];
    let is_better = |row: &&(&str, Means)| row.1.slack < ours.slack && row.1.breach < ours.breach;
    rows[1..].iter().filter(is_better).map(|row| row.0).collect()
}

fn row(rows: &[(&'static str, Means)], name: &str) -> Means {
    rows.iter().find(|row| row.0 == name).expect("a preset of this name").1
}

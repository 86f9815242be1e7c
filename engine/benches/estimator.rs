//! How long it takes to size a fleet: 10,000 resources with 4,032 points each, two weeks of five minutes.
use plimsoll::estimator::{BacktestOptions, Estimator, Preset, Usage, backtest, risk_share};
use plimsoll::series::Time;
use plimsoll::units::{Compute, Share, Span};

fn main() {
    divan::main();
}

const RESOURCES: usize = 10_000;
const POINTS: u32 = 4032;

/// A day that repeats, with some noise.
fn usage() -> Usage<Compute> {
    let value = |i: u32| {
        let day = (std::f64::consts::TAU * f64::from(i % 288) / 288.0).sin();
        Some(Compute::vcpus(2.0 + day + f64::from(i.wrapping_mul(2_654_435_761) >> 16) / 65_536.0))
    };
    Usage::new(Time::unix_seconds(0), Span::minutes(5.0), (0..POINTS).map(value))
}

#[divan::bench(sample_count = 1, args = ["plimsoll", "compute-optimizer", "krr-simple", "vpa", "autopilot", "peak-7d"])]
fn ten_thousand_resources(bencher: divan::Bencher<'_, '_>, name: &str) {
    let usage = usage();
    let preset = Preset::named(name).expect("a preset of this name");
    bencher.bench_local(|| {
        for _ in 0..RESOURCES {
            divan::black_box(preset.cpu.size(divan::black_box(&usage).all()));
        }
    });
}

#[divan::bench(sample_count = 1)]
fn ten_thousand_risks(bencher: divan::Bencher<'_, '_>) {
    let usage = usage();
    bencher.bench_local(|| {
        for _ in 0..RESOURCES {
            divan::black_box(risk_share(divan::black_box(&usage).all(), Compute::vcpus(4.0), Span::days(30.0)));
        }
    });
}

#[divan::bench(sample_count = 5)]
fn a_backtest_of_ours() -> Option<Share> {
    let rule = Preset::named("plimsoll").expect("a preset of this name").cpu;
    backtest(&usage(), &rule, BacktestOptions::default()).map(|score| score.breach_share)
}

//! Series of our own: days of several shapes, with noise, spikes, steps and growth. Always run.
use super::{Named, better_on_both, followed, held, row, table};
use plimsoll::estimator::Usage;
use plimsoll::series::Time;
use plimsoll::units::{Compute, Span};

/// Five-minute steps of a day.
const DAY: usize = 288;

/// A chain of numbers between zero and one (splitmix64): the same on every machine.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }
    pub(super) fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
    /// About normal: twelve rolls less six.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.roll()).sum::<f64>() - 6.0
    }
}

/// What a day looks like, from 0 to 1, at a part of it.
fn shape(kind: usize, at: f64, day: usize) -> f64 {
    let working = (9.0 / 24.0..18.0 / 24.0).contains(&at);
    match kind {
        0 => 0.5,
        1 => 0.5 + 0.5 * (std::f64::consts::TAU * (at - 0.3)).sin(),
        2 => f64::from(u8::from(working)),
        3 => f64::from(u8::from(working && day % 7 < 5)),
        // A batch for an hour every night, a little later each time.
        4 => f64::from(u8::from((at * 24.0 - 2.0 - day as f64 * 0.05).abs() < 0.5)),
        _ => (std::f64::consts::TAU * at).cos().powi(2),
    }
}

/// So many days: a shape with noise that hangs together, rare spikes, growth and a step.
pub(super) fn made(seed: u64, days: usize) -> Named {
    let mut dice = Dice::new(seed);
    let kind = seed as usize % 6;
    let (base, swing, noise) = (0.2 + dice.roll(), 2.0 * dice.roll(), 0.02 + 0.15 * dice.roll());
    let (spikes, growth) = (if dice.roll() < 0.5 { 0.004 * dice.roll() } else { 0.0 }, 0.02 * dice.roll());
    let step = if dice.roll() < 0.4 { (dice.roll() * (days * DAY) as f64) as usize } else { usize::MAX };
    let factor = 0.5 + 1.5 * dice.roll();
    let mut drift = 0.0;
    let values: Vec<_> = (0..days * DAY)
        .map(|i| {
            let (day, at) = (i / DAY, (i % DAY) as f64 / DAY as f64);
            drift = 0.9 * drift + noise * dice.normal();
            let level = (base + swing * shape(kind, at, day)) * (1.0 + growth * i as f64 / DAY as f64);
            let spike = if dice.roll() < spikes { 3.0 + 5.0 * dice.roll() } else { 1.0 };
            let value = level * drift.exp() * spike * if i > step { factor } else { 1.0 };
            Some(Compute::vcpus(value))
        })
        .collect();
    (format!("made {seed}"), Usage::new(Time::unix_seconds(1_700_006_400), Span::minutes(5.0), values))
}

#[test]
fn ours_is_not_beaten_on_series_of_our_own() {
    let series: Vec<_> = (0..12).map(|seed| made(seed, 14)).collect();
    let rows = table("Series of our own, followed hourly", |rule| followed(&series, rule));
    assert_eq!(better_on_both(&rows), Vec::<&str>::new());
    let ours = rows[0].1;
    assert!(ours.slack < row(&rows, "p99-7d").slack && ours.breach < row(&rows, "autopilot").breach, "{ours:?}");
    assert!(ours.breach < 0.012, "{ours:?}");
}

#[test]
fn a_size_that_is_held_is_scored_on_what_it_did_not_see() {
    let series: Vec<_> = (0..12).map(|seed| made(seed, 14)).collect();
    let rows = table("Series of our own, one size held over the second week", |rule| held(&series, rule));
    let (peak, p95) = (row(&rows, "peak-7d"), row(&rows, "krr-simple"));
    assert!(peak.breach < p95.breach && peak.slack > p95.slack, "{peak:?} {p95:?}");
}

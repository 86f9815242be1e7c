//! How a rule would have done.
use super::{Estimator, Usage};
use crate::units::{Quantity, Share, Span};

/// How a history is played through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BacktestOptions {
    /// How much history the first decision rests on.
    pub warm_up: Span,
    /// How long each size is held.
    pub every: Span,
}

impl Default for BacktestOptions {
    /// Hourly decisions after two days.
    fn default() -> Self {
        Self { warm_up: Span::days(2.0), every: Span::hours(1.0) }
    }
}

/// How sizes did against what was used while they were held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The part of the size that was idle, in the mean over the steps; none while the use was above it.
    pub mean_slack: Share,
    /// The part of the steps whose use was above the size: the time above the limit.
    pub breach_share: Share,
    /// The part of all use that was above the size.
    pub demand_cut_share: Share,
    /// How many sizes were set.
    pub decisions: usize,
    /// The measured steps they were held over.
    pub steps: usize,
}

/// Plays a rule through a history: each size comes from what lies before it and is held until the next.
///
/// `None` where no measured step lies behind the first decision. Gaps count nowhere.
pub fn backtest<Q: Quantity>(
    usage: &Usage<Q>,
    rule: &(impl Estimator<Q> + ?Sized),
    options: BacktestOptions,
) -> Option<Score> {
    let every = usage.steps_in(options.every);
    let moments: Vec<_> = (usage.steps_in(options.warm_up)..usage.len()).step_by(every).collect();
    let mut tally = Tally::default();
    for (size, from) in rule.sizes(usage, &moments).into_iter().zip(&moments) {
        tally.hold(size, &usage.raw()[*from..(from + every).min(usage.len())]);
    }
    tally.score()
}

/// Sets one size from the first part of a history and holds it over the rest, which the rule did not see.
///
/// `None` where either part has no measured step.
pub fn held_out<Q: Quantity>(usage: &Usage<Q>, rule: &(impl Estimator<Q> + ?Sized), fit: Share) -> Option<Score> {
    let cut = (fit.as_part() * usage.len() as f64).round() as usize;
    let mut tally = Tally::default();
    tally.hold(rule.size(usage.before(cut)), &usage.raw()[cut..]);
    tally.score()
}

#[derive(Default)]
struct Tally {
    idle: f64,
    above: usize,
    steps: usize,
    decisions: usize,
    /// The mean use, and the mean of what was above the size; means, for sums could overflow.
    used: f64,
    cut: f64,
}

impl Tally {
    fn hold<Q: Quantity>(&mut self, size: Option<Q>, values: &[f64]) {
        let Some(size) = size.map(Quantity::base) else { return };
        self.decisions += 1;
        for value in values.iter().filter(|value| !value.is_nan()) {
            self.steps += 1;
            if *value > size {
                self.above += 1;
            } else if size > 0.0 {
                self.idle += (size - value) / size;
            }
            let n = self.steps as f64;
            self.used += (value - self.used) / n;
            self.cut += ((value - size).max(0.0) - self.cut) / n;
        }
    }
    fn score(&self) -> Option<Score> {
        let steps = self.steps as f64;
        let demand_cut_share = Share::of_one(if self.used > 0.0 { self.cut / self.used } else { 0.0 });
        (self.steps > 0).then(|| Score {
            mean_slack: Share::of_one(self.idle / steps),
            breach_share: Share::of_one(self.above as f64 / steps),
            demand_cut_share,
            decisions: self.decisions,
            steps: self.steps,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Peak, PeakOfFirst};
    use super::*;
    use crate::series::Time;
    use crate::units::Compute;

    fn usage(values: &[Option<f64>]) -> Usage<Compute> {
        Usage::new(Time::unix_seconds(0), Span::hours(1.0), values.iter().map(|v| v.map(Compute::vcpus)))
    }

    #[test]
    fn slack_breaches_and_cuts_are_counted_by_hand() {
        let usage = usage(&[Some(4.0), Some(2.0), Some(1.0), None, Some(6.0), Some(3.0)]);
        let options = BacktestOptions { warm_up: Span::hours(1.0), every: Span::hours(2.0) };
        let score = backtest(&usage, &Peak, options).unwrap();
        // Sizes: 4 for 2 and 1; 4 for a gap and 6; 6 for 3. Idle: 2/4, 3/4, none, 3/6.
        assert_eq!((score.decisions, score.steps), (3, 4));
        assert!((score.mean_slack.as_part() - 1.75 / 4.0).abs() < 1e-12);
        assert_eq!(score.breach_share, Share::percent(25.0));
        assert!((score.demand_cut_share.as_part() - 2.0 / 12.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_held_out_is_not_seen() {
        let usage = usage(&[Some(1.0), Some(2.0), Some(4.0), Some(1.0)]);
        let score = held_out(&usage, &Peak, Share::percent(50.0)).unwrap();
        assert_eq!((score.decisions, score.steps, score.breach_share), (1, 2, Share::percent(50.0)));
        assert_eq!(score.mean_slack, Share::percent(25.0));
        assert_eq!(held_out(&usage, &Peak, Share::ALL), None);
        assert_eq!(held_out(&usage, &Peak, Share::NONE), None);
    }

    #[test]
    fn no_history_has_no_score() {
        let short = usage(&[Some(1.0); 48]);
        assert_eq!(backtest(&short, &Peak, BacktestOptions::default()), None);
        let resting = usage(&[Some(0.0); 60]);
        let score = backtest(&resting, &PeakOfFirst(Span::hours(3.0)), BacktestOptions::default()).unwrap();
        assert_eq!((score.mean_slack, score.demand_cut_share, score.steps), (Share::NONE, Share::NONE, 12));
    }
}

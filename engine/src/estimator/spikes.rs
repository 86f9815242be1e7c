//! Start-ups and short spikes, told from the level that a resource runs at.
//!
//! A process that starts compiles, fills caches and reads its state; what that takes says little of what it needs to run,
//! and a size that covers it is idle from then on. The rule is stated, not learned: whoever reads a size must be able to
//! say why a spike is not in it.
use super::Usage;
use crate::series::Time;
use crate::units::{Factor, Quantity, Span};

/// What is told apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpikeRule {
    /// So long after a start counts as the start.
    pub start_up: Span,
    /// What comes after a gap of this length or more has started anew.
    pub gap: Span,
    /// A spike is no longer than this, or one step where steps are longer.
    pub short: Span,
    /// It is lonely where so much before it and so much after it is lower.
    pub around: Span,
    /// Each of its values is more than so many times the highest around it.
    pub times: Factor,
}

impl Default for SpikeRule {
    /// Ten minutes after a start or a gap of 15, and ten minutes at more than twice the hours around them.
    ///
    /// Doubled, `times` leaves fewer spikes aside, and the others leave more.
    fn default() -> Self {
        Self {
            start_up: Span::minutes(10.0),
            gap: Span::minutes(15.0),
            short: Span::minutes(10.0),
            around: Span::hours(1.0),
            times: Factor::of(2.0),
        }
    }
}

/// Why values are not of the steady level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpikeKind {
    /// The first minutes after a start, or after a gap as long as one.
    StartUp,
    /// Short, and far above what is before and after.
    Lonely,
}

/// Values that are not of the steady level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spike<Q> {
    /// Why.
    pub kind: SpikeKind,
    /// When they begin.
    pub start: Time,
    /// How long they last.
    pub lasts: Span,
    /// The highest of them.
    pub peak: Q,
}

/// A use with its spikes told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart<Q> {
    /// What is left: spikes are gaps in it.
    pub steady: Usage<Q>,
    /// What was taken out, in order.
    pub spikes: Vec<Spike<Q>>,
}

impl SpikeRule {
    /// Tells the spikes of a use apart; `starts` are the times at which something is known to have started.
    ///
    /// A lonely spike needs values on both sides. Start-ups are taken out first.
    pub fn apart<Q: Quantity>(&self, usage: &Usage<Q>, starts: &[Time]) -> Apart<Q> {
        let mut spikes = Vec::new();
        let mut values = usage.raw().to_vec();
        let mut take = |kind, values: &mut [f64], from: usize, to: usize| {
            let peak = values[from..to].iter().copied().filter(|value| !value.is_nan()).reduce(f64::max);
            values[from..to].fill(f64::NAN);
            let lasts = usage.step() * (to - from) as f64;
            spikes.extend(peak.map(|peak| Spike { kind, start: usage.time(from), lasts, peak: Q::from_base(peak) }));
        };
        let first_minutes = usage.steps_in(self.start_up);
        for from in self.starts(usage, starts) {
            take(SpikeKind::StartUp, &mut values, from, (from + first_minutes).min(usage.len()));
        }
        let mut from = 1;
        while from < values.len() {
            match self.lonely(usage, &values, from) {
                Some(to) => {
                    take(SpikeKind::Lonely, &mut values, from, to);
                    from = to;
                }
                None => from += 1,
            }
        }
        spikes.sort_by_key(|spike| spike.start);
        Apart { steady: usage.with(values), spikes }
    }
    /// The steps at which something starts, each once, in order.
    fn starts<Q: Quantity>(&self, usage: &Usage<Q>, starts: &[Time]) -> Vec<usize> {
        let step = usage.step().as_seconds() as i64;
        let index = |time: &Time| (time.as_unix_seconds() - usage.time(0).as_unix_seconds()).div_euclid(step);
        let known = starts.iter().map(index).filter_map(|i| usize::try_from(i).ok()).filter(|i| *i < usage.len());
        let mut found: Vec<usize> = known.collect();
        let (mut missing, long) = (0, usage.steps_in(self.gap));
        for (i, value) in usage.raw().iter().enumerate() {
            if !value.is_nan() && missing >= long && missing < i {
                found.push(i);
            }
            missing = if value.is_nan() { missing + 1 } else { 0 };
        }
        found.sort_unstable();
        found.dedup();
        found
    }
    /// Where a lonely spike that begins at `from` ends.
    fn lonely<Q: Quantity>(&self, usage: &Usage<Q>, values: &[f64], from: usize) -> Option<usize> {
        let around = usage.steps_in(self.around);
        let highest = |part: &[f64]| part.iter().copied().filter(|value| !value.is_nan()).reduce(f64::max);
        let limit = |level: f64| level * self.times.get();
        // Most steps are no rise over the one before; those need not be looked at further.
        if values[from].is_nan() || values[from] <= limit(values[from - 1].max(0.0)) {
            return None;
        }
        let before = highest(&values[from.saturating_sub(around)..from])?;
        let run = values[from..].iter().take_while(|value| **value > limit(before)).count();
        if run == 0 || run > usage.steps_in(self.short) {
            return None;
        }
        let to = from + run;
        let after = highest(&values[to..(to + around).min(values.len())])?;
        values[from..to].iter().all(|value| *value > limit(after)).then_some(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Compute;

    fn usage(values: &[(usize, Option<f64>)]) -> Usage<Compute> {
        let mut all = vec![Some(Compute::vcpus(1.0)); 100];
        values.iter().for_each(|(i, value)| all[*i] = value.map(Compute::vcpus));
        Usage::new(Time::unix_seconds(0), Span::minutes(5.0), all)
    }
    fn told(usage: &Usage<Compute>, starts: &[i64]) -> Vec<(SpikeKind, i64, f64, f64)> {
        let starts: Vec<_> = starts.iter().map(|i| Time::unix_seconds(i * 300)).collect();
        let apart = SpikeRule::default().apart(usage, &starts);
        let told =
            |s: &Spike<Compute>| (s.kind, s.start.as_unix_seconds() / 300, s.lasts.as_minutes(), s.peak.as_vcpus());
        apart.spikes.iter().map(told).collect()
    }

    #[test]
    fn a_short_spike_is_lonely_and_a_longer_one_is_a_level() {
        let short = usage(&[(40, Some(9.0)), (41, Some(5.0))]);
        assert_eq!(told(&short, &[]), [(SpikeKind::Lonely, 40, 10.0, 9.0)]);
        let long = usage(&[(40, Some(9.0)), (41, Some(5.0)), (42, Some(5.0))]);
        assert_eq!(told(&long, &[]), []);
        let low = usage(&[(40, Some(1.9))]);
        assert_eq!(told(&low, &[]), []);
        let steady = SpikeRule::default().apart(&short, &[]).steady;
        assert_eq!((steady.value(40), steady.value(41), steady.all().measured()), (None, None, 98));
    }

    #[test]
    fn a_spike_with_another_beside_it_is_not_lonely() {
        assert_eq!(told(&usage(&[(40, Some(9.0)), (46, Some(9.0))]), &[]), []);
        assert_eq!(told(&usage(&[(40, Some(9.0)), (60, Some(9.0))]), &[]).len(), 2);
        assert_eq!(told(&usage(&[(99, Some(9.0))]), &[]), []);
    }

    #[test]
    fn what_follows_a_gap_or_a_known_start_is_the_start() {
        let gap: Vec<_> = (20..23).map(|i| (i, None)).chain([(23, Some(9.0))]).collect();
        assert_eq!(told(&usage(&gap), &[]), [(SpikeKind::StartUp, 23, 10.0, 9.0)]);
        let short_gap = usage(&[(20, None), (21, Some(1.5))]);
        assert_eq!(told(&short_gap, &[]), []);
        assert_eq!(told(&usage(&[]), &[50, 50, 5000, -3]), [(SpikeKind::StartUp, 50, 10.0, 1.0)]);
        let late: Vec<_> = (0..30).map(|i| (i, None)).collect();
        assert_eq!(told(&usage(&late), &[]), [], "a series that begins late has not started then");
    }
}

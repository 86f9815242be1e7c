//! Requests counted in steps of time, whose length follows from that of the log.
//!
//! A log of months is counted by the minute, as its monitors count. One of minutes, as of a load test, would give a handful of
//! points that way, and no line goes through them: it is counted in the longest of the steps below that leaves at least 120
//! of them. Each step is a whole part of the next, so a log that turns out to be longer is counted again without its lines.
use std::collections::BTreeMap;

/// Steps in seconds, each with how long a log lasts at most that is counted so: 120 of the next step's length. Of less than
/// five seconds no monitor tells anything, and a count is mostly chance. 400 days are the most that are counted by the minute.
const STEPS: [(i64, i64); 5] = [(5, 1_200), (10, 3_600), (30, 7_200), (60, 400 * 86_400), (3_600, i64::MAX)];
/// Of a log of more than so many seconds (30 years) some stamp must be wrong: nothing is filled in.
const LONGEST: i64 = 30 * 366 * 86_400;

/// What came in one step.
#[derive(Default)]
pub(super) struct Step {
    pub(super) requests: u64,
    pub(super) errors: u64,
    pub(super) bytes_out: f64,
    pub(super) took: f64,
    pub(super) timed: u64,
}

/// The steps so far.
pub(super) struct Steps {
    /// Which of [`STEPS`] they are.
    length: usize,
    /// The first and the last second.
    seen: Option<(i64, i64)>,
    counted: BTreeMap<i64, Step>,
}

impl Steps {
    pub(super) const fn new() -> Self {
        Self { length: 0, seen: None, counted: BTreeMap::new() }
    }
    /// The step of a second.
    pub(super) fn at(&mut self, time: i64) -> &mut Step {
        let (first, last) = self.seen.map_or((time, time), |(first, last)| (first.min(time), last.max(time)));
        self.seen = Some((first, last));
        while last.saturating_sub(first) >= STEPS[self.length].1 {
            self.lengthen();
        }
        self.counted.entry(time.div_euclid(STEPS[self.length].0)).or_default()
    }
    fn lengthen(&mut self) {
        let many = STEPS[self.length + 1].0 / STEPS[self.length].0;
        self.length += 1;
        for (number, step) in std::mem::take(&mut self.counted) {
            self.counted.entry(number.div_euclid(many)).or_default().join(&step);
        }
    }
    /// How long a step lasts, in seconds.
    pub(super) const fn seconds(&self) -> i64 {
        STEPS[self.length].0
    }
    /// Fills in the steps in which nothing came.
    pub(super) fn fill(&mut self) {
        let Some((first, last)) = self.seen else { return };
        if last.saturating_sub(first) > LONGEST {
            return;
        }
        let seconds = self.seconds();
        for number in first.div_euclid(seconds)..=last.div_euclid(seconds) {
            self.counted.entry(number).or_default();
        }
    }
    /// Each with the second at which it starts, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (i64, &Step)> {
        self.counted.iter().map(|(number, step)| (number * self.seconds(), step))
    }
}

impl Step {
    fn join(&mut self, other: &Self) {
        self.requests += other.requests;
        self.errors += other.errors;
        self.bytes_out += other.bytes_out;
        self.took += other.took;
        self.timed += other.timed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The seconds of a step, and how many there are, of requests every so many seconds.
    fn counted(every: i64, lasts: i64) -> (i64, usize) {
        let mut steps = Steps::new();
        // Neither the first nor the last comes first.
        for time in (0..lasts).step_by(every as usize).skip(1).chain([0]) {
            steps.at(1_700_000_040 + time).requests += 1;
        }
        let requests: u64 = steps.iter().map(|(_, step)| step.requests).sum();
        assert_eq!(requests, (lasts / every) as u64, "none is lost");
        steps.fill();
        (steps.seconds(), steps.iter().count())
    }

    #[test]
    fn short_logs_are_counted_in_short_steps() {
        assert_eq!(counted(1, 60), (5, 12));
        assert_eq!(counted(1, 1_200), (5, 240));
        assert_eq!(counted(4, 1_260), (10, 126));
        assert_eq!(counted(4, 3_600), (10, 360));
        assert_eq!(counted(20, 3_640), (30, 121));
        assert_eq!(counted(20, 7_300), (60, 122));
        assert_eq!(counted(600, 10 * 86_400), (60, 14_391));
        assert_eq!(counted(86_400, 1000 * 86_400).0, 3_600);
    }

    #[test]
    fn steps_start_at_whole_multiples_of_their_length() {
        let mut steps = Steps::new();
        for time in [1_700_000_047, 1_700_000_041, 1_700_000_052] {
            steps.at(time).requests += 1;
        }
        steps.fill();
        let seen: Vec<(i64, u64)> = steps.iter().map(|(at, step)| (at - 1_700_000_000, step.requests)).collect();
        assert_eq!(seen, [(40, 1), (45, 1), (50, 1)]);
    }
}

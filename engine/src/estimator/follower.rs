//! Several ways of being regular, and which of them has cost least lately.
use super::reference::{Past, Reference};
use super::scores::Scores;

/// What a follower is told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habits {
    /// Periods in a day.
    pub(super) day: usize,
    /// What the time above the limit costs, where idle size costs one.
    pub(super) price: f64,
    /// What a period leaves of the weight of multiples.
    pub(super) memory: f64,
    /// What a period leaves of past costs.
    pub(super) patience: f64,
}

/// One reference with what came in multiples of it.
#[derive(Clone, Debug)]
struct Expert {
    reference: Reference,
    scores: Scores,
    /// What its limits cost, faded.
    cost: f64,
    /// Its reference for the period to come, and its limit.
    expected: Option<f64>,
    limit: Option<f64>,
}

/// Follows a use period by period and always has a limit for the next.
#[derive(Clone, Debug)]
pub(super) struct Follower {
    habits: Habits,
    past: Past,
    experts: [Expert; Reference::ALL.len()],
}

impl Follower {
    pub(super) fn new(habits: Habits) -> Self {
        let expert =
            |reference| Expert { reference, scores: Scores::default(), cost: 0.0, expected: None, limit: None };
        Self { habits, past: Past::new(habits.day), experts: Reference::ALL.map(expert) }
    }
    /// Takes the values of the next period; one without values teaches nothing.
    pub(super) fn observe(&mut self, values: &[f64]) {
        if !values.is_empty() {
            let cost = |limit: f64| self.habits.cost(limit, values);
            // One without a limit is charged as the first, which has had one since there was any use.
            let usual = self.experts[0].limit.map_or(0.0, cost);
            for expert in &mut self.experts {
                expert.cost = expert.cost * self.habits.patience + expert.limit.map_or(usual, cost);
                expert.scores.fade(self.habits.memory);
                // The unit of the first is not known before its first value.
                let unit = || (expert.reference == Reference::Always).then(|| first_above_zero(values)).flatten();
                if let Some(reference) = expert.expected.or_else(unit) {
                    for value in values {
                        expert.scores.add(value / reference);
                    }
                }
            }
        }
        self.past.add(values);
        for expert in &mut self.experts {
            let multiple = expert.scores.cheapest(self.habits.price);
            expert.expected = self.past.of(expert.reference);
            let limit = multiple.zip(expert.expected).map(|(multiple, of)| multiple * of);
            expert.limit = limit.filter(|limit| limit.is_finite());
        }
    }
    /// The limit of the one that has cost least; `None` before there was any use.
    pub(super) fn limit(&self) -> Option<f64> {
        let known = self.experts.iter().filter(|expert| expert.limit.is_some());
        known.min_by(|a, b| a.cost.total_cmp(&b.cost))?.limit
    }
}

impl Habits {
    /// What a limit cost in a period: its idle part in the mean, and the price of the time above it.
    fn cost(&self, limit: f64, values: &[f64]) -> f64 {
        let of_one = |value: &f64| if *value > limit { self.price } else { 1.0 - value / limit };
        values.iter().map(of_one).sum::<f64>() / values.len() as f64
    }
}

fn first_above_zero(values: &[f64]) -> Option<f64> {
    values.iter().copied().find(|value| *value > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HABITS: Habits = Habits { day: 24, price: 10.0, memory: 0.99, patience: 0.97 };

    #[test]
    fn a_day_that_repeats_is_followed_through_its_hours() {
        let mut follower = Follower::new(HABITS);
        let level = |hour: usize| if hour % 24 < 8 { 1.0 } else { 4.0 };
        let mut limits = Vec::new();
        for hour in 0..240 {
            limits.push(follower.limit());
            follower.observe(&[level(hour); 4]);
        }
        assert_eq!(limits[0], None);
        for (hour, limit) in limits.iter().enumerate().skip(120) {
            let (limit, level) = (limit.unwrap(), level(hour));
            assert!(limit >= level && limit < level * 1.11, "{hour}: {limit} for {level}");
        }
    }

    #[test]
    fn a_step_up_is_followed_in_the_next_period() {
        let mut follower = Follower::new(HABITS);
        for level in [[1.0; 4]].repeat(100).iter().chain(&[[8.0; 4]; 3]) {
            follower.observe(level);
        }
        assert!(follower.limit().unwrap() >= 8.0);
    }

    #[test]
    fn rest_and_gaps_have_no_limit_of_nothing() {
        let mut follower = Follower::new(HABITS);
        for values in [[0.0; 4].as_slice(); 5].iter().chain(&[[].as_slice(); 5]) {
            follower.observe(values);
        }
        assert_eq!(follower.limit(), None);
        follower.observe(&[0.0, 2.0]);
        assert!(follower.limit().is_some());
    }
}

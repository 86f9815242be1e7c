//! What the use of the next period is measured against.
use super::percentile::Percentile;
use crate::units::Share;
use std::collections::VecDeque;

/// The share of the last day's values that the day's level is not passed by.
const LEVEL: Percentile = Percentile::linear(Share::percent(95.0));
/// So many past days are asked what this time of the day is like.
const DAYS: usize = 7;
/// So many periods count as just now.
const NOW: usize = 3;
/// No reference is below this part of the highest value so far: the multiples of a reference near zero say nothing.
/// Doubled, resources that rest and work in turn are followed a little less closely.
const LEAST: f64 = 1e-3;

/// What can be expected of a period, each a way of being regular.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// It is as it always was.
    Always,
    /// It is as the period before it: its peak.
    Before,
    /// It is as the day before it: what the values pass a twentieth of the time.
    Day,
    /// It is as this time of the day usually is: the mean over a week.
    Usual,
    /// It is as high as the last three periods or as these three were yesterday, whichever is more.
    Highest,
}

impl Reference {
    pub(super) const ALL: [Self; 5] = [Self::Always, Self::Before, Self::Day, Self::Usual, Self::Highest];
}

/// The periods so far, each summed up, and the values of the last day.
#[derive(Clone, Debug)]
pub(super) struct Past {
    /// Periods in a day, at least one.
    day: usize,
    /// The peak and the mean of each; a period without values has none.
    periods: Vec<Option<(f64, f64)>>,
    /// The values of the last day's periods, in order of time, and ascending.
    recent: VecDeque<f64>,
    ascending: Vec<f64>,
    /// How many of the recent values belong to each of the last day's periods.
    sizes: VecDeque<usize>,
    /// The first value above zero: the unit of [`Reference::Always`].
    unit: Option<f64>,
    highest: f64,
}

impl Past {
    pub(super) fn new(day: usize) -> Self {
        Self {
            day: day.max(1),
            periods: Vec::new(),
            recent: VecDeque::new(),
            ascending: Vec::new(),
            sizes: VecDeque::new(),
            unit: None,
            highest: 0.0,
        }
    }
    /// Adds the values of the next period.
    pub(super) fn add(&mut self, values: &[f64]) {
        let peak = values.iter().copied().fold(0.0, f64::max);
        let mean = values.iter().map(|value| value / values.len() as f64).sum();
        self.periods.push((!values.is_empty()).then_some((peak, mean)));
        self.unit = self.unit.or_else(|| values.iter().copied().find(|value| *value > 0.0));
        self.highest = self.highest.max(peak);
        self.recent.extend(values);
        // The stable sort merges the two ascending stretches that it finds, in one pass.
        let mut new = values.to_vec();
        new.sort_unstable_by(f64::total_cmp);
        self.ascending.extend(new);
        self.ascending.sort_by(f64::total_cmp);
        self.sizes.push_back(values.len());
        if self.sizes.len() > self.day {
            let gone = self.sizes.pop_front().expect("there are more than a day's");
            let mut gone: Vec<f64> = self.recent.drain(..gone).collect();
            gone.sort_unstable_by(f64::total_cmp);
            let mut gone = gone.into_iter().peekable();
            self.ascending.retain(|value| gone.next_if(|other| other == value).is_none());
        }
    }
    /// The reference of the period to come; `None` where its past has no values, or none above zero.
    pub(super) fn of(&self, reference: Reference) -> Option<f64> {
        let next = self.periods.len();
        let found = match reference {
            Reference::Always => return self.unit,
            Reference::Before => self.periods.iter().rev().find_map(|period| period.map(|(peak, _)| peak)),
            Reference::Day => LEVEL.of_ascending(&self.ascending),
            Reference::Usual => {
                let same = (1..=DAYS).filter_map(|days| self.periods[next.checked_sub(days * self.day)?]);
                let (sum, n) = same.fold((0.0, 0.0), |(sum, n), (_, mean)| (sum + mean / DAYS as f64, n + 1.0));
                (n > 0.0).then(|| sum * (DAYS as f64 / n))
            }
            Reference::Highest => {
                let yesterday = next.checked_sub(self.day)?;
                let then = yesterday.saturating_sub(1)..(yesterday + 2).min(next);
                let both = self.periods[next.saturating_sub(NOW)..].iter().chain(&self.periods[then]);
                both.flatten().map(|(peak, _)| *peak).reduce(f64::max)
            }
        };
        let found = found?.max(self.highest * LEAST);
        (found > 0.0).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_expects_what_it_says() {
        // Three days of four periods; the third period of a day is the high one.
        let mut past = Past::new(4);
        for day in 1..=3 {
            for of_day in 0..4 {
                let level = if of_day == 2 { 10.0 } else { 1.0 };
                past.add(&[level, level * f64::from(day)]);
            }
        }
        let of = |past: &Past| Reference::ALL.map(|reference| past.of(reference).unwrap());
        // The first period of the fourth day.
        let [always, before, day, usual, highest] = of(&past);
        assert_eq!((always, before, highest), (1.0, 3.0, 30.0));
        assert!((day - 23.0).abs() < 1e-12 && (usual - 1.5).abs() < 1e-12, "{day} {usual}");
        past.add(&[1.0]);
        past.add(&[]);
        // The third one: high on every day so far.
        let [_, before, _, usual, highest] = of(&past);
        assert_eq!((before, highest), (1.0, 30.0));
        assert!((usual - 15.0).abs() < 1e-12, "{usual}");
    }

    #[test]
    fn nothing_is_expected_of_nothing() {
        let mut past = Past::new(24);
        assert!(Reference::ALL.iter().all(|reference| past.of(*reference).is_none()));
        past.add(&[0.0, 0.0]);
        assert!(Reference::ALL.iter().all(|reference| past.of(*reference).is_none()));
        past.add(&[5.0]);
        past.add(&[0.0]);
        assert_eq!(past.of(Reference::Before), Some(0.005));
    }
}

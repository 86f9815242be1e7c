//! Ours: the limit of least cost, against whichever reference has cost least lately.
//!
//! For every hour the use is measured against five references: what always was, the hour before, the day before, the
//! usual use at this time of the day, and the highest of the last hours and of the same hours yesterday. What came in
//! multiples of each is kept in a histogram that fades, and the multiple of least cost gives the reference's limit; the
//! limit of the reference whose own limits have cost least lately is taken. The cost is idle size plus a price for the
//! time above the limit, so there is one number to choose, and it is a preference, not a fit.
//!
//! The choice among models by their faded past cost is that of Autopilot (Rzadca et al. 2020, section 3.2.3), without its
//! margins and switching costs; measuring multiples of a forecast and taking their quantile is split conformal prediction
//! (V. Vovk et al., *Algorithmic Learning in a Random World*, 2005). What it was tuned on, and how it does where each
//! number is halved or doubled: docs/accuracy/rightsizing.md.
use super::follower::{Follower, Habits};
use super::{Estimator, Usage, Window};
use crate::units::{Factor, Quantity, Span};

/// A size that is set anew every period, from what it cost to be wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adaptive {
    /// How long a size is held before the next is set.
    pub hold: Span,
    /// What the time above the size costs, where as much idle size costs one: at ten, one per cent of the time above it
    /// weighs as much as a tenth of the size idle. Doubled, there is a third less time above it and a tenth more idle.
    pub price: Factor,
    /// The age at which what came weighs half. Doubled or halved, scores change in the third digit.
    pub memory: Span,
    /// The age at which a past cost weighs half. Doubled or halved, scores change in the third digit.
    pub patience: Span,
}

impl Adaptive {
    /// Hourly; ten for the time above it.
    pub const USUAL: Self =
        Self { hold: Span::hours(1.0), price: Factor::of(10.0), memory: Span::days(4.0), patience: Span::days(1.0) };

    fn habits(&self, period: Span) -> Habits {
        let left = |half_life: Span| (-(period / half_life)).exp2();
        Habits {
            day: (Span::days(1.0) / period).round().max(1.0) as usize,
            price: self.price.get(),
            memory: left(self.memory),
            patience: left(self.patience),
        }
    }
    /// The sizes at moments that lie whole periods apart.
    fn follow<Q: Quantity>(&self, usage: &Usage<Q>, moments: &[usize], period: usize) -> Vec<Option<Q>> {
        let Some(first) = moments.first() else { return Vec::new() };
        let mut follower = Follower::new(self.habits(usage.step() * period as f64));
        let mut seen = first % period;
        let mut values = Vec::with_capacity(period);
        let mut sizes = Vec::with_capacity(moments.len());
        for moment in moments {
            while seen < *moment {
                values.clear();
                values.extend(usage.raw()[seen..seen + period].iter().filter(|value| !value.is_nan()));
                follower.observe(&values);
                seen += period;
            }
            let known = || usage.before(*moment).amounts().next().map(|_| Q::from_base(0.0));
            sizes.push(follower.limit().map(Q::from_base).or_else(known));
        }
        sizes
    }
}

impl<Q: Quantity> Estimator<Q> for Adaptive {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        let usage = window.own();
        self.follow(&usage, &[usage.len()], usage.steps_in(self.hold)).pop().flatten()
    }
    fn sizes(&self, usage: &Usage<Q>, moments: &[usize]) -> Vec<Option<Q>> {
        let period = usage.steps_in(self.hold);
        let is_even = moments.windows(2).all(|pair| (pair[1] - pair[0]) % period == 0);
        let are_there = moments.last().is_none_or(|last| *last <= usage.len());
        if is_even && are_there {
            return self.follow(usage, moments, period);
        }
        moments.iter().map(|steps| self.size(usage.before(*steps))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::Time;
    use crate::units::Compute;

    fn daily(n: usize) -> Usage<Compute> {
        let value = |i: usize| Some(Compute::vcpus(if i / 12 % 24 < 8 { 1.0 } else { 3.0 + (i % 7) as f64 / 10.0 }));
        Usage::new(Time::unix_seconds(0), Span::minutes(5.0), (0..n).map(value))
    }

    #[test]
    fn one_pass_gives_what_every_moment_by_itself_gives() {
        let usage = daily(2000);
        let moments: Vec<_> = (0..6).map(|i| 700 + i * 12).collect();
        let rule = Adaptive::USUAL;
        let alone: Vec<_> = moments.iter().map(|steps| rule.size(usage.before(*steps))).collect();
        assert_eq!(rule.sizes(&usage, &moments), alone);
        let uneven = [700, 705, 1999];
        assert_eq!(rule.sizes(&usage, &uneven)[2], rule.size(usage.before(1999)));
    }

    #[test]
    fn the_size_covers_what_comes_next() {
        let usage = daily(288 * 9);
        let size = Adaptive::USUAL.size(usage.all()).unwrap().as_vcpus();
        // Midnight: a quiet hour comes.
        assert!((1.0..1.2).contains(&size), "{size}");
        let size = Adaptive::USUAL.size(usage.before(288 * 8 + 96)).unwrap().as_vcpus();
        assert!((3.6..4.0).contains(&size), "{size}");
    }

    #[test]
    fn rest_is_sized_as_none_and_nothing_as_unknown() {
        let of = |value| Usage::new(Time::unix_seconds(0), Span::minutes(5.0), vec![value; 100]);
        assert_eq!(Adaptive::USUAL.size(of(Some(Compute::ZERO)).all()), Some(Compute::ZERO));
        assert_eq!(Adaptive::USUAL.size(of(None).all()), None);
        let slow = Usage::new(Time::unix_seconds(0), Span::days(1.0), vec![Some(Compute::vcpus(1.0)); 9]);
        assert!(Adaptive::USUAL.size(slow.all()).is_some());
    }
}

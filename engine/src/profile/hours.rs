//! The series in hours and in days, as the fits read it.
use crate::series::{Series, Time};
use crate::signal::robust;
use crate::units::Share;

/// An hour counts when at least half of its steps have a value: a mean of one step is a burst, not an hour.
pub(super) const HOUR_NEEDS: Share = Share::percent(50.0);
/// A day counts with at least this many of its hours: a night alone is not a day. At 24, one lost hour loses its day.
const DAY_NEEDS: usize = 18;

/// One day (UTC) with enough hours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    /// Days since the epoch.
    pub(super) number: i64,
    /// The mean rate per second over its hours.
    pub(super) mean: f64,
    /// The mean rate per second of its busiest hour.
    pub(super) busiest: f64,
}

impl Day {
    /// The day of the week, 0..7, from Monday.
    pub(super) const fn of_week(&self) -> usize {
        (self.number + 3).rem_euclid(7) as usize
    }
}

/// The hours with a value, and the days with enough hours, oldest first. Rates are per second.
pub(super) struct Hours {
    /// Hours with a value.
    pub(super) known: Vec<(Time, f64)>,
    /// Days with enough of them.
    pub(super) days: Vec<Day>,
}

impl Hours {
    /// Reads a series of hourly rates.
    pub(super) fn of(hourly: &Series) -> Self {
        let known: Vec<_> = hourly.iter().filter_map(|(time, rate)| Some((time, rate?))).collect();
        let days = known.chunk_by(|a, b| a.0.day() == b.0.day()).filter(|day| day.len() >= DAY_NEEDS).map(|day| Day {
            number: day[0].0.day(),
            mean: robust::mean(day.iter().map(|h| h.1)).expect("a day has hours"),
            busiest: day.iter().map(|h| h.1).fold(0.0, f64::max),
        });
        Self { days: days.collect(), known }
    }
    /// A figure of each day, by the day of the week from two weeks on; all days alike before.
    pub(super) fn by_weekday(&self, figure: impl Fn(&Day) -> f64) -> [Vec<f64>; 7] {
        let mut groups: [Vec<f64>; 7] = Default::default();
        for day in &self.days {
            groups[if self.days.len() >= 14 { day.of_week() } else { 0 }].push(figure(day));
        }
        groups
    }
}

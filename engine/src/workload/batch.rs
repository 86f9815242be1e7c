//! Batches: work that is gathered and done together, by a deadline.
use super::Demand;
use crate::catalog::{Architecture, Purchase};
use crate::uncertain::Estimate;
use crate::units::{Count, Data, Factor, Quantity, Rate, Span};
use std::fmt;

/// How often the gathered work is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cadence {
    /// At once, by machines that are always there.
    RealTime,
    /// All that came in a time, together.
    Every {
        /// That time.
        gathered: Span,
        /// How soon after it the work is to be done; not longer than that time, or runs would pile up.
        deadline: Span,
    },
}

impl Cadence {
    /// How old a result is at most: an item waits for its window to end, then for its run. None for real time, where it
    /// waits in a queue.
    pub fn oldest(self) -> Option<Span> {
        match self {
            Self::RealTime => None,
            Self::Every { gathered, deadline } => Some(gathered + deadline),
        }
    }
}

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RealTime => f.write_str("real time"),
            // A day is 24 hours to those who plan runs.
            Self::Every { gathered, .. } if (1.0..=48.0).contains(&gathered.as_hours()) => {
                write!(f, "every {} h", Factor::of(gathered.as_hours()))
            }
            Self::Every { gathered, .. } => write!(f, "every {gathered}"),
        }
    }
}

/// Work that is gathered and done together.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// How often it may be done; the cheapest of these is chosen.
    pub cadences: Vec<Cadence>,
    /// Items that no call of this workload brings.
    pub items: Estimate<Rate>,
    /// Processor time of one item on the reference core.
    pub cpu_per_item: Estimate<Span>,
    /// Processor time of one run on the reference core, however many items there are.
    pub cpu_per_run: Estimate<Span>,
    /// Squared coefficient of variation of the time of an item; matters in real time.
    pub variability: Estimate<Factor>,
    /// Size of an item as it comes in.
    pub bytes_per_item: Estimate<Data>,
    /// Memory of one machine.
    pub memory: Estimate<Data>,
    /// Time until a machine that was asked for works.
    pub startup: Estimate<Span>,
    /// Whether its machines may be taken away, so that spot machines may do it.
    pub interruptible: bool,
    /// How often one spot machine is taken away; as the provider tells of the machine if not stated.
    pub interruptions: Option<Estimate<Rate>>,
    /// Time that writing a checkpoint takes; work is done from the start again where there are none.
    pub checkpoint: Option<Estimate<Span>>,
    /// The first hour of a day, UTC, in which a run of a day's work may begin.
    pub ready: u32,
    /// Multiples of the price for the 24 hours of a day, UTC.
    pub price_by_hour: Option<Vec<Factor>>,
    /// Carbon intensity of electricity, grams CO2e per kWh, for the 24 hours of a day, UTC.
    pub carbon_by_hour: Option<Vec<Factor>>,
    /// Architectures it is built for; all if empty.
    pub architectures: Vec<Architecture>,
    /// Whether machines on processor credits may do it.
    pub burstable: bool,
    /// Ways to pay that may be chosen; on demand if empty.
    pub purchases: Vec<Purchase>,
}

impl Batch {
    /// The most items that a window of this length gathers: of a known week the busiest such window, else every hour of
    /// it like the busiest one, but not more than a day has on the mean. `sizing` and `billing` are rates of items in the
    /// busiest minute and on the mean.
    pub fn gathered(&self, window: Span, demand: &Demand, sizing: Rate, billing: Rate) -> Count {
        let hour = Span::hours(1.0);
        let busiest = if window < hour { sizing } else { sizing / demand.burst.mid().get().max(1.0) };
        let at_most = busiest.events_in(window);
        let of_week = demand.hour_of_week.as_ref().filter(|_| window >= hour);
        match of_week {
            Some(hours) => billing.events_in(hour) * most_in_a_window(hours, window.as_hours()),
            None => at_most.min(billing.events_in(window.max(Span::days(1.0)))),
        }
        .max(billing.events_in(window))
    }
}

/// The largest sum of `hours` hours in a row of a week that begins again, the last of them in part.
fn most_in_a_window(week: &[Factor], hours: f64) -> f64 {
    let all: f64 = week.iter().map(|f| f.get()).sum();
    let whole_weeks = (hours / week.len() as f64).floor();
    let left = hours - whole_weeks * week.len() as f64;
    let (whole, part) = (left.floor() as usize, left.fract());
    let at = |i: usize| week[i % week.len()].get();
    let from = |start: usize| {
        let inside: f64 = (start..start + whole).map(at).sum();
        // The part may stand at either end: the fuller one counts.
        inside + part * at(start + whole).max(at(start + week.len() - 1))
    };
    whole_weeks * all + (0..week.len()).map(from).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_window_of_a_week_is_found_across_its_end() {
        let mut week = vec![Factor::ONE; 168];
        week[167] = Factor::of(5.0);
        week[0] = Factor::of(4.0);
        assert_eq!(most_in_a_window(&week, 1.0), 5.0);
        assert_eq!(most_in_a_window(&week, 2.0), 9.0);
        assert_eq!(most_in_a_window(&week, 1.5), 7.0);
        assert_eq!(most_in_a_window(&week, 168.0), 175.0);
        assert_eq!(most_in_a_window(&week, 169.0), 180.0);
    }
}

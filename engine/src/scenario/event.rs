//! A change for a time: what the months that it touches would take.
//!
//! A plan goes month by month and sizes each for its busiest hour, so a sale of four days asks for a month's worth of
//! machines here. What they would cost if they ran on those days only is told beside it, as the same part of the month's
//! extra cost; whether machines can be had and given back that fast is not this model's to say.
//!
//! What every month of an event costs more is the difference of two plans of the whole time, with the changes and without,
//! so a change that stays is told with the growth of each of its months.
use super::Probe;
use crate::catalog::Catalog;
use crate::choice::Coverage;
use crate::plan::{PlanAnswer, PlanRefusal, breaks_in};
use crate::uncertain::{Draws, Estimate};
use crate::units::{Factor, Money, Quantity, Scalar, Span};
use crate::workload::{Component, Keep, Workload, Worlds};
use std::collections::BTreeMap;

/// Changes that hold together in some months.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What they are called.
    pub names: Vec<String>,
    /// What they change, in words.
    pub does: Vec<String>,
    /// In which months, from 0.
    pub months: Vec<u32>,
    /// On how many days of these months.
    pub days: u32,
    /// Today's workload under them.
    pub workload: Workload,
}

/// What the months of an event take.
#[derive(Clone, Debug, PartialEq)]
pub struct EventAnswer {
    /// What they are called.
    pub names: Vec<String>,
    /// What they change, in words.
    pub does: Vec<String>,
    /// In which months, from 0.
    pub months: Vec<u32>,
    /// On how many days of these months.
    pub days: u32,
    /// The plan for the last of these months, when the most has grown, or why there is none.
    pub outcome: Result<Probe, PlanRefusal>,
    /// What that month costs without the changes, as planned; none beyond the end of that plan.
    pub without: Option<Money>,
    /// What each of the months costs more with the changes than without; none where one of them has no plan.
    pub extras: Option<Vec<Money>>,
    /// What breaks first if the chosen plan runs on as it is today: at the middle of every estimate, or where it carries the
    /// event there in the first of the worlds in which it does not; none if it carries it in all.
    pub breaks: Option<String>,
    /// The worlds of the last month in which the chosen plan carries the event as it is today.
    pub carried: Coverage,
}

/// A month has so many days on the average: 730 hours, as it is billed.
const DAYS: f64 = 730.0 / 24.0;

impl EventAnswer {
    /// What its last month costs more with the changes than without.
    pub fn extra(&self) -> Option<Money> {
        Some(self.outcome.as_ref().ok()?.month.mean - self.without?)
    }
    /// The part of all its months' extra that falls on its days.
    pub fn extra_for_the_days(&self) -> Option<Money> {
        let all: Money = self.extras.as_ref()?.iter().copied().sum();
        Some(Money::nearest(all.as_dollars() * self.part_of_months()))
    }
    /// The part of its months that its days are.
    fn part_of_months(&self) -> f64 {
        (f64::from(self.days) / DAYS / self.months.len() as f64).min(1.0)
    }
}

/// The months of the horizon together with the changes for a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WithEvents {
    /// Where machines run for the days of a change only.
    pub for_the_days: Money,
    /// Where a month is paid for as it is sized, for its busiest hour as a whole. A month that takes less on some of its days
    /// still counts those days alone.
    pub for_whole_months: Money,
}

/// The horizon with its events; none where the horizon or one of its events has no plan to its end.
pub(super) fn horizon_with(events: &[EventAnswer], plan: &PlanAnswer) -> Option<WithEvents> {
    let months = &plan.chosen.months;
    if events.is_empty() || months.ends.is_some() {
        return None;
    }
    let mut days = months.total();
    // Events of one month come one after the other: whole months take what the largest of them takes.
    let mut most: BTreeMap<u32, Money> = BTreeMap::new();
    for event in events {
        days += event.extra_for_the_days()?;
        for (month, extra) in event.months.iter().zip(event.extras.as_ref()?) {
            let extra =
                if *extra < Money::ZERO { Money::nearest(extra.as_dollars() * event.part_of_months()) } else { *extra };
            most.entry(*month).and_modify(|most| *most = extra.max(*most)).or_insert(extra);
        }
    }
    let whole: Money = most.into_values().sum();
    Some(WithEvents { for_the_days: days, for_whole_months: months.total() + whole })
}

/// Plans every event beside the plan without them.
pub(super) fn events(
    events: &[Event],
    plan: &PlanAnswer,
    catalogs: &[Catalog],
    draws: Draws,
    ask: impl Fn(&Workload) -> Result<PlanAnswer, PlanRefusal>,
) -> Vec<EventAnswer> {
    let catalog = catalogs.iter().find(|catalog| catalog.place == plan.chosen.place);
    let catalog = catalog.expect("a plan is of a place that was asked for");
    let answer = |event: &Event| {
        let month = event.months.last().copied().unwrap_or_default();
        let aged = aged(&event.workload, Span::months(f64::from(month)));
        let outcome = ask(&aged).map(|answer| Probe::of(&answer));
        let without = plan.chosen.months.totals.get(month as usize).copied();
        let (carried, example) = carried(plan, &aged, catalog, draws);
        let mut answer = EventAnswer {
            names: event.names.clone(),
            does: event.does.clone(),
            months: event.months.clone(),
            days: event.days,
            breaks: breaks_in(&plan.chosen, &aged, catalog).or(example),
            carried,
            extras: None,
            without,
            outcome,
        };
        answer.extras = match &event.months[..] {
            [_] => answer.extra().map(|extra| vec![extra]),
            _ => extras(event, plan, &ask),
        };
        answer
    };
    events.iter().map(answer).collect()
}

/// What each month of an event costs more, from a plan of the whole time with its changes.
fn extras(
    event: &Event,
    plan: &PlanAnswer,
    ask: impl Fn(&Workload) -> Result<PlanAnswer, PlanRefusal>,
) -> Option<Vec<Money>> {
    let last = event.months.last()?;
    let horizon = Span::months(f64::from(last + 1));
    let with = ask(&Workload { horizon, ..event.workload.clone() }).ok()?.chosen.months.totals;
    let without = &plan.chosen.months.totals;
    event.months.iter().map(|month| Some(*with.get(*month as usize)? - *without.get(*month as usize)?)).collect()
}

/// In how many worlds the machines of today carry a workload, and what breaks in the first in which they do not.
fn carried(plan: &PlanAnswer, workload: &Workload, catalog: &Catalog, draws: Draws) -> (Coverage, Option<String>) {
    let worlds = Worlds::draw(workload, draws).expect("coefficients that were drawn before can be drawn again");
    let breaks: Vec<Option<String>> =
        (0..worlds.len()).map(|number| breaks_in(&plan.chosen, &worlds.world(number), catalog)).collect();
    (Coverage::of(breaks.iter().map(Option::is_none)), breaks.into_iter().flatten().next())
}

/// The workload as it will be after a time, planned for one month. Grown at the middle of the growths.
fn aged(workload: &Workload, elapsed: Span) -> Workload {
    let growth = workload.demand.growth.mid().after(elapsed);
    let mut aged = Workload { horizon: Span::months(1.0), ..workload.with_demand(growth) };
    for component in aged.components.values_mut() {
        match component {
            Component::Store(store) => {
                grow(&mut store.keep, elapsed, growth);
                (store.reads, store.writes) = (store.reads.scaled(growth.get()), store.writes.scaled(growth.get()));
            }
            Component::Object(object) => {
                grow(&mut object.keep, elapsed, growth);
                (object.reads, object.writes) = (object.reads.scaled(growth.get()), object.writes.scaled(growth.get()));
            }
            _ => {}
        }
    }
    aged
}

fn grow(keep: &mut Keep, elapsed: Span, growth: Factor) {
    let (now, then) = (keep.stored(Span::ZERO, Factor::ONE), keep.stored(elapsed, growth));
    if now.is_zero() {
        // What comes from nothing is exactly what has come by then.
        let then = then.scalar() * keep.compression.mid().get();
        keep.data = Estimate::exact(Scalar::nearest(then));
    } else {
        keep.data = keep.data.scaled(then / now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(months: &[u32], days: u32, extras: &[f64]) -> EventAnswer {
        EventAnswer {
            names: Vec::new(),
            does: Vec::new(),
            months: months.to_vec(),
            days,
            outcome: Err(PlanRefusal::Nowhere(Vec::new())),
            without: None,
            extras: Some(extras.iter().map(|extra| Money::nearest(*extra)).collect()),
            breaks: None,
            carried: Coverage { held: 1, worlds: 1 },
        }
    }

    #[test]
    fn days_take_their_part_of_what_their_months_take() {
        let sale = event(&[0], 4, &[730.0]);
        assert_eq!(sale.extra_for_the_days(), Some(Money::nearest(96.0)));
        let stays = event(&[0, 1], 62, &[100.0, 300.0]);
        assert_eq!(stays.extra_for_the_days(), Some(Money::nearest(400.0)));
    }
}

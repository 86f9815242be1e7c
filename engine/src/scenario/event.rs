//! A change for a time: what the months that it touches would take.
//!
//! A plan goes month by month and sizes each for its busiest hour, so a sale of four days asks for a month's worth of
//! machines here. What they would cost if they ran on those days only is told beside it, as the same part of the month's
//! extra cost; whether machines can be had and given back that fast is not this model's to say.
use super::Probe;
use crate::catalog::Catalog;
use crate::plan::{PlanAnswer, PlanRefusal, breaks_in};
use crate::uncertain::Estimate;
use crate::units::{Factor, Money, Quantity, Scalar, Span};
use crate::workload::{Component, Keep, Workload};

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
    /// What breaks first if the chosen plan runs on as it is today; none if it carries the event.
    pub breaks: Option<String>,
}

/// A month has so many days on the average: 730 hours, as it is billed.
const DAYS: f64 = 730.0 / 24.0;

impl EventAnswer {
    /// What a month with the changes costs more than without.
    pub fn extra(&self) -> Option<Money> {
        Some(self.outcome.as_ref().ok()?.month.mean - self.without?)
    }
    /// The part of all its months' extra that falls on its days.
    pub fn extra_for_the_days(&self) -> Option<Money> {
        let part = (f64::from(self.days) / DAYS).min(self.months.len() as f64);
        Some(Money::nearest(self.extra()?.as_dollars() * part))
    }
}

/// Plans every event beside the plan without them.
pub(super) fn events(
    events: &[Event],
    plan: &PlanAnswer,
    catalogs: &[Catalog],
    ask: impl Fn(&Workload) -> Result<PlanAnswer, PlanRefusal>,
) -> Vec<EventAnswer> {
    let catalog = catalogs.iter().find(|catalog| catalog.place == plan.chosen.place);
    let answer = |event: &Event| {
        let month = event.months.last().copied().unwrap_or_default();
        let aged = aged(&event.workload, Span::months(f64::from(month)));
        EventAnswer {
            names: event.names.clone(),
            does: event.does.clone(),
            months: event.months.clone(),
            days: event.days,
            without: plan.chosen.months.totals.get(month as usize).copied(),
            breaks: catalog.and_then(|catalog| breaks_in(&plan.chosen, &aged, catalog)),
            outcome: ask(&aged).map(|answer| Probe::of(&answer)),
        }
    };
    events.iter().map(answer).collect()
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

//! Gathered work at one moment.
use super::super::moment::Moment;
use super::super::options::Found;
use super::super::{BatchFleet, Part};
use crate::catalog::Purchase;
use crate::sizing::{BatchBurden, Fleet, LatencyBudget, Terms, admit, as_given, best_window, size};
use crate::units::{Count, Money, Span};
use crate::workload::{Batch, Cadence, Component, ComponentName, Survive};

impl<'w> Moment<'w> {
    pub(in crate::plan) fn batch_burden(
        &self,
        name: &ComponentName,
        batch: &'w Batch,
        cadence: Cadence,
        purchase: Purchase,
    ) -> BatchBurden<'w> {
        let traffic = self.traffic(name);
        let (most, mean) = match cadence {
            Cadence::RealTime => (Count::ZERO, Count::ZERO),
            Cadence::Every { gathered, .. } => (
                batch.gathered(gathered, &self.workload.demand, traffic.sizing, traffic.billing),
                traffic.billing.events_in(gathered),
            ),
        };
        BatchBurden {
            batch,
            cadence,
            purchase,
            arrivals: traffic.sizing,
            arrival_variability: self.workload.demand.variability.mid(),
            most,
            mean,
            assumptions: &self.workload.assumptions,
        }
    }

    /// What machines for gathered work must keep: a run that fails is run again, so nothing is held in reserve.
    pub(super) fn batch_terms(&self, name: &ComponentName, cadence: Cadence) -> Terms {
        let real_time = Terms { availability: None, ..self.terms(name, LatencyBudget::default()) };
        match cadence {
            Cadence::RealTime => real_time,
            Cadence::Every { .. } => Terms { survive: Survive::None, zones: 1, ..real_time },
        }
    }

    pub(in crate::plan) fn batch_options(&self, found: &mut Found<'_>, batch: &'w Batch) {
        let asked = if batch.purchases.is_empty() { &[Purchase::OnDemand][..] } else { &batch.purchases };
        for &cadence in &batch.cadences {
            let terms = self.batch_terms(found.component, cadence);
            for &purchase in asked {
                let burden = self.batch_burden(found.component, batch, cadence, purchase);
                for shape in &self.catalog.shapes {
                    let part = admit(shape, &batch.architectures, batch.burstable, batch.interruptible, &[purchase])
                        .and_then(|purchase| size(&burden, shape, purchase, &terms))
                        .map(|fleet| batch_part(&burden, fleet));
                    found.add(format_args!("{} {cadence}", shape.name), part);
                }
            }
        }
    }

    pub(super) fn runs_given(&self, name: &ComponentName, chosen: &BatchFleet, machines: u32) -> Part {
        let Component::Batch(batch) = self.component(name) else {
            unreachable!("the part of a batch is one of a batch")
        };
        let fleet = &chosen.fleet;
        let burden = self.batch_burden(name, batch, chosen.cadence, fleet.purchase);
        let terms = Terms { survive: Survive::None, ..self.batch_terms(name, chosen.cadence) };
        batch_part(&burden, as_given(&burden, &fleet.shape, fleet.purchase, &terms, machines))
    }

    /// What a month of gathered work costs on so many machines, whether they are done in time or not.
    pub(in crate::plan) fn month_of_runs(&self, name: &ComponentName, part: &Part, machines: u32) -> Option<Money> {
        let Part::Batch(chosen) = part else { return None };
        Some(self.runs_given(name, chosen, machines).month())
    }
}

/// The part that a fleet for gathered work is: its runs, and what a month of them comes to.
pub(super) fn batch_part(burden: &BatchBurden<'_>, fleet: Fleet) -> Part {
    let month = Span::months(1.0);
    let machines = fleet.machines;
    let Cadence::Every { gathered, deadline } = burden.cadence else {
        return Part::Batch(BatchFleet {
            cadence: burden.cadence,
            items: Count::ZERO,
            fullest: None,
            mean: None,
            runs: Count::ZERO,
            machine_time: month * f64::from(machines),
            fallback_time: Span::ZERO,
            interval: None,
            cheapest: None,
            greenest: None,
            fleet,
        });
    };
    let [fullest, mean] = [burden.most, burden.mean].map(|items| burden.run(&fleet.shape, items, machines));
    let runs = month / gathered;
    let is_committed = matches!(fleet.purchase, Purchase::Committed(..));
    let machine_time = if is_committed { month * f64::from(machines) } else { mean.machine_time * runs };
    // Only a run of a day's work and more can wait for better hours.
    let by_day = gathered >= Span::days(1.0);
    let window = |by_hour: Option<&Vec<crate::units::Factor>>| {
        best_window(by_hour.filter(|_| by_day)?, burden.batch.ready, fullest.at_worst, deadline)
    };
    Part::Batch(BatchFleet {
        cadence: burden.cadence,
        items: burden.most,
        fullest: Some(fullest),
        mean: Some(mean),
        runs: Count::of(runs),
        machine_time,
        fallback_time: mean.fallback_time * runs,
        interval: burden.interval(&fleet.shape),
        cheapest: window(burden.batch.price_by_hour.as_ref()),
        greenest: window(burden.batch.carbon_by_hour.as_ref()),
        fleet,
    })
}

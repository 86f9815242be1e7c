//! The whole of it.
use super::{Component, ComponentName, Demand, Promises};
use crate::catalog::Place;
use crate::units::{Factor, Share, Span};
use std::collections::BTreeMap;

/// What the sizing takes for granted unless the file says otherwise. Each is shown in the report.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumptions {
    /// Speed of one vCPU by machine family, instead of the table's.
    pub speed: BTreeMap<String, Factor>,
    /// The busiest machine's share over the mean: balancers do not spread evenly. 1.1 unless measured.
    pub imbalance: Factor,
    /// No processor, memory, network or disk is planned beyond this, whatever the promise allows. 85 % leaves room for what the
    /// model does not see: deployments, garbage collection, a noisy neighbor.
    pub max_utilization: Share,
    /// Chance that a single machine is up, as the three providers' agreements state it for one instance: 99.5 %.
    pub machine_availability: Share,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            speed: BTreeMap::new(),
            imbalance: Factor::of(1.1),
            max_utilization: Share::percent(85.0),
            machine_availability: Share::percent(99.5),
        }
    }
}

/// What a system is asked to do, and what it promises. Made by a reader that has checked the graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Workload {
    /// Its name.
    pub name: String,
    /// Where it runs, where the file says so.
    pub place: Option<Place>,
    /// How far ahead is planned.
    pub horizon: Span,
    /// The component that requests reach first.
    pub entry: ComponentName,
    /// How much is asked.
    pub demand: Demand,
    /// What is promised.
    pub promises: Promises,
    /// Its parts.
    pub components: BTreeMap<ComponentName, Component>,
    /// What is taken for granted.
    pub assumptions: Assumptions,
}

impl Workload {
    /// The longest horizon that is planned month by month.
    pub const MAX_MONTHS: u32 = 120;
    /// Whole months of the horizon, at least one.
    pub fn months(&self) -> u32 {
        (self.horizon.as_months().ceil() as u32).clamp(1, Self::MAX_MONTHS)
    }
    /// The same with so many times the demand; stored data stay.
    pub fn with_demand(&self, factor: Factor) -> Self {
        Self { demand: self.demand.scaled(factor), ..self.clone() }
    }
}

//! The whole of it.
use super::{Component, ComponentName, Correlation, Demand, Promises, Service};
use crate::catalog::{Place, Provider, Region};
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
    /// Whose cloud it runs in, where the file says so.
    pub provider: Option<Provider>,
    /// In which region of it; only with a provider.
    pub region: Option<Region>,
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
    /// Estimates that rise and fall together.
    pub correlations: Vec<Correlation>,
    /// What is taken for granted.
    pub assumptions: Assumptions,
    /// What was not written but filled from what is known of the software, by component.
    pub presets: BTreeMap<ComponentName, Preset>,
}

/// Values of a component that nobody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The name of the preset: `kafka`.
    pub name: String,
    /// The fields it filled.
    pub fields: Vec<Filled>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Which field.
    pub field: String,
    /// Its value, as a workload file writes it.
    pub value: String,
    /// Who says so.
    pub source: String,
}

impl Filled {
    /// Whether no source says so.
    pub fn is_assumed(&self) -> bool {
        self.source.starts_with("assumed")
    }
}

impl Workload {
    /// The longest horizon that is planned month by month.
    pub const MAX_MONTHS: u32 = 120;
    /// A workload of one service, which has the workload's own name and is its entry. It is planned for twelve months,
    /// in no stated place, with the [default assumptions](Assumptions::default).
    ///
    /// ```
    /// use plimsoll::units::{Data, Rate, Span};
    /// use plimsoll::workload::{Demand, Promises, Service, Workload};
    /// let service = Service::plain(Span::millis(6.0), Data::mb(600.0));
    /// let built = Workload::of_service("hello", Demand::of_peak(Rate::per_second(900.0)), Promises::default(), service);
    /// let text = br#"
    ///     name = "hello"
    ///     entry = "hello"
    ///     [demand]
    ///     peak = "900/s"
    ///     [service.hello]
    ///     cpu_per_request = "6 ms"
    ///     memory = "600 MB"
    /// "#;
    /// assert_eq!(plimsoll_ingest::workload::read("hello.toml", text, &[]).unwrap(), built);
    /// ```
    pub fn of_service(name: &str, demand: Demand, promises: Promises, service: Service) -> Self {
        let entry = ComponentName(name.into());
        Self {
            name: name.into(),
            provider: None,
            region: None,
            horizon: Span::months(12.0),
            entry: entry.clone(),
            demand,
            promises,
            components: BTreeMap::from([(entry, Component::Service(service))]),
            correlations: Vec::new(),
            assumptions: Assumptions::default(),
            presets: BTreeMap::new(),
        }
    }
    /// Where it runs, where the file says both whose and which.
    pub fn place(&self) -> Option<Place> {
        Some(Place { provider: self.provider?, region: self.region.clone()? })
    }
    /// Whole months of the horizon, at least one.
    pub fn months(&self) -> u32 {
        (self.horizon.as_months().ceil() as u32).clamp(1, Self::MAX_MONTHS)
    }
    /// The same with so many times the demand; stored data stay.
    pub fn with_demand(&self, factor: Factor) -> Self {
        Self { demand: self.demand.scaled(factor), ..self.clone() }
    }
}

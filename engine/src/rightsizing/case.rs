//! One resource: what runs, what was measured of it, and what that needs.
use super::demand::{Demand, Hardware};
use super::estate::{Estate, Held, Requests, Runs};
use super::machine::Running;
use super::needs::needs;
use super::request::PerRequest;
use super::{Dimension, Need, RightsizeOptions};
use crate::catalog::{Catalog, Purchase, Shape};
use crate::telemetry::{Facts, Measure, Statistic};
use crate::units::{Compute, Data, Quantity, Span};

/// One resource with all that is known of it.
pub(super) struct Case<'a> {
    pub(super) held: &'a Held,
    pub(super) catalog: Option<&'a Catalog>,
    pub(super) running: Option<Running<'a>>,
    pub(super) demand: Demand,
    pub(super) needs: Vec<Need>,
    pub(super) options: &'a RightsizeOptions,
    pub(super) requests: Requests,
    pub(super) copies: u32,
    pub(super) node: Option<&'a Shape>,
    pub(super) law: Option<PerRequest>,
    pub(super) measured: Span,
}

impl<'a> Case<'a> {
    /// Gathers it.
    pub(super) fn of(
        held: &'a Held,
        estate: &'a Estate,
        catalogs: &'a [Catalog],
        options: &'a RightsizeOptions,
    ) -> Self {
        let nothing = Facts::default();
        let facts = estate.telemetry.facts.get(&held.name).unwrap_or(&nothing);
        let catalog = match &held.place {
            Some(place) => catalogs.iter().find(|catalog| catalog.place == *place),
            None => catalogs.first(),
        };
        let running = running(held, facts, catalog);
        let (requests, copies) = asked(held, facts, estate);
        let hardware = Hardware {
            vcpus: running.map(|r| r.shape.vcpus.as_vcpus()).or(facts.vcpus.map(|v| v.as_vcpus())),
            speed: running.map_or(1.0, |r| r.shape.speed.factor.get()),
            memory: running.map(|r| r.shape.memory.as_bytes()).or(facts.memory.map(|m| m.as_bytes())),
            count: running.map_or(f64::from(copies), |r| f64::from(r.count)),
        };
        let mut demand = Demand::of(&held.name, &estate.telemetry, &hardware);
        let law = by_requests(&mut demand);
        let has = |dimension: Dimension| match &running {
            Some(r) => Some(dimension.of(r.shape)?.base() * f64::from(r.count)),
            None => match dimension {
                Dimension::Cpu => requests.cpu.map(|cpu| cpu.as_vcpus() * f64::from(copies)),
                Dimension::Memory => requests.memory.map(|memory| memory.as_bytes() * f64::from(copies)),
                _ => None,
            },
        };
        let needs = needs(&demand, options, has);
        let longest = demand.dimensions().map(|(_, series)| series.step() * series.quality().used as f64);
        let measured = longest.reduce(Quantity::max).unwrap_or(Span::ZERO);
        let node = options.node.as_ref().and_then(|name| catalog?.shape(name)).map(|shape| &**shape);
        Self { held, catalog, running, demand, needs, options, requests, copies, node, law, measured }
    }
}

/// The machines that run, where a table has them.
fn running<'a>(held: &'a Held, facts: &Facts, catalog: Option<&'a Catalog>) -> Option<Running<'a>> {
    let known = |name: &str| catalog.and_then(|catalog| catalog.shape(name)).map(|shape| &**shape);
    match &held.runs {
        Runs::Machines { shape, count, purchase } => {
            let (count, purchase, billed) = (*count, *purchase, held.billed);
            known(shape).map(|shape| Running { shape, count, purchase, billed })
        }
        Runs::Unknown => {
            let (count, purchase, billed) = (1, Purchase::OnDemand, held.billed);
            known(facts.shape.as_ref()?).map(|shape| Running { shape, count, purchase, billed })
        }
        Runs::Container { .. } => None,
    }
}

/// What a container asks for: as somebody says, else as the exports measure it, else as they tell it.
fn asked(held: &Held, facts: &Facts, estate: &Estate) -> (Requests, u32) {
    let last = |measure: Measure| {
        let metrics = estate.telemetry.of(&held.name, &measure, Statistic::Mean);
        let values = metrics.filter_map(|m| m.series.iter().filter_map(|(_, v)| v).last());
        values.reduce(f64::max)
    };
    let measured = || Requests {
        cpu: last(Measure::CpuRequested).map(Compute::vcpus).or(facts.request.cpu),
        cpu_limit: last(Measure::CpuLimit).map(Compute::vcpus).or(facts.limit.cpu),
        memory: last(Measure::MemoryRequested).map(Data::bytes).or(facts.request.memory),
        memory_limit: last(Measure::MemoryLimit).map(Data::bytes).or(facts.limit.memory),
    };
    match held.runs {
        Runs::Container { requests, copies } if requests != Requests::default() => (requests, copies),
        Runs::Container { copies, .. } => (measured(), copies),
        Runs::Unknown => (measured(), 1),
        Runs::Machines { .. } => (Requests::default(), 1),
    }
}

/// Puts what the requests ask for in the place of what was busy, where throughput explains it.
fn by_requests(demand: &mut Demand) -> Option<PerRequest> {
    let (cpu, requests) = (demand.series(Dimension::Cpu)?, demand.requests.as_ref()?);
    let law = PerRequest::of(cpu, requests)?;
    let work = law.work(cpu, requests)?;
    demand.replace(Dimension::Cpu, work);
    demand.from_throughput = true;
    Some(law)
}

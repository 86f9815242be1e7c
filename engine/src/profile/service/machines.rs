//! The machines that a service was measured on: which they are, how large, how fast.
use super::measured::Measured;
use crate::catalog::{Catalog, Place, Shape};
use crate::series::{Grid, Laid};
use crate::telemetry::{Facts, Measure, Metric, ResourceName, Statistic};
use crate::units::Quantity;
use std::sync::Arc;

/// A machine that answers requests, and what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub(super) name: ResourceName,
    /// Processors.
    pub(super) vcpus: Option<f64>,
    /// Memory in bytes.
    pub(super) memory: Option<f64>,
    /// The size it has in a price list, and where.
    pub(super) shape: Option<(Arc<Shape>, Place)>,
}

impl Machine {
    /// How fast one of its processors is; the reference core's speed if its size is not known.
    pub(super) fn speed(&self) -> f64 {
        self.shape.as_ref().map_or(1.0, |(shape, _)| shape.speed.factor.get())
    }
}

/// The machines with processors among the resources. Of a named service those that bear its name, where any do.
pub(super) fn machines(measured: &Measured, catalogs: &[Catalog]) -> Vec<Machine> {
    let has = |name: &ResourceName| {
        let cpu = |m: &Metric| m.resource == *name && matches!(m.measure, Measure::CpuShare | Measure::CpuUsed);
        measured.telemetry.metrics.iter().any(|m| m.statistic == Statistic::Mean && cpu(m))
    };
    let all: Vec<&ResourceName> = measured.telemetry.resources().into_iter().filter(|name| has(name)).collect();
    let named: Vec<&ResourceName> = match &measured.service {
        Some(service) => all.iter().copied().filter(|name| is_of(name, service)).collect(),
        None => Vec::new(),
    };
    let chosen = if named.is_empty() { all } else { named };
    chosen.into_iter().map(|name| machine(measured, name, catalogs)).collect()
}

/// Whether a resource is of a service: it has its name, or begins with it (`web-1`, `web/0`), or has it on its path
/// (`shop/web-5d9/app`).
pub(super) fn is_of(resource: &ResourceName, service: &str) -> bool {
    let begins = |part: &str| {
        part.strip_prefix(service).is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()))
    };
    begins(&resource.0) || resource.0.split('/').any(begins)
}

fn machine(measured: &Measured, name: &ResourceName, catalogs: &[Catalog]) -> Machine {
    let facts = measured.telemetry.facts.get(name).cloned().unwrap_or_default();
    let wanted = measured.shape.as_ref().or(facts.shape.as_ref());
    let shape = wanted.and_then(|wanted| find(catalogs, wanted, &facts));
    let level = |measure: &Measure| {
        let series = measured.telemetry.of(name, measure, Statistic::Mean).next()?;
        let known: Vec<f64> = series.series.iter().filter_map(|(_, v)| v).collect();
        crate::signal::robust::median(&mut known.clone()).filter(|v| *v > 0.0)
    };
    let of_shape = shape.as_ref().map(|(shape, _)| (shape.vcpus.base(), shape.memory.base()));
    let vcpus = facts.vcpus.map(Quantity::base).or_else(|| level(&Measure::CpuCapacity));
    let memory = facts.memory.map(Quantity::base).or_else(|| level(&Measure::MemoryCapacity));
    Machine {
        name: name.clone(),
        vcpus: vcpus.or(of_shape.map(|s| s.0)),
        memory: memory.or(of_shape.map(|s| s.1)),
        shape,
    }
}

/// The shape of a name, in the region that the facts tell if it has it.
fn find(catalogs: &[Catalog], name: &str, facts: &Facts) -> Option<(Arc<Shape>, Place)> {
    let at_home = |c: &&Catalog| facts.region.as_ref().is_some_and(|region| c.place.region.0 == *region);
    let mut places = catalogs.iter().filter(at_home).chain(catalogs);
    places.find_map(|c| Some((Arc::clone(c.shape(name)?), c.place.clone())))
}

/// A series of a machine on the grid: of a measure of the whole machine, or where it was measured by parts only, their sum or
/// mean.
pub(super) fn laid(
    measured: &Measured,
    grid: &Grid,
    name: &ResourceName,
    measure: &Measure,
) -> Option<(Laid, Vec<String>)> {
    let all: Vec<&Metric> = measured.telemetry.of(name, measure, Statistic::Mean).collect();
    if let Some(whole) = all.iter().find(|m| m.item.is_none()) {
        return Some((grid.lay(&whole.series), vec![whole.first.clone()]));
    }
    // What a machine sends to itself is no traffic.
    let parts: Vec<&&Metric> = all.iter().filter(|m| m.item.as_deref() != Some("lo")).collect();
    if parts.is_empty() {
        return None;
    }
    let on_grid: Vec<Laid> = parts.iter().map(|m| grid.lay(&m.series)).collect();
    let share = matches!(measure, Measure::CpuShare | Measure::MemoryShare | Measure::Latency);
    let spans = on_grid.iter().map(|l| l.spans.start).min()?..on_grid.iter().map(|l| l.spans.end).max()?;
    let sums = crate::series::sums(&on_grid, grid.len());
    let values = sums.into_iter().map(|s| s.map(|(sum, n)| if share { sum / n as f64 } else { sum })).collect();
    Some((Laid { values, spans }, parts.iter().map(|m| m.first.clone()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_bears_the_name_of_its_service() {
        for name in ["web", "web-1", "web.eu", "shop/web-5d9/app", "web/0"] {
            assert!(is_of(&ResourceName(name.into()), "web"), "{name}");
        }
        for name in ["webshop", "other", "my-web", "shop/myweb"] {
            assert!(!is_of(&ResourceName(name.into()), "web"), "{name}");
        }
    }
}

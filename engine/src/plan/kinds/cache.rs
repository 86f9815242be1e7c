//! Caches at one moment.
use super::super::moment::{Moment, usual_copies};
use super::super::options::Found;
use super::super::{CacheFleet, Part, RunByProvider};
use super::{option_name, run_by};
use crate::sizing::{CacheBurden, Fleet, LatencyBudget, admit};
use crate::workload::{Cache, ComponentName};

impl<'w> Moment<'w> {
    pub(in crate::plan) fn cache_burden(&self, name: &ComponentName, cache: &'w Cache) -> CacheBurden<'w> {
        let (bytes_in, bytes_out) = self.payload(name);
        CacheBurden {
            cache,
            arrivals: self.traffic(name).sizing,
            arrival_variability: self.workload.demand.variability.mid(),
            bytes_in,
            bytes_out,
            copies: cache.replicas.unwrap_or_else(|| usual_copies(self.workload.promises.survive, false)),
            assumptions: &self.workload.assumptions,
        }
    }

    pub(in crate::plan) fn cache_options(&self, found: &mut Found<'_>, cache: &'w Cache, budget: LatencyBudget) {
        let burden = self.cache_burden(found.component, cache);
        let terms = self.terms(found.component, budget);
        if cache.self_run {
            for shape in &self.catalog.shapes {
                let fleet = admit(shape, &cache.architectures, false, false, &cache.purchases)
                    .and_then(|purchase| found.sized(&burden, shape, purchase, &terms));
                found.add(&shape.name, fleet.map(|fleet| cache_part(&burden, fleet, None)));
            }
        }
        let engine = cache.engine.map(|e| e.name());
        let nodes = self
            .catalog
            .nodes
            .iter()
            .filter(|n| n.service == "elasticache" && engine.is_none_or(|asked| asked == n.engine));
        for node in nodes.filter(|_| cache.managed) {
            let fleet = admit(&node.machine, &cache.architectures, false, false, &[])
                .and_then(|purchase| found.sized(&burden, &node.machine, purchase, &terms));
            found.add(option_name(node), fleet.map(|fleet| cache_part(&burden, fleet, Some(run_by(node)))));
        }
    }
}

pub(in crate::plan) fn cache_part(burden: &CacheBurden<'_>, fleet: Fleet, provider: Option<RunByProvider>) -> Part {
    let cache = burden.cache;
    Part::Cache(CacheFleet {
        fleet,
        provider,
        copies: burden.copies,
        held: cache.held(),
        hit_ratio: cache.hit_ratio(),
        passes: cache.answers().rest(),
    })
}

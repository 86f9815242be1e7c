//! Caches, streams and gathered work at one moment: what they lay on machines, what would carry them, the parts they become.
mod batch;
mod cache;
mod stream;

use self::batch::batch_part;
use self::cache::cache_part;
use self::stream::place_of_log;
use super::moment::{Budgets, Moment, budget_of};
use super::{Part, RunByProvider, StreamFleet};
use crate::catalog::{ManagedNode, Shape};
use crate::sizing::{DiskPlace, Fleet, LatencyBudget, Refusal, StreamBurden, Terms, as_given, at_count, size};
use crate::workload::{Component, ComponentName, Running, Stream, Survive};
use std::sync::Arc;

impl Moment<'_> {
    /// The same machines in another number, or in the number that this moment needs.
    pub(super) fn kind_again(
        &self,
        name: &ComponentName,
        part: &Part,
        count: Option<u32>,
        budgets: &Budgets,
    ) -> Result<Part, Refusal> {
        let terms = self.terms(name, budget_of(budgets, name));
        match (part, self.component(name)) {
            (Part::Cache(chosen), Component::Cache(cache)) => {
                let burden = self.cache_burden(name, cache);
                let (shape, purchase) = (&chosen.fleet.shape, chosen.fleet.purchase);
                let fleet = match count {
                    Some(count) => at_count(&burden, shape, purchase, &terms, count),
                    None => size(&burden, shape, purchase, &terms),
                };
                fleet.map(|fleet| cache_part(&burden, fleet, chosen.provider.clone()))
            }
            (Part::Stream(chosen), Component::Stream(stream)) => {
                let burden = self.stream_burden(name, stream, place_of_log(chosen));
                let (shape, purchase) = (&chosen.fleet.shape, chosen.fleet.purchase);
                let fleet = match count {
                    Some(count) => at_count(&burden, shape, purchase, &terms, count),
                    None => size(&burden, shape, purchase, &terms),
                }?;
                self.stream_part(name, &burden, fleet, chosen.provider.clone())
            }
            (Part::Batch(chosen), Component::Batch(batch)) => {
                let (shape, purchase) = (&chosen.fleet.shape, chosen.fleet.purchase);
                let burden = self.batch_burden(name, batch, chosen.cadence, purchase);
                let terms = self.batch_terms(name, chosen.cadence);
                let fleet = match count {
                    Some(count) => at_count(&burden, shape, purchase, &terms, count),
                    None => size(&burden, shape, purchase, &terms),
                };
                fleet.map(|fleet| batch_part(&burden, fleet))
            }
            _ => Ok(part.clone()),
        }
    }

    /// The same machines, whether they carry this moment's load or not.
    pub(super) fn kind_given(&self, name: &ComponentName, part: &Part) -> Part {
        let terms = |fleet: &Fleet, terms: Terms| {
            // What is left after the loss must be something.
            if fleet.carrying == 0 { Terms { survive: Survive::None, ..terms } } else { terms }
        };
        match (part, self.component(name)) {
            (Part::Cache(chosen), Component::Cache(cache)) => {
                let fleet = &chosen.fleet;
                let terms = terms(fleet, self.terms(name, LatencyBudget::default()));
                let burden = self.cache_burden(name, cache);
                let fleet = as_given(&burden, &fleet.shape, fleet.purchase, &terms, fleet.machines);
                cache_part(&burden, fleet, chosen.provider.clone())
            }
            (Part::Stream(chosen), Component::Stream(stream)) => {
                let fleet = &chosen.fleet;
                let terms = terms(fleet, self.terms(name, LatencyBudget::default()));
                let burden = self.stream_burden(name, stream, place_of_log(chosen));
                let fleet = as_given(&burden, &fleet.shape, fleet.purchase, &terms, fleet.machines);
                let partitions = chosen.partitions;
                Part::Stream(StreamFleet { fleet, partitions, ..self.stream_fleet(name, &burden, chosen) })
            }
            (Part::Batch(chosen), Component::Batch(_)) => self.runs_given(name, chosen, chosen.fleet.machines),
            _ => part.clone(),
        }
    }

    /// What runs today of a cache or a stream; `None` where it is on no list here.
    pub(super) fn kind_as_it_is(&self, name: &ComponentName, running: &Running, terms: &Terms) -> Option<Part> {
        let node = self.catalog.nodes.iter().find(|n| n.machine.name.0 == running.shape);
        let shape: &Arc<Shape> = self.catalog.shape(&running.shape).or(node.map(|n| &n.machine))?;
        let provider = node.filter(|n| Arc::ptr_eq(&n.machine, shape)).map(run_by);
        match self.component(name) {
            Component::Cache(cache) => {
                let burden = self.cache_burden(name, cache);
                let fleet = as_given(&burden, shape, running.purchase, terms, running.count);
                Some(cache_part(&burden, fleet, provider))
            }
            Component::Stream(stream) => {
                let inside = running.volume.is_none() && shape.local_disk.is_some() && provider.is_none();
                let place = if inside { DiskPlace::Local } else { DiskPlace::Network };
                let kinds = running.volume.clone().map_or_else(|| stream.volumes.clone(), |v| vec![v]);
                let as_said = Stream { volumes: kinds, partitions: None, ..stream.clone() };
                let burden = StreamBurden { stream: &as_said, ..self.stream_burden(name, stream, place) };
                let fleet = as_given(&burden, shape, running.purchase, terms, running.count);
                self.stream_part(name, &burden, fleet, provider).ok()
            }
            _ => None,
        }
    }
}

fn run_by(node: &ManagedNode) -> RunByProvider {
    RunByProvider { service: node.service.clone(), engine: node.engine.clone() }
}

fn option_name(node: &ManagedNode) -> String {
    format!("{} {} {}", node.service, node.engine, node.machine.name)
}

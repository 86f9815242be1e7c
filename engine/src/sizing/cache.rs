//! What a cache lays on one node.
use super::service::on_the_busiest;
use super::{Burden, Check, Measure, Resource, Spread};
use crate::catalog::Shape;
use crate::queueing::Station;
use crate::units::{Data, DataRate, Factor, Quantity, Rate};
use crate::workload::{Assumptions, Cache};

/// A cache's load at one moment of the horizon. Its entries are spread over the nodes, each on as many as there are copies.
#[derive(Clone, Debug, PartialEq)]
pub struct CacheBurden<'w> {
    /// What it is.
    pub cache: &'w Cache,
    /// Requests in the busiest minute, over all nodes, answered or not.
    pub arrivals: Rate,
    /// How unevenly they come.
    pub arrival_variability: Factor,
    /// What each request brings in, answers of others included.
    pub bytes_in: Data,
    /// What each request sends out, questions to others included.
    pub bytes_out: Data,
    /// Copies of each entry.
    pub copies: u32,
    /// What is taken for granted.
    pub assumptions: &'w Assumptions,
}

const RESOURCES: [Resource; 3] = [Resource::Cpu, Resource::Memory, Resource::Network];

impl CacheBurden<'_> {
    fn per_node(&self, spread: Spread) -> Rate {
        on_the_busiest(self.arrivals, spread.carrying, self.assumptions.imbalance)
    }
}

impl Burden for CacheBurden<'_> {
    fn resources(&self) -> &[Resource] {
        &RESOURCES
    }

    fn check(&self, shape: &Shape, spread: Spread, resource: Resource) -> Option<Check> {
        let (needs, has) = match resource {
            Resource::Cpu => {
                let station = self.station(shape, spread);
                (Measure::Processors(Factor::of(station.load().as_erlangs())), Measure::Processors(station.servers))
            }
            Resource::Memory => {
                // A lost node's entries are on the nodes that have their copies already, or they are gone.
                let part = f64::from(self.copies.min(spread.machines)) / f64::from(spread.machines.max(1));
                let needs = self.cache.memory.mid() + self.cache.held() * part;
                (Measure::Data(needs), Measure::Data(shape.memory))
            }
            Resource::Network => {
                let needs: DataRate = self.bytes_in.max(self.bytes_out) * self.per_node(spread);
                (Measure::DataRate(needs), Measure::DataRate(shape.network?))
            }
            _ => return None,
        };
        Some(Check { resource, needs, has })
    }

    fn station(&self, shape: &Shape, spread: Spread) -> Station {
        let most = self.cache.threads.unwrap_or(u32::MAX);
        Station {
            arrivals: self.per_node(spread),
            service: self.cache.cpu_per_request.mid() / shape.speed.factor.get(),
            servers: Factor::of(f64::from(shape.servers().min(most))),
            arrival_variability: self.arrival_variability,
            service_variability: self.cache.variability.mid(),
        }
    }

    fn least_machines(&self) -> (u32, Resource) {
        (self.copies, Resource::Copies)
    }
    fn most_machines(&self) -> u32 {
        u32::MAX
    }
}

//! What a component lays on one machine.
use super::{Measure, Refusal, Resource};
use crate::catalog::Shape;
use crate::queueing::Station;
use crate::units::Share;

/// How many machines there are, and how many carry the load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// All of them.
    pub machines: u32,
    /// Those that are left after the loss.
    pub carrying: u32,
}

impl Spread {
    /// With nothing lost.
    pub const fn calm(machines: u32) -> Self {
        Self { machines, carrying: machines }
    }
}

/// One resource of one machine: what is laid on it, and what it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Check {
    /// Which.
    pub resource: Resource,
    /// What is laid on it.
    pub needs: Measure,
    /// All that it has.
    pub has: Measure,
}

impl Check {
    /// The part in use; beyond one where there is too little.
    pub fn used(&self) -> f64 {
        let (needs, has) = (self.needs.base(), self.has.base());
        if needs == 0.0 { 0.0 } else { needs / has }
    }
    /// Why it does not hold, when no more than `most` of it may be in use.
    pub fn refusal(&self, most: Share) -> Refusal {
        let Self { resource, needs, has } = *self;
        Refusal::TooSmall { resource, needs, has: has.part(most), whole: has, among: None }
    }
    /// Whether no more than `most` of it is in use.
    pub fn holds(&self, most: Share) -> bool {
        self.used() <= most.as_part()
    }
}

/// A component's load at one moment, asked of one machine.
pub trait Burden {
    /// Resources that can decide, apart from latency.
    fn resources(&self) -> &[Resource];
    /// What one machine of `shape` must carry of a resource. `None` where the limit is not known.
    /// Never falls when `carrying` does.
    fn check(&self, shape: &Shape, spread: Spread, resource: Resource) -> Option<Check>;
    /// One machine as a station of the queueing models.
    fn station(&self, shape: &Shape, spread: Spread) -> Station;
    /// The most of a resource that is planned for: the workload's limit, or all where the limit is a hard count.
    fn most(&self, resource: Resource, usual: Share) -> Share {
        match resource {
            Resource::Connections | Resource::DiskCapacity | Resource::Partitions | Resource::Deadline => Share::ALL,
            _ => usual,
        }
    }
    /// The least number of machines, whatever they carry, and why.
    fn least_machines(&self) -> (u32, Resource);
    /// The most that make sense: copies beyond it help nobody.
    fn most_machines(&self) -> u32;
}

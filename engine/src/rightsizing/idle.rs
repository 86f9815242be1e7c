//! When a resource does nothing.
use super::demand::Demand;
use super::dimension::Dimension;
use crate::units::Span;

/// A rule by which a resource is idle, as its provider words it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IdleRule {
    /// Whose rule it is.
    pub source: &'static str,
    /// The rule in a sentence.
    pub text: &'static str,
}

/// AWS Compute Optimizer's rule for machines.
pub(super) const MACHINE: IdleRule = IdleRule {
    source: "AWS Compute Optimizer",
    text: "no step above 5 % of the processors and less than 5 MB a day over the network, for 14 days",
};
/// Its rule for tasks of containers.
pub(super) const CONTAINER: IdleRule = IdleRule {
    source: "AWS Compute Optimizer",
    text: "no step above 1 % of the processors and of the memory that it asked for, for 14 days",
};

const DAYS: f64 = 14.0;
const MACHINE_CPU: f64 = 0.05;
const MACHINE_BYTES_A_DAY: f64 = 5e6;
const CONTAINER_PART: f64 = 0.01;

/// Whether a machine is idle. Without network data it is not said to be: a queue that only forwards has no load either.
pub(super) fn machine(demand: &Demand, capacity: f64, measured: Span) -> Option<IdleRule> {
    let cpu = demand.peak(Dimension::Cpu)?;
    let network = demand.mean(Dimension::Network)?;
    let a_day = network * Span::days(1.0).as_seconds();
    let is_idle = measured >= Span::days(DAYS) && cpu <= MACHINE_CPU * capacity && a_day < MACHINE_BYTES_A_DAY;
    is_idle.then_some(MACHINE)
}

/// Whether a container is idle.
pub(super) fn container(demand: &Demand, cpu: Option<f64>, memory: Option<f64>, measured: Span) -> Option<IdleRule> {
    let within = |dimension, asked: Option<f64>| Some(demand.peak(dimension)? <= CONTAINER_PART * asked?);
    let is_idle = measured >= Span::days(DAYS) && within(Dimension::Cpu, cpu)? && within(Dimension::Memory, memory)?;
    is_idle.then_some(CONTAINER)
}

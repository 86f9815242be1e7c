//! Containers: what they ask for, and what they should.
use super::answer::{Advice, Sized};
use super::dimension::{Dimension, Need};
use super::estate::Requests;
use super::savings::Saving;
use super::{Effort, RightsizeOptions};
use crate::catalog::{Purchase, Shape};
use crate::units::{Compute, Data, Money, Share, Span};

/// Requests below these are not advised: Kubernetes' Vertical Pod Autoscaler never asks a pod for less.
const LEAST_CPU: f64 = 0.025;
const LEAST_MEMORY: f64 = 250.0 * 1_048_576.0;

/// What a container should ask for, by what its dimensions need; a dimension that nobody measured keeps its request.
pub(super) fn requests(needs: &[Need], now: Requests, copies: u32) -> Requests {
    let each = |dimension: Dimension, least: f64| {
        let need = needs.iter().find(|need| need.dimension == dimension)?;
        Some((need.needs.base() / f64::from(copies.max(1))).max(least))
    };
    // A limit keeps its distance to the request: who set both alike means it.
    let limit = |old: Option<f64>, limit: Option<f64>, new: Option<f64>| match (old, limit, new) {
        (Some(old), Some(limit), Some(new)) if old > 0.0 => Some(new * limit / old),
        (None, Some(limit), Some(new)) => Some(limit.max(new)),
        (_, limit, _) => limit,
    };
    let cpu = each(Dimension::Cpu, LEAST_CPU);
    let memory = each(Dimension::Memory, LEAST_MEMORY);
    let vcpus = |n: f64| Compute::vcpus((n * 1000.0).ceil() / 1000.0);
    let bytes = |n: f64| Data::bytes((n / 1_048_576.0).ceil() * 1_048_576.0);
    Requests {
        cpu: cpu.map(vcpus).or(now.cpu),
        cpu_limit: limit(now.cpu.map(Compute::as_vcpus), now.cpu_limit.map(Compute::as_vcpus), cpu).map(vcpus),
        memory: memory.map(bytes).or(now.memory),
        memory_limit: limit(now.memory.map(Data::as_bytes), now.memory_limit.map(Data::as_bytes), memory).map(bytes),
    }
}

/// A month of what is asked for, as a part of a node: half its price by processors, half by memory; none where either is
/// not asked for.
///
/// OpenCost weighs both by the price of machines that have more of one; a half each is that within a fifth for machines of
/// 4 GiB a processor. What is not asked for by anyone stays a cost of the node.
pub(super) fn month(asked: &Requests, copies: u32, node: &Shape) -> Option<Money> {
    let whole = node.quote(Purchase::OnDemand)?.effective * Span::months(1.0);
    let part = asked.cpu? / node.vcpus / 2.0 + asked.memory? / node.memory / 2.0;
    Some(Money::nearest(whole.as_dollars() * part * f64::from(copies)))
}

/// Another request as advice.
pub(super) fn advice(
    now: &Requests,
    new: Requests,
    copies: u32,
    node: Option<&Shape>,
    (risk, bound_by): (Option<Share>, Dimension),
) -> Advice {
    let list = node.and_then(|node| month(&new, copies, node));
    let before = node.and_then(|node| month(now, copies, node));
    let saves = before.zip(list).map(|(before, after)| Saving::between(before, after, None));
    Advice { size: Sized::Container { requests: new, copies, list }, saves, effort: Effort::VeryLow, risk, bound_by }
}

/// The chance that the work passes what is asked for, the larger of processors and memory.
pub(super) fn risk(
    demand: &super::demand::Demand,
    asked: &Requests,
    copies: u32,
    options: &RightsizeOptions,
) -> Option<Share> {
    let of = |dimension, asked: Option<f64>| {
        super::careful::risk(demand.series(dimension)?, asked? * f64::from(copies), options.period)
    };
    let cpu = of(Dimension::Cpu, asked.cpu.map(Compute::as_vcpus));
    let memory = of(Dimension::Memory, asked.memory.map(Data::as_bytes));
    [cpu, memory].into_iter().flatten().reduce(Share::max_of)
}

#[cfg(test)]
mod tests {
    use super::super::estate::Requests;
    use super::*;
    use crate::sizing::Measure;
    use crate::units::Factor;

    fn cpu(needs: f64) -> Need {
        let measure = |n| Measure::Processors(Factor::of(n));
        Need {
            dimension: Dimension::Cpu,
            mean: measure(0.1),
            peak: measure(0.3),
            expected: measure(0.3),
            headroom: Share::percent(20.0),
            needs: measure(needs),
            has: Some(measure(1.0)),
        }
    }

    #[test]
    fn requests_follow_needs_and_limits_keep_their_distance() {
        let now = Requests {
            cpu: Some(Compute::vcpus(1.0)),
            cpu_limit: Some(Compute::vcpus(2.0)),
            memory: Some(Data::gib(1.0)),
            memory_limit: None,
        };
        let new = requests(&[cpu(0.7506)], now, 2);
        assert_eq!(new.cpu, Some(Compute::vcpus(0.376)), "for each of two copies, to the millicore above");
        assert_eq!(new.cpu_limit, Some(Compute::vcpus(0.751)));
        assert_eq!((new.memory, new.memory_limit), (Some(Data::gib(1.0)), None), "nobody measured memory: it stays");
        assert_eq!(requests(&[cpu(0.001)], now, 1).cpu, Some(Compute::vcpus(0.025)));
    }
}

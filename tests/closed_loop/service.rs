//! A service whose every number is known, run request by request, and what a monitor would have seen of it.
use plimsoll::queueing::{SimulatedNode, simulate};
use plimsoll::series::{Point, Series, Time};
use plimsoll::telemetry::{Facts, Measure, Metric, ResourceName, Statistic, Telemetry};
use plimsoll::units::{Compute, Factor, Rate, Span};
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Poisson, StandardNormal};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Processor time of a request.
pub(crate) const SERVICE: Span = Span::millis(22.0);
/// Processors that a machine keeps busy without any request.
pub(crate) const BASE_VCPUS: f64 = 0.08;
/// Memory without any request, and of one in flight.
pub(crate) const MEMORY: f64 = 700e6;
pub(crate) const MEMORY_PER_REQUEST: f64 = 6e6;
/// Bytes of a request and of its answer.
pub(crate) const BYTES_IN: f64 = 1500.0;
pub(crate) const BYTES_OUT: f64 = 25_000.0;
/// Two machines of four processors.
pub(crate) const MACHINES: u32 = 2;
pub(crate) const VCPUS: u32 = 4;
/// A step of the monitor.
pub(crate) const STEP: i64 = 60;
/// Monday, 2026-03-02.
pub(crate) const START: i64 = 1_772_409_600;

/// What was seen of a machine in one step, in base units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    pub(crate) requests: f64,
    pub(crate) latency: f64,
    pub(crate) cpu_share: f64,
    pub(crate) memory: f64,
    pub(crate) bytes_in: f64,
    pub(crate) bytes_out: f64,
}

/// Runs the service for so many days, each step by itself, at a rate that follows the day: 20/s at its mean, 32/s at noon.
pub(crate) fn run(days: i64, seed: u64) -> Vec<Sample> {
    let mut dice = Xoshiro256PlusPlus::seed_from_u64(seed);
    let node = SimulatedNode {
        machines: MACHINES,
        servers: VCPUS,
        service: SERVICE,
        service_variability: Factor::ONE,
        calls: Vec::new(),
    };
    let step = |at: i64| {
        let of_day = (at * STEP % 86_400) as f64 / 86_400.0;
        let rate = 20.0 - 12.0 * (of_day * std::f64::consts::TAU).cos();
        let arrived = Poisson::new(rate * STEP as f64).expect("a rate is above zero").sample(&mut dice).max(1.0);
        let seen = simulate(std::slice::from_ref(&node), 0, Rate::per_second(rate), arrived as u32, seed ^ at as u64);
        let mut normal = || dice.sample::<f64, _>(StandardNormal);
        let seconds = STEP as f64;
        let latency = seen.mean().expect("requests were answered").as_seconds();
        let in_flight = arrived / seconds * latency / f64::from(MACHINES);
        let per_machine = arrived / f64::from(MACHINES);
        let busy = seen.nodes[0].busy.as_seconds() / f64::from(MACHINES) / seconds;
        Sample {
            requests: arrived / seconds,
            latency,
            cpu_share: (busy + BASE_VCPUS * (1.0 + 0.05 * normal())) / f64::from(VCPUS),
            memory: MEMORY + MEMORY_PER_REQUEST * in_flight + 0.5e6 * normal(),
            bytes_in: (per_machine * BYTES_IN / seconds) * (1.0 + 0.02 * normal()) + 2000.0,
            bytes_out: (per_machine * BYTES_OUT / seconds) * (1.0 + 0.02 * normal()) + 2000.0,
        }
    };
    (0..days * 86_400 / STEP).map(step).collect()
}

/// A series of one figure of the samples.
pub(crate) fn series(name: &str, samples: &[Sample], figure: impl Fn(&Sample) -> f64) -> Series {
    let point = |(i, s): (usize, &Sample)| Point::new(Time::unix_seconds(START + i as i64 * STEP), Some(figure(s)));
    Series::from_points(name, samples.iter().enumerate().map(point).collect()).expect("samples are even")
}

/// The samples as a monitor of two machines behind a balancer would have them.
pub(crate) fn telemetry(samples: &[Sample]) -> Telemetry {
    let metric = |resource: &str, measure: Measure, series: Series| Metric {
        resource: ResourceName(resource.into()),
        item: None,
        first: format!("{resource}.csv:2"),
        statistic: Statistic::Mean,
        measure,
        series,
    };
    let mut telemetry = Telemetry::default();
    let at_balancer = |s: &Sample| s.requests;
    telemetry.metrics.push(metric("balancer", Measure::Requests, series("requests", samples, at_balancer)));
    telemetry.metrics.push(metric("balancer", Measure::Latency, series("latency", samples, |s| s.latency)));
    for machine in ["web-1", "web-2"] {
        let mut of = |measure, figure: fn(&Sample) -> f64| {
            telemetry.metrics.push(metric(machine, measure, series("value", samples, figure)));
        };
        of(Measure::CpuShare, |s| s.cpu_share);
        of(Measure::MemoryUsed, |s| s.memory);
        of(Measure::NetworkIn, |s| s.bytes_in);
        of(Measure::NetworkOut, |s| s.bytes_out);
        let facts = Facts { vcpus: Some(Compute::vcpus(f64::from(VCPUS))), ..Facts::default() };
        telemetry.facts.insert(ResourceName(machine.into()), facts);
    }
    telemetry
}

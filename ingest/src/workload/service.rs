//! `[service.NAME]`.
use super::calls::calls;
use super::machine::{architectures, current, purchases};
use crate::reader::Table;
use plimsoll::uncertain::Estimate;
use plimsoll::units::{Count, Data, Factor, Span};
use plimsoll::workload::Service;
use std::num::NonZeroU32;

pub(super) fn service(t: &mut Table<'_>) -> Service {
    let (no_time, no_data) = (Estimate::exact(Span::ZERO), Estimate::exact(Data::ZERO));
    let (zero, one) = (Estimate::exact(Factor::ZERO), Estimate::exact(Factor::ONE));
    Service {
        cpu_per_request: t.required("cpu_per_request", "processor time of one request on the reference core"),
        variability: t.or("variability", one, "squared coefficient of variation of the processor time"),
        off_cpu: t.or("off_cpu", no_time, "time a request waits for things outside the model"),
        memory: t.required("memory", "memory held whatever the traffic, per machine"),
        memory_per_request: t.or("memory_per_request", no_data, "memory of one request in flight"),
        bytes_in: t.or("bytes_in", no_data, "size of a request"),
        bytes_out: t.or("bytes_out", no_data, "size of a response"),
        concurrency: t
            .optional::<NonZeroU32>("concurrency", "requests one machine may have in flight")
            .map(|n| Count::of(f64::from(n.get()))),
        contention: t.or("contention", zero, "the universal scalability law's contention, from 0"),
        coherency: t.or("coherency", zero, "the universal scalability law's coherency, from 0"),
        architectures: architectures(t),
        interruptible: t.or(
            "interruptible",
            false,
            "whether its requests may be cut off, so that spot machines may carry it",
        ),
        burstable: t.or("burstable", false, "whether machines on processor credits may carry it"),
        purchases: purchases(t),
        calls: calls(t),
        current: current(t),
    }
}

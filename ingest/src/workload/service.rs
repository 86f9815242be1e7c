//! `[service.NAME]`.
use super::calls::calls;
use super::machine::{architectures, current, purchases};
use super::preset::preset;
use crate::reader::Table;
use plimsoll::uncertain::Estimate;
use plimsoll::units::{Count, Data, Factor, Quantity, Share, Span};
use plimsoll::workload::{Autoscaling, Service};
use std::num::NonZeroU32;

pub(super) fn service(t: &mut Table<'_>) -> Service {
    preset(t, "service");
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
        autoscaling: autoscaling(t),
        calls: calls(t),
        current: current(t),
    }
}

/// Rules by which machines come and go.
fn autoscaling(t: &mut Table<'_>) -> Option<Autoscaling> {
    let usual = Autoscaling::USUAL;
    t.table("autoscaling", "rules by which machines come and go, to be tried on demand.hour_of_week", |t| {
        let target = t.or("target", usual.target, "the utilization aimed at");
        t.refuse_if(target <= Share::NONE, "target", "machines that do nothing carry nothing", "write \"60 %\"");
        let one = NonZeroU32::new(usual.min).expect("a service has a machine");
        let min = t.or("min", one, "the fewest machines").get();
        let doc = "the most machines; twice the static plan's if not stated";
        let max = t.optional::<NonZeroU32>("max", doc).map(NonZeroU32::get);
        let what = format!("at most {} machines, and at least {min}", max.unwrap_or(min));
        t.refuse_if(max.is_some_and(|max| max < min), "max", what, "max is at least min");
        let doc = "time over which utilization is measured before anything is done";
        let reaction: Span = t.or("reaction", usual.reaction, doc);
        t.refuse_if(reaction.is_zero(), "reaction", "nothing is measured in no time", "write a time span");
        Autoscaling {
            target,
            min,
            max,
            reaction,
            startup: t.or("startup", usual.startup, "time until a machine that was asked for takes requests"),
            calm: t.or("calm", usual.calm, "time for which fewer machines must do before any is taken away"),
        }
    })
}

//! `[assumptions]`.
use crate::reader::Table;
use plimsoll::units::{Factor, Share};
use plimsoll::workload::Assumptions;

pub(super) fn assumptions(t: &mut Table<'_>) -> Assumptions {
    let known = Assumptions::default();
    let imbalance = t.or("imbalance", known.imbalance, "the busiest machine's load over the mean of all");
    t.refuse_if(
        imbalance < Factor::ONE,
        "imbalance",
        "the busiest machine has at least the mean load",
        "write 1 or more",
    );
    let doc = "no processor, network or disk is planned beyond this";
    let max_utilization = t.or("max_utilization", known.max_utilization, doc);
    let is_none = max_utilization <= Share::NONE;
    t.refuse_if(is_none, "max_utilization", "machines that may not be used carry nothing", "write more than 0 %");
    let doc = "the chance that a single machine is up";
    let machine_availability = t.or("machine_availability", known.machine_availability, doc);
    let is_none = machine_availability <= Share::NONE;
    t.refuse_if(is_none, "machine_availability", "machines that are never up carry nothing", "write more than 0 %");
    let speed = t.map::<Factor>("speed", "the speed of one vCPU by machine family, instead of the table's");
    let stopped = speed.values().any(|f| *f <= Factor::ZERO);
    t.refuse_if(
        stopped,
        "speed",
        "a machine of speed 0 does nothing",
        "write how many times the reference core's speed it is",
    );
    Assumptions { speed, imbalance, max_utilization, machine_availability }
}

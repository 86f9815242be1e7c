//! `[stream.NAME]`.
use super::calls::calls_named;
use super::keep::refuse_no_compression;
use super::machine::{architectures, current_with_volume, purchases, someone_runs_it};
use super::preset::preset;
use crate::reader::Table;
use plimsoll::uncertain::Estimate;
use plimsoll::units::{Data, DataRate, Factor, Quantity, Rate, Share, Span};
use plimsoll::workload::{CatchUp, Stream};
use std::num::NonZeroU32;

/// What one partition takes in: "10s of MB/s" (J. Rao, "How to choose the number of topics/partitions in a Kafka
/// cluster?", 2015), the low end of it.
const PARTITION_IN: DataRate = DataRate::mb_per_second(10.0);
/// Readers are quicker than writers; half of this doubles the partitions of streams that catch up.
const PARTITION_OUT: DataRate = DataRate::mb_per_second(30.0);
/// Copies of partitions on one broker (J. Rao, "Apache Kafka supports 200K partitions per cluster", 2018).
const PARTITIONS_PER_NODE: NonZeroU32 = NonZeroU32::new(4000).expect("it is not zero");
/// The heap that Kafka's documentation runs a broker with.
const HEAP: Data = Data::gb(6.0);
/// Kafka's documentation, "Hardware and OS": memory to buffer 30 seconds of what is written.
const IN_MEMORY: Span = Span::seconds(30.0);
/// Kafka's default: `log.retention.hours=168`.
const RETENTION: Span = Span::days(7.0);

pub(super) fn stream(t: &mut Table<'_>) -> Stream {
    preset(t, "stream");
    let one = Estimate::exact(Factor::ONE);
    let consumers = calls_named(t, "consumers", "components of this workload that read every message");
    let groups = Factor::of((consumers.len().max(1)) as f64);
    let doc = "groups of readers, each of which reads everything; those in this workload included";
    let fan_out = t.or("fan_out", Estimate::exact(groups), doc);
    let what = format!("{} components of this workload read it", consumers.len());
    let help = "count every group of readers, these included";
    t.refuse_if(fan_out.low().get() < consumers.len() as f64, "fan_out", what, help);
    let compression = t.or("compression", one, "original size over the size sent and stored");
    refuse_no_compression(t, compression);
    let retention = t.or("retention", RETENTION, "how long messages are kept");
    t.refuse_if(
        retention.is_zero(),
        "retention",
        "messages that are kept for no time are never read",
        "write \"7 days\"",
    );
    let bytes_per_message: Estimate<Data> = t.required("bytes_per_message", "size of a message, before compression");
    let help = "write their mean size";
    t.refuse_if(bytes_per_message.low().is_zero(), "bytes_per_message", "messages without a size say nothing", help);
    let cpu_per_write =
        t.required("cpu_per_write", "processor time of one message written on the reference core, on each copy");
    let doc =
        "processor time of one message handed to one group of readers on the reference core; as a write if not stated";
    let cpu_per_read = t.optional("cpu_per_read", doc);
    let (managed, self_run) = someone_runs_it(t);
    Stream {
        writes: t.or("writes", Estimate::exact(Rate::ZERO), "messages that no call of this workload brings"),
        bytes_per_message,
        compression,
        fan_out,
        retention,
        replicas: t
            .optional::<NonZeroU32>(
                "replicas",
                "copies of each message; 3 if a loss is to be survived and none are stated",
            )
            .map(NonZeroU32::get),
        partitions: t
            .optional::<NonZeroU32>("partitions", "partitions that there are; as many as are needed if not stated")
            .map(NonZeroU32::get),
        partition_in: some(t, "partition_in", PARTITION_IN, "what one partition takes in"),
        partition_out: some(t, "partition_out", PARTITION_OUT, "what one reader of one partition takes out"),
        partitions_per_node: t
            .or("partitions_per_node", PARTITIONS_PER_NODE, "copies of partitions that one node manages")
            .get(),
        cpu_per_write,
        cpu_per_read: cpu_per_read.unwrap_or(cpu_per_write),
        variability: t.or("variability", one, "squared coefficient of variation of the processor times"),
        memory: t.or("memory", Estimate::exact(HEAP), "memory for the software itself, per node"),
        in_memory: t.or("in_memory", IN_MEMORY, "the latest messages that readers who keep up find in memory"),
        latency: t.or("latency", Estimate::exact(Span::millis(2.0)), "time until the copies have a message"),
        disk_fill: disk_fill(t),
        catch_up: catch_up(t),
        volumes: t
            .optional("volumes", "network disks that may be used; all solid-state ones if not stated")
            .unwrap_or_default(),
        local_disks: t.or("local_disks", false, "whether messages may live on disks that are lost with their machine"),
        managed,
        self_run,
        architectures: architectures(t),
        purchases: purchases(t),
        consumers,
        current: current_with_volume(t),
    }
}

fn some(t: &mut Table<'_>, name: &'static str, default: DataRate, doc: &'static str) -> DataRate {
    let rate = t.or(name, default, doc);
    t.refuse_if(rate.is_zero(), name, "a partition that carries nothing is none", "write a data rate");
    if rate.is_zero() { default } else { rate }
}

fn disk_fill(t: &mut Table<'_>) -> Share {
    let fill = t.or("disk_fill", Share::percent(80.0), "the part of a disk that may be filled");
    t.refuse_if(fill <= Share::NONE, "disk_fill", "a disk that may not be filled holds nothing", "write \"80 %\"");
    fill
}

/// An outage of readers that everything is sized for.
fn catch_up(t: &mut Table<'_>) -> Option<CatchUp> {
    t.table("catch_up", "an outage of readers, and how soon they are to have read everything again", |t| {
        let outage = t.required("outage", "how long the readers are away");
        let within: Span = t.required("within", "how soon after it they are to be up to date");
        t.refuse_if(within.is_zero(), "within", "nobody catches up in no time", "write a time span");
        CatchUp { outage, within: within.max(Span::millis(1.0)) }
    })
}

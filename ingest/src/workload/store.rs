//! `[store.NAME]`.
use super::keep::keep;
use super::machine::{architectures, current_with_volume, purchases, someone_runs_it};
use super::preset::preset;
use crate::reader::Table;
use plimsoll::uncertain::Estimate;
use plimsoll::units::{Data, Factor, Quantity, Rate, Share, Span};
use plimsoll::workload::{Store, StoreEngine};
use serde_json::json;
use std::num::NonZeroU32;

pub(super) fn store(t: &mut Table<'_>) -> Store {
    preset(t, "store");
    let (no_rate, no_data) = (Estimate::exact(Rate::ZERO), Estimate::exact(Data::ZERO));
    let one = Estimate::exact(Factor::ONE);
    let engine = t.or("engine", StoreEngine::Partitioned, "what software it is");
    let read_share = t.or("read_share", Share::ALL, "the part of calls that only read");
    let writes: Estimate<Rate> = t.or("writes", no_rate, "writes that no call of this workload makes");
    let cpu_per_read = t.required("cpu_per_read", "processor time of one read on the reference core");
    let (managed, self_run) = someone_runs_it(t);
    let store = Store {
        engine,
        keep: keep(t),
        replicas: t
            .optional::<NonZeroU32>("replicas", "copies of the data; one more than may be lost if not stated")
            .map(NonZeroU32::get),
        read_share,
        reads: t.or("reads", no_rate, "reads that no call of this workload makes"),
        writes,
        cpu_per_read,
        cpu_per_write: cpu_per_write(t, read_share, writes, cpu_per_read),
        variability: t.or("variability", one, "squared coefficient of variation of the processor times"),
        bytes_per_read: t.or("bytes_per_read", no_data, "size of what a read returns"),
        bytes_per_write: t.or("bytes_per_write", no_data, "size of what a write brings"),
        read_amplification: t.or("read_amplification", one, "disk operations of a read that memory does not answer"),
        write_amplification: t.or(
            "write_amplification",
            Estimate::exact(Factor::of(2.0)),
            "disk operations of a write, on each copy",
        ),
        working_set: t.optional("working_set", "the part of the data that reads find in memory"),
        memory: t.or("memory", Estimate::exact(Data::gb(1.0)), "memory for the software itself, per node"),
        disk_fill: t.or("disk_fill", Share::percent(80.0), "the part of a disk that may be filled"),
        backup: t.or("backup", one, "snapshots kept, as a multiple of the stored data; 0 for none"),
        volumes: t
            .optional("volumes", "network disks that may be used; all solid-state ones if not stated")
            .unwrap_or_default(),
        local_disks: local_disks(t, engine),
        managed,
        self_run,
        architectures: architectures(t),
        purchases: purchases(t),
        current: current_with_volume(t),
    };
    t.refuse_if(
        store.disk_fill <= Share::NONE,
        "disk_fill",
        "a disk that may not be filled holds nothing",
        "write \"80 %\"",
    );
    store
}

/// What a write costs must be said where there are writes.
fn cpu_per_write(
    t: &mut Table<'_>,
    read_share: Share,
    writes: Estimate<Rate>,
    cpu_per_read: Estimate<Span>,
) -> Estimate<Span> {
    let doc = "processor time of one write on the reference core, on each copy; must be stated where there are writes";
    let cpu_per_write = t.optional("cpu_per_write", doc);
    let has_writes = read_share < Share::ALL || !writes.high().is_zero();
    let is_unknown = !t.has("cpu_per_write") && has_writes && t.is_sound("read_share") && t.is_sound("writes");
    let what = "there are writes, but no `cpu_per_write`";
    t.refuse_if(is_unknown, "cpu_per_write", what, "add cpu_per_write = \"0.6 ms\", or set read_share to \"100 %\"");
    cpu_per_write.unwrap_or(cpu_per_read)
}

/// Data on disks that are lost with their machine: as a rule only where other machines have copies.
fn local_disks(t: &mut Table<'_>, engine: StoreEngine) -> bool {
    let doc =
        "whether data may live on disks that are lost with their machine; by default if the engine is partitioned";
    let stated = t.optional("local_disks", doc);
    t.set_default(json!(true));
    stated.unwrap_or(engine.is_partitioned())
}

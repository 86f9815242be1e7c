//! `[object.NAME]`.
use super::keep::keep;
use crate::reader::Table;
use plimsoll::uncertain::Estimate;
use plimsoll::units::{Data, Quantity, Rate, Share, Span};
use plimsoll::workload::Object;

pub(super) fn object(t: &mut Table<'_>) -> Object {
    let no_rate = Estimate::exact(Rate::ZERO);
    let object_size: Estimate<Data> = t.required("object_size", "mean size of an object");
    t.refuse_if(
        object_size.low().is_zero(),
        "object_size",
        "objects without a size hold nothing",
        "write their mean size",
    );
    let bytes_per_read = t.optional("bytes_per_read", "what a read returns of an object; all of it if not stated");
    Object {
        keep: keep(t),
        object_size,
        read_share: t.or("read_share", Share::ALL, "the part of calls that only read"),
        reads: t.or("reads", no_rate, "reads that no call of this workload makes"),
        writes: t.or("writes", no_rate, "writes that no call of this workload makes"),
        bytes_per_read: bytes_per_read.unwrap_or(object_size),
        lifetime: t.optional("lifetime", "how long an object lives"),
        class: t.optional("class", "the storage class; the cheapest that is fast enough if not stated"),
        latency: t.or("latency", Estimate::exact(Span::millis(30.0)), "median time of a read"),
    }
}

//! The table of levers. `docs/levers.md` shows it; a test compares them.
//!
//! Ranges are meant to hold nine truths of ten. Where nobody measured an effect in general, the range is wide and its
//! source says that it is assumed: measure it on your system and say so in a `[[lever]]`.
use super::lever::{Change, Lever, Of, On, Risk, Structural, Undo};
use super::{Dose, rules, table_data, table_place};

/// All levers: of code and traffic, of data, of machines and places.
pub fn levers() -> Vec<Lever> {
    code().into_iter().chain(table_data::levers()).chain(table_place::levers()).collect()
}

pub(super) const fn range(low: f64, mid: f64, high: f64) -> Dose {
    Dose::range(low, mid, high)
}
pub(super) fn scale(of: Of, field: &str, low: f64, mid: f64, high: f64) -> Change {
    Change::Scale(of, field.to_owned(), range(low, mid, high))
}
pub(super) fn own(field: &str, low: f64, mid: f64, high: f64) -> Change {
    scale(Of::Own, field, low, mid, high)
}
fn add(of: Of, field: &str, low: f64, mid: f64, high: f64) -> Change {
    Change::Add(of, field.to_owned(), range(low, mid, high))
}

/// Levers of code and of traffic.
fn code() -> Vec<Lever> {
    vec![
        Lever {
            name: "compress",
            title: "compress responses",
            on: On::Edge,
            rule: rules::sends_uncompressed,
            changes: vec![own("compression", 1.8, 2.7, 4.0), scale(Of::Called, "cpu_per_request", 1.005, 1.03, 1.12)],
            effort: range(1.0, 3.0, 8.0),
            risk: Risk::Low,
            undo: Undo::AtOnce,
            experience: "large responses arrive sooner on slow lines",
            source: "zlib -1 2.73 to 1 and zstd -1 2.88 to 1 on the Silesia corpus, 95 to 330 MB/s of one core: \
                     README of facebook/zstd",
        },
        Lever {
            name: "serialize",
            title: "cheaper serialization",
            on: On::Service,
            rule: rules::has_bytes,
            changes: vec![
                own("cpu_per_request", 0.9, 0.95, 0.99),
                own("bytes_in", 0.4, 0.65, 0.9),
                own("bytes_out", 0.4, 0.65, 0.9),
            ],
            effort: range(5.0, 15.0, 40.0),
            risk: Risk::Medium,
            undo: Undo::WithWork,
            experience: "none; callers must speak the new format",
            source: "protocol buffers take 9.6 % of the cycles of Google's fleet, so no format saves much more: S. \
                     Karandikar et al., \"A hardware accelerator for protocol buffers\", MICRO 2021; sizes assumed",
        },
        Lever {
            name: "trim",
            title: "send only what is shown",
            on: On::Service,
            rule: rules::has_bytes,
            changes: vec![own("bytes_out", 0.4, 0.7, 0.95), own("cpu_per_request", 0.9, 0.97, 1.0)],
            effort: range(2.0, 6.0, 20.0),
            risk: Risk::Low,
            undo: Undo::AtOnce,
            experience: "none where clients do not read the fields",
            source: "assumed",
        },
        Lever {
            name: "batch",
            title: "larger batches of calls",
            on: On::Service,
            rule: rules::calls_often,
            changes: vec![
                scale(Of::Calls, "ratio", 0.25, 0.4, 0.75),
                scale(Of::Called, "cpu_per_read", 1.1, 1.7, 2.2),
                scale(Of::Called, "cpu_per_write", 1.1, 1.7, 2.2),
                scale(Of::Called, "bytes_per_read", 1.3, 2.5, 4.0),
                scale(Of::Called, "bytes_per_write", 1.3, 2.5, 4.0),
                add(Of::Own, "off_cpu", 0.000_2, 0.001, 0.005),
            ],
            effort: range(3.0, 8.0, 20.0),
            risk: Risk::Medium,
            undo: Undo::WithWork,
            experience: "a single request waits a little for its batch",
            source: "assumed: several small calls become one that reads as much",
        },
        Lever {
            name: "wait-less",
            title: "shorten what is waited for outside the model",
            on: On::Service,
            rule: rules::waits_beside,
            changes: vec![own("off_cpu", 0.4, 0.7, 0.95)],
            effort: range(3.0, 10.0, 30.0),
            risk: Risk::Low,
            undo: Undo::WithWork,
            experience: "requests are answered sooner",
            source: "assumed",
        },
        Lever {
            name: "queue",
            title: "work off bursts from a queue",
            on: On::Whole,
            rule: rules::has_bursts,
            changes: vec![scale(Of::Demand, "burst", 0.75, 0.85, 0.95), add(Of::Entry, "latency", 0.02, 0.1, 0.5)],
            effort: range(10.0, 25.0, 60.0),
            risk: Risk::Medium,
            undo: Undo::WithWork,
            experience: "answers in the busiest minute come later, or only that the request was taken",
            source: "assumed: a queue that holds a minute's excess",
        },
        Lever {
            name: "shed",
            title: "refuse what is above the limit",
            on: On::Whole,
            rule: rules::has_bursts,
            changes: vec![scale(Of::Demand, "burst", 0.85, 0.92, 0.97)],
            effort: range(2.0, 5.0, 15.0),
            risk: Risk::Medium,
            undo: Undo::AtOnce,
            experience: "in the busiest minutes some requests are refused",
            source: "assumed: as much of the busiest minute as one is ready to refuse",
        },
        Lever {
            name: "shape",
            title: "spread clients' polls and retries over time",
            on: On::Whole,
            rule: rules::has_bursts,
            changes: vec![scale(Of::Demand, "burst", 0.88, 0.95, 1.0)],
            effort: range(1.0, 4.0, 10.0),
            risk: Risk::Low,
            undo: Undo::AtOnce,
            experience: "none",
            source: "assumed",
        },
        Lever {
            name: "cache",
            title: "the most read hundredth of the data in the service's memory",
            on: On::Service,
            rule: rules::reads_stores,
            changes: vec![Change::Allow(Structural::MemoryCache { part: 0.01, exponent: range(0.64, 0.75, 0.83) })],
            effort: range(5.0, 12.0, 30.0),
            risk: Risk::Medium,
            undo: Undo::AtOnce,
            experience: "reads are faster, and may be as old as the cache lets them be",
            source: "requests fall off as Zipf's law with an exponent of 0.64 to 0.83: L. Breslau et al., \"Web caching \
                     and Zipf-like distributions\", INFOCOM 1999",
        },
    ]
}

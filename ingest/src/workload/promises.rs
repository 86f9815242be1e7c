//! `[promises]`.
use crate::reader::Table;
use plimsoll::units::{Quantity, Share, Span};
use plimsoll::workload::{LatencyPromise, Promises, Survive};

const PERCENTILES: [(&str, f64, &str); 6] = [
    ("p50", 50.0, "half of the requests are answered within this, end to end"),
    ("p90", 90.0, "90 % of the requests are answered within this"),
    ("p95", 95.0, "95 % of the requests are answered within this"),
    ("p99", 99.0, "99 % of the requests are answered within this"),
    ("p99.9", 99.9, "99.9 % of the requests are answered within this"),
    ("p99_9", 99.9, "p99.9, for those who would rather not quote it"),
];

pub(super) fn promises(t: &mut Table<'_>) -> Promises {
    let mut latency = Vec::new();
    for (name, percent, doc) in PERCENTILES {
        let within = t.optional::<Span>(name, doc);
        t.refuse_if(
            within.is_some_and(Quantity::is_zero),
            name,
            "no request is answered in no time",
            "write a time span",
        );
        latency.extend(within.map(|within| LatencyPromise { share: Share::percent(percent), within }));
    }
    let is_twice = t.has("p99.9") && t.has("p99_9");
    t.refuse_if(is_twice, "p99_9", "`p99_9` is `p99.9`, which is written too", "keep one of them");
    Promises {
        latency,
        availability: t.optional("availability", "the share of time in which the other promises hold"),
        survive: t.or("survive", Survive::None, "what may be lost without a promise being broken"),
    }
}

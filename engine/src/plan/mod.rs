//! `plan`: what do I need to run this workload, and what will it cost?
//!
//! A `Moment` of the horizon gives every component its traffic; `options` sizes every candidate for it under a part of
//! the latency promise; `search` finds the parts that keep the whole promise for the least money; `growth` asks again for
//! every month; `alternatives` says what else would do; `divide` says what each hop may take of the latency promise and
//! what a millisecond is worth; `curve` goes along the load. Where estimates are ranges, `doubt` sizes the parts for enough
//! drawn worlds and judges every plan in all of them. `emitted` says what a month draws and emits. `costed` is the short of
//! it, for those who compare many workloads.
mod alternatives;
mod answer;
#[cfg(test)]
mod brute_force;
mod cached;
mod compose;
mod costed;
mod current;
mod curve;
mod divide;
mod division;
mod doubt;
mod emitted;
mod front;
mod frontier;
mod growth;
mod in_time;
mod kinds;
mod moment;
mod options;
mod part;
mod plan;
mod pricing;
mod replay;
mod search;

pub use cached::{CacheWorth, SizeTried};
pub use curve::{CurvePoint, LatencyCurve};
pub use division::{Hop, LatencyDivision, Moved};
pub use doubt::{Break, Doubt, Matter, PlanOptions, RuleOf, Sensitivity, Tail};
pub use part::{BatchFleet, CacheFleet, Part, RunByProvider, StoreFleet, StreamFleet};
pub use plan::{End, FrontierPoint, LatencyAt, Months, Percentiles, Plan, PlanAnswer, PlanRefusal, Step, Tie};
pub use replay::{Replay, SafeTarget};

pub(crate) use answer::{breaks_in, plan, plan_beside};
pub(crate) use costed::{Costed, costed};
pub(crate) use growth::{PRICED_IN, SIZED_IN};
pub(crate) use moment::copies;

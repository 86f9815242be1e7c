//! `plan`: what do I need to run this workload, and what will it cost?
//!
//! A `Moment` of the horizon gives every component its traffic; `options` sizes every candidate for it under a part of
//! the latency promise; `search` finds the parts that keep the whole promise for the least money; `growth` asks again for
//! every month; `alternatives` says what else would do. Where estimates are ranges, `doubt` sizes the parts for enough drawn
//! worlds and judges every plan in all of them.
mod alternatives;
mod answer;
#[cfg(test)]
mod brute_force;
mod compose;
mod current;
mod doubt;
mod growth;
mod moment;
mod options;
mod part;
mod plan;
mod pricing;
mod search;

pub use doubt::{Break, Doubt, Matter, PlanOptions, RuleOf, Sensitivity, Tail};
pub use part::{Part, StoreFleet};
pub use plan::{End, FrontierPoint, LatencyAt, Months, Percentiles, Plan, PlanAnswer, PlanRefusal, Step};

pub(crate) use answer::{breaks_in, plan, plan_beside};

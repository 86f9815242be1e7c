//! Waiting lines: one station, how it scales, and what a chain of them does to a response time.
//!
//! `erlang` is exact and classical, `general` lets arrivals and service vary as they do, `scalability` takes away the
//! servers that contention eats; `distribution` and `network` join stations into a call graph, and `simulate` is the
//! judge of all of them. The measured errors stand in `docs/accuracy/queueing.md`.
pub mod closed;
mod convolution;
mod distribution;
mod draws;
pub mod erlang;
mod general;
pub mod little;
mod lognormal_service;
mod network;
mod normal;
mod poisson_arrivals;
mod remembered;
mod renewal_arrivals;
mod response;
mod root;
mod scalability;
mod simulate;
mod wait;

pub use distribution::{Grid, ResponseTime};
pub use general::Station;
pub use network::{Call, CallMode, Node, comonotone_percentile, end_to_end};
pub(crate) use remembered::Remembered;
pub use scalability::Scalability;
pub use simulate::{Observed, Simulated, SimulatedNode, simulate, simulate_renewal};

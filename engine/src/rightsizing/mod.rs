//! Which of the things that run are the wrong size, what changing them saves, and what the risk is.
//!
//! Demand comes first. What is sized for is the work a resource did in its own unit (busy processors, bytes, operations),
//! never a percentage of what it happens to have; where throughput was measured the work of its processors is what the
//! requests ask for, so that an autoscaler, which keeps utilization level by its nature, cannot make the advice shrink
//! itself. Every measured dimension has to fit with its headroom; those that nobody measured are named, and memory that
//! nobody measured is kept. Of what fits, the cheapest that needs no other processor architecture is recommended; the
//! chance that demand passes it stands beside it.
mod answer;
mod careful;
mod case;
mod container;
mod demand;
mod dimension;
mod effort;
mod estate;
mod finding;
mod idle;
mod judge;
mod machine;
mod needs;
mod options;
mod refusal;
mod request;
mod rightsize;
mod savings;
mod scores;

pub use answer::{Advice, Resized, RightsizeAnswer, Sized, Spikes};
pub use dimension::{Dimension, Need};
pub use effort::Effort;
pub use estate::{Estate, Held, Requests, Runs};
pub use finding::Finding;
pub use idle::IdleRule;
pub use options::RightsizeOptions;
pub use refusal::RightsizeRefusal;
pub use request::PerRequest;
pub use rightsize::rightsize;
pub use savings::Saving;
pub use scores::PresetScore;

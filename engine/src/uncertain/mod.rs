//! Numbers that people are not sure of.
mod estimate;
pub use estimate::{Estimate, EstimateError};

//! Numbers that people are not sure of: what they say, the distribution that says the same, and draws from it.
//!
//! A statement ([`Estimate`]) becomes a [`Distribution`] that keeps the stated quantiles; [`Draws`] are seeded points of low
//! discrepancy, the same for everything that is compared; [`Dependence`] makes them rise and fall together where that is
//! stated. Models know nothing of it: they are run on worlds in which every number is exact.
mod dependence;
mod distribution;
mod draws;
mod estimate;
#[cfg(test)]
mod estimate_tests;
mod gamma;
mod knots;
mod lognormal;
mod normal;
mod pert;

pub use dependence::{Coefficient, Dependence, Inconsistent};
pub use distribution::Distribution;
pub use draws::Draws;
pub use estimate::{Estimate, EstimateError, Law};
pub use knots::Knots;
pub(crate) use normal::score;

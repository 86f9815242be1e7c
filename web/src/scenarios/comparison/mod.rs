//! Two scenarios side by side, from what is kept of them: what was asked differently, and the question `compare` of their
//! answers.
//!
//! Nothing is computed anew: prices may have moved since, and the answers that people saw are what is compared.
mod inputs;
mod report;

pub use report::{compare, kept};

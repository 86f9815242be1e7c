//! Two scenarios side by side, from what is kept of them: what was asked differently, what runs, what each line costs.
//!
//! Nothing is computed anew: prices may have moved since, and the answers that people saw are what is compared.
mod answer;
mod inputs;
mod report;

pub use report::{compare, kept};

//! Capacity and cost models for services. Pure: no files, no clock, no dice of its own.
//!
#![doc = include_str!("../../docs/architecture.md")]
pub mod ask;
pub mod bill;
pub mod carbon;
pub mod catalog;
pub mod choice;
pub mod compare;
pub mod condition;
pub mod cost;
pub mod estimator;
pub mod levers;
pub mod plan;
pub mod profile;
pub mod queueing;
pub mod reading;
pub mod report;
pub mod rightsizing;
pub mod scenario;
pub mod series;
pub mod signal;
pub mod sizing;
pub mod telemetry;
pub mod uncertain;
pub mod units;
pub mod workload;

pub use ask::{Answer, Question, Refusal, World, ask};

/// The README's code runs as it is written there.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

//! Capacity, cost and carbon models for services. Pure: no files, no clock, no dice of its own.
pub mod profile;
pub mod queueing;
pub mod series;
pub mod uncertain;
pub mod units;
pub mod catalog;
pub mod workload;
pub mod sizing;
pub mod cost;
pub mod plan;
pub mod ask;
pub mod report;

pub use ask::{Answer, Question, Refusal, World, ask};

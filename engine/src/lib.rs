//! Capacity, cost and carbon models for services. Pure: no files, no clock, no dice of its own.
pub mod uncertain;
pub mod units;

//! The browser front. Empty for now: the command line and the engine crate answer every question that exists.
pub mod scenarios;

//! `plimsoll bill`: where does the money go, and what drove the change?
mod args;
mod business;
mod run;

pub(crate) use args::cost;
pub use args::{BillArgs, Target};
pub(crate) use run::run;

/// What messages call this command.
const QUESTION: &str = "bill";

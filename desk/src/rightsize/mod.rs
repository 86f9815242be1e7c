//! `plimsoll rightsize`: which of the things I run are the wrong size, and what is the risk of changing them?
mod args;
mod billed;
mod fleet;
mod run;

pub(crate) use args::RightsizeArgs;
pub(crate) use run::run;

/// What messages call this command.
const QUESTION: &str = "rightsize";

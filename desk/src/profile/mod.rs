//! `plimsoll profile`: what workload do these exports show?
mod args;
mod run;
mod sizes;

pub(crate) use args::ProfileArgs;
pub(crate) use run::run;

/// What messages call this command.
const QUESTION: &str = "profile";

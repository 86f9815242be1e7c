//! `plimsoll prices`: what the tables say, without a workload. List and filter, show one machine, compare several, how
//! old it all is, and what newer official lists say.
mod args;
mod as_of;
mod column;
mod compare;
mod filter;
mod import;
mod list;
mod offering;
mod paid;
mod parse;
mod scan;
mod scope;
mod show;
mod sorting;
mod tables;

pub(crate) use args::PricesArgs;
pub use column::names;

use crate::failure::Failure;
use crate::{Answered, Desk};
use args::PricesCommand;

/// What messages call this command.
const QUESTION: &str = "prices";

/// `plimsoll prices ...`.
pub(crate) fn run(args: &PricesArgs, desk: &Desk<'_>) -> Result<Answered, Failure> {
    match &args.command {
        None => list::run(&args.list, desk),
        Some(PricesCommand::List(args)) => list::run(args, desk),
        Some(PricesCommand::Show(args)) => show::run(args, desk),
        Some(PricesCommand::Compare(args)) => compare::run(args, desk),
        Some(PricesCommand::AsOf(args)) => as_of::run(args),
        Some(PricesCommand::Import(args)) => import::run(args, desk),
    }
}

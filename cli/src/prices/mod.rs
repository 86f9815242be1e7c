//! `plimsoll prices`: what the tables say, without a workload. List and filter, show one machine, compare several, and
//! how old it all is.
mod args;
mod as_of;
mod column;
mod compare;
mod filter;
mod list;
mod offering;
mod parse;
mod scan;
mod scope;
mod show;
mod sorting;
mod tables;

pub(crate) use args::PricesArgs;

use crate::failure::Failure;
use crate::output::Output;
use args::PricesCommand;

/// What messages call this command.
const QUESTION: &str = "prices";

/// `plimsoll prices ...`.
pub(crate) fn run(args: &PricesArgs) -> Result<Output, Failure> {
    match &args.command {
        None => list::run(&args.list),
        Some(PricesCommand::List(args)) => list::run(args),
        Some(PricesCommand::Show(args)) => show::run(args),
        Some(PricesCommand::Compare(args)) => compare::run(args),
        Some(PricesCommand::AsOf(args)) => as_of::run(args),
    }
}

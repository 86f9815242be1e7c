//! The command line: reads files, asks the engine, prints the report. It decides nothing about the domain.
mod args;
mod failure;
mod files;
mod output;
mod prices;
mod questions;
mod world;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    let format = args.format();
    let outcome = match args.command {
        Command::Plan(ask) => questions::plan(&ask),
        Command::Profile(ask) => questions::profile(&ask),
        Command::Explain(ask) => questions::explain(&ask),
        Command::Prices(ask) => prices::run(&ask),
        Command::Completions { shell } => Ok(args::completions(shell)),
    };
    output::deliver(outcome, format)
}

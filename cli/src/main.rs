//! The command line: reads files, asks the engine, prints the report. It decides nothing about the domain.
mod args;
mod bill;
mod compare;
mod digests;
mod exports;
mod failure;
mod files;
mod gate;
mod output;
mod prices;
mod profile;
mod progress;
mod questions;
mod rightsize;
mod world;

use args::{Args, Command};
use clap::Parser;
use failure::Failure;
use output::Output;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = output::possible(&args).and_then(|()| answered(&args.command));
    output::deliver(outcome, args.format())
}

fn answered(command: &Command) -> Result<Output, Failure> {
    match command {
        Command::Plan(ask) => questions::plan(ask),
        Command::Profile(ask) => profile::run(ask),
        Command::Bill(ask) => bill::run(ask),
        Command::Rightsize(ask) => rightsize::run(ask),
        Command::Compare(ask) => compare::run(ask),
        Command::Explain(ask) => questions::explain(ask),
        Command::Prices(ask) => prices::run(ask),
        Command::Completions { shell } => Ok(args::completions(*shell)),
    }
}

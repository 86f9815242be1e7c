//! The command line: passes on what is asked, prints what is answered. It decides nothing about the domain.
mod args;
#[cfg(feature = "web")]
mod backup;
mod output;
mod progress;
mod rewrite;
#[cfg(feature = "web")]
mod serve;

use args::{Args, Command};
use clap::Parser;
use plimsoll_desk::{Answered, Asked, Catalogs, Desk, Failure, Format, Shelf};
use std::process::ExitCode;

fn main() -> ExitCode {
    match Args::parse().command {
        Command::Ask(asked) => {
            let outcome = output::possible(&asked).and_then(|()| answered(&asked));
            output::deliver(outcome, asked.format(), asked.output().and_then(|output| output.out.clone()))
        }
        #[cfg(feature = "web")]
        Command::Serve(args) => serve::run(args),
        #[cfg(feature = "web")]
        Command::Backup(args) => backup::run(&args),
        Command::Completions { shell } => output::deliver(Ok(args::completions(shell)), Format::Text, None),
    }
}

fn answered(asked: &Asked) -> Result<Answered, Failure> {
    match asked {
        Asked::Bill(bill) if bill.to.is_some() => rewrite::rewrite(bill),
        asked => {
            let (watcher, catalogs) = (progress::Shown::default(), Catalogs::default());
            plimsoll_desk::answer(asked, &Desk { shelf: &Shelf::Machine, watcher: &watcher, catalogs: &catalogs })
        }
    }
}

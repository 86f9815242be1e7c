//! Questions as people write them: flags and files in, the engine's outcome out.
//!
//! The command line and the pages of the browser ask through this crate and know nothing of each other. What may be
//! asked, and with which flags, is said once, in [`Asked`]; a front differs only in how the words reach it and in where
//! the files lie ([`Shelf`]). So both give the same bytes for the same question.
mod answered;
mod args;
mod bill;
mod catalogs;
mod compare;
mod desk;
mod digests;
mod exports;
mod failure;
mod files;
mod flags;
mod gate;
mod levers;
mod prices;
mod profile;
mod questions;
mod rightsize;
mod shelf;
mod watcher;
mod world;

pub use answered::Answered;
pub use args::{Asked, Format, OutputArgs};
pub use bill::{BillArgs, Target};
pub use catalogs::Catalogs;
pub use desk::Desk;
pub use failure::Failure;
pub use files::sha256;
pub use flags::{Flag, Kind, about, flags};
pub use prices::names as price_columns;
pub use shelf::{Content, Shelf, Upload};
pub use watcher::Watcher;

/// Answers what was asked: reads the files, builds the world, asks the engine.
///
/// # Errors
/// Every mistake in what was written, in flags or in files.
pub fn answer(asked: &Asked, desk: &Desk<'_>) -> Result<Answered, Failure> {
    match asked {
        Asked::Plan(args) => questions::plan(args, desk),
        Asked::Profile(args) => profile::run(args, desk),
        Asked::Bill(args) => bill::run(args, desk),
        Asked::Rightsize(args) => rightsize::run(args, desk),
        Asked::Compare(args) => compare::run(args, desk),
        Asked::Explain(args) => questions::explain(args, desk),
        Asked::Prices(args) => prices::run(args, desk),
    }
}

/// Whether a workload that is asked about is understood, which takes no time beside the answer. Other questions read their
/// files as they answer, and are not looked at.
///
/// # Errors
/// Every mistake in the workload and in the flags that change it.
pub fn understood(asked: &Asked, desk: &Desk<'_>) -> Result<(), Failure> {
    match asked {
        Asked::Plan(args) => questions::understood(args, desk),
        _ => Ok(()),
    }
}

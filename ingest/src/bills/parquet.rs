//! Parquet: the same exports, with typed cells packed column by column.
//!
//! A file's schema is its header (`table`), so formats are detected as in CSV. Each cell becomes the text that a CSV of the
//! same export has (`values`, `number`, `time`, `nested`), and from there on a row is read like any other (`reader`). Where
//! only sums of a file in FOCUS are asked, its columns are added up without being written as text (`sums`).
#[cfg(feature = "parquet")]
mod bounds;
#[cfg(feature = "parquet")]
mod codes;
#[cfg(feature = "parquet")]
mod costs;
#[cfg(all(test, feature = "parquet"))]
mod damaged_tests;
#[cfg(feature = "parquet")]
mod guarded;
#[cfg(feature = "parquet")]
mod hours;
#[cfg(feature = "parquet")]
mod nested;
#[cfg(feature = "parquet")]
mod number;
#[cfg(feature = "parquet")]
mod pages;
#[cfg(feature = "parquet")]
mod reader;
#[cfg(feature = "parquet")]
mod record;
#[cfg(feature = "parquet")]
mod source;
#[cfg(feature = "parquet")]
mod sums;
#[cfg(feature = "parquet")]
mod table;
#[cfg(all(test, feature = "parquet"))]
mod testing;
#[cfg(feature = "parquet")]
mod time;
#[cfg(all(test, feature = "parquet"))]
mod twins_tests;
#[cfg(feature = "parquet")]
mod values;

#[cfg(feature = "parquet")]
pub(crate) use reader::file;

#[cfg(not(feature = "parquet"))]
use {
    super::{asked::Asked, pipeline::Out, plan::Plan, tally::Tally, worker::Worker},
    crate::inputs::{Found, Opened},
    crate::problem::Problem,
};

/// Says that this build reads none.
#[cfg(not(feature = "parquet"))]
pub(crate) fn file(
    input: &Found,
    _opened: Opened,
    _asked: &Asked,
    _workers: &mut [Worker],
    _out: Option<&Out<'_>>,
    _progress: &(dyn Fn() + Sync),
) -> Result<(Plan, Tally), Vec<Problem>> {
    let help = "build with `--features parquet`, or export CSV";
    Err(vec![Problem::in_whole(&input.name, "this is a Parquet file, and this build reads none", help)])
}

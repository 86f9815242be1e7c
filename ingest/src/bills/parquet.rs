//! Parquet, through polars where it is built in.
use super::asked::Asked;
use super::plan::Plan;
use super::tally::Tally;
use super::worker::Worker;
use crate::inputs::{Found, Opened};
use crate::problem::Problem;

/// Reads one file.
pub(crate) fn file(
    input: &Found,
    _opened: Opened,
    _asked: &Asked,
    _workers: &mut [Worker],
    _progress: &(dyn Fn() + Sync),
) -> Result<(Plan, Tally), Vec<Problem>> {
    let help = "build with `--features parquet`, or export CSV";
    Err(vec![Problem::in_whole(&input.name, "this is a Parquet file, and this build reads none", help)])
}

//! Parquet in a build without it: refused in a sentence.
use super::asked::Asked;
use super::pipeline::Out;
use super::plan::Plan;
use super::tally::Tally;
use super::worker::Worker;
use crate::inputs::{Found, Opened};
use crate::problem::Problem;

/// Says that this build reads none.
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

//! Bills: the exports of providers as charges in the terms of FOCUS, added up while they stream by.
//!
//! A file's header tells its format (`format`); a translator writes the rows of other formats as rows of FOCUS
//! (`translate`); every row is understood the same way (`understand`) and added to the engine's sums. Several readers
//! take blocks of whole records of one file (`blocks`, `split`); whoever reads which block does not show in the sums.
mod asked;
mod aws_cur;
mod aws_cur2;
mod azure;
mod blocks;
mod checked;
mod cost_explorer;
mod dialect;
mod direct;
mod focus_csv;
mod format;
mod gcp;
mod header;
mod iso;
mod moment;
mod pacific;
mod pairs;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(not(feature = "parquet"))]
#[path = "no_parquet.rs"]
mod parquet;
mod pipeline;
mod plan;
mod quality;
mod repeats;
mod row;
mod rule;
mod rules;
mod split;
mod tally;
#[cfg(test)]
mod testing;
mod translate;
mod understand;
mod worker;

pub use asked::Asked;
pub use pipeline::{NoBill, read, write_focus};

//! Any table of times and numbers, with any names: the last of the formats, taken where no other knows the file.
//!
//! A table is long (a row has a time, a resource, the name of a metric and its value) or wide (a row has a time and several
//! numbers, each a metric by the name of its column). Which it is, and what the names mean, is guessed from the header and
//! the first rows; a layout file says it instead, and [`guess_layout`] writes the guess as one.
//!
//! Reads as a stream: only the samples are kept.
mod cells;
mod guess;
mod guessed;
mod meaning;
mod plan;
mod reader;
mod words;

pub use guessed::guess_layout;
pub(super) use meaning::{Meaning, quantile};
pub(super) use plan::{Column, Plan, TimeFormat, Times, ZoneOffset};
pub(super) use reader::Csv;

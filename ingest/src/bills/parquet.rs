//! Parquet: the same exports, with typed cells packed column by column.
//!
//! A file's schema is its header (`table`), so formats are detected as in CSV. Each cell becomes the text that a CSV of the
//! same export has (`values`, `number`, `time`, `nested`), and from there on a row is read like any other (`record`,
//! `reader`). Where only sums of a file in FOCUS are asked, its columns are added up without being written as text (`sums`).
mod bounds;
mod codes;
mod costs;
#[cfg(test)]
mod damaged_tests;
mod guarded;
mod hours;
mod nested;
mod number;
mod pages;
mod reader;
mod record;
mod source;
mod sums;
mod table;
#[cfg(test)]
mod testing;
mod time;
#[cfg(test)]
mod twins_tests;
mod values;
mod wanted;

pub(crate) use reader::file;

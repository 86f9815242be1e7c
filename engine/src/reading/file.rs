//! One file, and the rows of it that are not used.
use crate::units::Share;

/// One file of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct FileRead {
    /// Its name, without folders.
    pub name: String,
    /// The format that it shows, as `FOCUS 1.0` or `sadf -d`.
    pub format: String,
    /// How sure: the part of the format's own marks that the file has.
    pub confidence: Share,
    /// Rows below the header.
    pub rows: u64,
}

/// Rows that are not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Why, as `totals row`.
    pub reason: String,
    /// How many.
    pub rows: u64,
}

//! The account of what was read: which files, which rows of them are used, which are set aside and why, what is doubtful.
//!
//! Every reader of exports keeps it, whatever the rows are of: rows read = rows used + rows set aside.
mod file;
mod finding;

pub use file::{Aside, FileRead};
pub use finding::Finding;

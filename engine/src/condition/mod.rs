//! Conditions over the fields of an answer, for those who let a pipeline stop at one: `chosen.coverage_share < 0.95`.
//!
//! The field names are those of the JSON answer, so whatever scripts can read, a condition can ask about. A list is asked
//! about element by element, and a condition over it holds if it holds for one of them. What is not known decides nothing
//! by itself: a condition that hangs on it cannot be told, and a gate that cannot be told is not passed.
mod checked;
mod field;
mod judge;
mod term;

pub use checked::{Checked, Outcome, Seen};
pub use judge::{Condition, Fault};
pub use term::{Arithmetic, Comparison, Field, Step, Summary, Term, Which};

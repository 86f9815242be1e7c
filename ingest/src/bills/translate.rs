//! From the columns of a provider to the columns of FOCUS: one file a provider, one value a file.
use super::row::{Cells, FocusRow};
use plimsoll::bill::Calendar;

/// Knows where the columns of one file stand, and writes its rows as rows of FOCUS.
///
/// Times are written as `2026-03-01T00:00:00Z`, numbers as plain decimals, tags as a JSON object of texts. A cost that
/// the format does not carry stays null: it is never filled with another.
pub(crate) trait Translate: Send + Sync {
    /// Gives each charge of the row to `emit`: one for most formats, several where a row holds a table of its own.
    /// `row` is cleared by the caller before the call, and by the translator between charges.
    fn translate(&self, cells: &Cells<'_>, row: &mut FocusRow, emit: &mut dyn FnMut(&FocusRow)) -> Outcome;

    /// By whose clock this provider's days and months begin.
    fn calendar(&self) -> Calendar {
        Calendar::Utc
    }
    /// Whether rows have an identity.
    fn has_identity(&self) -> bool {
        false
    }
    /// A text that is the same in two rows only if one is the other told again, as after an export was written anew:
    /// the second is set aside. Empty where the format has none.
    fn identity(&self, _cells: &Cells<'_>, _identity: &mut Vec<u8>) {}
    /// What the format leaves open and was assumed, a sentence each.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Its charges were given.
    Used,
    /// It holds no charge of its own, for this reason: `totals row`.
    Aside(&'static str),
    /// A cell cannot be understood.
    Unreadable {
        /// Its place in the header.
        place: usize,
        /// What is wrong.
        what: String,
        /// What to do.
        help: String,
    },
}

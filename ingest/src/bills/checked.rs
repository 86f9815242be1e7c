//! Cells of a row as what they have to be, or why they are not.
//!
//! A separator too few in a header or a row shifts every cell behind it, and the sum of the wrong column looks like any
//! other sum. So the cells that a sum rests on are checked in every row: costs are numbers, currencies three letters, kinds
//! of charges known words.
use super::row::Cells;
use super::translate::Outcome;
use crate::reader::nearest;
use plimsoll::units::FineMoney;
use plimsoll::units::decimal::{self, DecimalError};
use std::borrow::Cow;

/// What most often is the matter with a cell of the wrong kind.
const SHIFTED: &str = "is a separator missing in this row or in the header?";

/// That a cell cannot be understood.
pub(crate) fn unreadable(place: usize, what: impl Into<String>, help: impl Into<String>) -> Outcome {
    Outcome::Unreadable { place, what: what.into(), help: help.into() }
}

/// Whether a cell holds nothing, in quotes or without.
pub(crate) fn is_empty(cells: &Cells<'_>, place: usize) -> bool {
    matches!(cells.raw(place), [] | b"\"\"")
}

/// The cost of a row that says it is a charge.
pub(crate) fn cost(cells: &Cells<'_>, place: usize) -> Result<FineMoney, Outcome> {
    let cell = cells.get(place);
    if cell.is_empty() {
        return Err(unreadable(place, "the row has no cost", "a charge without a cost would make every sum too small"));
    }
    FineMoney::read(&cell).map(|(amount, _)| amount).map_err(|error| no_number(place, &cell, "a cost", error))
}

/// A number with 24 decimals kept; none where there is none. Of one that is too large only that is known.
pub(crate) fn number(cells: &Cells<'_>, place: Option<usize>) -> Result<Number, Outcome> {
    let Some(place) = place else { return Ok(Number::None) };
    let cell = cells.get(place);
    if cell.is_empty() {
        return Ok(Number::None);
    }
    match decimal::read(&cell, FineMoney::PLACES) {
        Ok(scaled) => Ok(Number::Exact(scaled.value)),
        Err(DecimalError::TooLarge) => Ok(Number::TooLarge),
        Err(error) => Err(no_number(place, &cell, "a number", error)),
    }
}

/// A number of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// The cell is empty.
    None,
    /// In units of 10^-24.
    Exact(i128),
    /// It is a number beyond 10^14.
    TooLarge,
}

impl Number {
    /// In units of 10^-24, where that is known.
    pub(crate) const fn exact(self) -> Option<i128> {
        match self {
            Self::Exact(value) => Some(value),
            Self::None | Self::TooLarge => None,
        }
    }
}

fn no_number(place: usize, cell: &[u8], kind: &str, error: DecimalError) -> Outcome {
    let text = String::from_utf8_lossy(cell);
    match error {
        DecimalError::TooLarge => unreadable(
            place,
            format!("`{text}` is too large to be kept exactly"),
            "is the cell of another column, or an exponent too many?",
        ),
        DecimalError::NotANumber if text.contains(',') => unreadable(
            place,
            format!("cannot read `{text}` as {kind}"),
            "numbers are written 1204.7, with a point and without separators",
        ),
        DecimalError::NotANumber => unreadable(
            place,
            format!("cannot read `{text}` as {kind}"),
            format!("numbers are written 1204.7; {SHIFTED}"),
        ),
    }
}

/// A number without exponent: `5e-06` as `0.000005`. What is no number stays as it is.
pub(crate) fn plain(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.iter().any(|b| matches!(b, b'e' | b'E' | b'+')) {
        return Cow::Borrowed(text);
    }
    // Large numbers have few decimals.
    let places = [FineMoney::PLACES, 12];
    let written = places.iter().find_map(|n| decimal::read(text, *n).ok().map(|s| decimal::written(s.value, *n)));
    written.map_or(Cow::Borrowed(text), |text| Cow::Owned(text.into_bytes()))
}

/// A currency: three letters, as in ISO 4217.
pub(crate) fn currency<'a>(cells: &Cells<'a>, place: usize) -> Result<Cow<'a, [u8]>, Outcome> {
    let cell = cells.get(place);
    if cell.len() == 3 && cell.iter().all(u8::is_ascii_alphabetic) {
        return Ok(cell);
    }
    let what = match &*cell {
        [] => "the row has no currency".to_owned(),
        text => format!("`{}` is no currency", String::from_utf8_lossy(text)),
    };
    Err(unreadable(place, what, format!("currencies are written as in USD; {SHIFTED}")))
}

/// One of some known words, in any case of letters and with or without blanks between: `Unused Reservation`.
pub(crate) fn word<T: Copy>(
    cells: &Cells<'_>,
    place: usize,
    kind: &str,
    known: &[(&'static str, T)],
) -> Result<T, Outcome> {
    let cell = cells.get(place);
    if let Some((_, meaning)) = known.iter().find(|(word, _)| is_word(&cell, word)) {
        return Ok(*meaning);
    }
    let names: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
    let text = String::from_utf8_lossy(&cell);
    let help = nearest::help(&text, &names, &format!("known {kind}s"));
    Err(unreadable(place, format!("`{text}` is no known {kind}"), format!("{help}; {SHIFTED}")))
}

/// Whether a cell is this word, but for case, blanks, `-` and `_`.
pub(crate) fn is_word(cell: &[u8], word: &str) -> bool {
    let letters =
        |text: &[u8]| -> Vec<u8> { text.iter().filter(|b| !is_gap(**b)).map(u8::to_ascii_lowercase).collect() };
    cell.eq_ignore_ascii_case(word.as_bytes())
        || (cell.iter().any(|b| is_gap(*b)) && letters(cell) == letters(word.as_bytes()))
}

const fn is_gap(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bills::testing::rows;

    fn help(outcome: Outcome) -> String {
        match outcome {
            Outcome::Unreadable { place, what, help } => format!("{place}: {what}; {help}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn cells_of_the_wrong_kind_are_told_with_their_place() {
        rows("\"1,5\",USD,Unused Reservation,,1e400", |cells| {
            let known = [("Usage", 1), ("UnusedReservation", 2)];
            assert_eq!(word(cells, 2, "charge type", &known), Ok(2));
            assert_eq!(currency(cells, 1).as_deref(), Ok(&b"USD"[..]));
            assert_eq!(number(cells, Some(3)), Ok(Number::None));
            assert_eq!(number(cells, Some(4)), Ok(Number::TooLarge));
            assert!(
                help(cost(cells, 0).unwrap_err())
                    .starts_with("0: cannot read `1,5` as a cost; numbers are written 1204.7, with")
            );
            assert!(help(cost(cells, 3).unwrap_err()).starts_with("3: the row has no cost"));
            assert!(help(cost(cells, 4).unwrap_err()).contains("too large"));
            assert!(help(currency(cells, 2).unwrap_err()).starts_with("2: `Unused Reservation` is no currency"));
        });
        rows("Usge", |cells| {
            let wrong = word(cells, 0, "charge type", &[("Usage", 1), ("Tax", 2)]).unwrap_err();
            assert_eq!(help(wrong), format!("0: `Usge` is no known charge type; did you mean `Usage`?; {SHIFTED}"));
        });
    }

    #[test]
    fn numbers_are_written_without_exponents() {
        for (text, written) in [
            ("5e-06", "0.000005"),
            ("12.5", "12.5"),
            ("3.8E+20", "380000000000000000000"),
            ("red", "red"),
            ("1e-99", "0"),
        ] {
            assert_eq!(&*plain(text.as_bytes()), written.as_bytes());
        }
    }
}

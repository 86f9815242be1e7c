//! A row of a file that is in FOCUS already.
use super::header::Header;
use super::row::{Cells, Row};
use plimsoll::bill::Column;
use std::borrow::Cow;

/// Where the columns of FOCUS stand in a file.
#[derive(Clone, Debug)]
pub(crate) struct Places([u16; Column::COUNT]);

const NOWHERE: u16 = u16::MAX;

impl Places {
    pub(crate) fn find(header: &Header) -> Self {
        let place = |column: &Column| header.place(column.name()).and_then(|at| u16::try_from(at).ok());
        let mut places = [NOWHERE; Column::COUNT];
        for column in Column::ALL {
            places[column.index()] = place(column).unwrap_or(NOWHERE);
        }
        Self(places)
    }
    /// Where a column stands, if it does.
    #[inline]
    pub(crate) fn of(&self, column: Column) -> Option<usize> {
        let place = self.0[column.index()];
        (place != NOWHERE).then_some(usize::from(place))
    }
}

/// A row's cells, found by column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Direct<'a> {
    pub(crate) cells: Cells<'a>,
    pub(crate) places: &'a Places,
}

impl Row for Direct<'_> {
    #[inline]
    fn cell(&self, column: Column) -> Cow<'_, [u8]> {
        self.places.of(column).map_or(Cow::Borrowed(&[]), |place| self.source(place))
    }
    #[inline]
    fn word(&self, column: Column) -> &[u8] {
        let Some(place) = self.places.of(column) else { return &[] };
        let cell = match self.cells.raw(place) {
            [b'"', inner @ .., b'"'] => inner,
            raw => raw,
        };
        if is_null(cell) { &[] } else { cell }
    }
    #[inline]
    fn source(&self, place: usize) -> Cow<'_, [u8]> {
        let cell = self.cells.get(place);
        // The specification wants empty cells; the exports of 2024 wrote the word.
        if is_null(&cell) { Cow::Borrowed(&[]) } else { cell }
    }
}

/// Whether a cell stands for nothing in FOCUS files as they are found.
#[inline]
pub(crate) fn is_null(cell: &[u8]) -> bool {
    cell.len() == 4 && matches!(cell, b"NULL" | b"null")
}

//! A row in the columns of FOCUS, whatever the format it came in.
use plimsoll::bill::Column;
use plimsoll::units::FineMoney;
use std::borrow::Cow;

/// What every reader offers of a row: the cells of the FOCUS columns, unquoted. An empty cell is null.
pub(crate) trait Row {
    /// The cell of a FOCUS column; empty where the input has no such column.
    fn cell(&self, column: Column) -> Cow<'_, [u8]>;
    /// The same of a column that holds numbers, times or words of the specification: nothing with a quote in it.
    fn word(&self, column: Column) -> &[u8];
    /// The cell of a column of the input itself, by its place in the header.
    fn source(&self, place: usize) -> Cow<'_, [u8]>;
}

/// The cells of a row as they stand in a text file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cells<'a> {
    /// The bytes that the ends count in.
    pub(crate) text: &'a [u8],
    /// Where the first cell starts.
    pub(crate) start: u32,
    /// Where each cell ends: at its delimiter, or at the end of the row.
    pub(crate) ends: &'a [u32],
}

impl<'a> Cells<'a> {
    /// How many cells there are.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }
    /// A cell with its quotes; empty beyond the last.
    #[inline]
    pub(crate) fn raw(&self, place: usize) -> &'a [u8] {
        let Some(end) = self.ends.get(place) else { return &[] };
        let start = if place == 0 { self.start } else { self.ends[place - 1] + 1 };
        &self.text[start as usize..*end as usize]
    }
    /// A cell without its quotes.
    #[inline]
    pub(crate) fn get(&self, place: usize) -> Cow<'a, [u8]> {
        unquoted(self.raw(place))
    }
    /// A cell as text; what is not UTF-8 is shown as such.
    pub(crate) fn text(&self, place: usize) -> Cow<'a, str> {
        match self.get(place) {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
        }
    }
}

/// A cell without its quotes, and with doubled quotes made single.
#[inline]
pub(crate) fn unquoted(raw: &[u8]) -> Cow<'_, [u8]> {
    let [b'"', inner @ ..] = raw else { return Cow::Borrowed(raw) };
    match inner.iter().position(|b| *b == b'"') {
        None => Cow::Borrowed(inner),
        Some(end) if end + 1 == inner.len() => Cow::Borrowed(&inner[..end]),
        Some(end) => Cow::Owned(unescaped(inner, end)),
    }
}

/// Quotes doubled within a cell are single ones; after the closing quote, bytes stand for themselves.
fn unescaped(inner: &[u8], first: usize) -> Vec<u8> {
    let mut plain = inner[..first].to_vec();
    let mut rest = &inner[first..];
    while let [byte, after @ ..] = rest {
        rest = after;
        match (byte, after) {
            (b'"', [b'"', beyond @ ..]) => {
                plain.push(b'"');
                rest = beyond;
            }
            (b'"', closed) => {
                plain.extend_from_slice(closed);
                return plain;
            }
            _ => plain.push(*byte),
        }
    }
    plain
}

/// A row that a translator wrote, to be read like one that came in FOCUS. Used again for each row.
#[derive(Clone, Debug)]
pub(crate) struct FocusRow {
    text: Vec<u8>,
    places: [(u32, u32); Column::COUNT],
}

impl Default for FocusRow {
    fn default() -> Self {
        Self { text: Vec::new(), places: [(0, 0); Column::COUNT] }
    }
}

impl FocusRow {
    /// Forgets the last row.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.places.fill((0, 0));
    }
    /// Writes a cell; empty for null.
    pub(crate) fn set(&mut self, column: Column, value: &[u8]) {
        let start = self.text.len() as u32;
        self.text.extend_from_slice(value);
        self.places[column.index()] = (start, self.text.len() as u32);
    }
    /// Writes a cost.
    pub(crate) fn set_money(&mut self, column: Column, value: FineMoney) {
        self.set(column, value.exact().as_bytes());
    }
    /// What was written.
    pub(crate) fn get(&self, column: Column) -> &[u8] {
        let (start, end) = self.places[column.index()];
        &self.text[start as usize..end as usize]
    }
}

/// A translated row beside the row it came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Translated<'a> {
    pub(crate) focus: &'a FocusRow,
    pub(crate) cells: Cells<'a>,
}

impl Row for Translated<'_> {
    fn cell(&self, column: Column) -> Cow<'_, [u8]> {
        Cow::Borrowed(self.focus.get(column))
    }
    fn word(&self, column: Column) -> &[u8] {
        self.focus.get(column)
    }
    fn source(&self, place: usize) -> Cow<'_, [u8]> {
        self.cells.get(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_taken_off() {
        for (raw, plain) in [
            ("a", "a"),
            ("\"a\"", "a"),
            (r#""{""k"":""v""}""#, r#"{"k":"v"}"#),
            ("\"\"", ""),
            ("\"", ""),
            ("\"a\"b", "ab"),
        ] {
            assert_eq!(&*unquoted(raw.as_bytes()), plain.as_bytes(), "{raw}");
        }
    }

    #[test]
    fn cells_are_between_delimiters() {
        let cells = Cells { text: b"a,\"b,c\",", start: 0, ends: &[1, 7, 8] };
        assert_eq!(
            (&*cells.get(0), &*cells.get(1), &*cells.get(2), &*cells.get(3)),
            (&b"a"[..], &b"b,c"[..], &b""[..], &b""[..])
        );
    }
}

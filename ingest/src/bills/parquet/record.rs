//! A row of a batch as the cells of a text, so that translators and rules read it as they read CSV.
use super::table::Table;
use super::values::Values;
use crate::bills::row::Cells;
use arrow_array::{ArrayRef, RecordBatch};

/// The text of one row, used again for the next.
#[derive(Debug, Default)]
pub(super) struct Record {
    text: Vec<u8>,
    ends: Vec<u32>,
}

impl Record {
    /// Writes a row, every column of it.
    pub(super) fn write(&mut self, columns: &[Values<'_>], row: usize) {
        self.text.clear();
        self.ends.clear();
        for values in columns {
            let start = self.text.len();
            values.write(row, &mut self.text);
            // What begins with a quote is taken for a quoted cell, so it becomes one. Nothing else needs quotes: cells end
            // where it is said, whatever stands in them.
            if self.text.get(start) == Some(&b'"') {
                quote(&mut self.text, start);
            }
            self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
            self.text.push(b',');
        }
    }
    /// The row as cells; none if it has more bytes than places in it can be told.
    pub(super) fn cells(&self) -> Option<Cells<'_>> {
        let fits = u32::try_from(self.text.len()).is_ok();
        fits.then_some(Cells { text: &self.text, start: 0, ends: &self.ends })
    }
}

fn quote(text: &mut Vec<u8>, start: usize) {
    let plain = text.split_off(start);
    text.push(b'"');
    for byte in plain {
        if byte == b'"' {
            text.push(b'"');
        }
        text.push(byte);
    }
    text.push(b'"');
}

/// The columns of a batch that has all columns of the file; an error names one whose type has no text.
pub(super) fn columns(table: &Table, batch: &RecordBatch, roots: &[usize]) -> Vec<ArrayRef> {
    (0..table.len()).map(|place| table.column(place, batch, roots)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{Array, Int64Array, StringArray};

    #[test]
    fn any_text_is_a_cell_and_comes_back() {
        let texts = ["a,b", "\"a\"", "\"", "", "line\nend", "say \"x\"", r#"{"k":"v,\"w\""}"#];
        let (strings, numbers) = (StringArray::from(texts.to_vec()), Int64Array::from(vec![7; texts.len()]));
        let columns = [&strings as &dyn Array, &numbers].map(|array| Values::of(array).unwrap());
        let mut record = Record::default();
        for (row, text) in texts.iter().enumerate() {
            record.write(&columns, row);
            let cells = record.cells().unwrap();
            assert_eq!((&*cells.get(0), &*cells.get(1), cells.len()), (text.as_bytes(), &b"7"[..], 2));
        }
    }
}

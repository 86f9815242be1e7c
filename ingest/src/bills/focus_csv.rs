//! Bills of any format written as FOCUS 1.2.
use super::row::Row;
use plimsoll::bill::{Column, Version};

/// The columns that are written: all of FOCUS 1.2, in the order of the engine's list.
pub(crate) fn columns() -> impl Iterator<Item = Column> {
    Column::ALL.iter().copied().filter(|column| column.since() <= Version::V1_2)
}

/// The header line.
pub(crate) fn header() -> Vec<u8> {
    let names: Vec<&str> = columns().map(Column::name).collect();
    (names.join(",") + "\n").into_bytes()
}

/// Appends a row: null is an empty cell, times are universal and written with `T` and `Z`.
pub(crate) fn write(row: &impl Row, out: &mut Vec<u8>) {
    for (at, column) in columns().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        let cell = row.cell(column);
        match column.holds() {
            plimsoll::bill::Holds::Time if !cell.is_empty() => time(&cell, out),
            _ => quoted(&cell, out),
        }
    }
    out.push(b'\n');
}

fn time(cell: &[u8], out: &mut Vec<u8>) {
    let Some((seconds, _)) = super::moment::read(cell) else { return quoted(cell, out) };
    out.extend_from_slice(plimsoll::series::Time::unix_seconds(seconds).to_string().as_bytes());
}

fn quoted(cell: &[u8], out: &mut Vec<u8>) {
    if !cell.iter().any(|byte| matches!(byte, b'"' | b',' | b'\n' | b'\r')) {
        return out.extend_from_slice(cell);
    }
    out.push(b'"');
    for byte in cell {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::super::row::{Cells, FocusRow, Translated};
    use super::*;

    #[test]
    fn rows_are_written_as_the_specification_wants_them() {
        let mut focus = FocusRow::default();
        focus.set(Column::BilledCost, b"1.5");
        focus.set(Column::ChargePeriodStart, b"2024-09-18 23:00:00");
        focus.set(Column::Tags, br#"{"team":"a, b"}"#);
        let mut out = Vec::new();
        write(&Translated { focus: &focus, cells: Cells { text: b"", start: 0, ends: &[] } }, &mut out);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&out[..]);
        let record = reader.records().next().unwrap().unwrap();
        let cell = |column: Column| record.get(columns().position(|c| c == column).unwrap()).unwrap().to_owned();
        assert_eq!(record.len(), 57);
        assert_eq!(cell(Column::BilledCost), "1.5");
        assert_eq!(cell(Column::ChargePeriodStart), "2024-09-18T23:00:00Z");
        assert_eq!(cell(Column::Tags), r#"{"team":"a, b"}"#);
        assert_eq!(cell(Column::SkuId), "");
    }
}

//! The main table of a report as CSV: exact numbers, a header, quotes where needed (RFC 4180). Totals are left out: whoever
//! adds a column up would count them twice.
use super::{Meta, Pieces, Report, Table, bill_rows};
use crate::ask::{Answer, Refusal};

/// The main table of an outcome's report in pieces: of a large bill it has more rows than the report shows.
pub fn pieces<'a>(outcome: &'a Result<Answer, Refusal>, meta: &Meta) -> Pieces<'a> {
    let mut pieces = Pieces::default();
    match outcome {
        Ok(Answer::Bill(answer)) => {
            pieces.text(bill_rows::csv_head(answer));
            pieces.items(answer.groups.len(), |groups| bill_rows::csv(answer, groups));
        }
        _ => pieces.text(render(&super::report(outcome, meta))),
    }
    pieces
}

/// Renders a report's main table.
pub fn render(report: &Report) -> String {
    render_table(&report.main)
}

/// Renders one table.
pub fn render_table(table: &Table) -> String {
    let mut text = String::new();
    push_line(&mut text, table.columns.iter().map(|column| column.name.to_string()));
    for row in &table.rows {
        push_line(&mut text, row.iter().map(super::Cell::exact));
    }
    text
}

fn push_line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        text.push_str(if at > 0 { "," } else { "" });
        push_cell(text, &cell);
    }
    text.push('\n');
}

/// A spreadsheet takes a cell that begins with one of these for a formula.
const FORMULA: [char; 4] = ['=', '+', '@', '\t'];

/// Writes a cell, in quotes where it needs them.
pub(super) fn push_cell(text: &mut String, cell: &str) {
    let guard = if cell.starts_with(FORMULA) { "'" } else { "" };
    if cell.bytes().any(|byte| matches!(byte, b'"' | b',' | b'\n' | b'\r')) {
        text.push_str(&format!("\"{guard}{}\"", cell.replace('"', "\"\"")));
    } else {
        text.push_str(guard);
        text.push_str(cell);
    }
}

//! The main table of a report as CSV: exact numbers, a header, quotes where needed (RFC 4180). Totals are left out: whoever
//! adds a column up would count them twice.
use super::{Report, Table};

/// Renders a report's main table.
pub fn render(report: &Report) -> String {
    render_table(&report.main)
}

/// Renders one table.
pub fn render_table(table: &Table) -> String {
    let line = |cells: Vec<String>| cells.iter().map(|c| quoted(c)).collect::<Vec<_>>().join(",") + "\n";
    let head = line(table.columns.iter().map(|c| c.name.to_string()).collect());
    let rows = table.rows.iter().map(|row| line(row.iter().map(super::Cell::exact).collect()));
    head + &rows.collect::<String>()
}

/// A spreadsheet takes a cell that begins with one of these for a formula.
const FORMULA: [char; 4] = ['=', '+', '@', '\t'];

fn quoted(cell: &str) -> String {
    let text = if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

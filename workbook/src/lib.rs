//! Reports as workbooks: numbers as numbers, totals as formulas, every table on a sheet of its own.
//!
//! ECMA-376, "Office Open XML File Formats", part 1, SpreadsheetML; written by the library `rust_xlsxwriter`. A crate of its
//! own, so that whoever embeds the engine does not build a writer of spreadsheets. Why: `docs/decisions/0017`.
mod drawing;
mod grid;
mod names;
mod number;
mod sheet;
mod sum;
mod summary;

use names::Names;
use plimsoll::report::Report;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use sheet::Styles;

/// Renders a report as the bytes of an `.xlsx` file. The same report gives the same bytes.
///
/// The first sheet has all words; each table, tree and chart has one of its own, named after where it stands; `Data` is the
/// table that CSV has. Spreadsheets keep 15 digits, and the first sheet says where that rounds.
///
/// ```
/// use plimsoll::report::{Report, Table};
/// let report = Report { verdict: "Run nothing.".into(), sections: vec![], main: Table::default() };
/// assert!(plimsoll_workbook::render(&report).starts_with(b"PK"));
/// ```
pub fn render(report: &Report) -> Vec<u8> {
    let mut names = Names::beside("Summary");
    let grids = grid::of(report, &mut names);
    let styles = Styles::new();
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&no_moment()));
    summary::write(book.add_worksheet(), report, &grids, &styles);
    for grid in &grids {
        sheet::write(book.add_worksheet(), grid, &styles);
    }
    book.save_to_buffer().expect("names, sizes and texts are kept within the format's limits")
}

/// The moment of creation that the format asks for. A real one would make every file another.
fn no_moment() -> ExcelDateTime {
    ExcelDateTime::from_ymd(2000, 1, 1).expect("that was a day")
}

/// The rows of a sheet below its heads and above its totals.
const MOST_ROWS: usize = 1_000_000;

#[cfg(test)]
mod tests;

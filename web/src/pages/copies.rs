//! An answer in another format, to take along: `as=csv`.
use super::address::Address;
use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::Response;
use plimsoll::report::{Cell, Table};
use plimsoll_desk::{Answered, Format};

/// What may be taken along: what it is called, its word, its type and its ending.
const COPIES: [(&str, &str, &str); 7] = [
    ("json", "JSON", "application/json"),
    ("csv", "CSV", "text/csv; charset=utf-8"),
    ("tsv", "TSV", "text/tab-separated-values; charset=utf-8"),
    ("md", "Markdown", "text/markdown; charset=utf-8"),
    ("txt", "Text", "text/plain; charset=utf-8"),
    ("html", "One page", "text/html; charset=utf-8"),
    ("xlsx", "Workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

/// The links to all copies of a page: name, word and address.
pub(super) fn links(address: &Address, path: &str) -> Vec<(&'static str, &'static str, String)> {
    COPIES.iter().map(|(word, name, _)| (*name, *word, address.with("as", word).at(path))).collect()
}

/// The copy that an address asks for; none if it asks for the page.
pub(super) fn copy(address: &Address, name: &str, answered: &Answered) -> Option<Response> {
    let asked = address.get("as")?;
    let (word, _, kind) = COPIES.iter().find(|(word, ..)| *word == asked)?;
    let format = match *word {
        "json" => Format::Json,
        "csv" => Format::Csv,
        "md" => Format::Md,
        "html" => Format::Html,
        "xlsx" => Format::Xlsx,
        _ => Format::Text,
    };
    let mut bytes = Vec::new();
    match answered.report().filter(|_| *word == "tsv") {
        Some(report) => bytes = tabbed(&report.main).into_bytes(),
        None => answered.write(format, &mut bytes).expect("memory can be written"),
    }
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    let place = format!("attachment; filename=\"{name}.{word}\"");
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&place).expect("words of questions are plain"));
    Some(response)
}

/// A table with tabs, as spreadsheets take it from the clipboard. A tab within a cell becomes a space.
fn tabbed(table: &Table) -> String {
    let plain = |text: &str| text.replace(['\t', '\n', '\r'], " ");
    let head: Vec<String> = table.columns.iter().map(|column| plain(&column.name)).collect();
    let row = |row: &Vec<Cell>| row.iter().map(|cell| plain(&cell.exact())).collect::<Vec<_>>().join("\t") + "\n";
    head.join("\t") + "\n" + &table.rows.iter().map(row).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::report::Column;

    #[test]
    fn tabs_stand_between_cells_alone() {
        let table = Table::of(
            vec![Column::words("a"), Column::numbers("b")],
            [vec![Cell::from("x\ty\nz"), Cell::Count(1)], vec![Cell::Nothing, Cell::Unknown]],
        );
        assert_eq!(tabbed(&table), "a\tb\nx y z\t1\n\tunknown\n");
    }
}

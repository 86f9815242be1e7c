//! Rows of tables by the names of their columns.
use plimsoll_prices::{Table, tables};
use std::collections::HashMap;

/// A row, by column name.
pub(crate) struct Row {
    /// By column.
    pub(crate) cells: HashMap<String, String>,
    /// The whole of it, for messages.
    pub(crate) line: String,
}

impl Row {
    /// A cell as text.
    pub(crate) fn text(&self, column: &str) -> &str {
        self.cells.get(column).unwrap_or_else(|| panic!("no column {column} beside {}", self.line))
    }

    /// A cell as a number; none where it is empty.
    pub(crate) fn number(&self, column: &str) -> Option<f64> {
        let text = self.text(column);
        let number = || text.parse().unwrap_or_else(|_| panic!("{column} is {text} in {}", self.line));
        (!text.is_empty()).then(number)
    }

    /// Whether there is such a column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.cells.contains_key(column)
    }
}

/// The rows of a table.
pub(crate) fn rows(table: &Table) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(table.text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let rows = reader.records().map(|record| {
        let record = record.unwrap_or_else(|error| panic!("{}: {error}", table.path()));
        let line = record.iter().collect::<Vec<_>>().join(",");
        let cells = header.iter().zip(record.iter()).map(|(column, cell)| (column.into(), cell.into())).collect();
        Row { cells, line }
    });
    rows.collect()
}

/// The tables of this name, each with its rows.
pub(crate) fn named(name: &str) -> impl Iterator<Item = (&'static Table, Vec<Row>)> {
    tables().iter().filter(move |table| table.name == name).map(|table| (table, rows(table)))
}

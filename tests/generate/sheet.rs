//! A table with named columns, written as CSV.
use std::fmt::Display;

/// The table. A cell that nobody set is empty.
pub(crate) struct Sheet {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A row that is being written.
pub(crate) struct Line<'a> {
    columns: &'a [String],
    cells: &'a mut [String],
}

impl Sheet {
    /// An empty table with these columns, one in each line.
    pub(crate) fn new(columns: &str) -> Self {
        Self { columns: columns.lines().map(str::to_owned).collect(), rows: Vec::new() }
    }
    /// Without the columns whose names begin so.
    pub(crate) fn without(mut self, beginnings: &[&str]) -> Self {
        self.columns.retain(|name| !beginnings.iter().any(|beginning| name.starts_with(beginning)));
        self
    }
    /// A further row.
    pub(crate) fn row(&mut self) -> Line<'_> {
        self.rows.push(vec![String::new(); self.columns.len()]);
        Line { columns: &self.columns, cells: self.rows.last_mut().expect("just pushed") }
    }
    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
    /// As CSV: commas, lines that end in `\n`, quotes where they are needed.
    pub(crate) fn text(&self) -> String {
        self.written(|cell| cell.contains([',', '"', '\n', '\r']))
    }
    /// As CSV with quotes around every cell.
    pub(crate) fn quoted(&self) -> String {
        self.written(|_| true)
    }
    fn written(&self, needs_quotes: impl Fn(&str) -> bool) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.columns).chain(&self.rows) {
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                if needs_quotes(cell) {
                    text += &format!("\"{}\"", cell.replace('"', "\"\""));
                } else {
                    text += cell;
                }
            }
            text.push('\n');
        }
        text
    }
}

impl Line<'_> {
    /// Fills a cell.
    pub(crate) fn set(&mut self, column: &str, value: impl Display) -> &mut Self {
        let at = self.columns.iter().position(|name| name == column);
        self.cells[at.unwrap_or_else(|| panic!("no column {column}"))] = value.to_string();
        self
    }
    /// Fills several cells with one value.
    pub(crate) fn all(&mut self, columns: &[&str], value: impl Display) -> &mut Self {
        for column in columns {
            self.set(column, &value);
        }
        self
    }
    /// Fills a cell, if there is something to fill it with.
    pub(crate) fn maybe(&mut self, column: &str, value: Option<impl Display>) -> &mut Self {
        if let Some(value) = value {
            self.set(column, value);
        }
        self
    }
}

/// A line of CSV text as a file of Windows has it: a byte order mark, and lines that end in `\r\n`.
pub(crate) fn for_windows(text: &str) -> String {
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}

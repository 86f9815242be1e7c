//! Rows of a CSV file of any size, with their places.
use super::input::Input;
use crate::problem::Problem;
use std::ops::Range;

/// No row is longer: beyond it a quote was left open.
const LONGEST: usize = 1 << 20;

/// One row; its memory is used again for the next.
#[derive(Default)]
pub(super) struct Row {
    line: usize,
    text: Vec<u8>,
    cells: Vec<String>,
    places: Vec<Range<usize>>,
}

impl Row {
    /// What stands in a cell; empty beyond the last.
    pub(super) fn cell(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }
    /// All cells.
    pub(super) fn cells(&self) -> &[String] {
        &self.cells
    }
    /// A mistake in a cell, or in the row.
    pub(super) fn problem(&self, file: &str, cell: Option<usize>, what: impl Into<String>, help: &str) -> Problem {
        let place = cell.and_then(|at| self.places.get(at)).cloned().unwrap_or(0..0);
        let length = |to: usize| String::from_utf8_lossy(&self.text[..to]).len();
        let text = String::from_utf8_lossy(&self.text);
        let mut problem = Problem::in_text(file, &text, length(place.start)..length(place.end), what, help);
        problem.line += self.line - 1;
        problem
    }
    fn split(&mut self) {
        self.places.clear();
        let (mut start, mut quoted) = (0, false);
        for (at, byte) in self.text.iter().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b',' if !quoted => {
                    self.places.push(start..at);
                    start = at + 1;
                }
                _ => {}
            }
        }
        self.places.push(start..self.text.len());
        self.cells.resize(self.places.len(), String::new());
        for (cell, place) in self.cells.iter_mut().zip(&self.places) {
            cell.clear();
            let raw = String::from_utf8_lossy(&self.text[place.clone()]);
            let raw = raw.trim();
            match raw.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
                Some(inner) if inner.contains("\"\"") => cell.push_str(&inner.replace("\"\"", "\"")),
                Some(inner) => cell.push_str(inner),
                None => cell.push_str(raw),
            }
        }
    }
}

impl Input<'_> {
    /// The next row that is not blank, in place of the last one; false at the end.
    pub(super) fn row(&mut self, row: &mut Row) -> Result<bool, Problem> {
        loop {
            row.line = self.line;
            row.text.clear();
            let mut quoted = false;
            loop {
                let ready = self.ready()?;
                if ready.is_empty() {
                    if quoted {
                        return Err(row.problem(&self.name, None, "a quote is opened here and never closed", ""));
                    }
                    break;
                }
                let end = ready.iter().position(|byte| *byte == b'\n');
                let piece = &ready[..end.map_or(ready.len(), |at| at + 1)];
                quoted = piece.iter().fold(quoted, |quoted, byte| quoted ^ (*byte == b'"'));
                row.text.extend_from_slice(piece);
                let taken = piece.len();
                self.bump_line(taken);
                if row.text.len() > LONGEST {
                    row.text.truncate(200);
                    let help = "is a quote left open?";
                    return Err(row.problem(&self.name, None, "the row does not end within 1 MiB", help));
                }
                if end.is_some() && !quoted {
                    break;
                }
            }
            if row.text.is_empty() {
                return Ok(false);
            }
            while row.text.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
                row.text.pop();
            }
            if !row.text.iter().all(u8::is_ascii_whitespace) {
                row.split();
                return Ok(true);
            }
        }
    }
}

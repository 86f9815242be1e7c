//! Rows of cells, as CSV and tab-separated exports have them. A quoted cell may hold line ends.
use super::text::{Lines, Text};
use crate::problem::Problem;
use std::io::BufRead;
use std::ops::Range;

/// No row is longer, quoted line ends included.
const LONGEST: usize = 4 << 20;

/// The rows of a text, one after another.
pub(crate) struct Records<R> {
    name: String,
    lines: Lines<R>,
    separator: u8,
    row: Record,
}

/// One row.
#[derive(Default)]
pub(crate) struct Record {
    /// The line it begins in, from 1.
    pub(crate) line: usize,
    text: String,
    values: String,
    cells: Vec<Cell>,
}

struct Cell {
    /// Where it stands in the text, quotes included.
    place: Range<usize>,
    /// Where its value stands among the values.
    value: Range<usize>,
}

impl Record {
    /// How many cells.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }
    /// A cell without quotes and blanks around it; nothing where the row is shorter.
    pub(crate) fn get(&self, cell: usize) -> &str {
        self.cells.get(cell).map_or("", |cell| self.values[cell.value.clone()].trim())
    }
    /// All cells.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|cell| self.get(cell))
    }
    /// A mistake in a cell; of the whole row where there is no such cell.
    pub(crate) fn problem(&self, file: &str, cell: usize, what: impl Into<String>, help: &str) -> Problem {
        let first = self.text.lines().next().unwrap_or_default();
        let place = self.cells.get(cell).map_or(0..first.len(), |cell| cell.place.clone());
        if place.start > first.len() {
            // The cell stands in a later line of the row.
            let skipped = self.text[..place.start].matches('\n').count();
            let problem = Problem::in_text(file, &self.text, place, what, help);
            return Problem { line: self.line + skipped, ..problem };
        }
        Problem::in_line(file, self.line, first, place, what, help)
    }
    fn clear(&mut self, line: usize) {
        self.line = line;
        self.text.clear();
        self.values.clear();
        self.cells.clear();
    }
    fn end_cell(&mut self, from: &mut (usize, usize), at: usize) {
        self.cells.push(Cell { place: from.0..at, value: from.1..self.values.len() });
        *from = (at + 1, self.values.len());
    }
}

/// The rows of a text whose cells are parted by this sign.
pub(crate) fn records(text: Text, separator: u8) -> Records<impl BufRead> {
    let name = text.name().to_owned();
    Records { name, lines: text.lines(), separator, row: Record::default() }
}

impl<R: BufRead> Records<R> {
    /// What problems call the file.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
    /// The next row that is not blank; none at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<&Record>, Problem> {
        loop {
            let Some((number, line)) = self.lines.next()? else { return Ok(None) };
            if line.trim().is_empty() {
                continue;
            }
            self.row.clear(number);
            self.row.text.push_str(line);
            self.split()?;
            return Ok(Some(&self.row));
        }
    }
    /// Cuts the row into cells, and takes more lines while a quote is open.
    fn split(&mut self) -> Result<(), Problem> {
        let (mut at, mut from, mut is_quoted) = (0, (0, 0), false);
        let mut copied = 0; // what stands before is in the values, or is a quote
        loop {
            let bytes = self.row.text.as_bytes();
            let Some(&byte) = bytes.get(at) else {
                if is_quoted && self.more()? {
                    continue;
                }
                self.row.values.push_str(&self.row.text[copied..at]);
                self.row.end_cell(&mut from, at);
                return Ok(());
            };
            if is_quoted {
                if byte == b'"' {
                    let is_escaped = bytes.get(at + 1) == Some(&b'"');
                    let end = at + usize::from(is_escaped);
                    self.row.values.push_str(&self.row.text[copied..end]);
                    at = end;
                    copied = at + 1;
                    is_quoted = is_escaped;
                }
            } else if byte == self.separator {
                self.row.values.push_str(&self.row.text[copied..at]);
                self.row.end_cell(&mut from, at);
                copied = at + 1;
            } else if byte == b'"' && at == from.0 {
                is_quoted = true;
                copied = at + 1;
            }
            at += 1;
        }
    }
    /// Adds the next line to a row whose quote is open.
    fn more(&mut self) -> Result<bool, Problem> {
        let open = |row: &Record| {
            let first = row.text.lines().next().unwrap_or_default();
            let at = first.rfind('"').unwrap_or(0);
            let what = "a quote is opened in this row and never closed";
            Problem::in_line(&self.name, row.line, first, at..at + 1, what, "close it, or take the row out")
        };
        if self.row.text.len() > LONGEST {
            return Err(open(&self.row));
        }
        match self.lines.next()? {
            Some((_, line)) => {
                self.row.text.push('\n');
                self.row.text.push_str(line);
                Ok(true)
            }
            None => Err(open(&self.row)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(usize, Vec<String>)> {
        let mut records = records(Text::of("x", text), b',');
        let mut rows = Vec::new();
        while let Some(row) = records.next().unwrap() {
            rows.push((row.line, row.iter().map(str::to_owned).collect()));
        }
        rows
    }

    #[test]
    fn quotes_hold_separators_line_ends_and_quotes() {
        let rows = cells("a, b ,\n\n\"1,\"\"2\"\"\",\"x\ny\",z\"w\n\"\",é");
        let texts = |row: &[&str]| row.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        assert_eq!(rows[0], (1, texts(&["a", "b", ""])));
        assert_eq!(rows[1], (3, texts(&["1,\"2\"", "x\ny", "z\"w"])));
        assert_eq!(rows[2], (5, texts(&["", "é"])));
    }

    #[test]
    fn a_mistake_has_the_place_of_its_cell() {
        let mut rows = records(Text::of("x.csv", "a,bcd\n\"1\n2\",77\n"), b',');
        let problem = rows.next().unwrap().unwrap().problem("x.csv", 1, "bad", "");
        assert_eq!((problem.line, problem.column, problem.width), (1, 3, 3));
        let row = rows.next().unwrap().unwrap();
        let problem = row.problem("x.csv", 1, "bad", "");
        assert_eq!((problem.line, problem.column, problem.text.as_str()), (3, 4, "2\",77"));
        assert_eq!(row.problem("x.csv", 9, "missing", "").line, 2);
    }

    #[test]
    fn a_quote_that_stays_open_is_told_where_it_opens() {
        let mut rows = records(Text::of("x.csv", "a\nb,\"c\nd\n"), b',');
        rows.next().unwrap();
        let problem = rows.next().err().unwrap();
        assert_eq!((problem.line, problem.column), (2, 3));
    }
}

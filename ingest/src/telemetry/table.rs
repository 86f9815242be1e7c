//! A table as text: cells by column, rows that know their line.
use super::head::Head;
use super::text::Text;
use crate::problem::Problem;
use csv::{Reader, ReaderBuilder, StringRecord, Terminator, Trim};
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// No row is longer.
const LONGEST: usize = 4 << 20;
/// The dialect is told from so many bytes.
const START: usize = 64 << 10;

/// A table that is read row by row.
pub(crate) struct Table {
    name: String,
    rows: Reader<Box<dyn Read>>,
    left: Rc<Cell<usize>>,
    record: StringRecord,
    shift: usize,
}

/// One row.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    name: &'a str,
    /// The line it begins on.
    pub(crate) line: usize,
    cells: &'a StringRecord,
    width: usize,
}

/// What separates cells in a line: what stands there most, outside quotes.
pub(crate) fn separator(line: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut in_quotes = false;
    for byte in line.bytes() {
        in_quotes ^= byte == b'"';
        if let Some((_, n)) = counts.iter_mut().find(|(mark, _)| *mark == byte && !in_quotes) {
            *n += 1;
        }
    }
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(mark, _)| *mark)
}

/// The line that spreadsheets begin a table with, as `sep=;`.
fn told_separator(line: &str) -> Option<u8> {
    match line.trim_end().as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', mark] => Some(*mark),
        _ => None,
    }
}

/// The cells of the first line of a file that is a table, without `sep=`.
pub(crate) fn header(head: &Head<'_>) -> Vec<String> {
    let mut lines = head.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let (line, mark) = match told_separator(first) {
        Some(mark) => (lines.next().unwrap_or_default(), mark),
        None => (first, separator(first)),
    };
    let mut reader =
        ReaderBuilder::new().has_headers(false).delimiter(mark).trim(Trim::All).from_reader(line.as_bytes());
    let mut record = StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(true) => record.iter().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

impl Table {
    /// The table that a text is; its header is the first row.
    pub(crate) fn open(text: Text) -> Result<Self, Problem> {
        let name = text.name().to_owned();
        let mut bytes = text.into_bytes();
        let mut start = Vec::new();
        bytes.by_ref().take(START as u64).read_to_end(&mut start).map_err(|e| crate::inputs::problem(&name, &e))?;
        let mut shift = 0;
        let line_end = |bytes: &[u8]| bytes.iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| at + 1);
        let end = line_end(&start);
        let told = told_separator(&String::from_utf8_lossy(&start[..end]));
        if told.is_some() {
            start.drain(..end);
            shift = 1;
        }
        let mark = told.unwrap_or_else(|| {
            let at = start.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
            separator(&String::from_utf8_lossy(&start[at..at + line_end(&start[at..])]))
        });
        let left = Rc::new(Cell::new(LONGEST));
        // With a line end at the very end every row has one, and the line it began on can be counted from there.
        let bytes = io::Cursor::new(start).chain(bytes).chain(io::Cursor::new(b"\n"));
        let bounded = Bounded { bytes, left: Rc::clone(&left) };
        let rows = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(mark)
            .trim(Trim::All)
            .terminator(Terminator::Any(b'\n'))
            .from_reader(Box::new(bounded) as Box<dyn Read>);
        Ok(Self { name, rows, left, record: StringRecord::new(), shift })
    }
    /// The next row; blank lines are none. The error is of the file: nothing below it can be read.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>, Problem> {
        loop {
            self.left.set(LONGEST);
            let read = self.rows.read_record(&mut self.record).map_err(|error| self.problem(&error))?;
            if !read {
                return Ok(None);
            }
            // A blank line that ends with CR LF is a row of one empty cell here.
            if self.record.len() > 1 || !self.record[0].is_empty() {
                break;
            }
        }
        let within: usize = self.record.iter().map(|cell| cell.matches('\n').count()).sum();
        let line = (self.rows.position().line() as usize + self.shift).saturating_sub(within + 1);
        let width = self.record.len();
        Ok(Some(Row { name: &self.name, line, cells: &self.record, width }))
    }
    fn problem(&self, error: &csv::Error) -> Problem {
        let line = error.position().map_or(0, |at| at.line() as usize) + self.shift;
        match error.kind() {
            csv::ErrorKind::Utf8 { .. } => {
                Problem::in_whole(&self.name, format!("line {line} is not text in UTF-8"), "export it as UTF-8")
            }
            csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                let line = self.rows.position().line() as usize + self.shift;
                let help = "is a quote left open?";
                Problem::in_whole(&self.name, format!("the row at line {line} does not end within 4 MiB"), help)
            }
            csv::ErrorKind::Io(error) => crate::inputs::problem(&self.name, error),
            _ => Problem::in_whole(&self.name, error.to_string(), ""),
        }
    }
}

impl<'a> Row<'a> {
    /// A cell without blanks around it; empty beyond the end of the row.
    pub(crate) fn cell(&self, at: usize) -> &'a str {
        self.cells.get(at).unwrap_or_default()
    }
    /// All cells.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &'a str> {
        self.cells.iter()
    }
    /// How many cells it has.
    pub(crate) const fn len(&self) -> usize {
        self.width
    }
    /// A row that has not as many cells as its header was cut, or has a separator too many: no cell of it is sure.
    pub(crate) fn as_wide_as(&self, header: usize) -> Result<(), Problem> {
        if self.width == header {
            return Ok(());
        }
        let what = format!("the row has {} cells, the header {header}", self.width);
        let at = self.width.min(header).saturating_sub(1);
        Err(self.problem(at, what, "is a separator or a quote missing?"))
    }
    /// What is wrong with a cell.
    pub(crate) fn problem(&self, at: usize, what: impl Into<String>, help: impl Into<String>) -> Problem {
        let mut text = String::new();
        let mut place = 0..0;
        for (i, cell) in self.cells.iter().enumerate() {
            if i > 0 {
                text.push(',');
            }
            let start = text.len();
            if cell.contains([',', '"', '\n']) {
                text.push_str(&format!("\"{}\"", cell.replace('\n', " ").replace('"', "\"\"")));
            } else {
                text.push_str(cell);
            }
            if i == at {
                place = start..text.len();
            }
        }
        Problem::in_line(self.name, self.line, &text, place, what, help)
    }
}

/// Bytes that end with an error when too many are asked for since `left` was set.
struct Bounded<R> {
    bytes: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(to)?;
        match self.left.get().checked_sub(read) {
            Some(left) => self.left.set(left),
            None => return Err(io::Error::new(io::ErrorKind::FileTooLarge, "a row is too long")),
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_lines_in_every_dialect() {
        for (text, line) in
            [("a,b\r\n1,\"x,\"\"y\"\r\n", 2), ("sep=;\na;b\n1;x,\"y\n", 3), ("\n\na\tb\n\n1\tx,\"y\n", 5)]
        {
            let mut table = Table::open(Text::of("x.csv", text)).unwrap();
            assert_eq!(table.next().unwrap().unwrap().cells().collect::<Vec<_>>(), ["a", "b"], "{text:?}");
            let row = table.next().unwrap().unwrap();
            assert_eq!(
                (row.line, row.cell(0), row.cell(1), row.cell(9), row.len()),
                (line, "1", "x,\"y", "", 2),
                "{text:?}"
            );
            let problem = row.problem(1, "bad", "");
            assert_eq!((problem.line, problem.column), (line, 3));
            assert!(table.next().unwrap().is_none());
        }
        assert_eq!(header(&Head::new(b"sep=;\r\na; b\r\n1;2", true)), ["a", "b"]);
    }

    #[test]
    fn what_is_no_table_is_told() {
        let open = Table::open(Text::of("x.csv", &format!("a,b\n1,\"{}", "y".repeat(LONGEST + 70_000))));
        let mut open = open.unwrap();
        open.next().unwrap();
        assert!(open.next().err().unwrap().what.contains("line 2 does not end within 4 MiB"));
        let mut bytes = Table::open(Text::new("x.csv", b"a,b\n\xff,1\n".to_vec(), Box::new(io::empty()))).unwrap();
        bytes.next().unwrap();
        assert!(bytes.next().err().unwrap().what.contains("line 2 is not text"));
    }
}

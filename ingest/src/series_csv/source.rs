//! Records with their places: the dialect found, and the text of each row kept until it is judged.
use crate::inputs::{self, Kind, Unpacked, Unreadable};
use crate::problem::Problem;
use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use std::cell::Cell;
use std::io::{self, Chain, Cursor, Read};
use std::ops::Range;

/// The dialect is found within so many bytes.
const HEAD: usize = 64 << 10;
/// No row is longer, nor are the first twenty together: beyond it a quote was left open, and the rest of the file would
/// be one cell.
const LONGEST_ROW: usize = 4 << 20;
/// The most that is read from one packed file: 40 million rows. Doubled, a hostile upload costs twice the time.
const MOST: u64 = 2 << 30;
/// Text of judged rows is let go in pieces of this size.
const LET_GO: usize = 64 << 10;

/// A file's rows.
pub(crate) struct Source<R: Read> {
    name: String,
    delimiter: u8,
    csv: csv::Reader<Kept<Text<R>>>,
}

/// Unpacked text, after its head was looked at.
type Text<R> = Chain<Cursor<Vec<u8>>, Unpacked<R>>;

impl<R: Read> Source<R> {
    /// Finds packing, byte order mark, `sep=` line and delimiter.
    pub(crate) fn open(name: &str, bytes: R) -> Result<Self, Problem> {
        Self::open_as(name, bytes, None, 0)
    }
    /// The same with a delimiter that is known, for bytes that start below so many lines of their file.
    pub(crate) fn open_as(name: &str, bytes: R, delimiter: Option<u8>, skipped: usize) -> Result<Self, Problem> {
        let mut text = Unpacked::open(bytes, MOST).map_err(|error| cannot_read(name, &error))?;
        if text.kind() == Kind::Parquet {
            let help = "give the CSV export itself, plain or packed with gzip or zstd";
            return Err(Problem::in_whole(name, "this is a Parquet file, not CSV", help));
        }
        let mut head = up_to(&mut text, HEAD).map_err(|error| cannot_read(name, &error))?;
        if head.contains(&0) {
            let help = "export it as CSV in UTF-8";
            return Err(Problem::in_whole(name, "this is not text in UTF-8: it has zero bytes", help));
        }
        if head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
        }
        let (found, named_in) = separator_line(&head).unwrap_or_else(|| (sniff(&head), 0));
        let delimiter = delimiter.unwrap_or(found);
        head.drain(..named_in);
        let lines_before = skipped + usize::from(named_in > 0);
        let line_end = if !head.contains(&b'\n') && head.contains(&b'\r') { b'\r' } else { b'\n' };
        let kept = Kept {
            inner: Cursor::new(head).chain(text),
            text: Vec::new(),
            start: 0,
            lines_before,
            line_end,
            counted: Cell::default(),
        };
        let csv = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(LET_GO)
            .from_reader(kept);
        Ok(Self { name: name.into(), delimiter, csv })
    }
    /// What stands between cells.
    pub(crate) const fn delimiter(&self) -> u8 {
        self.delimiter
    }
    /// The line that a row starts on.
    pub(crate) fn line(&self, row: &ByteRecord) -> usize {
        self.csv.get_ref().line(row.position().map_or(0, csv::Position::byte))
    }
    /// The next row of its own; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<ByteRecord>, Problem> {
        // The sample's text must stay until its problems are told: do not let go.
        let mut record = ByteRecord::new();
        Ok(self.fill(&mut record)?.then_some(record))
    }
    /// The next row, in place of the last one; false at the end.
    pub(crate) fn next_into(&mut self, record: &mut ByteRecord) -> Result<bool, Problem> {
        let at = self.csv.position().byte();
        self.csv.get_mut().let_go(at);
        self.fill(record)
    }
    fn fill(&mut self, record: &mut ByteRecord) -> Result<bool, Problem> {
        let at = self.csv.position().byte();
        match self.csv.read_byte_record(record) {
            Ok(more) => Ok(more),
            Err(error) => Err(match error.into_kind() {
                ErrorKind::Io(error) if is_too_long(&error) => {
                    let (line, text) = self.csv.get_ref().row(at, self.delimiter);
                    let text: String = text.lines().next().unwrap_or_default().chars().take(200).collect();
                    let (what, help) = ("the row does not end within 4 MiB", "is a quote left open?");
                    Problem::in_line(&self.name, line, &text, 0..1, what, help)
                }
                ErrorKind::Io(error) => {
                    let line = self.csv.get_ref().row(at, self.delimiter).0;
                    let problem = cannot_read(&self.name, &error);
                    let what = format!("{}, after line {}", problem.what, line.saturating_sub(1));
                    Problem { what, ..problem }
                }
                kind => Problem::in_whole(&self.name, format!("cannot be read as CSV: {kind:?}"), ""),
            }),
        }
    }
    /// A problem of one cell of a row that was just read, or of the last cell if there is none such.
    pub(crate) fn problem(&self, row: &ByteRecord, cell: usize, what: String, help: &str) -> Problem {
        let at = row.position().map_or(0, csv::Position::byte);
        let (line, text) = self.csv.get_ref().row(at, self.delimiter);
        let place = nth_cell(&text, self.delimiter, cell);
        // A cell may stand below the row's first line, after a quoted line end.
        let below = text[..place.start].matches('\n').count();
        let from = text[..place.start].rfind('\n').map_or(0, |end| end + 1);
        let shown = text[from..].lines().next().unwrap_or_default();
        Problem::in_line(&self.name, line + below, shown, place.start - from..place.end - from, what, help)
    }
    /// A problem of the file.
    pub(crate) fn problem_in_whole(&self, what: &str, help: &str) -> Problem {
        Problem::in_whole(&self.name, what, help)
    }
}

/// A reader that keeps what it gave, from the row that is being read on.
struct Kept<R> {
    inner: R,
    text: Vec<u8>,
    /// Where `text` starts in the stream.
    start: u64,
    /// Lines before `text`.
    lines_before: usize,
    line_end: u8,
    /// A place in the stream and the line ends before it, so that the next line is found from there.
    counted: Cell<(u64, usize)>,
}

/// A row that does not end.
#[derive(Debug)]
struct TooLong;

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the row does not end")
    }
}
impl std::error::Error for TooLong {}

fn is_too_long(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<TooLong>)
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.text.len() > LONGEST_ROW {
            return Err(io::Error::other(TooLong));
        }
        let n = self.inner.read(buffer)?;
        self.text.extend_from_slice(&buffer[..n]);
        Ok(n)
    }
}

impl<R> Kept<R> {
    /// Forgets what stands before this place in the stream, once it is worth it.
    fn let_go(&mut self, at: u64) {
        let done = ((at - self.start) as usize).min(self.text.len());
        if done >= LET_GO {
            self.lines_before += self.lines(done);
            self.text.drain(..done);
            self.start += done as u64;
        }
    }
    fn lines(&self, before: usize) -> usize {
        self.text[..before].split(|b| *b == self.line_end).count() - 1
    }
    /// The number of the line that starts here, or after the empty lines that stand here.
    fn line(&self, at: u64) -> usize {
        let from = (at.saturating_sub(self.start) as usize).min(self.text.len());
        let empty = self.text[from..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let here = from + empty;
        let (known, lines) = self.counted.get();
        let known_at = known.checked_sub(self.start).filter(|at| known > 0 && *at <= here as u64);
        let lines = match known_at {
            Some(known) => lines + memchr::memchr_iter(self.line_end, &self.text[known as usize..here]).count(),
            None => self.lines_before + self.lines(here),
        };
        self.counted.set((self.start + here as u64, lines));
        lines + 1
    }
    /// The number and the text of the row that starts here, or after the empty lines that stand here.
    fn row(&self, at: u64, delimiter: u8) -> (usize, String) {
        let from = (at.saturating_sub(self.start) as usize).min(self.text.len());
        let empty = self.text[from..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let row = &self.text[from + empty..];
        let end = cells(row, delimiter).last().map_or(0, |cell| cell.end);
        (self.lines_before + self.lines(from + empty) + 1, String::from_utf8_lossy(&row[..end]).into_owned())
    }
}

/// The places of the cells of the row that `text` starts with, quotes included (RFC 4180).
fn cells(text: &[u8], delimiter: u8) -> impl Iterator<Item = Range<usize>> + '_ {
    let ends = move |b: &u8| *b == delimiter || matches!(b, b'\r' | b'\n');
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let mut at = start;
        if text.get(at) == Some(&b'"') {
            at += 1;
            while at < text.len() && (text[at] != b'"' || text.get(at + 1) == Some(&b'"')) {
                at += if text[at] == b'"' { 2 } else { 1 };
            }
            at = (at + 1).min(text.len());
        }
        at += text[at..].iter().take_while(|b| !ends(b)).count();
        next = (text.get(at) == Some(&delimiter)).then_some(at + 1);
        Some(start..at)
    })
}

/// The place of a cell's content, without quotes and blanks around it.
fn nth_cell(row: &str, delimiter: u8, n: usize) -> Range<usize> {
    let places: Vec<_> = cells(row.as_bytes(), delimiter).collect();
    let place = places.get(n).or(places.last()).cloned().unwrap_or_default();
    let cell = &row[place.clone()];
    let blank = |c: char| c.is_whitespace() || c == '"';
    let content = cell.trim_matches(blank);
    if content.is_empty() {
        return place;
    }
    let start = place.start + (cell.len() - cell.trim_start_matches(blank).len());
    start..start + content.len()
}

fn up_to(bytes: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut read = Vec::new();
    bytes.by_ref().take(most as u64).read_to_end(&mut read)?;
    Ok(read)
}

fn cannot_read(name: &str, error: &io::Error) -> Problem {
    let problem = inputs::problem(name, error);
    match Unreadable::of(error) {
        Some(Unreadable::Foreign { what, .. }) => Problem { what: format!("this is {what}, not CSV"), ..problem },
        _ => problem,
    }
}

/// The delimiter that a first line `sep=,` names, as Grafana's "Download for Excel" writes it, and the line's length.
fn separator_line(head: &[u8]) -> Option<(u8, usize)> {
    let quote = usize::from(head.starts_with(b"\""));
    let named = head[quote..].get(..5).filter(|t| t[..4].eq_ignore_ascii_case(b"sep=") && t[4].is_ascii())?[4];
    let after = 5 + 2 * quote;
    let end = match head.get(after..).unwrap_or_default() {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => return None,
    };
    (!matches!(named, b'"' | b'\r' | b'\n')).then_some((named, after + end))
}

/// The delimiter of the first line that is not empty: a tab, else `;` where there are at least as many as commas (which
/// may be decimal), else a comma. `;` with a tab after each is `;`, as in the Bitbrains traces.
fn sniff(head: &[u8]) -> u8 {
    let lines = head.split(|b| matches!(b, b'\r' | b'\n'));
    let line = lines.into_iter().find(|line| !line.is_empty()).unwrap_or_default();
    let mut quoted = false;
    let plain: Vec<u8> = line
        .iter()
        .copied()
        .filter(|b| {
            quoted ^= *b == b'"';
            !quoted
        })
        .collect();
    let count = |delimiter: u8| plain.split(|b| *b == delimiter).count() - 1;
    let (tabs, semicolons, commas) = (count(b'\t'), count(b';'), count(b','));
    if tabs > 0 && tabs > semicolons {
        b'\t'
    } else if semicolons > 0 && semicolons >= commas {
        b';'
    } else {
        b','
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_found_outside_quotes() {
        let cases: [(&[u8], u8); 7] = [
            (b"a,b\n", b','),
            (b"\r\na;b\n1;2", b';'),
            (b"a\tb", b'\t'),
            (b"a;\tb", b';'),
            (b"\"a;b\",c", b','),
            (b"2014-04-10 00:04;94,0", b';'),
            (b"", b','),
        ];
        for (head, delimiter) in cases {
            assert_eq!(sniff(head), delimiter, "{}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn a_separator_line_is_taken_off() {
        assert_eq!(separator_line(b"sep=;\r\na"), Some((b';', 7)));
        assert_eq!(separator_line(b"\"sep=,\"\na"), Some((b',', 8)));
        assert_eq!(separator_line(b"SEP=\t\na"), Some((b'\t', 6)));
        assert_eq!(separator_line(b"separate,b\n"), None);
        assert_eq!(separator_line(b"sep="), None);
    }

    #[test]
    fn cells_have_places() {
        let all = |text: &str| cells(text.as_bytes(), b',').map(|r| text[r].to_owned()).collect::<Vec<_>>();
        assert_eq!(all("a,\"b,\"\"c\",d\nnext"), ["a", "\"b,\"\"c\"", "d"]);
        assert_eq!(all(",\"open"), ["", "\"open"]);
        assert_eq!(all("a,\"two\nlines\"\n"), ["a", "\"two\nlines\""]);
        assert_eq!(nth_cell("x, \"1,204\"", b',', 1), 4..5);
        assert_eq!(nth_cell("x,\"1,204\"", b',', 1), 3..8);
        assert_eq!(nth_cell("x,", b',', 7), 2..2);
    }
}

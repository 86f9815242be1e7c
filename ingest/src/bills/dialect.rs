//! How a text file separates its cells, and its header.
use super::header::Header;
use super::split::Marks;
use super::tally::Numbered;
use crate::inputs;
use crate::problem::Problem;
use std::io::Read;

/// The dialect and the header are found within so many bytes.
const HEAD: usize = 256 << 10;
/// What may separate cells; the first of two that are equally frequent wins.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The start of a file, understood.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) marks: Marks,
    pub(crate) header: Header,
    /// The text of the header, for problems.
    pub(crate) text: String,
    /// The line on which the first row stands.
    pub(crate) first_line: usize,
    /// What the places of its rows count.
    pub(crate) numbered: Numbered,
    /// What was read beyond the header.
    pub(crate) rest: Vec<u8>,
}

/// Reads the header; none if the file is empty.
pub(crate) fn head(name: &str, source: &mut impl Read) -> Result<Option<Head>, Problem> {
    let mut bytes = Vec::new();
    source.take(HEAD as u64).read_to_end(&mut bytes).map_err(|error| inputs::problem(name, &error))?;
    if bytes.contains(&0) {
        return Err(Problem::in_whole(
            name,
            "this is not text in UTF-8: it has zero bytes",
            "export it as CSV in UTF-8",
        ));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    let newline = if !bytes.contains(&b'\n') && bytes.contains(&b'\r') { b'\r' } else { b'\n' };
    let mut first_line = 2;
    let mut named = None;
    let line = bytes.split(|b| *b == newline).next().unwrap_or_default().trim_ascii_end();
    if let Some([delimiter]) = line.to_ascii_lowercase().strip_prefix(b"sep=") {
        named = Some(*delimiter);
        bytes.drain(..(bytes.iter().position(|b| *b == newline).map_or(bytes.len(), |at| at + 1)));
        first_line += 1;
    }
    // Blank lines before the header say nothing.
    while bytes.first().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        first_line += usize::from(bytes[0] == newline);
        bytes.remove(0);
    }
    if bytes.is_empty() {
        return Ok(None);
    }
    let end = record_end(&bytes, newline);
    let line = &bytes[..end.unwrap_or(bytes.len())];
    let Some(end) = end.or((bytes.len() < HEAD).then_some(bytes.len())) else {
        let help = "is a quote left open in the header?";
        return Err(Problem::in_whole(name, format!("the header does not end within {} KiB", HEAD >> 10), help));
    };
    let delimiter = named.unwrap_or_else(|| sniff(line));
    let text = String::from_utf8_lossy(line).trim_end().to_owned();
    first_line += memchr::memchr_iter(newline, line).count().saturating_sub(1);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(line);
    let mut record = csv::ByteRecord::new();
    reader.read_byte_record(&mut record).map_err(|error| Problem::in_whole(name, error.to_string(), ""))?;
    let header = Header::new(record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()));
    bytes.drain(..end);
    let marks = Marks { delimiter, newline };
    Ok(Some(Head { marks, header, text, first_line, numbered: Numbered::Lines, rest: bytes }))
}

fn record_end(bytes: &[u8], newline: u8) -> Option<usize> {
    let mut in_quotes = false;
    bytes
        .iter()
        .position(|b| {
            in_quotes ^= *b == b'"';
            *b == newline && !in_quotes
        })
        .map(|at| at + 1)
}

fn sniff(line: &[u8]) -> u8 {
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut in_quotes = false;
    for byte in line {
        in_quotes ^= *byte == b'"';
        if let Some(at) = DELIMITERS.iter().position(|d| d == byte).filter(|_| !in_quotes) {
            counts[at] += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    DELIMITERS[counts.iter().position(|n| *n == most).unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Head {
        head("x.csv", &mut text.as_bytes()).unwrap().unwrap()
    }

    #[test]
    fn headers_are_read_in_every_dialect() {
        for text in
            ["a,b\r\n1,2\r\n", "\u{feff}a;b\n1;2", "sep=;\na;b\n1,0;2\n", "\n\na\tb\n1\t2\n", "\"a\",\"b\"\r1,2\r"]
        {
            let head = of(text);
            assert_eq!(head.header.names(), ["a", "b"], "{text:?}");
            assert!(head.rest.starts_with(b"1"), "{text:?}");
        }
        assert_eq!(of("sep=;\na;b\n1;2\n").first_line, 3);
        assert_eq!(of("\n\na\tb\n1\t2\n").first_line, 4);
        assert_eq!(of("\"a\n\",b\n1,2\n").first_line, 3);
    }

    #[test]
    fn what_is_no_text_is_told() {
        assert!(head("x.csv", &mut &b""[..]).unwrap().is_none());
        assert!(head("x.csv", &mut &b"\xff\xfea\0"[..]).is_err());
        let open = format!("\"{}", "a".repeat(300 << 10));
        assert!(head("x.csv", &mut open.as_bytes()).unwrap_err().what.contains("does not end"));
    }
}

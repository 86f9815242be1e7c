//! A stream of text in blocks of whole records, for several readers at once.
//!
//! Where a record ends is only known from the quotes before it: a line end within quotes is text. So blocks are cut one
//! after the other, under a lock, by counting quotes, which is a small part of reading; what is in a block is read by
//! whoever took it. A block starts at a record and ends after one, whatever is quoted.
use memchr::{memchr_iter, memrchr2_iter};
use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};

/// A block holds at least this much, so that taking one is rare, and little more, so that it stays near the processor.
const SIZE: usize = 512 << 10;
/// No record is longer: beyond it a quote was left open, and the rest of the file would be one cell.
const LONGEST: usize = 8 << 20;

/// A file cut into blocks.
pub(crate) struct Blocks<R> {
    state: Mutex<State<R>>,
    newline: u8,
}

struct State<R> {
    source: R,
    /// What was read beyond the last block.
    carry: Vec<u8>,
    number: usize,
    is_over: bool,
}

/// Records on their way.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// Their text. The last line end may be missing at the end of the file.
    pub(crate) text: Vec<u8>,
    /// Which block of the file it is.
    pub(crate) number: usize,
}

/// Why there is no next block.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The file cannot be read on.
    Io(io::Error),
    /// What is made of it cannot be written.
    Unwritable(io::Error),
    /// A quote is open at the end of the file, or for too long. The text is of the record that it is in.
    OpenQuote {
        /// The block the record would have been in.
        block: usize,
        /// How the record starts.
        text: String,
        /// The lines of the block before it.
        lines: usize,
    },
    /// A record is longer than any, and no quote is to blame.
    TooLong {
        /// The block the record would have been in.
        block: usize,
        /// How the record starts.
        text: String,
    },
}

impl<R: Read> Blocks<R> {
    /// Blocks of a source whose first bytes, below the header, were read already.
    pub(crate) fn new(source: R, head: Vec<u8>, newline: u8) -> Self {
        Self { state: Mutex::new(State { source, carry: head, number: 0, is_over: false }), newline }
    }

    /// Fills the next block; false at the end.
    pub(crate) fn next(&self, block: &mut Block) -> Result<bool, Broken> {
        let mut guard = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &mut *guard;
        if state.is_over {
            return Ok(false);
        }
        block.number = state.number;
        state.number += 1;
        // The text of the last block is written over: clearing it first would cost a pass over the memory.
        let mut filled = state.carry.len();
        let mut wanted = SIZE.max(filled);
        block.text.resize(wanted, 0);
        block.text[..filled].copy_from_slice(&state.carry);
        state.carry.clear();
        loop {
            let read = fill(&mut state.source, &mut block.text[filled..]);
            state.is_over |= read.is_err();
            filled += read.map_err(Broken::Io)?;
            if filled < wanted {
                state.is_over = true;
                block.text.truncate(filled);
                return self.last(block);
            }
            if let Some(end) = self.last_record_end(&block.text) {
                state.carry.extend_from_slice(&block.text[end..]);
                block.text.truncate(end);
                return Ok(true);
            }
            if wanted >= LONGEST {
                state.is_over = true;
                if quotes(&block.text) == 0 {
                    return Err(Broken::TooLong { block: block.number, text: start_of(&block.text) });
                }
                return Err(open_quote(block, 0));
            }
            wanted *= 2;
            block.text.resize(wanted, 0);
        }
    }

    /// What the end of the file leaves.
    fn last(&self, block: &Block) -> Result<bool, Broken> {
        if quotes(&block.text) % 2 == 1 {
            // The last record end before the open quote is where its record starts.
            let start = self.end_before(&block.text, true).unwrap_or(0);
            return Err(open_quote(block, start));
        }
        Ok(!block.text.is_empty())
    }

    /// Where the last whole record ends.
    fn last_record_end(&self, text: &[u8]) -> Option<usize> {
        self.end_before(text, quotes(text) % 2 == 1)
    }

    /// The end of the last line that lies outside quotes, seen from the end of the text.
    fn end_before(&self, text: &[u8], mut in_quotes: bool) -> Option<usize> {
        for at in memrchr2_iter(self.newline, b'"', text) {
            if text[at] == b'"' {
                in_quotes = !in_quotes;
            } else if !in_quotes {
                return Some(at + 1);
            }
        }
        None
    }
}

/// Reads until the buffer is full or the source is at its end.
fn fill(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match source.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn quotes(text: &[u8]) -> usize {
    memchr_iter(b'"', text).count()
}

fn open_quote(block: &Block, start: usize) -> Broken {
    let lines = memchr_iter(b'\n', &block.text[..start]).count();
    Broken::OpenQuote { block: block.number, text: start_of(&block.text[start..]), lines }
}

/// As much of the first line as anyone reads.
fn start_of(text: &[u8]) -> String {
    let line = text.split(|b| *b == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(&line[..line.len().min(400)]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<String>, Broken> {
        let blocks = Blocks::new(text.as_bytes(), Vec::new(), b'\n');
        let (mut block, mut texts) = (Block::default(), Vec::new());
        while blocks.next(&mut block)? {
            texts.push(String::from_utf8(block.text.clone()).unwrap());
        }
        Ok(texts)
    }

    #[test]
    fn blocks_end_between_records_even_where_lines_are_quoted() {
        let record = format!("a,\"{}\n{}\",b\n", "x".repeat(3000), "\"\"y\n".repeat(500));
        let text = record.repeat(400);
        let blocks = all(&text).unwrap();
        assert!(blocks.len() > 2);
        assert_eq!(blocks.concat(), text);
        assert!(blocks.iter().all(|block| block.len() % record.len() == 0));
    }

    #[test]
    fn the_last_line_may_lack_its_end() {
        assert_eq!(all("a\nb").unwrap(), ["a\nb"]);
        assert!(all("").unwrap().is_empty());
    }

    #[test]
    fn an_open_quote_is_told_with_its_place() {
        let Err(Broken::OpenQuote { block: 0, text, lines }) = all("a,b\nc,\"d\ne,f\n") else { panic!("it was read") };
        assert_eq!((text.as_str(), lines), ("c,\"d", 1));
        let long = format!("a,b\n\"{}", "x\n".repeat(5 << 20));
        assert!(matches!(all(&long), Err(Broken::OpenQuote { .. })));
        assert!(matches!(all(&format!("a,b\n{}", "x".repeat(9 << 20))), Err(Broken::TooLong { block: 1, .. })));
    }
}

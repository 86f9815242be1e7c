//! The text of a file, by lines or whole.
use crate::inputs;
use crate::problem::Problem;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

/// No line is longer.
const LONGEST: usize = 4 << 20;
/// A file that has to be held whole (one JSON document) is no larger, unpacked.
const WHOLE: u64 = 1 << 30;

/// A file whose format is known, from its first byte on, unpacked, without a byte order mark.
pub(crate) struct Text {
    name: String,
    bytes: Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>>,
}

impl Text {
    /// What was read already, and the rest.
    pub(crate) fn new(name: &str, mut head: Vec<u8>, rest: Box<dyn Read + Send>) -> Self {
        if head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
        }
        Self { name: name.into(), bytes: Cursor::new(head).chain(rest) }
    }
    /// A text at hand.
    #[cfg(test)]
    pub(crate) fn of(name: &str, text: &str) -> Self {
        Self::new(name, text.as_bytes().to_vec(), Box::new(io::empty()))
    }
    /// What problems call the file.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
    /// The bytes, for readers that cut them themselves.
    pub(crate) fn into_bytes(self) -> impl Read {
        self.bytes
    }
    /// The first line that is not blank, and the text from its start again.
    pub(crate) fn first_line(self) -> (String, Self) {
        let Self { name, bytes } = self;
        let (head, rest) = bytes.into_inner();
        let at = head.position() as usize;
        let head = head.into_inner().split_off(at);
        let text = String::from_utf8_lossy(&head);
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
        (first, Self::new(&name, head, rest))
    }
    /// All of it, at most 1 GiB.
    pub(crate) fn whole(self) -> Result<String, Problem> {
        let mut bytes = Vec::new();
        self.bytes.take(WHOLE + 1).read_to_end(&mut bytes).map_err(|error| inputs::problem(&self.name, &error))?;
        if bytes.len() as u64 > WHOLE {
            let help = "export a shorter time at once, as several files";
            return Err(Problem::in_whole(&self.name, "the document is larger than 1 GiB", help));
        }
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Problem::in_whole(&self.name, format!("is not text in UTF-8 (byte {})", at + 1), "export it as UTF-8")
        })
    }
    /// Line by line.
    pub(crate) fn lines(self) -> Lines<impl BufRead> {
        Lines { name: self.name, source: BufReader::with_capacity(256 << 10, self.bytes), line: Vec::new(), number: 0 }
    }
}

/// The lines of a text.
pub(crate) struct Lines<R> {
    name: String,
    source: R,
    line: Vec<u8>,
    number: usize,
}

impl<R: BufRead> Lines<R> {
    /// The next line without its end, and its number from 1; none at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<(usize, &str)>, Problem> {
        self.line.clear();
        let most = LONGEST as u64 + 1;
        let read = (&mut self.source).take(most).read_until(b'\n', &mut self.line);
        let read = read.map_err(|error: io::Error| inputs::problem(&self.name, &error))?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if read > LONGEST {
            let what = format!("line {} does not end within 4 MiB", self.number);
            return Err(Problem::in_whole(&self.name, what, "is the file of another format?"));
        }
        while self.line.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
            self.line.pop();
        }
        let number = self.number;
        match std::str::from_utf8(&self.line) {
            Ok(text) => Ok(Some((number, text))),
            Err(error) => {
                let shown = String::from_utf8_lossy(&self.line).into_owned();
                let at = error.valid_up_to();
                let what = "this line is not text in UTF-8";
                Err(Problem::in_line(&self.name, number, &shown, at..at + 1, what, "export it as UTF-8"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_numbers_and_no_ends() {
        let mut lines = Text::of("x", "\u{feff}a\r\n\nb").lines();
        let mut seen = Vec::new();
        while let Some((number, line)) = lines.next().unwrap() {
            seen.push((number, line.to_owned()));
        }
        assert_eq!(seen, [(1, "a".to_owned()), (2, String::new()), (3, "b".to_owned())]);
    }

    #[test]
    fn what_is_no_text_is_a_problem_with_its_line() {
        let mut lines = Text::new("x", b"a\nb\xffc\n".to_vec(), Box::new(io::empty())).lines();
        assert!(lines.next().is_ok());
        assert_eq!(lines.next().unwrap_err().line, 2);
        let long = Text::new("x", vec![b'a'; LONGEST + 9], Box::new(io::empty()));
        assert!(long.lines().next().unwrap_err().what.contains("does not end"));
        assert!(Text::new("x", vec![0xff], Box::new(io::empty())).whole().is_err());
    }
}

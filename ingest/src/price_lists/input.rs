//! A file as it streams by: unpacked, with the line and the text around the place.
use super::format::{Format, Looks, looks};
use crate::problem::Problem;
use flate2::read::MultiGzDecoder;
use std::io::{self, Read};

/// How much is read at once, and looked at to tell formats apart.
const PIECE: usize = 64 << 10;
/// So much of a line is kept to show it.
const SHOWN: usize = 240;

/// Bytes with their place.
pub(super) struct Input<'r> {
    pub(super) name: String,
    source: Box<dyn Read + 'r>,
    buffer: Vec<u8>,
    at: usize,
    /// The line of the next byte, from 1.
    pub(super) line: usize,
    /// The line so far, no more than a part of a long one.
    before: Vec<u8>,
    column: usize,
}

impl<'r> Input<'r> {
    /// Unpacks, and looks at the beginning: empty files, other text encodings and other formats are told.
    pub(super) fn open(name: &str, mut source: impl Read + 'r, format: Format) -> Result<Self, Problem> {
        let cannot = |error: io::Error| Problem::in_whole(name, format!("cannot be read: {}", reason(&error)), "");
        let magic = up_to(&mut source, 2).map_err(cannot)?;
        let is_packed = magic == [0x1f, 0x8b];
        let whole = io::Cursor::new(magic).chain(source);
        let mut source: Box<dyn Read + 'r> =
            if is_packed { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(whole) };
        let mut buffer = up_to(&mut source, PIECE).map_err(cannot)?;
        if buffer.starts_with(b"\xef\xbb\xbf") {
            buffer.drain(..3);
        }
        if buffer.iter().all(u8::is_ascii_whitespace) {
            let help = format!("give {}", format.title());
            return Err(Problem::in_whole(name, "the file is empty", help));
        }
        if buffer.starts_with(b"PK\x03\x04") {
            return Err(Problem::in_whole(name, "this is a zip archive", "unpack it, and give the files in it"));
        }
        if buffer.contains(&0) {
            let help = format!("give {} as text in UTF-8, plain or as gzip", format.title());
            return Err(Problem::in_whole(name, "this is not text in UTF-8: it has zero bytes", help));
        }
        match looks(&String::from_utf8_lossy(&buffer)) {
            Looks::Like(other) if other != format => {
                let what = format!("this looks like {}, not like {}", other.title(), format.title());
                return Err(Problem::in_whole(name, what, format!("read it with `plimsoll prices import {other}`")));
            }
            Looks::Foreign(what) => {
                let what = format!("this looks like {what}, not like {}", format.title());
                return Err(Problem::in_whole(name, what, "it has no prices that are imported"));
            }
            Looks::Like(_) | Looks::Unknown => {}
        }
        Ok(Self { name: name.into(), source, buffer, at: 0, line: 1, before: Vec::new(), column: 0 })
    }

    /// What has been read and not been taken; empty at the end only.
    pub(super) fn ready(&mut self) -> Result<&[u8], Problem> {
        if self.at == self.buffer.len() {
            self.at = 0;
            let read = loop {
                self.buffer.resize(PIECE, 0);
                match self.source.read(&mut self.buffer) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    read => break read,
                }
            };
            self.buffer.truncate(*read.as_ref().unwrap_or(&0));
            if let Err(error) = read {
                let what = format!("cannot be read on after line {}: {}", self.line, reason(&error));
                return Err(Problem::in_whole(&self.name, what, "fetch the file again"));
            }
        }
        Ok(&self.buffer[self.at..])
    }
    /// The next byte, without taking it.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, Problem> {
        // The usual case first: this is asked for every byte of JSON.
        match self.buffer.get(self.at) {
            Some(byte) => Ok(Some(*byte)),
            None => Ok(self.ready()?.first().copied()),
        }
    }
    /// Takes a byte that was looked at.
    pub(super) fn bump(&mut self) {
        let byte = self.buffer[self.at];
        self.at += 1;
        if byte == b'\n' {
            self.line += 1;
            self.column = 0;
            self.before.clear();
        } else {
            self.column += 1;
            if self.before.len() < SHOWN {
                self.before.push(byte);
            }
        }
    }
    /// Takes so many bytes that were looked at, with no more than one line end, at their end.
    pub(super) fn bump_line(&mut self, bytes: usize) {
        let ends = self.buffer[self.at..self.at + bytes].ends_with(b"\n");
        self.at += bytes;
        self.line += usize::from(ends);
    }
    /// The line up to here; none if it is too long to be shown.
    pub(super) fn lead(&self) -> Option<Vec<u8>> {
        (self.column <= SHOWN).then(|| self.before.clone()).filter(|before| before.len() == self.column)
    }
    /// A mistake at this place.
    pub(super) fn problem_here(&mut self, what: &str, help: &str) -> Problem {
        let Some(mut text) = self.lead().filter(|lead| lead.len() < SHOWN) else {
            let what = format!("line {}, byte {}: {what}", self.line, self.column + 1);
            return Problem::in_whole(&self.name, what, help);
        };
        let start = text.len();
        let rest = self.ready().map(<[u8]>::to_vec).unwrap_or_default();
        text.extend(rest.into_iter().take(SHOWN).take_while(|byte| !matches!(byte, b'\n' | b'\r')));
        let start = String::from_utf8_lossy(&text[..start]).len();
        let text = String::from_utf8_lossy(&text).into_owned();
        Problem::in_line(&self.name, self.line, &text, start..start + 1, what, help)
    }
}

fn up_to(source: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.by_ref().take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the packed file is cut off".into(),
        _ => error.to_string(),
    }
}

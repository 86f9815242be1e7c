//! Bytes from files and standard input.
use crate::failure::Failure;
use crate::shelf::Shelf;
use plimsoll::report::Input;
use plimsoll_ingest::problem::Problem;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A file as it was read.
#[derive(Debug)]
pub(crate) struct Bytes {
    /// What messages call it.
    pub(crate) name: String,
    /// Its content.
    pub(crate) bytes: Vec<u8>,
}

impl Bytes {
    /// Reads a file of at most so many bytes; `-` is standard input.
    pub(crate) fn read(question: &'static str, shelf: &Shelf, path: &str, most: u64) -> Result<Self, Failure> {
        let name = shelf.called(path);
        let mut bytes = Vec::new();
        let read = shelf.open(path).and_then(|source| source.take(most + 1).read_to_end(&mut bytes));
        match read {
            Ok(_) if bytes.len() as u64 > most => {
                let what = format!("is larger than {} MB", most / 1_000_000);
                Err(unreadable(question, &name, &what, "give the workload alone, without data"))
            }
            Ok(_) => Ok(Self { name, bytes }),
            Err(error) => {
                Err(unreadable(question, &name, &reason(&error), "give the name of a file, or - for standard input"))
            }
        }
    }
    /// How an answer names it.
    pub(crate) fn input(&self, rows: Option<u64>) -> Input {
        Input { name: base_name(&self.name), sha256: Some(sha256(&self.bytes)), rows }
    }
}

/// A source of bytes on this machine that may be larger than memory.
pub(crate) fn open(path: &str) -> io::Result<Box<dyn Read>> {
    if path == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    if Path::new(path).is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a directory"));
    }
    Ok(Box::new(File::open(path)?))
}

/// A reader that takes the digest of what passes through it.
pub(crate) struct Hashing<R> {
    source: R,
    digest: Sha256,
}

impl<R: Read> Hashing<R> {
    pub(crate) fn new(source: R) -> Self {
        Self { source, digest: Sha256::new() }
    }
    /// The digest, after the rest of the source has been read too.
    pub(crate) fn finish(mut self) -> String {
        // What a reader leaves unread belongs to the input as well; an error here has shown itself before.
        let _ = io::copy(&mut self, &mut io::sink());
        hex(&self.digest.finalize())
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.source.read(buffer)?;
        self.digest.update(&buffer[..n]);
        Ok(n)
    }
}

/// The digest of bytes at hand, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// A file's name without its folders: answers are the same wherever they are asked.
pub(crate) fn base_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |n| n.to_string_lossy().into_owned())
}

/// Why a file could not be read, without the system's numbers.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".into(),
        io::ErrorKind::PermissionDenied => "may not be read".into(),
        io::ErrorKind::IsADirectory => "is a directory".into(),
        _ => error.to_string(),
    }
}

/// A failure to read.
pub(crate) fn unreadable(question: &'static str, name: &str, what: &str, help: &str) -> Failure {
    Failure::problems(question, vec![Problem::in_whole(name, what, help)])
}

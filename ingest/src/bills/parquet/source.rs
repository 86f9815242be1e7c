//! The bytes of a Parquet file, of which any part may be asked for: read from its end.
use crate::inputs::{Found, Opened, Place, RawBytes, Stop};
use crate::problem::Problem;
use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

/// What comes through a pipe has no end to begin with, and is kept in memory up to so many bytes: 1 GiB.
const MOST_PIPED: u64 = 1 << 30;
/// Beginnings of pages are read in pieces of this size.
const PIECE: usize = 4 << 10;

/// Where a file's bytes are. A copy of it reads by the same handle: every reader opens its own.
#[derive(Clone, Debug)]
pub(super) struct Source {
    bytes: Kept,
    length: u64,
    raw: RawBytes,
    stop: Option<Stop>,
}

#[derive(Clone, Debug)]
enum Kept {
    File(Arc<File>),
    Memory(Bytes),
}

impl Source {
    /// Opens an input whose beginning was looked at.
    pub(super) fn open(input: &Found, opened: Opened) -> std::result::Result<Self, Problem> {
        let raw = opened.raw_bytes();
        let unread = |error: io::Error| crate::inputs::problem(&input.name, &error);
        if let Place::File(path) = &input.place {
            let file = File::open(path).map_err(unread)?;
            let about = file.metadata().map_err(unread)?;
            if about.is_file() {
                return Ok(Self {
                    bytes: Kept::File(Arc::new(file)),
                    length: about.len(),
                    raw,
                    stop: input.stop.clone(),
                });
            }
        }
        let mut bytes = Vec::new();
        opened.into_source().take(MOST_PIPED + 1).read_to_end(&mut bytes).map_err(unread)?;
        if bytes.len() as u64 > MOST_PIPED {
            let what = format!("a Parquet file of more than {} MiB comes through a pipe", MOST_PIPED >> 20);
            let help = "it is read from its end, so all of it is kept in memory: save it and give its path";
            return Err(Problem::in_whole(&input.name, what, help));
        }
        let length = bytes.len() as u64;
        Ok(Self { bytes: Kept::Memory(bytes.into()), length, raw, stop: None })
    }

    /// The same bytes by a handle of its own, for another reader.
    pub(super) fn again(&self, input: &Found) -> io::Result<Self> {
        let bytes = match (&self.bytes, input.path()) {
            (Kept::File(_), Some(path)) => Kept::File(Arc::new(File::open(path)?)),
            (kept, _) => kept.clone(),
        };
        Ok(Self { bytes, length: self.length, raw: self.raw.clone(), stop: self.stop.clone() })
    }

    /// Bytes in memory.
    #[cfg(test)]
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        Self { length: bytes.len() as u64, bytes: Kept::Memory(bytes.into()), raw: RawBytes::default(), stop: None }
    }

    fn within(&self, start: u64, length: u64) -> Result<()> {
        match start.checked_add(length) {
            Some(end) if end <= self.length => Ok(()),
            _ => Err(ParquetError::EOF(format!(
                "{length} bytes from byte {start} on are not there: the file has {}",
                self.length
            ))),
        }
    }
}

impl Length for Source {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Source {
    type T = io::BufReader<Rest>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        self.within(start, 0)?;
        Ok(io::BufReader::with_capacity(PIECE, Rest { bytes: self.bytes.clone(), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        self.within(start, length as u64)?;
        self.stop.as_ref().map_or(Ok(()), Stop::check)?;
        self.raw.add(length as u64);
        match &self.bytes {
            Kept::Memory(bytes) => Ok(bytes.slice(start as usize..start as usize + length)),
            Kept::File(file) => {
                let mut file = &**file;
                file.seek(SeekFrom::Start(start))?;
                let mut bytes = vec![0; length];
                file.read_exact(&mut bytes)?;
                Ok(bytes.into())
            }
        }
    }
}

/// The bytes from a place on. Several share one handle, so each says where it is before it reads.
#[derive(Debug)]
pub(super) struct Rest {
    bytes: Kept,
    at: u64,
}

impl Read for Rest {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &self.bytes {
            Kept::Memory(bytes) => bytes.get(self.at as usize..).unwrap_or_default().read(buffer)?,
            Kept::File(file) => {
                let mut file = &**file;
                file.seek(SeekFrom::Start(self.at))?;
                file.read(buffer)?
            }
        };
        self.at += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_given_than_there_is() {
        let source = Source::of(b"0123456789".to_vec());
        assert_eq!(&*source.get_bytes(2, 3).unwrap(), b"234");
        assert!(source.get_bytes(8, 3).is_err());
        assert!(source.get_bytes(u64::MAX, 1).is_err());
        assert!(source.get_bytes(0, usize::MAX).is_err());
        assert!(source.get_read(11).is_err());
        assert_eq!(io::read_to_string(source.get_read(7).unwrap()).unwrap(), "789");
        assert_eq!(source.raw.get(), 3);
    }
}

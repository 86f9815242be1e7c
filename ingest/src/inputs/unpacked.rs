//! Unpacked bytes, whatever they came packed in.
use super::bounded::{Bounded, Counted};
use super::magic::{self, HEAD, Kind, Packing};
use super::unreadable::Unreadable;
use super::zstd::Frames;
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufReader, Chain, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Packed bytes are read in pieces of this size.
const PIECE: usize = 128 << 10;

/// The unpacked bytes of a file. A packed file that breaks off, is damaged or was made to fill memory is an error of
/// reading, never a silent end.
pub struct Unpacked<R: Read> {
    packing: Packing,
    kind: Kind,
    bytes: Chain<Cursor<Vec<u8>>, Stream<R>>,
}

type Whole<R> = Chain<Cursor<Vec<u8>>, R>;
type Packed<R> = BufReader<Counted<Whole<R>>>;

enum Stream<R: Read> {
    Plain(Whole<R>),
    Gzip(Box<Bounded<MultiGzDecoder<Packed<R>>>>),
    Zstd(Box<Bounded<Frames<Packed<R>>>>),
}

impl<R: Read> Unpacked<R> {
    /// Looks at the first bytes. A packed file may unpack to `most` bytes.
    ///
    /// # Errors
    /// What cannot be read, or is a file of a kind that nobody here reads: see [`Unreadable`].
    pub fn open(mut source: R, most: u64) -> io::Result<Self> {
        let head = up_to(&mut source, HEAD)?;
        let packing = magic::packing(&head)?;
        let whole = Cursor::new(head).chain(source);
        let mut stream = Stream::new(whole, packing, most);
        let head = up_to(&mut stream, HEAD)?;
        let kind = magic::kind(&head, packing)?;
        Ok(Self { packing, kind, bytes: Cursor::new(head).chain(stream) })
    }
    /// What the file is packed with.
    pub const fn packing(&self) -> Packing {
        self.packing
    }
    /// What is in it.
    pub const fn kind(&self) -> Kind {
        self.kind
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(buffer)
    }
}

impl<R: Read> Stream<R> {
    fn new(whole: Whole<R>, packing: Packing, most: u64) -> Self {
        let packed = Arc::new(AtomicU64::new(0));
        let buffered = |whole, packed| BufReader::with_capacity(PIECE, Counted::new(whole, packed, None));
        match packing {
            Packing::Plain => Self::Plain(whole),
            Packing::Gzip => {
                let inner = MultiGzDecoder::new(buffered(whole, Arc::clone(&packed)));
                Self::Gzip(Box::new(Bounded::new(inner, packed, most)))
            }
            Packing::Zstd => {
                let inner = Frames::new(buffered(whole, Arc::clone(&packed)));
                Self::Zstd(Box::new(Bounded::new(inner, packed, most)))
            }
        }
    }
}

impl<R: Read> Read for Stream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(inner) => inner.read(buffer),
            Self::Gzip(inner) => inner.read(buffer).map_err(|error| told(error, Packing::Gzip)),
            Self::Zstd(inner) => inner.read(buffer).map_err(|error| told(error, Packing::Zstd)),
        }
    }
}

fn told(error: io::Error, packing: Packing) -> io::Error {
    if Unreadable::of(&error).is_some() {
        return error;
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Unreadable::BreaksOff(packing).into(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            Unreadable::Damaged { packing, how: error.to_string() }.into()
        }
        _ => error,
    }
}

fn up_to(bytes: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut read = Vec::new();
    bytes.by_ref().take(most as u64).read_to_end(&mut read)?;
    Ok(read)
}

#[cfg(test)]
#[path = "unpacked_tests.rs"]
mod tests;

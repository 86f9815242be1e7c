//! An input that was found, and its bytes.
use super::bounded::Counted;
use super::{Kind, Packing, Unpacked};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What one packed file of a bill may unpack to, unless somebody says otherwise: 1 TiB, three thousand million rows.
pub const MOST_UNPACKED: u64 = 1 << 40;

/// An input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What people call it: the path as they gave it, or `standard input`.
    pub name: String,
    /// Where its bytes are.
    pub place: Place,
    /// How many bytes those are, as they stand; unknown for pipes.
    pub size: Option<u64>,
    /// What ends the reading early; none where nobody can.
    pub stop: Option<Stop>,
}

/// Ends the reading of inputs from another thread: from then on they cannot be read.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Ends the reading.
    pub fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
    /// Whether it was ended.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
    /// An error once it was ended.
    pub(crate) fn check(&self) -> io::Result<()> {
        if self.is_set() { Err(io::Error::other("the reading was stopped")) } else { Ok(()) }
    }
}

impl PartialEq for Stop {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
impl Eq for Stop {}

/// Where bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this file.
    File(PathBuf),
    /// In standard input.
    Stdin,
}

/// An input that was opened.
pub struct Opened {
    source: Unpacked<Counted<Box<dyn Read + Send>>>,
    raw: RawBytes,
}

/// How many bytes were read of an input, as they stand: for progress, from any thread.
#[derive(Clone, Debug, Default)]
pub struct RawBytes(Arc<AtomicU64>);

impl RawBytes {
    /// So far.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
    /// Counts bytes that were read by another handle.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code))]
    pub(crate) fn add(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }
}

impl Opened {
    /// What is in it.
    pub const fn kind(&self) -> Kind {
        self.source.kind()
    }
    /// What it is packed with.
    pub const fn packing(&self) -> Packing {
        self.source.packing()
    }
    /// The count of bytes that were read of it.
    pub fn raw_bytes(&self) -> RawBytes {
        self.raw.clone()
    }
    /// Its unpacked bytes.
    pub fn into_source(self) -> Box<dyn Read + Send> {
        Box::new(self.source)
    }
}

impl Found {
    /// A file.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let size = fs::metadata(&path).ok().filter(fs::Metadata::is_file).map(|m| m.len());
        Self { name: path.display().to_string(), place: Place::File(path), size, stop: None }
    }
    /// Standard input.
    pub fn stdin() -> Self {
        Self { name: "standard input".into(), place: Place::Stdin, size: None, stop: None }
    }
    /// Its path, if it is a file.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => Some(path),
            Place::Stdin => None,
        }
    }
}

/// Opens an input, which may unpack to [`MOST_UNPACKED`].
///
/// # Errors
/// What cannot be opened or read, or is a file of a kind that nobody here reads; [`problem`](super::problem) tells it.
pub fn open(found: &Found) -> io::Result<Opened> {
    open_bounded(found, MOST_UNPACKED)
}

/// Opens an input, which may unpack to `most` bytes if it is packed.
///
/// # Errors
/// As [`open`].
pub fn open_bounded(found: &Found, most: u64) -> io::Result<Opened> {
    let bytes: Box<dyn Read + Send> = match &found.place {
        Place::Stdin => Box::new(io::stdin()),
        Place::File(path) if path.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Place::File(path) => Box::new(File::open(path)?),
    };
    let raw = RawBytes::default();
    let source = Unpacked::open(Counted::new(bytes, Arc::clone(&raw.0), found.stop.clone()), most)?;
    Ok(Opened { source, raw })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_counted() {
        let path = std::env::temp_dir().join(format!("plimsoll-found-{}.csv", std::process::id()));
        fs::write(&path, "a,b\n".repeat(1000)).unwrap();
        let found = Found::file(&path);
        let opened = open(&found).unwrap();
        assert_eq!((opened.packing(), opened.kind()), (Packing::Plain, Kind::Text));
        let raw = opened.raw_bytes();
        assert_eq!(io::copy(&mut opened.into_source(), &mut io::sink()).unwrap(), 4000);
        assert_eq!((found.size, raw.get()), (Some(4000), 4000));
        let stopped = Found { stop: Some(Stop::default()), ..found.clone() };
        let mut source = open(&stopped).unwrap().into_source();
        assert_eq!(source.read(&mut [0; 4]).unwrap(), 4);
        stopped.stop.as_ref().unwrap().now();
        let error = io::copy(&mut source, &mut io::sink()).and_then(|_| open(&stopped).map(drop)).unwrap_err();
        assert!(super::super::problem("a", &error).to_string().contains("the reading was stopped"));
        fs::remove_file(&path).unwrap();
        let error = open(&found).err().unwrap();
        assert!(super::super::problem("a", &error).to_string().ends_with(": there is no such file"));
    }
}

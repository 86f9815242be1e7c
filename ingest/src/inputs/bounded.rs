//! Unpacking that stops: a small gzip or zstd file may hold a thousand times its size.
use super::found::Stop;
use super::unreadable::Unreadable;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// No export packs better than this; gzip at its best reaches 1030, zstd 32,000. A row that repeats but for its time
/// reaches 60.
const BEST_RATIO: u64 = 250;
/// The ratio is not looked at before so many bytes.
const ANYWAY: u64 = 16 << 20;

/// Counts what passes, until it is stopped.
#[derive(Debug)]
pub(super) struct Counted<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
    stop: Option<Stop>,
}

impl<R> Counted<R> {
    /// Adds to this count.
    pub(super) const fn new(inner: R, bytes: Arc<AtomicU64>, stop: Option<Stop>) -> Self {
        Self { inner, bytes, stop }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stop.as_ref().map_or(Ok(()), Stop::check)?;
        let n = self.inner.read(buffer)?;
        self.bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Unpacked bytes, up to a bound.
#[derive(Debug)]
pub(super) struct Bounded<R> {
    inner: R,
    packed: Arc<AtomicU64>,
    bytes: u64,
    most: u64,
}

impl<R> Bounded<R> {
    /// Of these unpacked bytes, whose packed ones are counted here, at most so many.
    pub(super) const fn new(inner: R, packed: Arc<AtomicU64>, most: u64) -> Self {
        Self { inner, packed, bytes: 0, most }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bytes += n as u64;
        if self.bytes > self.most {
            return Err(Unreadable::TooLarge(self.most).into());
        }
        if self.bytes > ANYWAY && self.bytes / BEST_RATIO > self.packed.load(Ordering::Relaxed) {
            return Err(Unreadable::TooDense(BEST_RATIO).into());
        }
        Ok(n)
    }
}

//! Unpacking that stops: a small gzip may hold a thousand times its size.
use flate2::read::MultiGzDecoder;
use std::io::{self, Read};

/// The most that is read from one file once unpacked: 40 million rows. Doubled, a hostile upload costs twice the time.
const MOST: u64 = 2 << 30;
/// No export packs better than this; gzip at its best reaches 1030. A row that repeats but for its time reaches 60.
const BEST_RATIO: u64 = 250;
/// The ratio is not looked at before so many bytes.
const ANYWAY: u64 = 16 << 20;

/// Counts what passes.
struct Counted<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bytes += n as u64;
        Ok(n)
    }
}

/// Unpacked bytes, up to a bound.
pub(super) struct Unpacked<R> {
    inner: MultiGzDecoder<Counted<R>>,
    bytes: u64,
    most: u64,
}

impl<R: Read> Unpacked<R> {
    /// Unpacks a gzip file of any number of members.
    pub(super) fn new(inner: R) -> Self {
        Self { inner: MultiGzDecoder::new(Counted { inner, bytes: 0 }), bytes: 0, most: MOST }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bytes += n as u64;
        if self.bytes > self.most {
            return Err(io::Error::other(format!("it unpacks to more than {} MiB", self.most >> 20)));
        }
        if self.bytes > ANYWAY && self.bytes / BEST_RATIO > self.inner.get_ref().bytes {
            return Err(io::Error::other(format!("it unpacks to more than {BEST_RATIO} times its size")));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn packed(size: usize) -> Vec<u8> {
        let mut writer = GzEncoder::new(Vec::new(), Compression::best());
        writer.write_all(&vec![b'0'; size]).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn what_packs_too_well_is_stopped_early() {
        let bomb = packed(64 << 20);
        let mut read = Unpacked::new(&bomb[..]);
        let error = io::copy(&mut read, &mut io::sink()).unwrap_err();
        assert_eq!(error.to_string(), "it unpacks to more than 250 times its size");
        assert!(read.bytes < 32 << 20);
    }

    #[test]
    fn what_is_too_large_is_stopped() {
        let large = packed(2 << 20);
        let mut read = Unpacked { most: 1 << 20, ..Unpacked::new(&large[..]) };
        let error = io::copy(&mut read, &mut io::sink()).unwrap_err();
        assert_eq!(error.to_string(), "it unpacks to more than 1 MiB");
    }
}

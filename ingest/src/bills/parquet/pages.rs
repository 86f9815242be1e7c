//! How large the pages of a group of rows become, told by their headers before any is unpacked.
//!
//! Parquet, "File Format": a column of a group is pages one after the other, each with a header in the compact protocol of
//! Thrift, whose second and third fields are the sizes unpacked and packed. The library makes room for what a header says,
//! and unpacks gzip to whatever comes; a small file made for it would take all memory.
use flate2::bufread::MultiGzDecoder;
use parquet::basic::Compression;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::ChunkReader;
use std::io::{self, Read};

/// A header has tens of bytes, more where it tells the least and the greatest text: read in steps from this on.
const SOME: u64 = 4 << 10;
/// No header has more.
const MOST: u64 = 16 << 20;
/// Gzip unpacks to so many times its size at best.
const GZIP: u64 = 1032;

/// What a page's header says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Page {
    unpacked: i64,
    packed: i64,
    /// The bytes of the header itself.
    header: u64,
}

/// The bytes of the largest page of a column of one group of rows, once unpacked.
pub(super) fn largest(source: &impl ChunkReader, chunk: &ColumnChunkMetaData) -> Result<u64> {
    let damaged = |what: &str| ParquetError::General(what.into());
    let start = chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset()).min(chunk.data_page_offset());
    let length = u64::try_from(chunk.compressed_size()).map_err(|_| damaged("a column has less than no bytes"))?;
    let mut at = u64::try_from(start).map_err(|_| damaged("a column begins before the file"))?;
    let end = at.checked_add(length).ok_or_else(|| damaged("a column ends beyond all files"))?;
    let mut largest = 0;
    while at < end {
        let page = header(source, at, end - at)?.ok_or_else(|| damaged("the header of a page cannot be read"))?;
        let sizes = (u64::try_from(page.unpacked), u64::try_from(page.packed));
        let (Ok(unpacked), Ok(packed)) = sizes else { return Err(damaged("a page has less than no bytes")) };
        at += page.header;
        if matches!(chunk.compression(), Compression::GZIP(_)) && packed.saturating_mul(GZIP) > super::bounds::ANYWAY {
            let bytes = source.get_bytes(at, packed as usize)?;
            // Uncompressed levels may stand before what is packed; then it is not gzip, and nothing comes of it.
            let comes = io::copy(&mut MultiGzDecoder::new(&bytes[..]).take(unpacked + 1), &mut io::sink()).unwrap_or(0);
            if comes > unpacked {
                return Err(damaged("a page unpacks to more than its header says"));
            }
        }
        at = at.saturating_add(packed);
        largest = largest.max(unpacked);
    }
    Ok(largest)
}

/// The header at a place, with so many bytes behind it.
fn header(source: &impl ChunkReader, at: u64, rest: u64) -> Result<Option<Page>> {
    let mut length = SOME;
    loop {
        let mut bytes = Vec::new();
        source.get_read(at)?.take(length.min(rest)).read_to_end(&mut bytes)?;
        let mut thrift = Thrift { bytes: &bytes, at: 0 };
        let mut page = Page::default();
        if thrift.structure(0, &mut |field, value| match field {
            2 => page.unpacked = value,
            3 => page.packed = value,
            _ => {}
        }) == Some(())
        {
            return Ok(Some(Page { header: thrift.at as u64, ..page }));
        }
        if length >= MOST || length >= rest || (bytes.len() as u64) < length {
            return Ok(None);
        }
        length *= 8;
    }
}

/// Structures deeper than this are in no header.
const DEEPEST: usize = 8;

/// Bytes in the compact protocol of Thrift, of which only whole numbers of the outermost structure are told.
struct Thrift<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Thrift<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn variable(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn whole(&mut self) -> Option<i64> {
        self.variable().map(|value| (value >> 1) as i64 ^ -((value & 1) as i64))
    }

    fn skip(&mut self, bytes: u64) -> Option<()> {
        self.at = self.at.checked_add(usize::try_from(bytes).ok()?).filter(|at| *at <= self.bytes.len())?;
        Some(())
    }

    fn structure(&mut self, depth: usize, told: &mut dyn FnMut(i64, i64)) -> Option<()> {
        let mut field = 0;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(());
            }
            field = if head >> 4 == 0 { self.whole()? } else { field + i64::from(head >> 4) };
            match head & 0xf {
                4..=6 => told(field, self.whole()?),
                kind => self.value(kind, false, depth)?,
            }
        }
    }

    fn value(&mut self, kind: u8, is_item: bool, depth: usize) -> Option<()> {
        match kind {
            // A truth stands in the head of its field; in a list it is a byte.
            1 | 2 if !is_item => Some(()),
            1..=3 => self.skip(1),
            4..=6 => self.whole().map(|_| ()),
            7 => self.skip(8),
            8 => {
                let length = self.variable()?;
                self.skip(length)
            }
            9 | 10 => {
                let head = self.byte()?;
                let items = if head >> 4 == 15 { self.variable()? } else { u64::from(head >> 4) };
                (0..items).try_for_each(|_| self.value(head & 0xf, true, depth))
            }
            12 if depth < DEEPEST => self.structure(depth + 1, &mut |_, _| {}),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::Source;
    use super::*;

    #[test]
    fn sizes_are_read_and_the_rest_is_passed_over() {
        // Kind 0; 300 bytes unpacked, 200 packed; a structure with a number, a text, a truth and a list of numbers.
        let bytes =
            [0x15, 0, 0x15, 0xd8, 4, 0x15, 0x90, 3, 0x2c, 0x15, 2, 0x18, 2, b'a', b'b', 0x11, 0x19, 0x25, 2, 4, 0, 0];
        let page = header(&Source::of(bytes.to_vec()), 0, bytes.len() as u64).unwrap();
        assert_eq!(page, Some(Page { unpacked: 300, packed: 200, header: bytes.len() as u64 }));
        for end in 0..bytes.len() {
            assert_eq!(header(&Source::of(bytes[..end].to_vec()), 0, end as u64).unwrap(), None, "{end}");
        }
    }

    #[test]
    fn noise_is_no_header_and_no_endless_loop() {
        for kind in 0..=255 {
            for fill in [0xff, 0x1c, 0x19, 0xfc] {
                let mut bytes = vec![fill; 5000];
                bytes[0] = kind;
                let _ = header(&Source::of(bytes), 0, 5000).unwrap();
            }
        }
    }
}

//! What is refused before a page is unpacked: files that break off, codecs that nobody here reads, pages made to fill memory.
use crate::problem::Problem;
use parquet::basic::Compression;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{ChunkReader, Length};

const MAGIC: usize = 4;
/// The magic at both ends, and the length of the footer.
const LEAST: u64 = 12;
/// A column of one group of rows may unpack to so many bytes, whatever it takes packed: 256 MiB. Exports have a hundredth.
const ANYWAY: u64 = 256 << 20;
/// Beyond that, to so many times what it takes: text that is the same in every row is a run already before it is packed.
const BEST_RATIO: u64 = 250;
/// Why it is not read, and what to do.
type Refused = (String, &'static str);

/// The end of a file, where its schema is.
pub(super) fn tail(source: &(impl ChunkReader + Length)) -> Result<(), Refused> {
    let length = source.len();
    let end = if length < LEAST { None } else { source.get_bytes(length - MAGIC as u64, MAGIC).ok() };
    match end.as_deref() {
        Some(b"PAR1") => Ok(()),
        Some(b"PARE") => Err(("this Parquet file is encrypted".into(), "write it anew without encryption")),
        _ => Err((
            "the Parquet file breaks off: its end, which tells its columns, is missing".into(),
            "is it still being written? copy or download it again",
        )),
    }
}

/// What the columns are packed with, and how large they become.
pub(super) fn chunks(about: &ParquetMetaData) -> Result<(), Refused> {
    for (group, rows) in about.row_groups().iter().enumerate() {
        for chunk in rows.columns() {
            let name = chunk.column_path().string();
            let codec = match chunk.compression() {
                Compression::LZO => "LZO",
                Compression::BROTLI(_) => "Brotli",
                Compression::LZ4 => "the LZ4 that Parquet has given up",
                _ => "",
            };
            if !codec.is_empty() {
                let what = format!("the column `{name}` is packed with {codec}, which is not read here");
                return Err((what, "write it anew with Snappy, Zstandard, gzip or LZ4_RAW"));
            }
            let (packed, unpacked) = (size(chunk.compressed_size()), size(chunk.uncompressed_size()));
            if unpacked > ANYWAY && unpacked / BEST_RATIO > packed {
                let what = format!("the column `{name}` of group {group} unpacks to more than {BEST_RATIO} times its size");
                return Err((what, "was it made to fill memory? write it anew"));
            }
        }
    }
    Ok(())
}

fn size(bytes: i64) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// The problem of a file that is not read.
pub(super) fn problem(file: &str, (what, help): Refused) -> Problem {
    Problem::in_whole(file, what, help)
}

//! What is refused before a page is unpacked: files that break off, codecs that nobody here reads, pages made to fill memory.
use super::pages;
use crate::problem::Problem;
use parquet::basic::Compression;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::ChunkReader;

const MAGIC: usize = 4;
/// The magic at both ends, and the length of the footer.
const LEAST: u64 = 12;
/// What the largest pages of the columns that are looked at may unpack to at once: 1 GiB a reader. Exports have a hundredth.
const MOST: u64 = 1 << 30;
/// A page that cannot unpack to more is not unpacked to see what it does.
pub(super) const ANYWAY: u64 = 256 << 20;
/// Why it is not read, and what to do.
type Refused = (String, &'static str);

/// The end of a file, where its schema is.
pub(super) fn tail(source: &impl ChunkReader) -> Result<(), Refused> {
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
    for rows in about.row_groups() {
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
        }
    }
    Ok(())
}

/// Whether there is room for the largest pages of these columns of a group of rows.
pub(super) fn room(
    source: &impl ChunkReader,
    about: &ParquetMetaData,
    group: usize,
    roots: &[usize],
) -> Result<(), String> {
    let schema = about.file_metadata().schema_descr();
    let mut needed = 0_u64;
    for (leaf, chunk) in about.row_group(group).columns().iter().enumerate() {
        if roots.binary_search(&schema.get_column_root_idx(leaf)).is_ok() {
            needed = needed.saturating_add(pages::largest(source, chunk).map_err(|error| error.to_string())?);
        }
    }
    if needed > MOST {
        return Err(format!(
            "its pages unpack to {} MiB, more than {} MiB; was it made to fill memory?",
            needed >> 20,
            MOST >> 20
        ));
    }
    Ok(())
}

/// The problem of a file that is not read.
pub(super) fn problem(file: &str, (what, help): Refused) -> Problem {
    Problem::in_whole(file, what, help)
}

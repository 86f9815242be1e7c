//! What a file is, by its first bytes.
use super::Unreadable;
use std::fmt;

/// So many bytes are looked at.
pub(super) const HEAD: usize = 64;

/// What a file is packed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Nothing.
    Plain,
    /// Gzip, RFC 1952, of any number of members.
    Gzip,
    /// Zstandard, RFC 8878, of any number of frames.
    Zstd,
}

impl fmt::Display for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plain => "plain",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        })
    }
}

/// What is in a file, once unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, as far as its beginning shows.
    Text,
    /// A Parquet file, which is packed within and read from its end.
    Parquet,
}

/// What a file is packed with; an error if it is nothing that can be read.
pub(super) fn packing(head: &[u8]) -> Result<Packing, Unreadable> {
    match head {
        [0x1f, 0x8b, ..] => Ok(Packing::Gzip),
        // A skippable frame may come first, as pzstd writes it.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Ok(Packing::Zstd),
        _ => foreign(head).map_or(Ok(Packing::Plain), Err),
    }
}

/// What is in a file whose unpacked bytes begin like this.
pub(super) fn kind(head: &[u8], packed_with: Packing) -> Result<Kind, Unreadable> {
    let inner = match packing(head)? {
        Packing::Plain if !head.starts_with(b"PAR1") => return Ok(Kind::Text),
        Packing::Plain if packed_with == Packing::Plain => return Ok(Kind::Parquet),
        Packing::Plain => "a Parquet file",
        Packing::Gzip => "a gzip file",
        Packing::Zstd => "a zstd file",
    };
    let what = format!("{inner} within {packed_with}");
    Err(Unreadable::Foreign { what, help: "unpack it once, and give what comes out" })
}

const UNPACK: &str = "unpack it first, and give the files in it";
const EXPORT: &str = "give the CSV export itself, plain or packed with gzip or zstd";

/// Known files that nobody here can read.
fn foreign(head: &[u8]) -> Option<Unreadable> {
    let (what, help) = match head {
        [b'P', b'K', 3, 4, ..] => return Some(zip(head)),
        [b'P', b'K', 5, 6, ..] => ("an empty zip archive", EXPORT),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => ("an .xls workbook", "save its sheet as CSV"),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] | [0xfd, b'7', b'z', b'X'] => ("packed with xz", UNPACK),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, ..] | [b'B', b'Z', b'h', b'1'..=b'9'] => {
            ("packed with bzip2", UNPACK)
        }
        [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, ..] => ("a 7z archive", UNPACK),
        [0x04, 0x22, 0x4d, 0x18, ..] => ("packed with lz4", UNPACK),
        [b'R', b'a', b'r', b'!', 0x1a, 7, ..] => ("a rar archive", UNPACK),
        [b'P', b'A', b'R', b'E', length @ ..] if length.iter().take(4).any(|b| *b == 0) => {
            ("an encrypted Parquet file", "write it anew without encryption")
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => ("text in UTF-16", "save it as UTF-8"),
        _ if head.starts_with(b"SQLite format 3\0") => ("an SQLite database", EXPORT),
        _ if head.starts_with(b"%PDF-") => ("a PDF document", EXPORT),
        _ if head.starts_with(b"Obj\x01") => ("an Avro file", EXPORT),
        _ if is_markup(head) && !is_test_results(head) => {
            ("a page of HTML or XML", "was a log-in or an error saved in place of the export?")
        }
        _ => return None,
    };
    Some(Unreadable::Foreign { what: what.into(), help })
}

/// A zip archive or a workbook, which is one: the name of its first file tells them apart.
fn zip(head: &[u8]) -> Unreadable {
    let first = head.get(30..).unwrap_or_default();
    let is_workbook =
        [&b"[Content_Types].xml"[..], b"_rels/", b"xl/", b"docProps/"].iter().any(|n| first.starts_with(n));
    let (what, help) = match first {
        [] => ("a zip archive or an .xlsx workbook", UNPACK),
        _ if is_workbook => ("an .xlsx workbook", "save its sheet as CSV"),
        _ => ("a zip archive", UNPACK),
    };
    Unreadable::Foreign { what: what.into(), help }
}

fn is_markup(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().to_ascii_lowercase();
    [&b"<!doctype"[..], b"<html", b"<?xml"].iter().any(|start| text.starts_with(start))
}

/// Results of JMeter, the one kind of XML that is read.
fn is_test_results(head: &[u8]) -> bool {
    head.windows(12).any(|part| part == b"<testResults")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_tell_what_a_file_is() {
        let with_name = |name: &str| [&b"PK\x03\x04"[..], &[0; 26], name.as_bytes()].concat();
        let workbook = with_name("[Content_Types].xml");
        let archive = with_name("march.csv");
        let cases: [(&[u8], &str); 13] = [
            (b"PARE\x1a\x03\0\0", "this is an encrypted Parquet file"),
            (&workbook, "this is an .xlsx workbook"),
            (&archive, "this is a zip archive"),
            (b"PK\x03\x04\x14\x00", "this is a zip archive or an .xlsx workbook"),
            (b"BZh91AY&SY", "this is packed with bzip2"),
            (b"\xfd7zXZ\0", "this is packed with xz"),
            (b"7z\xbc\xaf\x27\x1c\0\x04", "this is a 7z archive"),
            (b"SQLite format 3\0\x10", "this is an SQLite database"),
            (b"%PDF-1.7\n", "this is a PDF document"),
            (b"\xff\xfet\0", "this is text in UTF-16"),
            (b"<?xml version=\"1.0\"?><Error>", "this is a page of HTML or XML"),
            (b"\n<!DOCTYPE html>", "this is a page of HTML or XML"),
            (b"\xd0\xcf\x11\xe0\xa1", "this is an .xls workbook"),
        ];
        for (head, what) in cases {
            assert_eq!(packing(head).unwrap_err().to_string(), what);
        }
        let texts =
            [&b""[..], b"B", b"BZh2,a", b"7zip,a", b"a,b\n", b"{", b"PARK,a", b"PARENT,a", b"<?xml?>\n<testResults>"];
        for text in texts {
            assert_eq!(packing(text), Ok(Packing::Plain));
            assert_eq!(kind(text, Packing::Plain), Ok(Kind::Text));
        }
        assert_eq!(packing(b"\x5d\x2a\x4d\x18\0"), Ok(Packing::Zstd));
    }

    #[test]
    fn what_is_packed_twice_is_told() {
        assert_eq!(kind(b"PAR1\x15", Packing::Plain), Ok(Kind::Parquet));
        let told = |head: &[u8]| kind(head, Packing::Gzip).unwrap_err().to_string();
        assert_eq!(told(b"PAR1\x15"), "this is a Parquet file within gzip");
        assert_eq!(told(b"\x1f\x8b\x08"), "this is a gzip file within gzip");
        assert_eq!(told(b"%PDF-"), "this is a PDF document");
    }
}

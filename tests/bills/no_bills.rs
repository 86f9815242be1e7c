//! Files that are no bill: nothing in them, something else, or far more than they look.
use super::{FIXTURES, No, answer, whole};
use crate::asking::answer_of;
use crate::shelf::Shelf;
use crate::table::Table;
use flate2::Compression;
use flate2::write::GzEncoder;
use plimsoll_ingest::inputs::{Found, expand};
use plimsoll_tests::run;
use std::fs::File;
use std::io::Write;
use std::time::{Duration, Instant};

/// The only problem of some bytes.
fn problem(bytes: impl AsRef<[u8]>) -> String {
    match answer_of(bytes, &whole()) {
        Err(No::Problems(problems)) if problems.len() == 1 => problems[0].what.clone(),
        other => panic!("one problem was expected: {other:?}"),
    }
}

#[test]
fn nothing_is_no_bill() {
    for bytes in ["", "\u{feff}", "\n\n\r\n", "sep=;\n"] {
        assert_eq!(problem(bytes), "the file is empty", "{bytes:?}");
    }
    for (name, _) in FIXTURES {
        let header = Table::fixture(name).with_rows([]).csv();
        for end in ["", "\n", "\n\n\n"] {
            let text = [header.trim_ascii_end(), end.as_bytes()].concat();
            let told = answer_of(text, &whole());
            let Err(No::Refusal(refusal)) = &told else { panic!("{name}: {told:?}") };
            assert_eq!(refusal.kind(), "empty", "{name}: {refusal}");
        }
    }
}

#[test]
fn what_is_something_else_is_called_by_its_name() {
    let zeros = [b"time,value\n".to_vec(), vec![0; 40]].concat();
    let cases: [(&[u8], &str); 10] = [
        (b"PK\x03\x04\x14\x00\x06\x00", "this is a zip archive or an .xlsx workbook"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "this is a PDF document"),
        (b"<!DOCTYPE html><html><body>Sign in", "this is a page of HTML or XML"),
        (b"\xff\xfeB\0i\0l\0l\0", "this is text in UTF-16"),
        (b"BZh91AY&SY\x00", "this is packed with bzip2"),
        (b"SQLite format 3\0", "this is an SQLite database"),
        (&zeros, "this is not text in UTF-8: it has zero bytes"),
        (b"{\"question\": \"bill\"}", "this header is of no bill that is known"),
        (b"name = \"shop\"\nentry = \"api\"\n", "this header is of no bill that is known"),
        (b"timestamp,value\n2026-03-01 04:00,7\n", "this header is of no bill that is known"),
    ];
    for (bytes, what) in cases {
        assert_eq!(problem(bytes), what, "{:?}", String::from_utf8_lossy(bytes));
    }
    let parquet = problem(b"PAR1\x15\x04\x15\x10PAR1");
    assert!(parquet.starts_with("the Parquet file is damaged: "), "{parquet}");
}

#[test]
fn pictures_and_noise_are_told_and_never_added_up() {
    let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0"[..], &noise(3000, 1)].concat();
    let jpeg = [&b"\xff\xd8\xff\xe0\0\x10JFIF\0"[..], &noise(3000, 2)].concat();
    let gif = [&b"GIF89a"[..], &noise(3000, 3)].concat();
    let mut texts: Vec<Vec<u8>> = vec![png, jpeg, gif];
    texts.extend((4..40).map(|seed| noise(2000, seed)));
    // Noise without zeros, which is not even that.
    texts.extend((40..80).map(|seed| noise(2000, seed).into_iter().filter(|byte| *byte != 0).collect()));
    // And under the header of every format.
    for (name, _) in FIXTURES {
        texts.extend((80..90).map(|seed| [Table::fixture(name).with_rows([]).csv(), noise(2000, seed)].concat()));
    }
    for bytes in texts {
        let told = answer_of(&bytes, &whole());
        assert!(matches!(told, Err(No::Problems(_))), "{told:?}");
    }
}

/// Bytes of a generator, the same in every run.
fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as u8
    };
    (0..length).map(|_| next()).collect()
}

/// A file of many gzip members, each of the same megabytes.
fn bomb(shelf: &Shelf, name: &str, head: &[u8], piece: &[u8], times: usize) -> Found {
    let member = |bytes: &[u8]| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(bytes).expect("memory takes what is written");
        packer.finish().expect("memory takes what is written")
    };
    let found = shelf.put(name, member(head));
    let mut file = File::options().append(true).open(found.path().expect("it is a file")).expect("it was just made");
    let packed = member(piece);
    (0..times).for_each(|_| file.write_all(&packed).expect("the disk takes what is written"));
    Found { size: file.metadata().ok().map(|data| data.len()), ..found }
}

#[test]
fn a_small_file_that_unpacks_to_gigabytes_is_bounded() {
    let shelf = Shelf::new();
    let header = Table::fixture("focus.csv").with_rows([]).csv();
    // A sound row, but for a description of a megabyte.
    let mut row = Table::fixture("focus.csv");
    row = row.with_rows([row.rows[1].clone()]).with_cell(0, "ChargeDescription", &"a".repeat(1 << 20));
    let row = row.csv()[header.len()..].to_vec();
    // 4 GB each, of 4 MB.
    let cases = [
        ("zeros.csv.gz", &b""[..], vec![0; 1 << 20], "this is not text in UTF-8: it has zero bytes"),
        ("letters.csv.gz", &header, vec![b'a'; 1 << 20], "the row does not end within 8 MiB"),
        ("rows.csv.gz", &header, row, "it unpacks to more than 250 times its size"),
        ("quote.csv.gz", &[&header[..], b"\""].concat(), vec![b'a'; 1 << 20], "a quote is opened and never closed"),
        ("header.csv.gz", b"a,b,c,", vec![b'a'; 1 << 20], "the header does not end within 256 KiB"),
    ];
    for (name, head, piece, what) in cases {
        let file = bomb(&shelf, name, head, &piece, 4_000);
        let began = Instant::now();
        let told = answer(std::slice::from_ref(&file), &whole());
        let Err(No::Problems(problems)) = told else { panic!("{name}: it was added up") };
        println!("{name}, {} kB: {} after {:.1?}", file.size.unwrap_or(0) / 1000, problems[0].what, began.elapsed());
        assert!(problems[0].what.contains(what), "{name}: {}", problems[0]);
        assert!(began.elapsed() < Duration::from_secs(20), "{name}");
        std::fs::remove_file(file.path().expect("it is a file")).expect("it was made here");
    }
}

#[test]
fn folders_without_exports_are_told_apart_from_missing_ones() {
    let shelf = Shelf::new();
    shelf.put("empty/notes/read-me.txt", "nothing");
    let told = |word: &str| {
        let path = shelf.folder().join(word);
        let problems = expand(&[path.to_str().expect("a plain name").to_owned()]).expect_err("there is nothing");
        problems.iter().map(|problem| problem.what.clone()).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(told("empty"), "the folder has neither CSV nor Parquet files");
    assert_eq!(told("absent"), "there is no such file");
    assert_eq!(told("empty/*.csv"), "no file matches");
    // A folder that was given as a file, past the command line.
    let folder = Found::file(shelf.folder());
    let Err(No::Problems(problems)) = answer(&[folder], &whole()) else { panic!("a folder was added up") };
    assert_eq!(problems[0].what, "is a directory");
}

#[test]
fn the_command_says_no_with_its_status() {
    let shelf = Shelf::new();
    let header = Table::fixture("focus.csv").with_rows([]).csv();
    let word = |found: &Found| found.path().and_then(|path| path.to_str()).expect("a plain name").to_owned();
    let (empty, bare) = (word(&shelf.put("empty.csv", "")), word(&shelf.put("bare.csv", header)));
    for (path, status, out) in [(empty.as_str(), 2, false), (bare.as_str(), 1, true)] {
        let ran = run(&["bill", path]);
        assert_eq!((ran.status, ran.out.is_empty(), ran.err.is_empty()), (status, !out, out), "{}{}", ran.out, ran.err);
    }
    let both = run(&["bill", &empty, &bare, "fixtures/bills/focus.csv"]);
    assert_eq!((both.status, both.out.as_str()), (2, ""), "one file that cannot be read is one too many");
}

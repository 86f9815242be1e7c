//! The same rows in every way a table is saved, packed and handed over: the same answer.
use super::{answer, by, fixture, text};
use crate::asking::{answer_of, json, without_files};
use crate::shelf::Shelf;
use crate::table::{Dialect, PLAIN, Table};
use csv::QuoteStyle;
use flate2::Compression;
use flate2::write::GzEncoder;
use plimsoll::bill::Detail;
use plimsoll_ingest::bills::Asked;
use plimsoll_ingest::inputs::expand;
use plimsoll_tests::{TODAY, root, run_in};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::Value;
use std::io::Write;
use std::path::Path;

const COLUMNS: [&str; 2] = ["service", "tag:team"];

fn asked() -> Asked {
    by(&COLUMNS)
}

fn plain() -> Value {
    json(&answer(&[fixture("focus.csv")], &asked()).expect("the fixture is sound"))
}

/// The answer about what these words of a command line mean.
fn meant(words: &[String]) -> Value {
    let inputs = expand(words).unwrap_or_else(|problems| panic!("{problems:?}"));
    json(&answer(&inputs.files, &asked()).unwrap_or_else(|no| panic!("{words:?}: {no}")))
}

fn word(path: &Path) -> String {
    path.to_str().expect("folders here have plain names").to_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).expect("memory takes what is written");
    packer.finish().expect("memory takes what is written")
}

#[test]
fn separators_quotes_and_line_ends_do_not_show() {
    let table = Table::fixture("focus.csv");
    let plain = plain();
    let as_is = text("focus.csv");
    let written = |delimiter: u8, line_end, quotes| table.written(Dialect { delimiter, line_end, quotes });
    let semicolons = String::from_utf8(written(b';', b"\n", QuoteStyle::Necessary)).expect("it is text");
    let mut ways = vec![
        ("a byte order mark", format!("\u{feff}{as_is}").into_bytes()),
        ("no last line end", as_is.trim_end().into()),
        ("blank lines above", format!("\n\n{as_is}").into()),
        ("sep=;", format!("sep=;\n{semicolons}").into()),
        ("a byte order mark and sep=;", format!("\u{feff}sep=;\r\n{}", semicolons.replace('\n', "\r\n")).into()),
    ];
    for (name, delimiter) in [("commas", b','), ("semicolons", b';'), ("tabs", b'\t'), ("bars", b'|')] {
        for line_end in [&b"\n"[..], b"\r\n", b"\r"] {
            for quotes in [QuoteStyle::Necessary, QuoteStyle::Always, QuoteStyle::NonNumeric] {
                ways.push((name, written(delimiter, line_end, quotes)));
            }
        }
    }
    for (name, bytes) in &ways {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        let told = answer_of(bytes, &asked()).unwrap_or_else(|no| panic!("{name}, {start:?}: {no}"));
        assert!(json(&told) == plain, "{name}, {start:?}");
    }
    assert_eq!(ways.len(), 41);
}

#[test]
fn every_shape_may_be_saved_in_every_way() {
    for (name, _) in super::FIXTURES {
        let plain = json(&answer(&[fixture(name)], &by(&["service"])).expect("the fixture is sound"));
        let table = Table::fixture(name);
        for (delimiter, line_end) in [(b';', &b"\r\n"[..]), (b'\t', b"\r")] {
            for quotes in [QuoteStyle::Necessary, QuoteStyle::Always] {
                let written = table.written(Dialect { delimiter, line_end, quotes });
                let told = answer_of(written, &by(&["service"])).unwrap_or_else(|no| panic!("{name}: {no}"));
                assert!(json(&told) == plain, "{name}: {:?} {line_end:?} {quotes:?}", delimiter as char);
            }
        }
    }
}

#[test]
fn what_a_file_is_packed_with_does_not_show() {
    let (bytes, plain) = (text("focus.csv").into_bytes(), plain());
    // Members and frames end anywhere, as when a packer works in parts.
    let parts: Vec<&[u8]> = bytes.chunks(30_011).collect();
    let frame = |part: &[u8]| compress_to_vec(part, CompressionLevel::Fastest);
    let empty = gzip(b"");
    let packed = [
        ("one member", gzip(&bytes)),
        ("several members", parts.iter().flat_map(|part| gzip(part)).collect()),
        ("an empty member first", [empty, gzip(&bytes)].concat()),
        ("one frame", frame(&bytes)),
        ("several frames", parts.iter().flat_map(|part| frame(part)).collect()),
        ("frames after one to skip", [&b"\x50\x2a\x4d\x18\x03\0\0\0abc"[..], &frame(&bytes)].concat()),
    ];
    for (name, packed) in &packed {
        let told = answer_of(packed, &asked()).unwrap_or_else(|no| panic!("{name}: {no}"));
        assert!(json(&told) == plain, "{name}");
    }
}

/// The rows in three files, the second packed.
fn three(shelf: &Shelf, folder: &str) {
    let table = Table::fixture("focus.csv");
    let parts: Vec<Vec<u8>> = table.rows.chunks(150).map(|rows| table.with_rows(rows.to_vec()).csv()).collect();
    let [first, second, third] = &parts[..] else { panic!("369 rows are three parts") };
    shelf.put(&format!("{folder}/part-0.csv"), first);
    shelf.put(&format!("{folder}/part-1.csv.gz"), gzip(second));
    shelf.put(&format!("{folder}/part-2.csv"), third);
}

#[test]
fn several_files_are_one_bill() {
    let (shelf, plain) = (Shelf::new(), plain());
    three(&shelf, "parts");
    let folder = shelf.folder().join("parts");
    let files: Vec<String> = ["0.csv", "1.csv.gz", "2.csv"].map(|end| word(&folder.join(format!("part-{end}")))).into();
    assert_eq!(meant(&files), plain, "three files");
    assert_eq!(meant(&[files[2].clone(), files[0].clone(), files[1].clone()]), plain, "in another order");
    assert_eq!(meant(&[word(&folder.join("part-*"))]), plain, "a glob");
    assert_eq!(meant(&[word(&shelf.folder().join("**/part-?.csv*"))]), plain, "a glob over folders");
    assert_eq!(meant(&[word(&folder)]), plain, "a folder");
    assert_eq!(meant(&[word(&folder), files[1].clone()]), plain, "a file that was named twice");
}

#[test]
fn a_manifest_says_which_files_are_the_bill() {
    let (shelf, plain) = (Shelf::new(), plain());
    let manifests = [
        ("aws", "export-Manifest.json", r#"{"dataFiles": [KEYS]}"#, "s3://store/exports/bill/data/"),
        ("cur", "bill-Manifest.json", r#"{"reportKeys": [KEYS]}"#, "reports/bill/20260301-20260401/"),
        ("azure", "manifest.json", r#"{"blobs": [KEYS]}"#, "exports/bill/20260301-20260331/"),
    ];
    for (provider, name, manifest, key) in manifests {
        three(&shelf, provider);
        // Last month's run, which nobody lists any more.
        shelf.put(&format!("{provider}/part-9.csv"), Table::fixture("focus.csv").csv());
        let key = |file: &str| match provider {
            "azure" => format!(r#"{{"blobName": "{key}{file}", "byteCount": 1}}"#),
            _ => format!(r#""{key}{file}""#),
        };
        let keys = ["part-0.csv", "part-1.csv.gz", "part-2.csv"].map(key).join(", ");
        shelf.put(&format!("{provider}/{name}"), manifest.replace("KEYS", &keys));
        let folder = shelf.folder().join(provider);
        assert_eq!(meant(&[word(&folder)]), plain, "{provider}: a folder with a manifest");
        assert_eq!(meant(&[word(&folder.join(name))]), plain, "{provider}: the manifest by itself");
        let notes = expand(&[word(&folder)]).expect("it was just read").notes;
        assert!(notes.iter().any(|note| note.contains("part-9.csv")), "{notes:?}");
    }
}

#[test]
fn the_command_reads_standard_input_like_a_file() {
    let plain = plain();
    let columns = COLUMNS.join(",");
    let day = TODAY.to_string();
    let flags = ["--by", &columns, "--cost", "billed", "--format", "json", "--as-of", &day];
    let told = |words: &[&str], input: &str| -> Value {
        let ran = run_in(&root(), &[&["bill"], words, &flags[..]].concat(), input);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        serde_json::from_str(&ran.out).expect("it is JSON")
    };
    let text = text("focus.csv");
    let piped = told(&["-"], &text);
    assert_eq!(piped["inputs"][0]["name"], "standard input");
    let named = told(&["fixtures/bills/focus.csv"], "");
    assert_eq!(named["inputs"][0]["name"], "focus.csv");
    let semicolons = Table::read(&text).written(Dialect { delimiter: b';', ..PLAIN });
    let semicolons = told(&["-"], &String::from_utf8(semicolons).expect("it is text"));
    for told in [piped, named, semicolons] {
        assert_eq!(without_files(&told), plain);
    }
}

/// Without --cost a bill without effective costs shows another, and says so: from a file and from standard input.
#[test]
fn a_bill_without_the_effective_cost_shows_another_wherever_it_comes_from() {
    let day = TODAY.to_string();
    let mut without = Table::fixture("focus.csv");
    let place = without.place("EffectiveCost");
    without.header[place] = "x_other".into();
    let without = String::from_utf8(without.csv()).expect("it is text");
    let shelf = Shelf::new();
    for (name, text) in [("cost_explorer.csv", text("cost_explorer.csv")), ("focus.csv", without)] {
        let path = word(shelf.put(name, &text).path().expect("it is a file"));
        let told = |input: &str| -> Value {
            let ran = run_in(&root(), &["bill", input, "--by", "service", "--format", "json", "--as-of", &day], &text);
            assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
            serde_json::from_str(&ran.out).expect("it is JSON")
        };
        let (piped, file) = (told("-"), told(&path));
        assert_eq!(without_files(&piped), without_files(&file), "{name}");
        assert_eq!(piped["answer"]["cost"], "billed", "{name}");
        assert!(piped.to_string().contains("no row has the effective cost: the billed cost is shown"), "{piped:#}");
        let asked = run_in(&root(), &["bill", "-", "--cost", "effective", "--as-of", &day], &text);
        assert_eq!(asked.status, 1, "what was asked for is not exchanged: {}", asked.out);
    }
}

#[test]
fn how_many_read_and_how_much_is_kept_does_not_show() {
    let quarter = fixture("quarter.csv");
    let of = |threads, detail| {
        let asked = Asked { threads, detail, ..by(&["service"]) };
        json(&answer(std::slice::from_ref(&quarter), &asked).expect("the fixture is sound"))
    };
    let one = of(1, Detail::Full);
    assert!(one["groups"].as_array().is_some_and(|groups| groups.len() > 5) && !one["change"].is_null());
    for threads in [2, 5] {
        assert!(of(threads, Detail::Full) == one, "{threads} readers");
        let sums = of(threads, Detail::Sums);
        assert_eq!((&sums["groups"], &sums["total"]), (&one["groups"], &one["total"]));
        assert!(sums["change"].is_null() && sums["commitments"]["each"].as_array().is_some_and(Vec::is_empty));
    }
    let told = |flags: &[&str]| {
        let ran = run_in(&root(), &[&["bill", "fixtures/bills/quarter.csv", "--format", "json"], flags].concat(), "");
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        ran.out
    };
    let day = TODAY.to_string();
    let [one, many] = ["1", "5"].map(|n| told(&["--by", "service", "--threads", n, "--as-of", &day]));
    assert_eq!(one, many);
    let [one, sums] = [&one, &told(&["--by", "service", "--sums"])]
        .map(|out| serde_json::from_str::<Value>(out).expect("it is JSON"));
    assert_eq!(one["answer"]["groups"], sums["answer"]["groups"]);
}

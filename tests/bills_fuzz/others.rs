//! What is around bills: packed files, manifests, and what the business did.
use crate::asking::answer;
use crate::corpus;
use crate::damage::scribbled;
use crate::random::Random;
use crate::shelf::Shelf;
use crate::{Became, fuzzed, told};
use flate2::Compression;
use flate2::write::GzEncoder;
use plimsoll::bill::{BillOptions, Cost};
use plimsoll::{Answer, Question, ask};
use plimsoll_ingest::bills::{Asked, read};
use plimsoll_ingest::business;
use plimsoll_ingest::inputs::expand;
use plimsoll_tests::in_world;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::fs;
use std::io::Write;

fn asked() -> Asked {
    Asked { cost: Cost::Billed, ..Asked::default() }
}

fn focus() -> corpus::Format {
    corpus::formats().swap_remove(0)
}

#[test]
fn what_is_packed_and_damaged_is_refused_or_the_same_bill() {
    let (shelf, plain) = (Shelf::new(), focus().table.csv());
    let itself = told(&answer(&[shelf.put("bill.csv", &plain)], &asked()).expect("it is sound"));
    let half = plain.len() / 2;
    let gzip = |bytes: &[u8]| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(bytes).expect("memory takes what is written");
        packer.finish().expect("memory takes what is written")
    };
    let zstd = |bytes: &[u8]| compress_to_vec(bytes, CompressionLevel::Fastest);
    let packed = [
        ("gzip", gzip(&plain)),
        ("gzip of members", [gzip(&plain[..half]), gzip(&plain[half..])].concat()),
        ("zstd", zstd(&plain)),
        ("zstd of frames", [zstd(&plain[..half]), zstd(&plain[half..])].concat()),
    ];
    for (name, packed) in packed {
        fuzzed(name, |seed| {
            let (mut random, mut bytes) = (Random::of(seed), packed.clone());
            scribbled(&mut bytes, 2, &mut random);
            match answer(&[shelf.put("bill.csv.packed", &bytes)], &asked()) {
                // Each member and frame has a checksum: bytes that are not those that were packed are refused. Whole ones may
                // be gone, or stand twice.
                Ok(answer) if name == "gzip" || name == "zstd" => {
                    let sums = told(&answer);
                    let times =
                        |n: i128| sums.iter().all(|(code, sum)| itself.get(code).is_some_and(|one| one * n == *sum));
                    assert!((1..8).any(times), "{sums:?} of {itself:?}");
                    Became::Read
                }
                Ok(_) => Became::ReadUnknown,
                Err(_) => Became::Refused,
            }
        });
    }
}

#[test]
fn a_manifest_never_leads_out_of_its_folder() {
    let shelf = Shelf::new();
    let table = focus().table;
    let outside = shelf.put("outside.csv", table.csv());
    let manifests = [
        (
            "export-Manifest.json",
            r#"{"dataFiles": ["s3://store/exports/bill/data/BILLING_PERIOD=2026-03/a.csv", "b.csv"]}"#,
        ),
        (
            "bill-Manifest.json",
            r#"{"account": "1", "bucket": "b", "reportKeys": ["reports/bill/20260301-20260401/a.csv", "../b.csv"]}"#,
        ),
        (
            "manifest.json",
            r#"{"runInfo": {"submittedTime": "2026-04-01T00:00:00Z"}, "blobs": [{"blobName": "x/a.csv", "byteCount": 1}]}"#,
        ),
    ];
    for (name, text) in manifests {
        let folder = shelf.folder().join(name.replace('.', "_"));
        for file in ["a.csv", "b.csv"] {
            shelf.put(&format!("{}/{file}", name.replace('.', "_")), table.csv());
        }
        fuzzed(name, |seed| {
            let (mut random, mut bytes) = (Random::of(seed), text.as_bytes().to_vec());
            scribbled(&mut bytes, 2, &mut random);
            for _ in 0..random.below(3) {
                let at = random.below(bytes.len() + 1);
                let piece =
                    random.pick(&["../", "..\\", "/", "null", "[", "{", "\\u0000", "*", "outside.csv", "a.csv\", \""]);
                bytes.splice(at..at, piece.bytes());
            }
            fs::write(folder.join(name), &bytes).expect("files can be written to a folder of one's own");
            let Ok(inputs) = expand(&[folder.to_str().expect("a plain name").to_owned()]) else {
                return Became::Refused;
            };
            for file in &inputs.files {
                let path = file.path().expect("a manifest names files");
                let path = path.canonicalize().expect("what was found is there");
                let inside = folder.canonicalize().expect("it is there");
                assert!(path.starts_with(inside) && file != &outside, "{}", path.display());
            }
            if answer(&inputs.files, &asked()).is_ok() { Became::ReadUnknown } else { Became::Refused }
        });
    }
}

#[test]
fn what_the_business_did_is_read_to_the_day_or_refused() {
    let shelf = Shelf::new();
    let bill = shelf.put("bill.csv", focus().table.csv());
    let text: String = "date,orders\n".to_owned()
        + &(1..32).map(|day| format!("2026-03-{day:02},{}.5\n", day * 37)).collect::<String>();
    fuzzed("business", |seed| {
        let (mut random, mut bytes) = (Random::of(seed), text.clone().into_bytes());
        for _ in 0..random.below(3) {
            let at = random.below(bytes.len());
            bytes.splice(at..at, random.pick(&["1e30", "-0", "NaN", "NULL", "-1", "\"", "2026-02-30", "date"]).bytes());
        }
        if random.one_in(2) {
            scribbled(&mut bytes, 2, &mut random);
        }
        let Ok(business) = business::read("business.csv", &bytes[..]) else { return Became::Refused };
        assert!(!business.days.is_empty() && business.days.is_sorted_by(|a, b| a.0 < b.0), "{:?}", business.days);
        let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
        assert!(business.days.len() <= lines);
        let ledger = read(std::slice::from_ref(&bill), &asked(), &|_| {}).expect("it is sound");
        let options = BillOptions { business: Some(business), ..BillOptions::default() };
        match ask(&Question::Bill(Box::new(ledger), options), &in_world(Vec::new())) {
            Ok(Answer::Bill(answer)) => {
                let said = plimsoll::report::json::envelope("bill", &Ok(Answer::Bill(answer)), &plimsoll_tests::meta());
                assert!(said["answer"].is_object());
                Became::ReadUnknown
            }
            other => panic!("{other:?}"),
        }
    });
}

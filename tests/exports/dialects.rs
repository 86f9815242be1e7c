//! The same bill however it was saved.
use super::{Temporary, answer, fixture, text, told_of};
use serde_json::Value;
use std::io::Write;

const BY: [&str; 2] = ["--by", "service,tag:team"];

fn groups(answer: &Value) -> &Value {
    &answer["groups"]
}

fn quoted(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn written(rows: &[Vec<String>], delimiter: u8, style: csv::QuoteStyle, end: csv::Terminator) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).quote_style(style).terminator(end).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

#[test]
fn dialects_and_packings_do_not_change_the_bill() {
    let plain = text(&fixture("focus.csv"));
    let path = fixture("focus.csv");
    let expected = answer(&[&[path.to_str().unwrap()][..], &BY].concat());
    let rows = quoted(&plain);
    let (lf, necessary) = (csv::Terminator::Any(b'\n'), csv::QuoteStyle::Necessary);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(plain.as_bytes()).unwrap();
    let variants: [(&str, Vec<u8>); 8] = [
        ("mark", [b"\xef\xbb\xbf", plain.as_bytes()].concat()),
        ("crlf", written(&rows, b',', necessary, csv::Terminator::CRLF)),
        ("cr", written(&rows, b',', necessary, csv::Terminator::Any(b'\r'))),
        ("semicolon", written(&rows, b';', necessary, lf)),
        ("sep", [b"sep=;\n".to_vec(), written(&rows, b';', necessary, lf)].concat()),
        ("tab", written(&rows, b'\t', necessary, lf)),
        ("quoted", written(&rows, b',', csv::QuoteStyle::Always, lf)),
        ("gzip", packed.finish().unwrap()),
    ];
    for (name, bytes) in variants {
        let told = told_of(&bytes, "focus.csv", &BY);
        assert_eq!(groups(&told["answer"]), groups(&expected), "{name}: {}", told["problems"]);
    }
}

#[test]
fn files_folders_and_standard_input_are_one_bill() {
    let plain = text(&fixture("focus.csv"));
    let path = fixture("focus.csv");
    let expected = answer(&[&[path.to_str().unwrap()][..], &BY].concat());
    let (header, rows) = plain.split_once('\n').unwrap();
    let lines: Vec<&str> = rows.lines().collect();
    let part = |range: &[&str]| format!("{header}\n{}\n", range.join("\n"));
    let first = Temporary::of(part(&lines[..100]).as_bytes(), "a.csv");
    let folder = first.0.parent().unwrap();
    std::fs::write(folder.join("b.csv"), part(&lines[100..])).unwrap();
    for words in [folder.to_str().unwrap().to_owned(), format!("{}/*.csv", folder.display())] {
        let told = answer(&[&[words.as_str()][..], &BY].concat());
        assert_eq!(groups(&told), groups(&expected), "{words}");
    }
    let piped = plimsoll_tests::run_in(folder, &[&["bill", "-", "--format", "json"][..], &BY].concat(), &plain);
    let piped: Value = serde_json::from_str(&piped.out).unwrap();
    assert_eq!(groups(&piped["answer"]), groups(&expected));
}

#[test]
fn readers_order_and_detail_do_not_change_the_bill() {
    let path = fixture("quarter.csv");
    let file = path.to_str().unwrap();
    let one = plimsoll_tests::run(&["bill", file, "--by", "service", "--threads", "1", "--format", "json"]).out;
    for threads in ["2", "5"] {
        let many =
            plimsoll_tests::run(&["bill", file, "--by", "service", "--threads", threads, "--format", "json"]).out;
        assert_eq!(one, many);
    }
    let whole: Value = serde_json::from_str(&one).unwrap();
    assert_eq!(answer(&[file, "--by", "service", "--sums"])["groups"], whole["answer"]["groups"]);
    let plain = text(&path);
    let (header, rows) = plain.split_once('\n').unwrap();
    let mut lines: Vec<&str> = rows.lines().collect();
    lines.reverse();
    let turned = told_of(format!("{header}\n{}\n", lines.join("\n")).as_bytes(), "quarter.csv", &["--by", "service"]);
    for part in ["total", "groups", "drivers", "anomalies", "commitments"] {
        assert_eq!(turned["answer"][part], whole["answer"][part], "{part}");
    }
}

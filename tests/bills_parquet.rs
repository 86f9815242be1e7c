//! Bills as Parquet, as people give them: the same answers as from CSV, whatever the files are called and wherever they lie.
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use plimsoll_tests::{binary, root, run};
use serde_json::Value;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder that is gone after the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("plimsoll-bills-parquet-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn fixture(name: &str) -> PathBuf {
    root().join("fixtures/bills").join(name)
}

/// Some rows of a CSV as a Parquet file of texts.
fn parquet(csv: &Path, rows: std::ops::Range<usize>, packed: Compression) -> Vec<u8> {
    let mut reader = csv::Reader::from_path(csv).unwrap();
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let records = &records[rows.start..rows.end.min(records.len())];
    let columns = names.iter().enumerate().map(|(at, name)| {
        let cells = records.iter().map(|record| Some(&record[at]).filter(|cell| !cell.is_empty()));
        (name.trim_start_matches('\u{feff}'), Arc::new(cells.collect::<StringArray>()) as ArrayRef)
    });
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder().set_compression(packed).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

fn whole(name: &str) -> Vec<u8> {
    parquet(&fixture(name), 0..usize::MAX, Compression::ZSTD(ZstdLevel::default()))
}

/// The answer without what is different between files: their names, and the place of the first row that breaks a rule.
fn answer(words: &[&str]) -> Value {
    let ran = run(&[&["bill", "--format", "json", "--by", "service,region"], words].concat());
    let told: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{words:?}: {error} {}", ran.err));
    let mut answer = told["answer"].clone();
    assert!(answer.is_object(), "{words:?}: {told:#}");
    answer["quality"]["files"] = Value::Null;
    answer["notes"] = Value::Null;
    for check in answer["checks"].as_array_mut().into_iter().flatten() {
        check["first"] = Value::Null;
    }
    answer
}

#[test]
fn a_bill_is_the_same_as_parquet() {
    let scratch = Scratch::new();
    for name in ["focus.csv", "cur2.csv"] {
        let file = scratch.write(&format!("{name}.parquet"), &whole(name));
        let csv = fixture(name).display().to_string();
        for flags in [&[][..], &["--sums"], &["--period", "month"]] {
            assert_eq!(
                answer(&[&[file.as_str()], flags].concat()),
                answer(&[&[csv.as_str()], flags].concat()),
                "{name}"
            );
        }
    }
}

#[test]
fn files_of_both_kinds_are_one_bill() {
    let scratch = Scratch::new();
    let csv = fixture("focus.csv");
    let text = fs::read_to_string(&csv).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let half = lines.len() / 2;
    let first = scratch.write("march/a.csv", (lines[..half].join("\n") + "\n").as_bytes());
    let second = scratch.write("march/b.snappy.parquet", &parquet(&csv, half - 1..usize::MAX, Compression::SNAPPY));
    let expected = answer(&[&csv.display().to_string()]);
    assert_eq!(expected["quality"]["rows_read"], lines.len() - 1);
    let folder = scratch.0.join("march").display().to_string();
    let glob = scratch.0.join("march/*.*").display().to_string();
    for words in [&[first.as_str(), &second][..], &[&folder], &[&glob]] {
        assert_eq!(answer(words), expected, "{words:?}");
    }
}

#[test]
fn a_manifest_says_which_parquet_files_count() {
    let scratch = Scratch::new();
    let keys = ["r/20260301-20260401/b/r-1.snappy.parquet"];
    let manifest = serde_json::json!({"assemblyId": "b", "account": "1", "bucket": "x", "reportKeys": keys});
    scratch.write("20260301-20260401/r-Manifest.json", manifest.to_string().as_bytes());
    scratch.write("20260301-20260401/b/r-1.snappy.parquet", &whole("cur2.csv"));
    scratch.write("20260301-20260401/a/r-1.snappy.parquet", &whole("cur2.csv"));
    let csv = fixture("cur2.csv").display().to_string();
    assert_eq!(answer(&[&scratch.0.display().to_string()]), answer(&[&csv]));
}

#[test]
fn a_parquet_file_comes_through_a_pipe_and_goes_as_focus() {
    let scratch = Scratch::new();
    for name in ["focus.csv", "cur2.csv"] {
        let file = scratch.write(name, &whole(name));
        let csv = fixture(name).display().to_string();
        let focus = run(&["bill", &csv, "--to", "focus"]);
        assert_eq!((focus.status, run(&["bill", &file, "--to", "focus"]).out == focus.out), (0, true), "{name}");
        let mut piped = Command::new(binary());
        piped.args(["bill", "-", "--to", "focus"]).stdin(File::open(&file).unwrap());
        let piped = piped.output().unwrap();
        assert!(piped.status.success() && piped.stdout == focus.out.as_bytes(), "{name}");
    }
}

#[test]
fn what_is_wrong_is_told_by_the_row() {
    let scratch = Scratch::new();
    let text = fs::read_to_string(fixture("focus.csv")).unwrap();
    let header = text.lines().next().unwrap();
    let place = header.split(',').position(|name| name == "BilledCost").unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut records: Vec<Vec<String>> =
        reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    records[6][place] = "12,5".into();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header.split(',')).unwrap();
    for record in &records {
        writer.write_record(record).unwrap();
    }
    let csv = scratch.write("wrong.csv", &writer.into_inner().unwrap());
    let file = scratch.write("wrong.parquet", &parquet(Path::new(&csv), 0..usize::MAX, Compression::SNAPPY));
    for flags in [&[][..], &["--sums"]] {
        let ran = run(&[&["bill", file.as_str()], flags].concat());
        assert_eq!((ran.status, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("wrong.parquet: row 7: BilledCost: cannot read `12,5` as an amount"), "{}", ran.err);
    }
}

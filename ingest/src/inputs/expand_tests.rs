use super::*;
use crate::inputs::Place;
use std::sync::atomic::{AtomicU64, Ordering};

/// A folder that is gone at the end of the test.
struct Scratch(PathBuf);

impl Scratch {
    /// With these files.
    fn with(files: &[&str]) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let scratch = Self(std::env::temp_dir().join(format!("plimsoll-inputs-{}-{next}", std::process::id())));
        for file in files {
            scratch.write(file, "a,b\n");
        }
        scratch
    }
    fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fn word(&self, word: &str) -> String {
        match word {
            "-" => word.into(),
            "." => self.0.display().to_string(),
            _ => self.0.join(word).display().to_string(),
        }
    }
    /// Texts without this folder's own name.
    fn plain(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.0.display()), "").replace(&self.0.display().to_string(), ".")
    }
    fn expand(&self, words: &[&str]) -> Result<Inputs, Vec<Problem>> {
        expand(&words.iter().map(|word| self.word(word)).collect::<Vec<_>>())
    }
    /// Files and notes.
    fn found(&self, words: &[&str]) -> (Vec<String>, Vec<String>) {
        let inputs = self.expand(words).unwrap_or_else(|problems| panic!("{problems:?}"));
        let names = inputs.files.iter().map(|found| self.plain(&found.name)).collect();
        (names, inputs.notes.iter().map(|note| self.plain(note)).collect())
    }
    fn wrong(&self, words: &[&str]) -> Vec<String> {
        let problems = self.expand(words).expect_err("something is wrong");
        problems.iter().map(|problem| self.plain(&problem.to_string())).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn aws(keys: &[&str]) -> String {
    serde_json::json!({"assemblyId": "x", "account": "1", "bucket": "b", "reportKeys": keys}).to_string()
}

#[test]
fn a_file_is_read_whatever_its_name_and_once() {
    let scratch = Scratch::with(&["bill.txt", "b.csv"]);
    let (files, notes) = scratch.found(&["bill.txt", "-", "b.csv", "bill.txt", "-"]);
    assert_eq!(files, ["bill.txt", "standard input", "b.csv"]);
    assert_eq!(notes[0], "`bill.txt` was named twice and is read once.");
    assert_eq!(notes[1], "`standard input` was named twice and is read once.");
    let inputs = scratch.expand(&["b.csv", "-"]).unwrap();
    assert_eq!((inputs.files[0].size, inputs.files[1].size), (Some(4), None));
    assert_eq!(inputs.files[1].place, Place::Stdin);
}

#[test]
fn what_is_not_there_is_told_all_at_once() {
    let scratch = Scratch::with(&["march.csv"]);
    assert_eq!(
        scratch.wrong(&["marhc.csv", "nowhere/x.csv", "*.tsv"]),
        [
            "marhc.csv: there is no such file\n  = did you mean `march.csv`?",
            "nowhere/x.csv: there is no such file\n  = give a file, a folder, a glob, or - for standard input",
            "*.tsv: no file matches\n  = is the folder right?",
        ]
    );
}

#[test]
fn globs_match_in_order_and_beside_names() {
    let scratch = Scratch::with(&["2026-02/b.csv", "2026-02/a.csv", "2026-03/c.csv", "2026-03/d.txt", "[x].csv"]);
    assert_eq!(scratch.found(&["2026-0?/*.csv"]).0, ["2026-02/a.csv", "2026-02/b.csv", "2026-03/c.csv"]);
    assert_eq!(scratch.found(&["**/[cd].*"]).0, ["2026-03/c.csv", "2026-03/d.txt"]);
    assert_eq!(scratch.found(&["[x].csv"]).0, ["[x].csv"]);
    let (files, notes) = scratch.found(&["2026-*", "2026-03/c.csv"]);
    assert_eq!(files, ["2026-02/a.csv", "2026-02/b.csv", "2026-03/c.csv"]);
    assert_eq!(notes[0], "left out of `2026-03`, as neither CSV nor Parquet: `2026-03/d.txt`.");
    assert_eq!(notes[1], "`2026-03/c.csv` was named twice and is read once.");
    assert!(scratch.wrong(&["a[.csv"])[0].starts_with("a[.csv: is no pattern: "));
}

#[test]
fn a_folder_without_a_manifest_is_all_its_tables() {
    let files = ["x/b.CSV.gz", "x/a.csv", "x/a/z.csv.zst", "x/c.snappy.parquet", "x/d.tsv", "x/README.md", "x/._a.csv"];
    let scratch = Scratch::with(&[&files[..], &["x/.hidden/e.csv", "empty/notes.txt"]].concat());
    let (files, notes) = scratch.found(&["x"]);
    assert_eq!(files, ["x/a/z.csv.zst", "x/a.csv", "x/b.CSV.gz", "x/c.snappy.parquet", "x/d.tsv"]);
    assert_eq!(notes, ["left out of `x`, as neither CSV nor Parquet: `x/._a.csv`, `x/README.md`."]);
    assert_eq!(
        scratch.wrong(&["empty"]),
        ["empty: the folder has neither CSV nor Parquet files\n  = it has `empty/notes.txt`"]
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_once() {
    use std::os::unix::fs::symlink;
    let scratch = Scratch::with(&["x/a.csv", "y/b.csv"]);
    symlink(scratch.0.join("x"), scratch.0.join("x/loop")).unwrap();
    symlink(scratch.0.join("y"), scratch.0.join("x/y")).unwrap();
    symlink(scratch.0.join("x/a.csv"), scratch.0.join("x/z.csv")).unwrap();
    let (files, notes) = scratch.found(&["x"]);
    assert_eq!(files, ["x/a.csv", "x/y/b.csv"]);
    assert_eq!(notes, ["`x/z.csv` is the same file as `x/a.csv` and is read once."]);
}

#[test]
fn the_manifest_of_a_report_decides() {
    let month = "cur/acme/20260301-20260401";
    let data = ["new/acme-1.csv.gz", "new/acme-2.csv.gz", "old/acme-1.csv.gz"].map(|file| format!("{month}/{file}"));
    let scratch = Scratch::with(&data.each_ref().map(String::as_str));
    let new =
        aws(&["p/cur/acme/20260301-20260401/new/acme-2.csv.gz", "p/cur/acme/20260301-20260401/new/acme-1.csv.gz"]);
    scratch.write(&format!("{month}/acme-Manifest.json"), &new);
    scratch.write(&format!("{month}/new/acme-Manifest.json"), &new);
    scratch
        .write(&format!("{month}/old/acme-Manifest.json"), &aws(&["p/cur/acme/20260301-20260401/old/acme-1.csv.gz"]));
    scratch.write(&format!("{month}/acme-RedshiftManifest.json"), r#"{"entries": []}"#);
    for word in [".", "cur", "cur/acme", month] {
        let (files, notes) = scratch.found(&[word]);
        assert_eq!(files.len(), 2, "{files:?}");
        assert!(files[0].ends_with("new/acme-2.csv.gz") && files[1].ends_with("new/acme-1.csv.gz"), "{files:?}");
        assert_eq!(notes[0], format!("left out: 1 other version of the period of `{month}/acme-Manifest.json`."));
        assert!(notes[1].contains("as no current manifest lists them: `") && notes[1].contains("old/acme-1.csv.gz"));
    }
    assert_eq!(scratch.found(&[&format!("{month}/acme-Manifest.json")]).0.len(), 2);
    assert_eq!(scratch.found(&[&format!("{month}/old")]).0, [format!("{month}/old/acme-1.csv.gz")]);
    assert!(scratch.wrong(&[&format!("{month}/acme-RedshiftManifest.json")])[0].contains("no manifest of an export"));
    fs::remove_file(scratch.0.join(format!("{month}/new/acme-1.csv.gz"))).unwrap();
    assert_eq!(
        scratch.wrong(&["cur"]),
        [format!(
            "{month}/acme-Manifest.json: `p/cur/acme/20260301-20260401/new/acme-1.csv.gz` is listed and is not here\n  \
             = an export that is not whole is not added up: download the rest of it"
        )]
    );
}

#[test]
fn two_versions_without_one_above_are_a_problem() {
    let scratch = Scratch::with(&["m/a/r-1.csv", "m/b/r-1.csv", "flat/r-1.csv"]);
    scratch.write("m/a/r-Manifest.json", &aws(&["r/20260301-20260401/a/r-1.csv"]));
    scratch.write("m/b/r-Manifest.json", &aws(&["r/20260301-20260401/b/r-1.csv"]));
    assert_eq!(
        scratch.wrong(&["m"]),
        [
            "m/a/r-Manifest.json: `m/a/r-Manifest.json` and `m/b/r-Manifest.json` list different files for the same period\n  \
          = name the folder of the one to be read"
        ]
    );
    assert_eq!(scratch.found(&["m/b"]).0, ["m/b/r-1.csv"]);
    scratch.write("flat/r-Manifest.json", &aws(&["r/20260301-20260401/b/r-1.csv"]));
    assert_eq!(scratch.found(&["flat"]).0, ["flat/r-1.csv"]);
    scratch.write("flat/r-Manifest.json", "{\"reportKeys\": [\"r/2026");
    assert!(scratch.wrong(&["flat"])[0].starts_with("flat/r-Manifest.json: the manifest is not whole: EOF"));
    scratch.write("flat/r-Manifest.json", &aws(&["../../etc/r-1.csv"]));
    assert!(scratch.wrong(&["flat"])[0].contains("which is no file of an export"));
}

#[test]
fn data_exports_keep_their_manifests_apart() {
    let data = ["x/data/BILLING_PERIOD=2026-02/x-00001.csv.gz", "x/data/BILLING_PERIOD=2026-03/x-00001.csv.gz"];
    let scratch = Scratch::with(&data);
    for month in ["2026-02", "2026-03"] {
        let file = format!("s3://bucket/p/x/data/BILLING_PERIOD={month}/x-00001.csv.gz");
        let manifest = serde_json::json!({"dataFiles": [file], "executionId": "e"}).to_string();
        scratch.write(&format!("x/metadata/BILLING_PERIOD={month}/x-Manifest.json"), &manifest);
    }
    let metadata = "x/metadata/BILLING_PERIOD=2026-03";
    assert_eq!(scratch.found(&["."]).0, data);
    assert_eq!(scratch.found(&["x"]), (data.map(String::from).to_vec(), vec![]));
    assert_eq!(scratch.found(&["x/data"]).0, data);
    assert_eq!(scratch.found(&["x/metadata"]).0, data);
    assert_eq!(scratch.found(&[metadata]).0, data[1..]);
    assert_eq!(scratch.found(&[&format!("{metadata}/x-Manifest.json")]).0, data[1..]);
    // The file of another month has the same name, and is not taken for the missing one.
    fs::remove_file(scratch.0.join(data[1])).unwrap();
    let wrong = scratch.wrong(&["x"]);
    assert!(wrong.len() == 1 && wrong[0].contains("BILLING_PERIOD=2026-03/x-00001.csv.gz` is listed and is not here"));
}

fn azure(submitted: &str, blob: &str) -> String {
    serde_json::json!({
        "blobCount": 1,
        "deliveryConfig": {"containerUri": "/subscriptions/s/containers/c"},
        "runInfo": {"submittedTime": submitted},
        "blobs": [{"blobName": blob, "byteCount": 4, "dataRowCount": 1}],
    })
    .to_string()
}

#[test]
fn the_newest_run_of_azure_counts() {
    let runs = [("20260301-20260331/r1", "2026-03-05T01:00:00Z"), ("20260301-20260331/r2", "2026-03-06T01:00:00Z")];
    let scratch = Scratch::with(&["c/daily/20260301-20260331/r0/part_0_0001.csv"]);
    for (run, submitted) in runs {
        scratch.write(&format!("c/daily/{run}/part_0_0001.csv"), "a,b\n");
        scratch.write(
            &format!("c/daily/{run}/manifest.json"),
            &azure(submitted, &format!("c/daily/{run}/part_0_0001.csv")),
        );
    }
    let (files, notes) = scratch.found(&["c"]);
    assert_eq!(files, ["c/daily/20260301-20260331/r2/part_0_0001.csv"]);
    let newest = "c/daily/20260301-20260331/r2/manifest.json";
    assert_eq!(notes[0], format!("left out: 1 other version of the period of `{newest}`."));
    assert!(notes[1].contains("r0/part_0_0001.csv") && notes[1].contains("r1/part_0_0001.csv"));
    // Bytes that mark the encoding are no harm.
    let week = "20260302-20260308/r3";
    scratch.write(&format!("c/daily/{week}/part_0_0001.csv"), "a,b\n");
    let manifest = azure("2026-03-09T01:00:00Z", &format!("c/daily/{week}/part_0_0001.csv"));
    scratch.write(&format!("c/daily/{week}/manifest.json"), &format!("\u{feff}{manifest}"));
    assert!(scratch.wrong(&["c"])[0].contains("share days"));
    assert_eq!(scratch.found(&[&format!("c/daily/{week}")]).0, [format!("c/daily/{week}/part_0_0001.csv")]);
}

#[test]
fn folders_without_a_manifest_stand_beside_those_with_one() {
    let scratch = Scratch::with(&["all/aws/r-1.csv", "all/aws/r-2.csv", "all/gcp/march.csv"]);
    scratch.write("all/aws/r-Manifest.json", &aws(&["p/r/r-2.csv"]));
    let (files, notes) = scratch.found(&["all"]);
    assert_eq!(files, ["all/aws/r-2.csv", "all/gcp/march.csv"]);
    assert_eq!(notes, ["left out of `all`, as no current manifest lists them: `all/aws/r-1.csv`."]);
}

#[test]
fn of_a_folder_everything_may_be_taken() {
    let scratch = Scratch::with(&["cpu.csv", "sub/wrk.txt", "access.log", ".hidden.csv", "x-Manifest.json"]);
    let inputs = super::expand_all(&[scratch.word(".")]).unwrap();
    let names: Vec<_> = inputs.files.iter().map(|found| scratch.plain(&found.name)).collect();
    assert_eq!(names, ["access.log", "cpu.csv", "sub/wrk.txt", "x-Manifest.json"]);
    assert!(inputs.notes.is_empty());
}

//! Metrics of clouds, of Prometheus and of Kubernetes, where real exports are at hand: every file is read or refused for a
//! reason, and every row of it is accounted for.
use plimsoll::telemetry::{Measure, Metric, ResourceName, Statistic, Telemetry};
use plimsoll_ingest::inputs::Found;
use plimsoll_ingest::telemetry::{self, Asked};
use plimsoll_tests::root;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let folder = root().join("../shared/data/usage");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("no shared exports beside the repository: nothing to read");
    None
}

/// A file with this text, that is gone after the test.
struct Temporary(PathBuf);

impl Temporary {
    fn of(name: &str, text: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("plimsoll-telemetry-cloud-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn read(path: &Path) -> Result<Telemetry, String> {
    let read = telemetry::read(&[Found::file(path)], &Asked::default(), &|_| ());
    read.map_err(|problems| problems[0].what.clone())
}

/// Format, rows, rows used, asides and series of a file; or why it is refused.
fn told(path: &Path) -> String {
    match read(path) {
        Ok(read) => {
            let reading = &read.reading;
            let aside: u64 = reading.aside.iter().map(|aside| aside.rows).sum();
            assert_eq!(reading.rows_read, reading.rows_used + aside, "{}", path.display());
            let asides: Vec<String> = reading.aside.iter().map(|a| format!("{} {}", a.rows, a.reason)).collect();
            let asides = if asides.is_empty() { "-".into() } else { asides.join(", ") };
            let (file, series) = (&reading.files[0], read.metrics.len());
            format!("{} | {} | {} | {asides} | {series}", file.format, file.rows, reading.rows_used)
        }
        Err(why) => format!("refused: {why}"),
    }
}

#[test]
fn print_all() {
    let Some(folder) = folder() else { return };
    for sub in [
        "metrics/cloudwatch_json",
        "metrics/prometheus_capture",
        "metrics/gcp_json",
        "metrics/azure_json",
        "formats",
        "k8s",
    ] {
        let mut files: Vec<_> = std::fs::read_dir(folder.join(sub)).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for path in files {
            println!("{}/{}: {}", sub, path.file_name().unwrap().to_string_lossy(), told(&path));
        }
    }
}

//! Load tests and access logs as tools wrote them, where they are at hand, and what others found in them.
use plimsoll::telemetry::{Concurrency, LoadPoint, Telemetry};
use plimsoll_ingest::inputs::Found;
use plimsoll_ingest::problem::Problem;
use plimsoll_ingest::telemetry::{Asked, read};
use plimsoll_tests::root;
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let folder = root().join("../shared/data/usage");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("no shared exports beside the repository: nothing to read");
    None
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn read_file(path: &Path) -> Result<Telemetry, Vec<Problem>> {
    read(&[Found::file(path)], &Asked::default(), &|_| ())
}

/// Four significant digits.
fn digits(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let places = (3 - value.abs().log10().floor() as i32).clamp(0, 9) as usize;
    let text = format!("{value:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A file in one line: its format, rows read, used and aside, and its points or what its log tells.
fn told(path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    match read_file(path) {
        Ok(read) => {
            let reading = &read.reading;
            let aside: Vec<String> = reading.aside.iter().map(|a| format!("{} {}", a.rows, a.reason)).collect();
            assert_eq!(
                reading.rows_read,
                reading.rows_used + reading.aside.iter().map(|a| a.rows).sum::<u64>(),
                "{name}"
            );
            let points: Vec<String> = read.loads.iter().flat_map(|run| &run.points).map(point).collect();
            let logs = read.access.iter().map(|log| {
                format!(
                    "{}: {} requests, {} objects, {} reads, {} errors, {} hits",
                    log.resource,
                    log.count,
                    log.popularity.len(),
                    log.read_share.map_or("-".into(), |share| digits(share.as_part())),
                    digits(log.error_share.as_part()),
                    log.hit_share.map_or("-".into(), |share| digits(share.as_part())),
                )
            });
            let all: Vec<String> = points.into_iter().chain(logs).collect();
            format!(
                "{name} | {} | {} {} | {} | {}",
                reading.files[0].format,
                reading.rows_read,
                reading.rows_used,
                aside.join(", "),
                all.join("; ")
            )
        }
        Err(problems) => format!("{name} | refused | {}", problems[0].what),
    }
}

fn point(point: &LoadPoint) -> String {
    let from = match point.clients_from {
        Concurrency::Measured => "",
        Concurrency::Stated => " stated",
        Concurrency::ByLittle => " by Little",
        Concurrency::Unknown => " in flight",
    };
    format!("N {}{from} X {}", digits(point.clients.get()), digits(point.throughput.as_per_second()))
}

#[test]
fn every_shared_file_is_read_or_refused_for_a_reason() {
    let Some(folder) = folder() else { return };
    let mut files = Vec::new();
    walk(&folder.join("load"), &mut files);
    walk(&folder.join("logs"), &mut files);
    for name in [
        "alb_access.log",
        "cloudfront_standard.log",
        "s3_server_access.log",
        "k6_points.ndjson",
        "vegeta.csv",
        "vegeta.ndjson",
    ] {
        files.push(folder.join("formats").join(name));
    }
    files.sort();
    let lines: Vec<String> = files.iter().map(|path| told(path)).collect();
    println!("{}", lines.join("\n"));
}

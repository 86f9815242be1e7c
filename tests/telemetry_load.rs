//! Load tests and access logs as tools wrote them, where they are at hand, and what others found in them.
use plimsoll::telemetry::{Concurrency, LoadPoint, Measure, Telemetry};
use plimsoll::units::{Factor, Share};
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
    // Neither load tests nor logs, whatever other readers make of them.
    let is_other = |path: &PathBuf| OTHERS.iter().any(|other| path.ends_with(other));
    for path in files.extract_if(.., |path| is_other(path)) {
        let read = read_file(&path).unwrap_or_default();
        assert!(read.loads.is_empty() && read.access.is_empty(), "{}", path.display());
    }
    let told: Vec<String> = files.iter().map(|path| told(path)).collect();
    for (file, expected) in told.iter().zip(TABLE) {
        assert_eq!(file, expected);
    }
    assert_eq!(told.len(), TABLE.len());
}

/// The runs of wrk, and what hey wrote of 1, 8 and 32 workers: the server answers 8 requests at once, in 22 ms each, so
/// beyond 8 clients throughput stays at about 352 a second. All keep N = X R within 4 %.
#[test]
fn sweeps_keep_littles_law_and_show_their_ceiling() {
    let Some(folder) = folder() else { return };
    let capture = folder.join("load/capture");
    let wrk = read_file(&capture.join("wrk.txt")).unwrap();
    let mut points = wrk.loads[0].points.clone();
    for clients in [1.0, 8.0, 32.0] {
        let read = read_file(&capture.join(format!("hey-c{clients}.csv"))).unwrap();
        assert_eq!(read.loads[0].points[0].clients.get(), clients);
        points.extend(read.loads[0].points.iter().cloned());
    }
    assert_eq!(points.len(), 13);
    for point in &points {
        assert!(point.off_littles_law().as_part() < 0.04, "{}: {:?}", point.source, point.off_littles_law());
        let rate = point.throughput.as_per_second();
        if point.clients.get() >= 8.0 {
            assert!((rate / 352.0 - 1.0).abs() < 0.03, "{}: {rate}", point.source);
        }
    }
}

/// Quantiles of rows against the sorted rows, and ab's rows against what ab printed of the same run.
#[test]
fn rows_say_what_their_summaries_say() {
    let Some(folder) = folder() else { return };
    let capture = folder.join("load/capture");
    let hey = read_file(&capture.join("hey-c8.csv")).unwrap();
    let latency = hey.loads[0].points[0].latency.clone().unwrap();
    for (percent, exact) in [(50.0, 0.0221), (99.0, 0.0251)] {
        let found = latency.at(Share::percent(percent)).unwrap().as_seconds();
        assert!((found / exact - 1.0).abs() < 0.006, "p{percent}: {found}");
    }
    let printed = read_file(&capture.join("ab-c8.txt")).unwrap().loads[0].points[0].throughput;
    // ab cuts the times of its rows to whole milliseconds, and so half of one is missing on the mean.
    let rows = with_clients(Found::file(capture.join("ab-c8.tsv")), 8.0).loads[0].points[0].throughput;
    assert!((rows.as_per_second() / printed.as_per_second() - 1.0).abs() < 0.03, "{rows} {printed}");
}

/// What other programs counted in the same logs.
#[test]
fn logs_say_what_was_counted_in_them() {
    let Some(folder) = folder() else { return };
    let log = |path: &str| read_file(&folder.join(path)).unwrap().access.remove(0);
    let apache = log("logs/apache_combined_10k.log");
    assert_eq!(apache.popularity[..3], [807, 546, 538]);
    assert!((apache.bytes_out.unwrap().mean.as_bytes() / 294_456.860_128_6 - 1.0).abs() < 1e-9);
    assert_eq!(apache.requests.start().to_string(), "2015-05-17T10:05:00Z");
    let s3 = log("formats/s3_server_access.log");
    assert_eq!((s3.popularity[..2].to_vec(), s3.popularity.iter().sum::<u64>()), (vec![224, 119], 1922));
    let alb = log("formats/alb_access.log").latency.unwrap();
    assert!((alb.mean.as_seconds() - 0.024_638_5).abs() < 1e-9 && alb.count == 2000);
    let hits = log("formats/cloudfront_standard.log").hit_share.unwrap().as_part();
    assert!((hits - (1064.0 + 65.0) / 2000.0).abs() < 1e-12, "{hits}");
}

fn with_clients(file: Found, clients: f64) -> Telemetry {
    read(&[file], &Asked { clients: Some(Factor::of(clients)), ..Asked::default() }, &|_| ()).unwrap()
}

/// The files of one server are one log: what two of them say of a step is added up, in any order.
#[test]
fn files_of_one_service_are_added_up() {
    let folder = std::env::temp_dir().join(format!("plimsoll-access-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let line = |second: u32| {
        format!(
            "192.0.2.1 - - [05/Jan/2026:10:{:02}:{:02} +0000] \"GET /a HTTP/1.1\" 200 60\n",
            second / 60,
            second % 60
        )
    };
    let write = |name: &str, of: fn(u32) -> bool| {
        let path = folder.join(name);
        std::fs::write(&path, (0..600).filter(|second| of(*second)).map(line).collect::<String>()).unwrap();
        Found::file(path)
    };
    let files = [write("access.log", |second| second >= 332), write("access.log.1", |second| second < 332)];
    let read = read(&files, &Asked::default(), &|_| ()).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let log = &read.access[0];
    assert_eq!((read.access.len(), log.count, log.files.len(), log.requests.len()), (1, 600, 2, 120));
    assert!(log.requests.iter().all(|(_, value)| value == Some(1.0)), "{:?}", log.requests);
    assert!(read.metrics.iter().any(|m| m.measure == Measure::NetworkOut && m.series.value(66) == Some(60.0)));
}

/// Measurements of a database, a table of frameworks a metric a row, and pgbench's progress without its clients.
const OTHERS: [&str; 3] = ["oracledb.csv", "web_frameworks.csv", "pgbench.stderr.txt"];

/// File, format, rows read and used, rows set aside, and points or logs; of a refused file the reason.
const TABLE: [&str; 63] = [
    "alb_access.log | ALB access log | 2000 2000 |  | app/demo-alb/50dc6c495c0c9188: 2000 requests, 340 \
     objects, 1 reads, 0 errors, - hits",
    "cloudfront_standard.log | CloudFront standard log | 2000 2000 |  | d111111abcdef8.cloudfront.net: 2000 \
     requests, 340 objects, 1 reads, 0 errors, 0.5645 hits",
    "k6_points.ndjson | k6 --out json | 481 480 | 1 metric declaration row | N 7.931 in flight X 356.8",
    "s3_server_access.log | S3 server access log | 2000 2000 |  | demo-bucket: 2000 requests, 337 objects, \
     0.961 reads, 0 errors, - hits",
    "vegeta.csv | vegeta encode -to csv | 480 480 |  | N 7.971 by Little X 358.6",
    "vegeta.ndjson | vegeta encode -to json | 480 480 |  | N 7.971 by Little X 358.6",
    "ab-c8-percentiles.csv | refused | no row of the file can be used: 101 percentile row (no throughput: use \
     what ab prints, or -g)",
    "ab-c8.tsv | refused | no row of the file can be used: 400 request of a test too short for stamps in whole \
     seconds (say --clients N)",
    "ab-c8.txt | ab | 1 1 |  | N 8 X 327.1",
    "hey-c1.csv | hey -o csv | 60 60 |  | N 1 X 38.91",
    "hey-c32.csv | hey -o csv | 1920 1920 |  | N 32 X 344.1",
    "hey-c8.csv | hey -o csv | 480 480 |  | N 8 X 358.6",
    "hey-c8.txt | hey | 1 1 |  | N 7.819 in flight X 349.1",
    "wrk.txt | wrk or wrk2 | 10 10 |  | N 1 X 43.05; N 2 X 86.95; N 4 X 178.4; N 8 X 355.9; N 12 X 352.3; N 16 \
     X 351.3; N 24 X 360.9; N 32 X 355.7; N 48 X 347.3; N 64 X 348.5",
    "BatchTestLocal.csv | refused | the samples have no column `timeStamp`: they cannot be laid in time",
    "HTMLReportTestFile.csv | JMeter JTL (CSV) | 255 255 |  | N 1 X 4.187",
    "sample_log1.jtl | JMeter JTL (XML) | 3998 3998 |  | N 7.523 in flight X 14.18",
    "pgbench.stdout.txt | pgbench | 1 1 |  | N 16 X 13.06",
    "wrk2_output.txt | wrk or wrk2 | 1 1 |  | N 0.5833 by Little X 10",
    "wrk_result.txt | wrk or wrk2 | 1 1 |  | N 2 X 9606",
    "ycsb-test-run.dat | YCSB | 1 1 |  | N 1 X 12500",
    "ycsb-time-series.dat | YCSB | 1 1 |  | N 16 X 1667",
    "ab__ab.tsv | refused | no row of the file can be used: 10 request of a test too short for stamps in whole \
     seconds (say --clients N)",
    "gatling__gatling-1-000__simulation.log | Gatling simulation.log | 16 12 | 3 assertion row, 1 declaration \
     of the run row | N 1.818 X 3.171",
    "gatling__gatling-2-000__simulation.log | Gatling simulation.log | 14 7 | 1 declaration of the run row, 6 \
     group row (its requests count) | N 1 X 0.7097",
    "gatling__gatling-4-000__simulation.log | Gatling simulation.log | 914 911 | 1 declaration of the run row, \
     2 group row (its requests count) | N 267 X 3.616",
    "gatling__gatling-5-000__simulation.log | Gatling simulation.log | 4 3 | 1 declaration of the run row | N 1 X 0",
    "jmeter__jtl__500-success__kpi.jtl | JMeter JTL (CSV) | 1 1 |  | N 2 X 1.295",
    "jmeter__jtl__apiritif-results__apiritif--10.csv | JMeter JTL (CSV) | 23 23 |  | N 1 X 0.3961",
    "jmeter__jtl__apiritif-results__apiritif--11.csv | JMeter JTL (CSV) | 23 23 |  | N 1 X 0.3938",
    "jmeter__jtl__cookies.jtl | JMeter JTL (XML) | 2 2 |  | N 1 X 9.39",
    "jmeter__jtl__crash_trace.jtl | JMeter JTL (XML) | 1 1 |  | N 1 X 8.547",
    "jmeter__jtl__doublequoting.jtl | JMeter JTL (CSV) | 2 2 |  | N 1 X 0",
    "jmeter__jtl__embedded_resources__kpi_ed.jtl | JMeter JTL (CSV) | 1 1 |  | N 1 X 0",
    "jmeter__jtl__error-302.jtl | JMeter JTL (XML) | 26 2 | 24 nested sample row | N 3 X 0",
    "jmeter__jtl__error-mix.jtl | JMeter JTL (XML) | 1 1 |  | N 1 X 0",
    "jmeter__jtl__error-pair1.jtl | JMeter JTL (XML) | 12 6 | 6 nested sample row | N 1 X 0",
    "jmeter__jtl__error-parsing.jtl | JMeter JTL (XML) | 32 32 |  | N 1 X 0",
    "jmeter__jtl__error-puzzle.jtl | JMeter JTL (XML) | 6 1 | 5 nested sample row | N 1 X 0",
    "jmeter__jtl__error-tc-generate-parent.jtl | JMeter JTL (XML) | 10 3 | 7 nested sample row | N 1 X 0",
    "jmeter__jtl__error1.jtl | JMeter JTL (XML) | 9 9 |  | N 3 X 0",
    "jmeter__jtl__kpi1.jtl | JMeter JTL (CSV) | 21 21 |  | N 3.083 X 4.119",
    "jmeter__jtl__many-errors-empty-responses.jtl | JMeter JTL (XML) | 42 35 | 7 ramp row | N 3 X 0",
    "jmeter__jtl__quote-guessing-crash.jtl | JMeter JTL (CSV) | 10 10 |  | N 1 X 1.516",
    "jmeter__jtl__resource-error-embedded.jtl | JMeter JTL (XML) | 4 1 | 3 nested sample row | N 1 X 0",
    "jmeter__jtl__resource-errors-child-assert.jtl | JMeter JTL (XML) | 6 2 | 4 nested sample row | N 1 X 0",
    "jmeter__jtl__resource-errors-child-no-assert.jtl | JMeter JTL (XML) | 20 2 | 18 nested sample row | N 1 X 0",
    "jmeter__jtl__resource-errors-main-assert.jtl | JMeter JTL (XML) | 1 1 |  | N 1 X 0",
    "jmeter__jtl__resource-errors-no-fail.jtl | JMeter JTL (XML) | 6 2 | 4 nested sample row | N 1 X 2.387",
    "jmeter__jtl__resource_tc.jtl | JMeter JTL (XML) | 107 5 | 102 nested sample row | N 1 X 0",
    "jmeter__jtl__simple.error.jtl | JMeter JTL (XML) | 3 3 |  | N 1 X 0",
    "jmeter__jtl__simple.kpi.jtl | JMeter JTL (CSV) | 6 6 |  | N 1 X 0.416",
    "jmeter__jtl__smart-aggregation__kpi.jtl | JMeter JTL (CSV) | 4 4 |  | N 1 X 0.3723",
    "jmeter__jtl__trace-no-response-body.jtl | JMeter JTL (XML) | 1 1 |  | N 1 X 8.065",
    "jmeter__jtl__trace.jtl | JMeter JTL (XML) | 1 1 |  | N 1 X 0",
    "jmeter__jtl__tranctl.jtl | JMeter JTL (CSV) | 2 2 |  | N 1 X 0.993",
    "k6__k6_kpi.csv | k6 --out csv | 60 8 | 20 other k6 metric row, 32 part of a request row | N 1 X 0.04625",
    "locust__locust-kpi.jtl | refused | no row of the file can be used: 1 request of a test of no length",
    "locust__locust-workers.ldjson | locust worker reports | 9962 6904 | 3058 ramp row | N 100 X 101.8",
    "molotov__molotov-report.csv | molotov | 20 12 | 8 scenario row (its requests count) | N 0.75 X 1.196",
    "siege__siege.out | siege | 10 10 |  | N 0.00002245 in flight X 0.00005787",
    "raytracer.csv | table of clients and throughput | 11 11 |  | N 1 X 20; N 4 X 78; N 8 X 130; N 12 X 170; N \
     16 X 190; N 20 X 200; N 24 X 210; N 28 X 230; N 32 X 260; N 48 X 280; N 64 X 310",
    "apache_combined_10k.log | access log (common or combined) | 10000 9999 | 1 not a request | \
     apache_combined_10k.log: 9999 requests, 1496 objects, 0.9995 reads, 0.0003 errors, - hits",
];

//! Metrics of hosts and tables of any kind, as real tools wrote them, where such files are at hand.
use plimsoll::telemetry::Telemetry;
use plimsoll_ingest::inputs::Found;
use plimsoll_ingest::problem::Problem;
use plimsoll_ingest::telemetry::{Asked, Layout, guess_layout, read};
use plimsoll_tests::root;
use std::path::{Path, PathBuf};

/// The folders that are read, below the shared usage data.
const FOLDERS: [&str; 9] = [
    "metrics/cli_text",
    "metrics/donut",
    "metrics/merlion_synthetic",
    "metrics/nab",
    "metrics/pcp",
    "metrics/pkb",
    "metrics/sar_text",
    "metrics/sysstat_capture",
    "metrics/sysstat_tests",
];
const TRACES: &str = "vmtraces";

fn folder() -> Option<PathBuf> {
    let folder = root().join("../shared/data/usage");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("no shared exports beside the repository: nothing to read");
    None
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the entry is readable").path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn files() -> Option<(PathBuf, Vec<PathBuf>)> {
    let folder = folder()?;
    let mut files = Vec::new();
    for name in FOLDERS.into_iter().chain([TRACES]) {
        walk(&folder.join(name), &mut files);
    }
    files.sort();
    Some((folder, files))
}

fn asked(path: &Path, asked: &Asked) -> Result<Telemetry, Vec<Problem>> {
    read(&[Found::file(path)], asked, &|_| {})
}

/// One line of the account of a file.
fn account(name: &str, read: &Result<Telemetry, Vec<Problem>>) -> String {
    match read {
        Ok(read) => {
            let account = &read.reading;
            let aside: u64 = account.aside.iter().map(|aside| aside.rows).sum();
            assert_eq!(account.rows_read, account.rows_used + aside, "{name}");
            let reasons: Vec<String> = account.aside.iter().map(|a| format!("{} {}", a.rows, a.reason)).collect();
            let kinds: Vec<&str> = account.findings.iter().map(|finding| finding.kind).collect();
            format!(
                "{name}: {}, {} rows, {} used, {} series, {} facts; aside: {}; findings: {}",
                account.files[0].format,
                account.rows_read,
                account.rows_used,
                read.metrics.len(),
                read.facts.len(),
                reasons.join(", "),
                kinds.join(", ")
            )
        }
        Err(problems) => {
            let place = if problems[0].has_place() { format!("{}: ", problems[0].line) } else { String::new() };
            format!("{name}: no, {place}{}", problems[0].what)
        }
    }
}

#[test]
fn every_shared_file_is_accounted_for() {
    let Some((folder, files)) = files() else { return };
    let mut accounts = String::new();
    for path in files {
        let name = path.strip_prefix(&folder).expect("it stands in the folder").to_string_lossy().into_owned();
        accounts += &account(&name, &asked(&path, &Asked::default()));
        accounts.push('\n');
    }
    let pinned = root().join("tests/telemetry_hosts/shared.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&pinned, &accounts).expect("the table can be written");
    }
    let expected = std::fs::read_to_string(&pinned).expect("the table is there");
    for (found, expected) in accounts.lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(accounts.lines().count(), expected.lines().count());
}

#[test]
fn a_guessed_layout_reads_shared_tables_to_the_same_series() {
    let Some((folder, files)) = files() else { return };
    let mut compared = 0;
    for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "csv")) {
        // Larger ones take seconds and tell no more.
        if path.metadata().is_ok_and(|file| file.len() > 600_000) {
            continue;
        }
        let Ok(first) = asked(path, &Asked::default()) else { continue };
        if first.reading.files[0].format != "CSV" {
            continue;
        }
        let name = path.strip_prefix(&folder).expect("it stands in the folder").to_string_lossy().into_owned();
        let bytes = std::fs::File::open(path).expect("the file is readable");
        let text = guess_layout(&path.to_string_lossy(), bytes).unwrap_or_else(|p| panic!("{name}: {}", p[0]));
        let layout =
            Layout::read("layout.toml", text.as_bytes()).unwrap_or_else(|p| panic!("{name}: {}\n{text}", p[0]));
        let again = asked(path, &Asked { layout: Some(layout), ..Asked::default() });
        let again = again.unwrap_or_else(|p| panic!("{name}: {}\n{text}", p[0]));
        assert_eq!(first.metrics.len(), again.metrics.len(), "{name}\n{text}");
        for (one, other) in first.metrics.iter().zip(&again.metrics) {
            assert_eq!(
                (&one.resource, &one.item, &one.measure),
                (&other.resource, &other.item, &other.measure),
                "{name}"
            );
            assert!(one.series.iter().eq(other.series.iter()), "{name}: {}", one.measure);
        }
        compared += 1;
    }
    assert!(compared >= 30, "only {compared} tables were compared");
}

/// `sadf` wrote the same two minutes three times: what is read of them must be the same.
#[test]
fn one_capture_in_three_forms_is_one_truth() {
    let Some(folder) = folder() else { return };
    let of = |name: &str, measure: &str, item: Option<&str>| {
        let path = folder.join("metrics/sysstat_capture").join(name);
        let read = asked(&path, &Asked::default()).unwrap_or_else(|p| panic!("{name}: {}", p[0]));
        let is = |m: &&plimsoll::telemetry::Metric| m.measure.word() == measure && m.item.as_deref() == item;
        let metric = read.metrics.iter().find(is).unwrap_or_else(|| panic!("{name} has no {measure}"));
        let values = metric.series.iter().filter_map(|(_, value)| value).collect::<Vec<_>>();
        (metric.series.start(), values.len(), values.iter().sum::<f64>() / values.len() as f64)
    };
    let near = |a: (_, usize, f64), b: (_, usize, f64)| {
        assert_eq!((a.0, a.1), (b.0, b.1));
        assert!((a.2 - b.2).abs() <= 1e-9 * a.2.abs(), "{} {}", a.2, b.2);
    };
    near(of("sadf-d-cpu.csv", "cpu_share", None), of("sadf-p-cpu.tsv", "cpu_share", None));
    near(of("sadf-d-cpu.csv", "cpu_share", None), of("sadf-j.json", "cpu_share", None));
    near(of("sadf-d-cpu.csv", "cpu_share", None), of("sar-u.txt", "cpu_share", None));
    near(of("sadf-d-mem.csv", "memory_used", None), of("sadf-j.json", "memory_used", None));
    near(of("sadf-d-mem.csv", "memory_used", None), of("sadf-dh-combined.csv", "memory_used", None));
    near(of("sadf-d-disk.csv", "disk_read_bytes", Some("vda")), of("sadf-j.json", "disk_read_bytes", Some("vda")));
    near(of("sadf-d-netdev.csv", "network_in", Some("eth0")), of("sadf-j.json", "network_in", Some("eth0")));
    // The averages that sar itself wrote below: 100 - 0.00 idle - 0.00 waiting - 0.70 stolen.
    let busy = of("sar-u.txt", "cpu_share", None).2;
    assert!((busy - 0.9930).abs() < 5e-5, "{busy}");
}

/// Reads a text of our own as a file of this name.
fn own(name: &str, bytes: &[u8], said: &Asked) -> Result<Telemetry, Vec<Problem>> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("the folder for tests can be written");
    asked(&path, said)
}

const SADF: &str = "# hostname;interval;timestamp;CPU;%user;%iowait;%steal;%idle\n\
    db-1;60;2026-03-01 00:01:00 UTC;-1;40.00;5.00;5.00;50.00\ndb-1;60;2026-03-01 00:02:00 UTC;-1;60.00;5.00;5.00;30.00\n";

#[test]
fn packing_line_ends_and_marks_change_nothing() {
    let packed = {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut writer, SADF.as_bytes()).expect("a vector takes all");
        writer.finish().expect("a vector takes all")
    };
    let marked = format!("\u{feff}{}", SADF.replace('\n', "\r\n"));
    for (name, bytes) in [("a.txt", SADF.as_bytes()), ("b.txt", &packed), ("c.txt", marked.as_bytes())] {
        let read = own(name, bytes, &Asked::default()).unwrap_or_else(|p| panic!("{}", p[0]));
        assert_eq!(read.reading.files[0].format, "sadf -d");
        let busy = read.metrics.iter().find(|m| m.measure.word() == "cpu_share").expect("it has processors");
        assert_eq!(busy.series.value(0).map(|v| (v * 1e9).round()), Some(4e8));
    }
}

#[test]
fn a_layout_reads_tables_and_leaves_sure_formats_alone() {
    let layout =
        "skip_rows = 1\n[time]\ncolumn = \"t\"\nformat = \"seconds\"\n[columns.load]\nmeasure = \"run_queue\"\n";
    let layout = Layout::read("layout.toml", layout.as_bytes()).unwrap_or_else(|p| panic!("{}", p[0]));
    let said = Asked { layout: Some(layout), ..Asked::default() };
    let read = own("d.txt", b"a report\nt;load\n0;3\n60;4\n", &said).unwrap_or_else(|p| panic!("{}", p[0]));
    assert_eq!((read.metrics[0].measure.word(), read.metrics[0].resource.0.as_str()), ("run_queue", "d.txt"));
    let read = own("h.txt", SADF.as_bytes(), &said).unwrap_or_else(|p| panic!("{}", p[0]));
    assert_eq!(read.reading.files[0].format, "sadf -d");
}

#[test]
fn what_is_no_telemetry_says_so() {
    let told = |name: &str, text: &str| own(name, text.as_bytes(), &Asked::default()).unwrap_err()[0].to_string();
    assert!(told("e.txt", "a letter\nto a friend\n").contains("no export of metrics"));
    assert!(told("f.txt", " \n").contains("the file is empty"));
    assert!(
        told("g.txt", "Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/vda 9 1 8 9% /\n").contains("`df`")
    );
}

/// Means that `awk` makes of the same columns, as `awk -F';' 'NR>1{c+=$5;n++} END{print c/n/100}'` of the Bitbrains trace.
#[test]
fn means_are_those_of_the_columns() {
    let Some(folder) = folder() else { return };
    for (name, measure, expected) in [
        ("vmtraces/bitbrains_gwa_format_1vm.csv", "cpu_share", 0.002_798_971_725),
        ("vmtraces/bitbrains_gwa_format_1vm.csv", "memory_used", 122_730.278_760 * 1024.0),
        ("metrics/sysstat_capture/vmstat-tw.txt", "cpu_share", 0.992_935_779_817),
        ("metrics/sysstat_capture/vmstat-tw.txt", "disk_read_bytes", 3_230.972_477 * 1024.0),
        ("metrics/nab/realAWSCloudwatch/ec2_cpu_utilization_5f5533.csv", "cpu_share", 0.431_103_716_022),
    ] {
        let read = asked(&folder.join(name), &Asked::default()).unwrap_or_else(|p| panic!("{name}: {}", p[0]));
        let metric = read.metrics.iter().find(|m| m.measure.word() == measure).expect("the measure is there");
        let values: Vec<f64> = metric.series.iter().filter_map(|(_, value)| value).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        assert!((mean / expected - 1.0).abs() < 1e-8, "{name} {measure}: {mean}, expected {expected}");
    }
}

/// A table without `kbslab` tells all memory only by `%memused`, which is rounded: 109 rows narrow it down to a hair.
#[test]
fn all_memory_is_told_by_rounded_shares() {
    let Some(folder) = folder() else { return };
    let memory = |name: &str| {
        let path = folder.join("metrics/sysstat_capture").join(name);
        let read = asked(&path, &Asked::default()).unwrap_or_else(|p| panic!("{name}: {}", p[0]));
        read.facts.values().find_map(|facts| facts.memory).expect("it is told").as_bytes()
    };
    let (exact, told) = (memory("sadf-d-A.csv"), memory("sadf-d-mem.csv"));
    assert!((told / exact - 1.0).abs() < 1e-4, "{told}, exactly {exact}");
}

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

/// The files of a folder by name, and what is told of each.
fn all(folder: &Path, of: impl Fn(&Path) -> String) -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|path| (name(path), of(path))).collect()
}

fn assert_told(found: &[(String, String)], expected: &[(&str, &str)]) {
    for (name, told) in found {
        println!("{name}: {told}");
    }
    let found: Vec<(&str, &str)> = found.iter().map(|(name, told)| (name.as_str(), told.as_str())).collect();
    assert_eq!(found, expected);
}

const UNKNOWN: &str = "refused: this is no export of metrics, load tests or access logs that is known";

#[test]
fn captures_of_prometheus() {
    let Some(folder) = folder() else { return };
    let found = all(&folder.join("metrics/prometheus_capture"), told);
    let expected = [
        ("QUERIES.txt", UNKNOWN),
        ("promtool_range.json", "Prometheus query_range | 7 | 7 | - | 1"),
        ("promtool_range.txt", "promtool query | 7 | 7 | - | 1"),
        (
            "query_instant.json",
            "refused: no row of the file can be used: 16 look of an instant query, which has no step",
        ),
        ("query_range_1.json", "Prometheus query_range | 320 | 320 | - | 3"),
        ("query_range_2.json", "Prometheus query_range | 21 | 21 | - | 1"),
        ("query_range_3.json", "Prometheus query_range | 40 | 40 | - | 2"),
        ("query_range_4.json", "Prometheus query_range | 21 | 21 | - | 1"),
        ("query_range_5.json", "Prometheus query_range | 41 | 41 | - | 2"),
        ("query_range_6.json", "Prometheus query_range | 18 | 18 | - | 1"),
        ("query_range_7.json", "Prometheus query_range | 190 | 190 | - | 4"),
    ];
    assert_told(&found, &expected);
}

#[test]
fn layouts_of_every_tool() {
    let Some(folder) = folder() else { return };
    // The others of the folder are bills, load tests and access logs.
    let ours = ["azure_", "cloudwatch_", "gcp_", "grafana_", "netdata_"];
    let mut found = all(&folder.join("formats"), told);
    found.retain(|(name, _)| ours.iter().any(|start| name.starts_with(start)));
    let expected = [
        ("azure_monitor_metrics.json", "Azure Monitor metrics | 600 | 593 | 7 step without a value | 1"),
        ("cloudwatch_get_metric_data.json", "CloudWatch get-metric-data | 1200 | 1200 | - | 2"),
        ("cloudwatch_get_metric_statistics.json", "CloudWatch get-metric-statistics | 600 | 600 | - | 2"),
        ("cloudwatch_metric_stream.ndjson", "CloudWatch metric stream | 300 | 300 | - | 2"),
        ("gcp_metrics_explorer.csv", "Metrics Explorer CSV | 600 | 600 | - | 2"),
        ("grafana_formatted.csv", "Grafana CSV | 600 | 600 | - | 1"),
        ("grafana_joined.csv", "Grafana CSV | 600 | 600 | - | 2"),
        ("netdata_system_cpu.csv", "Netdata CSV | 109 | 109 | - | 3"),
    ];
    assert_told(&found, &expected);
}

#[test]
fn tables_of_kubernetes() {
    let Some(folder) = folder() else { return };
    let expected = [
        ("koku_openshift_container_ros_15min.csv", "koku metrics operator, containers | 432 | 432 | - | 40"),
        ("koku_openshift_pod_usage_2019-02.csv", "koku metrics operator, pods | 480 | 480 | - | 24"),
    ];
    assert_told(&all(&folder.join("k8s"), told), &expected);
}

/// Recorded answers of one call each: nearly all have one step, of which no series can be made, or none.
#[test]
fn recorded_answers_of_cloudwatch() {
    let Some(folder) = folder() else { return };
    let found = all(&folder.join("metrics/cloudwatch_json"), told);
    let of = |what: &str| found.iter().filter(|(_, told)| told.contains(what)).count();
    let one_step = of("1 row with one time stamp; two different stamps are needed to see a step");
    let read: Vec<_> = found.iter().filter(|(_, told)| !told.starts_with("refused: ")).collect();
    assert_eq!((found.len(), one_step, of("refused: the file has no rows")), ONE_CALL);
    let name = "test_ebs_metrics_percent_filter.monitoring.GetMetricStatistics_1.json";
    assert_eq!(read, [&(name.to_owned(), "CloudWatch get-metric-statistics | 3 | 3 | - | 1".to_owned())]);
}

/// Files, those with one step, those with none.
const ONE_CALL: (usize, usize, usize) = (43, 30, 12);

/// What the answers inside of a recording of calls tell.
fn told_inside(path: &Path, inside: impl Fn(&Value) -> Vec<Value>) -> String {
    let recording: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let answers = inside(&recording);
    let each = answers.iter().enumerate().map(|(i, answer)| {
        let name = format!("{i}-{}", path.file_name().unwrap().to_string_lossy());
        told(&Temporary::of(&name, &answer.to_string()).0)
    });
    each.collect::<Vec<_>>().join("; ")
}

#[test]
fn recorded_answers_of_azure_and_google() {
    let Some(folder) = folder() else { return };
    let calls = |recording: &Value| {
        let bodies = recording["interactions"].as_array().unwrap().iter().map(|call| &call["response"]["body"]["data"]);
        bodies.filter(|body| body["timespan"].is_string()).cloned().collect()
    };
    let found = all(&folder.join("metrics/azure_json"), |path| told_inside(path, calls));
    assert_told(&found, &AZURE);
    let found = all(&folder.join("metrics/gcp_json"), |path| told_inside(path, |answer| vec![answer["body"].clone()]));
    assert_told(&found, &GOOGLE);
}

const AZURE: [(&str, &str); 3] = [
    (
        "ArmResourceTest.test_metric_filter_find.json",
        "refused: network_in of cctestvm: 1 row with one time stamp; two different stamps are needed to see a step",
    ),
    (
        "CosmosDBTest.test_collection_metrics_filter.json",
        "Azure Monitor metrics | 288 | 3 | 285 step without a value | 1",
    ),
    // Its calls list accounts, and ask for no metric.
    ("StorageMetricsFilterTest.test_blob_metrics_filter.json", ""),
];

const GOOGLE: [(&str, &str); 4] = [
    (
        "filter-metrics-resource-name.timeSeries.json",
        "refused: cpu_share of iap-test-webapp: 1 row with one time stamp; two different stamps are needed to see a step",
    ),
    (
        "filter-metrics-with-metric-key-as-instance-id.timeSeries.json",
        "refused: cpu_share of name-123: 1 row with one time stamp; two different stamps are needed to see a step",
    ),
    ("filter-no-metrics.timeSeries.json", UNKNOWN),
    (
        "output-metrics.timeSeries.json",
        "refused: custom.googleapis.com/custodian/policy/resourcecount of 0-output-metrics.timeSeries: \
         1 row with one time stamp; two different stamps are needed to see a step",
    ),
];

fn series(read: &Telemetry, resource: &str, measure: &Measure) -> Metric {
    let resource = ResourceName(resource.into());
    read.of(&resource, measure, Statistic::Mean).next().unwrap_or_else(|| panic!("{measure} of {resource}")).clone()
}

/// One machine's processors, laid in seven formats: what is read of each is the same.
#[test]
fn seven_formats_of_one_series_agree() {
    let Some(folder) = folder() else { return };
    let of = |name: &str, resource: &str| {
        let read = read(&folder.join("formats").join(name)).unwrap();
        series(&read, resource, &Measure::CpuShare)
    };
    let machine = "i-0aaa24ae8d";
    let first = of("cloudwatch_get_metric_data.json", machine);
    let others = [
        (of("cloudwatch_get_metric_statistics.json", "cloudwatch_get_metric_statistics"), 1e-12),
        (of("cloudwatch_metric_stream.ndjson", machine), 1e-12),
        (of("azure_monitor_metrics.json", "vm1"), 1e-12),
        (of("gcp_metrics_explorer.csv", machine), 1e-12),
        (of("grafana_joined.csv", machine), 1e-12),
        // Two digits of a per cent.
        (of("grafana_formatted.csv", machine), 0.005_001e-2),
    ];
    assert_eq!(first.series.value(0), Some(0.00132), "{}", first.first);
    for (other, tolerance) in others {
        let (mut compared, source) = (0, &other.first);
        for (time, value) in other.series.iter() {
            let seconds = time.as_unix_seconds() - first.series.start().as_unix_seconds();
            let there = first.series.value((seconds / 300) as usize);
            if let Some((one, other)) = there.zip(value) {
                assert!((one - other).abs() <= tolerance, "{source}: {one} {other} at {time}");
                compared += 1;
            }
        }
        assert!(compared >= 300, "{source}: {compared}");
    }
}

#[test]
fn what_prometheus_computed_is_computed_here() {
    let Some(folder) = folder() else { return };
    let read = |name: &str| read(&folder.join("metrics/prometheus_capture").join(name)).unwrap();
    // Rates of all modes of two processors, which was a busy machine.
    let busy = series(&read("query_range_1.json"), "127.0.0.1:19100", &Measure::CpuShare);
    assert!(busy.series.iter().all(|(_, v)| v.is_some_and(|v| (0.5..=1.0).contains(&v))), "{:?}", busy.series);
    let facts = read("query_range_1.json").facts.into_values().next().unwrap();
    assert_eq!(facts.vcpus.map(|c| c.as_vcpus()), Some(2.0));
    // Prometheus says 0.09 for the p90 of buckets that all end at 0.1: evenly spread, as are these.
    let buckets = read("query_range_7.json");
    let quantiles: Vec<_> = buckets
        .metrics
        .iter()
        .filter(|m| m.measure == Measure::Latency)
        .map(|m| (m.statistic.to_string(), (m.series.value(3).unwrap() * 1e9).round() / 1e9))
        .collect();
    let expected = [("p50", 0.05), ("p95", 0.095), ("p99", 0.099)];
    assert_eq!(quantiles, expected.map(|(name, value)| (name.to_owned(), value)));
    let requests = series(&buckets, "127.0.0.1:19090", &Measure::Requests);
    assert_eq!(requests.series.value(3), Some(0.2));
    // The same query as JSON and as text.
    let load = |name: &str| series(&read(name), "127.0.0.1:19100", &Measure::RunQueue).series;
    let values = |name: &str| load(name).iter().collect::<Vec<_>>();
    assert_eq!(values("promtool_range.json"), values("promtool_range.txt"));
}

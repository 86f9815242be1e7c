//! The public series that are shared on the machine where the project is made.
use super::{Named, better_on_both, followed, held, row, table};
use plimsoll::estimator::Usage;
use plimsoll::series::Time;
use plimsoll::units::{Compute, Span};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The shared folder; `None`, and said so, where there is none.
pub(super) fn folder() -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = std::env::var_os("PLIMSOLL_SHARED").map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no shared series beside the repository");
    None
}

/// A row's cells.
fn rows(path: &Path, separator: char) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().skip(1).map(|line| line.split(separator).map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// Values in the order of their rows, five minutes apart; those below zero are lifted by the lowest.
fn usage(values: &[f64]) -> Usage<Compute> {
    let lowest = values.iter().copied().fold(0.0, f64::min);
    let values = values.iter().map(|value| Some(Compute::vcpus(value - lowest)));
    Usage::new(Time::unix_seconds(0), Span::minutes(5.0), values)
}

fn column(path: &Path, separator: char, column: usize) -> Vec<f64> {
    rows(path, separator).iter().map(|row| row[column].parse().expect("a number")).collect()
}

/// The CPU series of the Numenta Anomaly Benchmark that are at hand; a per cent is taken as a processor, so that floors
/// made for containers do not show.
pub(super) fn nab_cpu(folder: &Path) -> Vec<Named> {
    let folder = folder.join("data/usage/metrics/nab/realAWSCloudwatch");
    let of = |name: &str| (name.to_owned(), usage(&column(&folder.join(format!("{name}.csv")), ',', 1)));
    let ec2 = ["24ae8d", "53ea38", "5f5533", "825cc2", "ac20cd"].map(|name| format!("ec2_cpu_utilization_{name}"));
    ec2.iter().map(String::as_str).chain(["rds_cpu_utilization_cc0c53"]).map(of).collect()
}

/// What the numbers of ours were chosen on: other series of the benchmark, Donut's, and machines of Bitbrains.
pub(super) fn tuned_on(folder: &Path) -> Vec<Named> {
    let usages = folder.join("data/usage");
    let nab = [
        "artificialNoAnomaly/art_daily_no_noise",
        "artificialNoAnomaly/art_daily_perfect_square_wave",
        "artificialNoAnomaly/art_daily_small_noise",
        "artificialWithAnomaly/art_daily_jumpsdown",
        "artificialWithAnomaly/art_daily_jumpsup",
        "realAWSCloudwatch/ec2_disk_write_bytes_1ef3de",
        "realAWSCloudwatch/ec2_network_in_257a54",
        "realAWSCloudwatch/elb_request_count_8c0756",
        "realKnownCause/ambient_temperature_system_failure",
        "realKnownCause/ec2_request_latency_system_failure",
        "realKnownCause/machine_temperature_system_failure",
        "realKnownCause/rogue_agent_key_updown",
        "realTweets/Twitter_volume_AAPL",
        "realTweets/Twitter_volume_AMZN",
    ];
    let short = |mut values: Vec<f64>| {
        values.truncate(6000);
        usage(&values)
    };
    let of = |file: &str| (file.to_owned(), short(column(&usages.join(format!("{file}.csv")), ',', 1)));
    let nab = nab.map(|name| format!("metrics/nab/{name}"));
    let donut = ["metrics/donut/cpu4", "metrics/donut/server_res_eth1out_curve_6"].map(str::to_owned);
    let mut all: Vec<Named> = nab.iter().chain(&donut).map(|file| of(file)).collect();
    let mut machines: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in rows(&usages.join("vmtraces/bitbrains_small_cpu.csv"), ',') {
        machines.entry(row[0].clone()).or_default().push(row[4].parse().expect("a number"));
    }
    machines.retain(|_, values| values.len() > 1500);
    all.extend(machines.into_iter().map(|(id, values)| (format!("bitbrains {id}"), short(values))));
    let one = column(&usages.join("vmtraces/bitbrains_gwa_format_1vm.csv"), ';', 4);
    all.push(("bitbrains gwa".into(), short(one)));
    all
}

#[test]
fn ours_is_not_beaten_on_processors_of_a_public_benchmark() {
    let Some(folder) = folder() else { return };
    let series = nab_cpu(&folder);
    let rows = table("6 CPU series of NAB, followed hourly after 2 days", |rule| followed(&series, rule));
    assert_eq!(better_on_both(&rows), Vec::<&str>::new());
    let ours = rows[0].1;
    assert!(ours.slack < row(&rows, "p99-7d").slack && ours.breach <= row(&rows, "autopilot").breach, "{ours:?}");
    table("6 CPU series of NAB, one size held over the second week", |rule| held(&series, rule));
}

#[test]
fn ours_is_not_beaten_where_it_was_tuned() {
    let Some(folder) = folder() else { return };
    let series = tuned_on(&folder);
    let rows =
        table(&format!("{} series it was tuned on, followed hourly", series.len()), |rule| followed(&series, rule));
    assert_eq!(better_on_both(&rows), Vec::<&str>::new());
    let ours = rows[0].1;
    assert!(ours.slack < row(&rows, "p99-7d").slack && ours.breach < row(&rows, "autopilot").breach, "{ours:?}");
}

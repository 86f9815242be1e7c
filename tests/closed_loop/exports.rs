//! The samples of the known service as the texts that monitors export.
use super::service::{MACHINES, START, STEP, Sample, VCPUS};
use plimsoll::series::Time;
use serde_json::{Value, json};

/// The start of a step, in RFC 3339.
fn at(step: usize) -> String {
    Time::unix_seconds(START + STEP * step as i64).to_string()
}

/// `sadf -d FILE -- -u -r -n DEV`: a table for each activity. Its stamps are of the end of an interval.
pub(crate) fn sadf(host: &str, samples: &[Sample]) -> String {
    let stamp = |i: usize| format!("{host};{STEP};{} UTC", at(i + 1).replace('T', " ").trim_end_matches('Z'));
    let mut text = "# hostname;interval;timestamp;CPU;%user;%nice;%system;%iowait;%steal;%idle\n".to_owned();
    for (i, s) in samples.iter().enumerate() {
        let busy = s.cpu_share * 100.0;
        text += &format!("{};-1;{:.2};0.00;{:.2};0.00;0.00;{:.2}\n", stamp(i), busy * 0.8, busy * 0.2, 100.0 - busy);
    }
    text += "# hostname;interval;timestamp;kbmemfree;kbavail;kbmemused;%memused;kbbuffers;kbcached;kbcommit;%commit;\
             kbactive;kbinact;kbdirty\n";
    let whole = 16.0 * 1024.0 * 1024.0;
    for (i, s) in samples.iter().enumerate() {
        let used = s.memory / 1024.0;
        let share = used / whole * 100.0;
        let free = whole - used;
        text += &format!("{};{free:.0};{free:.0};{used:.0};{share:.2};0;0;{used:.0};{share:.2};0;0;0\n", stamp(i));
    }
    text += "# hostname;interval;timestamp;IFACE;rxpck/s;txpck/s;rxkB/s;txkB/s;rxcmp/s;txcmp/s;rxmcst/s;%ifutil\n";
    for (i, s) in samples.iter().enumerate() {
        let (rx, tx) = (s.bytes_in / 1024.0, s.bytes_out / 1024.0);
        text += &format!("{};eth0;10.00;10.00;{rx:.2};{tx:.2};0.00;0.00;0.00;0.00\n", stamp(i));
    }
    text
}

/// `aws cloudwatch get-metric-statistics` of a balancer's `RequestCount`, whose points come in no order.
pub(crate) fn cloudwatch(samples: &[Sample]) -> String {
    let mut points: Vec<Value> = samples
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let stamp = at(i).replace('Z', "+00:00");
            json!({ "Timestamp": stamp, "Sum": (s.requests * STEP as f64).round(), "Unit": "Count" })
        })
        .collect();
    let middle = points.len() / 2;
    points.rotate_left(middle);
    json!({ "Label": "RequestCount", "Datapoints": points }).to_string()
}

/// The answer of Prometheus to `query_range` of the counters of requests and of processor seconds of one process, to which an
/// even part of the requests goes.
pub(crate) fn prometheus(instance: &str, samples: &[Sample]) -> String {
    let counter = |name: &str, per_second: &dyn Fn(&Sample) -> f64| {
        let mut total = 1000.0;
        let mut values = Vec::new();
        for (i, s) in samples.iter().enumerate() {
            values.push(json!([START + STEP * i as i64, format!("{total:.3}")]));
            total += per_second(s) * STEP as f64;
        }
        json!({ "metric": { "__name__": name, "instance": instance, "job": "web" }, "values": values })
    };
    let requests = counter("http_requests_total", &|s| s.requests / f64::from(MACHINES));
    let busy = counter("process_cpu_seconds_total", &|s| s.cpu_share * f64::from(VCPUS));
    json!({ "status": "success", "data": { "resultType": "matrix", "result": [requests, busy] } }).to_string()
}

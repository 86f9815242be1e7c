//! What Cloud Monitoring's metrics measure, by their types.
//!
//! Google, "Google Cloud metrics" and "Ops Agent metrics", read 2026-11. Utilizations are parts of one but in the agent's,
//! which are per cents; latencies are milliseconds.
use plimsoll::telemetry::Measure;

type Row = (&'static str, Measure, f64);

const NAMES: &[Row] = &[
    ("compute.googleapis.com/instance/cpu/utilization", Measure::CpuShare, 1.0),
    ("compute.googleapis.com/instance/cpu/usage_time", Measure::CpuUsed, 1.0),
    ("compute.googleapis.com/instance/cpu/reserved_cores", Measure::CpuCapacity, 1.0),
    ("compute.googleapis.com/instance/memory/balloon/ram_used", Measure::MemoryUsed, 1.0),
    ("compute.googleapis.com/instance/memory/balloon/ram_size", Measure::MemoryCapacity, 1.0),
    ("compute.googleapis.com/instance/network/received_bytes_count", Measure::NetworkIn, 1.0),
    ("compute.googleapis.com/instance/network/sent_bytes_count", Measure::NetworkOut, 1.0),
    ("compute.googleapis.com/instance/network/received_packets_count", Measure::PacketsIn, 1.0),
    ("compute.googleapis.com/instance/network/sent_packets_count", Measure::PacketsOut, 1.0),
    ("compute.googleapis.com/instance/disk/read_bytes_count", Measure::DiskReadBytes, 1.0),
    ("compute.googleapis.com/instance/disk/write_bytes_count", Measure::DiskWriteBytes, 1.0),
    ("compute.googleapis.com/instance/disk/read_ops_count", Measure::DiskReads, 1.0),
    ("compute.googleapis.com/instance/disk/write_ops_count", Measure::DiskWrites, 1.0),
    ("compute.googleapis.com/instance_group/size", Measure::Instances, 1.0),
    ("agent.googleapis.com/cpu/load_1m", Measure::RunQueue, 1.0),
    ("kubernetes.io/container/cpu/core_usage_time", Measure::CpuUsed, 1.0),
    ("kubernetes.io/container/cpu/request_cores", Measure::CpuRequested, 1.0),
    ("kubernetes.io/container/cpu/limit_cores", Measure::CpuLimit, 1.0),
    ("kubernetes.io/container/memory/request_bytes", Measure::MemoryRequested, 1.0),
    ("kubernetes.io/container/memory/limit_bytes", Measure::MemoryLimit, 1.0),
    ("kubernetes.io/node/cpu/allocatable_utilization", Measure::CpuShare, 1.0),
    ("kubernetes.io/node/cpu/total_cores", Measure::CpuCapacity, 1.0),
    ("kubernetes.io/node/cpu/core_usage_time", Measure::CpuUsed, 1.0),
    ("kubernetes.io/node/memory/total_bytes", Measure::MemoryCapacity, 1.0),
    ("cloudsql.googleapis.com/database/cpu/utilization", Measure::CpuShare, 1.0),
    ("cloudsql.googleapis.com/database/memory/utilization", Measure::MemoryShare, 1.0),
    ("cloudsql.googleapis.com/database/disk/utilization", Measure::DiskShare, 1.0),
    ("cloudsql.googleapis.com/database/disk/bytes_used", Measure::DiskUsed, 1.0),
    ("cloudsql.googleapis.com/database/disk/read_ops_count", Measure::DiskReads, 1.0),
    ("cloudsql.googleapis.com/database/disk/write_ops_count", Measure::DiskWrites, 1.0),
    ("spanner.googleapis.com/instance/cpu/utilization", Measure::CpuShare, 1.0),
    ("redis.googleapis.com/stats/memory/usage_ratio", Measure::MemoryShare, 1.0),
    ("loadbalancing.googleapis.com/https/request_count", Measure::Requests, 1.0),
    ("loadbalancing.googleapis.com/https/total_latencies", Measure::Latency, 1e-3),
    ("loadbalancing.googleapis.com/https/response_bytes_count", Measure::NetworkOut, 1.0),
    ("loadbalancing.googleapis.com/https/request_bytes_count", Measure::NetworkIn, 1.0),
    ("run.googleapis.com/request_count", Measure::Requests, 1.0),
    ("run.googleapis.com/request_latencies", Measure::Latency, 1e-3),
    ("run.googleapis.com/container/instance_count", Measure::Instances, 1.0),
    ("run.googleapis.com/container/cpu/utilizations", Measure::CpuShare, 1.0),
    ("run.googleapis.com/container/memory/utilizations", Measure::MemoryShare, 1.0),
    ("cloudfunctions.googleapis.com/function/execution_count", Measure::Requests, 1.0),
    ("cloudfunctions.googleapis.com/function/execution_times", Measure::Latency, 1e-9),
    ("storage.googleapis.com/api/request_count", Measure::Requests, 1.0),
    ("storage.googleapis.com/storage/total_bytes", Measure::DiskUsed, 1.0),
    ("storage.googleapis.com/network/sent_bytes_count", Measure::NetworkOut, 1.0),
    ("storage.googleapis.com/network/received_bytes_count", Measure::NetworkIn, 1.0),
];

/// What a metric measures, by how much its values are multiplied to be in the measure's unit, and the label that says no
/// more once that is known; none if the metric is not known. `label` gives the metric's labels.
pub(super) fn meaning<'l>(
    name: &str,
    label: impl Fn(&str) -> Option<&'l str>,
) -> Option<(Measure, f64, Option<&'static str>)> {
    if let Some((_, measure, scale)) = NAMES.iter().find(|row| row.0 == name) {
        return Some((measure.clone(), *scale, None));
    }
    Some(match (name, label("state"), label("memory_type")) {
        ("agent.googleapis.com/memory/percent_used", Some("used"), _) => (Measure::MemoryShare, 0.01, Some("state")),
        ("agent.googleapis.com/memory/bytes_used", Some("used"), _) => (Measure::MemoryUsed, 1.0, Some("state")),
        ("agent.googleapis.com/disk/percent_used", Some("used"), _) => (Measure::DiskShare, 0.01, Some("state")),
        ("agent.googleapis.com/disk/bytes_used", Some("used"), _) => (Measure::DiskUsed, 1.0, Some("state")),
        // What a kubelet cannot take back from a container.
        (
            "kubernetes.io/container/memory/used_bytes" | "kubernetes.io/node/memory/used_bytes",
            _,
            Some("non-evictable"),
        ) => (Measure::MemoryUsed, 1.0, Some("memory_type")),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_their_labels_are_known() {
        let of = |name, label: &'static str, value: &'static str| meaning(name, |l| (l == label).then_some(value));
        let memory = of("agent.googleapis.com/memory/percent_used", "state", "used").unwrap();
        assert_eq!(memory, (Measure::MemoryShare, 0.01, Some("state")));
        assert_eq!(of("agent.googleapis.com/memory/percent_used", "state", "cached"), None);
        assert_eq!(of("run.googleapis.com/request_latencies", "", "").unwrap().1, 1e-3);
    }
}

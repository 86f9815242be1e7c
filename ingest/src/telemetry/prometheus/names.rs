//! What the metrics of well-known exporters measure, by their names.
//!
//! node_exporter 1.x, cAdvisor, kube-state-metrics 2.x, and the names that client libraries give to requests
//! (Prometheus, "Metric and label naming": base units, `_total` for what only rises).
use super::labels::Labels;
use plimsoll::telemetry::Measure;

/// What a metric measures.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meaning {
    pub(super) measure: Measure,
    /// Whether it only rises.
    pub(super) is_counter: bool,
    /// By how much its values are multiplied to be in the measure's unit.
    pub(super) scale: f64,
}

type Row = (&'static str, Measure, bool, f64);

const NAMES: &[Row] = &[
    // node_exporter
    ("node_load1", Measure::RunQueue, false, 1.0),
    ("node_memory_MemTotal_bytes", Measure::MemoryCapacity, false, 1.0),
    ("node_disk_reads_completed_total", Measure::DiskReads, true, 1.0),
    ("node_disk_writes_completed_total", Measure::DiskWrites, true, 1.0),
    ("node_disk_read_bytes_total", Measure::DiskReadBytes, true, 1.0),
    ("node_disk_written_bytes_total", Measure::DiskWriteBytes, true, 1.0),
    ("node_disk_io_time_seconds_total", Measure::DiskBusy, true, 1.0),
    ("node_disk_io_time_weighted_seconds_total", Measure::DiskQueue, true, 1.0),
    ("node_filesystem_size_bytes", Measure::DiskCapacity, false, 1.0),
    ("node_network_receive_bytes_total", Measure::NetworkIn, true, 1.0),
    ("node_network_transmit_bytes_total", Measure::NetworkOut, true, 1.0),
    ("node_network_receive_packets_total", Measure::PacketsIn, true, 1.0),
    ("node_network_transmit_packets_total", Measure::PacketsOut, true, 1.0),
    // cAdvisor
    ("container_cpu_usage_seconds_total", Measure::CpuUsed, true, 1.0),
    ("container_memory_working_set_bytes", Measure::MemoryUsed, false, 1.0),
    ("container_network_receive_bytes_total", Measure::NetworkIn, true, 1.0),
    ("container_network_transmit_bytes_total", Measure::NetworkOut, true, 1.0),
    ("container_network_receive_packets_total", Measure::PacketsIn, true, 1.0),
    ("container_network_transmit_packets_total", Measure::PacketsOut, true, 1.0),
    ("container_fs_reads_total", Measure::DiskReads, true, 1.0),
    ("container_fs_writes_total", Measure::DiskWrites, true, 1.0),
    ("container_fs_reads_bytes_total", Measure::DiskReadBytes, true, 1.0),
    ("container_fs_writes_bytes_total", Measure::DiskWriteBytes, true, 1.0),
    ("machine_cpu_cores", Measure::CpuCapacity, false, 1.0),
    ("machine_memory_bytes", Measure::MemoryCapacity, false, 1.0),
    // kubelet volumes
    ("kubelet_volume_stats_used_bytes", Measure::DiskUsed, false, 1.0),
    ("kubelet_volume_stats_capacity_bytes", Measure::DiskCapacity, false, 1.0),
    // kube-state-metrics
    ("kube_pod_container_resource_requests_cpu_cores", Measure::CpuRequested, false, 1.0),
    ("kube_pod_container_resource_requests_memory_bytes", Measure::MemoryRequested, false, 1.0),
    ("kube_pod_container_resource_limits_cpu_cores", Measure::CpuLimit, false, 1.0),
    ("kube_pod_container_resource_limits_memory_bytes", Measure::MemoryLimit, false, 1.0),
    ("kube_deployment_status_replicas_available", Measure::Instances, false, 1.0),
    ("kube_deployment_status_replicas", Measure::Instances, false, 1.0),
    // any process
    ("process_cpu_seconds_total", Measure::CpuUsed, true, 1.0),
    ("process_resident_memory_bytes", Measure::MemoryUsed, false, 1.0),
];

/// What names of counted requests end with.
const REQUESTS: [&str; 5] =
    ["requests_total", "request_total", "grpc_server_handled_total", "http_requests_count", "requests_count"];

/// What a named series measures; none if it is not known.
pub(super) fn meaning(name: &str, labels: &Labels) -> Option<Meaning> {
    if let Some((_, measure, is_counter, scale)) = NAMES.iter().find(|row| row.0 == name) {
        return Some(Meaning { measure: measure.clone(), is_counter: *is_counter, scale: *scale });
    }
    let level = |measure| Some(Meaning { measure, is_counter: false, scale: 1.0 });
    let of = labels.get("resource").map_or("", String::as_str);
    match (name, of) {
        ("kube_pod_container_resource_requests", "cpu") => level(Measure::CpuRequested),
        ("kube_pod_container_resource_requests", "memory") => level(Measure::MemoryRequested),
        ("kube_pod_container_resource_limits", "cpu") => level(Measure::CpuLimit),
        ("kube_pod_container_resource_limits", "memory") => level(Measure::MemoryLimit),
        ("kube_node_status_capacity", "cpu") => level(Measure::CpuCapacity),
        ("kube_node_status_capacity", "memory") => level(Measure::MemoryCapacity),
        _ if is_requests(name) => Some(Meaning { measure: Measure::Requests, is_counter: true, scale: 1.0 }),
        _ => None,
    }
}

/// Whether a name is one of counted requests.
pub(super) fn is_requests(name: &str) -> bool {
    REQUESTS.iter().any(|end| name.ends_with(end))
}

/// Whether a name says that its values only rise.
pub(super) fn is_named_as_counter(name: &str) -> bool {
    ["_total", "_sum", "_count", "_bucket"].iter().any(|end| name.ends_with(end))
}

/// Of the times of requests, in which unit: `http_request_duration_seconds`, `rpc_latency_ms`; none for anything else.
pub(super) fn duration_scale(base: &str) -> Option<f64> {
    let is_time =
        ["duration", "latency", "latencies", "response_time", "seconds"].iter().any(|word| base.contains(word));
    let scale = match base {
        _ if base.contains("microseconds") => 1e-6,
        _ if base.contains("milliseconds") || base.ends_with("_ms") => 1e-3,
        _ if base.contains("nanoseconds") => 1e-9,
        _ => 1.0,
    };
    is_time.then_some(scale)
}

/// A status of a request that failed on the server's side.
pub(super) fn is_failed(labels: &Labels) -> bool {
    let status = ["code", "status", "status_code", "response_code", "http_status_code", "http_response_status_code"];
    status.iter().filter_map(|name| labels.get(*name)).any(|value| value.starts_with('5') && value.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(text: &str) -> Option<(Measure, bool)> {
        let labels = super::super::labels::read(text).unwrap();
        meaning(&labels["__name__"], &labels).map(|m| (m.measure, m.is_counter))
    }

    #[test]
    fn names_of_exporters_are_known() {
        assert_eq!(measure("container_cpu_usage_seconds_total{}"), Some((Measure::CpuUsed, true)));
        assert_eq!(measure(r#"kube_pod_container_resource_limits{resource="cpu"}"#), Some((Measure::CpuLimit, false)));
        assert_eq!(measure(r#"kube_pod_container_resource_limits{resource="gpu"}"#), None);
        assert_eq!(measure("shop_http_requests_total{}"), Some((Measure::Requests, true)));
        assert_eq!(measure("up{}"), None);
        assert!(is_named_as_counter("x_total") && !is_named_as_counter("totals"));
    }

    #[test]
    fn durations_have_units() {
        let scales = ["http_request_duration_seconds", "rpc_latency_ms", "queue_length"].map(duration_scale);
        assert_eq!(scales, [Some(1.0), Some(1e-3), None]);
    }
}

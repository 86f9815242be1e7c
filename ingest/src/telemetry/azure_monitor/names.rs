//! What Azure Monitor's metrics measure, by their names.
//!
//! Microsoft, "Supported metrics with Azure Monitor", read 2026-11.
use plimsoll::telemetry::{Measure, Unit};

/// What a metric measures.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meaning {
    pub(super) measure: Measure,
    /// Whether its total over a step is what it means.
    pub(super) is_total: bool,
    /// Whether it tells what is free of one.
    pub(super) is_rest: bool,
}

type Row = (&'static str, Measure, bool, bool);

const NAMES: &[Row] = &[
    ("Percentage CPU", Measure::CpuShare, false, false),
    ("CPU Credits Remaining", Measure::CpuCredits, false, false),
    ("Available Memory Percentage", Measure::MemoryShare, false, true),
    ("Network In", Measure::NetworkIn, true, false),
    ("Network Out", Measure::NetworkOut, true, false),
    ("Network In Total", Measure::NetworkIn, true, false),
    ("Network Out Total", Measure::NetworkOut, true, false),
    ("Disk Read Bytes", Measure::DiskReadBytes, true, false),
    ("Disk Write Bytes", Measure::DiskWriteBytes, true, false),
    ("Disk Read Operations/Sec", Measure::DiskReads, false, false),
    ("Disk Write Operations/Sec", Measure::DiskWrites, false, false),
    ("OS Disk Queue Depth", Measure::DiskQueue, false, false),
    ("Data Disk Queue Depth", Measure::DiskQueue, false, false),
    // App Service, gateways
    ("CpuPercentage", Measure::CpuShare, false, false),
    ("MemoryPercentage", Measure::MemoryShare, false, false),
    ("Requests", Measure::Requests, true, false),
    ("TotalRequests", Measure::Requests, true, false),
    ("FailedRequests", Measure::Errors, true, false),
    ("Http5xx", Measure::Errors, true, false),
    ("HttpResponseTime", Measure::Latency, false, false),
    ("AverageResponseTime", Measure::Latency, false, false),
    // Databases and caches
    ("cpu_percent", Measure::CpuShare, false, false),
    ("memory_percent", Measure::MemoryShare, false, false),
    ("storage_percent", Measure::DiskShare, false, false),
    ("storage_used", Measure::DiskUsed, false, false),
    ("percentProcessorTime", Measure::CpuShare, false, false),
    ("usedmemorypercentage", Measure::MemoryShare, false, false),
    ("usedmemory", Measure::MemoryUsed, false, false),
    // Kubernetes
    ("node_cpu_usage_percentage", Measure::CpuShare, false, false),
    ("node_cpu_usage_millicores", Measure::CpuUsed, false, false),
    ("node_memory_working_set_percentage", Measure::MemoryShare, false, false),
    ("node_memory_working_set_bytes", Measure::MemoryUsed, false, false),
    ("node_disk_usage_percentage", Measure::DiskShare, false, false),
    // Storage
    ("Transactions", Measure::Requests, true, false),
    ("Ingress", Measure::NetworkIn, true, false),
    ("Egress", Measure::NetworkOut, true, false),
    ("SuccessE2ELatency", Measure::Latency, false, false),
    ("UsedCapacity", Measure::DiskUsed, false, false),
    ("BlobCapacity", Measure::DiskUsed, false, false),
];

/// What a metric measures; none if it is not known.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let found = NAMES.iter().find(|row| row.0 == name)?;
    Some(Meaning { measure: found.1.clone(), is_total: found.2, is_rest: found.3 })
}

/// By how much values in Azure's `unit` are multiplied to be in the measure's; none if they cannot be.
#[allow(clippy::match_same_arms)] // a line for each dimension
pub(super) fn scale(unit: &str, measure: &Measure) -> Option<f64> {
    let scale = match (measure.unit(), unit) {
        (Unit::Part, "Percent") => 0.01,
        (Unit::Seconds, "Seconds") => 1.0,
        (Unit::Seconds, "MilliSeconds") => 1e-3,
        (Unit::Bytes | Unit::BytesPerSecond, "Bytes") | (Unit::BytesPerSecond, "BytesPerSecond") => 1.0,
        (Unit::PerSecond, "Count" | "CountPerSecond") | (Unit::Count, "Count") => 1.0,
        (Unit::Vcpus, "Cores") => 1.0,
        (Unit::Vcpus, "MilliCores") => 1e-3,
        (Unit::Vcpus, "NanoCores") => 1e-9,
        (Unit::AsExported, _) => 1.0,
        _ => return None,
    };
    Some(scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_units_are_known() {
        let cpu = meaning("Percentage CPU").unwrap();
        assert_eq!((cpu.measure.clone(), scale("Percent", &cpu.measure)), (Measure::CpuShare, Some(0.01)));
        assert_eq!(scale("MilliCores", &Measure::CpuUsed), Some(1e-3));
        assert_eq!((meaning("Sheep"), scale("Bytes", &Measure::CpuShare)), (None, None));
    }
}

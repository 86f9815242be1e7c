//! What CloudWatch's metrics measure, by their names.
//!
//! AWS, "Services that publish CloudWatch metrics" and "Metrics collected by the CloudWatch agent", read 2026-11. A name
//! means the same wherever it stands here unless a namespace is given: exports of single metrics name no namespace.
use plimsoll::telemetry::Measure;

/// What the values of a metric are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A level or a rate, whose mean over a step means something.
    Level,
    /// An amount for each report, whose sum over a step means something.
    Total,
}

/// What a metric measures.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meaning {
    pub(super) measure: Measure,
    pub(super) kind: Kind,
    /// The unit it is published in, for exports that do not say it.
    pub(super) unit: &'static str,
    /// The part of the resource it is of, where the name says it.
    pub(super) item: Option<&'static str>,
}

type Row = (&'static str, &'static str, Measure, Kind, &'static str, &'static str);

use Kind::{Level, Total};

/// Part of the namespace, name, measure, kind, unit, item.
const NAMES: &[Row] = &[
    ("", "CPUUtilization", Measure::CpuShare, Level, "Percent", ""),
    ("", "CpuUtilization", Measure::CpuShare, Level, "Percent", ""),
    ("", "MemoryUtilization", Measure::MemoryShare, Level, "Percent", ""),
    ("", "CPUCreditBalance", Measure::CpuCredits, Level, "Count", ""),
    // EC2
    ("", "NetworkIn", Measure::NetworkIn, Total, "Bytes", ""),
    ("", "NetworkOut", Measure::NetworkOut, Total, "Bytes", ""),
    ("", "NetworkPacketsIn", Measure::PacketsIn, Total, "Count", ""),
    ("", "NetworkPacketsOut", Measure::PacketsOut, Total, "Count", ""),
    ("", "DiskReadBytes", Measure::DiskReadBytes, Total, "Bytes", "instance store"),
    ("", "DiskWriteBytes", Measure::DiskWriteBytes, Total, "Bytes", "instance store"),
    ("", "DiskReadOps", Measure::DiskReads, Total, "Count", "instance store"),
    ("", "DiskWriteOps", Measure::DiskWrites, Total, "Count", "instance store"),
    ("", "EBSReadBytes", Measure::DiskReadBytes, Total, "Bytes", "EBS"),
    ("", "EBSWriteBytes", Measure::DiskWriteBytes, Total, "Bytes", "EBS"),
    ("", "EBSReadOps", Measure::DiskReads, Total, "Count", "EBS"),
    ("", "EBSWriteOps", Measure::DiskWrites, Total, "Count", "EBS"),
    // EBS
    ("", "VolumeReadBytes", Measure::DiskReadBytes, Total, "Bytes", ""),
    ("", "VolumeWriteBytes", Measure::DiskWriteBytes, Total, "Bytes", ""),
    ("", "VolumeReadOps", Measure::DiskReads, Total, "Count", ""),
    ("", "VolumeWriteOps", Measure::DiskWrites, Total, "Count", ""),
    ("", "VolumeQueueLength", Measure::DiskQueue, Level, "Count", ""),
    // The agent
    ("", "mem_used_percent", Measure::MemoryShare, Level, "Percent", ""),
    ("", "mem_used", Measure::MemoryUsed, Level, "Bytes", ""),
    ("", "mem_total", Measure::MemoryCapacity, Level, "Bytes", ""),
    ("", "disk_used_percent", Measure::DiskShare, Level, "Percent", ""),
    ("", "disk_used", Measure::DiskUsed, Level, "Bytes", ""),
    ("", "disk_total", Measure::DiskCapacity, Level, "Bytes", ""),
    ("", "cpu_usage_active", Measure::CpuShare, Level, "Percent", ""),
    ("", "cpu_usage_iowait", Measure::CpuIoWait, Level, "Percent", ""),
    ("", "cpu_usage_steal", Measure::CpuSteal, Level, "Percent", ""),
    ("", "Memory % Committed Bytes In Use", Measure::MemoryShare, Level, "Percent", ""),
    // RDS and Aurora
    ("", "ReadIOPS", Measure::DiskReads, Level, "Count/Second", ""),
    ("", "WriteIOPS", Measure::DiskWrites, Level, "Count/Second", ""),
    ("", "ReadThroughput", Measure::DiskReadBytes, Level, "Bytes/Second", ""),
    ("", "WriteThroughput", Measure::DiskWriteBytes, Level, "Bytes/Second", ""),
    ("", "ReadLatency", Measure::DiskWait, Level, "Seconds", "read"),
    ("", "WriteLatency", Measure::DiskWait, Level, "Seconds", "write"),
    ("", "DiskQueueDepth", Measure::DiskQueue, Level, "Count", ""),
    ("", "NetworkReceiveThroughput", Measure::NetworkIn, Level, "Bytes/Second", ""),
    ("", "NetworkTransmitThroughput", Measure::NetworkOut, Level, "Bytes/Second", ""),
    ("", "Queries", Measure::Requests, Level, "Count/Second", ""),
    ("", "VolumeBytesUsed", Measure::DiskUsed, Level, "Bytes", ""),
    // Load balancers
    ("", "RequestCount", Measure::Requests, Total, "Count", ""),
    ("", "TargetResponseTime", Measure::Latency, Level, "Seconds", ""),
    ("AWS/ELB", "Latency", Measure::Latency, Level, "Seconds", ""),
    ("", "HTTPCode_Target_5XX_Count", Measure::Errors, Total, "Count", "target"),
    ("", "HTTPCode_ELB_5XX_Count", Measure::Errors, Total, "Count", "load balancer"),
    ("", "HTTPCode_Backend_5XX", Measure::Errors, Total, "Count", "target"),
    ("", "HTTPCode_ELB_5XX", Measure::Errors, Total, "Count", "load balancer"),
    ("", "HealthyHostCount", Measure::Instances, Level, "Count", ""),
    // Lambda
    ("", "Invocations", Measure::Requests, Total, "Count", ""),
    ("", "Errors", Measure::Errors, Total, "Count", ""),
    ("", "Duration", Measure::Latency, Level, "Milliseconds", ""),
    ("", "ConcurrentExecutions", Measure::InFlight, Level, "Count", ""),
    // API Gateway
    ("AWS/ApiGateway", "Count", Measure::Requests, Total, "Count", ""),
    ("AWS/ApiGateway", "Latency", Measure::Latency, Level, "Milliseconds", ""),
    ("AWS/ApiGateway", "5XXError", Measure::Errors, Total, "Count", ""),
    // S3, CloudFront, DynamoDB
    ("", "AllRequests", Measure::Requests, Total, "Count", ""),
    ("", "5xxErrors", Measure::Errors, Total, "Count", ""),
    ("", "TotalRequestLatency", Measure::Latency, Level, "Milliseconds", ""),
    ("", "BucketSizeBytes", Measure::DiskUsed, Level, "Bytes", ""),
    ("AWS/CloudFront", "Requests", Measure::Requests, Total, "None", ""),
    ("", "BytesDownloaded", Measure::NetworkOut, Total, "Bytes", ""),
    ("", "BytesUploaded", Measure::NetworkIn, Total, "Bytes", ""),
    ("", "SuccessfulRequestLatency", Measure::Latency, Level, "Milliseconds", ""),
    // ElastiCache
    ("", "DatabaseMemoryUsagePercentage", Measure::MemoryShare, Level, "Percent", ""),
    ("", "BytesUsedForCache", Measure::MemoryUsed, Level, "Bytes", ""),
    ("", "NetworkBytesIn", Measure::NetworkIn, Total, "Bytes", ""),
    ("", "NetworkBytesOut", Measure::NetworkOut, Total, "Bytes", ""),
    // NAT and transit gateways
    ("", "BytesInFromSource", Measure::NetworkIn, Total, "Bytes", "source"),
    ("", "BytesOutToDestination", Measure::NetworkOut, Total, "Bytes", "destination"),
    ("AWS/TransitGateway", "BytesIn", Measure::NetworkIn, Total, "Bytes", ""),
    ("AWS/TransitGateway", "BytesOut", Measure::NetworkOut, Total, "Bytes", ""),
    // Groups and containers
    ("", "GroupInServiceInstances", Measure::Instances, Level, "Count", ""),
    ("", "RunningTaskCount", Measure::Instances, Level, "Count", ""),
    ("", "CpuUtilized", Measure::CpuUsed, Level, "CPU units", ""),
    ("", "CpuReserved", Measure::CpuRequested, Level, "CPU units", ""),
    ("", "MemoryUtilized", Measure::MemoryUsed, Level, "Mebibytes", ""),
    ("", "MemoryReserved", Measure::MemoryRequested, Level, "Mebibytes", ""),
    ("", "node_cpu_utilization", Measure::CpuShare, Level, "Percent", ""),
    ("", "node_memory_utilization", Measure::MemoryShare, Level, "Percent", ""),
    ("", "node_memory_working_set", Measure::MemoryUsed, Level, "Bytes", ""),
    ("", "node_memory_limit", Measure::MemoryCapacity, Level, "Bytes", ""),
    ("", "pod_memory_working_set", Measure::MemoryUsed, Level, "Bytes", ""),
];

/// What a metric measures; none if it is not known.
pub(super) fn meaning(namespace: Option<&str>, name: &str) -> Option<Meaning> {
    let fits = |row: &&Row| row.1 == name && (row.0.is_empty() || namespace == Some(row.0));
    NAMES.iter().find(fits).map(|(_, _, measure, kind, unit, item)| Meaning {
        measure: measure.clone(),
        kind: *kind,
        unit,
        item: (!item.is_empty()).then_some(*item),
    })
}

/// By how much values in `unit` are multiplied to be in the measure's own; none if they cannot be. A `true` says that
/// they are per second already.
#[allow(clippy::match_same_arms)] // a line for each dimension
pub(super) fn scale(unit: &str, measure: &Measure) -> Option<(f64, bool)> {
    use plimsoll::telemetry::Unit;
    let (base, is_rate) = unit.strip_suffix("/Second").map_or((unit, false), |base| (base, true));
    let bytes = || {
        Some(match base {
            "Bytes" | "None" => 1.0,
            "Kilobytes" => 1e3,
            "Megabytes" => 1e6,
            "Gigabytes" => 1e9,
            "Terabytes" => 1e12,
            "Bits" => 0.125,
            "Kilobits" => 125.0,
            "Megabits" => 125e3,
            "Gigabits" => 125e6,
            "Terabits" => 125e9,
            "Mebibytes" => 1_048_576.0,
            _ => return None,
        })
    };
    let scale = match (measure.unit(), base) {
        (Unit::Part, "Percent") => 0.01,
        (Unit::Part | Unit::Vcpus | Unit::Seconds, "None") => 1.0,
        (Unit::Seconds, "Seconds") => 1.0,
        (Unit::Seconds, "Milliseconds") => 1e-3,
        (Unit::Seconds, "Microseconds") => 1e-6,
        (Unit::Vcpus, "CPU units") => 1.0 / 1024.0,
        (Unit::Bytes | Unit::BytesPerSecond, _) => bytes()?,
        (Unit::PerSecond | Unit::Count, "Count" | "None") => 1.0,
        (Unit::AsExported, _) => 1.0,
        _ => return None,
    };
    Some((scale, is_rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_their_namespace() {
        assert_eq!(meaning(None, "CPUUtilization").unwrap().measure, Measure::CpuShare);
        assert_eq!(meaning(Some("AWS/ApiGateway"), "Latency").unwrap().unit, "Milliseconds");
        assert_eq!(meaning(Some("AWS/ELB"), "Latency").unwrap().unit, "Seconds");
        assert_eq!(meaning(None, "Latency"), None);
        assert_eq!(meaning(None, "EBSReadOps").unwrap().item, Some("EBS"));
    }

    #[test]
    fn every_unit_of_the_table_can_be_converted() {
        for (_, name, measure, kind, unit, _) in NAMES {
            let unit = if *unit == "None" { "Count" } else { unit };
            let (scale, is_rate) = scale(unit, measure).unwrap_or_else(|| panic!("{name} in {unit}"));
            assert!(scale > 0.0 && !(is_rate && *kind == Total), "{name}");
        }
        assert_eq!(scale("Percent", &Measure::CpuShare), Some((0.01, false)));
        assert_eq!(scale("Megabits/Second", &Measure::NetworkIn), Some((125e3, true)));
        assert_eq!(scale("Percent", &Measure::NetworkIn), None);
    }
}

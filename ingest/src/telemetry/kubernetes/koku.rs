//! The koku metrics operator's CSV: usage of pods in core-seconds of an hour, and of containers over 15 minutes.
//!
//! github.com/project-koku/koku-metrics-operator, "Report fields". In the file of containers an average, a lowest and a
//! highest value stand for an interval, and sums over the replicas of a pod that are the same here. `memory_usage` counts
//! caches, `memory_rss_usage` does not.
use super::columns::{self, Column, Layout, Over};
use crate::telemetry::asked::Asked;
use crate::telemetry::collector::Collector;
use crate::telemetry::format::Format;
use crate::telemetry::head::Head;
use crate::telemetry::table;
use crate::telemetry::text::Text;
use plimsoll::telemetry::{Measure, Statistic};
use plimsoll::units::Share;

/// Hours of pods.
pub(in crate::telemetry) struct Pods;
/// Quarters of an hour of containers, made for resource optimization.
pub(in crate::telemetry) struct Containers;

const PODS: Layout = Layout {
    resource: &["namespace", "pod"],
    start: "interval_start",
    end: Some("interval_end"),
    columns: &[
        ("pod_usage_cpu_core_seconds", Measure::CpuUsed, Statistic::Mean, Over::Interval),
        ("pod_request_cpu_core_seconds", Measure::CpuRequested, Statistic::Mean, Over::Interval),
        ("pod_limit_cpu_core_seconds", Measure::CpuLimit, Statistic::Mean, Over::Interval),
        ("pod_usage_memory_byte_seconds", Measure::MemoryUsed, Statistic::Mean, Over::Interval),
        ("pod_request_memory_byte_seconds", Measure::MemoryRequested, Statistic::Mean, Over::Interval),
        ("pod_limit_memory_byte_seconds", Measure::MemoryLimit, Statistic::Mean, Over::Interval),
    ],
    machine: Some(("node", "node_capacity_cpu_cores", "node_capacity_memory_bytes")),
};

const CONTAINERS: Layout = Layout {
    resource: &["namespace", "pod", "container_name"],
    start: "interval_start",
    end: Some("interval_end"),
    columns: &OF_CONTAINERS,
    machine: None,
};

const OF_CONTAINERS: [Column; 10] = [
    ("cpu_request_container_avg", Measure::CpuRequested, Statistic::Mean, Over::Itself),
    ("cpu_limit_container_avg", Measure::CpuLimit, Statistic::Mean, Over::Itself),
    ("cpu_usage_container_avg", Measure::CpuUsed, Statistic::Mean, Over::Itself),
    ("cpu_usage_container_min", Measure::CpuUsed, Statistic::Minimum, Over::Itself),
    ("cpu_usage_container_max", Measure::CpuUsed, Statistic::Maximum, Over::Itself),
    ("memory_request_container_avg", Measure::MemoryRequested, Statistic::Mean, Over::Itself),
    ("memory_limit_container_avg", Measure::MemoryLimit, Statistic::Mean, Over::Itself),
    ("memory_rss_usage_container_avg", Measure::MemoryUsed, Statistic::Mean, Over::Itself),
    ("memory_rss_usage_container_min", Measure::MemoryUsed, Statistic::Minimum, Over::Itself),
    ("memory_rss_usage_container_max", Measure::MemoryUsed, Statistic::Maximum, Over::Itself),
];

fn share(head: &Head<'_>, marks: &[&str]) -> Share {
    let header = table::header(head);
    let found = marks.iter().filter(|mark| header.iter().any(|name| name == *mark)).count();
    let is_it = header.iter().any(|name| name == marks[0]) && header.iter().any(|name| name == "interval_start");
    Share::of_one(if is_it { found as f64 / marks.len() as f64 } else { 0.0 })
}

impl Format for Pods {
    fn name(&self) -> &'static str {
        "koku metrics operator, pods"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        share(
            head,
            &["pod_usage_cpu_core_seconds", "pod", "namespace", "interval_end", "pod_usage_memory_byte_seconds"],
        )
    }
    fn read(&self, text: Text, _: &Asked, to: &mut Collector) {
        columns::read(&PODS, text, to);
    }
}

impl Format for Containers {
    fn name(&self) -> &'static str {
        "koku metrics operator, containers"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        share(
            head,
            &["cpu_usage_container_avg", "container_name", "pod", "namespace", "memory_rss_usage_container_avg"],
        )
    }
    fn read(&self, text: Text, _: &Asked, to: &mut Collector) {
        to.note("Memory of containers is their resident set: caches that can be let go are not counted.");
        columns::read(&CONTAINERS, text, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problem;
    use plimsoll::telemetry::{ResourceName, Telemetry};
    use plimsoll::units::{Compute, Data};

    const HOURS: &str = "pod,namespace,node,interval_start,interval_end,pod_usage_cpu_core_seconds,pod_request_cpu_core_seconds,\
        pod_usage_memory_byte_seconds,node_capacity_cpu_cores,node_capacity_memory_bytes\n\
        web-1,shop,n1,2026-03-01 00:00:00 +0000 UTC,2026-03-01 01:00:00 +0000 UTC,900,1800,3600,4,1024\n\
        web-1,shop,n1,2026-03-01 01:00:00 +0000 UTC,2026-03-01 01:59:59 +0000 UTC,1800,,7200,4,1024\n";

    fn read(format: &dyn Format, text: &str) -> Result<Telemetry, Vec<Problem>> {
        assert_eq!(format.detect(&Head::new(text.as_bytes(), true)), Share::ALL);
        let mut to = Collector::new(false);
        to.begin("x.csv", format.name(), Share::ALL);
        format.read(Text::of("x.csv", text), &Asked::default(), &mut to);
        to.finish()
    }

    #[test]
    fn core_seconds_are_cores() {
        let read = read(&Pods, HOURS).unwrap();
        let pod = ResourceName("shop/web-1".into());
        let values = |measure| read.of(&pod, &measure, Statistic::Mean).next().unwrap().series.value(1);
        assert_eq!((values(Measure::CpuUsed), values(Measure::MemoryUsed)), (Some(0.5), Some(2.0)));
        assert_eq!(read.facts[&pod].request.cpu, Some(Compute::vcpus(0.5)));
        let node = &read.facts[&ResourceName("n1".into())];
        assert_eq!((node.vcpus, node.memory), (Some(Compute::vcpus(4.0)), Some(Data::bytes(1024.0))));
    }

    #[test]
    fn containers_have_three_statistics() {
        let text = "interval_start,interval_end,container_name,pod,namespace,cpu_usage_container_avg,cpu_usage_container_max,\
            memory_rss_usage_container_avg,memory_usage_container_avg\n\
            2026-03-01 00:00:01 +0000 UTC,2026-03-01 00:15:00 +0000 UTC,app,web-1,shop,0.1,0.2,10,99\n\
            2026-03-01 00:15:01 +0000 UTC,2026-03-01 00:30:00 +0000 UTC,app,web-1,shop,0.3,0.4,20,99\n";
        let read = read(&Containers, text).unwrap();
        let told: Vec<_> =
            read.metrics.iter().map(|m| (m.measure.word(), m.statistic, m.series.value(1).unwrap())).collect();
        let expected = [
            ("cpu_used", Statistic::Mean, 0.3),
            ("cpu_used", Statistic::Maximum, 0.4),
            ("memory_used", Statistic::Mean, 20.0),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn mistakes_have_their_cell() {
        let problem = &read(&Pods, &HOURS.replace("900,", "few,")).unwrap_err()[0];
        assert!(problem.to_string().starts_with("x.csv:2:75: cannot read `few` as a number"), "{problem}");
        let backwards = HOURS.replace("01:59:59", "00:59:59");
        assert_eq!(read(&Pods, &backwards).unwrap_err()[0].what, "the interval ends before it begins");
        assert!(read(&Pods, &HOURS.replace("00:00:00 +0000", "midnight")).unwrap_err()[0].what.contains("as a time"));
        let cut = &read(&Pods, &HOURS[..HOURS.len() - 7]).unwrap_err()[0];
        assert_eq!((cut.line, cut.what.as_str()), (3, "the row has 9 cells, the header 10"));
    }
}

//! OpenCost's CSV export: a row for each container and day, with what it used and asked for, and what that cost.
//!
//! OpenCost, "CSV Pricing and Export": averages are over the time that the container ran. Costs are for a bill, not read here.
use super::columns::{self, Layout, Over};
use crate::telemetry::asked::Asked;
use crate::telemetry::collector::Collector;
use crate::telemetry::format::Format;
use crate::telemetry::head::Head;
use crate::telemetry::table;
use crate::telemetry::text::Text;
use plimsoll::telemetry::{Measure, Statistic};
use plimsoll::units::Share;

/// See the module.
pub(in crate::telemetry) struct OpenCost;

const LAYOUT: Layout = Layout {
    resource: &["Namespace", "Pod", "Container"],
    start: "Date",
    end: None,
    columns: &[
        ("CPUCoreUsageAverage", Measure::CpuUsed, Statistic::Mean, Over::Itself),
        ("CPUCoreRequestAverage", Measure::CpuRequested, Statistic::Mean, Over::Itself),
        ("RAMBytesUsageAverage", Measure::MemoryUsed, Statistic::Mean, Over::Itself),
        ("RAMBytesRequestAverage", Measure::MemoryRequested, Statistic::Mean, Over::Itself),
        ("NetworkReceiveBytes", Measure::NetworkIn, Statistic::Mean, Over::Interval),
        ("NetworkTransferBytes", Measure::NetworkOut, Statistic::Mean, Over::Interval),
        ("PVBytes", Measure::DiskCapacity, Statistic::Mean, Over::Itself),
    ],
    machine: None,
};

const MARKS: [&str; 6] = ["Date", "Namespace", "Container", "CPUCoreUsageAverage", "RAMBytesUsageAverage", "TotalCost"];

impl Format for OpenCost {
    fn name(&self) -> &'static str {
        "OpenCost CSV"
    }
    fn detect(&self, head: &Head<'_>) -> Share {
        let header = table::header(head);
        let share =
            MARKS.iter().filter(|mark| header.iter().any(|name| name == *mark)).count() as f64 / MARKS.len() as f64;
        let is_it = header.iter().any(|name| name == "CPUCoreUsageAverage") && header.iter().any(|name| name == "Date");
        Share::of_one(if is_it { share } else { 0.0 })
    }
    fn read(&self, text: Text, _: &Asked, to: &mut Collector) {
        to.note("OpenCost's columns of costs are not read here: `bill` reads costs.");
        columns::read(&LAYOUT, text, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::telemetry::ResourceName;
    use plimsoll::units::Compute;

    #[test]
    fn days_of_containers_are_series() {
        let text = "Date,Namespace,ControllerKind,ControllerName,Pod,Container,CPUCoreUsageAverage,CPUCoreRequestAverage,\
            RAMBytesUsageAverage,RAMBytesRequestAverage,NetworkReceiveBytes,NetworkTransferBytes,GPUs,PVBytes,CPUCost,TotalCost\n\
            2026-03-01T00:00:00Z,shop,deployment,web,web-1,app,0.25,0.5,1000,2000,86400,172800,0,0,0.1,0.2\n\
            2026-03-02T00:00:00Z,shop,deployment,web,web-1,app,0.5,0.5,1500,2000,86400,172800,0,0,0.1,0.2\n";
        assert_eq!(OpenCost.detect(&Head::new(text.as_bytes(), true)), Share::ALL);
        let mut to = Collector::new(false);
        to.begin("x.csv", OpenCost.name(), Share::ALL);
        OpenCost.read(Text::of("x.csv", text), &Asked::default(), &mut to);
        let read = to.finish().unwrap();
        let app = ResourceName("shop/web-1/app".into());
        let value = |measure| read.of(&app, &measure, Statistic::Mean).next().unwrap().series.value(1).unwrap();
        let told = [Measure::CpuUsed, Measure::MemoryUsed, Measure::NetworkIn, Measure::NetworkOut].map(value);
        assert_eq!(told, [0.5, 1500.0, 1.0, 2.0]);
        assert_eq!(read.facts[&app].request.cpu, Some(Compute::vcpus(0.5)));
    }
}

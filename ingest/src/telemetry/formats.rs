//! All formats, those with marks of their own before those that many files could be.
use super::azure_monitor::AzureMonitor;
use super::datadog::Datadog;
use super::format::Format;
use super::grafana::Grafana;
use super::netdata::Netdata;
use super::{cloudwatch, gcp, kubernetes, prometheus};

/// Every format that is read.
pub(crate) const FORMATS: &[&dyn Format] = &[
    &cloudwatch::Statistics,
    &cloudwatch::Data,
    &cloudwatch::Stream,
    &prometheus::Document,
    &prometheus::Promtool,
    &AzureMonitor,
    &gcp::TimeSeries,
    &gcp::Explorer,
    &Datadog,
    &kubernetes::OpenCost,
    &kubernetes::Krr,
    &kubernetes::Pods,
    &kubernetes::Containers,
    &cloudwatch::Console,
    &Grafana,
    &Netdata,
];

//! What was measured: metrics of resources, load tests, access logs, each in one unit whatever the export wrote.
//!
//! A reader turns names and units of an export (`CPUUtilization` in per cent, `rxkB/s`, `node_load1`) into a [`Measure`]
//! with its values in the measure's own unit, so nothing above here asks which tool a number comes from. What no model
//! here knows stays as [`Measure::Other`] under its own name: it is counted and shown, never dropped.
mod access;
mod distribution;
mod facts;
mod load;
mod measure;
mod metric;
mod resource;
mod statistic;
#[allow(clippy::module_inception)] // the file is named after what it holds
mod telemetry;

pub use access::AccessLog;
pub use distribution::Distribution;
pub use facts::{Facts, Reservation};
pub use load::{Concurrency, Counted, LoadPoint, LoadRun};
pub use measure::{Measure, Unit};
pub use metric::Metric;
pub use resource::ResourceName;
pub use statistic::Statistic;
pub use telemetry::{Reading, Telemetry};

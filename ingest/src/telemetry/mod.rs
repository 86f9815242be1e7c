//! Telemetry: metrics, load tests and access logs, in whatever way a tool wrote them, as one [`Telemetry`].
//!
//! A file's first bytes tell its format ([`format`]), which knows the names and units of its tool and gives samples to
//! the [`collector`]: whose they are, what they measure, in the one unit of that measure. The collector puts them on even
//! grids, makes rates of totals and counters, and keeps the account of every row. A format is a file or a folder here and
//! a line in [`formats`].
//!
//! [`Telemetry`]: plimsoll::telemetry::Telemetry
mod asked;
mod azure_monitor;
mod cloudwatch;
mod collector;
mod counter;
#[cfg(test)]
mod damaged_tests;
mod datadog;
mod derived;
mod doubts;
mod format;
mod formats;
mod gcp;
mod grafana;
mod head;
mod json;
mod key;
mod kubernetes;
mod name;
mod netdata;
mod number;
mod pipeline;
mod prometheus;
mod shown;
mod stamp;
mod table;
mod text;

pub use asked::Asked;
pub use pipeline::read;

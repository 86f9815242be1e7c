//! Telemetry: metrics, load tests and access logs, in whatever way a tool wrote them, as one [`Telemetry`].
//!
//! A file's first bytes tell its format (`format`), which knows the names and units of its tool and gives samples to
//! the `collector`: whose they are, what they measure, in the one unit of that measure. The collector puts them on even
//! grids, makes rates of totals and counters, and keeps the account of every row. A format is a file or a folder here and
//! a line in `formats`.
//!
//! [`Telemetry`]: plimsoll::telemetry::Telemetry
mod access;
mod asked;
mod azure_monitor;
mod below_zero;
mod bitbrains;
mod cloudwatch;
mod collector;
mod counter;
mod csv;
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
mod json_lines;
mod key;
mod kubernetes;
mod layout;
mod load;
mod loopback;
mod name;
mod netdata;
mod number;
mod pipeline;
mod printed;
mod prometheus;
mod records;
mod shares;
mod shown;
mod sources;
mod spread;
mod stamp;
mod sysstat;
mod table;
mod text;
mod unit;

pub use asked::Asked;
pub use csv::guess_layout;
pub use format::sureness;
pub use layout::Layout;
pub use pipeline::read;

//! Telemetry: metrics, load tests and access logs, in whatever way a tool wrote them, as one [`Telemetry`].
//!
//! A file's first bytes tell its format ([`format`]), which knows the names and units of its tool and gives samples to
//! the [`collector`]: whose they are, what they measure, in the one unit of that measure. The collector puts them on even
//! grids, makes rates of totals and counters, and keeps the account of every row. A format is a file or a folder here and
//! a line in [`formats`].
//!
//! [`Telemetry`]: plimsoll::telemetry::Telemetry
mod access;
mod asked;
mod bitbrains;
mod collector;
mod counter;
mod csv;
mod doubts;
mod format;
mod formats;
mod head;
mod json_lines;
mod key;
mod layout;
mod load;
mod number;
mod pipeline;
mod records;
mod shares;
mod spread;
mod stamp;
mod sysstat;
mod text;
mod unit;

pub use asked::Asked;
pub use csv::guess_layout;
pub use layout::Layout;
pub use pipeline::read;

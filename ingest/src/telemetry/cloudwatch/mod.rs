//! CloudWatch: `get-metric-statistics` and `get-metric-data` as JSON, metric streams, and the console's CSV.
//!
//! AWS, "GetMetricStatistics", "GetMetricData" and "CloudWatch metric streams output in JSON format". The console's CSV is
//! documented nowhere that we found: it is read as people describe it, tolerantly (see [`console`]).
mod console;
mod data;
mod dimensions;
mod given;
mod names;
mod statistics;
mod stream;

pub(super) use console::Console;
pub(super) use data::Data;
pub(super) use statistics::Statistics;
pub(super) use stream::Stream;

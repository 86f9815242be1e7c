//! Google Cloud Monitoring: `timeSeries.list` as JSON and Metrics Explorer's CSV.
mod distribution;
mod document;
mod explorer;
mod names;

pub(super) use document::TimeSeries;
pub(super) use explorer::Explorer;

//! What the tests of these formats ask of what was read.
use super::super::asked::Asked;
use super::super::collector::Collector;
use super::super::format::Format;
use super::super::text::Text;
use crate::problem::Problem;
use plimsoll::telemetry::{Measure, Telemetry};
use plimsoll::units::Share;

/// Reads a text in a format.
pub(crate) fn read(format: &dyn Format, text: &str) -> Result<Telemetry, Vec<Problem>> {
    read_asked(format, text, &Asked::default())
}

/// The same, with what a user says of it.
pub(crate) fn read_asked(format: &dyn Format, text: &str, asked: &Asked) -> Result<Telemetry, Vec<Problem>> {
    let mut to = Collector::new(asked.keep_going);
    to.begin("x", format.name(), Share::ALL);
    format.read(Text::of("x", text), asked, &mut to);
    let read = to.finish()?;
    let aside: u64 = read.reading.aside.iter().map(|a| a.rows).sum();
    assert_eq!(read.reading.rows_read, read.reading.rows_used + aside, "every row is accounted for");
    Ok(read)
}

/// The values of a series, rounded to twelve digits; none where there is no such series.
pub(crate) fn mean(read: &Telemetry, host: &str, item: Option<&str>, measure: &Measure) -> Vec<Option<f64>> {
    let is =
        |m: &&plimsoll::telemetry::Metric| m.resource.0 == host && m.item.as_deref() == item && m.measure == *measure;
    let found = read.metrics.iter().find(is);
    let rounded = |v: f64| (v * 1e12).round() / 1e12;
    found.map(|m| m.series.iter().map(|(_, v)| v.map(rounded)).collect()).unwrap_or_default()
}

/// The rows set aside.
pub(crate) fn aside(read: &Telemetry) -> Vec<(&str, u64)> {
    read.reading.aside.iter().map(|a| (a.reason.as_str(), a.rows)).collect()
}

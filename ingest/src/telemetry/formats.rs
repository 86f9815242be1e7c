//! All formats, those with marks of their own before those that many files could be.
use super::cloudwatch;
use super::format::Format;
use super::prometheus;

/// Every format that is read.
pub(crate) const FORMATS: &[&dyn Format] = &[
    &cloudwatch::Statistics,
    &cloudwatch::Data,
    &cloudwatch::Stream,
    &prometheus::Document,
    &prometheus::Promtool,
    &cloudwatch::Console,
];

//! All formats, those with marks of their own before those that many files could be.
use super::format::Format;
use super::load;

/// Every format that is read.
pub(crate) const FORMATS: &[&dyn Format] = &[
    &load::JtlXml,
    &load::Wrk,
    &load::HeyRows,
    &load::HeySummary,
    &load::AbRows,
    &load::AbPercentiles,
    &load::AbSummary,
    &load::VegetaRows,
    &load::VegetaLines,
    &load::VegetaReport,
    &load::K6Rows,
    &load::K6Lines,
    &load::K6Summary,
    &load::Jtl,
];

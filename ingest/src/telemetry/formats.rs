//! All formats, those with marks of their own before those that many files could be.
use super::format::Format;
use super::{access, load};

/// Every format that is read.
pub(crate) const FORMATS: &[&dyn Format] = &[
    &access::CloudFront,
    &access::Alb,
    &access::S3,
    &access::Connections,
    &access::Combined,
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
    &load::Gatling,
    &load::Pgbench,
    &load::Ycsb,
    &load::Molotov,
    &load::Locust,
    &load::Siege,
    &load::Table,
];

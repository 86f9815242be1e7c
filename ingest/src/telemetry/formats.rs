//! All formats, those with marks of their own before those that many files could be.
use super::format::Format;
use super::{bitbrains, csv, sysstat};

/// Every format that is read.
pub(crate) const FORMATS: &[&dyn Format] = &[
    &sysstat::SadfD,
    &sysstat::SadfJson,
    &sysstat::IostatJson,
    &sysstat::MpstatJson,
    sysstat::SNAPSHOTS[0],
    sysstat::SNAPSHOTS[1],
    sysstat::SNAPSHOTS[2],
    sysstat::SNAPSHOTS[3],
    sysstat::SNAPSHOTS[4],
    &sysstat::IostatText,
    &sysstat::MpstatText,
    &sysstat::SarText,
    &sysstat::Vmstat,
    &sysstat::TopBatch,
    &sysstat::Free,
    &sysstat::SadfP,
    &bitbrains::Bitbrains,
    &csv::Csv,
];

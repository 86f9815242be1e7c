//! Prometheus: answers of its HTTP API and what promtool prints, by the names that exporters give.
//!
//! A series is named by its labels: [`labels`] says whose it is, [`names`] what it measures, [`given`] makes rates of what
//! only rises unless the query did, [`processors`] and [`histogram`] put together what is spread over several series.
mod document;
mod given;
mod histogram;
mod labels;
mod names;
mod processors;
mod text;

pub(super) use document::Document;
pub(super) use given::{Looked, give};
pub(super) use histogram::quantile;
pub(super) use labels::{Labels, read as read_labels};
pub(super) use text::Promtool;

/// Whose a series with these labels is; none if no label says it.
pub(super) fn resource(labels: &Labels) -> Option<String> {
    labels::resource(labels).map(|(name, _)| name)
}

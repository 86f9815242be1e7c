//! Answers as documents. A front picks a renderer and adds nothing.
//!
//! A report opens with its verdict, then shows the working, then the sources. Cells are typed: text and Markdown round
//! them, CSV and JSON do not. Charts are data too: HTML draws them, text leaves them out.
mod bill;
mod bill_change;
mod bill_days;
mod bill_discounts;
mod bill_json;
mod bill_rows;
mod bill_tables;
#[cfg(test)]
mod bill_tests;
mod bill_words;
mod cell;
mod chart;
mod compare;
pub mod csv;
mod document;
pub mod explain;
pub mod gate;
pub mod html;
pub mod json;
mod levers;
mod levers_json;
pub mod md;
mod meta;
mod number;
mod pieces;
mod plan;
mod plan_carbon;
mod plan_costs;
mod plan_curve;
mod plan_doubt;
mod plan_json;
mod plan_kinds;
mod plan_kinds_json;
mod plan_latency;
mod plan_matters;
mod plan_notes;
mod plan_sizes;
mod profile;
mod profile_service;
mod refusal;
mod rightsize;
mod rightsize_json;
mod rightsize_tables;
mod scenario;
mod scenario_events;
mod scenario_json;
mod scenario_seek;
pub mod text;
mod words;

pub use cell::Cell;
pub use chart::{Axis, Bar, Chart, Guide, Layer, Line, Mark, Plot, Point};
pub use document::{Align, Block, Column, Report, Section, Table, Twig};
pub use meta::{Input, Meta, PriceTable};
pub use pieces::Pieces;

use crate::ask::{Answer, Refusal};

/// The report of an outcome: an answer with its working, or a refusal with its reasons.
pub fn report(outcome: &Result<Answer, Refusal>, meta: &Meta) -> Report {
    match outcome {
        Ok(Answer::Plan(answer)) => plan::report(answer, meta),
        Ok(Answer::Scenario(answer)) => scenario::report(answer, meta),
        Ok(Answer::Levers(answer)) => levers::report(answer, meta),
        Ok(Answer::Profile(answer)) => profile::report(answer, meta),
        Ok(Answer::Bill(answer)) => bill::report(answer, meta),
        Ok(Answer::Rightsize(answer)) => rightsize::report(answer, meta),
        Ok(Answer::Compare(answer)) => compare::report(answer, meta),
        Err(Refusal::Compare(refusal)) => compare::refused(refusal),
        Err(Refusal::Plan(refusal)) => refusal::report(refusal),
        Err(Refusal::Scenario(refusal)) => scenario::refused(refusal),
        Err(Refusal::Levers(refusal)) => levers::refused(refusal),
        Err(Refusal::Profile(refusal)) => profile::refused(refusal),
        Err(Refusal::Bill(refusal)) => bill::refused(refusal),
        Err(Refusal::Rightsize(refusal)) => rightsize::refused(refusal),
    }
}

/// The answer in one sentence, as it opens the report.
fn verdict(outcome: &Result<Answer, Refusal>, meta: &Meta) -> String {
    match outcome {
        // The tables of a large bill take longer than all else.
        Ok(Answer::Bill(answer)) => bill::verdict(answer),
        _ => report(outcome, meta).verdict,
    }
}

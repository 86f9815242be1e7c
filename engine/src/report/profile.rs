//! The profile report: the demand that an export shows, how it was found, and how far the rows can be trusted.
use super::{Block, Cell, Column, Meta, Report, Section, Table};
use crate::profile::{Fit, FitValue, ProfileAnswer, ProfileRefusal};
use crate::uncertain::Estimate;
use std::fmt::Display;

pub(super) fn report(answer: &ProfileAnswer, meta: &Meta) -> Report {
    let fits = fits(answer);
    let quality = &answer.quality;
    let mut findings = vec![format!(
        "{} rows read, {} used; {} of the time from {} to {} has a value, score {}",
        quality.rows, quality.used, quality.coverage, answer.from, answer.to, quality.score
    )];
    findings.extend(quality.findings.iter().cloned());
    let sections = [
        Section::of("Demand", vec![Block::Table(fits.clone())]),
        Section::of("Quality of the export", vec![Block::List(findings)]),
        Section::of("Taken for granted", vec![Block::List(notes(answer, meta))]),
    ];
    Report { verdict: answer.verdict(), sections: sections.into_iter().flatten().collect(), main: fits }
}

/// Every assumption and warning, a sentence each.
pub(super) fn notes(answer: &ProfileAnswer, meta: &Meta) -> Vec<String> {
    let mut notes = meta.notes.clone();
    notes.extend(answer.notes.iter().cloned());
    notes.push(format!(
        "values were read as {}, one every {}; the busiest hour began at {}",
        answer.kind, answer.step, answer.busiest_hour
    ));
    let refused = [
        answer.demand.hour_of_week.as_ref().err().map(|e| format!("no shape over the week: {e}")),
        answer.demand.growth.as_ref().err().map(|e| format!("no growth: {e}")),
    ];
    for note in refused.into_iter().flatten() {
        let said = note.split_once(": ").is_some_and(|(_, why)| notes.iter().any(|n| n.contains(why)));
        if !said {
            notes.push(note);
        }
    }
    notes
}

pub(super) fn refused(refusal: &ProfileRefusal) -> Report {
    let verdict = format!("No workload: {refusal}.");
    Report { verdict, sections: Vec::new(), main: Table::default() }
}

fn fits(answer: &ProfileAnswer) -> Table {
    let columns = vec![
        Column::words("parameter"),
        Column::numbers("low"),
        Column::numbers("value"),
        Column::numbers("high"),
        Column::words("source"),
        Column::numbers("rows"),
    ];
    let row = |fit: &Fit| {
        let [low, mid, high] = match &fit.value {
            FitValue::Rate(e) => ends(e),
            FitValue::Factor(e) => ends(e),
            FitValue::Growth(e) => ends(e),
        };
        vec![fit.parameter.into(), low, mid, high, fit.source.to_string().into(), Cell::Count(fit.rows as u64)]
    };
    Table { columns, rows: answer.fits.iter().map(row).collect() }
}

fn ends<Q: Copy + PartialOrd + Display>(estimate: &Estimate<Q>) -> [Cell; 3] {
    [estimate.low(), estimate.mid(), estimate.high()].map(|q| Cell::Text(q.to_string()))
}

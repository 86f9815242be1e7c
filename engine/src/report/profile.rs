//! The profile report: the demand that an export shows, how it was found, and how far the rows can be trusted.
use super::profile_service::{account, sections as service_sections};
use super::{Axis, Block, Cell, Chart, Column, Line, Mark, Meta, Plot, Report, Section, Table};
use crate::profile::{Fit, ProfileAnswer, ProfileRefusal};
use crate::series::Time;
use crate::units::Rate;

pub(super) fn report(answer: &ProfileAnswer, meta: &Meta) -> Report {
    let fits = fits(answer);
    let quality = &answer.quality;
    let mut findings = Vec::new();
    if quality.rows > 0 {
        findings.push(format!(
            "{} rows read, {} used; {} of the time from {} to {} has a value, score {}",
            quality.rows, quality.used, quality.coverage, answer.from, answer.to, quality.score
        ));
    }
    findings.extend(answer.reading.iter().flat_map(|reading| account(reading)));
    // What is wrong with the requests is told of them; of other series it is told by all of them together.
    let of_all = answer.reading.iter().flat_map(|reading| reading.findings.iter().map(|finding| finding.text.clone()));
    if quality.rows > 0 && answer.service.as_ref().is_none_or(|service| !service.is_told()) {
        findings.extend(quality.findings.iter().cloned());
    } else {
        findings.extend(of_all);
    }
    let told = || answer.service.iter().filter(|service| service.is_told());
    let of_service = told().flat_map(|service| service_sections(service));
    let quality = if findings.is_empty() { Vec::new() } else { vec![Block::List(findings)] };
    let sections = [Section::of("Demand", [Block::Table(fits.clone())].into_iter().chain(charts(answer)).collect())]
        .into_iter()
        .chain(of_service)
        .chain([
            Section::of("Quality of the export", quality),
            Section::of("Taken for granted", vec![Block::List(notes(answer, meta))]),
        ]);
    let main = match told().next() {
        Some(service) => table(&[answer.fits.as_slice(), &service.fits].concat()),
        None => fits,
    };
    Report { verdict: answer.verdict(), sections: sections.flatten().collect(), main }
}

/// A longer history is drawn from its last days on: a page of every hour of years would be a heavy one.
const DAYS_DRAWN: usize = 92;

/// What was measured, hour by hour, and the week that was found in it.
fn charts(answer: &ProfileAnswer) -> Vec<Block> {
    if answer.hourly.is_empty() {
        return Vec::new();
    }
    let all: Vec<(Time, Option<f64>)> = answer.hourly.iter().collect();
    let drawn = &all[all.len().saturating_sub(DAYS_DRAWN * 24)..];
    let rate = |value: &Option<f64>| value.filter(|v| *v >= 0.0).map(Rate::per_second);
    let busiest = drawn.iter().position(|(time, _)| *time == answer.busiest_hour);
    let hours = Chart {
        title: if drawn.len() < all.len() {
            format!("Each hour of the last {DAYS_DRAWN} days")
        } else {
            "Each hour".into()
        },
        measured: "requests per second, mean of the hour".into(),
        plot: Plot::Lines {
            along: Axis { name: "time, UTC".into(), at: drawn.iter().map(|(time, _)| Cell::Time(*time)).collect() },
            lines: vec![Line::of("measured", drawn.iter().map(|(_, value)| rate(value)))],
            marks: busiest.into_iter().map(|at| Mark { line: 0, at, label: "the busiest hour".into() }).collect(),
            guides: Vec::new(),
        },
    };
    let week = answer.demand.hour_of_week.as_ref().ok().map(|shape| Chart {
        title: "The shape of a week".into(),
        measured: "times the mean".into(),
        plot: Plot::Lines {
            along: Axis { name: "hour, UTC".into(), at: hours_of_week().collect() },
            lines: vec![Line::of("times the mean", shape.value.factors.iter().copied())],
            marks: Vec::new(),
            guides: Vec::new(),
        },
    });
    [Some(hours), week].into_iter().flatten().map(Block::Chart).collect()
}

/// `Mon 00:00` and on.
fn hours_of_week() -> impl Iterator<Item = Cell> {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    days.into_iter().flat_map(|day| (0..24).map(move |hour| format!("{day} {hour:02}:00").into()))
}

/// Every assumption and warning, a sentence each.
pub(super) fn notes(answer: &ProfileAnswer, meta: &Meta) -> Vec<String> {
    let mut notes = meta.notes.clone();
    notes.extend(answer.notes.iter().cloned());
    notes.extend(answer.reading.iter().flat_map(|r| r.notes.iter().cloned()));
    notes.extend(answer.service.iter().flat_map(|s| s.notes.iter().cloned()));
    if answer.service.as_ref().is_some_and(|s| !s.is_told()) {
        notes.push("only requests were given: what one of them costs is a guess in the workload file".into());
    }
    if !answer.hourly.is_empty() {
        notes.push(format!(
            "values were read as {}, one every {}; the busiest hour began at {}",
            answer.kind, answer.step, answer.busiest_hour
        ));
    }
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
    table(&answer.fits)
}

/// Parameters, a row each.
pub(super) fn table(fits: &[Fit]) -> Table {
    let columns = vec![
        Column::words("parameter"),
        Column::numbers("low"),
        Column::numbers("value"),
        Column::numbers("high"),
        Column::words("source"),
        Column::numbers("rows"),
    ];
    let row = |fit: &Fit| {
        let [low, mid, high] = fit.value.ends().map(Cell::Text);
        vec![fit.parameter.into(), low, mid, high, fit.source.to_string().into(), Cell::Count(fit.rows as u64)]
    };
    Table::of(columns, fits.iter().map(row))
}

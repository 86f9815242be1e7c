//! How far the rows of a bill can be trusted.
use super::days::Days;
use super::grain::Calendar;
use super::grain::Period;
use super::ledger::{Aside, FileRead, Finding, Reading};
use super::slot::Slot;
use crate::units::Share;

/// The account of what was read, and what is doubtful about it.
#[derive(Clone, Debug, PartialEq)]
pub struct BillQuality {
    /// The days that have charges, times the rows that are used, times the used rows that are not doubtful.
    pub score: Share,
    /// The days from the first to the last charge that have one; unknown where days are not apart.
    pub coverage: Option<Share>,
    /// The first and the last day with a charge, where days are apart.
    pub days: Option<(Slot, Slot)>,
    /// Days in between without any charge.
    pub gaps: Option<u64>,
    /// Rows below the headers.
    pub rows_read: u64,
    /// Rows that stand in the sums.
    pub rows_used: u64,
    /// Rows that do not, by reason.
    pub aside: Vec<Aside>,
    /// What makes the rows doubtful.
    pub findings: Vec<Finding>,
    /// The files.
    pub files: Vec<FileRead>,
}

impl BillQuality {
    /// Rows of a kind of finding.
    pub fn rows_of(&self, kind: &str) -> u64 {
        self.findings.iter().filter(|finding| finding.kind == kind).map(|finding| finding.rows).sum()
    }
}

/// Findings that say of a row that it may be wrong.
const DOUBTFUL: [&str; 2] = ["duplicates", "out_of_order"];

pub(super) fn quality(reading: &Reading, calendar: Calendar, days: Option<&Days>) -> BillQuality {
    let mut findings = reading.findings.clone();
    let gaps = days.map(Days::gaps);
    findings.extend(days.into_iter().flat_map(|days| doubts(days, calendar)));
    let coverage = days.map(|days| {
        let spanned = days.spanned().max(1);
        Share::of_one((spanned - days.gaps()) as f64 / spanned as f64)
    });
    let used = if reading.rows_read == 0 { 1.0 } else { reading.rows_used as f64 / reading.rows_read as f64 };
    let doubtful: u64 = DOUBTFUL.iter().map(|kind| rows_of(&findings, kind)).sum();
    let sound = 1.0 - (doubtful as f64 / reading.rows_used.max(1) as f64).min(1.0);
    let day = |at: i32| Slot::around(at * 24, Period::Day, calendar);
    BillQuality {
        score: Share::of_one(coverage.map_or(1.0, Share::as_part) * used * sound),
        coverage,
        days: days.and_then(Days::ends).map(|(first, last)| (day(first), day(last))),
        gaps,
        rows_read: reading.rows_read,
        rows_used: reading.rows_used,
        aside: reading.aside.clone(),
        findings,
        files: reading.files.clone(),
    }
}

fn rows_of(findings: &[Finding], kind: &str) -> u64 {
    findings.iter().filter(|finding| finding.kind == kind).map(|finding| finding.rows).sum()
}

/// What the days themselves show.
fn doubts(days: &Days, calendar: Calendar) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (gaps, spanned) = (days.gaps(), days.spanned());
    if gaps > 0 {
        let text = format!("{gaps} of {spanned} days have no charge at all: exports may be missing");
        findings.push(Finding { kind: "gaps", rows: 0, text });
    }
    if let Some(cut) = days.cut_off(calendar) {
        let what = if cut.of_rows { "rows" } else { "cost" };
        let part = Share::of_one(cut.part);
        let text = format!("the last day, {}, looks cut off: it has {part} of the {what} of a middle day", cut.day);
        findings.push(Finding { kind: "cut_off", rows: 0, text });
    }
    findings
}

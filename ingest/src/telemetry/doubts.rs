//! What makes measured rows doubtful, told over all series of an input.
use plimsoll::reading::Finding;
use plimsoll::series::Quality;
use plimsoll::telemetry::{Metric, Unit};

/// A part of one that passes this is no part of one: a share of processors or memory over 110 %.
const NO_PART: f64 = 1.1;

/// A kind of doubt, how often a series has it, and what is told of it.
type Told = (&'static str, fn(&Quality) -> usize, &'static str);

/// The doubts, the gravest first.
pub(super) fn of(metrics: &[Metric], resets: u64) -> Vec<Finding> {
    let mut findings = Vec::new();
    let beyond: Vec<&Metric> = metrics.iter().filter(|m| is_no_part(m)).collect();
    if let Some(first) = beyond.first() {
        let rows =
            beyond.iter().map(|m| m.series.iter().filter(|(_, v)| v.is_some_and(|v| v > NO_PART)).count() as u64);
        let rows = rows.sum();
        let text = format!(
            "{} of {} passes 100 %, {rows} values of {} series in all: are these per cent read as parts of one?",
            first.measure,
            first.resource,
            beyond.len()
        );
        findings.push(Finding { kind: "unit_doubts", rows, text });
    }
    let count = |of: fn(&Quality) -> usize| metrics.iter().map(|m| of(m.series.quality()) as u64).sum::<u64>();
    let series = |of: fn(&Quality) -> usize| metrics.iter().filter(|m| of(m.series.quality()) > 0).count();
    let kinds: [Told; 6] = [
        ("gaps", |q| q.gaps, "steps have no value: left out, not taken as zero"),
        (
            "duplicates",
            Quality::duplicates,
            "rows repeat an earlier stamp: one is kept, or the mean where values differ",
        ),
        ("crowded", |q| q.crowded, "rows share a step with an earlier one: the mean is kept"),
        ("out_of_order", |q| q.out_of_order, "rows are older than the row before: sorted"),
        (
            "repeated_hours",
            |q| q.repeated_hours,
            "hours stand twice, as when a local clock is set back: the mean is kept",
        ),
        (
            "collapsed_hours",
            |q| q.collapsed_hours,
            "skipped hours share one stamp, as when a local clock is set forward: gaps",
        ),
    ];
    if resets > 0 {
        let text = format!("{resets} x a running total started again: the step is a gap.");
        findings.push(Finding { kind: "resets", rows: resets, text });
    }
    for (kind, of, what) in kinds {
        let rows = count(of);
        if rows > 0 {
            findings.push(Finding { kind, rows, text: format!("{rows} {what} ({} series).", series(of)) });
        }
    }
    findings
}

fn is_no_part(metric: &Metric) -> bool {
    metric.measure.unit() == Unit::Part && metric.series.iter().any(|(_, v)| v.is_some_and(|v| v > NO_PART))
}

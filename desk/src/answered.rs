//! What an answer is before anybody writes it: a report, an outcome of the engine, or a plain text.
mod stream;

use crate::args::Format;
use plimsoll::condition::Checked;
use plimsoll::report::{Meta, Report, csv, gate, html, json, md, text};
use plimsoll::{Answer, Refusal};
use serde_json::Value;
use std::io::{self, Write};
use std::path::PathBuf;

/// What was answered.
#[derive(Debug)]
pub enum Answered {
    /// A text that is written as it is, and the file that it is wanted in.
    Text {
        /// The text.
        text: String,
        /// The file; none for where answers go.
        file: Option<PathBuf>,
    },
    /// A report that is no outcome of its own.
    Report(Report),
    /// The outcome of a question.
    Outcome {
        /// Its word.
        question: &'static str,
        /// The answer or the refusal.
        outcome: Box<Result<Answer, Refusal>>,
        /// What it rests on.
        meta: Box<Meta>,
        /// What became of the conditions that stop a pipeline; empty for none.
        checks: Vec<Checked>,
    },
}

impl Answered {
    pub(crate) fn of(question: &'static str, outcome: Result<Answer, Refusal>, meta: Meta) -> Self {
        Self::Outcome { question, outcome: Box::new(outcome), meta: Box::new(meta), checks: Vec::new() }
    }
    /// Whether it is an honest no.
    pub fn is_refused(&self) -> bool {
        matches!(self, Self::Outcome { outcome, .. } if outcome.is_err())
    }
    /// The conditions that stop a pipeline here.
    pub fn stops(&self) -> impl Iterator<Item = &Checked> {
        let checks = if let Self::Outcome { checks, .. } = self { &checks[..] } else { &[] };
        checks.iter().filter(|check| check.stops())
    }
    /// The report that shows it; none of a plain text.
    pub fn report(&self) -> Option<Report> {
        match self {
            Self::Text { .. } => None,
            Self::Report(report) => Some(report.clone()),
            Self::Outcome { outcome, meta, checks, .. } => {
                Some(gate::gated(plimsoll::report::report(outcome, meta), checks))
            }
        }
    }
    /// Writes it. What may be too long to be made before it is written, every row of an outcome in CSV or JSON, is
    /// made while it is written.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn write(&self, format: Format, out: &mut (impl Write + Send)) -> io::Result<()> {
        match (self, format) {
            (Self::Text { text, .. }, _) => out.write_all(text.as_bytes()),
            (Self::Report(report), _) => out.write_all(&rendered(report, format)),
            // The conditions needed the whole of it already.
            (Self::Outcome { question, outcome, meta, checks }, Format::Json) if !checks.is_empty() => {
                let envelope = gate::envelope(json::envelope(question, outcome, meta), checks);
                out.write_all(pretty(&envelope).as_bytes())
            }
            (Self::Outcome { outcome, meta, checks, .. }, Format::Md) if !checks.is_empty() => {
                let report = plimsoll::report::report(outcome, meta);
                out.write_all(gate::comment(&report, checks).as_bytes())
            }
            (Self::Outcome { question, outcome, meta, .. }, Format::Json) => {
                stream::write(&json::pieces(question, outcome, meta), out)?;
                out.write_all(b"\n")
            }
            (Self::Outcome { outcome, meta, .. }, Format::Csv) => stream::write(&csv::pieces(outcome, meta), out),
            (Self::Outcome { outcome, meta, checks, .. }, _) => {
                out.write_all(&rendered(&gate::gated(plimsoll::report::report(outcome, meta), checks), format))
            }
        }
    }
}

fn rendered(report: &Report, format: Format) -> Vec<u8> {
    match format {
        Format::Text => text::render(report).into_bytes(),
        Format::Csv => csv::render(report).into_bytes(),
        Format::Md => md::render(report).into_bytes(),
        Format::Json => pretty(&json::of_table(&report.main)).into_bytes(),
        Format::Html => html::render(report).into_bytes(),
        Format::Xlsx => plimsoll_workbook::render(report),
    }
}

pub(crate) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("values are JSON") + "\n"
}

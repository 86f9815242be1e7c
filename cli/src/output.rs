//! What is printed, where, and the exit status.
use crate::args::{Format, OutputArgs};
use crate::failure::Failure;
use anstyle::{AnsiColor, Style};
use plimsoll::report::{Meta, Report, csv, json, md, text};
use plimsoll::{Answer, Refusal};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// A finished text with its exit status.
#[derive(Debug)]
pub(crate) struct Output {
    text: String,
    file: Option<PathBuf>,
    status: u8,
    is_report: bool,
}

impl Output {
    /// Something that was answered.
    pub(crate) fn answered(text: String, file: Option<PathBuf>) -> Self {
        Self { text, file, status: 0, is_report: false }
    }
    /// The outcome of a question in the asked format.
    pub(crate) fn of(question: &str, outcome: &Result<Answer, Refusal>, meta: &Meta, how: &OutputArgs) -> Self {
        let report = plimsoll::report::report(outcome, meta);
        let text = match how.format {
            Format::Json => pretty(&json::envelope(question, outcome, meta)),
            other => rendered(&report, other),
        };
        Self { text, file: how.out.clone(), status: u8::from(outcome.is_err()), is_report: how.format == Format::Text }
    }
    /// A report that is no outcome of its own.
    pub(crate) fn report(report: &Report, how: &OutputArgs) -> Self {
        let text = rendered(report, how.format);
        Self { text, file: how.out.clone(), status: 0, is_report: how.format == Format::Text }
    }
}

fn rendered(report: &Report, format: Format) -> String {
    match format {
        Format::Text => text::render(report),
        Format::Csv => csv::render(report),
        Format::Md => md::render(report),
        Format::Json => pretty(&json::of_table(&report.main)),
    }
}

pub(crate) fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).expect("values are JSON") + "\n"
}

/// Prints, and says how it went.
pub(crate) fn deliver(outcome: Result<Output, Failure>, format: Format) -> ExitCode {
    match outcome {
        Ok(output) => match write(&output) {
            Ok(()) => ExitCode::from(output.status),
            // Whoever stopped reading has what they wanted.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                let name = output.file.map_or("standard output".into(), |f| f.display().to_string());
                eprintln!("{name}: cannot be written: {error}");
                ExitCode::from(2)
            }
        },
        Err(failure) => {
            if format == Format::Json {
                print!("{}", pretty(&problems(&failure)));
            }
            for problem in &failure.problems {
                eprintln!("{problem}");
            }
            ExitCode::from(2)
        }
    }
}

fn write(output: &Output) -> std::io::Result<()> {
    match &output.file {
        Some(path) => std::fs::write(path, &output.text),
        None if output.is_report && std::io::stdout().is_terminal() => {
            anstream::stdout().lock().write_all(colored(&output.text).as_bytes())
        }
        None => std::io::stdout().lock().write_all(output.text.as_bytes()),
    }
}

/// The verdict bold, headings in color; only on a terminal.
fn colored(text: &str) -> String {
    let bold = Style::new().bold();
    let heading = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
    let mut in_verdict = true;
    let mut out = String::new();
    for line in text.lines() {
        in_verdict &= !line.is_empty();
        let is_heading = !line.is_empty() && !line.starts_with(' ') && line.to_uppercase() == line;
        let style = if in_verdict { bold } else { heading };
        if in_verdict || is_heading {
            out.push_str(&format!("{style}{line}{style:#}\n"));
        } else {
            out.push_str(&format!("{line}\n"));
        }
    }
    out
}

fn problems(failure: &Failure) -> serde_json::Value {
    let problems: Vec<serde_json::Value> = failure
        .problems
        .iter()
        .map(
            |p| serde_json::json!({"file": p.file, "line": p.line, "column": p.column, "what": p.what, "help": p.help}),
        )
        .collect();
    serde_json::json!({
        "question": failure.question,
        "version": env!("CARGO_PKG_VERSION"),
        "verdict": null,
        "answer": null,
        "refusal": null,
        "notes": [],
        "problems": problems,
    })
}

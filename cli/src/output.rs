//! What is printed, where, and the exit status.
mod stream;

use crate::args::{Args, Format, OutputArgs};
use crate::failure::Failure;
use anstyle::{AnsiColor, Style};
use plimsoll::report::{Meta, Report, csv, html, json, md, text};
use plimsoll::{Answer, Refusal};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// What is to be written, with its exit status.
#[derive(Debug)]
pub(crate) struct Output {
    body: Body,
    file: Option<PathBuf>,
    status: u8,
    /// Whether it is the text of a report, which a terminal shows in color.
    is_text: bool,
    /// What stops a pipeline here, a sentence each; told on standard error too.
    stops: Vec<String>,
}

/// What is to be written.
#[derive(Debug)]
enum Body {
    Bytes(Vec<u8>),
    /// What may be too long to be made before it is written: every row of an outcome, in CSV or JSON.
    Rows {
        question: String,
        outcome: Box<Result<Answer, Refusal>>,
        meta: Box<Meta>,
        format: Format,
    },
}

impl Output {
    /// Something that was answered.
    pub(crate) fn answered(text: String, file: Option<PathBuf>) -> Self {
        Self { body: Body::Bytes(text.into_bytes()), file, status: 0, is_text: false, stops: Vec::new() }
    }
    /// The outcome of a question in the asked format.
    pub(crate) fn of(question: &str, outcome: Result<Answer, Refusal>, meta: Meta, how: &OutputArgs) -> Self {
        let status = u8::from(outcome.is_err());
        let body = match how.format() {
            format @ (Format::Csv | Format::Json) => {
                Body::Rows { question: question.into(), outcome: outcome.into(), meta: meta.into(), format }
            }
            other => Body::Bytes(rendered(&plimsoll::report::report(&outcome, &meta), other)),
        };
        Self { status, ..Self::rendered(body, how) }
    }
    /// A report that is no outcome of its own.
    pub(crate) fn report(report: &Report, how: &OutputArgs) -> Self {
        Self::rendered(Body::Bytes(rendered(report, how.format())), how)
    }
    /// An envelope that was made already.
    pub(crate) fn json(envelope: &serde_json::Value, how: &OutputArgs) -> Self {
        Self::rendered(Body::Bytes(pretty(envelope).into_bytes()), how)
    }
    /// The same, with what stops a pipeline at it.
    pub(crate) fn stopped(self, stops: Vec<String>) -> Self {
        Self { status: 1, stops, ..self }
    }
    fn rendered(body: Body, how: &OutputArgs) -> Self {
        Self { body, file: how.out.clone(), status: 0, is_text: how.format() == Format::Text, stops: Vec::new() }
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

/// Refuses to fill a terminal with what is no text, before anything is asked.
pub(crate) fn possible(args: &Args) -> Result<(), Failure> {
    let file = args.output().and_then(|output| output.out.as_ref());
    if args.format() != Format::Xlsx || file.is_some() || !std::io::stdout().is_terminal() {
        return Ok(());
    }
    let help = match args.output() {
        Some(_) => "write it to a file: --out FILE.xlsx",
        None => "write it to a file: end the command with > FILE.xlsx",
    };
    Err(Failure::of("output", "a workbook cannot be shown in a terminal", help))
}

pub(crate) fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).expect("values are JSON") + "\n"
}

/// Prints, and says how it went.
pub(crate) fn deliver(outcome: Result<Output, Failure>, format: Format) -> ExitCode {
    match outcome {
        Ok(output) => match write(&output) {
            Ok(()) => {
                output.stops.iter().for_each(|stop| eprintln!("{stop}"));
                ExitCode::from(output.status)
            }
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
    match (&output.file, &output.body) {
        (Some(path), Body::Bytes(bytes)) => std::fs::write(path, bytes),
        (Some(path), rows) => rows.write(&mut std::fs::File::create(path)?),
        (None, Body::Bytes(bytes)) if output.is_text && std::io::stdout().is_terminal() => {
            let text = String::from_utf8_lossy(bytes);
            anstream::stdout().lock().write_all(colored(&text).as_bytes())
        }
        (None, body) => body.write(&mut std::io::stdout()),
    }
}

impl Body {
    fn write(&self, out: &mut (impl Write + Send)) -> std::io::Result<()> {
        match self {
            Self::Bytes(bytes) => out.write_all(bytes),
            Self::Rows { question, outcome, meta, format: Format::Json } => {
                stream::write(&json::pieces(question, outcome, meta), out)?;
                out.write_all(b"\n")
            }
            Self::Rows { outcome, meta, .. } => stream::write(&csv::pieces(outcome, meta), out),
        }
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

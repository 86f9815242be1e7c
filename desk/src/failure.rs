//! Why nothing could be asked: what the user wrote was not understood.
use crate::files;
use plimsoll_ingest::problem::Problem;
use serde_json::{Value, json};
use std::io;

/// Mistakes in files, or in what was asked for.
#[derive(Debug)]
pub struct Failure {
    /// Which question it was.
    pub question: &'static str,
    /// All of them.
    pub problems: Vec<Problem>,
}

impl Failure {
    /// Mistakes in files.
    pub fn problems(question: &'static str, problems: Vec<Problem>) -> Self {
        Self { question, problems }
    }
    /// A mistake that is in no file.
    pub fn of(question: &'static str, what: impl Into<String>, help: impl Into<String>) -> Self {
        let problem = Problem::in_whole("plimsoll", what.into(), help.into());
        Self { question, problems: vec![problem] }
    }
    /// A file that cannot be read or written.
    pub fn of_file(question: &'static str, name: &str, error: &io::Error, help: &str) -> Self {
        files::unreadable(question, name, &files::reason(error), help)
    }
    /// The envelope of every question, without an answer.
    pub fn json(&self) -> Value {
        let problem =
            |p: &Problem| json!({"file": p.file, "line": p.line, "column": p.column, "what": p.what, "help": p.help});
        json!({
            "question": self.question,
            "version": env!("CARGO_PKG_VERSION"),
            "verdict": null,
            "answer": null,
            "refusal": null,
            "notes": [],
            "problems": self.problems.iter().map(problem).collect::<Vec<_>>(),
        })
    }
}

//! Why nothing could be asked: what the user wrote was not understood. Always exit status 2.
use plimsoll_ingest::problem::Problem;

/// Mistakes in files, or in what was asked for.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Which question it was.
    pub(crate) question: &'static str,
    /// All of them.
    pub(crate) problems: Vec<Problem>,
}

impl Failure {
    /// Mistakes in files.
    pub(crate) fn problems(question: &'static str, problems: Vec<Problem>) -> Self {
        Self { question, problems }
    }
    /// A mistake that is in no file.
    pub(crate) fn of(question: &'static str, what: impl Into<String>, help: impl Into<String>) -> Self {
        let problem = Problem::in_whole("plimsoll", what.into(), help.into());
        Self { question, problems: vec![problem] }
    }
}

//! Conditions that stop a pipeline: read before anything is asked, checked on the JSON of the answer.
use crate::Answered;
use crate::args::GateArgs;
use crate::failure::Failure;
use plimsoll::condition::{Checked, Condition};
use plimsoll::report::{Meta, json};
use plimsoll::{Answer, Refusal};
use plimsoll_ingest::condition;

/// The conditions of one question.
#[derive(Debug)]
pub(crate) struct Gate {
    question: &'static str,
    conditions: Vec<Condition>,
}

impl Gate {
    /// The conditions that the flags state; all that is wrong with them at once.
    pub(crate) fn read(question: &'static str, args: &GateArgs) -> Result<Self, Failure> {
        let (mut conditions, mut problems) = (Vec::new(), Vec::new());
        for text in &args.fail_on {
            match condition::read(text) {
                Ok(condition) => conditions.push(condition),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(Self { question, conditions }) } else { Err(Failure::problems(question, problems)) }
    }

    /// The outcome with what became of the conditions. A refusal has no answer to ask about.
    pub(crate) fn answered(&self, outcome: Result<Answer, Refusal>, meta: Meta) -> Result<Answered, Failure> {
        if self.conditions.is_empty() || outcome.is_err() {
            return Ok(Answered::of(self.question, outcome, meta));
        }
        let checks = self.checks(&json::envelope(self.question, &outcome, &meta))?;
        Ok(Answered::Outcome { question: self.question, outcome: Box::new(outcome), meta: Box::new(meta), checks })
    }

    fn checks(&self, envelope: &serde_json::Value) -> Result<Vec<Checked>, Failure> {
        let (mut checks, mut problems) = (Vec::new(), Vec::new());
        for asked in &self.conditions {
            match asked.check(envelope) {
                Ok(checked) => checks.push(checked),
                Err(fault) => problems.push(condition::problem(&asked.text, fault)),
            }
        }
        if problems.is_empty() { Ok(checks) } else { Err(Failure::problems(self.question, problems)) }
    }
}

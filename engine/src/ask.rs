//! The one door: a question goes in, an answer that keeps its working comes out.
use crate::catalog::Catalog;
use crate::plan::{PlanAnswer, PlanRefusal};
use crate::workload::Workload;
use jiff::civil::Date;

/// Everything that a question is asked about. The date and the seed are inputs like any other.
#[derive(Clone, Debug)]
pub struct World {
    /// What can be bought, one catalog for each place.
    pub catalogs: Vec<Catalog>,
    /// The day of asking: how old prices are is counted from it.
    pub as_of: Date,
    /// Where draws begin.
    pub seed: u64,
}

/// What can be asked. The command line's subcommands and the cases of the tests are this type.
#[derive(Clone, Debug)]
pub enum Question {
    /// What do I need to run this workload, and what will it cost?
    Plan(Workload),
}

impl Question {
    /// The words of all questions.
    pub const KINDS: [&'static str; 1] = ["plan"];
}

/// One variant for each question.
#[derive(Clone, Debug)]
pub enum Answer {
    /// What to run.
    Plan(Box<PlanAnswer>),
}

/// An honest no.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// No plan.
    Plan(Box<PlanRefusal>),
}

/// Answers a question about a world, or says why it cannot be answered.
pub fn ask(question: &Question, world: &World) -> Result<Answer, Refusal> {
    match question {
        Question::Plan(workload) => crate::plan::plan(workload, &world.catalogs)
            .map(|answer| Answer::Plan(Box::new(answer)))
            .map_err(|refusal| Refusal::Plan(Box::new(refusal))),
    }
}

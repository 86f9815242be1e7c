//! The one door: a question goes in, an answer that keeps its working comes out.
use crate::bill::{BillAnswer, BillOptions, BillRefusal, Ledger};
use crate::catalog::Catalog;
use crate::compare::{CompareAnswer, CompareRefusal, Comparison};
use crate::levers::{LeverOptions, LeversAnswer, LeversRefusal, pulled};
use crate::plan::{PlanAnswer, PlanOptions, PlanRefusal};
use crate::profile::{Measured, ProfileAnswer, ProfileOptions, ProfileRefusal};
use crate::rightsizing::{Estate, RightsizeAnswer, RightsizeOptions, RightsizeRefusal};
use crate::scenario::{Scenario, ScenarioAnswer, ScenarioRefusal};
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
    Plan(Workload, PlanOptions),
    /// The same under changes: along values, or at the value where a goal is just reached.
    Scenario(Box<Scenario>),
    /// The same with levers pulled, and which of the others pay.
    Levers(Workload, PlanOptions, LeverOptions),
    /// What workload do these exports show?
    Profile(Box<Measured>, ProfileOptions),
    /// Where does the money go, and what drove the change?
    Bill(Box<Ledger>, BillOptions),
    /// Which of the things I run are the wrong size, and what is the risk of changing them?
    Rightsize(Box<Estate>, RightsizeOptions),
    /// How do these two plans (or bills) differ, line by line?
    Compare(Box<Comparison>),
}

impl Question {
    /// What a workload needs, with doubt dealt with in the usual way.
    pub fn plan(workload: Workload) -> Self {
        Self::Plan(workload, PlanOptions::default())
    }
    /// The words of all questions.
    pub const KINDS: [&'static str; 5] = ["plan", "profile", "bill", "rightsize", "compare"];
    /// Its word: subcommand, path and folder of cases.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Plan(..) | Self::Scenario(_) | Self::Levers(..) => Self::KINDS[0],
            Self::Profile(..) => Self::KINDS[1],
            Self::Bill(..) => Self::KINDS[2],
            Self::Rightsize(..) => Self::KINDS[3],
            Self::Compare(_) => Self::KINDS[4],
        }
    }
}

/// One variant for each question.
#[derive(Clone, Debug)]
pub enum Answer {
    /// What to run.
    Plan(Box<PlanAnswer>),
    /// What to run under changes.
    Scenario(Box<ScenarioAnswer>),
    /// What to run, and what may be done about it.
    Levers(Box<LeversAnswer>),
    /// The demand.
    Profile(Box<ProfileAnswer>),
    /// The charges, added up and compared.
    Bill(Box<BillAnswer>),
    /// The sizes.
    Rightsize(Box<RightsizeAnswer>),
    /// The differences.
    Compare(Box<CompareAnswer>),
}

/// An honest no.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// No plan.
    Plan(Box<PlanRefusal>),
    /// No plan under changes, or no value that reaches a goal.
    Scenario(Box<ScenarioRefusal>),
    /// No plan with these levers, or no place for them.
    Levers(LeversRefusal),
    /// No demand to be seen.
    Profile(ProfileRefusal),
    /// No bill.
    Bill(BillRefusal),
    /// No size can be told.
    Rightsize(RightsizeRefusal),
    /// Nothing to compare.
    Compare(CompareRefusal),
}

/// Answers a question about a world, or says why it cannot be answered.
pub fn ask(question: &Question, world: &World) -> Result<Answer, Refusal> {
    match question {
        Question::Plan(workload, options) => crate::plan::plan(workload, options, &world.catalogs, world.seed)
            .map(|answer| Answer::Plan(Box::new(answer)))
            .map_err(|refusal| Refusal::Plan(Box::new(refusal))),
        Question::Scenario(scenario) => crate::scenario::explore(scenario, &world.catalogs, world.seed)
            .map(|answer| Answer::Scenario(Box::new(answer)))
            .map_err(Refusal::Scenario),
        Question::Levers(workload, options, asked) => pulled(workload, options, asked, &world.catalogs, world.seed)
            .map(|answer| Answer::Levers(Box::new(answer)))
            .map_err(Refusal::Levers),
        Question::Profile(measured, options) => crate::profile::profile_measured(measured, *options, &world.catalogs)
            .map(|answer| Answer::Profile(Box::new(answer)))
            .map_err(Refusal::Profile),
        Question::Bill(ledger, options) => {
            crate::bill::bill(ledger, options).map(|answer| Answer::Bill(Box::new(answer))).map_err(Refusal::Bill)
        }
        Question::Rightsize(estate, options) => crate::rightsizing::rightsize(estate, &world.catalogs, options)
            .map(|answer| Answer::Rightsize(Box::new(answer)))
            .map_err(Refusal::Rightsize),
        Question::Compare(comparison) => crate::compare::compare(comparison, world.seed)
            .map(|answer| Answer::Compare(Box::new(answer)))
            .map_err(Refusal::Compare),
    }
}

//! The answer: the plan, the levers that were pulled, and the ranking of the others.
use super::apply::{applied, paths};
use super::lever::{Change, Structural};
use super::place::{everywhere, with_stated};
use super::rank::ranked;
use super::{Dose, Lever, LeverOptions, Placed, levers};
use crate::catalog::Catalog;
use crate::choice::{Band, Coverage};
use crate::plan::{PlanAnswer, PlanOptions, PlanRefusal};
use crate::units::{Mass, Money, Span};
use crate::workload::{ComponentName, Workload};

/// A plan with what may be done about it.
#[derive(Clone, Debug)]
pub struct LeversAnswer {
    /// The plan, with the levers pulled that were asked for.
    pub plan: PlanAnswer,
    /// Those.
    pub pulled: Vec<Placed>,
    /// The others, where they were asked for.
    pub ranking: Option<Ranking>,
}

/// Levers by what they return.
#[derive(Clone, Debug)]
pub struct Ranking {
    /// A month without any of them, in the few worlds that they are compared in.
    pub base: Band<Money>,
    /// Those worlds.
    pub draws: usize,
    /// A day of an engineer.
    pub day_cost: Money,
    /// Months that a saving counts for.
    pub months: u32,
    /// Whether savings count for more or less in later months, as the bill does.
    pub grows: bool,
    /// What saves something, the best return first; then what does not.
    pub weighed: Vec<Weighed>,
    /// What does not apply or may not be done, and why.
    pub left_out: Vec<LeftOut>,
    /// Pairs whose savings do not add up.
    pub interactions: Vec<Interaction>,
    /// What to do, one after the other, each by what it adds to those before; the first that does not pay ends it.
    pub order: Vec<Step>,
}

impl Ranking {
    /// The steps that pay.
    pub fn paying(&self) -> impl Iterator<Item = &Step> {
        self.order.iter().filter(|step| step.pays)
    }
}

/// A lever and what it comes to.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// Which, and where.
    pub placed: Placed,
    /// What it saves a month by itself; below zero where it costs.
    pub saves: Band<Money>,
    /// What doing it costs, at the middle of its effort.
    pub cost: Money,
    /// Months until it is paid for; none where it saves nothing.
    pub payback: Option<f64>,
    /// What it saves over the horizon for each dollar of effort.
    pub returns: f64,
    /// The p99 at the entry before and after, where the models reach so far.
    pub p99: [Option<Span>; 2],
    /// What a month emits before and after; none where nobody can say.
    pub emitted: [Option<Mass>; 2],
    /// The worlds in which every promise holds with it.
    pub coverage: Coverage,
    /// What it changes, input by input.
    pub effects: Vec<LeverEffect>,
    /// Whether it saves more over the horizon than it costs.
    pub pays: bool,
}

/// One input that a lever changes.
#[derive(Clone, Debug, PartialEq)]
pub struct LeverEffect {
    /// Its path; a word for what is no number.
    pub path: String,
    /// Whether it is multiplied; else so much is added, in the base unit.
    pub is_factor: bool,
    /// By how much.
    pub by: Dose,
}

/// A lever that is not weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Which.
    pub name: &'static str,
    /// Where; none for the whole, or where there is no place for it.
    pub on: Option<ComponentName>,
    /// Why.
    pub why: String,
}

/// Two levers that eat the same saving, or make each other worth more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interaction {
    /// Both, as they are told: `compress (front)`.
    pub between: [String; 2],
    /// What both save together a month.
    pub together: Money,
    /// The same less what each saves by itself: below zero where they eat the same saving.
    pub difference: Money,
}

/// A step of the order.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The lever, as it is told.
    pub lever: String,
    /// What it adds to the steps before, a month.
    pub adds: Money,
    /// The month then.
    pub month: Band<Money>,
    /// What it costs.
    pub cost: Money,
    /// Months until what it adds has paid for it.
    pub payback: Option<f64>,
    /// Whether it does within the horizon.
    pub pays: bool,
}

/// Why there is no such answer.
#[derive(Clone, Debug)]
pub enum LeversRefusal {
    /// No plan.
    Plan(Box<PlanRefusal>),
    /// A lever that was to be pulled does not apply.
    NotHere(Vec<LeftOut>),
}

/// A workload with one lever pulled wherever it applies, each change as unsure as the table has it; or why it applies
/// nowhere.
pub fn pull(workload: &Workload, lever: &Lever) -> Result<Workload, Vec<LeftOut>> {
    let (placed, left_out) = everywhere(workload, std::slice::from_ref(lever), 1);
    if placed.is_empty() { Err(left_out) } else { Ok(with(workload, &placed)) }
}

fn with(workload: &Workload, placed: &[Placed]) -> Workload {
    let pull = |workload: Workload, placed: &Placed| applied(&workload, placed, &|_, dose| dose.estimate());
    placed.iter().fold(workload.clone(), pull)
}

/// The plan of a workload with levers pulled, and the ranking of the others.
pub(crate) fn pulled(
    workload: &Workload,
    options: &PlanOptions,
    asked: &LeverOptions,
    catalogs: &[Catalog],
    seed: u64,
) -> Result<LeversAnswer, LeversRefusal> {
    let (mut placed, mut left_out) = everywhere(workload, &levers(), catalogs.len());
    left_out.extend(with_stated(workload, &mut placed, &asked.stated));
    let is_asked = |name: &str| asked.pulled.iter().any(|asked| asked == name);
    let lacking = |name: &&String| placed.iter().all(|placed| placed.lever.name != name.as_str());
    let missing: Vec<&String> = asked.pulled.iter().filter(lacking).collect();
    if !missing.is_empty() {
        let why = left_out.into_iter().filter(|left| missing.iter().any(|name| left.name == name.as_str()));
        return Err(LeversRefusal::NotHere(why.collect()));
    }
    let (done, open): (Vec<Placed>, Vec<Placed>) = placed.into_iter().partition(|placed| is_asked(placed.lever.name));
    let changed = with(workload, &done);
    // It runs in the first of the places; the others are where it may move to.
    let moves = |placed: &Placed| placed.lever.changes.contains(&Change::Allow(Structural::OtherPlace));
    let places = match catalogs {
        [_, others @ ..] if done.iter().any(moves) => others,
        [first, ..] if asked.weighed => std::slice::from_ref(first),
        all => all,
    };
    let refused = |why| LeversRefusal::Plan(Box::new(why));
    let plan = crate::plan::plan(&changed, options, places, seed).map_err(refused)?;
    let catalogs = if done.iter().any(moves) { places } else { catalogs };
    let ranking = if asked.weighed { Some(ranked(&plan, &open, left_out, asked, catalogs, seed)?) } else { None };
    Ok(LeversAnswer { plan, pulled: done, ranking })
}

/// What a placed lever changes, input by input.
pub(super) fn effects(workload: &Workload, placed: &Placed) -> Vec<LeverEffect> {
    let mut found = Vec::new();
    let mut known = Vec::new();
    workload.clone().each_input(&mut |path, _| known.push(path.to_string()));
    for change in &placed.lever.changes {
        let (of, field, by, is_factor) = match change {
            Change::Scale(of, field, by) => (*of, field, *by, true),
            Change::Add(of, field, by) => (*of, field, *by, false),
            Change::Allow(_) => continue,
        };
        let there = paths(workload, placed, of, field).into_iter().filter(|path| known.contains(path));
        found.extend(there.map(|path| LeverEffect { path, is_factor, by }));
    }
    found
}

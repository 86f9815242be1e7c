//! Each question: read, ask, report.
use crate::answered::pretty;
use crate::args::{DoubtArgs, ExplainArgs, PlanArgs, WhatIfArgs, WorldArgs};
use crate::failure::Failure;
use crate::files::Bytes;
use crate::gate::Gate;
use crate::{Answered, Desk, levers, world};
use plimsoll::levers::StatedLever;
use plimsoll::report::{Input, Meta, explain as explanation};
use plimsoll::scenario::{Event, Scenario};
use plimsoll::workload::Workload;
use plimsoll::{Answer, Question, Refusal, World, ask};
use plimsoll_ingest::scenario::Changes;
use plimsoll_ingest::workload::Draft;
use plimsoll_ingest::{scenario, schema};
use std::path::PathBuf;

/// Workload files are written by hand.
const LARGEST_WORKLOAD: u64 = 4_000_000;

/// `plimsoll plan`.
pub(crate) fn plan(args: &PlanArgs, desk: &Desk<'_>) -> Result<Answered, Failure> {
    let Some(path) = args.workload.as_deref().filter(|_| !args.schema) else {
        return Ok(Answered::Text { text: pretty(&schema::workload()), file: args.output.out.clone() });
    };
    let gate = Gate::read("plan", &args.gate)?;
    let mut read = Read::of("plan", path, &args.world, &args.doubt, &args.what_if.change, desk)?;
    let scenario = read.scenario("plan", &args.what_if, &args.doubt)?;
    let stated = std::mem::take(&mut read.levers);
    let levers = levers::options("plan", &args.levers, desk, stated, &mut read.meta)?;
    let question = match (levers, scenario) {
        (Some(_), Some(_)) => {
            let what = "levers are not weighed along a sweep, for a goal or with changes for a time";
            return Err(Failure::of("plan", what, "ask for one of them"));
        }
        (Some(levers), None) => Question::Levers(read.workload, args.doubt.options(), levers),
        (None, Some(scenario)) => Question::Scenario(Box::new(scenario)),
        (None, None) => Question::Plan(read.workload, args.doubt.options()),
    };
    gate.answered(ask(&question, &read.world), read.meta)
}

/// Whether `plimsoll plan` would have something to plan.
pub(crate) fn understood(args: &PlanArgs, desk: &Desk<'_>) -> Result<(), Failure> {
    let Some(path) = args.workload.as_deref().filter(|_| !args.schema) else { return Ok(()) };
    Read::of("plan", path, &args.world, &args.doubt, &args.what_if.change, desk).map(drop)
}

/// What a question about a workload file is asked of.
struct Read {
    draft: Draft,
    /// The months that changes for a time act on.
    events: Vec<Event>,
    workload: Workload,
    levers: Vec<StatedLever>,
    world: World,
    meta: Meta,
}

impl Read {
    fn of(
        question: &'static str,
        path: &str,
        args: &WorldArgs,
        doubt: &DoubtArgs,
        changed: &[PathBuf],
        desk: &Desk<'_>,
    ) -> Result<Self, Failure> {
        let file = Bytes::read(question, desk.shelf, path, LARGEST_WORKLOAD)?;
        let wrong = |problems| Failure::problems(question, problems);
        let mut draft = Draft::parse(&file.name, &file.bytes).map_err(wrong)?;
        for (path, value) in &args.set {
            draft.set("--set", path, value);
        }
        let (lists, inputs) = changes(question, changed, desk)?;
        let lasting = || lists.iter().flat_map(|list| list.changes.iter().map(move |change| (list, change)));
        let lasting = || lasting().filter(|(_, change)| !change.is_dated());
        lasting().for_each(|(list, change)| list.make(change, &mut draft));
        let (workload, levers) = draft.read_with_levers().map_err(wrong)?;
        let (world, mut meta) = world::build(question, args, desk, &file, &workload)?;
        meta.inputs.extend(inputs);
        meta.notes
            .extend(lasting().map(|(_, change)| format!("changed by {}: {}", change.name, change.does.join(", "))));
        let (events, notes) = scenario::events(&draft, &lists, world.as_of, workload.months()).map_err(wrong)?;
        meta.notes.extend(notes);
        // Where every number is exact there is one world, and it is known.
        meta.draws = if workload.uncertain().is_empty() { 1 } else { doubt.draws };
        Ok(Self { draft, events, workload, levers, world, meta })
    }

    /// What is asked besides the plan; none for the plan alone.
    fn scenario(
        &mut self,
        question: &'static str,
        what_if: &WhatIfArgs,
        doubt: &DoubtArgs,
    ) -> Result<Option<Scenario>, Failure> {
        let wrong = |problems| Failure::problems(question, problems);
        let is_along = !what_if.sweep.is_empty() || what_if.seek.is_some();
        if !is_along && self.events.is_empty() {
            return Ok(None);
        }
        let events = std::mem::take(&mut self.events);
        if is_along && !events.is_empty() {
            let what = "changes for a time are not planned along a sweep or for a goal";
            let help = "write the change without `from` and `until`, or ask for one of them";
            return Err(Failure::of(question, what, help));
        }
        let sweep = match &what_if.sweep[..] {
            [] => None,
            asked => Some(scenario::sweep(&self.draft, asked).map_err(wrong)?),
        };
        let seek = what_if.seek.as_deref().map(|text| scenario::seek(text, &self.draft, &self.workload)).transpose();
        let seek = seek.map_err(|problem| wrong(vec![problem]))?;
        let swept = sweep.iter().flat_map(|sweep| sweep.points.iter().filter_map(|point| point.workload.clone().ok()));
        let sought = seek.iter().map(|seek| seek.dial.turned(&self.workload, seek.reach[0]));
        for note in swept.chain(sought).flat_map(|workload| workload.idle_correlations()) {
            if !self.meta.notes.contains(&note) {
                self.meta.notes.push(note);
            }
        }
        Ok(Some(Scenario { workload: self.workload.clone(), options: doubt.options(), events, sweep, seek }))
    }
}

fn planned(
    question: &'static str,
    path: &str,
    args: &WorldArgs,
    doubt: &DoubtArgs,
    desk: &Desk<'_>,
) -> Result<(Result<Answer, Refusal>, Meta), Failure> {
    let read = Read::of(question, path, args, doubt, &[], desk)?;
    Ok((ask(&Question::Plan(read.workload, doubt.options()), &read.world), read.meta))
}

/// The lists of changes, in the order they are named.
fn changes(question: &'static str, paths: &[PathBuf], desk: &Desk<'_>) -> Result<(Vec<Changes>, Vec<Input>), Failure> {
    let read = |path: &PathBuf| {
        let file = Bytes::read(question, desk.shelf, &path.display().to_string(), LARGEST_WORKLOAD)?;
        let changes =
            Changes::read(&file.name, &file.bytes).map_err(|problems| Failure::problems(question, problems))?;
        Ok((changes, file.input(None)))
    };
    Ok(paths.iter().map(read).collect::<Result<Vec<_>, Failure>>()?.into_iter().unzip())
}

/// `plimsoll explain`.
pub(crate) fn explain(args: &ExplainArgs, desk: &Desk<'_>) -> Result<Answered, Failure> {
    let Some(file) = args.words.iter().find(|word| desk.shelf.holds(word)) else {
        let what = format!("none of {} is a file", args.words.join(", "));
        return Err(Failure::of("explain", what, "name a workload file, then numbers of its plan"));
    };
    let numbers: Vec<String> = args.words.iter().filter(|w| *w != file).cloned().collect();
    let (outcome, meta) = planned("explain", file, &args.world, &args.doubt, desk)?;
    match &outcome {
        Ok(Answer::Plan(answer)) => match explanation::explain(answer, &numbers) {
            Ok(report) => Ok(Answered::Report(report)),
            Err(unknown) => {
                let what = format!("`{}` is no number of this plan", unknown.path);
                let help = format!(
                    "did you mean {}?",
                    unknown.nearest.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" or ")
                );
                Err(Failure::of("explain", what, help))
            }
        },
        _ => Ok(Answered::of("plan", outcome, meta)),
    }
}

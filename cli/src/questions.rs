//! Each question: read, ask, report.
use crate::args::{DoubtArgs, ExplainArgs, PlanArgs, WhatIfArgs, WorldArgs};
use crate::failure::Failure;
use crate::files::Bytes;
use crate::gate::Gate;
use crate::output::{Output, pretty};
use crate::world;
use plimsoll::report::{Input, Meta, explain as explanation};
use plimsoll::scenario::Scenario;
use plimsoll::{Answer, Question, Refusal, ask};
use plimsoll_ingest::scenario::Changes;
use plimsoll_ingest::workload::Draft;
use plimsoll_ingest::{scenario, schema};
use std::path::PathBuf;

/// Workload files are written by hand.
const LARGEST_WORKLOAD: u64 = 4_000_000;

/// `plimsoll plan`.
pub(crate) fn plan(args: &PlanArgs) -> Result<Output, Failure> {
    let Some(path) = args.workload.as_deref().filter(|_| !args.schema) else {
        return Ok(Output::answered(pretty(&schema::workload()), args.output.out.clone()));
    };
    let gate = Gate::read("plan", &args.gate)?;
    let (outcome, meta) = planned("plan", path, &args.world, &args.doubt, &args.what_if)?;
    gate.output(outcome, meta, &args.output)
}

fn planned(
    question: &'static str,
    path: &str,
    args: &WorldArgs,
    doubt: &DoubtArgs,
    what_if: &WhatIfArgs,
) -> Result<(Result<Answer, Refusal>, Meta), Failure> {
    let file = Bytes::read(question, path, LARGEST_WORKLOAD)?;
    let wrong = |problems| Failure::problems(question, problems);
    let mut draft = Draft::parse(&file.name, &file.bytes).map_err(wrong)?;
    for (path, value) in &args.set {
        draft.set("--set", path, value);
    }
    let (lists, inputs) = changes(question, &what_if.change)?;
    for list in &lists {
        list.changes.iter().filter(|change| !change.is_dated()).for_each(|change| list.make(change, &mut draft));
    }
    let workload = draft.read().map_err(wrong)?;
    let (world, mut meta) = world::build(question, args, &file, &workload)?;
    meta.inputs.extend(inputs);
    meta.notes.extend(
        lists
            .iter()
            .flat_map(|list| &list.changes)
            .filter(|change| !change.is_dated())
            .map(|change| format!("changed by {}: {}", change.name, change.does.join(", "))),
    );
    // Where every number is exact there is one world, and it is known.
    meta.draws = if workload.uncertain().is_empty() { 1 } else { doubt.draws };
    let is_along = !what_if.sweep.is_empty() || what_if.seek.is_some();
    let (events, notes) = scenario::events(&draft, &lists, world.as_of, workload.months()).map_err(wrong)?;
    meta.notes.extend(notes);
    if is_along && !events.is_empty() {
        meta.notes.push("changes for a time are left out along a sweep and of a goal".into());
    }
    let events = if is_along { Vec::new() } else { events };
    if !is_along && events.is_empty() {
        return Ok((ask(&Question::Plan(workload, doubt.options()), &world), meta));
    }
    let sweep =
        if what_if.sweep.is_empty() { None } else { Some(scenario::sweep(&draft, &what_if.sweep).map_err(wrong)?) };
    let seek = what_if.seek.as_deref().map(|text| scenario::seek(text, &workload)).transpose();
    let seek = seek.map_err(|problem| wrong(vec![problem]))?;
    let scenario = Scenario { workload, options: doubt.options(), events, sweep, seek };
    Ok((ask(&Question::Scenario(Box::new(scenario)), &world), meta))
}

/// The lists of changes, in the order they are named.
fn changes(question: &'static str, paths: &[PathBuf]) -> Result<(Vec<Changes>, Vec<Input>), Failure> {
    let read = |path: &PathBuf| {
        let file = Bytes::read(question, &path.display().to_string(), LARGEST_WORKLOAD)?;
        let changes =
            Changes::read(&file.name, &file.bytes).map_err(|problems| Failure::problems(question, problems))?;
        Ok((changes, file.input(None)))
    };
    Ok(paths.iter().map(read).collect::<Result<Vec<_>, Failure>>()?.into_iter().unzip())
}

/// `plimsoll explain`.
pub(crate) fn explain(args: &ExplainArgs) -> Result<Output, Failure> {
    let is_file = |word: &&String| word.as_str() == "-" || std::path::Path::new(word).exists();
    let Some(file) = args.words.iter().find(is_file) else {
        let what = format!("none of {} is a file", args.words.join(", "));
        return Err(Failure::of("explain", what, "name a workload file, then numbers of its plan"));
    };
    let numbers: Vec<String> = args.words.iter().filter(|w| *w != file).cloned().collect();
    let (outcome, meta) = planned("explain", file, &args.world, &args.doubt, &WhatIfArgs::default())?;
    match &outcome {
        Ok(Answer::Plan(answer)) => match explanation::explain(answer, &numbers) {
            Ok(report) => Ok(Output::report(&report, &args.output)),
            Err(unknown) => {
                let what = format!("`{}` is no number of this plan", unknown.path);
                let help = format!(
                    "did you mean {}?",
                    unknown.nearest.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" or ")
                );
                Err(Failure::of("explain", what, help))
            }
        },
        _ => Ok(Output::of("plan", outcome, meta, &args.output)),
    }
}

//! Each question: read, ask, report.
use crate::answered::pretty;
use crate::args::{DoubtArgs, ExplainArgs, PlanArgs, WorldArgs};
use crate::failure::Failure;
use crate::files::Bytes;
use crate::{Answered, Desk, levers, world};
use plimsoll::levers::StatedLever;
use plimsoll::report::{Meta, explain as explanation};
use plimsoll::workload::Workload;
use plimsoll::{Answer, Question, Refusal, World, ask};
use plimsoll_ingest::{schema, workload};

/// Workload files are written by hand.
const LARGEST_WORKLOAD: u64 = 4_000_000;

/// `plimsoll plan`.
pub(crate) fn plan(args: &PlanArgs, desk: &Desk<'_>) -> Result<Answered, Failure> {
    let Some(path) = args.workload.as_deref().filter(|_| !args.schema) else {
        return Ok(Answered::Text { text: pretty(&schema::workload()), file: args.output.out.clone() });
    };
    let mut read = Read::of("plan", path, &args.world, &args.doubt, desk)?;
    let stated = std::mem::take(&mut read.levers);
    let question = match levers::options("plan", &args.levers, desk, stated, &mut read.meta)? {
        Some(levers) => Question::Levers(read.workload, args.doubt.options(), levers),
        None => Question::Plan(read.workload, args.doubt.options()),
    };
    Ok(Answered::of("plan", ask(&question, &read.world), read.meta))
}

/// What a question about a workload file is asked of.
struct Read {
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
        desk: &Desk<'_>,
    ) -> Result<Self, Failure> {
        let file = Bytes::read(question, desk.shelf, path, LARGEST_WORKLOAD)?;
        let read = workload::read_with_levers(&file.name, &file.bytes, &args.set);
        let (workload, levers) = read.map_err(|p| Failure::problems(question, p))?;
        let (world, mut meta) = world::build(question, args, desk, &file, &workload)?;
        // Where every number is exact there is one world, and it is known.
        meta.draws = if workload.uncertain().is_empty() { 1 } else { doubt.draws };
        Ok(Self { workload, levers, world, meta })
    }
}

fn planned(
    question: &'static str,
    path: &str,
    args: &WorldArgs,
    doubt: &DoubtArgs,
    desk: &Desk<'_>,
) -> Result<(Result<Answer, Refusal>, Meta), Failure> {
    let read = Read::of(question, path, args, doubt, desk)?;
    Ok((ask(&Question::Plan(read.workload, doubt.options()), &read.world), read.meta))
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

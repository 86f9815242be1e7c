//! Each question: read, ask, report.
use crate::args::{DoubtArgs, ExplainArgs, PlanArgs, WorldArgs};
use crate::failure::Failure;
use crate::files::Bytes;
use crate::output::{Output, pretty};
use crate::{levers, world};
use plimsoll::levers::StatedLever;
use plimsoll::report::{Meta, explain as explanation};
use plimsoll::workload::Workload;
use plimsoll::{Answer, Question, Refusal, World, ask};
use plimsoll_ingest::{schema, workload};

/// Workload files are written by hand.
const LARGEST_WORKLOAD: u64 = 4_000_000;

/// `plimsoll plan`.
pub(crate) fn plan(args: &PlanArgs) -> Result<Output, Failure> {
    let Some(path) = args.workload.as_deref().filter(|_| !args.schema) else {
        return Ok(Output::answered(pretty(&schema::workload()), args.output.out.clone()));
    };
    let mut read = Read::of("plan", path, &args.world, &args.doubt)?;
    let levers = levers::options("plan", &args.levers, std::mem::take(&mut read.levers), &mut read.meta)?;
    let question = match levers {
        Some(levers) => Question::Levers(read.workload, args.doubt.options(), levers),
        None => Question::Plan(read.workload, args.doubt.options()),
    };
    Ok(Output::of("plan", ask(&question, &read.world), read.meta, &args.output))
}

/// What a question about a workload file is asked of.
struct Read {
    workload: Workload,
    levers: Vec<StatedLever>,
    world: World,
    meta: Meta,
}

impl Read {
    fn of(question: &'static str, path: &str, args: &WorldArgs, doubt: &DoubtArgs) -> Result<Self, Failure> {
        let file = Bytes::read(question, path, LARGEST_WORKLOAD)?;
        let read = workload::read_with_levers(&file.name, &file.bytes, &args.set);
        let (workload, levers) = read.map_err(|p| Failure::problems(question, p))?;
        let (world, mut meta) = world::build(question, args, &file, &workload)?;
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
) -> Result<(Result<Answer, Refusal>, Meta), Failure> {
    let read = Read::of(question, path, args, doubt)?;
    Ok((ask(&Question::Plan(read.workload, doubt.options()), &read.world), read.meta))
}

/// `plimsoll explain`.
pub(crate) fn explain(args: &ExplainArgs) -> Result<Output, Failure> {
    let is_file = |word: &&String| word.as_str() == "-" || std::path::Path::new(word).exists();
    let Some(file) = args.words.iter().find(is_file) else {
        let what = format!("none of {} is a file", args.words.join(", "));
        return Err(Failure::of("explain", what, "name a workload file, then numbers of its plan"));
    };
    let numbers: Vec<String> = args.words.iter().filter(|w| *w != file).cloned().collect();
    let (outcome, meta) = planned("explain", file, &args.world, &args.doubt)?;
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

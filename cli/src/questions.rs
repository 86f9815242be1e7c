//! Each question: read, ask, report.
use crate::args::{ExplainArgs, OutputArgs, PlanArgs, ProfileArgs, WorldArgs};
use crate::failure::Failure;
use crate::files::{self, Bytes, Hashing, base_name};
use crate::output::{Output, pretty};
use crate::world;
use plimsoll::profile::{Kind, ProfileOptions};
use plimsoll::report::{Input, Meta, explain as explanation, json};
use plimsoll::{Answer, Question, Refusal, ask};
use plimsoll_ingest::problem::Problem;
use plimsoll_ingest::{schema, series_csv, workload, workload_toml};

/// Workload files are written by hand.
const LARGEST_WORKLOAD: u64 = 4_000_000;

/// `plimsoll plan`.
pub(crate) fn plan(args: &PlanArgs) -> Result<Output, Failure> {
    let Some(path) = args.workload.as_deref().filter(|_| !args.schema) else {
        return Ok(Output::answered(pretty(&schema::workload()), args.output.out.clone()));
    };
    let (outcome, meta) = planned("plan", path, &args.world)?;
    Ok(Output::of("plan", outcome, meta, &args.output))
}

fn planned(question: &'static str, path: &str, args: &WorldArgs) -> Result<(Result<Answer, Refusal>, Meta), Failure> {
    let file = Bytes::read(question, path, LARGEST_WORKLOAD)?;
    let workload = workload::read(&file.name, &file.bytes, &args.set).map_err(|p| Failure::problems(question, p))?;
    let (world, meta) = world::build(question, args, &file, &workload)?;
    Ok((ask(&Question::Plan(workload), &world), meta))
}

/// `plimsoll explain`.
pub(crate) fn explain(args: &ExplainArgs) -> Result<Output, Failure> {
    let is_file = |word: &&String| word.as_str() == "-" || std::path::Path::new(word).exists();
    let Some(file) = args.words.iter().find(is_file) else {
        let what = format!("none of {} is a file", args.words.join(", "));
        return Err(Failure::of("explain", what, "name a workload file, then numbers of its plan"));
    };
    let numbers: Vec<String> = args.words.iter().filter(|w| *w != file).cloned().collect();
    let (outcome, meta) = planned("explain", file, &args.world)?;
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

/// `plimsoll profile`.
pub(crate) fn profile(args: &ProfileArgs) -> Result<Output, Failure> {
    const QUESTION: &str = "profile";
    let failed = |problems| Failure::problems(QUESTION, problems);
    let base = args
        .base
        .as_ref()
        .map(|path| Bytes::read(QUESTION, &path.display().to_string(), LARGEST_WORKLOAD))
        .transpose()?;
    let name = if args.export == "-" { "standard input".to_owned() } else { args.export.clone() };
    let source = files::open(&args.export).map_err(|e| {
        files::unreadable(QUESTION, &name, &files::reason(&e), "give the name of a CSV file, or - for standard input")
    })?;
    let mut source = Hashing::new(source);
    let file = series_csv::read(&name, &mut source).map_err(failed)?;
    let input = Input { name: base_name(&name), sha256: Some(source.finish()), rows: Some(file.rows as u64) };
    let mut meta = world::meta(world::day(args.as_of), 1, vec![input]);
    meta.inputs.extend(base.iter().map(|b| b.input(None)));
    meta.notes.extend(file.notes);
    let kind = if args.counts {
        Some(Kind::Counts)
    } else if args.rates {
        Some(Kind::Rates)
    } else {
        None
    };
    let outcome = ask(&Question::Profile(file.series, ProfileOptions { kind }), &world::nowhere(meta.as_of));
    if let (Ok(Answer::Profile(answer)), Some(out)) = (&outcome, &args.out) {
        let base = base.as_ref().map(|b| text_of(b)).transpose()?;
        let text = workload_toml::write_workload(&answer.demand, &json::workload_name(&meta), base)
            .map_err(|p| failed(vec![p]))?;
        std::fs::write(out, text).map_err(|e| {
            files::unreadable(
                QUESTION,
                &out.display().to_string(),
                &files::reason(&e),
                "name a file that may be written with --out",
            )
        })?;
        meta.notes.push(format!("the workload was written to {}", base_name(&out.display().to_string())));
    }
    let how = OutputArgs { format: Some(args.format), out: None };
    Ok(Output::of(QUESTION, outcome, meta, &how))
}

fn text_of(file: &Bytes) -> Result<&str, Failure> {
    std::str::from_utf8(&file.bytes).map_err(|e| {
        let what = format!("is not text in UTF-8 (byte {})", e.valid_up_to() + 1);
        Failure::problems("profile", vec![Problem::in_whole(&file.name, what, "save it as UTF-8")])
    })
}

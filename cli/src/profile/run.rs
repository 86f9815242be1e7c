//! Reads the exports, asks, and writes the workload file.
use super::{ProfileArgs, QUESTION, fallback, sizes};
use crate::args::OutputArgs;
use crate::digests::digests;
use crate::failure::Failure;
use crate::files::{self, Bytes, base_name};
use crate::output::Output;
use crate::progress::Progress;
use crate::world;
use plimsoll::profile::{Measured, ProfileAnswer, ProfileOptions};
use plimsoll::report::{Input, Meta, json};
use plimsoll::{Answer, Question, World, ask};
use plimsoll_ingest::inputs::{Found, Inputs, expand, labels};
use plimsoll_ingest::problem::Problem;
use plimsoll_ingest::workload_toml;
use plimsoll_ingest::{telemetry, workload_toml::WorkloadFile};

/// Workload files are written by hand.
const LARGEST_WORKLOAD: u64 = 4_000_000;

/// `plimsoll profile`.
pub(crate) fn run(args: &ProfileArgs) -> Result<Output, Failure> {
    let base = args
        .base
        .as_ref()
        .map(|path| Bytes::read(QUESTION, &path.display().to_string(), LARGEST_WORKLOAD))
        .transpose()?;
    let (measured, inputs, notes) = read(args)?;
    let measured = Measured { service: args.service.clone(), shape: args.shape.clone(), ..measured };
    let catalogs = sizes::catalogs(&measured)?;
    let mut meta = world::meta(world::day(args.as_of), 1, inputs);
    meta.inputs.extend(base.iter().map(|b| b.input(None)));
    meta.notes.extend(notes);
    let world = World { catalogs, ..world::nowhere(meta.as_of) };
    let outcome = ask(&Question::Profile(Box::new(measured), ProfileOptions { kind: args.kind() }), &world);
    if let (Ok(Answer::Profile(answer)), Some(_)) = (&outcome, &args.out) {
        write(args, answer, base.as_ref(), &mut meta)?;
    }
    let how = OutputArgs { format: Some(args.format), out: None };
    Ok(Output::of(QUESTION, &outcome, &meta, &how))
}

/// The exports, what they are called, and what was assumed in reading.
fn read(args: &ProfileArgs) -> Result<(Measured, Vec<Input>, Vec<String>), Failure> {
    let failed = |problems| Failure::problems(QUESTION, problems);
    let alone = match &args.exports[..] {
        [one] if fallback::is_one_file(one) => Some(one),
        _ => None,
    };
    let plain = |one: &String| fallback::read(one).map(|(measured, input, notes)| (measured, vec![input], notes));
    if let Some(one) = alone.filter(|one| *one == "-" || !std::path::Path::new(one).exists()) {
        return plain(one);
    }
    let Inputs { files, notes } = expand(&args.exports).map_err(failed)?;
    let progress = Progress::of(files.iter().map(|file| file.size).sum());
    let read = telemetry::read(&files, &args.asked(), &|bytes| progress.at(bytes));
    drop(progress);
    match (read, alone) {
        (Ok(telemetry), _) => {
            let inputs = named(&files, &telemetry);
            Ok((telemetry.into(), inputs, notes))
        }
        (Err(problems), Some(one)) if fallback::is_unknown(&problems) => plain(one),
        (Err(problems), _) => Err(failed(problems)),
    }
}

/// The inputs with their hashes and rows; files are read in their order.
fn named(files: &[Found], telemetry: &plimsoll::telemetry::Telemetry) -> Vec<Input> {
    let mut rows = telemetry.reading.files.iter().map(|file| file.rows);
    let hashes = digests(files, false).of;
    let of = |((name, sha256), rows): ((String, Option<String>), Option<u64>)| Input { name, sha256, rows };
    labels(files).into_iter().zip(hashes).map(|named| (named, rows.next())).map(of).collect()
}

/// Writes the workload file, and says what is in it.
fn write(args: &ProfileArgs, answer: &ProfileAnswer, base: Option<&Bytes>, meta: &mut Meta) -> Result<(), Failure> {
    let Some(out) = &args.out else { return Ok(()) };
    let text = base.map(text_of).transpose()?;
    let name = json::workload_name(meta);
    let WorkloadFile { text, kept, service } = workload_toml::write_profile(answer, &name, text, args.typed())
        .map_err(|p| Failure::problems(QUESTION, vec![p]))?;
    let to = out.display().to_string();
    std::fs::write(out, text).map_err(|e| {
        files::unreadable(QUESTION, &to, &files::reason(&e), "name a file that may be written with --out")
    })?;
    meta.notes.push(format!("the workload was written to {}", base_name(&to)));
    if !kept.is_empty() {
        let of = service.as_deref().unwrap_or("the service");
        let keys = kept.join(", ");
        meta.notes
            .push(format!("{keys} of {of} stay as they were typed; --overwrite replaces them by what was measured."));
    }
    if service.is_none() && answer.service.as_ref().is_some_and(|s| s.is_measured()) {
        meta.notes.push("the base has several services: name the one that was measured with --service, or only the demand is replaced.".into());
    }
    Ok(())
}

fn text_of(file: &Bytes) -> Result<&str, Failure> {
    std::str::from_utf8(&file.bytes).map_err(|e| {
        let what = format!("is not text in UTF-8 (byte {})", e.valid_up_to() + 1);
        Failure::problems(QUESTION, vec![Problem::in_whole(&file.name, what, "save it as UTF-8")])
    })
}

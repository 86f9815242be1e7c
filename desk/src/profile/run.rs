//! Reads the exports, asks, and writes the workload file.
use super::{ProfileArgs, QUESTION, sizes};
use crate::exports::{self, Exports};
use crate::failure::Failure;
use crate::files::{self, Bytes, base_name};
use crate::gate::Gate;
use crate::{Answered, Desk, world};
use plimsoll::profile::{Measured, ProfileAnswer, ProfileOptions};
use plimsoll::report::{Meta, json};
use plimsoll::{Answer, Question, World, ask};
use plimsoll_ingest::problem::Problem;
use plimsoll_ingest::workload_toml::{self, WorkloadFile};

/// Workload files are written by hand.
const LARGEST_WORKLOAD: u64 = 4_000_000;

/// `plimsoll profile`.
pub(crate) fn run(args: &ProfileArgs, desk: &Desk<'_>) -> Result<Answered, Failure> {
    if let Some(guessed) = args.exports.guessed(QUESTION, desk) {
        return guessed;
    }
    let gate = Gate::read(QUESTION, &args.gate)?;
    let base = args
        .base
        .as_ref()
        .map(|path| Bytes::read(QUESTION, desk.shelf, &path.display().to_string(), LARGEST_WORKLOAD))
        .transpose()?;
    let Exports { telemetry, inputs, notes } =
        exports::read(QUESTION, &args.exports.exports, &args.asked(desk)?, desk)?;
    let measured = Measured { service: args.service.clone(), shape: args.shape.clone(), ..telemetry.into() };
    let catalogs = sizes::catalogs(&measured, desk)?;
    let mut meta = world::meta(world::day(args.as_of), 1, inputs);
    meta.inputs.extend(base.iter().map(|b| b.input(None)));
    meta.notes.extend(notes);
    let world = World { catalogs, ..world::nowhere(meta.as_of) };
    let outcome = ask(&Question::Profile(Box::new(measured), ProfileOptions::default()), &world);
    if let (Ok(Answer::Profile(answer)), Some(_)) = (&outcome, &args.out) {
        write(args, desk, answer, base.as_ref(), &mut meta)?;
    }
    gate.answered(outcome, meta)
}

/// Writes the workload file, and says what is in it.
fn write(
    args: &ProfileArgs,
    desk: &Desk<'_>,
    answer: &ProfileAnswer,
    base: Option<&Bytes>,
    meta: &mut Meta,
) -> Result<(), Failure> {
    let Some(out) = &args.out else { return Ok(()) };
    let text = base.map(text_of).transpose()?;
    let name = json::workload_name(meta);
    let WorkloadFile { text, kept, service } = workload_toml::write_profile(answer, &name, text, args.typed())
        .map_err(|p| Failure::problems(QUESTION, vec![p]))?;
    let to = out.display().to_string();
    desk.shelf.write(out, text.as_bytes()).map_err(|e| {
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

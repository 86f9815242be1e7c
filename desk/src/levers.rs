//! What is asked of levers: flags, the file beside them, and what the workload file says.
use crate::Desk;
use crate::args::LeverArgs;
use crate::failure::Failure;
use crate::files::Bytes;
use plimsoll::levers::{LeverOptions, StatedLever, find};
use plimsoll::report::Meta;
use plimsoll_ingest::levers::{self, LeverFile};

/// Files about levers are written by hand.
const LARGEST: u64 = 4_000_000;

/// The options; none where nothing was asked of levers.
pub(crate) fn options(
    question: &'static str,
    args: &LeverArgs,
    desk: &Desk<'_>,
    in_workload: Vec<StatedLever>,
    meta: &mut Meta,
) -> Result<Option<LeverOptions>, Failure> {
    if !args.levers && args.lever.is_empty() {
        if !in_workload.is_empty() || args.lever_file.is_some() {
            meta.notes.push("what is stated of levers is of no use without --levers or --lever".into());
        }
        return Ok(None);
    }
    for name in &args.lever {
        if let Err(near) = find(name) {
            let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
            let help = format!("did you mean {}?", near.join(" or "));
            return Err(Failure::of(question, format!("`{name}` is not a lever"), help));
        }
    }
    let mut file = LeverFile::default();
    if let Some(path) = &args.lever_file {
        let read = Bytes::read(question, desk.shelf, &path.display().to_string(), LARGEST)?;
        file = levers::read(&read.name, &read.bytes).map_err(|p| Failure::problems(question, p))?;
        meta.inputs.push(read.input(None));
    }
    let plain = LeverOptions::default();
    Ok(Some(LeverOptions {
        pulled: args.lever.clone(),
        weighed: args.levers,
        day_cost: args.day_cost.or(file.day_cost).unwrap_or(plain.day_cost),
        // The file beside the flags is the later word.
        stated: in_workload.into_iter().chain(file.stated).collect(),
    }))
}

//! `plimsoll compare`: workloads, plans that were answered before, and bills.
use crate::args::{DoubtArgs, GateArgs, OutputArgs, WorldArgs};
use crate::failure::Failure;
use crate::files::{Bytes, base_name};
use crate::gate::Gate;
use crate::{Answered, Desk, world};
use clap::Args as ClapArgs;
use plimsoll::bill::Cost;
use plimsoll::compare::{Comparison, Subject};
use plimsoll::report::{Input, Meta};
use plimsoll::{Question, World, ask};
use plimsoll_ingest::bills::{self, Asked, NoBill};
use plimsoll_ingest::inputs::labels;
use plimsoll_ingest::planned;
use plimsoll_ingest::workload::Draft;
use std::path::Path;

const QUESTION: &str = "compare";
/// Answers with every option that was turned down are the largest.
const LARGEST: u64 = 64_000_000;

#[derive(ClapArgs, Clone, Debug)]
pub struct CompareArgs {
    /// A workload file, the JSON of a plan, or a bill.
    pub(crate) left: String,
    /// What is compared with it; the same workload under --set if not given.
    #[arg(required_unless_present = "set")]
    pub(crate) right: Option<String>,
    /// Compare bills by this column of FOCUS, column of the file or tag; several with commas or repeated.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', default_value = "service")]
    pub(crate) by: Vec<String>,
    /// Which cost of bills is compared.
    #[arg(long, value_name = "COST", value_parser = crate::bill::cost(), default_value = "effective")]
    pub(crate) cost: Cost,
    #[command(flatten)]
    pub(crate) world: WorldArgs,
    #[command(flatten)]
    pub(crate) doubt: DoubtArgs,
    #[command(flatten)]
    pub(crate) gate: GateArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// Reads both sides, asks, and tells what the answer rests on.
pub(crate) fn run(args: &CompareArgs, desk: &Desk<'_>) -> Result<Answered, Failure> {
    let gate = Gate::read(QUESTION, &args.gate)?;
    let as_of = world::day(args.world.as_of);
    let mut meta = world::meta(as_of, args.world.seed, Vec::new());
    let changed = args.right.is_none();
    let left = side(args, &args.left, !changed, desk, &mut meta)?;
    let right = match &args.right {
        Some(right) => side(args, right, true, desk, &mut meta)?,
        None => {
            let (name, subject) = side(args, &args.left, true, desk, &mut meta)?;
            (format!("{name} as changed"), subject)
        }
    };
    // Two files of one name are told apart by their place.
    let (left, right) = if left.0 == right.0 {
        ((format!("{} (left)", left.0), left.1), (format!("{} (right)", right.0), right.1))
    } else {
        (left, right)
    };
    let world = World { seed: args.world.seed, ..world::nowhere(as_of) };
    let outcome = ask(&Question::Compare(Box::new(Comparison { left, right })), &world);
    gate.answered(outcome, meta)
}

fn add<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

fn side(
    args: &CompareArgs,
    path: &str,
    with_sets: bool,
    desk: &Desk<'_>,
    meta: &mut Meta,
) -> Result<(String, Subject), Failure> {
    let ending = Path::new(path).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if !matches!(ending.as_str(), "toml" | "json") && path != "-" {
        return bill(args, path, desk, meta);
    }
    let file = Bytes::read(QUESTION, desk.shelf, path, LARGEST)?;
    let name = base_name(&file.name);
    if planned::is_answer(&file.bytes) {
        let planned = planned::read(&file.name, &name, &file.bytes);
        let planned = planned.map_err(|problem| Failure::problems(QUESTION, vec![problem]))?;
        add(&mut meta.inputs, vec![file.input(None)]);
        return Ok((name, Subject::Planned(Box::new(planned))));
    }
    let wrong = |problems| Failure::problems(QUESTION, problems);
    let mut draft = Draft::parse(&file.name, &file.bytes).map_err(wrong)?;
    for (path, value) in args.world.set.iter().filter(|_| with_sets) {
        draft.set("--set", path, value);
    }
    let workload = draft.read().map_err(wrong)?;
    let (world, own) = world::build(QUESTION, &args.world, desk, &file, &workload)?;
    add(&mut meta.inputs, own.inputs);
    add(&mut meta.prices, own.prices);
    add(&mut meta.notes, own.notes);
    if !workload.uncertain().is_empty() {
        meta.draws = args.doubt.draws;
    }
    Ok((name, Subject::Workload(Box::new(workload), args.doubt.options(), world.catalogs)))
}

fn bill(args: &CompareArgs, path: &str, desk: &Desk<'_>, meta: &mut Meta) -> Result<(String, Subject), Failure> {
    let inputs = desk.tables(&[path.to_owned()]).map_err(|problems| Failure::problems(QUESTION, problems))?;
    let asked = Asked { by: args.by.clone(), cost: args.cost, ..Asked::default() };
    let ledger =
        desk.watching(&inputs.files, |at| bills::read(&inputs.files, &asked, at)).map_err(|error| match error {
            NoBill::Problems(problems) => Failure::problems(QUESTION, problems),
            NoBill::TooMuch(why) => Failure::of(QUESTION, format!("{path}: {why}"), "compare by fewer columns"),
        })?;
    let rows = ledger.reading.files.iter().map(|file| file.rows).map(Some).chain(std::iter::repeat(None));
    let digests = crate::digests::digests(&inputs.files, false);
    let read = labels(&inputs.files).into_iter().zip(digests.of).zip(rows);
    add(&mut meta.inputs, read.map(|((name, sha256), rows)| Input { name, sha256, rows }).collect());
    add(&mut meta.notes, [inputs.notes, digests.notes].concat());
    Ok((base_name(path.trim_end_matches('/')), Subject::Bill(Box::new(ledger))))
}

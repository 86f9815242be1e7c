//! Reads the exports, asks, and tells what the answer rests on.
use super::args::BillArgs;
use super::{QUESTION, business};
use crate::digests::digests;
use crate::failure::Failure;
use crate::gate::Gate;
use crate::shelf::is_stream;
use crate::{Answered, Desk, world};
use plimsoll::bill::{BillOptions, BillRefusal, Cost, Ledger};
use plimsoll::report::Input;
use plimsoll::{Answer, Question, Refusal, ask};
use plimsoll_ingest::bills::{self, Asked, NoBill};
use plimsoll_ingest::inputs::{Found, Inputs, labels};

/// `plimsoll bill`.
pub(crate) fn run(args: &BillArgs, desk: &Desk<'_>) -> Result<Answered, Failure> {
    if args.to.is_some() {
        let help = "ask for it on the command line: plimsoll bill INPUT --to focus";
        return Err(Failure::of(QUESTION, "rows in another format are no answer", help));
    }
    let gate = Gate::read(QUESTION, &args.gate)?;
    let Inputs { files, notes } =
        desk.tables(&args.inputs).map_err(|problems| Failure::problems(QUESTION, problems))?;
    if args.business.as_deref().is_some_and(|path| path.as_os_str() == "-") && files.iter().any(is_stream) {
        let what = "standard input cannot be both the bill and what the business did";
        return Err(Failure::of(QUESTION, what, "name a file for one of them"));
    }
    let business = args.business.as_deref().map(|path| business::read(path, desk.shelf)).transpose()?;
    let (business, business_input) = business.unzip();
    let options = BillOptions { compare: args.compare.clone(), business };
    let (outcome, rows, note) = answered(args, desk, &files, &options)?;
    let digests = digests(&files, args.hash);
    let named = labels(&files).into_iter().zip(digests.of).zip(rows);
    let inputs = named.map(|((name, sha256), rows)| Input { name, sha256, rows }).chain(business_input).collect();
    let mut meta = world::meta(world::day(args.as_of), 1, inputs);
    meta.notes = [notes, digests.notes, note.into_iter().collect()].concat();
    gate.answered(outcome, meta)
}

/// The outcome, the rows of each file, and what was assumed about the cost.
type Outcome = (Result<Answer, Refusal>, Vec<Option<u64>>, Option<String>);

/// Asks about the cost that is wanted; without one about the effective cost, and if no row has that, about the first
/// that is there. A single file is read once for that where its header tells which costs it has.
fn answered(args: &BillArgs, desk: &Desk<'_>, files: &[Found], options: &BillOptions) -> Result<Outcome, Failure> {
    let first = asked(args, desk, files, options, args.cost.unwrap_or_default())?;
    if let Ok(Answer::Bill(bill)) = &first.0
        && args.cost.is_none()
        && bill.cost != Cost::default()
    {
        let note = Some(instead(Cost::default(), bill.cost));
        return Ok((first.0, first.1, note));
    }
    let Err(Refusal::Bill(BillRefusal::CostAbsent { asked: absent, known })) = &first.0 else { return Ok(first) };
    match known.first() {
        // What came through standard input is gone.
        Some(cost) if args.cost.is_none() && !files.iter().any(is_stream) => {
            let note = instead(*absent, *cost);
            asked(args, desk, files, options, *cost).map(|(outcome, rows, _)| (outcome, rows, Some(note)))
        }
        _ => Ok(first),
    }
}

fn instead(absent: Cost, cost: Cost) -> String {
    format!("no row has the {} cost: the {} cost is shown", absent.word(), cost.word())
}

fn asked(
    args: &BillArgs,
    desk: &Desk<'_>,
    files: &[Found],
    options: &BillOptions,
    cost: Cost,
) -> Result<Outcome, Failure> {
    let asked = Asked {
        by: args.by.clone(),
        cost,
        is_cost_free: args.cost.is_none(),
        period: args.period,
        detail: args.detail(),
        memory: args.memory,
        threads: args.readers(),
        keep_going: args.keep_going,
    };
    match desk.watching(files, |at| bills::read(files, &asked, at)) {
        Ok(ledger) => {
            let rows = rows(&ledger, files);
            let question = Question::Bill(Box::new(ledger), options.clone());
            Ok((ask(&question, &world::nowhere(world::day(args.as_of))), rows, None))
        }
        Err(NoBill::TooMuch(why)) => Ok((Err(Refusal::Bill(BillRefusal::TooMuch(why))), vec![None; files.len()], None)),
        Err(NoBill::Problems(problems)) => Err(Failure::problems(QUESTION, problems)),
    }
}

/// The rows of each file, which are read in their order.
fn rows(ledger: &Ledger, files: &[Found]) -> Vec<Option<u64>> {
    let mut read = ledger.reading.files.iter().map(|file| file.rows);
    files.iter().map(|_| read.next()).collect()
}

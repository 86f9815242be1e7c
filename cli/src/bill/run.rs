//! Reads the exports, asks, and tells what the answer rests on.
use super::args::{BillArgs, Target};
use super::rewrite::rewrite;
use super::{QUESTION, business};
use crate::digests::digests;
use crate::failure::Failure;
use crate::gate::Gate;
use crate::output::Output;
use crate::progress::Progress;
use crate::world;
use plimsoll::bill::{BillOptions, BillRefusal, Cost, Ledger};
use plimsoll::report::Input;
use plimsoll::{Answer, Question, Refusal, ask};
use plimsoll_ingest::bills::{self, Asked, NoBill};
use plimsoll_ingest::inputs::{Found, Inputs, Place, expand, labels};

/// `plimsoll bill`.
pub(crate) fn run(args: &BillArgs) -> Result<Output, Failure> {
    let gate = Gate::read(QUESTION, &args.gate)?;
    let inputs = expand(&args.inputs).map_err(|problems| Failure::problems(QUESTION, problems))?;
    if let Some(Target::Focus) = args.to {
        return rewrite(args, &inputs);
    }
    let Inputs { files, notes } = inputs;
    if args.business.as_deref().is_some_and(|path| path.as_os_str() == "-") && files.iter().any(is_stream) {
        let what = "standard input cannot be both the bill and what the business did";
        return Err(Failure::of(QUESTION, what, "name a file for one of them"));
    }
    let business = args.business.as_deref().map(business::read).transpose()?;
    let (business, business_input) = business.unzip();
    let options = BillOptions { compare: args.compare.clone(), business };
    let (outcome, rows, note) = answered(args, &files, &options)?;
    let digests = digests(&files, args.hash);
    let named = labels(&files).into_iter().zip(digests.of).zip(rows);
    let inputs = named.map(|((name, sha256), rows)| Input { name, sha256, rows }).chain(business_input).collect();
    let mut meta = world::meta(world::day(args.as_of), 1, inputs);
    meta.notes = [notes, digests.notes, note.into_iter().collect()].concat();
    gate.output(outcome, meta, &args.output)
}

/// The outcome, the rows of each file, and what was assumed about the cost.
type Answered = (Result<Answer, Refusal>, Vec<Option<u64>>, Option<String>);

/// Asks about the cost that is wanted; without one about the effective cost, and if no row has that, about the first
/// that is there. A single file is read once for that where its header tells which costs it has.
fn answered(args: &BillArgs, files: &[Found], options: &BillOptions) -> Result<Answered, Failure> {
    let first = asked(args, files, options, args.cost.unwrap_or_default())?;
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
            asked(args, files, options, *cost).map(|(outcome, rows, _)| (outcome, rows, Some(note)))
        }
        _ => Ok(first),
    }
}

fn instead(absent: Cost, cost: Cost) -> String {
    format!("no row has the {} cost: the {} cost is shown", absent.word(), cost.word())
}

fn asked(args: &BillArgs, files: &[Found], options: &BillOptions, cost: Cost) -> Result<Answered, Failure> {
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
    let total = files.iter().map(|file| file.size).sum();
    let progress = Progress::of(total);
    let ledger = bills::read(files, &asked, &|bytes| progress.at(bytes));
    drop(progress);
    match ledger {
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

fn is_stream(file: &Found) -> bool {
    file.place == Place::Stdin || file.size.is_none()
}

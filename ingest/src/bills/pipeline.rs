//! Files in, sums out: several readers at each file, one file after the other.
use super::asked::{Asked, label};
use super::blocks::{Block, Blocks, Broken};
use super::plan::Plan;
use super::quality::Account;
use super::tally::Tally;
use super::worker::{Shift, Worker};
use super::{dialect, focus_csv};
use crate::inputs::{self, Found, Kind, Opened};
use crate::problem::Problem;
use plimsoll::bill::{Charges, Detail, Grain, Ledger, Reading, TooMuch};
use std::io::{self, Read, Write};
use std::sync::{Mutex, PoisonError};

/// Why there is no bill.
#[derive(Clone, Debug, PartialEq)]
pub enum NoBill {
    /// The files cannot be understood.
    Problems(Vec<Problem>),
    /// They were understood, and cannot be added up.
    TooMuch(TooMuch),
}

impl From<Vec<Problem>> for NoBill {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Problems(problems)
    }
}

/// Reads bills and adds them up as asked. All files are one bill. `progress` is told the bytes that were read so far.
pub fn read(found: &[Found], asked: &Asked, progress: &(dyn Fn(u64) + Sync)) -> Result<Ledger, NoBill> {
    let by = asked.by.iter().map(|written| label(written)).collect();
    let asked = &Asked { is_cost_free: asked.is_cost_free && found.len() == 1, ..asked.clone() };
    let grain = Grain { by, period: asked.period, cost: asked.cost, detail: asked.detail, memory: asked.memory };
    let charges = Charges::new(grain);
    let mut workers: Vec<Worker> =
        std::iter::repeat_with(|| Worker::new(charges.part())).take(asked.threads.max(1)).collect();
    drop(charges);
    let account = files(found, asked, &mut workers, None, progress)?;
    let (charges, repeats) = joined(workers).map_err(NoBill::TooMuch)?;
    Ok(Ledger { charges, reading: account.reading(&repeats) })
}

/// Reads bills and writes their rows as FOCUS 1.2, in their order. Nothing but the account of the rows is kept.
pub fn write_focus(
    found: &[Found],
    asked: &Asked,
    out: &mut (dyn Write + Send),
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Reading, NoBill> {
    let mut worker = Worker::new(Charges::new(Grain::whole()));
    worker.written = Some(focus_csv::header());
    let mut workers = [worker];
    let asked = Asked { by: Vec::new(), detail: Detail::Full, is_cost_free: false, ..asked.clone() };
    let account = files(found, &asked, &mut workers, Some(&Mutex::new(&mut *out)), progress)?;
    let [worker] = workers;
    let rest = worker.written.unwrap_or_default();
    out.write_all(&rest).map_err(|error| unwritable(&error))?;
    Ok(account.reading(&worker.repeats))
}

/// Where written rows go.
pub(crate) type Out<'a> = Mutex<&'a mut (dyn Write + Send)>;

/// All files, one after the other.
fn files(
    found: &[Found],
    asked: &Asked,
    workers: &mut [Worker],
    out: Option<&Out<'_>>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Account, NoBill> {
    let mut account = Account::default();
    let mut problems = Vec::new();
    let mut before = 0;
    for input in found {
        let read = inputs::open(input).map_err(|error| vec![inputs::problem(&input.name, &error)]).and_then(|opened| {
            let raw = opened.raw_bytes();
            let outcome = file(input, opened, asked, workers, out, &|| progress(before + raw.get()));
            before += raw.get();
            outcome
        });
        match read {
            Ok((plan, tally)) => problems.extend(account.take(&plan, tally, asked.keep_going)),
            Err(wrong) => problems.extend(wrong),
        }
        if let Some(full) = workers.iter().find_map(|worker| worker.full) {
            return Err(NoBill::TooMuch(full));
        }
    }
    if problems.is_empty() { Ok(account) } else { Err(NoBill::Problems(problems)) }
}

/// One file: its plan, and what became of its rows. None of it is summed where the header is not understood.
fn file(
    input: &Found,
    opened: Opened,
    asked: &Asked,
    workers: &mut [Worker],
    out: Option<&Out<'_>>,
    progress: &(dyn Fn() + Sync),
) -> Result<(Plan, Tally), Vec<Problem>> {
    let name = &input.name;
    if opened.kind() == Kind::Parquet {
        return super::parquet::file(input, opened, asked, workers, out, progress);
    }
    let mut source = opened.into_source();
    let head = dialect::head(name, &mut source).map_err(|problem| vec![problem])?;
    let Some(mut head) = head else {
        return Err(vec![Problem::in_whole(name, "the file is empty", "is the export finished?")]);
    };
    let rest = std::mem::take(&mut head.rest);
    let plan = Plan::new(name, &head, asked)?;
    if let Some(cost) = plan.instead_of(asked.cost).filter(|_| asked.is_cost_free) {
        for worker in workers.iter_mut() {
            worker.charges.explain(cost);
        }
    }
    let blocks = Blocks::new(source, rest, plan.marks.newline);
    // Line items are told from their repetitions by one reader: which of two is kept must not hang on who is faster.
    let readers = if plan.has_identity() { 1 } else { workers.len() };
    let broken: Mutex<Option<Broken>> = Mutex::new(None);
    let tallies: Vec<Tally> = std::thread::scope(|scope| {
        let handles: Vec<_> = workers[..readers]
            .iter_mut()
            .map(|worker| scope.spawn(|| work(worker, &plan, asked, &blocks, out, &broken, progress)))
            .collect();
        handles.into_iter().map(|handle| handle.join().expect("a reader does not panic")).collect()
    });
    let mut tally = Tally::default();
    for part in tallies {
        tally.merge(part);
    }
    match broken.into_inner().unwrap_or_else(PoisonError::into_inner) {
        None => Ok((plan, tally)),
        Some(Broken::Io(error)) => {
            let problem = inputs::problem(name, &error);
            Err(vec![Problem { what: format!("{}, after {} rows", problem.what, tally.read), ..problem }])
        }
        Some(Broken::Unwritable(error)) => Err(unwritable(&error)),
        Some(Broken::TooLong { block, text }) => {
            let line = tally.line(super::tally::Place { block, line: 0 }, plan.first_line);
            let help = "are its lines separated by something else than line ends?";
            Err(vec![Problem::in_line(name, line, &text, 0..1, "the row does not end within 8 MiB", help)])
        }
        Some(Broken::OpenQuote { block, text, lines }) => {
            let place = super::tally::Place { block, line: lines };
            let line = tally.line(place, plan.first_line);
            let at = text.find('"').unwrap_or(0);
            let help = "is the file cut off, or a quote missing?";
            Err(vec![Problem::in_line(name, line, &text, at..at + 1, "a quote is opened and never closed", help)])
        }
    }
}

fn work<R: Read>(
    worker: &mut Worker,
    plan: &Plan,
    asked: &Asked,
    blocks: &Blocks<R>,
    out: Option<&Out<'_>>,
    broken: &Mutex<Option<Broken>>,
    progress: &(dyn Fn() + Sync),
) -> Tally {
    let mut shift = Shift::new(worker, plan, plan.understanding(asked), asked);
    let mut block = Block::default();
    let stop = |why| {
        broken.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
    };
    loop {
        match blocks.next(&mut block) {
            Ok(true) => {
                progress();
                if !shift.read(&mut block) {
                    break;
                }
                if let Some(Err(error)) = out.map(|out| shift.write(out)) {
                    stop(Broken::Unwritable(error));
                    break;
                }
            }
            Ok(false) => break,
            Err(why) => {
                stop(why);
                break;
            }
        }
    }
    shift.finish()
}

pub(crate) fn unwritable(error: &io::Error) -> Vec<Problem> {
    vec![Problem::in_whole("output", format!("cannot be written: {error}"), "is there room where it is written?")]
}

/// The sums of all readers as one.
fn joined(workers: Vec<Worker>) -> Result<(Charges, super::repeats::Repeats), TooMuch> {
    let mut all = workers.into_iter();
    let first = all.next().expect("there is a reader");
    let (mut charges, mut repeats) = (first.charges, first.repeats);
    for worker in all {
        charges.merge(worker.charges)?;
        repeats.merge(worker.repeats);
    }
    Ok((charges.finish()?, repeats))
}

#[cfg(test)]
#[path = "pipeline_tests.rs"]
mod tests;

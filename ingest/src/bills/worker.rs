//! One of several readers of a file: takes blocks, and adds up what is in them.
use super::asked::Asked;
use super::blocks::Block;
use super::direct::Direct;
use super::focus_csv;
use super::plan::Plan;
use super::repeats::Repeats;
use super::row::{Cells, FocusRow, Row, Translated};
use super::rules::Rules;
use super::split::Ends;
use super::tally::{Mistake, Place, Tally};
use super::translate::Outcome;
use super::understand::{Facts, Misunderstood, Seen, Understanding};
use foldhash::fast::FixedState;
use plimsoll::bill::{Charges, Column, Detail, TooMuch};
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

/// What one reader has read of all files.
#[derive(Debug)]
pub(crate) struct Worker {
    pub(crate) charges: Charges,
    pub(crate) repeats: Repeats,
    pub(crate) full: Option<TooMuch>,
    /// Rows as FOCUS, where they are to be written instead of added up.
    pub(crate) written: Option<Vec<u8>>,
    /// What tells a line item from its own repetition, and what it cost.
    identities: HashMap<u64, u64, FixedState>,
}

/// One reader at one file.
pub(crate) struct Shift<'a> {
    worker: &'a mut Worker,
    plan: &'a Plan,
    keep_going: bool,
    understanding: Understanding,
    rules: Option<Rules>,
    tally: Tally,
    ends: Ends,
    row: FocusRow,
    identity: Vec<u8>,
}

impl Worker {
    pub(crate) fn new(charges: Charges) -> Self {
        let identities = HashMap::with_hasher(FixedState::default());
        Self { charges, repeats: Repeats::default(), full: None, written: None, identities }
    }
}

impl<'a> Shift<'a> {
    pub(crate) fn new(worker: &'a mut Worker, plan: &'a Plan, understanding: Understanding, asked: &Asked) -> Self {
        let Asked { keep_going, detail, .. } = *asked;
        let is_looked_at = plan.translator.is_none() && detail == Detail::Full;
        let rules = is_looked_at.then(|| Rules::new(&plan.places, plan.header.len()));
        let (tally, ends, row, identity) = (Tally::default(), Ends::default(), FocusRow::default(), Vec::new());
        Self { worker, plan, keep_going, understanding, rules, tally, ends, row, identity }
    }

    /// Reads the rows of a block. False if there is no use in reading on.
    pub(crate) fn read(&mut self, block: &mut Block) -> bool {
        let mut ends = std::mem::take(&mut self.ends);
        ends.find(&mut block.text, self.plan.marks);
        self.understanding.begin();
        let goes_on = self.rows(block, &mut ends);
        self.tally.block_lines.push((block.number, ends.lines_before(ends.len())));
        self.ends = ends;
        goes_on
    }

    fn rows(&mut self, block: &Block, ends: &mut Ends) -> bool {
        let text = block.text.as_slice();
        let width = self.plan.header.len();
        let mut passed = 0;
        for number in 0..ends.len() {
            let line = ends.next_line(number, &mut passed);
            if ends.stray.is_some() && self.stray(block, ends, number) {
                continue;
            }
            let (start, cell_ends) = ends.record(number);
            // A carriage return before the line end is no part of the last cell.
            if let Some(last) = cell_ends.last_mut()
                && *last > start
                && text[*last as usize - 1] == b'\r'
            {
                *last -= 1;
            }
            let cells = Cells { text, start, ends: cell_ends };
            self.tally.read += 1;
            if cells.len() != width {
                if cells.len() == 1 && cells.raw(0).is_empty() {
                    self.tally.aside("blank line");
                    continue;
                }
                self.wrong_width(block, ends, number);
                continue;
            }
            match self.one(&cells, &|| Place { block: block.number, line }) {
                Ok(()) => {}
                Err(Stop::Mistake { place, what, help }) => self.mistake(block, ends, number, place, what, help),
                Err(Stop::Full(full)) => {
                    self.worker.full.get_or_insert(full);
                    return false;
                }
            }
            if self.tally.is_hopeless() && !self.keep_going {
                return false;
            }
        }
        true
    }

    /// Begins a group of rows of a typed table, of which it is told how many they are.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code))]
    pub(crate) fn begin(&mut self, group: usize, rows: usize) {
        self.understanding.begin();
        self.tally.block_lines.push((group, rows));
    }

    /// What rows are added to that were understood elsewhere, and where they are counted.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code))]
    pub(crate) fn parts(&mut self) -> (&mut Worker, &mut Tally, &mut Seen) {
        (self.worker, &mut self.tally, &mut self.understanding.seen)
    }

    /// Reads a row of a typed table. False if there is no use in reading on.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code))]
    pub(crate) fn row(&mut self, cells: &Cells<'_>, place: Place) -> bool {
        self.tally.read += 1;
        match self.one(cells, &|| place) {
            Ok(()) => {}
            Err(Stop::Mistake { place: cell, what, help }) => {
                if self.keep_going {
                    self.tally.aside("cannot be read");
                }
                let column = cell.and_then(|at| self.plan.header.names().get(at)).map(String::as_str);
                self.tally.mistake(Mistake::in_row(place, column, what, help));
            }
            Err(Stop::Full(full)) => {
                self.worker.full.get_or_insert(full);
                return false;
            }
        }
        self.keep_going || !self.tally.is_hopeless()
    }

    /// One row that has as many cells as the header.
    #[inline]
    fn one(&mut self, cells: &Cells<'_>, place: &impl Fn() -> Place) -> Result<(), Stop> {
        let Some(translator) = &self.plan.translator else {
            let row = Direct { cells: *cells, places: &self.plan.places };
            let facts = match self.understanding.facts(&row) {
                Ok(facts) => facts,
                Err(out) => match no_charge(&row, &self.plan.header, cells) {
                    Some(reason) => {
                        self.tally.aside(reason);
                        return Ok(());
                    }
                    None => return Err(Stop::of(&out, |column| self.plan.places.of(column))),
                },
            };
            keep(&self.understanding, self.worker, &row, &facts).map_err(Stop::Full)?;
            self.tally.used += 1;
            if let Some(rules) = &mut self.rules {
                let telling = [Column::EffectiveCost, Column::ResourceId, Column::ChargePeriodStart];
                self.worker.repeats.take(telling.map(|column| row.word(column)), whole(cells));
                rules.look(&row, &facts, place);
            }
            return Ok(());
        };
        self.identity.clear();
        translator.identity(cells, &mut self.identity);
        let mut stop = None;
        self.row.clear();
        let Self { worker, understanding, identity, .. } = self;
        let mut charged: Vec<FocusRow> = Vec::new();
        let outcome = translator.translate(cells, &mut self.row, &mut |row| charged.push(row.clone()));
        match outcome {
            Outcome::Used => {}
            Outcome::Aside(reason) => {
                self.tally.aside(reason);
                return Ok(());
            }
            Outcome::Unreadable { place, what, help } => return Err(Stop::Mistake { place: Some(place), what, help }),
        }
        if identity.is_empty() {
            worker.repeats.take([whole(cells), &[], &[]], whole(cells));
        } else {
            let hash = |bytes: &[u8]| std::hash::BuildHasher::hash_one(&FixedState::default(), bytes);
            let (who, what) = (hash(identity), hash(whole(cells)));
            if let Some(known) = worker.identities.get(&who) {
                self.tally.changed += u64::from(*known != what);
                self.tally.aside("line item told before");
                return Ok(());
            }
            worker.identities.insert(who, what);
        }
        for focus in &charged {
            let row = Translated { focus, cells: *cells };
            match understanding.facts(&row) {
                Ok(facts) => {
                    let kept = keep(understanding, worker, &row, &facts);
                    stop = stop.or(kept.err().map(Stop::Full));
                }
                Err(out) => stop = Some(Stop::of(&out, |_| None)),
            }
        }
        self.tally.used += u64::from(stop.is_none());
        stop.map_or(Ok(()), Err)
    }

    fn stray(&mut self, block: &Block, ends: &mut Ends, number: usize) -> bool {
        let Some(at) = ends.stray else { return false };
        let (start, cells) = ends.record(number);
        let end = cells.last().copied().unwrap_or(start);
        if at < start || at > end {
            return false;
        }
        let place = cells.iter().position(|end| at <= *end);
        ends.stray = None;
        self.tally.read += 1;
        let what = "a quote stands within a cell".to_owned();
        let help = "quotes within a cell are doubled, and the cell is quoted as a whole".to_owned();
        self.mistake(block, ends, number, place, what, help);
        true
    }

    fn wrong_width(&mut self, block: &Block, ends: &mut Ends, number: usize) {
        let (has, wants) = (ends.record(number).1.len(), self.plan.header.len());
        let cells = |n: usize| if n == 1 { "1 cell".into() } else { format!("{n} cells") };
        let what = format!("the row has {}, the header {}", cells(has), cells(wants));
        let help = "is a separator or a quote missing, in this row or in the header?".to_owned();
        self.tally.shifted += 1;
        self.mistake(block, ends, number, Some(has.min(wants).saturating_sub(1)), what, help);
    }

    #[cold]
    fn mistake(
        &mut self,
        block: &Block,
        ends: &mut Ends,
        number: usize,
        cell: Option<usize>,
        what: String,
        help: String,
    ) {
        if self.keep_going {
            self.tally.aside("cannot be read");
        }
        let line = ends.lines_before(number);
        let (start, cells) = ends.record(number);
        let all = Cells { text: &block.text, start, ends: cells };
        let end = cells.last().copied().unwrap_or(start);
        let record = &block.text[start as usize..end as usize];
        let within = cell.map_or(0..0, |place| {
            let raw = all.raw(place);
            let from = if place == 0 { 0 } else { (cells[place.min(cells.len()) - 1] + 1 - start) as usize };
            from..from + raw.len()
        });
        let place = Place { block: block.number, line };
        self.tally.mistake(Mistake::new(place, record, within, what, help));
    }

    /// Gives on what was written.
    pub(crate) fn write(&mut self, out: &Mutex<&mut (dyn Write + Send)>) -> io::Result<()> {
        let Some(text) = &mut self.worker.written else { return Ok(()) };
        out.lock().unwrap_or_else(PoisonError::into_inner).write_all(text)?;
        text.clear();
        Ok(())
    }

    /// What was counted.
    pub(crate) fn finish(mut self) -> Tally {
        self.tally.seen = self.understanding.seen;
        self.tally.rules = self.rules;
        self.tally
    }
}

/// Adds a row, or writes it.
#[inline]
fn keep(understanding: &Understanding, worker: &mut Worker, row: &impl Row, facts: &Facts) -> Result<(), TooMuch> {
    match &mut worker.written {
        None => understanding.add(row, facts, &mut worker.charges),
        Some(text) => {
            focus_csv::write(row, text);
            Ok(())
        }
    }
}

enum Stop {
    Mistake { place: Option<usize>, what: String, help: String },
    Full(TooMuch),
}

impl Stop {
    fn of(out: &Misunderstood, place: impl Fn(Column) -> Option<usize>) -> Self {
        let what = format!("{}: {}", out.column.name(), out.what);
        Self::Mistake { place: place(out.column), what, help: out.help.into() }
    }
}

/// The text of a record, without its line end.
fn whole<'a>(cells: &Cells<'a>) -> &'a [u8] {
    let end = cells.ends.last().copied().unwrap_or(cells.start);
    &cells.text[cells.start as usize..end as usize]
}

/// Why a row that cannot be understood is no charge at all: a total, or a header in the middle of files put together.
fn no_charge(row: &impl Row, header: &super::header::Header, cells: &Cells<'_>) -> Option<&'static str> {
    let repeats = (0..cells.len()).filter(|at| cells.text(*at).trim() == header.names()[*at]).count();
    if repeats * 2 > cells.len() {
        return Some("header repeated");
    }
    if (0..cells.len()).all(|at| cells.raw(at).trim_ascii().is_empty()) {
        return Some("blank line");
    }
    let is_total = |at: usize| {
        let text = cells.text(at).trim().to_ascii_lowercase();
        ["total", "totals", "grand total", "sum", "subtotal"].contains(&text.as_str())
    };
    let is_undated = row.cell(Column::ChargePeriodStart).is_empty() || is_total_time(row);
    (is_undated && (0..cells.len()).any(is_total)).then_some("totals row")
}

fn is_total_time(row: &impl Row) -> bool {
    row.cell(Column::ChargePeriodStart).to_ascii_lowercase().starts_with(b"total")
}

//! Sums of a file in FOCUS, added up column by column: rows that say the same are one sum before they reach the bill.
//!
//! Only the columns that sums need are unpacked. A row that this does not understand is read again with all its columns, as
//! every row is where more than sums is asked: so what is said of it, and why it is set aside, is the same.
use super::codes::{Codes, NULL, Pairs};
use super::costs::Costs;
use super::hours::Hours;
use super::reader::Reader;
use super::wanted::Wanted;
use crate::bills::understand::{self, COSTS};
use crate::bills::worker::Shift;
use crate::problem::Problem;
use arrow_array::{ArrayRef, RecordBatch};
use foldhash::fast::FixedState;
use plimsoll::bill::{self, Category, Many, Pricing, TooMuch};
use plimsoll::units::FineMoney;
use std::collections::HashMap;

/// So many groups are kept before they are given to the bill.
const MOST: usize = 1 << 16;
/// The codes of currencies have so many places in a key; rows of more are read one by one.
const MOST_CURRENCIES: u32 = 1 << 24;
/// The hours whose steps are remembered: those of five months.
const REMEMBERED: usize = 4096;

/// Rows that say the same, added up.
#[derive(Clone, Copy, Debug)]
struct Group {
    key: Key,
    amounts: [i128; 4],
    known: u8,
    lacking: [u32; 4],
    rows: u32,
}

/// The codes of the asked columns, and of step of time, currency, category and price.
type Key = (u64, u64);

/// One reader's sums.
#[derive(Debug)]
pub(super) struct Summing<'w> {
    wanted: &'w Wanted,
    costs: [Costs; 4],
    hours: Hours,
    currency: Coded,
    category: Coded,
    pricing: Coded,
    meanings: Meanings,
    by: Vec<Coded>,
    pairs: Vec<Pairs>,
    steps: Vec<Option<(i32, i32)>>,
    groups: Vec<Group>,
    index: HashMap<Key, u32, FixedState>,
    wrong: Vec<bool>,
    again: Vec<usize>,
}

/// A column of words, and the codes of the batch at hand.
#[derive(Debug)]
struct Coded {
    words: Codes,
    rows: Vec<u32>,
}

impl Coded {
    fn new(tag: Option<&str>) -> Self {
        Self { words: Codes::new(tag), rows: Vec::new() }
    }
    fn read(&mut self, array: Option<&ArrayRef>, rows: usize) -> Result<(), String> {
        if let Some(array) = array {
            return self.words.of(array, &mut self.rows);
        }
        self.rows.clear();
        self.rows.resize(rows, NULL);
        Ok(())
    }
}

/// What the words of the three columns mean, by their codes.
#[derive(Debug, Default)]
struct Meanings {
    currencies: Vec<bool>,
    categories: Vec<Category>,
    pricings: Vec<Pricing>,
}

impl Meanings {
    fn learn(&mut self, [currencies, categories, pricings]: [&[Box<[u8]>]; 3]) {
        let known = (self.currencies.len(), self.categories.len(), self.pricings.len());
        self.currencies.extend(currencies[known.0..].iter().map(|word| understand::is_currency(word)));
        self.categories.extend(categories[known.1..].iter().map(|word| understand::category(word)));
        self.pricings.extend(pricings[known.2..].iter().map(|word| understand::pricing(word)));
    }
}

impl<'w> Summing<'w> {
    pub(super) fn new(wanted: &'w Wanted) -> Self {
        Self {
            wanted,
            costs: Default::default(),
            hours: Hours::new(),
            currency: Coded::new(None),
            category: Coded::new(None),
            pricing: Coded::new(None),
            meanings: Meanings::default(),
            by: wanted.by.iter().map(|(_, tag)| Coded::new(tag.as_deref())).collect(),
            pairs: wanted.by.iter().skip(2).map(|_| Pairs::default()).collect(),
            steps: vec![None; REMEMBERED],
            groups: Vec::new(),
            index: HashMap::default(),
            wrong: Vec::new(),
            again: Vec::new(),
        }
    }

    /// Reads a group of rows. False if there is no use in reading on.
    pub(super) fn group(
        &mut self,
        reader: &mut Reader<'_>,
        shift: &mut Shift<'_>,
        group: usize,
    ) -> Result<bool, Problem> {
        let all = reader.parquet.groups[group];
        shift.begin(group, all);
        self.again.clear();
        let roots = &self.wanted.roots;
        let batches = reader.parquet.batches(&reader.source, group, roots, None);
        let (mut read, mut before) = (0, i32::MIN);
        for batch in batches.map_err(|error| reader.damaged(group, &error))? {
            let batch = batch.map_err(|error| reader.damaged(group, &error))?;
            (reader.progress)();
            self.batch(&batch, reader)?;
            if let Err(full) = self.add(shift, read, &mut before) {
                shift.parts().0.full.get_or_insert(full);
                return Ok(false);
            }
            read += batch.num_rows();
        }
        if read != all {
            return Err(reader.damaged(group, &format!("it has {read} rows of {all}")));
        }
        let again = std::mem::take(&mut self.again);
        let goes_on = again.is_empty() || reader.group(shift, group, Some(&again), None)?;
        self.again = again;
        Ok(goes_on)
    }

    /// Reads the columns of a batch.
    fn batch(&mut self, batch: &RecordBatch, reader: &Reader<'_>) -> Result<(), Problem> {
        let Wanted { costs, time, currency, category, pricing, by, roots, .. } = self.wanted;
        let rows = batch.num_rows();
        self.wrong.clear();
        self.wrong.resize(rows, false);
        let column = |at: usize| reader.parquet.table.column(at, batch, roots);
        for (place, cost) in costs.iter().zip(&mut self.costs) {
            if let Some(at) = place {
                cost.read(&column(*at), |row| self.wrong[row] = true).map_err(|kind| reader.untold(*at, &kind))?;
            }
        }
        self.hours.read(&column(*time)).map_err(|kind| reader.untold(*time, &kind))?;
        let words = [(currency, &mut self.currency), (category, &mut self.category), (pricing, &mut self.pricing)];
        for (place, coded) in words {
            let array = place.map(column);
            coded.read(array.as_ref(), rows).map_err(|kind| reader.untold(place.unwrap_or_default(), &kind))?;
        }
        for ((at, _), coded) in by.iter().zip(&mut self.by) {
            coded.read(Some(&column(*at)), rows).map_err(|kind| reader.untold(*at, &kind))?;
        }
        Ok(())
    }

    /// Adds the rows of the batch at hand, the first of which is at this place of the group.
    fn add(&mut self, shift: &mut Shift<'_>, first: usize, before: &mut i32) -> Result<(), TooMuch> {
        self.meanings.learn([&self.currency, &self.category, &self.pricing].map(|coded| coded.words.words()));
        let mut used = 0;
        for row in 0..self.wrong.len() {
            let currency = self.currency.rows[row];
            let is_said = self.meanings.currencies[currency as usize] && currency < MOST_CURRENCIES;
            let is_unsaid = currency == NULL && !self.wanted.needs_currency;
            let hour = self.hours.rows[row].filter(|_| !self.wrong[row] && (is_said || is_unsaid));
            let Some(hour) = hour else {
                self.wrong[row] = true;
                self.again.push(first + row);
                continue;
            };
            let category = self.meanings.categories[self.category.rows[row] as usize];
            let pricing = self.meanings.pricings[self.pricing.rows[row] as usize];
            let (worker, _, seen) = shift.parts();
            seen.out_of_order += u64::from(hour < *before);
            seen.without_currency += u64::from(is_unsaid);
            seen.unknown_category += u64::from(category == Category::Unknown);
            *before = hour;
            used += 1;
            let slot = hour as usize % REMEMBERED;
            let step = match self.steps[slot] {
                Some((known, step)) if known == hour => step,
                _ => {
                    let step = worker.charges.step(hour);
                    self.steps[slot] = Some((hour, step));
                    step
                }
            };
            let kind = (category as u64) << 4 | pricing as u64;
            let key = (self.place(row), u64::from(step as u32) << 32 | u64::from(currency) << 8 | kind);
            self.take(row, key)?;
        }
        let (_, tally, seen) = shift.parts();
        tally.read += used;
        tally.used += used;
        seen.rounded += self.rounded();
        if self.groups.len() > MOST { self.give(shift) } else { Ok(()) }
    }

    /// The code of the asked columns of a row: two codes side by side, of which the first may stand for pairs of others.
    #[inline]
    fn place(&mut self, row: usize) -> u64 {
        let mut codes = self.by.iter().map(|coded| coded.rows[row]);
        let (Some(first), second) = (codes.next(), codes.next()) else { return 0 };
        let (mut high, mut low) = (first, second.unwrap_or(0));
        for (pairs, code) in self.pairs.iter_mut().zip(codes) {
            (high, low) = (pairs.of((high, low)), code);
        }
        u64::from(high) << 32 | u64::from(low)
    }

    /// The codes of the asked columns that a code stands for.
    fn codes(&self, place: u64) -> Vec<u32> {
        let (mut high, mut low) = ((place >> 32) as u32, place as u32);
        let mut codes = Vec::with_capacity(self.by.len());
        for pairs in self.pairs.iter().rev() {
            codes.push(low);
            (high, low) = pairs.pair(high);
        }
        codes.extend([low, high]);
        codes.reverse();
        codes.truncate(self.by.len());
        codes
    }

    #[inline]
    fn take(&mut self, row: usize, key: Key) -> Result<(), TooMuch> {
        let Self { groups, index, costs, wanted, .. } = self;
        let at = *index.entry(key).or_insert_with(|| {
            groups.push(Group { key, amounts: [0; 4], known: 0, lacking: [0; 4], rows: 0 });
            groups.len() as u32 - 1
        });
        let group = &mut groups[at as usize];
        group.rows += 1;
        for (nth, (cost, place)) in costs.iter().zip(&wanted.costs).enumerate() {
            if place.is_some() && cost.known[row] {
                let (sum, passed) = group.amounts[nth].overflowing_add(cost.amounts[row]);
                if passed {
                    return Err(TooMuch::Money);
                }
                group.amounts[nth] = sum;
                group.known |= 1 << nth;
            } else {
                group.lacking[nth] += 1;
            }
        }
        Ok(())
    }

    /// Amounts of the batch at hand that were rounded: costs of a row that are the same amount are one.
    fn rounded(&self) -> u64 {
        let there =
            || self.costs.iter().zip(&self.wanted.costs).filter_map(|(cost, place)| place.is_some().then_some(cost));
        let mut rounded = 0;
        for (nth, cost) in there().enumerate() {
            rounded += cost
                .rounded
                .iter()
                .filter(|row| {
                    let before = there().take(nth).filter(|other| other.known[**row]).last();
                    !self.wrong[**row] && before.is_none_or(|other| other.amounts[**row] != cost.amounts[**row])
                })
                .count() as u64;
        }
        rounded
    }

    /// Gives the sums to the bill.
    fn give(&mut self, shift: &mut Shift<'_>) -> Result<(), TooMuch> {
        let groups = std::mem::take(&mut self.groups);
        self.index.clear();
        for Group { key: (place, rest), amounts, known, lacking, rows } in groups {
            let mut costs = bill::Costs::default();
            for (nth, (cost, _)) in COSTS.iter().enumerate().filter(|(nth, _)| known >> nth & 1 == 1) {
                costs.set(*cost, FineMoney::raw(amounts[nth]));
            }
            // Rows that lack a cost are told in the order of the engine, which is not that of the columns.
            let mut lacks = [0; 4];
            COSTS.iter().zip(lacking).for_each(|((cost, _), rows)| lacks[*cost as usize] = rows);
            let category = |kind: u64| Category::ALL.into_iter().find(|category| *category as u64 == kind);
            let pricing = |kind: u64| Pricing::ALL.into_iter().find(|pricing| *pricing as u64 == kind);
            let many = Many {
                currency: self.currency.words.word((rest >> 8) as u32 & 0xff_ffff),
                hour: (rest >> 32) as u32 as i32,
                category: category(rest >> 4 & 0xf).unwrap_or(Category::Unknown),
                pricing: pricing(rest & 0xf).unwrap_or(Pricing::Unknown),
                costs,
                rows,
                lacking: lacks,
            };
            let codes = self.codes(place);
            let words = codes.iter().zip(&self.by).map(|(code, coded)| coded.words.word(*code));
            shift.parts().0.charges.add_many(&many, words)?;
        }
        Ok(())
    }

    /// Gives what is left to the bill.
    pub(super) fn finish(&mut self, shift: &mut Shift<'_>) {
        if let Err(full) = self.give(shift) {
            shift.parts().0.full.get_or_insert(full);
        }
    }
}

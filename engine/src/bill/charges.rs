//! Charges added up while they stream by: groups over time, prices and quantities by item, commitments.
mod many;

pub use many::Many;

use super::bucket::Bucket;
use super::cell::{Cell, Change, Followed};
use super::charge::{Category, Charge, Commitment, Cost, Pricing, Status};
use super::civil::Civil;
use super::dictionary::Dictionary;
use super::given::{GIVE, Given};
use super::grain::{Detail, Grain, Period};
use super::keys::Keys;
use super::kinds::Kinds;
use super::rolled::Rolled;
use super::table::Sums;
use crate::units::FineMoney;
use std::sync::Arc;

/// Why charges cannot be added up further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// More groups than memory holds.
    #[error("{groups} groups need about {needs} bytes of memory, more than the {has} allowed")]
    Groups {
        /// Groups so far.
        groups: u64,
        /// About the bytes they take.
        needs: u64,
        /// The bytes they may take.
        has: u64,
    },
    /// A sum beyond 10^14.
    #[error("a sum of charges passes 10^14 of its currency, which no exact sum holds")]
    Money,
}

/// Sums over charges. Adding is the same in any order; parts that were added apart can be merged.
///
/// Where no more than sums is asked for, parts give on what they hold whenever that is many groups, to a rollup that they
/// share: however many parts there are, each group is in memory once.
#[derive(Clone, Debug)]
pub struct Charges {
    pub(super) grain: Grain,
    pub(super) words: Vec<Dictionary>,
    pub(super) currencies: Dictionary,
    keys: Keys,
    bucket: Bucket,
    cells: Sums<(u32, i32), Cell>,
    given: Given,
    pub(super) items: Dictionary,
    changes: Option<Sums<Followed, Change>>,
    follows: Bucket,
    pub(super) promises: Dictionary,
    commitments: Sums<(u32, u32, Status), Cell>,
    kinds: Kinds,
    civil: Civil,
    added: u64,
    scratch: Vec<u32>,
    item: Vec<u8>,
}

/// Beyond so many cells days are no longer kept apart unless they were asked for; beyond so many items their prices are
/// followed by longer steps, and beyond so many by month not at all. Twice that in one part means that much in the whole, whatever the other parts hold.
pub(super) const MANY: usize = 400_000;
/// The bytes that one group takes in the whole answer and its report, measured with twelve columns.
const ANSWERED: u64 = 3000;
/// Memory is looked at after so many rows.
const LOOK: u64 = 8192;

impl Charges {
    /// Nothing yet.
    pub fn new(grain: Grain) -> Self {
        let (bucket, follows) = match (grain.period, grain.detail) {
            (Some(Period::Hour), _) => (Bucket::Hour, Bucket::Hour),
            (Some(Period::Day), _) => (Bucket::Day, Bucket::Day),
            (Some(Period::Month), Detail::Sums) => (Bucket::Month, Bucket::Month),
            (None, Detail::Sums) => (Bucket::Whole, Bucket::Month),
            (Some(Period::Month) | None, Detail::Full) => (Bucket::Day, Bucket::Month),
        };
        let columns = grain.by.len() + 1;
        let given = if grain.detail == Detail::Sums { Given::shared(columns) } else { Given::default() };
        Self {
            words: vec![Dictionary::default(); grain.by.len()],
            currencies: Dictionary::default(),
            keys: Keys::new(columns),
            bucket,
            cells: Sums::default(),
            given,
            items: Dictionary::default(),
            changes: (grain.detail == Detail::Full).then(Sums::default),
            follows,
            promises: Dictionary::default(),
            commitments: Sums::default(),
            kinds: Kinds::default(),
            civil: Civil::default(),
            added: 0,
            scratch: Vec::new(),
            item: Vec::new(),
            grain,
        }
    }

    /// Takes another cost as the one that is explained: for a bill whose header tells that it has not the one it was to be.
    pub fn explain(&mut self, cost: Cost) {
        assert!(self.added == 0, "the cost is chosen before the first charge");
        self.grain.cost = cost;
    }
    /// Another part of the same sums, without a charge yet.
    pub fn part(&self) -> Self {
        Self { given: self.given.part(), ..Self::new(self.grain.clone()) }
    }

    /// Adds a charge, whose key has a value for each asked column; empty stands for null.
    #[inline]
    pub fn add(&mut self, charge: &Charge<'_>, key: impl IntoIterator<Item: AsRef<[u8]>>) -> Result<(), TooMuch> {
        let asked = charge.costs.of(self.grain.cost).unwrap_or_default();
        let is_unused = charge.commitment.is_some_and(|commitment| commitment.status == Status::Unused);
        let is_usage = matches!(charge.category, Category::Usage | Category::Unknown) && !is_unused;
        let usage = if is_usage { asked } else { FineMoney::ZERO };
        let mut cell = Cell { costs: charge.costs, rows: 1, lacking: [0; 4], usage };
        for cost in Cost::ALL {
            cell.lacking[cost as usize] = u32::from(charge.costs.of(cost).is_none());
        }
        self.scratch.clear();
        for (words, value) in self.words.iter_mut().zip(key) {
            self.scratch.push(words.code(value.as_ref()));
        }
        let currency = self.currencies.code(charge.currency);
        self.scratch.push(currency);
        let key = self.keys.of(&self.scratch);
        let time = self.bucket.start(charge.hour, &mut self.civil);
        let mut fits = self.cells.of((key, time)).add(&cell);
        fits &= self.kinds.of(currency, charge.category, charge.pricing).add(&cell);
        if let Some(Commitment { id, kind, status }) = charge.commitment {
            self.item.clear();
            self.item.extend_from_slice(id);
            self.item.push(0);
            self.item.extend_from_slice(kind);
            let promise = self.promises.code(&self.item);
            fits &= self.commitments.of((promise, currency, status)).add(&cell);
        }
        if let Some(changes) = &mut self.changes {
            self.item.clear();
            self.item.extend_from_slice(charge.item);
            self.item.push(0);
            self.item.extend_from_slice(charge.unit);
            self.item.push(charge.pricing as u8);
            let item = self.items.code(&self.item);
            let time = self.follows.start(charge.hour, &mut self.civil);
            let change = changes.of(Followed { key, item, time });
            change.cost += asked;
            change.quantity += charge.quantity.unwrap_or_default();
            change.has_quantity |= charge.quantity.is_some();
        }
        if !fits {
            return Err(TooMuch::Money);
        }
        self.added += 1;
        if self.added.is_multiple_of(LOOK) { self.look(2 * MANY) } else { Ok(()) }
    }

    /// Adds what was added to another part of the same sums.
    pub fn merge(&mut self, other: Self) -> Result<(), TooMuch> {
        assert_eq!(self.grain, other.grain, "parts of one sum have one grain");
        if self.added == 0 {
            *self = other;
            return Ok(());
        }
        assert!(other.given.groups() == 0 || self.given.shares(&other.given), "what is given on is shared: by `part`");
        let codes: Vec<Vec<u32>> =
            self.words.iter_mut().zip(&other.words).map(|(mine, theirs)| mine.adopt(theirs)).collect();
        let currencies = self.currencies.adopt(&other.currencies);
        let bucket = self.bucket.max(other.bucket);
        self.coarsen(bucket);
        let mut keys = Vec::with_capacity(other.keys.len());
        for key in 0..other.keys.len() as u32 {
            self.scratch.clear();
            let (currency, values) = other.keys.codes(key).split_last().expect("the last code is the currency");
            self.scratch.extend(values.iter().zip(&codes).map(|(code, new)| new[*code as usize]));
            self.scratch.push(currencies[*currency as usize]);
            keys.push(self.keys.of(&self.scratch));
        }
        let mut fits = true;
        let theirs = other.bucket;
        for ((key, time), cell) in other.cells.into_entries() {
            let time = if theirs == bucket { time } else { bucket.start(theirs.hour(time), &mut self.civil) };
            fits &= self.cells.of((keys[key as usize], time)).add(&cell);
        }
        fits &= self.given.merge(other.given, &currencies);
        for ((currency, category, pricing), cell) in other.kinds.iter() {
            fits &= self.kinds.of(currencies[currency as usize], category, pricing).add(cell);
        }
        let promises = self.promises.adopt(&other.promises);
        for ((promise, currency, status), cell) in other.commitments.into_entries() {
            let key = (promises[promise as usize], currencies[currency as usize], status);
            fits &= self.commitments.of(key).add(&cell);
        }
        self.follow(other.follows);
        match (&mut self.changes, other.changes) {
            (Some(mine), Some(theirs)) => {
                let items = self.items.adopt(&other.items);
                for (Followed { key, item, time }, change) in theirs.into_entries() {
                    let time = self.follows.start(other.follows.hour(time), &mut self.civil);
                    mine.of(Followed { key: keys[key as usize], item: items[item as usize], time }).add(&change);
                }
            }
            (changes, _) => *changes = None,
        }
        self.added += other.added;
        if fits { self.look(MANY) } else { Err(TooMuch::Money) }
    }

    /// The last look, after which coarser sums stand for finer ones where there are too many: for one part as for many.
    pub fn finish(mut self) -> Result<Self, TooMuch> {
        self.look(MANY)?;
        if self.given.groups() > 0 {
            self.give()?;
        }
        self.given.finish();
        Ok(self)
    }

    /// How many charges were added.
    pub const fn rows(&self) -> u64 {
        self.added
    }

    fn look(&mut self, many: usize) -> Result<(), TooMuch> {
        if self.cells.len() > many && self.bucket == Bucket::Day {
            let coarser = match self.grain.period {
                None => Some(Bucket::Whole),
                Some(Period::Month) => Some(Bucket::Month),
                Some(Period::Day | Period::Hour) => None,
            };
            if let Some(bucket) = coarser {
                self.coarsen(bucket);
            }
        }
        while self.changes.as_ref().is_some_and(|changes| changes.len() > many) {
            match self.follows {
                Bucket::Hour => self.follow(Bucket::Day),
                Bucket::Day => self.follow(Bucket::Month),
                Bucket::Month | Bucket::Whole => {
                    self.changes = None;
                    self.items = Dictionary::default();
                }
            }
        }
        if self.cells.len() >= GIVE && self.given.takes() {
            self.give()?;
        }
        let (needs, has) = (self.size(), self.grain.memory);
        if needs > has { Err(TooMuch::Groups { groups: self.groups() as u64, needs, has }) } else { Ok(()) }
    }

    /// Gives the groups on.
    fn give(&mut self) -> Result<(), TooMuch> {
        let keys = std::mem::replace(&mut self.keys, Keys::new(self.words.len() + 1));
        let cells = std::mem::take(&mut self.cells).into_entries();
        let fits = self.given.take(&mut self.words, &self.currencies, &keys, &cells, self.bucket);
        if fits { Ok(()) } else { Err(TooMuch::Money) }
    }

    /// About the bytes the sums take, and the answer that is made of them.
    fn size(&self) -> u64 {
        let words: u64 = self.words.iter().map(Dictionary::size).sum();
        let changes = self.changes.as_ref().map_or(0, Sums::size);
        let answered = if self.grain.detail == Detail::Sums { 0 } else { self.keys.len() as u64 * ANSWERED };
        words + self.items.size() + self.keys.size() + self.cells.size() + changes + answered + self.given.size()
    }

    fn coarsen(&mut self, bucket: Bucket) {
        if self.bucket >= bucket {
            return;
        }
        let from = self.bucket;
        self.bucket = bucket;
        for ((key, time), cell) in std::mem::take(&mut self.cells).into_entries() {
            let time = bucket.start(from.hour(time), &mut self.civil);
            let fits = self.cells.of((key, time)).add(&cell);
            debug_assert!(fits, "a sum of sums that were added before");
        }
    }

    /// Keeps the items behind the groups by steps at least so long.
    fn follow(&mut self, bucket: Bucket) {
        let from = self.follows;
        self.follows = from.max(bucket);
        let Some(changes) = self.changes.as_mut().filter(|_| from < bucket) else { return };
        for (Followed { key, item, time }, change) in std::mem::take(changes).into_entries() {
            let time = bucket.start(from.hour(time), &mut self.civil);
            changes.of(Followed { key, item, time }).add(&change);
        }
    }

    /// Whether days are still apart.
    pub(super) fn has_days(&self) -> bool {
        self.bucket <= Bucket::Day
    }
    /// Every group's cells: codes of its key with the currency last, the hour its time begins, the sums.
    pub(super) fn cells(&self) -> impl Iterator<Item = (u32, i32, &Cell)> {
        self.cells.iter().map(|((key, time), cell)| (*key, self.bucket.hour(*time), cell))
    }
    /// The items behind the groups, if there are not too many: with the hour their time begins.
    pub(super) fn changes(&self) -> Option<impl Iterator<Item = (&Followed, i32, &Change)>> {
        let follows = self.follows;
        self.changes.as_ref().map(|all| all.iter().map(move |(item, change)| (item, follows.hour(item.time), change)))
    }
    /// The step of time by which the items are kept.
    pub(super) fn follows(&self) -> Period {
        match self.follows {
            Bucket::Hour => Period::Hour,
            Bucket::Day => Period::Day,
            Bucket::Month | Bucket::Whole => Period::Month,
        }
    }
    /// Whether months are still apart.
    pub(super) fn has_months(&self) -> bool {
        self.bucket <= Bucket::Month
    }
    pub(super) fn commitments(&self) -> impl Iterator<Item = (&(u32, u32, Status), &Cell)> {
        self.commitments.iter()
    }
    pub(super) fn kinds(&self) -> impl Iterator<Item = ((u32, Category, Pricing), &Cell)> {
        self.kinds.iter()
    }
    /// The same by currency and the hour its time begins, of all groups together; in parts.
    pub(super) fn times(&self) -> impl Iterator<Item = (u32, i32, &Cell)> {
        let given = self.given.times().map(|((currency, time), cell)| (*currency, self.bucket.hour(*time), cell));
        let kept = self
            .cells()
            .map(|(key, hour, cell)| (*self.codes(key).last().expect("the last code is the currency"), hour, cell));
        given.chain(kept)
    }
    /// How many groups there are; periods are counted only where no more than sums is asked for.
    pub fn groups(&self) -> usize {
        self.given.groups() as usize
            + if self.grain.detail == Detail::Sums { self.cells.len() } else { self.keys.len() }
    }
    /// The groups, where they are many.
    pub(super) fn rolled(&self) -> Option<&Arc<Rolled>> {
        self.given.whole()
    }
    /// The codes of a group's words, the last that of its currency.
    pub(super) fn codes(&self, key: u32) -> &[u32] {
        self.keys.codes(key)
    }
    /// The words of every group's key, and the code of its currency.
    pub(super) fn keys(&self) -> impl Iterator<Item = (Vec<&str>, u32)> {
        (0..self.keys.len() as u32).map(|key| {
            let (currency, values) = self.codes(key).split_last().expect("the last code is the currency");
            (values.iter().zip(&self.words).map(|(code, words)| words.word(*code)).collect(), *currency)
        })
    }
    /// The currencies, by their codes.
    pub(super) fn currency_words(&self) -> impl Iterator<Item = String> {
        (0..self.currencies.len() as u32).map(|code| self.currencies.word(code).to_owned())
    }
}

/// Words are the bytes of a file; those that are no UTF-8 are shown as they can be.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

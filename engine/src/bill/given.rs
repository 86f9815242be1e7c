//! What a part of the sums has given on, so that it stays near its processor.
use super::bucket::Bucket;
use super::cell::Cell;
use super::dictionary::Dictionary;
use super::keys::Keys;
use super::rolled::Rolled;
use super::rollup::Rollup;
use super::table::Sums;
use std::sync::Arc;

/// A part that holds so many groups gives them on; twice as many do not stay near the processor. Words of a column with
/// so many are given on too.
pub(super) const GIVE: usize = 1 << 15;

/// What was given on, and to whom.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    /// The rollup that all parts share; none where all is kept.
    to: Option<Arc<Rollup>>,
    /// The codes there of the words of each column here, the last that of the currencies.
    codes: Vec<Vec<u32>>,
    /// What this part gave, by currency and time.
    times: Sums<(u32, i32), Cell>,
    /// What all parts gave, once nothing more is added.
    whole: Option<Arc<Rolled>>,
}

impl Given {
    /// To a rollup of so many columns, the last of which is the currency.
    pub(super) fn shared(columns: usize) -> Self {
        let to = Some(Arc::new(Rollup::new(columns)));
        Self { to, codes: vec![Vec::new(); columns], ..Self::default() }
    }
    /// Another part of the same, which gave nothing yet.
    pub(super) fn part(&self) -> Self {
        Self { to: self.to.clone(), codes: vec![Vec::new(); self.codes.len()], ..Self::default() }
    }
    /// Whether anything can be given.
    pub(super) const fn takes(&self) -> bool {
        self.to.is_some()
    }
    /// Whether another part gives to the same.
    pub(super) fn shares(&self, other: &Self) -> bool {
        self.to.as_ref().zip(other.to.as_ref()).is_some_and(|(mine, theirs)| Arc::ptr_eq(mine, theirs))
    }
    /// The groups that all parts gave.
    pub(super) fn groups(&self) -> u64 {
        self.to.as_ref().map_or(0, |to| to.len())
    }
    /// About the bytes they take, and their answer.
    pub(super) fn size(&self) -> u64 {
        self.to.as_ref().map_or(0, |to| to.size())
    }

    /// Takes groups. False if a sum passes the range of exact money.
    pub(super) fn take(
        &mut self,
        words: &mut [Dictionary],
        currencies: &Dictionary,
        keys: &Keys,
        cells: &[((u32, i32), Cell)],
        bucket: Bucket,
    ) -> bool {
        let to = self.to.as_ref().expect("it was asked whether anything can be given");
        for (column, codes) in self.codes.iter_mut().enumerate() {
            to.adopt(column, words.get(column).unwrap_or(currencies), codes);
        }
        let mut fits = to.take(keys, cells, &self.codes, bucket);
        for ((key, time), cell) in cells {
            let currency = *keys.codes(*key).last().expect("the last code is the currency");
            fits &= self.times.of((currency, *time)).add(cell);
        }
        for (words, codes) in words.iter_mut().zip(&mut self.codes).filter(|(words, _)| words.len() >= GIVE) {
            *words = Dictionary::default();
            codes.clear();
        }
        fits
    }

    /// What another part gave, whose currencies have these codes here. False if a sum passes the range of exact money.
    pub(super) fn merge(&mut self, other: Self, currencies: &[u32]) -> bool {
        let mut fits = true;
        for ((currency, time), cell) in other.times.into_entries() {
            fits &= self.times.of((currencies[currency as usize], time)).add(&cell);
        }
        fits
    }
    /// Nothing more will be given.
    pub(super) fn finish(&mut self) {
        let to = self.to.take().filter(|to| to.len() > 0);
        self.whole = to.map(|to| Arc::new(Arc::into_inner(to).expect("all parts were merged").finish()));
    }

    /// What was given, by currency and time.
    pub(super) fn times(&self) -> impl Iterator<Item = (&(u32, i32), &Cell)> {
        self.times.iter()
    }
    /// All groups, if they were given on and nothing more will be.
    pub(super) const fn whole(&self) -> Option<&Arc<Rolled>> {
        self.whole.as_ref()
    }
}

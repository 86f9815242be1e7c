//! Sums by group as they are answered from: codes, and the words they stand for.
use super::charge::{Cost, Costs};
use super::charges::Charges;
use super::dictionary::{Dictionary, Hash};
use crate::units::FineMoney;
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::{BuildHasher, Hasher};

/// The groups of a bill, each once. A group is known by its place: the shard in the low digits, the entry above them.
#[derive(Debug)]
pub(super) struct Rolled {
    /// For each asked column and then for the currency, the shards of its words; their number is a power of two.
    pub(super) words: Vec<Vec<Dictionary>>,
    /// Their number is a power of two as well.
    pub(super) shards: Vec<Shard>,
}

/// Some of the groups, one after the other.
#[derive(Debug, Default)]
pub(super) struct Shard {
    /// The codes of each group's words and, at the end, of its time.
    codes: Vec<u32>,
    sums: Vec<Sum>,
    index: HashTable<(Hash, u32)>,
}

/// What a group costs, and how many rows it is of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    amounts: [FineMoney; 4],
    rows: u32,
    known: u8,
}

impl Sum {
    pub(super) fn of(costs: &Costs, rows: u32) -> Self {
        let mut sum = Self { rows, ..Self::default() };
        for cost in Cost::ALL {
            sum.amounts[cost as usize] = costs.of(cost).unwrap_or_default();
            sum.known |= u8::from(costs.of(cost).is_some()) << cost as u8;
        }
        sum
    }
    pub(super) fn costs(&self) -> Costs {
        let mut costs = Costs::default();
        for cost in Cost::ALL {
            if let Some(amount) = self.cost(cost) {
                costs.set(cost, amount);
            }
        }
        costs
    }
    #[inline]
    pub(super) fn cost(&self, cost: Cost) -> Option<FineMoney> {
        (self.known >> cost as u8 & 1 == 1).then(|| self.amounts[cost as usize])
    }
    pub(super) const fn rows(&self) -> u32 {
        self.rows
    }
    /// False if a sum passes the range of exact money.
    fn add(&mut self, other: &Self) -> bool {
        self.rows += other.rows;
        self.known |= other.known;
        let mut fits = true;
        for (sum, amount) in self.amounts.iter_mut().zip(other.amounts) {
            let (total, overflow) = sum.as_raw().overflowing_add(amount.as_raw());
            *sum = FineMoney::raw(total);
            fits &= !overflow;
        }
        fits
    }
}

impl Shard {
    pub(super) fn len(&self) -> usize {
        self.sums.len()
    }
    /// About the bytes it takes.
    pub(super) fn size(&self) -> u64 {
        (self.codes.len() * 4 + self.sums.len() * size_of::<Sum>() + self.index.capacity() * 10) as u64
    }
    /// Adds to a group, new or known. False if a sum passes the range of exact money.
    pub(super) fn add(&mut self, hash: Hash, group: &[u32], sum: &Sum) -> bool {
        let Self { codes, sums, index } = self;
        let width = group.len();
        let is_it = |(known, at): &(Hash, u32)| *known == hash && codes_at(codes, width, *at) == group;
        if let Some((_, at)) = index.find(hash.spread(), is_it) {
            return sums[*at as usize].add(sum);
        }
        let at = u32::try_from(sums.len()).expect("fewer groups than rows, and rows are counted in 32 bits");
        codes.extend_from_slice(group);
        sums.push(*sum);
        index.insert_unique(hash.spread(), (hash, at), |(hash, _)| hash.spread());
        true
    }
}

fn codes_at(codes: &[u32], width: usize, at: u32) -> &[u32] {
    &codes[at as usize * width..][..width]
}

/// What a group is found by.
pub(super) fn hash_of_codes(codes: &[u32]) -> Hash {
    let mut hasher = FixedState::default().build_hasher();
    for pair in codes.chunks(2) {
        hasher.write_u64(u64::from(pair[0]) << 32 | u64::from(pair.get(1).copied().unwrap_or(0)));
    }
    Hash::kept(hasher.finish())
}

impl Rolled {
    /// Of sums that are all in one place, with times as `time` tells them: what becomes one group is added up.
    /// `None` if a sum passes the range of exact money.
    pub(super) fn of(charges: &Charges, mut time: impl FnMut(i32) -> i32) -> Option<Self> {
        let mut shard = Shard::default();
        let (mut group, mut fits) = (Vec::new(), true);
        for (key, hour, cell) in charges.cells() {
            group.clear();
            group.extend_from_slice(charges.codes(key));
            group.push(time(hour).cast_unsigned());
            fits &= shard.add(hash_of_codes(&group), &group, &Sum::of(&cell.costs, cell.rows));
        }
        let words = charges.words.iter().chain([&charges.currencies]).map(|words| vec![words.clone()]).collect();
        fits.then(|| Self { words, shards: vec![shard] })
    }

    /// Every group's place, in no order that means anything.
    pub(super) fn places(&self) -> impl Iterator<Item = u32> {
        let digits = self.shards.len().trailing_zeros();
        let of_shard =
            move |(number, shard): (usize, &Shard)| (0..shard.len() as u32).map(move |at| at << digits | number as u32);
        self.shards.iter().enumerate().flat_map(of_shard)
    }

    /// The codes of a group's words, the last that of the currency, and its time.
    #[inline]
    pub(super) fn codes(&self, place: u32) -> (&[u32], i32) {
        let (shard, at) = self.find(place);
        let codes = codes_at(&shard.codes, self.words.len() + 1, at);
        let (time, words) = codes.split_last().expect("the last code is the time");
        (words, time.cast_signed())
    }

    pub(super) fn sum(&self, place: u32) -> &Sum {
        let (shard, at) = self.find(place);
        &shard.sums[at as usize]
    }

    fn find(&self, place: u32) -> (&Shard, u32) {
        let shards = self.shards.len() as u32;
        (&self.shards[(place & (shards - 1)) as usize], place >> shards.trailing_zeros())
    }

    /// A word of a column by its code.
    pub(super) fn word(&self, column: usize, code: u32) -> &str {
        let shards = &self.words[column];
        let count = shards.len() as u32;
        shards[(code & (count - 1)) as usize].word(code >> count.trailing_zeros())
    }
}

//! Sums of very many groups, which all readers of a bill add to.
//!
//! Each reader adds up what it reads by itself, near its processor; whenever that is many groups it gives them here. Words
//! and groups are kept apart by their hashes, each part under its own lock, so that readers seldom wait for one another
//! and every group is in memory once, however many readers there are.
use super::bucket::Bucket;
use super::cell::Cell;
use super::dictionary::{Dictionary, Hash};
use super::keys::Keys;
use super::rolled::{Rolled, Shard, Sum, hash_of_codes};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// The parts of everything; a power of two. With so many a few readers hardly ever meet.
const SHARDS: usize = 64;
/// What the order of the groups takes of each while they are sorted, and what is written of them at a time.
const ORDERED: u64 = 32;

/// Words and groups, open to all readers.
#[derive(Debug)]
pub(super) struct Rollup {
    words: Vec<Vec<Mutex<Dictionary>>>,
    shards: Vec<Mutex<Shard>>,
    groups: AtomicU64,
    bytes: AtomicU64,
}

/// Locks are held by code that does not panic.
fn locked<T>(part: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    part.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Rollup {
    /// Of no group yet. A group has a word in each of so many columns, the last of which is its currency.
    pub(super) fn new(columns: usize) -> Self {
        let words = || std::iter::repeat_with(Mutex::default).take(SHARDS).collect();
        Self {
            words: std::iter::repeat_with(words).take(columns).collect(),
            shards: std::iter::repeat_with(Mutex::default).take(SHARDS).collect(),
            groups: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    /// How many groups there are.
    pub(super) fn len(&self) -> u64 {
        self.groups.load(Ordering::Relaxed)
    }

    /// About the bytes they take, and their answer.
    pub(super) fn size(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed) + self.len() * ORDERED
    }

    /// Extends the codes here of a column's words by those of its words that have none yet.
    pub(super) fn adopt(&self, column: usize, words: &Dictionary, codes: &mut Vec<u32>) {
        for code in codes.len() as u32..words.len() as u32 {
            let word = words.word(code).as_bytes();
            let hash = Hash::of(word);
            let number = hash.part(SHARDS);
            let mut shard = locked(&self.words[column][number]);
            let before = (shard.len(), shard.size());
            let at = shard.find(hash, word);
            if shard.len() > before.0 {
                self.bytes.fetch_add(shard.size() - before.1, Ordering::Relaxed);
            }
            codes.push(at * SHARDS as u32 + number as u32);
        }
    }

    /// Takes groups whose words were adopted, by `codes` for each column, and whose times are steps of `bucket`. False if a
    /// sum passes the range of exact money.
    pub(super) fn take(&self, keys: &Keys, cells: &[((u32, i32), Cell)], codes: &[Vec<u32>], bucket: Bucket) -> bool {
        let width = codes.len() + 1;
        let mut groups: Vec<u32> = Vec::with_capacity(cells.len() * width);
        let mut hashes: Vec<(u8, u32, Hash)> = Vec::with_capacity(cells.len());
        for (at, ((key, time), _)) in cells.iter().enumerate() {
            groups.extend(keys.codes(*key).iter().zip(codes).map(|(code, here)| here[*code as usize]));
            groups.push(bucket.hour(*time).cast_unsigned());
            let hash = hash_of_codes(&groups[at * width..]);
            hashes.push((hash.part(SHARDS) as u8, at as u32, hash));
        }
        hashes.sort_unstable();
        let mut fits = true;
        for of_shard in hashes.chunk_by(|a, b| a.0 == b.0) {
            let mut shard = locked(&self.shards[usize::from(of_shard[0].0)]);
            let before = (shard.len(), shard.size());
            for (_, at, hash) in of_shard {
                let cell = &cells[*at as usize].1;
                let group = &groups[*at as usize * width..][..width];
                fits &= shard.add(*hash, group, &Sum::of(&cell.costs, cell.rows));
            }
            self.groups.fetch_add((shard.len() - before.0) as u64, Ordering::Relaxed);
            self.bytes.fetch_add(shard.size() - before.1, Ordering::Relaxed);
        }
        fits
    }

    /// All of it, for an answer.
    pub(super) fn finish(self) -> Rolled {
        fn open<T>(parts: Vec<Mutex<T>>) -> Vec<T> {
            parts.into_iter().map(|part| part.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
        }
        Rolled { words: self.words.into_iter().map(open).collect(), shards: open(self.shards) }
    }
}

//! The lists of codes that groups are known by.
use hashbrown::HashTable;

/// Lists of codes, each of the same length, and their numbers.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    width: usize,
    codes: Vec<u32>,
    index: HashTable<u32>,
    last: u32,
}

impl Keys {
    pub(super) fn new(width: usize) -> Self {
        Self { width, codes: Vec::new(), index: HashTable::new(), last: 0 }
    }
    pub(super) fn len(&self) -> usize {
        self.codes.len() / self.width
    }
    pub(super) fn codes(&self, key: u32) -> &[u32] {
        at(&self.codes, self.width, key)
    }
    #[inline]
    pub(super) fn of(&mut self, codes: &[u32]) -> u32 {
        if (self.last as usize) < self.len() && self.codes(self.last) == codes {
            return self.last;
        }
        let hash = hash_codes(codes);
        let known = self.index.find(hash, |key| at(&self.codes, self.width, *key) == codes);
        self.last = if let Some(key) = known {
            *key
        } else {
            let key = self.len() as u32;
            self.codes.extend_from_slice(codes);
            let (all, width) = (&self.codes, self.width);
            self.index.insert_unique(hash, key, |key| hash_codes(at(all, width, *key)));
            key
        };
        self.last
    }
    pub(super) fn size(&self) -> u64 {
        (self.codes.capacity() * 4 + self.index.capacity() * 6) as u64
    }
}

fn at(codes: &[u32], width: usize, key: u32) -> &[u32] {
    &codes[key as usize * width..][..width]
}

fn hash_codes(codes: &[u32]) -> u64 {
    use std::hash::{BuildHasher, Hasher};
    let mut hasher = foldhash::fast::FixedState::default().build_hasher();
    for pair in codes.chunks(2) {
        hasher.write_u64(u64::from(pair[0]) << 32 | u64::from(pair.get(1).copied().unwrap_or(0)));
    }
    hasher.finish()
}

//! Sums by a small key: a list of entries, found by their key's hash.
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::{BuildHasher, Hash};

/// An entry for each key, in the order of first sight.
#[derive(Clone, Debug)]
pub(super) struct Sums<K, V> {
    entries: Vec<(K, V)>,
    index: HashTable<u32>,
    last: u32,
}

impl<K, V> Default for Sums<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new(), index: HashTable::new(), last: 0 }
    }
}

impl<K: Copy + Eq + Hash, V: Default> Sums<K, V> {
    /// The sum of a key, new or known.
    #[inline]
    pub(super) fn of(&mut self, key: K) -> &mut V {
        // Neighboring rows often share a key.
        let at = match self.entries.get(self.last as usize) {
            Some((known, _)) if *known == key => self.last,
            _ => self.find(key),
        };
        self.last = at;
        &mut self.entries[at as usize].1
    }

    fn find(&mut self, key: K) -> u32 {
        let Self { entries, index, .. } = self;
        let hash = hash(&key);
        if let Some(at) = index.find(hash, |at| entries[*at as usize].0 == key) {
            return *at;
        }
        let at = u32::try_from(entries.len()).expect("fewer keys than rows, and rows are counted in 32 bits");
        entries.push((key, V::default()));
        index.insert_unique(hash, at, |at| self::hash(&entries[*at as usize].0));
        at
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    pub(super) fn into_entries(self) -> Vec<(K, V)> {
        self.entries
    }

    /// About the bytes it takes.
    pub(super) fn size(&self) -> u64 {
        (self.entries.capacity() * size_of::<(K, V)>() + self.index.capacity() * 6) as u64
    }
}

fn hash<K: Hash>(key: &K) -> u64 {
    FixedState::default().hash_one(key)
}

//! Words to small numbers and back: a bill repeats the same few words millions of times.
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Each distinct word has a code, in the order of first sight.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    bytes: Vec<u8>,
    ends: Vec<u64>,
    codes: HashTable<u32>,
    last: u32,
}

fn hash_of(bytes: &[u8]) -> u64 {
    FixedState::default().hash_one(bytes)
}

impl Dictionary {
    /// The code of a word, new or known.
    #[inline]
    pub(super) fn code(&mut self, word: &[u8]) -> u32 {
        // Neighboring rows mostly say the same.
        if (self.last as usize) < self.ends.len() && self.word(self.last) == word {
            return self.last;
        }
        self.last = self.find(word);
        self.last
    }

    fn find(&mut self, word: &[u8]) -> u32 {
        let Self { bytes, ends, codes, .. } = self;
        let at = |code: u32| slice(bytes, ends, code);
        let hash = hash_of(word);
        if let Some(code) = codes.find(hash, |code| at(*code) == word) {
            return *code;
        }
        let code = u32::try_from(ends.len()).expect("fewer distinct words than rows, and rows are counted in 32 bits");
        bytes.extend_from_slice(word);
        ends.push(bytes.len() as u64);
        let (bytes, ends) = (&self.bytes, &self.ends);
        self.codes.insert_unique(hash, code, |code| hash_of(slice(bytes, ends, *code)));
        code
    }

    pub(super) fn word(&self, code: u32) -> &[u8] {
        slice(&self.bytes, &self.ends, code)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// About the bytes it takes.
    pub(super) fn size(&self) -> u64 {
        (self.bytes.capacity() + self.ends.capacity() * 8 + self.codes.capacity() * 6) as u64
    }

    /// The codes here of all words of another dictionary, by their codes there.
    pub(super) fn adopt(&mut self, other: &Self) -> Vec<u32> {
        (0..other.len() as u32).map(|code| self.find(other.word(code))).collect()
    }
}

fn slice<'b>(bytes: &'b [u8], ends: &[u64], code: u32) -> &'b [u8] {
    let code = code as usize;
    let from = if code == 0 { 0 } else { ends[code - 1] as usize };
    &bytes[from..ends[code] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_codes() {
        let mut words = Dictionary::default();
        let codes: Vec<u32> = ["a", "", "a", "b", "", "b"].iter().map(|w| words.code(w.as_bytes())).collect();
        assert_eq!(codes, [0, 1, 0, 2, 1, 2]);
        let mut other = Dictionary::default();
        other.code(b"b");
        other.code(b"c");
        assert_eq!(words.adopt(&other), [2, 3]);
        assert_eq!(words.word(3), b"c");
    }
}

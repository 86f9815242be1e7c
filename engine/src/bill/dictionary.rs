//! Words to small numbers and back: a bill repeats the same few words millions of times.
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Each distinct word has a code, in the order of first sight. Words are the bytes of a file; those that are no UTF-8 are
/// kept as they can be shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    text: String,
    ends: Vec<u64>,
    /// By hash; each beside its hash, so that a table that grows need not look at the words again.
    codes: HashTable<(Hash, u32)>,
    last: u32,
}

/// What a word or a group is found by, the same everywhere: as much of a hash as is worth keeping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hash(u32);

impl Hash {
    pub(super) fn of(word: &[u8]) -> Self {
        Self::kept(FixedState::default().hash_one(word))
    }
    pub(super) const fn kept(hash: u64) -> Self {
        Self((hash >> 32) as u32)
    }
    /// As tables take it, whose places are from its low digits and whose marks are from its high ones.
    pub(super) fn spread(self) -> u64 {
        u64::from(self.0) << 32 | u64::from(self.0)
    }
    /// Which of so many parts it belongs to, a power of two: by digits that tables hardly use.
    pub(super) const fn part(self, parts: usize) -> usize {
        (self.0 >> 19) as usize % parts
    }
}

impl Dictionary {
    /// The code of a word, new or known.
    #[inline]
    pub(super) fn code(&mut self, word: &[u8]) -> u32 {
        // Neighboring rows mostly say the same.
        if (self.last as usize) < self.ends.len() && self.word(self.last).as_bytes() == word {
            return self.last;
        }
        self.last = self.find(Hash::of(word), word);
        self.last
    }

    /// The same of a word whose hash is known.
    pub(super) fn find(&mut self, hash: Hash, word: &[u8]) -> u32 {
        let at = |code: u32| slice(&self.text, &self.ends, code).as_bytes();
        if let Some((_, code)) = self.codes.find(hash.spread(), |(known, code)| *known == hash && at(*code) == word) {
            return *code;
        }
        let Ok(new) = std::str::from_utf8(word) else {
            let shown = String::from_utf8_lossy(word);
            return self.find(Hash::of(shown.as_bytes()), shown.as_bytes());
        };
        let code =
            u32::try_from(self.ends.len()).expect("fewer distinct words than rows, and rows are counted in 32 bits");
        self.text.push_str(new);
        self.ends.push(self.text.len() as u64);
        self.codes.insert_unique(hash.spread(), (hash, code), |(hash, _)| hash.spread());
        code
    }

    pub(super) fn word(&self, code: u32) -> &str {
        slice(&self.text, &self.ends, code)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// About the bytes it takes.
    pub(super) fn size(&self) -> u64 {
        (self.text.len() + self.ends.len() * 8 + self.codes.capacity() * 10) as u64
    }

    /// The codes here of all words of another dictionary, by their codes there.
    pub(super) fn adopt(&mut self, other: &Self) -> Vec<u32> {
        let words = (0..other.len() as u32).map(|code| other.word(code).as_bytes());
        words.map(|word| self.find(Hash::of(word), word)).collect()
    }
}

fn slice<'t>(text: &'t str, ends: &[u64], code: u32) -> &'t str {
    let code = code as usize;
    let from = if code == 0 { 0 } else { ends[code - 1] as usize };
    &text[from..ends[code] as usize]
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
        assert_eq!(words.word(3), "c");
    }

    #[test]
    fn what_is_no_text_is_kept_as_it_is_shown() {
        let mut words = Dictionary::default();
        let codes = [&b"a\xff"[..], b"a\xfe", "a\u{fffd}".as_bytes(), b"a"].map(|word| words.code(word));
        assert_eq!(codes, [0, 0, 0, 1]);
        assert_eq!(words.word(0), "a\u{fffd}");
    }
}

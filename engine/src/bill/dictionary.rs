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
    codes: HashTable<u32>,
    last: u32,
}

/// What a word is found by, the same in every dictionary.
pub(super) fn hash_of(word: &[u8]) -> u64 {
    FixedState::default().hash_one(word)
}

impl Dictionary {
    /// The code of a word, new or known.
    #[inline]
    pub(super) fn code(&mut self, word: &[u8]) -> u32 {
        // Neighboring rows mostly say the same.
        if (self.last as usize) < self.ends.len() && self.word(self.last).as_bytes() == word {
            return self.last;
        }
        self.last = self.find(hash_of(word), word);
        self.last
    }

    /// The same of a word whose hash is known.
    pub(super) fn find(&mut self, hash: u64, word: &[u8]) -> u32 {
        let at = |code: u32| slice(&self.text, &self.ends, code).as_bytes();
        if let Some(code) = self.codes.find(hash, |code| at(*code) == word) {
            return *code;
        }
        let Ok(new) = std::str::from_utf8(word) else {
            let shown = String::from_utf8_lossy(word);
            return self.find(hash_of(shown.as_bytes()), shown.as_bytes());
        };
        let code =
            u32::try_from(self.ends.len()).expect("fewer distinct words than rows, and rows are counted in 32 bits");
        self.text.push_str(new);
        self.ends.push(self.text.len() as u64);
        let (text, ends) = (&self.text, &self.ends);
        self.codes.insert_unique(hash, code, |code| hash_of(slice(text, ends, *code).as_bytes()));
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
        (self.text.len() + self.ends.len() * 8 + self.codes.capacity() * 6) as u64
    }

    /// The codes here of all words of another dictionary, by their codes there.
    pub(super) fn adopt(&mut self, other: &Self) -> Vec<u32> {
        let words = (0..other.len() as u32).map(|code| other.word(code).as_bytes());
        words.map(|word| self.find(hash_of(word), word)).collect()
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

//! The words of a column as small numbers: a bill repeats the same few words millions of times.
use super::values::Values;
use crate::bills::asked::tag_value;
use crate::bills::direct::is_null;
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef};
use foldhash::fast::FixedState;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// Each distinct word has a code, in the order of first sight; the first is of null.
#[derive(Debug)]
pub(super) struct Codes {
    words: Vec<Box<[u8]>>,
    index: HashMap<Box<[u8]>, u32, FixedState>,
    /// The key of the tag that is the word, where the column holds tags.
    tag: Option<String>,
    /// The dictionary that was met last, and the code of each of its words: groups of rows have few.
    known: Option<(ArrayRef, Vec<u32>)>,
    last: u32,
    text: Vec<u8>,
}

/// Null, or an empty text.
pub(super) const NULL: u32 = 0;

impl Codes {
    pub(super) fn new(tag: Option<&str>) -> Self {
        let index = HashMap::from_iter([(Box::default(), NULL)]);
        let (words, text) = (vec![Box::default()], Vec::new());
        Self { words, index, tag: tag.map(str::to_owned), known: None, last: NULL, text }
    }
    /// The word of a code.
    pub(super) fn word(&self, code: u32) -> &[u8] {
        &self.words[code as usize]
    }
    /// The words so far, by their codes.
    pub(super) fn words(&self) -> &[Box<[u8]>] {
        &self.words
    }

    fn code(&mut self, cell: &[u8]) -> u32 {
        let cell = if is_null(cell) { &[] } else { cell };
        let word = match &self.tag {
            Some(key) => tag_value(cell, key),
            None => Cow::Borrowed(cell),
        };
        if *self.words[self.last as usize] == *word {
            return self.last;
        }
        self.last = if let Some(code) = self.index.get(&*word) {
            *code
        } else {
            let code = u32::try_from(self.words.len()).expect("a file has fewer words than rows");
            self.words.push(Box::from(&*word));
            self.index.insert(Box::from(&*word), code);
            code
        };
        self.last
    }

    /// The code of each cell of a column; an error is the name of a type that has no text.
    pub(super) fn of(&mut self, array: &ArrayRef, codes: &mut Vec<u32>) -> Result<(), String> {
        codes.clear();
        if let Some(all) = array.as_dictionary_opt::<Int32Type>() {
            let words = all.values();
            if !matches!(&self.known, Some((before, _)) if Arc::ptr_eq(before, words)) {
                let of_words = self.each(&**words)?;
                self.known = Some((Arc::clone(words), of_words));
            }
            let known = self.known.as_ref().map_or(&[][..], |(_, codes)| codes);
            let keys = all.keys();
            let code = |key: i32| known.get(key as usize).copied().unwrap_or(NULL);
            if keys.null_count() == 0 {
                codes.extend(keys.values().iter().map(|key| code(*key)));
            } else {
                codes.extend(keys.iter().map(|key| key.map_or(NULL, code)));
            }
            return Ok(());
        }
        *codes = self.each(&**array)?;
        Ok(())
    }

    fn each(&mut self, array: &dyn Array) -> Result<Vec<u32>, String> {
        let values = Values::of(array)?;
        let mut text = std::mem::take(&mut self.text);
        let codes = (0..array.len()).map(|row| {
            text.clear();
            values.write(row, &mut text);
            self.code(&text)
        });
        let codes = codes.collect();
        self.text = text;
        Ok(codes)
    }
}

/// Pairs of codes as codes.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    known: Vec<(u32, u32)>,
    index: HashMap<(u32, u32), u32, FixedState>,
}

impl Pairs {
    /// The code of a pair.
    #[inline]
    pub(super) fn of(&mut self, pair: (u32, u32)) -> u32 {
        *self.index.entry(pair).or_insert_with(|| {
            self.known.push(pair);
            u32::try_from(self.known.len() - 1).expect("a file has fewer pairs than rows")
        })
    }
    /// The pair of a code.
    pub(super) fn pair(&self, code: u32) -> (u32, u32) {
        self.known[code as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{DictionaryArray, Int64Array, StringArray};

    #[test]
    fn a_word_has_one_code_however_it_is_kept() {
        let mut codes = Codes::new(None);
        let plain: ArrayRef = Arc::new(StringArray::from(vec![Some("web"), None, Some("NULL"), Some("db")]));
        let keyed: DictionaryArray<Int32Type> = [Some("db"), Some("web"), None, Some("api")].into_iter().collect();
        let (mut a, mut b, mut c) = (Vec::new(), Vec::new(), Vec::new());
        codes.of(&plain, &mut a).unwrap();
        codes.of(&(Arc::new(keyed) as ArrayRef), &mut b).unwrap();
        codes.of(&(Arc::new(Int64Array::from(vec![7, 7])) as ArrayRef), &mut c).unwrap();
        assert_eq!((a, b, c), (vec![1, NULL, NULL, 2], vec![2, 1, NULL, 3], vec![4, 4]));
        assert_eq!((codes.word(4), codes.words().len()), (&b"7"[..], 5));
    }

    #[test]
    fn a_tag_is_the_word_of_its_key() {
        let mut codes = Codes::new(Some("team"));
        let tags: ArrayRef = Arc::new(StringArray::from(vec![r#"{"team":"web"}"#, "{}", r#"{"a":1,"team":"web"}"#]));
        let mut found = Vec::new();
        codes.of(&tags, &mut found).unwrap();
        assert_eq!((found, codes.word(1)), (vec![1, NULL, 1], &b"web"[..]));
    }

    #[test]
    fn pairs_come_back() {
        let mut pairs = Pairs::default();
        assert_eq!([pairs.of((1, 2)), pairs.of((2, 1)), pairs.of((1, 2))], [0, 1, 0]);
        assert_eq!(pairs.pair(1), (2, 1));
    }
}

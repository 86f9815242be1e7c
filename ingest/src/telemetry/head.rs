//! The start of a file, from which its format is told.
use std::borrow::Cow;

/// So many bytes are looked at.
pub(crate) const HEAD: usize = 64 << 10;

/// The first bytes of a file, unpacked, without a byte order mark.
pub(crate) struct Head<'a> {
    text: Cow<'a, str>,
    is_whole: bool,
}

impl<'a> Head<'a> {
    pub(crate) fn new(bytes: &'a [u8], is_whole: bool) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        Self { text: String::from_utf8_lossy(bytes), is_whole }
    }
    /// The text so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
    /// The lines that are whole, without their ends.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        let end = if self.is_whole { self.text.len() } else { self.text.rfind('\n').map_or(0, |at| at + 1) };
        self.text[..end].lines()
    }
    /// The first line that is not blank.
    pub(crate) fn first_line(&self) -> &str {
        self.lines().find(|line| !line.trim().is_empty()).unwrap_or_default()
    }
    /// Whether it can be JSON: an object, an array, or an object a line.
    pub(crate) fn is_json(&self) -> bool {
        self.text.trim_start().starts_with(['{', '['])
    }
    /// How many of these words stand in the text so far, as a part of them.
    pub(crate) fn share_of(&self, words: &[&str]) -> f64 {
        words.iter().filter(|word| self.text.contains(**word)).count() as f64 / words.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_cut_is_not_looked_at() {
        let head = Head::new(b"\xef\xbb\xbf\na,b\n1,2\n3", false);
        assert_eq!(head.lines().collect::<Vec<_>>(), ["", "a,b", "1,2"]);
        assert_eq!(head.first_line(), "a,b");
        assert_eq!(Head::new(b"a,b\n1", true).lines().count(), 2);
        assert!(Head::new(b" \n{\"a\":1}", true).is_json());
        assert_eq!(head.share_of(&["a,", "zz"]), 0.5);
    }
}

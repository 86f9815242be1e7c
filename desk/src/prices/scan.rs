//! The words of a condition, with where they stand.
use std::ops::Range;

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Like,
    Unlike,
}

/// Longer signs first: `<=` is not `<`.
const COMPARISONS: [(&str, Comparison); 9] = [
    ("==", Comparison::Equal),
    ("!=", Comparison::Unequal),
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("=~", Comparison::Like),
    ("!~", Comparison::Unlike),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
    ("=", Comparison::Equal),
];

/// A condition while it is read from left to right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }
    /// Moves to the next sign that is no space.
    pub(super) fn skip_spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }
    /// Whether nothing is left.
    pub(super) fn is_done(&mut self) -> bool {
        self.skip_spaces();
        self.rest().is_empty()
    }
    /// Takes a sign if it comes next.
    pub(super) fn take(&mut self, sign: &str) -> bool {
        self.skip_spaces();
        let there = self.rest().starts_with(sign);
        self.at += if there { sign.len() } else { 0 };
        there
    }
    /// Takes a comparison if one comes next.
    pub(super) fn comparison(&mut self) -> Option<Comparison> {
        COMPARISONS.into_iter().find(|(sign, _)| self.take(sign)).map(|(_, comparison)| comparison)
    }
    /// Takes a name of letters, digits, `_` and `-`; empty if none comes next.
    pub(super) fn name(&mut self) -> (Range<usize>, &'t str) {
        self.skip_spaces();
        self.take_while(|c| c.is_alphanumeric() || c == '_' || c == '-')
    }
    /// Takes what stands after a comparison: a quoted text, or all up to a space, `&&`, `||` or a parenthesis that was
    /// not opened in it, so that patterns need no quotes. `None` where a quote is not closed.
    pub(super) fn value(&mut self) -> Option<(Range<usize>, &'t str)> {
        self.skip_spaces();
        if let Some(quote) = self.rest().chars().next().filter(|c| matches!(c, '\'' | '"')) {
            let start = self.at;
            let length = self.rest()[1..].find(quote)?;
            self.at += length + 2;
            return Some((start..self.at, &self.text[start + 1..start + 1 + length]));
        }
        let mut open = 0_usize;
        let (start, rest) = (self.at, self.rest());
        for (i, c) in rest.char_indices() {
            let pair = &rest[i..];
            match c {
                '(' => open += 1,
                ')' if open == 0 => break,
                ')' => open -= 1,
                _ if c.is_whitespace() || pair.starts_with("&&") || pair.starts_with("||") => break,
                _ => {}
            }
            self.at = start + i + c.len_utf8();
        }
        Some((start..self.at, &self.text[start..self.at]))
    }
    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> (Range<usize>, &'t str) {
        let rest = self.rest();
        let length = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        let start = self.at;
        self.at += length;
        (start..self.at, &rest[..length])
    }
    /// The place of the next sign, for a message.
    pub(super) fn here(&mut self) -> Range<usize> {
        self.skip_spaces();
        let width = self.rest().chars().next().map_or(0, char::len_utf8);
        self.at..self.at + width
    }
}

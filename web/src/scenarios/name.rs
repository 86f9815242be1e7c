//! What people call scenarios and themselves.
use std::fmt;
use std::str::FromStr;

/// A name that a list can show: 1 to 120 letters, no line breaks, no space at its ends. Workload files have the same rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// The most letters of a name.
    pub const MOST_LETTERS: usize = 120;

    /// The name as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The name in small letters, as a search compares it.
    pub(super) fn folded(&self) -> String {
        fold(&self.0)
    }
}

/// A text in small letters. Databases differ in how they do this, so they are not asked to.
pub(super) fn fold(text: &str) -> String {
    text.to_lowercase()
}

impl FromStr for Name {
    type Err = NotAName;

    fn from_str(text: &str) -> Result<Self, NotAName> {
        let letters = text.chars().count();
        let is_name =
            text.trim() == text && (1..=Self::MOST_LETTERS).contains(&letters) && !text.chars().any(char::is_control);
        if is_name { Ok(Self(text.into())) } else { Err(NotAName) }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that cannot be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a name has 1 to {} letters, no line breaks, and no space at its ends", Name::MOST_LETTERS)]
pub struct NotAName;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_fits_a_line() {
        for text in ["Black Friday", "ж", "<script>", &"x".repeat(120)] {
            assert_eq!(text.parse::<Name>().unwrap().as_str(), text);
        }
        for text in ["", " ", "a\nb", " a", "a\0b", &"x".repeat(121)] {
            assert_eq!(text.parse::<Name>(), Err(NotAName), "{text:?}");
        }
    }

    #[test]
    fn any_alphabet_is_folded() {
        assert_eq!("ÉTÉ Жар".parse::<Name>().unwrap().folded(), "été жар");
    }
}

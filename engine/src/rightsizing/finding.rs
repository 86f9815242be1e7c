//! What is found of a resource, in a word.
use std::fmt;

/// What is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// A dimension has too little.
    Under,
    /// It does nothing.
    Idle,
    /// Something cheaper does.
    Over,
    /// Nothing cheaper does.
    Optimized,
    /// It cannot be told.
    Unknown,
}

impl Finding {
    /// Its word in answers.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Under => "under",
            Self::Idle => "idle",
            Self::Over => "over",
            Self::Optimized => "optimized",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

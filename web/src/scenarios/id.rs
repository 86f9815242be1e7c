//! What a scenario is found by.
use std::fmt;
use std::str::FromStr;

/// Twelve letters drawn at random, which a URL carries. Never the name: names are changed, and two may be the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScenarioId(String);

/// Figures and small letters, without those that are taken for one another (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Sixty bits: among a million scenarios the chance of two with one id is one in two million, and the database's key
/// would refuse the second.
const LENGTH: usize = 12;

impl ScenarioId {
    /// One that nobody can guess.
    ///
    /// # Panics
    /// Where the operating system has no random numbers to give.
    pub(super) fn random() -> Self {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Self(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
    }
    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ScenarioId {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        let is_id = text.len() == LENGTH && text.bytes().all(|byte| LETTERS.contains(&byte));
        if is_id { Ok(Self(text.into())) } else { Err(NoId) }
    }
}

impl fmt::Display for ScenarioId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that cannot be the id of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the id of a scenario is {LENGTH} letters and figures")]
pub struct NoId;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_are_read_back() {
        let (one, two) = (ScenarioId::random(), ScenarioId::random());
        assert_ne!(one, two);
        assert_eq!(one.to_string().parse(), Ok(one));
        for text in ["", "../../etc/passwd", "ABCDEFGHJKMN", "0123456789ab/"] {
            assert_eq!(text.parse::<ScenarioId>(), Err(NoId), "{text}");
        }
    }
}

//! The flags of the command line: `--name value`, or `--name` alone.
use std::str::FromStr;

/// What follows the name of a generator.
pub(crate) struct Flags(Vec<(String, Option<String>)>);

impl Flags {
    /// The flags of these words; a word that belongs to no flag is a mistake.
    pub(crate) fn read(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut flags: Vec<(String, Option<String>)> = Vec::new();
        for word in words {
            if let Some(name) = word.strip_prefix("--") {
                flags.push((name.to_owned(), None));
            } else if let Some((_, value @ None)) = flags.last_mut() {
                *value = Some(word);
            } else {
                return Err(format!("`{word}` belongs to no flag"));
            }
        }
        Ok(Self(flags))
    }
    /// Takes the value of a flag; `usual` if it is not given.
    pub(crate) fn value<T: FromStr>(&mut self, name: &str, usual: T) -> Result<T, String> {
        let Some(at) = self.0.iter().position(|(flag, _)| flag == name) else { return Ok(usual) };
        let (_, value) = self.0.remove(at);
        let value = value.ok_or_else(|| format!("`--{name}` needs a value"))?;
        value.parse().map_err(|_| format!("cannot read `{value}` as the value of `--{name}`"))
    }
    /// Takes a flag that stands alone, and says whether it is there.
    pub(crate) fn given(&mut self, name: &str) -> bool {
        let at = self.0.iter().position(|(flag, value)| flag == name && value.is_none());
        at.is_some_and(|at| {
            self.0.remove(at);
            true
        })
    }
    /// Refuses flags that nobody took.
    pub(crate) fn done(self) -> Result<(), String> {
        self.0.first().map_or(Ok(()), |(name, _)| Err(format!("`--{name}` is no flag of this generator")))
    }
}

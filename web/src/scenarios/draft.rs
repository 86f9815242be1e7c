//! What is saved: the content of one version.
use super::Name;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// The content of a scenario: what a user edits, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it is called.
    pub name: Name,
    /// What somebody wrote about it.
    pub notes: String,
    /// The workload file, in TOML.
    pub workload: String,
    /// What is different from that file.
    pub changes: String,
    /// The answer as the API gives it, in JSON; none before it was asked for.
    pub result: Option<String>,
    /// The version of the program that gave the answer.
    pub engine_version: String,
    /// The day of the prices.
    pub as_of: Date,
}

/// What cannot be kept, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {what}")]
pub struct Unfit {
    /// The field of the draft, as forms name it.
    pub field: &'static str,
    /// What is wrong with it.
    pub what: String,
}

/// The most bytes of each field: several times what its reader takes, so that only a mistake is refused.
const MOST_BYTES: [(&str, usize); 5] = [
    ("notes", 100_000),
    ("workload", 4_000_000),
    ("changes", 1_000_000),
    ("result", 32_000_000),
    ("engine_version", 100),
];

impl Draft {
    /// A workload that nobody has changed or planned yet, in the hands of this version of the program.
    pub fn new(name: Name, workload: impl Into<String>, as_of: Date) -> Self {
        Self {
            name,
            notes: String::new(),
            workload: workload.into(),
            changes: String::new(),
            result: None,
            engine_version: env!("CARGO_PKG_VERSION").into(),
            as_of,
        }
    }
    /// The sentence that the answer opens with.
    pub fn verdict(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct Envelope {
            verdict: Option<String>,
        }
        let envelope: Envelope = serde_json::from_str(self.result.as_deref()?).ok()?;
        envelope.verdict
    }
    /// Refuses what a database could not give back as it was given.
    pub(super) fn check(&self) -> Result<(), Unfit> {
        let result = self.result.as_deref().unwrap_or_default();
        let texts = [&self.notes, &self.workload, &self.changes, result, &self.engine_version];
        for ((field, most), text) in MOST_BYTES.into_iter().zip(texts) {
            if text.len() > most {
                return Err(Unfit { field, what: format!("has {} bytes; at most {most} are kept", text.len()) });
            }
            // PostgreSQL has no such letter; the same is kept wherever it is kept.
            if text.contains('\0') {
                return Err(Unfit { field, what: "has a NUL character, which no text needs".into() });
            }
        }
        if self.result.is_some() && serde_json::from_str::<IgnoredAny>(result).is_err() {
            return Err(Unfit { field: "result", what: "is not JSON".into() });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft::new("a".parse().unwrap(), "name = \"a\"\n", "2026-11-01".parse().unwrap())
    }

    #[test]
    fn the_verdict_is_that_of_the_answer() {
        let result = |text: &str| Draft { result: Some(text.into()), ..draft() };
        assert_eq!(result(r#"{"question":"plan","verdict":"Run 4"}"#).verdict().as_deref(), Some("Run 4"));
        assert_eq!(result(r#"{"verdict":null}"#).verdict(), None);
        assert_eq!(result("[]").verdict(), None);
        assert_eq!(draft().verdict(), None);
    }

    #[test]
    fn what_could_not_be_given_back_is_refused() {
        let told = |draft: &Draft| draft.check().unwrap_err().to_string();
        assert_eq!(draft().check(), Ok(()));
        assert_eq!(told(&Draft { result: Some("{".into()), ..draft() }), "result: is not JSON");
        assert_eq!(told(&Draft { notes: "a\0".into(), ..draft() }), "notes: has a NUL character, which no text needs");
        assert_eq!(
            told(&Draft { workload: "x".repeat(4_000_001), ..draft() }),
            "workload: has 4000001 bytes; at most 4000000 are kept"
        );
    }
}

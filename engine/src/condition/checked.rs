//! What became of a condition.
use serde_json::{Value, json};
use std::fmt;

/// Whether a condition held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It held: the gate is closed.
    Fired,
    /// It hangs on what is not known: the gate is closed too.
    CannotTell,
    /// It did not hold.
    Passed,
}

impl Outcome {
    /// The name used in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fired => "fired",
            Self::CannotTell => "cannot_tell",
            Self::Passed => "passed",
        }
    }
}

/// A value of the answer that a condition looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Where it stands: `resources[3].risk_share`.
    pub path: String,
    /// What stands there.
    pub value: Value,
}

/// A condition, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// As it was written.
    pub condition: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The values that decided it.
    pub values: Vec<Seen>,
}

/// Of many values that decide, so many are told.
const TOLD: usize = 5;

impl Checked {
    /// Whether the gate is closed.
    pub fn stops(&self) -> bool {
        self.outcome != Outcome::Passed
    }
    /// As JSON.
    pub fn json(&self) -> Value {
        let seen = |seen: &Seen| json!({"path": seen.path, "value": seen.value});
        json!({
            "condition": self.condition,
            "outcome": self.outcome.name(),
            "values": self.values.iter().map(seen).collect::<Vec<_>>(),
        })
    }
}

impl fmt::Display for Checked {
    /// ``fails `a > 1`: a is 2``
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.outcome {
            Outcome::Fired => "fails on",
            Outcome::CannotTell => "cannot tell",
            Outcome::Passed => "passes",
        };
        write!(f, "{word} `{}`", self.condition)?;
        for (i, seen) in self.values.iter().take(TOLD).enumerate() {
            let value = match &seen.value {
                Value::Null => "unknown".to_owned(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            write!(f, "{} {} is {value}", if i == 0 { ":" } else { "," }, seen.path)?;
        }
        match self.values.len().checked_sub(TOLD) {
            Some(more @ 1..) => write!(f, ", and {more} more"),
            _ => Ok(()),
        }
    }
}

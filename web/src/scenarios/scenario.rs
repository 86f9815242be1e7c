//! What is read back.
use super::{Draft, Name, ScenarioId};
use jiff::Timestamp;
use jiff::civil::Date;

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The name that the user typed; nobody checks it.
    pub by: Name,
    /// The moment; kept to the millisecond.
    pub at: Timestamp,
}

/// How a version came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The first of a new scenario.
    Created,
    /// An edit of the version before.
    Saved,
    /// The version before under another name.
    Renamed,
    /// The first of a scenario that another one became.
    Forked {
        /// Which scenario; it may be gone by now.
        from: ScenarioId,
        /// Which of its versions.
        version: u32,
    },
    /// The first of a scenario that came as a text.
    Imported,
}

/// One version in a history: everything but its long texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Counts from 1.
    pub version: u32,
    /// What the scenario was called.
    pub name: Name,
    /// The sentence that its answer opened with.
    pub verdict: Option<String>,
    /// The version of the program that gave the answer.
    pub engine_version: String,
    /// The day of the prices.
    pub as_of: Date,
    /// How it came to be.
    pub origin: Origin,
    /// Who saved it, and when.
    pub saved: Stamp,
}

/// A scenario in a list: its newest version without its long texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What it is found by.
    pub id: ScenarioId,
    /// The newest version.
    pub newest: Edition,
    /// Who deleted it, and when, if it is deleted.
    pub deleted: Option<Stamp>,
}

/// One version of a scenario with everything in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// What it is found by.
    pub id: ScenarioId,
    /// Which version this is.
    pub version: u32,
    /// The newest version that there is.
    pub newest: u32,
    /// What was saved.
    pub draft: Draft,
    /// How this version came to be.
    pub origin: Origin,
    /// Who saved it, and when.
    pub saved: Stamp,
    /// Who deleted the scenario, and when, if it is deleted.
    pub deleted: Option<Stamp>,
}

//! What a lever is.
use super::Dose;
use super::rules::Rule;
use std::fmt;

/// An optimization that may be done.
#[derive(Clone, Debug)]
pub struct Lever {
    /// Its name in flags and files: `compress`.
    pub name: &'static str,
    /// What is done: `compress responses`.
    pub title: &'static str,
    /// What it is done to.
    pub on: On,
    /// Where it applies, or why it does not.
    pub(super) rule: Rule,
    /// What it changes.
    pub changes: Vec<Change>,
    /// Days of engineering.
    pub effort: Dose,
    /// What may go wrong while it is done.
    pub risk: Risk,
    /// Whether it can be undone.
    pub undo: Undo,
    /// What those who send the requests notice.
    pub experience: &'static str,
    /// Who says how large the effect is; `assumed` where nobody was asked.
    pub source: &'static str,
}

impl Lever {
    /// Whether its size of effect is nobody's measurement.
    pub fn is_assumed(&self) -> bool {
        self.source.starts_with("assumed")
    }
    /// Whether it gives the same workload before as after any other lever of which this is true: it multiplies, or allows.
    pub fn commutes(&self) -> bool {
        self.changes.iter().all(|change| match change {
            Change::Scale(..)
            | Change::Allow(Structural::Commitment | Structural::Spot | Structural::AnyArchitecture) => true,
            Change::Add(..) | Change::Allow(_) => false,
        })
    }
}

/// What a lever is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// The whole workload.
    Whole,
    /// A service.
    Service,
    /// A store.
    Store,
    /// An object component.
    Object,
    /// A store or an object component.
    Kept,
    /// An edge.
    Edge,
}

impl fmt::Display for On {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Whole => "the whole",
            Self::Service => "a service",
            Self::Store => "a store",
            Self::Object => "an object store",
            Self::Kept => "a store or object store",
            Self::Edge => "an edge",
        })
    }
}

/// Whose inputs a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Those of the component itself.
    Own,
    /// Those of what it calls.
    Called,
    /// The calls that it makes.
    Calls,
    /// The calls that are made to it.
    CallsTo,
    /// Those of the demand.
    Demand,
    /// Those of the entry.
    Entry,
}

/// What a lever does to a workload.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Multiplies an input.
    Scale(Of, String, Dose),
    /// Adds to an input, in its base unit.
    Add(Of, String, Dose),
    /// What is no number.
    Allow(Structural),
}

/// A change of what may be chosen, or of how things hang together.
#[derive(Clone, Debug, PartialEq)]
pub enum Structural {
    /// Machines of any architecture.
    AnyArchitecture,
    /// Capacity that may be taken away.
    Spot,
    /// A year's commitment without money at once.
    Commitment,
    /// Whatever class of objects is cheapest.
    AnyClass,
    /// Responses through a content delivery network that answers this part of them itself.
    Cdn(Dose),
    /// One copy of the data less.
    FewerCopies,
    /// Data spread over nodes.
    Spread,
    /// The most popular part of the data of called stores in the service's own memory, with popularity falling off with
    /// this exponent.
    MemoryCache {
        /// The part of the data.
        part: f64,
        /// Zipf's exponent.
        exponent: Dose,
    },
    /// The index in another data structure: what reads and writes of the disk come to instead.
    LogStructured,
    /// A filter that answers for keys that are not there: this part of the reads asks for such.
    Filter(Dose),
    /// The cheapest of the other places that were asked about.
    OtherPlace,
}

/// What may go wrong while it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Risk {
    /// Little.
    Low,
    /// It takes care and a rehearsal.
    Medium,
    /// Data or promises may be lost on the way.
    High,
}

impl Risk {
    /// The name used in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Whether it can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undo {
    /// By a setting.
    AtOnce,
    /// By about as much work as it took.
    WithWork,
    /// Not before a term ends, or never: what was dropped is gone.
    Never,
}

impl Undo {
    /// The name used in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "at once",
            Self::WithWork => "with work",
            Self::Never => "no",
        }
    }
}

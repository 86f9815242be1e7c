//! Every way in which a store says no.
use super::{Database, Scenario, ScenarioId, Stamp, Unfit};

/// Why something was not kept or not found. The first six are honest answers, the rest are faults of the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There never was such a scenario, or it was purged.
    #[error("there is no scenario {0}")]
    Missing(ScenarioId),
    /// The scenario has no such version.
    #[error("scenario {id} has no version {version}; its newest is {newest}")]
    NoVersion {
        /// Which scenario.
        id: ScenarioId,
        /// What was asked for.
        version: u32,
        /// The newest that there is.
        newest: u32,
    },
    /// Somebody saved between the moment an edit began and the moment it was to be saved.
    #[error(
        "this edit began from version {}, and {} saved version {} meanwhile",
        .0.began_from, .0.found.saved.by, .0.found.version
    )]
    Changed(Box<Changed>),
    /// Somebody deleted it; it can be restored.
    #[error("scenario {id} was deleted by {}; restore it first", .stamp.by)]
    Deleted {
        /// Which scenario.
        id: ScenarioId,
        /// Who did it, and when.
        stamp: Stamp,
    },
    /// Only what is deleted can be purged.
    #[error("scenario {0} is not deleted; delete it first")]
    NotDeleted(ScenarioId),
    /// A field that cannot be kept.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The database was last used by a later version of this program.
    #[error(
        "{database} was written by a newer version of plimsoll: its tables are of step {found}, this version knows {known}; \
         use the newer version, or a backup from before"
    )]
    Newer {
        /// Which database.
        database: Database,
        /// The step that its tables are of.
        found: i64,
        /// The last step that this program knows.
        known: i64,
    },
    /// A file of SQLite's with the tables of another program.
    #[error("{0} belongs to another program: it has tables, and none of them is plimsoll's; name another file")]
    Foreign(Database),
    /// The database cannot be opened.
    #[error("cannot open {database}: {why}")]
    Unopened {
        /// Which database.
        database: Database,
        /// What it said.
        why: String,
    },
    /// A backup that could not be made.
    #[error("cannot back up to {file}: {why}")]
    NoBackup {
        /// The file that was to be written.
        file: String,
        /// Why not.
        why: String,
    },
    /// Somebody else keeps the database busy; the same may work a moment later.
    #[error("the database is busy; try again in a moment")]
    Busy,
    /// A row that this program could not have written.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// Anything else that the database says.
    #[error("the database failed: {0}")]
    Failed(#[source] sqlx::Error),
}

/// Two versions that want to follow the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The version that the refused edit began from.
    pub began_from: u32,
    /// The newest version, which somebody else saved.
    pub found: Scenario,
}

/// What databases call being busy: SQLite's `BUSY` and `LOCKED`, and the same with a reason; PostgreSQL's lock timeout,
/// deadlock, shutdown, and too many connections.
const BUSY: [&str; 10] = ["5", "6", "261", "262", "517", "55P03", "40P01", "57P01", "57P03", "53300"];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let is_busy = match &error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => true,
            sqlx::Error::Database(told) => told.code().is_some_and(|code| BUSY.contains(&code.as_ref())),
            _ => false,
        };
        if is_busy { Self::Busy } else { Self::Failed(error) }
    }
}

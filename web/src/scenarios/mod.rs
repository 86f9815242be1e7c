//! Scenarios that are kept: what was planned, with which changes, what came of it, who saved it and when.
//!
//! A [`Store`] is a [`Database`] that is open: a file of SQLite's, or a PostgreSQL server that a team shares. Every save is
//! a version of its own and none is ever written over. Whoever saves says from which version the edit began, and where
//! somebody else saved meanwhile the answer is [`StoreError::Changed`] with what was found, never a lost update. What is
//! deleted can be restored until it is purged. The clock and the user's name are given by the caller, as a [`Stamp`].
//!
//! A scenario also travels without a database: as a [`Link`] within a URL, and as a [`text`] to keep beside other files.
//!
//! ```
//! use plimsoll_web::scenarios::{Database, Draft, Stamp, Store, StoreError};
//! # let folder = tempfile::tempdir().unwrap();
//! # let file = folder.path().join("ours.db");
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! let store = Store::open(&Database::File(file)).await?;
//! let ann = Stamp { by: "Ann".parse().unwrap(), at: "2026-11-25T12:00:00Z".parse().unwrap() };
//! let draft = Draft::new("Black Friday".parse().unwrap(), "name = \"shop\"\n", "2026-11-01".parse().unwrap());
//! let id = store.create(&draft, &ann).await?;
//!
//! let busier = Draft { changes: "demand.peak = \"1200/s\"\n".into(), ..draft.clone() };
//! assert_eq!(store.save(&id, 1, &busier, &ann).await?, 2);
//! assert!(matches!(store.save(&id, 1, &draft, &ann).await, Err(StoreError::Changed(_))));
//! # store.close().await;
//! # Ok::<(), StoreError>(())
//! # }).unwrap();
//! ```
mod backup;
mod comparison;
mod database;
mod delete;
mod draft;
mod error;
mod id;
mod link;
mod list;
mod load;
mod migrations;
mod name;
mod row;
mod save;
mod scenario;
mod store;
#[cfg(test)]
mod testing;
pub mod text;

pub use backup::back_up;
pub use comparison::{compare, kept};
pub use database::{Database, NotADatabase};
pub use draft::{Draft, Unfit};
pub use error::{Changed, StoreError};
pub use id::{NoId, ScenarioId};
pub use link::{Link, LinkFault};
pub use list::{Listing, Search, Which};
pub use name::{Name, NotAName};
pub use scenario::{Edition, Origin, Scenario, Stamp, Summary};
pub use store::Store;

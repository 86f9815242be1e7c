//! Writing: new scenarios and new versions.
use super::row::written;
use super::{Changed, Draft, Name, Origin, ScenarioId, Stamp, Store, StoreError};
use sqlx::any::AnyQueryResult;
use sqlx::{Any, Transaction};

const NEW: &str = "INSERT INTO plimsoll_scenarios (id, version) VALUES ($1, 1)";

/// Holds only where nobody saved or deleted since. It is the first statement of its transaction, so a second writer waits
/// here, and then finds another version.
const NEXT: &str = "UPDATE plimsoll_scenarios SET version = $1 WHERE id = $2 AND version = $3 AND deleted_ms IS NULL";

const VERSION: &str = "INSERT INTO plimsoll_versions (scenario, version, name, folded_name, notes, workload, changes, \
                       result, verdict, engine_version, as_of, origin, forked_from, forked_version, saved_by, saved_ms) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";

impl Store {
    /// Keeps a new scenario.
    pub async fn create(&self, draft: &Draft, stamp: &Stamp) -> Result<ScenarioId, StoreError> {
        self.begin(draft, &Origin::Created, stamp).await
    }
    /// Keeps a scenario that came as a text.
    pub async fn import(&self, draft: &Draft, stamp: &Stamp) -> Result<ScenarioId, StoreError> {
        self.begin(draft, &Origin::Imported, stamp).await
    }
    /// Keeps a version of a scenario as a new one, which goes its own way from there. Also of one that is deleted.
    pub async fn fork(
        &self,
        id: &ScenarioId,
        version: u32,
        name: Name,
        stamp: &Stamp,
    ) -> Result<ScenarioId, StoreError> {
        let draft = Draft { name, ..self.load_version(id, version).await?.draft };
        self.begin(&draft, &Origin::Forked { from: id.clone(), version }, stamp).await
    }
    /// Keeps the next version of a scenario; its number. `began_from` is the version that the edit began from: where it
    /// is not the newest any more, nothing is kept.
    pub async fn save(
        &self,
        id: &ScenarioId,
        began_from: u32,
        draft: &Draft,
        stamp: &Stamp,
    ) -> Result<u32, StoreError> {
        self.follow(id, began_from, draft, &Origin::Saved, stamp).await
    }
    /// Keeps the same under another name, as the next version; its number.
    pub async fn rename(&self, id: &ScenarioId, began_from: u32, name: Name, stamp: &Stamp) -> Result<u32, StoreError> {
        let draft = Draft { name, ..self.load_version(id, began_from).await?.draft };
        self.follow(id, began_from, &draft, &Origin::Renamed, stamp).await
    }

    async fn begin(&self, draft: &Draft, origin: &Origin, stamp: &Stamp) -> Result<ScenarioId, StoreError> {
        draft.check()?;
        let id = ScenarioId::random();
        let mut transaction = self.pool().begin().await?;
        sqlx::query(NEW).bind(id.as_str()).execute(&mut *transaction).await?;
        insert(&mut transaction, &id, 1, draft, origin, stamp).await?;
        transaction.commit().await?;
        Ok(id)
    }

    async fn follow(
        &self,
        id: &ScenarioId,
        began_from: u32,
        draft: &Draft,
        origin: &Origin,
        stamp: &Stamp,
    ) -> Result<u32, StoreError> {
        draft.check()?;
        let next = began_from.checked_add(1).ok_or_else(|| StoreError::Missing(id.clone()))?;
        loop {
            let mut transaction = self.pool().begin().await?;
            let update = sqlx::query(NEXT).bind(i64::from(next)).bind(id.as_str()).bind(i64::from(began_from));
            if update.execute(&mut *transaction).await?.rows_affected() == 1 {
                insert(&mut transaction, id, next, draft, origin, stamp).await?;
                transaction.commit().await?;
                return Ok(next);
            }
            transaction.rollback().await?;
            let found = self.load(id).await?;
            if let Some(stamp) = found.deleted {
                return Err(StoreError::Deleted { id: id.clone(), stamp });
            }
            if found.version != began_from {
                return Err(StoreError::Changed(Box::new(Changed { began_from, found })));
            }
            // Deleted when it was tried and restored when it was looked at: tried again.
        }
    }
}

async fn insert(
    transaction: &mut Transaction<'_, Any>,
    id: &ScenarioId,
    version: u32,
    draft: &Draft,
    origin: &Origin,
    stamp: &Stamp,
) -> Result<AnyQueryResult, sqlx::Error> {
    let (origin, forked) = written(origin);
    let query = sqlx::query(VERSION)
        .bind(id.as_str())
        .bind(i64::from(version))
        .bind(draft.name.as_str())
        .bind(draft.name.folded())
        .bind(draft.notes.as_str())
        .bind(draft.workload.as_str())
        .bind(draft.changes.as_str())
        .bind(draft.result.as_deref())
        .bind(draft.verdict())
        .bind(draft.engine_version.as_str())
        .bind(draft.as_of.to_string())
        .bind(origin)
        .bind(forked.map(|(from, _)| from.as_str()))
        .bind(forked.map(|(_, version)| i64::from(version)))
        .bind(stamp.by.as_str())
        .bind(stamp.at.as_millisecond());
    query.execute(&mut **transaction).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::testing::{draft, on_every_database, stamp};

    #[test]
    fn an_edit_that_began_from_an_older_version_is_refused_with_both() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            let id = store.create(&draft("a"), &stamp("Ann", 0)).await.unwrap();
            let theirs = Draft { notes: "theirs".into(), ..draft("a") };
            store.save(&id, 1, &theirs, &stamp("Bob", 1)).await.unwrap();
            let told = store.save(&id, 1, &draft("a"), &stamp("Ann", 2)).await.unwrap_err();
            assert_eq!(told.to_string(), "this edit began from version 1, and Bob saved version 2 meanwhile");
            let StoreError::Changed(changed) = told else { panic!("it is a conflict: {told}") };
            assert_eq!((changed.began_from, changed.found.version, &changed.found.draft), (1, 2, &theirs));
            // Nothing of it is kept, and a version that never was is no base either.
            assert_eq!(store.history(&id).await.unwrap().len(), 2);
            assert!(matches!(store.save(&id, 9, &draft("a"), &stamp("Ann", 3)).await, Err(StoreError::Changed(_))));
        });
    }

    #[test]
    fn a_new_name_is_a_version() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            let id = store.create(&draft("before"), &stamp("Ann", 0)).await.unwrap();
            assert_eq!(store.rename(&id, 1, "after".parse().unwrap(), &stamp("Bob", 1)).await.unwrap(), 2);
            let newest = store.load(&id).await.unwrap();
            assert_eq!((newest.draft, newest.origin), (draft("after"), Origin::Renamed));
            assert_eq!(store.load_version(&id, 1).await.unwrap().draft.name.as_str(), "before");
            let late = store.rename(&id, 1, "late".parse().unwrap(), &stamp("Cid", 2)).await;
            assert!(matches!(late, Err(StoreError::Changed(_))));
        });
    }

    #[test]
    fn a_fork_goes_its_own_way() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            let id = store.create(&draft("a"), &stamp("Ann", 0)).await.unwrap();
            let fork = store.fork(&id, 1, "b".parse().unwrap(), &stamp("Bob", 1)).await.unwrap();
            store.save(&fork, 1, &Draft { notes: "mine".into(), ..draft("b") }, &stamp("Bob", 2)).await.unwrap();
            assert_eq!(store.load(&id).await.unwrap().draft, draft("a"));
            let first = store.load_version(&fork, 1).await.unwrap();
            assert_eq!(first.origin, Origin::Forked { from: id.clone(), version: 1 });
            let told = store.fork(&id, 5, "c".parse().unwrap(), &stamp("Bob", 3)).await;
            assert!(matches!(told, Err(StoreError::NoVersion { newest: 1, .. })));
        });
    }

    #[test]
    fn what_cannot_be_kept_changes_nothing() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            let id = store.create(&draft("a"), &stamp("Ann", 0)).await.unwrap();
            let broken = Draft { result: Some("not JSON".into()), ..draft("a") };
            assert!(matches!(store.save(&id, 1, &broken, &stamp("Ann", 1)).await, Err(StoreError::Unfit(_))));
            assert!(matches!(store.create(&broken, &stamp("Ann", 1)).await, Err(StoreError::Unfit(_))));
            assert_eq!(store.load(&id).await.unwrap().version, 1);
        });
    }
}

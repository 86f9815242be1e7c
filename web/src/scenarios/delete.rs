//! Deleting, with the way back.
use super::{ScenarioId, Stamp, Store, StoreError};
use jiff::Timestamp;

const DELETE: &str =
    "UPDATE plimsoll_scenarios SET deleted_by = $1, deleted_ms = $2 WHERE id = $3 AND deleted_ms IS NULL";
const RESTORE: &str = "UPDATE plimsoll_scenarios SET deleted_by = NULL, deleted_ms = NULL WHERE id = $1";
const PURGE: &str = "DELETE FROM plimsoll_scenarios WHERE id = $1 AND deleted_ms IS NOT NULL";
const PURGE_BEFORE: &str = "DELETE FROM plimsoll_scenarios WHERE deleted_ms < $1";

impl Store {
    /// Takes a scenario out of the list. Nothing is lost: [`restore`](Self::restore) brings it back. Deleting what is
    /// deleted changes nothing, not even who did it.
    pub async fn delete(&self, id: &ScenarioId, stamp: &Stamp) -> Result<(), StoreError> {
        let query = sqlx::query(DELETE).bind(stamp.by.as_str()).bind(stamp.at.as_millisecond()).bind(id.as_str());
        if query.execute(self.pool()).await?.rows_affected() == 1 {
            return Ok(());
        }
        self.load(id).await.map(|_| ())
    }
    /// Brings back what was deleted. Restoring what is not deleted changes nothing.
    pub async fn restore(&self, id: &ScenarioId) -> Result<(), StoreError> {
        let restored = sqlx::query(RESTORE).bind(id.as_str()).execute(self.pool()).await?;
        if restored.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Missing(id.clone())) }
    }
    /// Forgets a deleted scenario for good, with all of its versions.
    pub async fn purge(&self, id: &ScenarioId) -> Result<(), StoreError> {
        if sqlx::query(PURGE).bind(id.as_str()).execute(self.pool()).await?.rows_affected() == 1 {
            return Ok(());
        }
        self.load(id).await?;
        Err(StoreError::NotDeleted(id.clone()))
    }
    /// Forgets everything that was deleted before a moment; how many scenarios that were.
    pub async fn purge_deleted_before(&self, moment: Timestamp) -> Result<u64, StoreError> {
        Ok(sqlx::query(PURGE_BEFORE).bind(moment.as_millisecond()).execute(self.pool()).await?.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::testing::{draft, on_every_database, stamp};
    use crate::scenarios::{Search, Which};

    async fn versions(store: &Store) -> i64 {
        sqlx::query_scalar("SELECT COUNT(*) FROM plimsoll_versions").fetch_one(store.pool()).await.unwrap()
    }

    #[test]
    fn what_is_deleted_can_be_brought_back() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            let id = store.create(&draft("a"), &stamp("Ann", 0)).await.unwrap();
            store.delete(&id, &stamp("Bob", 1)).await.unwrap();
            store.delete(&id, &stamp("Cid", 2)).await.unwrap();
            assert_eq!(store.load(&id).await.unwrap().deleted, Some(stamp("Bob", 1)));
            assert_eq!(store.list(&Search::default()).await.unwrap().total, 0);
            assert_eq!(store.list(&Search { which: Which::Deleted, ..Search::default() }).await.unwrap().total, 1);
            let told = store.save(&id, 1, &draft("a"), &stamp("Ann", 3)).await.unwrap_err();
            assert_eq!(told.to_string(), format!("scenario {id} was deleted by Bob; restore it first"));

            store.restore(&id).await.unwrap();
            store.restore(&id).await.unwrap();
            assert_eq!(store.load(&id).await.unwrap().deleted, None);
            assert_eq!(store.save(&id, 1, &draft("a"), &stamp("Ann", 4)).await.unwrap(), 2);
        });
    }

    #[test]
    fn only_what_is_deleted_is_purged_and_then_with_every_version() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            let id = store.create(&draft("a"), &stamp("Ann", 0)).await.unwrap();
            store.save(&id, 1, &draft("a"), &stamp("Ann", 1)).await.unwrap();
            let told = store.purge(&id).await.unwrap_err().to_string();
            assert_eq!(told, format!("scenario {id} is not deleted; delete it first"));
            store.delete(&id, &stamp("Ann", 2)).await.unwrap();
            store.purge(&id).await.unwrap();
            assert!(matches!(store.load(&id).await, Err(StoreError::Missing(_))));
            assert!(matches!(store.purge(&id).await, Err(StoreError::Missing(_))));
            assert!(matches!(store.restore(&id).await, Err(StoreError::Missing(_))));
            assert!(matches!(store.delete(&id, &stamp("Ann", 3)).await, Err(StoreError::Missing(_))));
            assert_eq!(versions(&store).await, 0);
        });
    }

    #[test]
    fn old_deletions_are_purged_together() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            for (name, minutes) in [("old", 1), ("new", 20)] {
                let id = store.create(&draft(name), &stamp("Ann", 0)).await.unwrap();
                store.delete(&id, &stamp("Ann", minutes)).await.unwrap();
            }
            store.create(&draft("kept"), &stamp("Ann", 0)).await.unwrap();
            assert_eq!(store.purge_deleted_before(stamp("Ann", 10).at).await.unwrap(), 1);
            assert_eq!(versions(&store).await, 2);
        });
    }
}

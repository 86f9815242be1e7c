//! Reading scenarios back, the newest version or an older one.
use super::row::{self, edition_columns, scenario_columns};
use super::{Edition, Scenario, ScenarioId, Store, StoreError};

const NEWEST: &str = concat!(
    "SELECT ",
    scenario_columns!(),
    ", ",
    edition_columns!(),
    ", v.notes, v.workload, v.changes, v.result FROM plimsoll_scenarios s \
     JOIN plimsoll_versions v ON v.scenario = s.id AND v.version = s.version WHERE s.id = $1"
);
const OLDER: &str = concat!(
    "SELECT ",
    scenario_columns!(),
    ", ",
    edition_columns!(),
    ", v.notes, v.workload, v.changes, v.result FROM plimsoll_scenarios s \
     JOIN plimsoll_versions v ON v.scenario = s.id AND v.version = $2 WHERE s.id = $1"
);
const HISTORY: &str =
    concat!("SELECT ", edition_columns!(), " FROM plimsoll_versions v WHERE v.scenario = $1 ORDER BY v.version DESC");

impl Store {
    /// The newest version. What is deleted is loaded too, and says so.
    pub async fn load(&self, id: &ScenarioId) -> Result<Scenario, StoreError> {
        let found = sqlx::query(NEWEST).bind(id.as_str()).fetch_optional(self.pool()).await?;
        row::scenario(&found.ok_or_else(|| StoreError::Missing(id.clone()))?)
    }
    /// A version, which may be an older one.
    pub async fn load_version(&self, id: &ScenarioId, version: u32) -> Result<Scenario, StoreError> {
        let asked = sqlx::query(OLDER).bind(id.as_str()).bind(i64::from(version));
        match asked.fetch_optional(self.pool()).await? {
            Some(found) => row::scenario(&found),
            None => {
                let newest = self.load(id).await?.version;
                Err(StoreError::NoVersion { id: id.clone(), version, newest })
            }
        }
    }
    /// Every version, newest first.
    pub async fn history(&self, id: &ScenarioId) -> Result<Vec<Edition>, StoreError> {
        let found = sqlx::query(HISTORY).bind(id.as_str()).fetch_all(self.pool()).await?;
        if found.is_empty() { Err(StoreError::Missing(id.clone())) } else { found.iter().map(row::edition).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::testing::{draft, on_every_database, stamp};
    use crate::scenarios::{Draft, Origin};

    #[test]
    fn every_version_is_there_as_it_was_saved() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            let first = Draft {
                notes: "<b>\"quoted\"</b> 'and' \\ back\r\nсмета ☃".into(),
                result: Some(r#"{"verdict":"Run 4 x m7g.large","usd":0.10000000000000000001}"#.into()),
                ..draft("Black Friday")
            };
            let second = Draft { changes: "demand.peak = \"1200/s\"\n".into(), ..first.clone() };
            let id = store.create(&first, &stamp("Ann", 0)).await.unwrap();
            assert_eq!(store.save(&id, 1, &second, &stamp("Bob", 5)).await.unwrap(), 2);

            let newest = store.load(&id).await.unwrap();
            assert_eq!(
                (newest.version, newest.newest, &newest.draft, &newest.saved),
                (2, 2, &second, &stamp("Bob", 5))
            );
            let older = store.load_version(&id, 1).await.unwrap();
            assert_eq!((older.version, older.newest, &older.draft, &older.saved), (1, 2, &first, &stamp("Ann", 0)));
            assert_eq!((older.origin, newest.origin), (Origin::Created, Origin::Saved));

            let history = store.history(&id).await.unwrap();
            let told: Vec<_> = history.iter().map(|e| (e.version, e.saved.by.as_str())).collect();
            assert_eq!(told, [(2, "Bob"), (1, "Ann")]);
            assert_eq!(history[0].verdict.as_deref(), Some("Run 4 x m7g.large"));
        });
    }

    #[test]
    fn what_is_not_there_is_told() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            let nobody: ScenarioId = "000000000000".parse().unwrap();
            assert_eq!(store.load(&nobody).await.unwrap_err().to_string(), "there is no scenario 000000000000");
            assert!(matches!(store.history(&nobody).await, Err(StoreError::Missing(_))));
            let id = store.create(&draft("a"), &stamp("Ann", 0)).await.unwrap();
            let told = store.load_version(&id, 7).await.unwrap_err().to_string();
            assert_eq!(told, format!("scenario {id} has no version 7; its newest is 1"));
        });
    }
}

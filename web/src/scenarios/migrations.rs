//! The tables, step by step. A step that was ever released is never changed: a new one follows it.
use super::{Database, StoreError};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyPool, SqlSafeStr};

/// Every step, in order: its number is its place, counted from 1.
const STEPS: [(&str, &str); 1] = [("scenarios", include_str!("../../migrations/0001_scenarios.sql"))];

/// The table that tells which steps were taken.
const TAKEN: &str = "plimsoll_migrations";

/// The steps that this program knows.
pub(super) fn known() -> Migrator {
    of(&STEPS)
}

fn of(steps: &[(&'static str, &'static str)]) -> Migrator {
    let step = |(number, (name, sql)): (i64, &(&'static str, &'static str))| {
        Migration::new(number, (*name).into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    let mut migrator = Migrator::with_migrations((1..).zip(steps).map(step).collect());
    migrator.dangerous_set_table_name(TAKEN);
    migrator
}

/// Takes the steps that are not taken yet, each in a transaction of its own.
pub(super) async fn apply(pool: &AnyPool, database: &Database, steps: &Migrator) -> Result<(), StoreError> {
    let mut outcome = steps.run(pool).await;
    // SQLite has no lock for this as PostgreSQL has: another process that opens the same new file at the same moment may
    // just have taken the step that failed here.
    for _ in 0..5 {
        let is_race =
            matches!(database, Database::File(_)) && matches!(outcome, Err(MigrateError::ExecuteMigration(..)));
        if !is_race {
            break;
        }
        outcome = steps.run(pool).await;
    }
    let known = steps.iter().map(|step| step.version).max().unwrap_or(0);
    outcome.map_err(|error| match error {
        MigrateError::VersionMissing(found) => StoreError::Newer { database: database.clone(), found, known },
        other => StoreError::Unopened { database: database.clone(), why: other.to_string() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::testing::{on_every_database, run};
    use crate::scenarios::{Search, Store};

    const NEXT: (&str, &str) = ("next", "CREATE TABLE plimsoll_next (id BIGINT NOT NULL)");
    const BROKEN: (&str, &str) =
        ("broken", "CREATE TABLE plimsoll_next (id BIGINT NOT NULL); CREATE TABLE plimsoll_next (x BIGINT)");

    #[test]
    fn a_database_of_a_newer_program_is_refused() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            apply(store.pool(), &database, &of(&[STEPS[0], NEXT])).await.unwrap();
            store.close().await;
            let told = Store::open(&database).await.unwrap_err();
            assert!(matches!(told, StoreError::Newer { found: 2, known: 1, .. }), "{told}");
            assert!(told.to_string().contains("was written by a newer version of plimsoll"), "{told}");
        });
    }

    #[test]
    fn a_step_that_fails_leaves_nothing_behind() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            assert!(apply(store.pool(), &database, &of(&[STEPS[0], BROKEN])).await.is_err());
            store.close().await;
            // The half of it that worked is not there either: the mended step can be taken.
            let store = Store::open(&database).await.unwrap();
            apply(store.pool(), &database, &of(&[STEPS[0], NEXT])).await.unwrap();
            store.close().await;
        });
    }

    #[test]
    fn many_may_open_a_new_database_at_once() {
        on_every_database(async |database| {
            let opened: Vec<_> = std::thread::scope(|scope| {
                let open = || run(async { Store::open(&database).await.map(|_| ()) });
                let threads: Vec<_> = (0..6).map(|_| scope.spawn(open)).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert!(opened.iter().all(Result::is_ok), "{opened:?}");
            let store = Store::open(&database).await.unwrap();
            assert_eq!(store.list(&Search::default()).await.unwrap().total, 0);
        });
    }

    #[test]
    fn files_and_steps_have_the_same_numbers() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let mut files: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        let steps: Vec<_> = (1..).zip(STEPS).map(|(number, (name, _))| format!("{number:04}_{name}.sql")).collect();
        assert_eq!(files, steps);
    }
}

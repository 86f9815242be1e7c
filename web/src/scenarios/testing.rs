//! The same tests on every database that there is.
use super::{Database, Draft, Stamp};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use std::env;

/// The URL of a PostgreSQL server on which tests may make databases; `tests/postgres` starts one and sets it.
const SERVER: &str = "PLIMSOLL_TEST_POSTGRES";

/// Runs to the end on threads of its own, as a server would.
pub(super) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime can be built").block_on(future)
}

/// Runs a test on a new file of SQLite's, and on a new database of PostgreSQL's where there is a server.
pub(super) fn on_every_database(test: impl AsyncFn(Database)) {
    let folder = tempfile::tempdir().expect("there is room for a test");
    run(test(Database::File(folder.path().join("scenarios.db"))));
    match env::var(SERVER) {
        Ok(server) => run(async { test(new_database(&server).await).await }),
        Err(_) => eprintln!("not run on PostgreSQL: {SERVER} is not set; `tests/postgres cargo test` sets it"),
    }
}

async fn new_database(server: &str) -> Database {
    sqlx::any::install_default_drivers();
    let name = format!("test_{}", super::ScenarioId::random());
    let mut connection = AnyConnection::connect(&format!("{server}/postgres")).await.expect("the server answers");
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await.expect("it is new");
    connection.close().await.expect("it was open");
    Database::Server(format!("{server}/{name}"))
}

/// Somebody, some minutes after noon.
pub(super) fn stamp(by: &str, minutes: i64) -> Stamp {
    let noon: jiff::Timestamp = "2026-11-25T12:00:00Z".parse().expect("it is a moment");
    Stamp { by: by.parse().expect("it is a name"), at: noon + jiff::SignedDuration::from_mins(minutes) }
}

/// A workload under a name.
pub(super) fn draft(name: &str) -> Draft {
    let name = name.parse().expect("it is a name");
    Draft::new(name, "name = \"shop\"\nentry = \"api\"\n", "2026-11-01".parse().expect("it is a day"))
}

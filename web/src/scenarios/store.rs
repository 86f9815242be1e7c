//! A database that is open.
use super::migrations;
use super::{Database, StoreError};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection};
use std::time::Duration;

/// The most connections of one process. Readers do not wait for one another; SQLite has one writer whatever this says.
const MOST_CONNECTIONS: u32 = 8;

/// How long anything waits for a connection or for a lock before it says that the database is busy: longer than any
/// save, shorter than anybody's patience.
const PATIENCE: Duration = Duration::from_secs(5);

/// What every connection to SQLite is told. A log beside the file lets readers read while somebody writes; `FULL` waits
/// for the disk at every commit, so that what was acknowledged outlives a loss of power, not only the process.
const OF_SQLITE: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                         PRAGMA foreign_keys = ON";

/// What every connection to PostgreSQL is told: nobody waits for a lock for ever.
const OF_POSTGRES: &str = "SET lock_timeout = '5s'; SET synchronous_commit = on; SET application_name = 'plimsoll'";

/// How many tables a file of SQLite's has, and whether it has ours.
const TABLES: &str = "SELECT COUNT(*), COUNT(CASE WHEN name = 'plimsoll_migrations' THEN 1 END) FROM sqlite_master \
                      WHERE type = 'table' AND name NOT LIKE 'sqlite%'";

/// Scenarios in a database. Cheap to clone: clones share its connections.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
    database: Database,
}

impl Store {
    /// Opens a database and brings its tables up to date. A file is made where there is none, with its folder.
    pub async fn open(database: &Database) -> Result<Self, StoreError> {
        install_default_drivers();
        let unopened = |why: String| StoreError::Unopened { database: database.clone(), why };
        if let Database::File(path) = database
            && let Some(folder) = path.parent()
        {
            std::fs::create_dir_all(folder).map_err(|error| unopened(error.to_string()))?;
        }
        let url = database.url().map_err(|error| unopened(error.to_string()))?;
        let options: AnyConnectOptions = url.parse().map_err(|error| unopened(told(&error)))?;
        // The pool would try again and again; one try tells what is wrong.
        let first = options.connect().await.map_err(|error| unopened(told(&error)))?;
        refuse_foreign(first, database).await?;
        let pool = AnyPoolOptions::new()
            .max_connections(MOST_CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .after_connect(|connection, _| Box::pin(prepare(connection)))
            .connect_with(options)
            .await
            .map_err(|error| unopened(told(&error)))?;
        let store = Self { pool, database: database.clone() };
        let applied = migrations::apply(&store.pool, database, &migrations::known()).await;
        if applied.is_err() {
            store.pool.close().await;
        }
        applied.map(|()| store)
    }
    /// Which database it is.
    pub const fn database(&self) -> &Database {
        &self.database
    }
    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }
    /// Waits for everything that is under way, then closes it, for all clones.
    pub async fn close(self) {
        self.pool.close().await;
    }
    pub(super) const fn pool(&self) -> &AnyPool {
        &self.pool
    }
}

async fn prepare(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    let is_sqlite = connection.backend_name() == "SQLite";
    sqlx::raw_sql(if is_sqlite { OF_SQLITE } else { OF_POSTGRES }).execute(connection).await?;
    Ok(())
}

/// Leaves files alone that another program made.
async fn refuse_foreign(mut connection: AnyConnection, database: &Database) -> Result<(), StoreError> {
    let unopened = |error: sqlx::Error| StoreError::Unopened { database: database.clone(), why: told(&error) };
    if matches!(database, Database::File(_)) {
        let (tables, ours): (i64, i64) = sqlx::query_as(TABLES).fetch_one(&mut connection).await.map_err(unopened)?;
        if tables > 0 && ours == 0 {
            return Err(StoreError::Foreign(database.clone()));
        }
    }
    connection.close().await.map_err(unopened)
}

/// What went wrong, without the library's words before it.
fn told(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().into(),
        sqlx::Error::Io(error) => error.to_string(),
        sqlx::Error::Tls(_) => "it asks for an encrypted connection, which this program does not speak; use a tunnel, \
                                or `sslmode=disable` in a network that you trust"
            .into(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::testing::{on_every_database, run};
    use std::io::{Read as _, Write as _};

    #[test]
    fn an_open_store_answers_and_a_closed_one_does_not() {
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            store.ping().await.unwrap();
            store.clone().close().await;
            assert!(matches!(store.ping().await, Err(StoreError::Busy)));
        });
    }

    #[test]
    fn commits_wait_for_the_disk_and_readers_for_nobody() {
        let folder = tempfile::tempdir().unwrap();
        run(async {
            let store = Store::open(&Database::File(folder.path().join("sub folder?/a#b.db"))).await.unwrap();
            let asked = async |pragma: &'static str| {
                sqlx::query_scalar::<_, String>(pragma).fetch_one(store.pool()).await.unwrap()
            };
            assert_eq!(asked("SELECT journal_mode FROM pragma_journal_mode").await, "wal");
            assert_eq!(asked("SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous").await, "2", "2 is FULL");
            assert_eq!(asked("SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys").await, "1");
            assert_eq!(asked("SELECT CAST(timeout AS TEXT) FROM pragma_busy_timeout").await, "5000");
            store.close().await;
        });
        assert!(folder.path().join("sub folder?/a#b.db").exists());
    }

    #[test]
    fn what_is_no_database_of_ours_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (text, others) = (folder.path().join("notes.txt"), folder.path().join("others.db"));
        std::fs::write(&text, "not a database, though long enough to be taken for the head of one".repeat(20)).unwrap();
        run(async {
            let told = Store::open(&Database::File(text)).await.unwrap_err().to_string();
            assert!(told.ends_with("notes.txt: file is not a database"), "{told}");

            let url = Database::File(others.clone()).url().unwrap();
            let options: AnyConnectOptions = url.parse().unwrap();
            let mut other = options.connect().await.unwrap();
            sqlx::raw_sql("CREATE TABLE theirs (id INTEGER)").execute(&mut other).await.unwrap();
            other.close().await.unwrap();
            let told = Store::open(&Database::File(others)).await.unwrap_err();
            assert!(matches!(told, StoreError::Foreign(_)), "{told}");
        });
    }

    #[test]
    fn who_asks_for_an_encrypted_connection_is_told_what_to_do() {
        let told = |url: &str| run(async { Store::open(&Database::Server(url.into())).await.unwrap_err().to_string() });
        let expected = "it asks for an encrypted connection, which this program does not speak; use a tunnel, or \
                        `sslmode=disable` in a network that you trust";
        // A server without TLS: whoever asks for it gets the one letter N.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (mut stream, mut request) = (stream, [0; 8]);
                if stream.read_exact(&mut request).is_ok() {
                    let _ = stream.write_all(b"N");
                }
            }
        });
        let said = told(&format!("postgres://ann:secret@{address}/plans?sslmode=require"));
        assert_eq!(said, format!("cannot open postgres://ann@{address}/plans: {expected}"));
        on_every_database(async |database| {
            let Database::Server(url) = database else { return };
            let database = Database::Server(format!("{url}?sslmode=require"));
            let said = Store::open(&database).await.unwrap_err().to_string();
            assert!(said.ends_with(expected), "{said}");
        });
    }

    #[test]
    fn a_server_that_is_not_there_is_told_at_once() {
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let database = Database::Server(format!("postgres://ann:secret@{nobody}/plans"));
        let told = run(async { Store::open(&database).await.unwrap_err().to_string() });
        assert!(told.starts_with(&format!("cannot open postgres://ann@{nobody}/plans: ")), "{told}");
        assert!(told.contains("refused"), "{told}");
    }
}

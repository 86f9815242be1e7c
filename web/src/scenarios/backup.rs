//! A copy of everything while it is in use.
use super::{Database, Store, StoreError};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Copies a database into a new file, for a program that does nothing else.
pub fn back_up(database: &Database, to: &Path) -> Result<(), StoreError> {
    let failed = |why: String| StoreError::Unopened { database: database.clone(), why };
    if let Database::File(from) = database
        && !from.exists()
    {
        return Err(failed("there is no such file".into()));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| failed(error.to_string()))?.block_on(async {
        let store = Store::open(database).await?;
        let copied = store.back_up(to).await;
        store.close().await;
        copied
    })
}

impl Store {
    /// Writes everything into a new file of SQLite's, as it is at one moment, while others read and write. The file is
    /// there under its name only once it is whole and on the disk. A server of PostgreSQL's has its own way, `pg_dump`.
    pub async fn back_up(&self, file: &Path) -> Result<(), StoreError> {
        let no = |why: String| StoreError::NoBackup { file: file.display().to_string(), why };
        if let Database::Server(_) = self.database() {
            return Err(no(format!(
                "{} is a PostgreSQL server; use pg_dump, which PostgreSQL brings",
                self.database()
            )));
        }
        if file.exists() {
            return Err(no("the file exists; name a new one".into()));
        }
        let part = part_of(file);
        let part_name = part.to_str().ok_or_else(|| no("SQLite takes only names in UTF-8".into()))?;
        let copied = sqlx::query("VACUUM INTO $1").bind(part_name).execute(self.pool()).await;
        let named = match copied {
            Ok(_) => publish(&part, file).map_err(|error| no(error.to_string())),
            Err(sqlx::Error::Database(error)) => Err(no(error.message().into())),
            Err(error) => Err(error.into()),
        };
        if named.is_err() {
            // What was not made needs no removal; the first error is the one to tell.
            let _ = std::fs::remove_file(&part);
        }
        named
    }
}

/// A name beside the file that nobody else takes.
fn part_of(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", super::ScenarioId::random()));
    file.with_file_name(name)
}

/// Gives a file its name once the disk has it; SQLite does not wait for the disk here.
fn publish(part: &Path, file: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    std::fs::rename(part, file)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::testing::{draft, on_every_database, stamp};

    #[test]
    fn a_backup_opens_like_the_original() {
        let folder = tempfile::tempdir().unwrap();
        on_every_database(async |database| {
            let store = Store::open(&database).await.unwrap();
            let id = store.create(&draft("kept"), &stamp("Ann", 0)).await.unwrap();
            let file = folder.path().join("it's a copy.db");
            let backed_up = store.back_up(&file).await;
            let nowhere = Database::File(folder.path().join("nowhere.db"));
            let told = std::thread::scope(|scope| scope.spawn(|| back_up(&nowhere, &file)).join().unwrap());
            assert!(told.unwrap_err().to_string().ends_with("nowhere.db: there is no such file"));
            if let Database::Server(_) = database {
                assert!(backed_up.unwrap_err().to_string().contains("use pg_dump"));
                return;
            }
            backed_up.unwrap();
            store.delete(&id, &stamp("Ann", 1)).await.unwrap();
            let copy = Store::open(&Database::File(file.clone())).await.unwrap();
            assert_eq!(copy.load(&id).await.unwrap().draft, draft("kept"));
            assert_eq!(copy.load(&id).await.unwrap().deleted, None);
            copy.close().await;

            let told = store.back_up(&file).await.unwrap_err().to_string();
            assert!(told.ends_with("it's a copy.db: the file exists; name a new one"), "{told}");
            let told = store.back_up(&folder.path().join("no/such/folder.db")).await.unwrap_err().to_string();
            assert!(told.contains("unable to open database"), "{told}");
        });
        let parts = std::fs::read_dir(folder.path())
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "part"));
        assert_eq!(parts.count(), 0);
    }
}

//! Files for a test, in a folder of their own that goes when it is dropped.
use plimsoll_ingest::inputs::{Found, Place};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

#[derive(Debug)]
pub(crate) struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("plimsoll-bills-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("there is a folder for what passes");
        Self { folder }
    }

    /// Writes a file. Its name, unlike its path, is the same in every run.
    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> Found {
        let (path, bytes) = (self.folder.join(name), bytes.as_ref());
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).expect("folders can be made in a folder of one's own");
        }
        fs::write(&path, bytes).expect("files can be written to a folder of one's own");
        Found { name: name.to_owned(), place: Place::File(path), size: Some(bytes.len() as u64), stop: None }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        // What is left in the folder for what passes does no harm.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

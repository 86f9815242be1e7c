//! What is in a folder and below it.
use super::unreadable::problem;
use crate::problem::Problem;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder, each list in the order of paths.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Tables, by the end of their names.
    pub(super) tables: Vec<PathBuf>,
    /// What may be a provider's list of an export's files.
    pub(super) manifests: Vec<PathBuf>,
    /// All else.
    pub(super) others: Vec<PathBuf>,
    /// Folders that cannot be read.
    pub(super) problems: Vec<Problem>,
}

/// How the names of tables end; `.snappy.parquet` is one of them.
const TABLES: [&str; 7] = [".csv", ".csv.gz", ".csv.zst", ".tsv", ".tsv.gz", ".tsv.zst", ".parquet"];

impl Folder {
    /// Looks into a folder and those below, hidden ones left out. Links are followed, each folder once.
    pub(super) fn read(root: &Path) -> Self {
        let mut folder = Self::default();
        folder.walk(root, &mut HashSet::new());
        folder
    }

    fn walk(&mut self, path: &Path, seen: &mut HashSet<PathBuf>) {
        if fs::canonicalize(path).is_ok_and(|real| !seen.insert(real)) {
            return;
        }
        let mut entries = match fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
            Ok(entries) => entries,
            Err(error) => return self.problems.push(problem(&path.display().to_string(), &error)),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let (path, name) = (entry.path(), lower(&entry.file_name()));
            if path.is_dir() {
                if !name.starts_with('.') {
                    self.walk(&path, seen);
                }
            } else if name.starts_with('.') {
                self.others.push(path);
            } else if TABLES.iter().any(|end| name.ends_with(end)) {
                self.tables.push(path);
            } else if may_be_manifest(&path) {
                self.manifests.push(path);
            } else {
                self.others.push(path);
            }
        }
    }
}

/// Whether a file is called like the list of an export's files.
pub(super) fn may_be_manifest(path: &Path) -> bool {
    path.file_name().is_some_and(|name| lower(name).ends_with("manifest.json"))
}

fn lower(name: &OsStr) -> String {
    name.to_string_lossy().to_ascii_lowercase()
}

//! From the words of a command line to files.
use super::folder::{Folder, may_be_manifest};
use super::manifest::{self, Manifest};
use super::unreadable::problem;
use super::{Found, versions};
use crate::problem::Problem;
use crate::reader::nearest::nearest;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The files, each once, in the order of the words; those of a folder in the order of their paths or manifest.
    pub files: Vec<Found>,
    /// What was left out, a sentence each.
    pub notes: Vec<String>,
}

/// Finds the files that these words mean: paths, globs, folders, manifests, and `-` for standard input.
///
/// # Errors
/// All that is missing: a file, a match, a table in a folder, or a file that a manifest lists.
pub fn expand(words: &[String]) -> Result<Inputs, Vec<Problem>> {
    expanded(words, Expanding::default())
}

/// The same, but of a folder every file that is not hidden, whatever its name: monitoring writes text, JSON and logs too.
///
/// # Errors
/// As [`expand`].
pub fn expand_all(words: &[String]) -> Result<Inputs, Vec<Problem>> {
    expanded(words, Expanding { taken: Taken::Everything, ..Expanding::default() })
}

fn expanded(words: &[String], mut expanding: Expanding) -> Result<Inputs, Vec<Problem>> {
    for word in words {
        expanding.word(word);
    }
    let Expanding { inputs, problems, .. } = expanding;
    if problems.is_empty() { Ok(inputs) } else { Err(problems) }
}

/// What is taken of a folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Taken {
    /// What manifests list; without one, tables.
    #[default]
    Tables,
    /// All that is not hidden.
    Everything,
}

#[derive(Default)]
struct Expanding {
    taken: Taken,
    inputs: Inputs,
    problems: Vec<Problem>,
    /// The files so far, by their real paths.
    seen: HashMap<PathBuf, String>,
}

const GLOB: [char; 3] = ['*', '?', '['];
/// So many files are named in a note.
const NAMED: usize = 5;

impl Expanding {
    fn word(&mut self, word: &str) {
        if word == "-" {
            return self.add(Found::stdin());
        }
        let path = Path::new(word);
        match fs::metadata(path) {
            Ok(_) => self.path(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound && word.contains(GLOB) => self.glob(word),
            Err(error) => {
                let help = match error.kind() {
                    io::ErrorKind::NotFound => near(path),
                    _ => String::new(),
                };
                self.problems.push(Problem { help, ..problem(word, &error) });
            }
        }
    }

    fn path(&mut self, path: &Path) {
        if path.is_dir() {
            self.folder(path);
        } else if self.taken == Taken::Tables && may_be_manifest(path) {
            self.manifest(path);
        } else {
            self.add(Found::file(path));
        }
    }

    fn glob(&mut self, pattern: &str) {
        let as_shells = glob::MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            require_literal_leading_dot: true,
        };
        let matches = match glob::glob_with(pattern, as_shells) {
            Ok(matches) => matches,
            Err(error) => {
                let what = format!("is no pattern: {}", error.msg);
                return self.problems.push(Problem::in_whole(
                    pattern,
                    what,
                    "`*`, `?`, `[abc]` and `**` may be written",
                ));
            }
        };
        let mut paths = Vec::new();
        for found in matches {
            match found {
                Ok(path) => paths.push(path),
                Err(error) => {
                    let name = error.path().display().to_string();
                    self.problems.push(problem(&name, error.error()));
                }
            }
        }
        if paths.is_empty() {
            return self.problems.push(Problem::in_whole(pattern, "no file matches", "is the folder right?"));
        }
        paths.sort();
        for path in paths {
            self.path(&path);
        }
    }

    fn folder(&mut self, root: &Path) {
        let name = root.display();
        let folder = Folder::read(root);
        self.problems.extend(folder.problems);
        if self.taken == Taken::Everything {
            let visible =
                |path: &PathBuf| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            let all = [folder.tables, folder.manifests, folder.others].concat();
            let mut all: Vec<PathBuf> = all.into_iter().filter(visible).collect();
            all.sort();
            if all.is_empty() {
                self.problems.push(Problem::in_whole(
                    &name.to_string(),
                    "the folder has no files",
                    "is it the right one?",
                ));
            }
            return all.into_iter().for_each(|path| self.add(Found::file(path)));
        }
        let mut manifests = Vec::new();
        let mut others = folder.others;
        for path in folder.manifests {
            match manifest::read(&path) {
                Ok(Some(manifest)) => manifests.push(manifest),
                Ok(None) => others.push(path),
                Err(problem) => return self.problems.push(problem),
            }
        }
        if !manifests.is_empty() {
            return self.listed(root, manifests, &folder.tables);
        }
        if folder.tables.is_empty() {
            let what = "the folder has neither CSV nor Parquet files";
            let help = if others.is_empty() {
                "is it the right one?".to_owned()
            } else {
                format!("it has {}", named(&others))
            };
            return self.problems.push(Problem::in_whole(&name.to_string(), what, help));
        }
        for path in folder.tables {
            self.add(Found::file(path));
        }
        if !others.is_empty() {
            self.inputs.notes.push(format!("left out of `{name}`, as neither CSV nor Parquet: {}.", named(&others)));
        }
    }

    /// The files that the manifests of a folder list, and of tables those that stand where no manifest counts.
    fn listed(&mut self, root: &Path, manifests: Vec<Manifest>, tables: &[PathBuf]) {
        let realms: Vec<PathBuf> = manifests.iter().map(|manifest| manifest.realm().to_owned()).collect();
        let current = versions::current(manifests);
        self.inputs.notes.extend(current.notes);
        self.problems.extend(current.problems);
        let mut listed = Vec::new();
        for manifest in &current.manifests {
            match manifest.files(root) {
                Ok(files) => listed.extend(files),
                Err(problems) => self.problems.extend(problems),
            }
        }
        let known: HashSet<&PathBuf> = listed.iter().collect();
        let rest = tables.iter().filter(|table| !known.contains(table));
        let (rest, free): (Vec<&PathBuf>, Vec<&PathBuf>) =
            rest.partition(|table| realms.iter().any(|realm| table.starts_with(realm)));
        if !rest.is_empty() {
            let (files, name) = (named(&rest), root.display());
            self.inputs.notes.push(format!("left out of `{name}`, as no current manifest lists them: {files}."));
        }
        if listed.is_empty() && free.is_empty() && self.problems.is_empty() {
            let what = "the manifest lists no files";
            self.problems.push(Problem::in_whole(&current.manifests[0].path.display().to_string(), what, ""));
        }
        for path in listed.iter().chain(free) {
            self.add(Found::file(path));
        }
    }

    /// A manifest that was named by itself.
    fn manifest(&mut self, path: &Path) {
        match manifest::read(path) {
            Ok(Some(manifest)) => {
                let root = manifest.folder().to_owned();
                self.listed(&root, vec![manifest], &[]);
            }
            Ok(None) => {
                let what = "this is no manifest of an export";
                let help = "it has none of `reportKeys`, `dataFiles` and `blobs`; name the folder or its CSV files";
                self.problems.push(Problem::in_whole(&path.display().to_string(), what, help));
            }
            Err(problem) => self.problems.push(problem),
        }
    }

    fn add(&mut self, found: Found) {
        let real = match found.path() {
            Some(path) => fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
            None => PathBuf::from("-"),
        };
        match self.seen.get(&real) {
            Some(first) if *first == found.name => {
                self.inputs.notes.push(format!("`{first}` was named twice and is read once."));
            }
            Some(first) => {
                let name = &found.name;
                self.inputs.notes.push(format!("`{name}` is the same file as `{first}` and is read once."));
            }
            None => {
                self.seen.insert(real, found.name.clone());
                self.inputs.files.push(found);
            }
        }
    }
}

/// What the writer of a path that is not there may have meant.
fn near(path: &Path) -> String {
    let otherwise = "give a file, a folder, a glob, or - for standard input".to_owned();
    let (Some(name), Some(folder)) = (path.file_name(), path.parent()) else { return otherwise };
    let looked = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(looked) else { return otherwise };
    let mut names: Vec<String> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let meant = nearest(&name.to_string_lossy(), &names);
    meant.map_or(otherwise, |meant| format!("did you mean `{}`?", folder.join(meant).display()))
}

fn named(paths: &[impl AsRef<Path>]) -> String {
    let names: Vec<String> = paths.iter().take(NAMED).map(|path| format!("`{}`", path.as_ref().display())).collect();
    let rest = paths.len().saturating_sub(NAMED);
    names.join(", ") + &if rest > 0 { format!(" and {rest} more") } else { String::new() }
}

#[cfg(test)]
#[path = "expand_tests.rs"]
mod tests;

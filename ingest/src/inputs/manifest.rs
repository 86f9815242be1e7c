//! Manifests: the lists that providers write beside the files of an export.
//!
//! AWS, "Understanding your report versions" and "Understanding export delivery"; Microsoft, "Understand export file
//! structure and manifest". Files are listed by their whole key in the provider's store: what is at hand is matched by the
//! end of that key, below a folder at or above the manifest. A name alone is enough only beside the manifest itself:
//! every month of an export has a file of the same name.
use super::unreadable::problem;
use crate::problem::Problem;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The list of an export's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    /// Where it stands.
    pub(super) path: PathBuf,
    /// The files' keys, in order.
    pub(super) keys: Vec<String>,
    /// Whose export this is, and of which period, as far as it can be told.
    pub(super) edition: Option<Edition>,
    /// When the provider began to write it, where that is told.
    pub(super) submitted: Option<String>,
    /// Whether it is one of Azure's.
    pub(super) is_azure: bool,
}

/// One period of an export: it must not be read twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edition {
    /// Account, store and folder of the export.
    pub(super) export: String,
    /// The folder of the period: `20260301-20260401` or `BILLING_PERIOD=2026-03`.
    pub(super) period: String,
}

/// No manifest is larger: one of a thousand files and a thousand columns has a megabyte.
const LARGEST: u64 = 64 << 20;

/// Reads a manifest; none if this is JSON of another kind, as the ones AWS writes for its databases.
pub(super) fn read(path: &Path) -> Result<Option<Manifest>, Problem> {
    let name = path.display().to_string();
    let size = fs::metadata(path).map_err(|error| problem(&name, &error))?.len();
    if size > LARGEST {
        return Ok(None);
    }
    let bytes = fs::read(path).map_err(|error| problem(&name, &error))?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let json: Value = serde_json::from_slice(text).map_err(|error| {
        let what = format!("the manifest is not whole: {error}");
        Problem::in_whole(&name, what, "download it again")
    })?;
    let lists: [(&str, &[&str]); 3] = [("reportKeys", &[]), ("dataFiles", &[]), ("blobs", &["blobName"])];
    let Some((list, of, entries)) = lists.iter().find_map(|(list, of)| Some((list, of, json[list].as_array()?))) else {
        return Ok(None);
    };
    let keys: Option<Vec<String>> = entries
        .iter()
        .map(|entry| of.iter().fold(entry, |value, field| &value[field]).as_str().map(str::to_owned))
        .collect();
    let wrong = |what: String| Problem::in_whole(&name, what, "download it again");
    let keys = keys.ok_or_else(|| wrong(format!("an entry of `{list}` names no file")))?;
    if let Some(key) = keys.iter().find(|key| parts(key).is_empty() || parts(key).contains(&"..")) {
        return Err(wrong(format!("`{list}` names `{key}`, which is no file of an export")));
    }
    Ok(Some(Manifest {
        path: path.into(),
        edition: edition(&json, &keys),
        keys,
        submitted: json["runInfo"]["submittedTime"].as_str().map(str::to_owned),
        is_azure: *list == "blobs",
    }))
}

/// The end of an export's keys is the same everywhere: `[prefix/]export/[data/]period/[run/]file`.
fn edition(json: &Value, keys: &[String]) -> Option<Edition> {
    let parts = parts(keys.first()?);
    let at = parts.iter().rposition(|part| is_period(part))?;
    let store = [&json["account"], &json["bucket"], &json["deliveryConfig"]["containerUri"]];
    let store = store.into_iter().filter_map(Value::as_str);
    let export: Vec<&str> = store.chain(parts[..at].iter().copied()).collect();
    Some(Edition { export: export.join("/"), period: parts[at].to_owned() })
}

fn is_period(part: &str) -> bool {
    let is_day = |day: &str| day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit());
    part.starts_with("BILLING_PERIOD=") || part.split_once('-').is_some_and(|(from, to)| is_day(from) && is_day(to))
}

/// The parts of a key: `s3://bucket/a/b.csv` begins with its store.
fn parts(key: &str) -> Vec<&str> {
    key.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect()
}

impl Manifest {
    /// The folder it stands in.
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// The folder in which nothing counts but what it lists: that of its period, that of the export where AWS keeps
    /// manifests apart, or its own.
    pub(super) fn realm(&self) -> &Path {
        let own = self.folder();
        let called = |folder: &&Path, name: &str| folder.file_name().is_some_and(|n| n == name);
        let period = self.edition.as_ref().map(|edition| edition.period.as_str());
        let export = own.ancestors().find(|folder| called(folder, "metadata")).and_then(Path::parent);
        export.or_else(|| own.ancestors().find(|f| period.is_some_and(|name| called(f, name)))).unwrap_or(own)
    }

    /// The files it lists, in its order, below the folder `root` or where its `data` folder stands; a problem for each
    /// that is not there.
    pub(super) fn files(&self, root: &Path) -> Result<Vec<PathBuf>, Vec<Problem>> {
        let (mut files, mut missing) = (Vec::new(), Vec::new());
        for key in &self.keys {
            match self.find(&parts(key), root) {
                Some(path) => files.push(path),
                None => missing.push(key.as_str()),
            }
        }
        if missing.is_empty() { Ok(files) } else { Err(self.tell(&missing)) }
    }

    fn find(&self, key: &[&str], root: &Path) -> Option<PathBuf> {
        let own = self.folder();
        let within: Vec<&Path> = own.ancestors().take_while(|folder| folder.starts_with(root)).collect();
        // AWS keeps manifests in `metadata`, beside `data`.
        let metadata = own.ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "metadata"));
        let export = metadata.and_then(Path::parent);
        let data = key.iter().rposition(|part| *part == "data");
        let beside = export.zip(data).map(|(export, at)| under(export, &key[at..]));
        let longest_first = (1..=key.len()).rev().flat_map(|length| {
            let tail = &key[key.len() - length..];
            let folders = within.iter().filter(move |folder| length > 1 || **folder == own);
            folders.map(move |folder| under(folder, tail))
        });
        beside.into_iter().chain(longest_first).find(|path| path.is_file())
    }

    fn tell(&self, missing: &[&str]) -> Vec<Problem> {
        const SHOWN: usize = 10;
        let name = self.path.display().to_string();
        let help = "an export that is not whole is not added up: download the rest of it";
        let mut problems: Vec<Problem> = missing
            .iter()
            .take(SHOWN)
            .map(|key| Problem::in_whole(&name, format!("`{key}` is listed and is not here"), help))
            .collect();
        if missing.len() > SHOWN {
            let what = format!("{} of the {} files it lists are not here", missing.len(), self.keys.len());
            problems.push(Problem::in_whole(&name, what, help));
        }
        problems
    }
}

fn under(folder: &Path, parts: &[&str]) -> PathBuf {
    let mut path = folder.to_owned();
    path.extend(parts);
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_and_exports_are_in_the_keys() {
        let of = |key: &str| edition(&serde_json::json!({"account": "1"}), &[key.to_owned()]);
        let edition = of("cur/acme/20260301-20260401/4f2a/acme-1.csv.gz").unwrap();
        assert_eq!((edition.export.as_str(), edition.period.as_str()), ("1/cur/acme", "20260301-20260401"));
        let edition = of("s3://bucket/x/acme/data/BILLING_PERIOD=2026-03/acme-00001.csv.gz").unwrap();
        assert_eq!(
            (edition.export.as_str(), edition.period.as_str()),
            ("1/s3:/bucket/x/acme/data", "BILLING_PERIOD=2026-03")
        );
        assert_eq!(of("acme/march.csv"), None);
    }
}

//! Files that were uploaded to be asked about, kept for a while: by an id that nobody guesses, and as long as there is room.
use super::samples;
use crate::asking::Folder;
use crate::reply::Turned;
use plimsoll_desk::{Content, Upload};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tempfile::TempDir;

/// Files that were uploaded together.
pub(crate) struct Set {
    pub(super) files: Vec<Upload>,
    pub(super) folder: Arc<Folder>,
    bytes: u64,
    used: Mutex<Instant>,
}

/// All of them.
pub(crate) struct Uploads {
    place: TempDir,
    sets: Mutex<BTreeMap<String, Arc<Set>>>,
    samples: BTreeMap<String, Arc<Set>>,
    most: u64,
}

impl Uploads {
    /// So many bytes are kept; the samples are always there.
    pub(crate) fn within(parent: &Path, most: u64) -> io::Result<Self> {
        let place = tempfile::Builder::new().prefix("uploads-").tempdir_in(parent)?;
        let mut all = BTreeMap::new();
        for sample in samples::EXPORTS {
            let folder = Folder::within(place.path()).map_err(|turned| io::Error::other(turned.what))?;
            let mut files = Vec::new();
            for (number, (name, bytes)) in sample.files.iter().enumerate() {
                let path = folder.path().join(number.to_string());
                fs::write(&path, bytes)?;
                files.push(Upload { name: (*name).to_owned(), content: Content::File(path) });
            }
            all.insert(sample.id.to_owned(), Arc::new(Set::of(files, Arc::new(folder))));
        }
        Ok(Self { place, sets: Mutex::default(), samples: all, most })
    }
    pub(super) fn folder(&self) -> Result<Folder, Turned> {
        Folder::within(self.place.path())
    }
    /// The files of an id, which are kept longer for being asked about.
    pub(super) fn of(&self, id: &str) -> Option<Arc<Set>> {
        let sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        let set = self.samples.get(id).or_else(|| sets.get(id))?;
        *set.used.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        Some(Arc::clone(set))
    }
    /// Keeps files, and gives their id. What was not asked about for longest makes room.
    pub(super) fn keep(&self, files: Vec<Upload>, folder: Folder) -> String {
        let set = Arc::new(Set::of(files, Arc::new(folder)));
        let mut sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        let used = |set: &Set| *set.used.lock().unwrap_or_else(PoisonError::into_inner);
        while sets.values().map(|set| set.bytes).sum::<u64>() + set.bytes > self.most {
            let Some(oldest) = sets.iter().min_by_key(|(_, set)| used(set)).map(|(id, _)| id.clone()) else { break };
            sets.remove(&oldest);
        }
        let id = crate::random::id();
        sets.insert(id.clone(), set);
        id
    }
}

impl Set {
    fn of(files: Vec<Upload>, folder: Arc<Folder>) -> Self {
        let bytes = files.iter().map(size).sum();
        Self { files, folder, bytes, used: Mutex::new(Instant::now()) }
    }
}

/// How many bytes a file has.
pub(super) fn size(upload: &Upload) -> u64 {
    match &upload.content {
        Content::Bytes(bytes) => bytes.len() as u64,
        Content::File(path) => fs::metadata(path).map_or(0, |about| about.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn kept(uploads: &Uploads, bytes: &[u8]) -> String {
        let folder = uploads.folder().unwrap();
        let file = folder.keep("a.csv", bytes).await.unwrap();
        uploads.keep(vec![file], folder)
    }

    #[tokio::test]
    async fn what_was_not_asked_about_for_longest_makes_room() {
        let parent = tempfile::tempdir().unwrap();
        let uploads = Uploads::within(parent.path(), 10).unwrap();
        let (first, second) = (kept(&uploads, b"1234").await, kept(&uploads, b"1234").await);
        assert!(uploads.of(&first).is_some());
        let third = kept(&uploads, b"1234").await;
        let there = [&first, &second, &third].map(|id| uploads.of(id).is_some());
        assert_eq!(there, [true, false, true]);
        assert!(uploads.of("sample-bill").is_some() && uploads.of("..").is_none());
    }
}

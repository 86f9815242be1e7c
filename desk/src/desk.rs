//! What a question is asked at: where its files lie, who watches, and the catalogs that were read before.
use crate::{Catalogs, Shelf, Watcher};
use plimsoll_ingest::inputs::{Found, Inputs};
use plimsoll_ingest::problem::Problem;

/// What a question is asked at.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Where the files lie that are named.
    pub shelf: &'a Shelf,
    /// Who is told how far the reading is.
    pub watcher: &'a dyn Watcher,
    /// The catalogs of the shipped tables.
    pub catalogs: &'a Catalogs,
}

impl Desk<'_> {
    /// The files of tables that these words mean.
    pub(crate) fn tables(&self, words: &[String]) -> Result<Inputs, Vec<Problem>> {
        self.shelf.tables(words).map(|inputs| self.watched(inputs))
    }
    /// The files of any kind that these words mean.
    pub(crate) fn files(&self, words: &[String]) -> Result<Inputs, Vec<Problem>> {
        self.shelf.files(words).map(|inputs| self.watched(inputs))
    }
    fn watched(&self, inputs: Inputs) -> Inputs {
        let stop = self.watcher.stop();
        let files = inputs.files.into_iter().map(|file| Found { stop: stop.clone(), ..file }).collect();
        Inputs { files, ..inputs }
    }
    /// Reads, while somebody watches how far it is.
    pub(crate) fn watching<T>(&self, files: &[Found], read: impl FnOnce(&(dyn Fn(u64) + Sync)) -> T) -> T {
        self.watcher.begins(files.iter().map(|file| file.size).sum());
        let outcome = read(&|bytes| self.watcher.at(bytes));
        self.watcher.ends();
        outcome
    }
}

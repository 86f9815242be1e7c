//! A workload file that is still being changed.
use super::workload::read_document;
use crate::document::{Document, Node, Spot};
use crate::problem::Problem;
use crate::reader::nearest;
use plimsoll::levers::StatedLever;
use plimsoll::workload::Workload;

/// A workload file that is still being changed, before its fields are read: the same file is read under many changes.
#[derive(Clone, Debug)]
pub struct Draft {
    document: Document,
    lost: Vec<Problem>,
}

impl Draft {
    /// The file as it is written.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        Ok(Self { document: Document::parse(name, bytes)?, lost: Vec::new() })
    }
    /// Sets the value at the end of a path. `flag` is what messages call the place it was written: `--set`. What is wrong
    /// with it is told by [`Self::read`].
    pub fn set(&mut self, flag: &str, path: &str, value: &str) {
        self.lost.extend(self.document.set_by(flag, path, value).err());
    }
    /// The same with a value that stands in another file.
    pub fn set_from(&mut self, file: &Document, path: &str, at: &Spot, value: Node) {
        self.lost.extend(self.document.set_from(file, path, at, value).err());
    }
    /// Something that is wrong with a change, to be told with the rest.
    pub fn tell(&mut self, problem: Problem) {
        self.lost.push(problem);
    }
    /// What stands at the end of a path.
    pub fn value_at(&self, path: &str) -> Option<&Node> {
        self.document.at(path)
    }
    /// The path that was meant by another, among those that the file writes.
    pub fn meant(&self, path: &str) -> String {
        let paths = self.document.paths();
        let names: Vec<&str> = paths.iter().map(String::as_str).collect();
        nearest::help(path, &names, "the paths of the file")
    }
    /// The workload, or everything that is wrong with the file and the changes.
    pub fn read(&self) -> Result<Workload, Vec<Problem>> {
        self.read_with_levers().map(|(workload, _)| workload)
    }
    /// The same with what the file says of levers.
    pub fn read_with_levers(&self) -> Result<(Workload, Vec<StatedLever>), Vec<Problem>> {
        read_document(&self.document, &self.lost)
    }
}

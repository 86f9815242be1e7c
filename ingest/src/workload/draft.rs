//! A workload file that is still being changed.
use super::workload::read_document;
use crate::document::Document;
use crate::problem::Problem;
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
    /// The workload, or everything that is wrong with the file and the changes.
    pub fn read(&self) -> Result<Workload, Vec<Problem>> {
        read_document(&self.document, &self.lost)
    }
}

//! The file of `--fleet`.
use super::QUESTION;
use crate::failure::Failure;
use crate::files::{self, Hashing, base_name};
use crate::shelf::Shelf;
use plimsoll::report::Input;
use plimsoll::rightsizing::Held;
use plimsoll_ingest::fleet;
use std::path::Path;

/// What runs, and how an answer names the file.
pub(super) fn read(path: &Path, shelf: &Shelf) -> Result<(Vec<Held>, Input), Failure> {
    let path = path.display().to_string();
    let name = &shelf.called(&path);
    let help = "give the name of a CSV file of id,shape,count";
    let file = shelf.open(&path).map_err(|e| files::unreadable(QUESTION, name, &files::reason(&e), help))?;
    let mut file = Hashing::new(file);
    let held = fleet::read(name, &mut file).map_err(|problems| Failure::problems(QUESTION, problems))?;
    let rows = Some(held.len() as u64);
    Ok((held, Input { name: base_name(name), sha256: Some(file.finish()), rows }))
}

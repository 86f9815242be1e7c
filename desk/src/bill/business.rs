//! The file of `--business`.
use super::QUESTION;
use crate::failure::Failure;
use crate::files::{self, Hashing, base_name};
use crate::shelf::Shelf;
use plimsoll::bill::Business;
use plimsoll::report::Input;
use plimsoll_ingest::business;
use std::path::Path;

/// What the business did each day, and how an answer names the file.
pub(super) fn read(path: &Path, shelf: &Shelf) -> Result<(Business, Input), Failure> {
    let path = path.display().to_string();
    let name = &shelf.called(&path);
    let help = "give the name of a CSV file of date,amount";
    let file = shelf.open(&path).map_err(|e| files::unreadable(QUESTION, name, &files::reason(&e), help))?;
    let mut file = Hashing::new(file);
    let business = business::read(name, &mut file).map_err(|problems| Failure::problems(QUESTION, problems))?;
    let rows = Some(business.days.len() as u64);
    Ok((business, Input { name: base_name(name), sha256: Some(file.finish()), rows }))
}

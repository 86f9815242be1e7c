//! A plain CSV of `timestamp,value`, for as long as it is no format among the others.
use super::QUESTION;
use crate::failure::Failure;
use crate::files::{self, Hashing, base_name};
use plimsoll::profile::Measured;
use plimsoll::report::Input;
use plimsoll_ingest::problem::Problem;
use plimsoll_ingest::series_csv;

/// Whether a word can only be one plain file: standard input, or a name that is neither a folder nor a glob.
pub(super) fn is_one_file(word: &str) -> bool {
    word == "-" || !(word.contains(['*', '?', '[']) || std::path::Path::new(word).is_dir())
}

/// Whether all that is wrong is that no format is known.
pub(super) fn is_unknown(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| problem.what.starts_with("this is no export of metrics"))
}

/// Reads one series.
pub(super) fn read(word: &str) -> Result<(Measured, Input, Vec<String>), Failure> {
    let name = if word == "-" { "standard input".to_owned() } else { word.to_owned() };
    let source = files::open(word).map_err(|e| {
        files::unreadable(QUESTION, &name, &files::reason(&e), "give the name of a CSV file, or - for standard input")
    })?;
    let mut source = Hashing::new(source);
    let file = series_csv::read(&name, &mut source).map_err(|problems| Failure::problems(QUESTION, problems))?;
    let input = Input { name: base_name(&name), sha256: Some(source.finish()), rows: Some(file.rows as u64) };
    Ok((file.series.into(), input, file.notes))
}

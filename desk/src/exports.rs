//! Exports of usage: what may be said of them on the command line, and reading them.
use crate::digests::digests;
use crate::failure::Failure;
use crate::files::{self, Bytes};
use crate::{Answered, Desk};
use clap::Args as ClapArgs;
use plimsoll::report::Input;
use plimsoll::telemetry::{Measure, Telemetry};
use plimsoll_ingest::inputs::{Inputs, labels};
use plimsoll_ingest::telemetry::{self, Asked, Layout};
use std::path::{Path, PathBuf};

/// Layout files are written by hand.
const LARGEST_LAYOUT: u64 = 1_000_000;

/// The exports, and what they do not say themselves.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct ExportArgs {
    /// The exports, together one input: metrics, access logs, load tests, or CSV of timestamp,value; files, globs or folders,
    /// plain or packed with gzip or zstd; - reads standard input.
    #[arg(required = true, value_name = "EXPORT")]
    pub(crate) exports: Vec<String>,
    /// Whose the values are, for exports that do not say; the file's name if not given.
    #[arg(long, value_name = "NAME")]
    pub(crate) resource: Option<String>,
    /// What the values measure, for exports that do not say, as in requests or cpu_share.
    #[arg(long, value_name = "WORD", value_parser = measure)]
    pub(crate) measure: Option<Measure>,
    /// How the tables among the exports are laid out: which column means what, in which unit and time zone; TOML.
    #[arg(long, value_name = "FILE")]
    pub(crate) layout: Option<PathBuf>,
    /// Write a first guess of the layout of the first export to this file instead of answering.
    #[arg(long, value_name = "FILE", conflicts_with = "layout")]
    pub(crate) write_layout: Option<PathBuf>,
    /// Set rows aside that cannot be read, and count them, instead of refusing the file.
    #[arg(long)]
    pub(crate) keep_going: bool,
}

/// What was read.
pub(crate) struct Exports {
    pub(crate) telemetry: Telemetry,
    pub(crate) inputs: Vec<Input>,
    pub(crate) notes: Vec<String>,
}

impl ExportArgs {
    /// What the flags say of the exports.
    pub(crate) fn asked(&self, question: &'static str, desk: &Desk<'_>) -> Result<Asked, Failure> {
        let layout = self.layout.as_deref().map(|path| layout(question, path, desk)).transpose()?;
        Ok(Asked {
            measure: self.measure.clone(),
            resource: self.resource.clone(),
            layout,
            keep_going: self.keep_going,
            ..Asked::default()
        })
    }
    /// The first guess of a layout, where that is what is asked for.
    pub(crate) fn guessed(&self, question: &'static str, desk: &Desk<'_>) -> Option<Result<Answered, Failure>> {
        let out = self.write_layout.as_ref()?;
        let name = &self.exports[0];
        let help = "give the name of a CSV file, or - for standard input";
        let guess = || {
            let source =
                desk.shelf.open(name).map_err(|e| files::unreadable(question, name, &files::reason(&e), help))?;
            telemetry::guess_layout(name, source).map_err(|problems| Failure::problems(question, problems))
        };
        Some(guess().map(|text| Answered::Text { text, file: Some(out.clone()) }))
    }
}

fn layout(question: &'static str, path: &Path, desk: &Desk<'_>) -> Result<Layout, Failure> {
    let file = Bytes::read(question, desk.shelf, &path.display().to_string(), LARGEST_LAYOUT)?;
    Layout::read(&file.name, &file.bytes).map_err(|problems| Failure::problems(question, problems))
}

/// Reads the exports.
pub(crate) fn read(
    question: &'static str,
    exports: &[String],
    asked: &Asked,
    desk: &Desk<'_>,
) -> Result<Exports, Failure> {
    let Inputs { files, notes } = desk.files(exports).map_err(|problems| Failure::problems(question, problems))?;
    let telemetry = desk.watching(&files, |at| telemetry::read(&files, asked, at));
    let telemetry = telemetry.map_err(|problems| Failure::problems(question, problems))?;
    let digests = digests(&files, false);
    let mut rows = telemetry.reading.files.iter().map(|file| file.rows);
    let named = labels(&files).into_iter().zip(digests.of);
    let inputs = named.map(|(name, sha256)| Input { name, sha256, rows: rows.next() }).collect();
    Ok(Exports { telemetry, inputs, notes: [notes, digests.notes].concat() })
}

/// A measure by its word, or what was meant.
fn measure(text: &str) -> Result<Measure, String> {
    Measure::named(text).ok_or_else(|| {
        let words: Vec<&str> = Measure::ALL.iter().map(Measure::word).collect();
        let nearest = words.iter().min_by_key(|word| strsim::osa_distance(word, text)).expect("there are measures");
        format!("`{text}` is no measure; did you mean `{nearest}`? They are {}", words.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_told_by_their_words() {
        assert_eq!(measure("cpu_share"), Ok(Measure::CpuShare));
        assert!(measure("cpu_shar").unwrap_err().contains("did you mean `cpu_share`?"));
    }
}

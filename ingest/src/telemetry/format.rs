//! What a format of telemetry is, and how one is chosen.
use super::asked::Asked;
use super::collector::Collector;
use super::csv::Csv;
use super::formats::FORMATS;
use super::head::{HEAD, Head};
use super::text::Text;
use plimsoll::units::Share;

/// One way in which a tool writes what it measured.
pub(crate) trait Format: Sync {
    /// Its name as reports say it.
    fn name(&self) -> &'static str;
    /// How sure the start of a file is that it is of this format: the part of the format's own marks that are there.
    /// None for any other file. A mark that other formats have too is no mark.
    fn detect(&self, head: &Head<'_>) -> Share;
    /// Reads a file: every row is used or set aside, and every mistake told, by the collector.
    fn read(&self, text: Text, asked: &Asked, to: &mut Collector);
}

/// A format, and how sure it is.
#[derive(Clone, Copy)]
pub(crate) struct Detected {
    pub(crate) format: &'static dyn Format,
    pub(crate) confidence: Share,
}

/// How a table is read that a layout was given for.
pub(crate) fn laid_out() -> Detected {
    Detected { format: &Csv, confidence: Share::ALL }
}

/// Below this a file is not taken for a format.
const ENOUGH: f64 = 0.5;

/// The surest format of a file; of equally sure ones the first in the list. None if none is sure enough.
pub(crate) fn detect(head: &Head<'_>) -> Option<Detected> {
    let all = FORMATS.iter().map(|format| Detected { format: *format, confidence: format.detect(head) });
    let best = all.reduce(|best, next| if next.confidence > best.confidence { next } else { best })?;
    (best.confidence.as_part() >= ENOUGH).then_some(best)
}

/// How sure each format is of the start of a file, unpacked; the surest reads it.
///
/// ```
/// let all = plimsoll_ingest::telemetry::sureness(b"   total used free\nMem: 2048 1024 1024\n");
/// assert!(all.contains(&("free", 1.0)));
/// ```
pub fn sureness(start: &[u8]) -> Vec<(&'static str, f64)> {
    let head = Head::new(start, start.len() < HEAD);
    FORMATS.iter().map(|format| (format.name(), format.detect(&head).as_part())).collect()
}

//! What one reader counted in one file.
use super::rules::Rules;
use super::understand::Seen;
use crate::problem::Problem;
use std::collections::BTreeMap;
use std::ops::Range;

/// A row's place: its block, and the line in it, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) block: usize,
    pub(crate) line: usize,
}

/// What the places of a file count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbered {
    /// Lines of text: `3:7`, its line and column.
    Lines,
    /// Rows, where there are no lines: `row 3`.
    Rows,
}

impl Numbered {
    /// What one of them is called.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Lines => "line",
            Self::Rows => "row",
        }
    }
    /// Where one of them stands in a file.
    pub(crate) fn place(self, file: &str, number: usize) -> String {
        match self {
            Self::Lines => format!("{file}:{number}"),
            Self::Rows => format!("{file}: row {number}"),
        }
    }
}

/// The most mistakes of one file that are shown.
pub(crate) const SHOWN: usize = 20;
/// After so many the file is no such file: there is no use in reading on.
const HOPELESS: u64 = 10_000;

/// A row that cannot be read.
#[derive(Clone, Debug)]
pub(crate) struct Mistake {
    pub(crate) place: Place,
    text: String,
    within: Range<usize>,
    what: String,
    help: String,
}

impl Mistake {
    pub(crate) fn new(place: Place, record: &[u8], within: Range<usize>, what: String, help: String) -> Self {
        // A cell may stand below the row's first line, after a quoted line end.
        let before = &record[..within.start.min(record.len())];
        let below = memchr::memchr_iter(b'\n', before).count();
        let from = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let line = record[from..].split(|b| *b == b'\n').next().unwrap_or_default();
        let lossless = |range: Range<usize>| {
            String::from_utf8_lossy(&line[range.start.min(line.len())..range.end.min(line.len())]).len()
        };
        let start = lossless(0..within.start.saturating_sub(from));
        let length = lossless(within.start.saturating_sub(from)..within.end.saturating_sub(from));
        Self {
            place: Place { line: place.line + below, ..place },
            text: String::from_utf8_lossy(line).trim_end().to_owned(),
            within: start..start + length,
            what,
            help,
        }
    }
    /// In a cell of a row of a typed table, which has no text to show.
    pub(crate) fn in_row(place: Place, column: Option<&str>, what: String, help: String) -> Self {
        let what = match column {
            Some(name) if !what.starts_with(name) => format!("{name}: {what}"),
            _ => what,
        };
        Self { place, text: String::new(), within: 0..0, what, help }
    }
    pub(crate) fn problem(&self, file: &str, line: usize, numbered: Numbered) -> Problem {
        if numbered == Numbered::Rows {
            return Problem::in_whole(file, format!("row {line}: {}", self.what), self.help.clone());
        }
        Problem::in_line(file, line, &self.text, self.within.clone(), self.what.clone(), self.help.clone())
    }
}

/// Counts of rows, by what became of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) read: u64,
    pub(crate) used: u64,
    pub(crate) aside: BTreeMap<&'static str, u64>,
    /// Line items that were told before with other words.
    pub(crate) changed: u64,
    /// Rows with more or fewer cells than the header.
    pub(crate) shifted: u64,
    pub(crate) seen: Seen,
    pub(crate) mistakes: Vec<Mistake>,
    pub(crate) mistaken: u64,
    /// The lines of each block that was read.
    pub(crate) block_lines: Vec<(usize, usize)>,
    pub(crate) rules: Option<Rules>,
}

impl Tally {
    pub(crate) fn aside(&mut self, reason: &'static str) {
        *self.aside.entry(reason).or_default() += 1;
    }
    pub(crate) fn mistake(&mut self, mistake: Mistake) {
        self.mistaken += 1;
        // The first ones of each reader: the first of all are among them.
        if self.mistakes.len() < SHOWN {
            self.mistakes.push(mistake);
        }
    }
    pub(crate) fn is_hopeless(&self) -> bool {
        self.mistaken >= HOPELESS
    }
    pub(crate) fn merge(&mut self, other: Self) {
        self.read += other.read;
        self.used += other.used;
        for (reason, rows) in other.aside {
            *self.aside.entry(reason).or_default() += rows;
        }
        self.changed += other.changed;
        self.shifted += other.shifted;
        self.seen.add(&other.seen);
        self.mistaken += other.mistaken;
        self.mistakes.extend(other.mistakes);
        self.mistakes.sort_by_key(|mistake| mistake.place);
        self.mistakes.truncate(SHOWN);
        self.block_lines.extend(other.block_lines);
        match (&mut self.rules, other.rules) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            (mine @ None, theirs) => *mine = theirs,
            (Some(_), None) => {}
        }
    }
    /// The line of a place in the file.
    pub(crate) fn line(&self, place: Place, first_line: usize) -> usize {
        let before: usize =
            self.block_lines.iter().filter(|(block, _)| *block < place.block).map(|(_, lines)| lines).sum();
        first_line + before + place.line
    }
}

//! What cannot be understood in an input, with its place: the only way a reader says no.
//!
//! ```
//! use plimsoll_ingest::problem::Problem;
//! let text = "time,usage\n2026-03-01T04:00Z,\"1,204\"\n";
//! let at = text.find("1,204").unwrap();
//! let problem = Problem::in_text("usage.csv", text, at..at + 5, "cannot read `1,204` as hours", "write 1204.7");
//! assert_eq!(
//!     problem.to_string(),
//!     "usage.csv:2:20: cannot read `1,204` as hours\n  \
//!      | 2026-03-01T04:00Z,\"1,204\"\n  \
//!      |                    ^^^^^\n  \
//!      = write 1204.7"
//! );
//! ```
use std::fmt;
use std::ops::Range;

/// A mistake in an input: where it is, what it is, and what would do instead.
///
/// Lines and columns count from 1, columns in characters. A mistake of the whole file has line 0 and column 0, and
/// shows no line. Several are a `Vec`: a reader collects what it finds instead of stopping at the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of the input, as the user gave it.
    pub file: String,
    /// The line, from 1; 0 for the whole file.
    pub line: usize,
    /// The character in the line, from 1; 0 for the whole file.
    pub column: usize,
    /// That line, without its end.
    pub text: String,
    /// How many characters are marked, from the column on.
    pub width: usize,
    /// What is wrong, as a sentence without a full stop.
    pub what: String,
    /// What the writer may do about it; may be empty.
    pub help: String,
}

impl Problem {
    /// A mistake of the input as a whole.
    pub fn in_whole(file: &str, what: impl Into<String>, help: impl Into<String>) -> Self {
        let (what, help) = (what.into(), help.into());
        Self { file: file.into(), line: 0, column: 0, text: String::new(), width: 0, what, help }
    }
    /// A mistake in one `line` that reads `text`, at these bytes of it.
    pub fn in_line(
        file: &str,
        line: usize,
        text: &str,
        bytes: Range<usize>,
        what: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let start = floor(text, bytes.start);
        let end = floor(text, bytes.end.max(start));
        Self {
            file: file.into(),
            line,
            column: text[..start].chars().count() + 1,
            text: text.into(),
            width: text[start..end].chars().count().max(1),
            what: what.into(),
            help: help.into(),
        }
    }
    /// A mistake at these bytes of the whole text `source`. Marks no further than the end of the line it starts in.
    pub fn in_text(
        file: &str,
        source: &str,
        bytes: Range<usize>,
        what: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let start = floor(source, bytes.start);
        let begin = source[..start].rfind('\n').map_or(0, |at| at + 1);
        let end = source[start..].find('\n').map_or(source.len(), |at| start + at);
        let text = source[begin..end].trim_end_matches('\r');
        let line = source[..begin].matches('\n').count() + 1;
        Self::in_line(file, line, text, start - begin..bytes.end.max(start) - begin, what, help)
    }
    /// Whether the mistake has a line of its own.
    pub const fn has_place(&self) -> bool {
        self.line > 0
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", printable(&self.file))?;
        if self.has_place() {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {}", printable(&self.what))?;
        if self.has_place() {
            let (shown, before, width) = window(self);
            write!(f, "\n  | {shown}\n  | {}{}", " ".repeat(before), "^".repeat(width))?;
        }
        if self.help.is_empty() { Ok(()) } else { write!(f, "\n  = {}", printable(&self.help)) }
    }
}

impl std::error::Error for Problem {}

/// The most characters of a line that are shown: one that fits a terminal.
const SHOWN: usize = 120;
/// The most characters shown before the mark when the line is cut.
const LEAD: usize = 40;

/// The part of the line to show, the characters before the mark in it, and the mark's width.
fn window(problem: &Problem) -> (String, usize, usize) {
    let at = problem.column.saturating_sub(1);
    let skip = if problem.text.chars().count() > SHOWN { at.saturating_sub(LEAD) } else { 0 };
    let mut rest = problem.text.chars().skip(skip);
    let mut shown: String = rest.by_ref().take(SHOWN).map(visible).collect();
    if rest.next().is_some() {
        shown.push('…');
    }
    let lead = if skip > 0 { "…" } else { "" };
    let before = at - skip + lead.chars().count();
    let width = problem.width.clamp(1, (SHOWN + 1).saturating_sub(before).max(1));
    (format!("{lead}{shown}"), before, width)
}

/// A character that takes one place and commands no terminal: a tab becomes a space, other controls a sign.
fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

fn printable(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect()
}

/// The nearest boundary of a character at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_shows_its_line_and_a_mark() {
        let text = "2026-03-01T04:00Z,web,\"1,204\"";
        let help = "numbers are written 1204.7";
        let problem = Problem::in_line("usage.csv", 214, text, 23..28, "cannot read `1,204` as vCPU-hours", help);
        assert_eq!(
            problem.to_string(),
            "usage.csv:214:24: cannot read `1,204` as vCPU-hours\n  \
             | 2026-03-01T04:00Z,web,\"1,204\"\n  \
             |                        ^^^^^\n  \
             = numbers are written 1204.7"
        );
    }

    #[test]
    fn a_problem_of_the_whole_file_has_no_line() {
        assert_eq!(Problem::in_whole("a.csv", "the file is empty", "").to_string(), "a.csv: the file is empty");
        let with_help = Problem::in_whole("a.csv", "the file is empty", "export it again").to_string();
        assert_eq!(with_help, "a.csv: the file is empty\n  = export it again");
    }

    #[test]
    fn columns_are_counted_in_characters() {
        let source = "# größe\nname = \"grün\"\r\npeak = 900\n";
        let at = source.find("900").unwrap();
        let problem = Problem::in_text("w.toml", source, at..at + 3, "no unit", "");
        assert_eq!((problem.line, problem.column, problem.width), (3, 8, 3));
        let at = source.find('"').unwrap();
        let problem = Problem::in_text("w.toml", source, at..source.len(), "too long", "");
        assert_eq!((problem.column, problem.width, problem.text.as_str()), (8, 6, "name = \"grün\""));
    }

    #[test]
    fn a_place_outside_the_text_is_moved_to_its_end() {
        for bytes in [0..0, 3..4, 4..4, 90..99] {
            let problem = Problem::in_text("a", "aé\n", bytes, "x", "");
            assert!(problem.width >= 1 && problem.to_string().contains('^'));
        }
        assert!(Problem::in_text("a", "", 0..9, "x", "").to_string().contains('^'));
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let text = format!("{}HERE{}", "a".repeat(500), "b".repeat(500));
        let shown = Problem::in_line("a", 1, &text, 500..504, "x", "").to_string();
        let lines: Vec<_> = shown.lines().collect();
        assert!(lines[1].chars().count() <= SHOWN + 6);
        let mark = lines[2].find('^').unwrap();
        assert_eq!(lines[1].chars().skip(mark).take(4).collect::<String>(), "HERE");
    }

    #[test]
    fn nothing_in_a_file_commands_the_terminal() {
        let shown = Problem::in_line("a", 1, "x\u{1b}[31m\ty", 0..1, "\u{1b}]0;owned", "").to_string();
        assert!(shown.chars().all(|c| c == '\n' || !c.is_control()));
    }
}

//! Lines of a log that are no requests: a few are set aside, many mean that the log is something else.
use crate::problem::Problem;
use crate::telemetry::collector::Collector;
use crate::telemetry::text::Text;

/// So many problems are kept until it shows whether they are few.
const KEPT: usize = 20;
/// A log may have so many strays among a hundred lines.
const RARE: u64 = 1;

/// What a line of a log is.
pub(super) enum Line {
    /// A request, counted.
    Request,
    /// No row at all: a comment or a header.
    Comment,
    /// A row that is not used, for this reason.
    Aside(&'static str),
    /// Nothing that a log of this format has: what is wrong.
    Stray(&'static str),
}

/// Reads a log line by line, and keeps the account of its rows.
pub(super) fn read_lines(text: Text, to: &mut Collector, mut each: impl FnMut(usize, &str, &mut Collector) -> Line) {
    let name = text.name().to_owned();
    let mut lines = text.lines();
    let (mut rows, mut strays, mut kept) = (0_u64, 0_u64, Vec::new());
    loop {
        let problem = match lines.next() {
            Ok(None) => break,
            Ok(Some((_, line))) if line.trim().is_empty() => continue,
            Ok(Some((number, line))) => match each(number, line, to) {
                Line::Comment => continue,
                Line::Request => {
                    rows += 1;
                    to.row();
                    to.used();
                    continue;
                }
                Line::Aside(reason) => {
                    rows += 1;
                    to.row();
                    to.aside(reason);
                    continue;
                }
                Line::Stray(what) => {
                    let help = "a log of requests has one a line; is the file cut, or of several formats?";
                    Problem::in_line(&name, number, line, 0..line.len(), what, help)
                }
            },
            Err(problem) if problem.has_place() => problem,
            Err(problem) => return to.wrong(|| problem),
        };
        rows += 1;
        to.row();
        strays += 1;
        if kept.len() < KEPT {
            kept.push(problem);
        }
    }
    if strays * 100 < rows * RARE {
        to.aside_rows("not a request", strays);
        return;
    }
    let more = strays - kept.len() as u64;
    for problem in kept {
        to.mistake(|| problem);
    }
    for _ in 0..more {
        to.mistake(|| Problem::in_whole(&name, "more lines that are no requests", ""));
    }
}

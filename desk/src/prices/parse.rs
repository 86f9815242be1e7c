//! Conditions as people write them: `vcpu>=4 && <=8 && (arch==arm64 || family=~^m7i)`.
//!
//! `&&` binds tighter than `||`. After either, the column may be left out: the last one named is meant. A range is
//! written `vcpu==4..8`, with both ends included, and may be open at one (`4..`).
use super::column::Column;
use super::filter::{Filter, Test};
use super::scan::{Comparison, Scan};
use jiff::civil::Date;
use plimsoll_ingest::problem::Problem;
use regex_lite::Regex;
use std::ops::Range;

/// Parentheses and `!` within each other; more would only serve to exhaust the stack.
const DEEPEST: usize = 50;

/// Reads a condition; what cannot be read is marked in it.
pub(super) fn filter(text: &str) -> Result<Filter, Problem> {
    let mut parser = Parser { scan: Scan { text, at: 0 }, column: None, depth: 0 };
    let read = parser.any().and_then(|filter| {
        if parser.scan.is_done() { Ok(filter) } else { Err(parser.unexpected("&& or || joins conditions")) }
    });
    read.map_err(|wrong| Problem::in_line("--where", 1, text, wrong.at, wrong.what, wrong.help))
}

struct Wrong {
    at: Range<usize>,
    what: String,
    help: String,
}

struct Parser<'t> {
    scan: Scan<'t>,
    /// The last column named.
    column: Option<Column>,
    depth: usize,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Filter, Wrong> {
        let mut parts = vec![self.all()?];
        while self.scan.take("||") {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Filter::Any))
    }

    fn all(&mut self) -> Result<Filter, Wrong> {
        let mut parts = vec![self.part()?];
        while self.scan.take("&&") {
            parts.push(self.part()?);
        }
        Ok(one_or(parts, Filter::All))
    }

    fn part(&mut self) -> Result<Filter, Wrong> {
        let here = self.scan.here();
        // `!=` and `!~` begin a comparison whose column is left out.
        let mut ahead = self.scan;
        if ahead.comparison().is_some() {
            return self.comparison();
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            let what = format!("more than {DEEPEST} parentheses within each other");
            return Err(Wrong { at: here, what, help: "several --where must all hold".into() });
        }
        let filter = if self.scan.take("!") {
            Filter::Not(Box::new(self.part()?))
        } else if self.scan.take("(") {
            let inner = self.any()?;
            if !self.scan.take(")") {
                let what = "the parenthesis is not closed".to_owned();
                return Err(Wrong { at: here, what, help: "end it with `)`".into() });
            }
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(filter)
    }

    fn comparison(&mut self) -> Result<Filter, Wrong> {
        let (at, name) = self.scan.name();
        let mut ahead = self.scan;
        let compares = ahead.comparison().is_some();
        let column = match (name, self.column) {
            ("", Some(column)) if compares => column,
            ("", _) => return Err(self.unexpected("a condition comes here: a column, a comparison, a value")),
            _ => Column::named(name).map_err(|nearest| Wrong {
                at: at.clone(),
                what: format!("`{name}` is not a column"),
                help: format!("did you mean `{nearest}`? The columns are {}", Column::listed()),
            })?,
        };
        self.column = Some(column);
        let Some(comparison) = self.scan.comparison() else {
            if column == Column::Complete {
                return Ok(Filter::Column(column, Test::Words(Comparison::Equal, "yes".into())));
            }
            return Err(self.unexpected("compare with ==, !=, <, <=, >, >= or =~"));
        };
        let start = self.scan.here();
        let Some((at, value)) = self.scan.value() else {
            let what = "the quotation mark is not closed".to_owned();
            return Err(Wrong { at: start, what, help: "end it with the mark it begins with".into() });
        };
        if value.is_empty() {
            return Err(self.unexpected(&format!("a value of {} comes here", column.name())));
        }
        test(column, comparison, value).map_err(|(what, help)| Wrong { at, what, help })
    }

    fn unexpected(&mut self, help: &str) -> Wrong {
        let at = self.scan.here();
        let what = match self.scan.text.get(at.clone()) {
            Some(sign) if !sign.is_empty() => format!("`{sign}` is not expected here"),
            _ => "the condition ends too early".to_owned(),
        };
        Wrong { at, what, help: help.to_owned() }
    }
}

fn one_or(mut parts: Vec<Filter>, join: impl FnOnce(Vec<Filter>) -> Filter) -> Filter {
    if parts.len() == 1 { parts.remove(0) } else { join(parts) }
}

/// What is wrong, and what would do.
type Reason = (String, String);

fn test(column: Column, comparison: Comparison, value: &str) -> Result<Filter, Reason> {
    let pattern = || {
        Regex::new(value)
            .map_err(|e| (format!("`{value}` is not a pattern: {e}"), "it is a regular expression".to_owned()))
    };
    let negated = |filter| Filter::Not(Box::new(filter));
    let filter = |test| Filter::Column(column, test);
    match (column.is_words(), comparison) {
        (true, Comparison::Like) => Ok(filter(Test::Pattern(pattern()?))),
        (true, Comparison::Unlike) => Ok(negated(filter(Test::Pattern(pattern()?)))),
        (true, _) => Ok(filter(Test::Words(comparison, words(column, comparison, value)?))),
        (false, Comparison::Like | Comparison::Unlike) => {
            let help = format!("compare it with ==, !=, <, <=, > or >=; a range is written {}==4..8", column.name());
            Err((format!("{} is a number, and a pattern is for words", column.name()), help))
        }
        (false, _) => match value.split_once("..") {
            None => Ok(filter(Test::Number(comparison, number(column, value)?))),
            Some((low, high)) => {
                let end = |text: &str, open| if text.is_empty() { Ok(open) } else { number(column, text) };
                let between = filter(Test::Between(end(low, f64::NEG_INFINITY)?, end(high, f64::INFINITY)?));
                match comparison {
                    Comparison::Equal => Ok(between),
                    Comparison::Unequal => Ok(negated(between)),
                    _ => Err(("a range is neither larger nor smaller".into(), "compare it with == or !=".into())),
                }
            }
        },
    }
}

fn number(column: Column, text: &str) -> Result<f64, Reason> {
    let n = text.parse::<f64>().ok().filter(|n| n.is_finite());
    n.ok_or_else(|| {
        (
            format!("`{text}` is not a number"),
            format!("{} is compared with plain numbers, as in 4 or 0.5", column.name()),
        )
    })
}

fn words(column: Column, comparison: Comparison, value: &str) -> Result<String, Reason> {
    if column == Column::AsOf {
        let date: Date = value
            .parse()
            .map_err(|_| (format!("`{value}` is not a date"), "dates are written 2026-07-20".to_owned()))?;
        return Ok(date.to_string());
    }
    if !matches!(comparison, Comparison::Equal | Comparison::Unequal) {
        let what = format!("{} is a word, neither larger nor smaller", column.name());
        return Err((what, "compare it with ==, != or =~".into()));
    }
    let known = column.words();
    if known.is_empty() || known.iter().any(|word| word.eq_ignore_ascii_case(value)) {
        return Ok(value.to_owned());
    }
    let nearest = known.iter().min_by_key(|word| strsim::osa_distance(word, &value.to_lowercase()));
    let what = format!("`{value}` is not one of {}", known.join(", "));
    Err((what, nearest.map_or(String::new(), |word| format!("did you mean `{word}`?"))))
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;

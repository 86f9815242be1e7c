//! Reads conditions: `chosen.cost.usd_per_month.mean > 10000 and not chosen.coverage_share >= 95%`.
//!
//! A field is a path of names into the JSON answer; `[*]` is every element of a list, `[0]` the first, `[api]` the one with
//! that name. Comparisons are `< <= > >= == !=`; `and`, `or`, `not`, `+ - * /`, parentheses and `sum count min max all any`
//! do what they say. Our own and small, since mistakes are told with their place: `docs/decisions/0016-libraries.md`.
mod grammar;
mod words;

use crate::problem::Problem;
use plimsoll::condition::{Condition, Fault};

/// What messages call the text.
const NAME: &str = "--fail-on";
/// Conditions are written by hand; anything longer is something else.
const LONGEST: usize = 2000;

/// Reads one condition.
///
/// ```
/// use plimsoll_ingest::condition;
/// assert!(condition::read("chosen.coverage_share < 95%").is_ok());
/// let problem = condition::read("total >").unwrap_err();
/// assert_eq!(problem.what, "the condition ends where a value is expected");
/// ```
pub fn read(text: &str) -> Result<Condition, Problem> {
    if text.len() > LONGEST {
        let what = format!("a condition of {} letters", text.len());
        return Err(Problem::in_whole(NAME, what, format!("at most {LONGEST} are read")));
    }
    let text = text.trim();
    let term = words::words(text).and_then(|words| grammar::parse(&words, text.len()));
    term.map(|term| Condition { text: text.into(), term }).map_err(|fault| problem(text, fault))
}

/// What is wrong with a condition, with its place.
pub fn problem(text: &str, fault: Fault) -> Problem {
    Problem::in_text(NAME, text, fault.at, fault.what, fault.help)
}

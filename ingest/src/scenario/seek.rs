//! `--seek 'demand.peak s.t. usd_per_month <= 10000'`: an input, and what must hold of the plan.
use super::measured::{Kind, Measured};
use crate::problem::Problem;
use crate::reader::nearest;
use plimsoll::scenario::{Bound, Dial, Direction, Goal, Measure, Seek};
use plimsoll::workload::Workload;
use std::ops::Range;

const NAME: &str = "--seek";
const FORM: &str = "write PATH s.t. MEASURE <= VALUE, as in demand.peak s.t. usd_per_month <= 10000";

/// Reads a goal to seek: `[max|min] PATH [in LOW..HIGH] s.t. MEASURE <= VALUE [and ...]`.
pub fn seek(text: &str, workload: &Workload) -> Result<Seek, Problem> {
    let wrong = |at: Range<usize>, what: String, help: &str| Err(Problem::in_text(NAME, text, at, what, help));
    let split = ["s.t.", "such that"].iter().find_map(|mark| text.find(mark).map(|at| (at, mark.len())));
    let Some((mark, length)) = split else {
        return wrong(0..text.len(), "this says no goal".into(), FORM);
    };
    let subject = &text[..mark];
    let (direction, rest) = directed(subject);
    let from = subject.len() - rest.len();
    let (path, range) =
        rest.split_once(" in ").map_or((rest, None), |(path, range)| (path, Some((range, from + path.len() + 4))));
    let at = placed(path, from);
    let path = path.trim();
    let Some(dial) = Dial::find(workload, path) else {
        let paths: Vec<String> = Dial::all(workload).iter().map(|dial| dial.path(workload)).collect();
        let names: Vec<&str> = paths.iter().map(String::as_str).collect();
        return wrong(
            at,
            format!("`{path}` is no input that can be turned"),
            &nearest::help(path, &names, "the inputs"),
        );
    };
    let reach = match range {
        Some((range, start)) => reach(text, range, start)?,
        None => match dial.reach(workload) {
            Some(reach) => reach,
            None => {
                return wrong(
                    at,
                    format!("`{path}` stands at nothing"),
                    "say where to look: PATH in LOW..HIGH s.t. ...",
                );
            }
        },
    };
    let mut goals = Vec::new();
    let mut start = mark + length;
    for part in text[start..].split(" and ") {
        goals.push(goal(text, part, start)?);
        start += part.len() + 5;
    }
    Ok(Seek { dial, reach, goals, direction })
}

fn directed(subject: &str) -> (Option<Direction>, &str) {
    let trimmed = subject.trim_start();
    let found = [Direction::Max, Direction::Min].into_iter().find_map(|direction| {
        let rest = trimmed.strip_prefix(direction.word())?;
        rest.starts_with(' ').then_some((direction, rest))
    });
    found.map_or((None, subject), |(direction, rest)| (Some(direction), rest))
}

/// The bytes of a part without the blanks around it.
fn placed(part: &str, start: usize) -> Range<usize> {
    let from = start + part.len() - part.trim_start().len();
    from..from + part.trim().len().max(1)
}

fn reach(text: &str, range: &str, start: usize) -> Result<[f64; 2], Problem> {
    let wrong =
        |what: &str| Problem::in_text(NAME, text, placed(range, start), what, "write LOW..HIGH, as in 100/s..9000/s");
    let (low, high) = range.split_once("..").ok_or_else(|| wrong("this is no range"))?;
    let (low, high) = (Measured::read(low), Measured::read(high));
    let (Some(low), Some(high)) = (low, high) else { return Err(wrong("the ends of this range are no numbers")) };
    if low.kind != high.kind {
        return Err(wrong("the ends of this range have different units"));
    }
    if low.value < high.value { Ok([low.value, high.value]) } else { Err(wrong("this range does not rise")) }
}

fn goal(text: &str, part: &str, start: usize) -> Result<Goal, Problem> {
    let signs = [("<=", Bound::AtMost), (">=", Bound::AtLeast), ("<", Bound::AtMost), (">", Bound::AtLeast)];
    let found = signs.iter().find_map(|(sign, bound)| Some((part.find(sign)?, sign.len(), *bound)));
    let Some((at, length, bound)) = found else {
        return Err(Problem::in_text(NAME, text, placed(part, start), "this is no goal", FORM));
    };
    let (name, value) = (&part[..at], &part[at + length..]);
    let names = Measure::ALL.map(Measure::name);
    let Some(measure) = Measure::ALL.into_iter().find(|measure| measure.name() == name.trim()) else {
        let what = format!("`{}` is no measure of a plan", name.trim());
        let help = nearest::help(name.trim(), &names, "the measures");
        return Err(Problem::in_text(NAME, text, placed(name, start), what, help));
    };
    let value_at = start + at + length;
    let limit = Measured::read(value.trim().trim_start_matches('$')).filter(|limit| suits(measure, limit.kind));
    let Some(limit) = limit else {
        let what = format!("`{}` is no value of {}", value.trim(), measure.name());
        let help =
            "write a number in the unit that the name ends in, as in usd_per_month <= 10000 or p99_seconds <= 0.25";
        return Err(Problem::in_text(NAME, text, placed(value, value_at), what, help));
    };
    Ok(Goal { measure, bound, limit: limit.value })
}

/// Whether a value of this kind can be a limit of the measure: a plain number always can.
const fn suits(measure: Measure, kind: Kind) -> bool {
    match kind {
        Kind::Plain => true,
        Kind::Share => matches!(measure, Measure::CoverageShare | Measure::SloMissShare),
        Kind::Mass => matches!(measure, Measure::GramsPerMonth),
        Kind::Span => matches!(measure, Measure::P50Seconds | Measure::P95Seconds | Measure::P99Seconds),
        _ => false,
    }
}

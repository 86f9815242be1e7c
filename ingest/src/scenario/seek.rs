//! `--seek 'demand.peak s.t. usd_per_month <= 10000'`: an input, and what must hold of the plan.
use super::limits::Turned;
use super::measured::{Kind, Measured};
use crate::problem::Problem;
use crate::reader::nearest;
use crate::workload::Draft;
use plimsoll::scenario::{Bound, Dial, Direction, Goal, Measure, Seek, Why};
use plimsoll::workload::Workload;
use std::ops::Range;

pub(super) const NAME: &str = "--seek";
const FORM: &str = "write PATH s.t. MEASURE <= VALUE, as in demand.peak s.t. usd_per_month <= 10000";
const LOOK: &str = "say where to look, as in promises.p99 in 20 ms..2 s s.t. usd_per_month <= 10000";

/// Reads a goal to seek: `[max|min] PATH [in LOW..HIGH] s.t. MEASURE <= VALUE [and ...] [in LOW..HIGH]`, the range in one
/// of the two places. The workload is what the draft reads as; values that it could not be read with are not looked at.
pub fn seek(text: &str, draft: &Draft, workload: &Workload) -> Result<Seek, Problem> {
    let wrong = |at: Range<usize>, what: String, help: &str| Err(Problem::in_text(NAME, text, at, what, help));
    let split = ["s.t.", "such that"].iter().find_map(|mark| text.find(mark).map(|at| (at, mark.len())));
    let Some((mark, length)) = split else {
        return wrong(0..text.len(), "this says no goal".into(), FORM);
    };
    let subject = &text[..mark];
    let (direction, rest) = directed(subject);
    let from = subject.len() - rest.len();
    let (path, range) = ranged(rest, from);
    let at = placed(path, from);
    let path = path.trim();
    let Some(dial) = Dial::find(workload, path) else {
        let paths: Vec<String> = Dial::all(workload).iter().map(|dial| dial.path()).collect();
        let names: Vec<&str> = paths.iter().map(String::as_str).collect();
        return wrong(
            at,
            format!("`{path}` is no input that can be turned"),
            &nearest::help(path, &names, "the inputs"),
        );
    };
    let mut start = mark + length;
    let (wanted, range_at_end) = ranged(&text[start..], start);
    if let (Some(_), Some((again, place))) = (range, range_at_end) {
        return wrong(placed(again, place), "the range is written twice".into(), "keep one of them");
    }
    let mut goals = Vec::new();
    for part in wanted.split(" and ") {
        goals.push(goal(text, part, start)?);
        start += part.len() + 5;
    }
    let turned = Turned::of(draft, workload, &dial);
    let (reach, limits) = if let Some((range, place)) = range.or(range_at_end) {
        let reach = reach(text, range, place, dial.measures(workload))?;
        let limits = turned.within(reach, &Why::Asked).map_err(|told| {
            let what = format!("`{path}` can have no value of this range: {told}");
            Problem::in_text(NAME, text, placed(range, place), what, "look where a workload file could state it")
        })?;
        (reach, limits)
    } else {
        let around = dial.reach(workload).zip(dial.farthest(workload));
        let Some((reach, farthest)) = around else {
            let stands = if dial.stands(workload).is_some() { "stands at nothing" } else { "is not stated" };
            return wrong(at, format!("`{path}` {stands}"), LOOK);
        };
        let Ok(limits) = turned.within(farthest, &Why::Far) else {
            return wrong(at, format!("`{path}` can have no other value"), LOOK);
        };
        (reach, limits)
    };
    let [low, high] = [&limits[0], &limits[1]].map(|limit| limit.at);
    Ok(Seek { reach: reach.map(|end| end.clamp(low, high)), dial, limits, goals, direction })
}

/// A text, and the range that ends it with its place.
fn ranged(text: &str, start: usize) -> (&str, Option<(&str, usize)>) {
    match text.rfind(" in ") {
        Some(at) => (&text[..at], Some((&text[at + 4..], start + at + 4))),
        None => (text, None),
    }
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

/// The ends of a range, in the unit of what is turned.
fn reach(text: &str, range: &str, start: usize, measures: &str) -> Result<[f64; 2], Problem> {
    let wrong =
        |what: &str| Problem::in_text(NAME, text, placed(range, start), what, "write LOW..HIGH, as in 100/s..9000/s");
    let (low, high) = range.split_once("..").ok_or_else(|| wrong("this is no range"))?;
    let (low, high) = (Measured::read(low), Measured::read(high));
    let (Some(low), Some(high)) = (low, high) else { return Err(wrong("the ends of this range are no numbers")) };
    if low.kind != high.kind {
        return Err(wrong("the ends of this range have different units"));
    }
    if Kind::named(measures).is_some_and(|kind| kind != low.kind) {
        return Err(wrong(&format!("the ends of this range are not {measures}")));
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

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &[u8] = b"name=\"a\"\nentry=\"a\"\n[demand]\npeak=\"500/s\"\nmean=\"200/s\"\n[promises]\n\
        availability=\"99.9 %\"\n[service.a]\ncpu_per_request=\"6 ms\"\nmemory=\"1 GB\"\n";

    fn read(text: &str) -> Result<Seek, Problem> {
        let draft = Draft::parse("a.toml", FILE).unwrap();
        seek(text, &draft, &draft.read().unwrap())
    }
    fn told(text: &str) -> String {
        read(text).unwrap_err().what
    }

    #[test]
    fn no_value_is_looked_at_that_a_file_could_not_state() {
        let mean = read("demand.mean s.t. usd_per_month <= 500").unwrap();
        assert_eq!(mean.reach, [200.0 / 64.0, 500.0]);
        assert_eq!(mean.limits[1].at, 500.0);
        assert!(matches!(&mean.limits[1].why, Why::Unreadable(what) if what.contains("above the peak")));
        let peak = read("demand.peak s.t. usd_per_month <= 500").unwrap();
        assert_eq!((peak.reach[0], peak.limits[1].at), (200.0, 500e6));
        assert_eq!(peak.limits[1].why, Why::Far);
        let burst = read("demand.burst in 0.5..2 s.t. usd_per_month <= 500").unwrap();
        assert_eq!((burst.reach, &burst.limits[1].why), ([1.0, 2.0], &Why::Asked));
        assert_eq!(
            told("demand.mean in 600/s..900/s s.t. usd_per_month <= 500"),
            "`demand.mean` can have no value of this range: the mean is above the peak of 500/s"
        );
    }

    #[test]
    fn the_range_stands_after_the_input_or_at_the_end() {
        let before = read("demand.peak in 300/s..9000/s s.t. usd_per_month <= 500 and p99_seconds <= 0.1").unwrap();
        let after = read("demand.peak s.t. usd_per_month <= 500 and p99_seconds <= 0.1 in 300/s..9000/s").unwrap();
        assert_eq!((before.reach, before.goals.len()), ([300.0, 9000.0], 2));
        assert_eq!(before, after);
        assert_eq!(told("demand.peak in 1/s..2/s s.t. machines <= 5 in 1/s..2/s"), "the range is written twice");
        assert_eq!(told("demand.peak in 1..2 s.t. machines <= 5"), "the ends of this range are not a rate");
    }

    #[test]
    fn a_promise_that_is_not_made_is_sought_in_a_range() {
        assert_eq!(told("promises.p99 s.t. usd_per_month <= 500"), "`promises.p99` is not stated");
        assert_eq!(read("promises.p99.9 in 20 ms..2 s s.t. usd_per_month <= 500").unwrap().reach, [0.02, 2.0]);
        assert!(read("promises.availability s.t. usd_per_month <= 500").is_ok());
    }
}

//! `--sweep demand.peak=500/s..5000/s`: an input, and the values to plan along.
use super::measured::{Kind, Measured, rounded};
use crate::problem::Problem;
use crate::workload::Draft;
use plimsoll::scenario::{Axis, Point, Setting, Sweep};
use std::ops::Range;

/// From this ratio on, steps are equal ratios and not equal distances.
const GEOMETRIC: f64 = 5.0;

/// Up to so many steps are rounded to what people write.
const FEW: usize = 100;

/// Reads the axes, and the workload at every combination of their values.
///
/// An axis is `path=low..high`, with ` x20` or `:20` for so many steps, or `path=a,b,c`. Every value is set as `--set` would.
///
/// ```
/// use plimsoll_ingest::{scenario, workload::Draft};
/// let text = b"name=\"a\"\nentry=\"a\"\n[demand]\npeak=\"9/s\"\n[service.a]\ncpu_per_request=\"6 ms\"\nmemory=\"1 GB\"\n";
/// let draft = Draft::parse("a.toml", text).unwrap();
/// let sweep = scenario::sweep(&draft, &["demand.peak=100/s..1000/s:4".into()]).unwrap();
/// let shown: Vec<_> = sweep.axes[0].values.iter().map(|v| v.shown.as_str()).collect();
/// assert_eq!(shown, ["100/s", "215/s", "464/s", "1,000/s"]);
/// ```
pub fn sweep(draft: &Draft, asked: &[String]) -> Result<Sweep, Vec<Problem>> {
    let (mut axes, mut problems) = (Vec::new(), Vec::new());
    for text in asked {
        match axis(text) {
            Ok(axis) => axes.push(axis),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let count = axes.iter().try_fold(1_usize, |all, axis: &Written| all.checked_mul(axis.settings.len()));
    if count.is_none_or(|count| count > Sweep::MOST) {
        let each: Vec<String> = axes.iter().map(|axis| axis.settings.len().to_string()).collect();
        let product = count.map_or("more than can be counted".to_owned(), grouped);
        let what = format!("{} are {product} plans", each.join(" x "));
        let help =
            format!("at most {} are made; take fewer steps, as in {}=LOW..HIGH:5", grouped(Sweep::MOST), axes[0].path);
        return Err(vec![Problem::in_whole(NAME, what, help)]);
    }
    let (mut points, mut refused) = (Vec::new(), Vec::new());
    for number in 0..count.unwrap_or_default() {
        let at = place(number, &axes);
        let workload = workload(draft, &axes, &at).map_err(|problems| {
            let what = problems[0].what.clone();
            refused.push(problems);
            what
        });
        points.push(Point { workload, at });
    }
    // Where some of the values can be planned, the others are points without a plan. Where none can, the axis is wrong.
    if refused.len() == points.len() && !refused.is_empty() {
        return Err(refused.swap_remove(0));
    }
    let axes = axes
        .into_iter()
        .map(|axis| Axis { path: axis.path, values: axis.settings.into_iter().map(|(_, setting)| setting).collect() });
    Ok(Sweep { axes: axes.collect(), points })
}

const NAME: &str = "--sweep";

fn grouped(count: usize) -> String {
    plimsoll::units::Factor::of(count as f64).to_string()
}

/// An axis with the texts that its values are set by.
struct Written {
    path: String,
    settings: Vec<(String, Setting)>,
}

/// The last axis is fastest.
fn place(mut number: usize, axes: &[Written]) -> Vec<usize> {
    let mut at = vec![0; axes.len()];
    for (place, axis) in at.iter_mut().zip(axes).rev() {
        *place = number % axis.settings.len();
        number /= axis.settings.len();
    }
    at
}

fn workload(draft: &Draft, axes: &[Written], at: &[usize]) -> Result<plimsoll::workload::Workload, Vec<Problem>> {
    let mut point = draft.clone();
    for (axis, place) in axes.iter().zip(at) {
        point.set(NAME, &axis.path, &axis.settings[*place].0);
    }
    point.read()
}

/// Reads one axis.
fn axis(text: &str) -> Result<Written, Problem> {
    let wrong = |at: Range<usize>, what: String, help: &str| Err(Problem::in_text(NAME, text, at, what, help));
    let Some((path, values)) = text.split_once('=') else {
        return wrong(
            0..text.len(),
            "this names no values".into(),
            "write path=low..high, as in demand.peak=500/s..5000/s",
        );
    };
    let start = path.len() + 1;
    let Some((low, rest)) = values.split_once("..") else { return listed(text, path, values, start) };
    let (high, steps, steps_at) = match steps(rest) {
        Some((high, steps)) => (high, steps, start + low.len() + 2 + high.len()..text.len()),
        None => (rest, Ok(Sweep::STEPS), 0..0),
    };
    let steps = match steps {
        Ok(steps) if (2..=Sweep::MOST).contains(&steps) => steps,
        _ => {
            let help = format!("write between 2 and {}", grouped(Sweep::MOST));
            return wrong(steps_at, "these are no steps to plan".into(), &help);
        }
    };
    let high_at = start + low.len() + 2;
    let ends = [(low, start), (high, high_at)].map(|(end, at)| Measured::read(end).ok_or((end, at)));
    let [low, high] = match ends {
        [Ok(low), Ok(high)] => [low, high],
        [Err((end, at)), _] | [_, Err((end, at))] => {
            let help = "a range goes from a number to a number with its unit; write words with commas: a,b,c";
            return wrong(at..at + end.len(), format!("`{}` is no number", end.trim()), help);
        }
    };
    if low.kind != high.kind {
        return wrong(start..text.len(), "the ends of this range have different units".into(), "");
    }
    if low.value >= high.value {
        return wrong(start..text.len(), "this range does not rise".into(), "write low..high");
    }
    let whole = low.kind == Kind::Plain && !values.replace("..", "").contains('.');
    let settings = stepped([low, high], steps, whole).into_iter().map(setting).collect();
    Ok(Written { path: path.trim().into(), settings })
}

fn setting(measured: Measured) -> (String, Setting) {
    (measured.written(), Setting { shown: measured.shown(), number: Some(measured.value) })
}

/// `5000/s:20`, `5000/s x20` and `5000/sx20`: the value, and the steps.
fn steps(rest: &str) -> Option<(&str, Result<usize, std::num::ParseIntError>)> {
    let digits = rest.len() - rest.trim_end().bytes().rev().take_while(u8::is_ascii_digit).count();
    let (before, number) = rest.split_at(digits.min(rest.len()));
    let high = before.strip_suffix([':', 'x'])?;
    // A bare number is a value: 1..16 has no steps.
    (!number.is_empty()).then(|| (high, number.trim().parse()))
}

/// Values from end to end: whole where both ends are written so, else to three digits.
fn stepped([low, high]: [Measured; 2], steps: usize, whole: bool) -> Vec<Measured> {
    let is_geometric = low.value > 0.0 && high.value / low.value >= GEOMETRIC;
    let mut values: Vec<f64> = Vec::new();
    for i in 0..steps {
        let part = i as f64 / (steps - 1) as f64;
        let value = match i {
            0 => low.value,
            i if i + 1 == steps => high.value,
            _ if is_geometric => low.value * (high.value / low.value).powf(part),
            _ => low.value + (high.value - low.value) * part,
        };
        let is_end = i == 0 || i + 1 == steps;
        let value = match value {
            value if is_end => value,
            value if whole => value.round(),
            // Many steps may lie nearer to each other than three digits tell.
            value if steps > FEW => value,
            value => rounded(value),
        };
        if values.last().is_none_or(|last| value > *last) {
            values.push(value);
        }
    }
    values.into_iter().map(|value| low.at(value)).collect()
}

/// Values of any kind, named one by one.
fn listed(text: &str, path: &str, values: &str, start: usize) -> Result<Written, Problem> {
    let settings: Vec<(String, Setting)> = values
        .split(',')
        .map(str::trim)
        .map(|value| {
            let measured = Measured::read(value);
            (value.to_owned(), Setting { shown: value.to_owned(), number: measured.map(|measured| measured.value) })
        })
        .collect();
    if settings.len() < 2 || settings.iter().any(|(value, _)| value.is_empty()) {
        let help = "write path=low..high, or at least two values with commas: path=a,b,c";
        return Err(Problem::in_text(NAME, text, start..text.len().max(start), "this is no range of values", help));
    }
    Ok(Written { path: path.trim().into(), settings })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        axis(text).map_err(|p| p.to_string()).unwrap().settings.into_iter().map(|(_, s)| s.shown).collect()
    }

    #[test]
    fn large_ratios_are_stepped_by_ratios_and_small_ones_evenly() {
        assert_eq!(shown("a=1/s..100/s:3"), ["1/s", "10/s", "100/s"]);
        assert_eq!(shown("a=100 ms..200 ms x3"), ["100 ms", "150 ms", "200 ms"]);
        assert_eq!(shown("a=1..4:4"), ["1", "2", "3", "4"]);
        assert_eq!(shown("a=1..3x10"), ["1", "2", "3"]);
        assert_eq!(shown("a=0.5..1.0:3"), ["0.5", "0.75", "1"]);
        assert_eq!(shown("a=500/s..5000/s").len(), 10);
        assert_eq!(shown("a=none,machine, zone"), ["none", "machine", "zone"]);
    }

    #[test]
    fn a_value_that_cannot_be_stated_is_a_point_without_a_workload() {
        let file = b"name=\"a\"\nentry=\"a\"\n[demand]\npeak=\"500/s\"\nmean=\"200/s\"\n[service.a]\n\
            cpu_per_request=\"6 ms\"\nmemory=\"1 GB\"\n";
        let draft = Draft::parse("a.toml", file).unwrap();
        let swept = sweep(&draft, &["demand.peak=100/s,400/s".into()]).unwrap();
        assert_eq!(swept.points[0].workload, Err("the mean is above the peak of 100/s".into()));
        assert_eq!(swept.points[1].workload.as_ref().unwrap().demand.peak.mid().as_per_second(), 400.0);
        let none = sweep(&draft, &["demand.peak=100/s,150/s".into()]).unwrap_err();
        assert_eq!(none[0].what, "the mean is above the peak of 100/s");
    }

    #[test]
    fn what_is_no_range_is_told_with_its_place() {
        for (text, column, what) in [
            ("demand.peak", 1, "this names no values"),
            ("a=1/s..zone", 8, "`zone` is no number"),
            ("a=1/s..2 ms", 3, "the ends of this range have different units"),
            ("a=2/s..1/s", 3, "this range does not rise"),
            ("a=1/s..2/s:1", 11, "these are no steps to plan"),
            ("a=1/s..2/s:1000000", 11, "these are no steps to plan"),
            ("a=7", 3, "this is no range of values"),
        ] {
            let problem = axis(text).map(|axis| axis.path).unwrap_err();
            assert_eq!((problem.column, problem.what.as_str()), (column, what), "{text}");
        }
    }
}

//! The report of a value that was sought: where it may stand, what was tried, and why no further.
use super::words::span;
use super::{Cell, Column, Table};
use crate::plan::PlanAnswer;
use crate::scenario::{Dial, Direction, Goal, Limit, SeekAnswer, Tried, Why};
use crate::units::{Factor, Share};

/// `usd_per_month <= $10,000`, all of them.
pub(super) fn goals(goals: &[Goal]) -> String {
    goals.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}

pub(super) fn sought(seek: &SeekAnswer) -> String {
    let may = match (&seek.beyond, &seek.limit.why, seek.direction) {
        (Some(_), _, Direction::Max) => "may rise to",
        (Some(_), _, Direction::Min) => "may fall to",
        (None, Why::Unreadable(_), Direction::Max) => "may rise as far as it can, to",
        (None, Why::Unreadable(_), Direction::Min) => "may fall as far as it can, to",
        (None, _, Direction::Max) => "may stand anywhere that was tried, up to",
        (None, _, Direction::Min) => "may stand anywhere that was tried, down to",
    };
    let runs = seek
        .found
        .outcome
        .as_ref()
        .map_or_else(|_| String::new(), |probe| format!(": {}, {} a month", probe.runs(), probe.month.mean));
    let stood = seek.stood.as_ref().map_or_else(|| "it is not stated".to_owned(), |at| format!("it stands at {at}"));
    format!("{} {may} {} with {}{runs}; {stood}.", seek.path, seek.found.shown, goals(&seek.goals))
}

/// Why nothing was tried on this side of a limit.
pub(super) fn no_further(limit: &Limit, direction: Direction) -> String {
    let side = match direction {
        Direction::Max => "above",
        Direction::Min => "below",
    };
    match &limit.why {
        Why::Unreadable(what) => format!("{side} {} it cannot be stated: {what}", limit.shown),
        Why::Asked => format!("nothing {side} {} was tried: the range that was asked for ends there", limit.shown),
        Why::Far => format!(
            "nothing {side} {} was tried, {} times as far as it stands; say where to look with `in LOW..HIGH` after \
             the input or at the end",
            limit.shown,
            Factor::of(Dial::FARTHEST)
        ),
    }
}

pub(super) fn seek_lines(seek: &SeekAnswer, plan: &PlanAnswer) -> Vec<String> {
    let mut lines = vec![format!("at {}: {}", seek.found.shown, came_to(&seek.found, &seek.goals))];
    match &seek.beyond {
        Some(beyond) => lines.push(format!("just beyond, at {}: {}", beyond.shown, came_to(beyond, &seek.goals))),
        None => lines.push(no_further(&seek.limit, seek.direction)),
    }
    if !seek.promised.is_empty() {
        lines.push(format!(
            "{} is planned for as a promise at every value, so what runs is the cheapest that keeps it",
            goals(&seek.promised)
        ));
    }
    if !seek.is_monotone {
        let holds = seek.probes.iter().filter(|tried| tried.holds).map(|tried| tried.shown.clone());
        let not = seek.probes.iter().filter(|tried| !tried.holds).map(|tried| tried.shown.clone());
        lines.push(format!(
            "the goal is not reached on one side only: it is at {} and not at {}; this is the outermost value found",
            holds.collect::<Vec<_>>().join(", "),
            not.collect::<Vec<_>>().join(", ")
        ));
    }
    if seek.path == "demand.peak" && plan.workload.demand.mean_is_stated {
        lines.push(format!("the mean stays at {}, as stated", plan.workload.demand.mean.mid()));
    }
    lines
}

/// `usd_per_month is $9,876.00`, or why there is no plan.
pub(super) fn came_to(tried: &Tried, goals: &[Goal]) -> String {
    match &tried.outcome {
        Err(refusal) => refusal.to_string(),
        Ok(probe) => {
            let each = goals.iter().map(|goal| {
                let value = goal.measure.of(probe).map_or_else(|| "unknown".to_owned(), |v| goal.measure.shown(v));
                format!("{} is {value}", goal.measure.name())
            });
            format!("{} ({})", each.collect::<Vec<_>>().join(" and "), probe.runs())
        }
    }
}

/// The values of the whole range.
pub(super) fn probes(seek: &SeekAnswer) -> Table {
    let columns = vec![
        Column { name: seek.path.clone().into(), ..Column::numbers("") },
        Column::words("goal"),
        Column::numbers("a month"),
        Column::numbers("covers"),
        Column::numbers("p99"),
        Column::words("what runs"),
    ];
    let mut tried: Vec<&Tried> = seek.probes.iter().chain([&seek.found]).chain(seek.beyond.as_ref()).collect();
    tried.sort_by(|a, b| a.value.total_cmp(&b.value));
    tried.dedup_by(|a, b| a.value == b.value);
    let row = |tried: &Tried| -> Vec<Cell> {
        let goal = if tried.value == seek.found.value {
            "found"
        } else if tried.holds {
            "reached"
        } else {
            "missed"
        };
        let head: Vec<Cell> = vec![tried.shown.as_str().into(), goal.into()];
        let rest: Vec<Cell> = match &tried.outcome {
            Ok(probe) => vec![
                probe.month.mean.into(),
                percent(probe.coverage.share()).into(),
                span(probe.latency.p99).into(),
                probe.runs().into(),
            ],
            Err(refusal) => vec![Cell::Nothing, Cell::Nothing, Cell::Nothing, refusal.to_string().into()],
        };
        [head, rest].concat()
    };
    Table::of(columns, tried.into_iter().map(row).collect::<Vec<_>>())
}

pub(super) fn percent(share: Share) -> String {
    format!("{:.1} %", share.as_percent())
}

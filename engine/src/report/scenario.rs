//! The report of a plan under changes: the values of a sweep with what changes between them, or the value that was sought.
use super::refusal::sentence;
use super::scenario_events::{events, with_events};
use super::scenario_seek::{came_to, goals, no_further, percent, probes, seek_lines, sought};
use super::{Axis, Block, Cell, Chart, Column, Line, Meta, Plot, Report, Section, Table, plan, plan_notes};
use crate::plan::PlanAnswer;
use crate::scenario::{Direction, NoPlan, Probe, ScenarioAnswer, ScenarioRefusal, SeekRefusal, Stop, SweepAnswer, Why};
use crate::units::Money;
use std::fmt;

pub(super) fn report(answer: &ScenarioAnswer, meta: &Meta) -> Report {
    if let Some(swept) = &answer.sweep {
        return swept_report(swept, answer.plan.as_deref(), meta);
    }
    let plan = answer.plan.as_ref().expect("a goal is reached by a plan");
    let mut report = plan::report(plan, meta);
    report.sections.splice(1..1, Section::of("Changes for a time", events(&answer.events)));
    if !answer.events.is_empty() {
        report.verdict = with_events(&report.verdict, answer, plan);
    }
    if let Some(seek) = &answer.seek {
        report.verdict = sought(seek);
        let tried = probes(seek);
        report.main = tried.clone();
        let blocks = vec![Block::List(seek_lines(seek, plan)), Block::Table(tried)];
        report.sections.insert(0, Section { title: format!("Where {} may stand", seek.path), blocks });
    }
    report
}

/// What was taken for granted.
pub(super) fn notes(answer: &ScenarioAnswer, meta: &Meta) -> Vec<String> {
    answer.plan.as_ref().map_or_else(|| meta.notes.clone(), |plan| plan_notes::notes(plan, meta))
}

fn swept_report(swept: &SweepAnswer, stated: Option<&PlanAnswer>, meta: &Meta) -> Report {
    let mut blocks = vec![Block::Table(table(swept, in_short))];
    blocks.extend(Some(without_plan(swept)).filter(|lines| !lines.is_empty()).map(Block::List));
    blocks.extend(chart(swept).map(Block::Chart));
    let paths: Vec<&str> = swept.axes.iter().map(|axis| axis.path.as_str()).collect();
    let mut sections = vec![Section { title: format!("Along {}", paths.join(" and ")), blocks }];
    sections.extend(Section::of(
        "As stated",
        stated.map(|plan| Block::Paragraph(plan::verdict(plan))).into_iter().collect(),
    ));
    let taken = stated.map_or_else(|| meta.notes.clone(), |plan| plan_notes::notes(plan, meta));
    let taken = if taken.is_empty() { Vec::new() } else { vec![Block::List(taken)] };
    sections.extend(Section::of("Taken for granted", taken));
    Report { verdict: swept_verdict(swept), sections, main: table(swept, ToString::to_string) }
}

/// From the first to the last, and how often what runs changes between them.
fn swept_verdict(swept: &SweepAnswer) -> String {
    let planned: Vec<(&Stop, &Probe)> =
        swept.stops.iter().filter_map(|stop| Some((stop, stop.outcome.as_ref().ok()?))).collect();
    let (first, last) = (planned[0], planned[planned.len() - 1]);
    let changes = swept.stops.iter().filter(|stop| !stop.changes.is_empty()).count();
    let none = match swept.stops.len() - planned.len() {
        0 => String::new(),
        1 => format!("; 1 of {} points has no plan", swept.stops.len()),
        n => format!("; {n} of {} points have no plan", swept.stops.len()),
    };
    format!(
        "From {} ({}) to {} ({}) a month goes from {} to {}, and what runs changes {}{none}.",
        first.0.named(&swept.axes),
        first.1.runs(),
        last.0.named(&swept.axes),
        last.1.runs(),
        first.1.month.mean,
        last.1.month.mean,
        if changes == 1 { "once".to_owned() } else { format!("{changes} times") },
    )
}

impl fmt::Display for NoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Unreadable(what) => f.write_str(what),
        }
    }
}

/// Why there is no plan in few words, for a row of a table; the whole of it stands under the table.
fn in_short(why: &NoPlan) -> String {
    let why = match why {
        NoPlan::Refused(refusal) => refusal.kind().replace('_', " "),
        NoPlan::Unreadable(_) => "cannot be stated".into(),
    };
    format!("no plan: {why}")
}

/// Why the points without a plan have none: points with the same reason in one line.
fn without_plan(swept: &SweepAnswer) -> Vec<String> {
    const MOST: usize = 5;
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for stop in &swept.stops {
        let Err(why) = &stop.outcome else { continue };
        let (why, at) = (why.to_string(), stop.named(&swept.axes));
        match groups.iter_mut().find(|(known, _)| *known == why) {
            Some((_, points)) => points.push(at),
            None => groups.push((why, vec![at])),
        }
    }
    let line = |(why, at): &(String, Vec<String>)| match &at[..] {
        [only] => format!("at {only}: {why}"),
        [first, .., last] => format!("from {first} to {last}, {} points: {why}", at.len()),
        [] => String::new(),
    };
    let mut lines: Vec<String> = groups.iter().take(MOST).map(line).collect();
    if groups.len() > MOST {
        lines.push(format!("and {} more; the CSV and the JSON say why each has no plan", groups.len() - MOST));
    }
    lines
}

/// A row for every point; where it has no plan, `why` says why not.
fn table(swept: &SweepAnswer, why: impl Fn(&NoPlan) -> String) -> Table {
    let is_drawn = swept.stops.iter().any(|stop| stop.outcome.as_ref().is_ok_and(|probe| !probe.coverage.is_certain()));
    let mut columns: Vec<Column> =
        swept.axes.iter().map(|axis| Column { name: axis.path.clone().into(), ..Column::numbers("") }).collect();
    columns.push(Column::numbers("a month"));
    if is_drawn {
        columns.extend([Column::numbers("P10"), Column::numbers("P90"), Column::numbers("covers")]);
    }
    columns.extend([Column::numbers("p99"), Column::words("what runs"), Column::words("what changes")]);
    let row = |stop: &Stop| {
        let mut cells: Vec<Cell> =
            stop.at.iter().zip(&swept.axes).map(|(at, axis)| axis.values[*at].shown.as_str().into()).collect();
        match &stop.outcome {
            Ok(probe) => {
                cells.push(probe.month.mean.into());
                if is_drawn {
                    let covers = percent(probe.coverage.share()).into();
                    cells.extend([probe.month.p10.into(), probe.month.p90.into(), covers]);
                }
                cells.extend([probe.latency.p99.into(), probe.runs().into(), stop.changes.join("; ").into()]);
            }
            Err(none) => {
                cells.resize(columns.len() - 2, Cell::Nothing);
                cells.extend([why(none).into(), Cell::Nothing]);
            }
        }
        cells
    };
    let rows: Vec<Vec<Cell>> = swept.stops.iter().map(row).collect();
    Table::of(columns, rows)
}

/// A month's bill along the last axis, a line for each value of the others, up to a number that can be told apart.
fn chart(swept: &SweepAnswer) -> Option<Chart> {
    const MOST_LINES: usize = 6;
    let along = swept.axes.last()?;
    let steps = along.values.len();
    let lines: Vec<Line> = swept
        .stops
        .chunks(steps)
        .take(MOST_LINES)
        .map(|stops| {
            let months = |of: &dyn Fn(&Probe) -> Money| -> Vec<Cell> {
                let cell = |stop: &Stop| stop.outcome.as_ref().map_or(Cell::Nothing, |probe| of(probe).into());
                stops.iter().map(cell).collect()
            };
            let name: Vec<String> = stops[0].at[..stops[0].at.len() - 1]
                .iter()
                .zip(&swept.axes)
                .map(|(at, axis)| format!("{} {}", axis.path, axis.values[*at].shown))
                .collect();
            let name = if name.is_empty() { "a month".to_owned() } else { name.join(", ") };
            let is_sure = stops.iter().all(|stop| stop.outcome.as_ref().is_ok_and(|probe| probe.coverage.is_certain()));
            let (low, high) = (months(&|probe| probe.month.p10), months(&|probe| probe.month.p90));
            let band = if is_sure { Vec::new() } else { low.into_iter().zip(high).map(|(l, h)| [l, h]).collect() };
            Line { band, ..Line::of(name, months(&|probe| probe.month.mean)) }
        })
        .collect();
    let at = along.values.iter().map(|value| value.shown.as_str().into()).collect();
    let along = Axis { name: along.path.clone(), at };
    Some(Chart {
        title: "What a month costs".into(),
        measured: "US dollars a month".into(),
        plot: Plot::Lines { along, lines, marks: Vec::new(), guides: Vec::new() },
    })
}

/// Why nothing came of it, in a sentence.
pub(super) fn message(refusal: &ScenarioRefusal) -> String {
    match refusal {
        ScenarioRefusal::Plan(refusal) => refusal.to_string(),
        ScenarioRefusal::NoPoint([(first, why), (last, why_last)]) => {
            format!("no point of the sweep has a plan: at {first}, {why}; at {last}, {why_last}")
        }
        ScenarioRefusal::Seek(SeekRefusal { path, goals: asked, ends: [low, high], limits }) => {
            let sides = [Direction::Min, Direction::Max].into_iter().zip(limits);
            let unreadable = sides.filter(|(_, limit)| matches!(limit.why, Why::Unreadable(_)));
            let limits: String = unreadable.map(|(side, limit)| format!("; {}", no_further(limit, side))).collect();
            format!(
                "no value of {path} that was tried reaches {}: at {}, {}; at {}, {}{limits}",
                goals(asked),
                low.shown,
                came_to(low, asked),
                high.shown,
                came_to(high, asked)
            )
        }
    }
}

pub(super) fn refused(refusal: &ScenarioRefusal) -> Report {
    if let ScenarioRefusal::Plan(refusal) = refusal {
        return super::refusal::report(refusal);
    }
    Report { verdict: sentence(&message(refusal)), sections: Vec::new(), main: Table::default() }
}

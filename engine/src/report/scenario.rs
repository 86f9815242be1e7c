//! The report of a plan under changes: the values of a sweep with what changes between them, or the value that was sought.
use super::refusal::sentence;
use super::words::span;
use super::{Axis, Block, Cell, Chart, Column, Line, Meta, Plot, Report, Section, Table, plan, plan_notes};
use crate::plan::PlanAnswer;
use crate::scenario::{
    Dial, Direction, EventAnswer, Goal, Limit, Probe, ScenarioAnswer, ScenarioRefusal, SeekAnswer, SeekRefusal, Stop,
    SweepAnswer, Tried, Why,
};
use crate::units::{Factor, Money, Share};

pub(super) fn report(answer: &ScenarioAnswer, meta: &Meta) -> Report {
    if let Some(swept) = &answer.sweep {
        return swept_report(swept, answer.plan.as_deref(), meta);
    }
    let plan = answer.plan.as_ref().expect("a goal is reached by a plan");
    let mut report = plan::report(plan, meta);
    let events = Section::of("Changes for a time", events(&answer.events));
    report.sections.splice(1..1, events);
    if let Some(seek) = &answer.seek {
        report.verdict = sought(seek);
        let tried = probes(seek);
        report.main = tried.clone();
        let blocks = vec![Block::List(seek_lines(seek, plan)), Block::Table(tried)];
        report.sections.insert(0, Section { title: format!("Where {} may stand", seek.path), blocks });
    }
    report
}

/// What each event takes, beside the plan without it.
fn events(events: &[EventAnswer]) -> Vec<Block> {
    if events.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::words("change"),
        Column::words("months"),
        Column::words("what it takes"),
        Column::numbers("a month"),
        Column::numbers("extra"),
        Column::numbers("for its days"),
    ];
    let row = |event: &EventAnswer| -> Vec<Cell> {
        let months = match event.months[..] {
            [only] => format!("{}", only + 1),
            [first, .., last] => format!("{} to {}", first + 1, last + 1),
            [] => String::new(),
        };
        let (runs, month): (String, Cell) = match &event.outcome {
            Ok(probe) => (probe.runs(), probe.month.mean.into()),
            Err(refusal) => (refusal.to_string(), Cell::Nothing),
        };
        let extra = |extra: Option<Money>| extra.map_or(Cell::Nothing, Cell::Difference);
        let name = event.names.join(" and ");
        vec![name.into(), months.into(), runs.into(), month, extra(event.extra()), extra(event.extra_for_the_days())]
    };
    let breaks = |event: &EventAnswer| {
        let (name, does) = (event.names.join(" and "), event.does.join(", "));
        match &event.breaks {
            Some(breaks) => format!("{name} ({does}): without it, {breaks}"),
            None => format!("{name} ({does}): what runs today carries it"),
        }
    };
    let mut lines: Vec<String> = events.iter().map(breaks).collect();
    lines.push("a month is sized for its busiest hour as a whole; the cost for the days is that part of the month's extra, if machines can be had for those days only".into());
    vec![Block::Table(Table::of(columns, events.iter().map(row))), Block::List(lines)]
}

/// What was taken for granted.
pub(super) fn notes(answer: &ScenarioAnswer, meta: &Meta) -> Vec<String> {
    answer.plan.as_ref().map_or_else(|| meta.notes.clone(), |plan| plan_notes::notes(plan, meta))
}

fn swept_report(swept: &SweepAnswer, stated: Option<&PlanAnswer>, meta: &Meta) -> Report {
    let table = table(swept);
    let mut blocks = vec![Block::Table(table.clone())];
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
    Report { verdict: swept_verdict(swept), sections, main: table }
}

/// From the first to the last, and how often what runs changes between them.
fn swept_verdict(swept: &SweepAnswer) -> String {
    let planned: Vec<(&Stop, &Probe)> =
        swept.stops.iter().filter_map(|stop| Some((stop, stop.outcome.as_ref().ok()?))).collect();
    let (first, last) = (planned[0], planned[planned.len() - 1]);
    let at = |stop: &Stop| {
        let each =
            stop.at.iter().zip(&swept.axes).map(|(at, axis)| format!("{} {}", axis.path, axis.values[*at].shown));
        each.collect::<Vec<_>>().join(", ")
    };
    let changes = swept.stops.iter().filter(|stop| !stop.changes.is_empty()).count();
    let none = match swept.stops.len() - planned.len() {
        0 => String::new(),
        n => format!("; {n} of {} points have no plan", swept.stops.len()),
    };
    format!(
        "From {} ({}) to {} ({}) a month goes from {} to {}, and what runs changes {}{none}.",
        at(first.0),
        first.1.runs(),
        at(last.0),
        last.1.runs(),
        first.1.month.mean,
        last.1.month.mean,
        if changes == 1 { "once".to_owned() } else { format!("{changes} times") },
    )
}

fn percent(share: Share) -> String {
    format!("{:.1} %", share.as_percent())
}

fn table(swept: &SweepAnswer) -> Table {
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
            Err(refusal) => {
                cells.resize(columns.len() - 2, Cell::Nothing);
                cells.extend([refusal.to_string().into(), Cell::Nothing]);
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
        plot: Plot::Lines { along, lines, marks: Vec::new() },
    })
}

/// `usd_per_month <= $10,000`, all of them.
fn goals(goals: &[Goal]) -> String {
    goals.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}

fn sought(seek: &SeekAnswer) -> String {
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
fn no_further(limit: &Limit, direction: Direction) -> String {
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

fn seek_lines(seek: &SeekAnswer, plan: &PlanAnswer) -> Vec<String> {
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
fn came_to(tried: &Tried, goals: &[Goal]) -> String {
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
fn probes(seek: &SeekAnswer) -> Table {
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

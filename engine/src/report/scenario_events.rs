//! The report of changes for a time: what their months take, whether today's machines carry them, and the whole horizon.
use super::plan_doubt::grouped;
use super::{Block, Cell, Column, Table};
use crate::plan::PlanAnswer;
use crate::scenario::{EventAnswer, ScenarioAnswer};
use crate::units::Money;

/// What each event takes, beside the plan without it.
pub(super) fn events(events: &[EventAnswer]) -> Vec<Block> {
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
            Err(refusal) => (format!("no plan: {}", refusal.kind().replace('_', " ")), Cell::Nothing),
        };
        let extra = |extra: Option<Money>| extra.map_or(Cell::Nothing, Cell::Difference);
        vec![
            named(event).into(),
            months.into(),
            runs.into(),
            month,
            extra(event.extra()),
            extra(event.extra_for_the_days()),
        ]
    };
    let mut lines: Vec<String> = events.iter().map(carried).collect();
    for event in events {
        lines.extend(event.outcome.as_ref().err().map(|refusal| format!("{}: {refusal}", named(event))));
    }
    lines.push("a month is sized for its busiest hour as a whole; the cost for the days is that part of the month's extra, if machines can be had for those days only".into());
    vec![Block::Table(Table::of(columns, events.iter().map(row))), Block::List(lines)]
}

fn named(event: &EventAnswer) -> String {
    event.names.join(" and ")
}

/// Whether what runs today carries an event: in how many of the worlds, and what breaks first.
fn carried(event: &EventAnswer) -> String {
    let what = format!("{} ({})", named(event), event.does.join(", "));
    let carried = event.carried;
    if carried.is_certain() {
        return match &event.breaks {
            Some(breaks) => format!("{what}: without it, {breaks}"),
            None => format!("{what}: what runs today carries it"),
        };
    }
    let breaks =
        event.breaks.as_ref().map_or(String::new(), |breaks| format!("; where it does not, for example {breaks}"));
    let (held, worlds) = (grouped(carried.held), grouped(carried.worlds));
    format!("{what}: what runs today carries it in {held} of {worlds} worlds{breaks}")
}

/// The verdict with what the whole horizon costs with the changes.
pub(super) fn with_events(verdict: &str, answer: &ScenarioAnswer, plan: &PlanAnswer) -> String {
    let verdict = verdict.trim_end_matches('.');
    let months = plan.workload.months();
    let uncarried = answer.events.iter().find(|event| event.outcome.is_err());
    match (answer.with_events, uncarried) {
        (Some(with), _) => {
            let days = if with.for_the_days == with.for_whole_months {
                String::new()
            } else {
                format!(", {} if machines run for their days only", with.for_the_days)
            };
            format!("{verdict}. With the changes for a time: {} over {months} months{days}.", with.for_whole_months)
        }
        (None, Some(event)) => format!("{verdict}. No plan carries {}.", named(event)),
        (None, None) => format!("{verdict}. What the changes for a time cost over {months} months cannot be told."),
    }
}

//! The report of levers: the plan's, with what may be done about it, in which order, and where it stops to pay.
use super::words::listed;
use super::{Block, Cell, Column, Meta, Report, Section, Table, plan, refusal};
use crate::choice::Band;
use crate::levers::{LeftOut, LeversAnswer, LeversRefusal, Ranking, Step, Weighed};
use crate::units::{Mass, Money, Quantity, Span};
use std::fmt;

pub(super) fn report(answer: &LeversAnswer, meta: &Meta) -> Report {
    let mut report = plan::report(&answer.plan, meta);
    let mut sections: Vec<Option<Section>> = vec![Section::of("Levers pulled", done(answer))];
    if let Some(ranking) = &answer.ranking {
        sections.extend([
            Section::of("Levers", levers(ranking)),
            Section::of("What to do first", first(ranking)),
            Section::of("Levers that meet", meeting(ranking)),
            Section::of("Levers left out", left_out(&ranking.left_out)),
        ]);
        report.main = exact(ranking);
        report.verdict = format!("{} {}", report.verdict, verdict(ranking));
    }
    let place = report.sections.iter().position(|s| s.title == "What will not do" || s.title == "Taken for granted");
    let place = place.unwrap_or(report.sections.len());
    report.sections.splice(place..place, sections.into_iter().flatten());
    report
}

/// What pays, in one sentence.
fn verdict(ranking: &Ranking) -> String {
    let paying: Vec<&Step> = ranking.paying().collect();
    let count = ranking.weighed.len();
    let weighed = if count == 1 { "the 1 lever".to_owned() } else { format!("the {count} levers") };
    match &paying[..] {
        [] => format!("None of {weighed} that apply pays within {} months.", ranking.months),
        [first, ..] => {
            let all: Money = paying.iter().map(|step| step.adds).sum();
            let names: Vec<String> = paying.iter().map(|step| step.lever.clone()).collect();
            format!(
                "Of {weighed} that apply {} {}, {all} less a month: {}; begin with {}, {} a month for {} of work.",
                paying.len(),
                if paying.len() == 1 { "pays" } else { "pay" },
                listed(&names),
                first.lever,
                first.adds,
                first.cost
            )
        }
    }
}

fn done(answer: &LeversAnswer) -> Vec<Block> {
    let line = |placed: &crate::levers::Placed| {
        let measured = if placed.measured { ", measured on this system" } else { "" };
        format!("{placed}: {}{measured}; for users: {}", placed.lever.title, placed.lever.experience)
    };
    let lines: Vec<String> = answer.pulled.iter().map(line).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

fn levers(ranking: &Ranking) -> Vec<Block> {
    if ranking.weighed.is_empty() {
        return vec![Block::Paragraph("No lever applies to this workload.".into())];
    }
    let columns = vec![
        Column::words("lever"),
        Column::numbers("saves a month"),
        Column::numbers("P10 to P90"),
        Column::numbers("days"),
        Column::numbers("paid after"),
        Column::numbers("p99"),
        Column::numbers("CO2e"),
        Column::words("risk"),
        Column::words("undo"),
        Column::words("pays"),
    ];
    let row = |one: &Weighed| {
        vec![
            Cell::from(one.placed.to_string()),
            one.saves.mean.into(),
            between(one.saves).into(),
            days(one).into(),
            one.payback.map_or(Cell::Nothing, |months| after(months).into()),
            later(one.p99),
            more(one.emitted),
            one.placed.lever.risk.name().into(),
            one.placed.lever.undo.name().into(),
            if one.pays { "yes" } else { "no" }.into(),
        ]
    };
    let table = Table::of(columns, ranking.weighed.iter().map(row));
    let compared = format!(
        "compared with {} a month in {}, each planned anew; a day of an engineer is {}; a lever pays if it saves more over \
         {} months than it costs{}",
        ranking.base.mean,
        if ranking.draws == 1 { "one world".to_owned() } else { format!("the same {} worlds", ranking.draws) },
        ranking.day_cost,
        ranking.months,
        if ranking.grows { ", a saving growing as the bill does" } else { "" }
    );
    let mut lines = vec![compared];
    lines.extend(ranking.weighed.iter().filter(|one| one.pays).map(told));
    vec![Block::Table(table), Block::List(lines)]
}

/// What is done, what users notice, and who says so.
fn told(one: &Weighed) -> String {
    let lever = &one.placed.lever;
    format!("{}: {}; for users: {}; effect: {}", one.placed, lever.title, lever.experience, lever.source)
}

fn days(one: &Weighed) -> String {
    let effort = one.placed.lever.effort;
    let shown = |days: f64| crate::units::Factor::of(days).to_string();
    if effort.low == effort.high {
        shown(effort.mid)
    } else {
        format!("{} ({}-{})", shown(effort.mid), shown(effort.low), shown(effort.high))
    }
}

fn after(months: f64) -> String {
    match months {
        m if m < 1.0 => format!("{:.0} days", (m * 730.0 / 24.0).ceil()),
        m if m > 999.0 => "years".into(),
        m => format!("{m:.1} months"),
    }
}

/// `$959 to $2,620`, in whole dollars; nothing where it is the same in every world.
fn between(saves: Band<Money>) -> String {
    let whole = |money: Money| {
        let text = money.to_string();
        text.split_once('.').map_or(text.clone(), |(dollars, _)| dollars.to_owned())
    };
    if saves.p10 == saves.p90 { String::new() } else { format!("{} to {}", whole(saves.p10), whole(saves.p90)) }
}

/// How much later or sooner the p99 is.
fn later([before, after]: [Option<Span>; 2]) -> Cell {
    let (Some(before), Some(after)) = (before, after) else { return Cell::Unknown };
    let change = after.as_millis() - before.as_millis();
    if change.abs() < 0.05 { "same".into() } else { format!("{change:+.1} ms").into() }
}

/// How much more or less is emitted in a month.
fn more([before, after]: [Option<Mass>; 2]) -> Cell {
    let (Some(before), Some(after)) = (before, after) else { return Cell::Unknown };
    match after.less(before).max(before.less(after)) {
        change if change < before * 0.0005 => "same".into(),
        change => format!("{}{change}", if after > before { "+" } else { "-" }).into(),
    }
}

fn first(ranking: &Ranking) -> Vec<Block> {
    let columns = vec![
        Column::words("step"),
        Column::numbers("saves more a month"),
        Column::numbers("a month then"),
        Column::numbers("work"),
        Column::numbers("paid after"),
    ];
    let row = |step: &Step| {
        vec![
            Cell::from(step.lever.as_str()),
            step.adds.into(),
            step.month.mean.into(),
            step.cost.into(),
            step.payback.map_or(Cell::Nothing, |months| after(months).into()),
        ]
    };
    let paying: Vec<Vec<Cell>> = ranking.paying().map(row).collect();
    let line = match ranking.order.iter().find(|step| !step.pays) {
        _ if ranking.weighed.is_empty() => return Vec::new(),
        None if paying.is_empty() => "none of these pays: leave it as it is".to_owned(),
        Some(step) if paying.is_empty() => format!(
            "none of these pays: the best of them, {}, would save {} a month for {} of work, paid for after {}, and the \
             horizon is {} months; leave it as it is",
            step.lever,
            step.adds,
            step.cost,
            step.payback.map_or("ever so long".into(), after),
            ranking.months
        ),
        Some(step) => format!(
            "below this line it does not pay: next would be {}, {} a month more for {} of work",
            step.lever, step.adds, step.cost
        ),
        None => "everything that saves something pays".to_owned(),
    };
    let mut blocks = Vec::new();
    if !paying.is_empty() {
        blocks.push(Block::Table(Table::of(columns, paying)));
    }
    blocks.push(Block::List(vec![line]));
    blocks
}

fn meeting(ranking: &Ranking) -> Vec<Block> {
    const TOLD: usize = 8;
    let line = |pair: &crate::levers::Interaction| {
        let [a, b] = &pair.between;
        if pair.difference < Money::ZERO {
            let eaten = Money::ZERO - pair.difference;
            format!(
                "{a} and {b} eat the same saving: together {} a month, {eaten} less than the sum of both",
                pair.together
            )
        } else {
            format!(
                "{a} and {b} help each other: together {} a month, {} more than the sum of both",
                pair.together, pair.difference
            )
        }
    };
    let mut lines: Vec<String> = ranking.interactions.iter().take(TOLD).map(line).collect();
    if ranking.interactions.len() > TOLD {
        lines.push(format!("and {} pairs more, in the JSON", ranking.interactions.len() - TOLD));
    }
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.on {
            Some(on) => write!(f, "{} ({on}): {}", self.name, self.why),
            None => write!(f, "{}: {}", self.name, self.why),
        }
    }
}

fn left_out(all: &[LeftOut]) -> Vec<Block> {
    let lines: Vec<String> = all.iter().map(ToString::to_string).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

/// Every lever that was weighed, exact: the main table.
fn exact(ranking: &Ranking) -> Table {
    let columns = vec![
        Column::words("lever"),
        Column::words("component"),
        Column::numbers("saves_usd_per_month"),
        Column::numbers("saves_p10_usd_per_month"),
        Column::numbers("saves_p90_usd_per_month"),
        Column::numbers("effort_days"),
        Column::numbers("cost_usd"),
        Column::numbers("payback_months"),
        Column::numbers("return_ratio"),
        Column::words("risk"),
        Column::words("reversible"),
        Column::words("pays"),
        Column::words("source"),
    ];
    let number = |x: f64| Cell::Text(format!("{x:.6}"));
    let row = |one: &Weighed| {
        let lever = &one.placed.lever;
        vec![
            Cell::from(lever.name),
            one.placed.on.as_ref().map_or(Cell::Nothing, |on| on.0.as_str().into()),
            one.saves.mean.into(),
            one.saves.p10.into(),
            one.saves.p90.into(),
            number(lever.effort.mid),
            one.cost.into(),
            one.payback.map_or(Cell::Nothing, number),
            number(one.returns),
            lever.risk.name().into(),
            lever.undo.name().into(),
            if one.pays { "yes" } else { "no" }.into(),
            lever.source.into(),
        ]
    };
    Table::of(columns, ranking.weighed.iter().map(row))
}

impl fmt::Display for LeversRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan(refusal) => refusal.fmt(f),
            Self::NotHere(all) => {
                let each: Vec<String> = all.iter().map(ToString::to_string).collect();
                write!(f, "the lever does not apply here: {}", each.join("; "))
            }
        }
    }
}

pub(super) fn refused(refused: &LeversRefusal) -> Report {
    match refused {
        LeversRefusal::Plan(plan) => refusal::report(plan),
        LeversRefusal::NotHere(all) => Report {
            verdict: format!("{refused}."),
            sections: Section::of("Levers left out", left_out(all)).into_iter().collect(),
            main: Table::of(
                vec![Column::words("lever"), Column::words("why")],
                all.iter().map(|left| vec![Cell::from(left.name), left.why.as_str().into()]),
            ),
        },
    }
}

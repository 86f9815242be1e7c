//! Days that stand out, and what one of something costs over time.
use super::bill::{key_of, visible};
use super::bill_tables::{key_columns, measured};
use super::bill_words::{price, signed};
use super::{Axis, Block, Cell, Chart, Column, Line, Mark, Plot, Table};
use crate::bill::{Anomaly, BillAnswer, Drawn, NEEDS_DAYS, UnitCost, UnitCosts, Watch};

/// More days are read in JSON.
const SHOWN: usize = 15;

pub(super) fn anomalies(answer: &BillAnswer) -> Vec<Block> {
    let Some(watch) = &answer.watch else { return Vec::new() };
    let mut blocks = vec![Block::Paragraph(looked_at(watch))];
    if watch.anomalies.is_empty() {
        return blocks;
    }
    blocks.extend(watch.drawn.as_ref().map(|drawn| Block::Chart(drawing(watch, drawn))));
    let mut columns = vec![Column::words("day")];
    columns.extend(key_columns(answer));
    columns.extend([
        Column::numbers("cost"),
        Column::numbers("expected"),
        Column::numbers("usual spreads"),
        Column::numbers("p-value"),
        Column::words("same weekday before"),
    ]);
    let row = |anomaly: &Anomaly| {
        let money = |amount| Cell::Charge(visible(amount, anomaly.actual), anomaly.currency.clone());
        let before: Vec<String> =
            anomaly.before.iter().map(|(_, cost)| cost.shown_in(anomaly.currency.code())).collect();
        let mut row: Vec<Cell> = vec![anomaly.day.to_string().into()];
        row.extend(key_of(&anomaly.key, 30).into_iter().map(Cell::from));
        row.extend([
            money(anomaly.actual),
            money(anomaly.expected),
            Cell::Factor(anomaly.spreads),
            format!("{:.0e}", anomaly.p_value.as_part()).into(),
            before.join(", ").into(),
        ]);
        row
    };
    let shown = if watch.anomalies.len() > SHOWN + 1 { SHOWN } else { watch.anomalies.len() };
    blocks.push(Block::Table(Table::of(columns, watch.anomalies[..shown].iter().map(row))));
    if shown < watch.anomalies.len() {
        blocks.push(Block::Paragraph(format!("and {} more, of less money", watch.anomalies.len() - shown)));
    }
    blocks
}

fn looked_at(watch: &Watch) -> String {
    let mut left_out = Vec::new();
    if watch.short > 0 {
        left_out.push(format!("{} with fewer than {NEEDS_DAYS} days", watch.short));
    }
    if watch.sporadic > 0 {
        left_out.push(format!("{} that cost something on few days only", watch.sporadic));
    }
    let left_out =
        if left_out.is_empty() { String::new() } else { format!("; left out: {}", super::words::listed(&left_out)) };
    let found = if watch.anomalies.is_empty() {
        "none stands out"
    } else {
        "of those that stand out at most one in a hundred does so by chance"
    };
    format!(
        "{} days of {} group{} were looked at, by what was used, without purchases, taxes and credits: {found}{left_out}.",
        watch.days,
        watch.judged,
        if watch.judged == 1 { "" } else { "s" }
    )
}

fn drawing(watch: &Watch, drawn: &Drawn) -> Chart {
    let money = |amount| Cell::Charge(amount, drawn.currency.clone());
    let cost = drawn.days.iter().map(|(_, cost, _)| cost.map_or(Cell::Nothing, money));
    let expected = drawn.days.iter().map(|(_, _, expected)| money(*expected));
    let at = |anomaly: &Anomaly| {
        let is_drawn = anomaly.key == drawn.key && anomaly.currency == drawn.currency;
        drawn.days.iter().position(|(day, ..)| is_drawn && *day == anomaly.day)
    };
    let excess = |anomaly: &Anomaly| signed(anomaly.excess(), anomaly.currency.code());
    let mark = |anomaly: &Anomaly| Some(Mark { line: 0, at: at(anomaly)?, label: excess(anomaly) });
    let mut marks: Vec<Mark> = watch.anomalies.iter().filter_map(mark).collect();
    marks.sort_by_key(|mark| mark.at);
    Chart {
        title: format!("Cost of {} by day", drawn.key),
        measured: measured(&drawn.currency),
        plot: Plot::Lines {
            along: Axis { name: "day".into(), at: drawn.days.iter().map(|(day, ..)| day.date().into()).collect() },
            lines: vec![Line::of("cost", cost), Line::of("expected", expected)],
            marks,
            guides: Vec::new(),
        },
    }
}

pub(super) fn unit_costs(answer: &BillAnswer) -> Vec<Block> {
    answer.unit_costs.iter().flat_map(one).collect()
}

fn one(costs: &UnitCosts) -> Vec<Block> {
    let code = costs.currency.code();
    let mut blocks = Vec::new();
    if let Some(change) = &costs.change {
        let find = |slot| costs.periods.iter().find(|one| one.slot == slot).and_then(UnitCost::of_one);
        let sides = find(change.from).zip(find(change.to));
        let (from, to) = (change.from, change.to);
        blocks.extend(sides.map(|(first, last)| {
            let part = (last - first).ratio(first.abs());
            let part = part.map_or(String::new(), |part| format!(" ({:+.1} %)", 100.0 * part));
            Block::Paragraph(format!(
                "Each of `{name}` cost {} in {from} and {} in {to}{part}. Of {} in all, {} follow the number of `{name}`, {} \
                 the cost of each.",
                price(first, code),
                price(last, code),
                signed(change.more + change.dearer, code),
                signed(change.more, code),
                signed(change.dearer, code),
                name = costs.name
            ))
        }));
    }
    let columns = vec![
        Column::words("period"),
        Column::numbers("days"),
        Column { name: costs.name.clone().into(), ..Column::numbers("") },
        Column::numbers("cost"),
        Column::numbers("each"),
        Column::numbers("a thousand"),
    ];
    let row = |one: &UnitCost| {
        let money = |amount: Option<_>| amount.map_or(Cell::Unknown, |amount| Cell::Text(price(amount, code)));
        vec![
            one.slot.to_string().into(),
            one.days.map_or(Cell::Nothing, |days| Cell::Count(days.into())),
            Cell::Quantity(one.amount),
            Cell::Charge(one.cost, costs.currency.clone()),
            money(one.of_one()),
            money(one.of_thousand()),
        ]
    };
    blocks.push(Block::Table(Table::of(columns, costs.periods.iter().map(row))));
    if blocks.len() == 1 {
        let why = format!("One period has charges and `{}`: no change to tell.", costs.name);
        blocks.push(Block::Paragraph(why));
    }
    blocks
}

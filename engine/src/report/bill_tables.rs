//! The sums of a bill, and the account of its rows.
use super::bill::{key_of, main_currency};
use super::bill_words::clock;
use super::{Axis, Block, Cell, Chart, Column, Layer, Plot, Table};
use crate::bill::{BillAnswer, Calendar, Cost, Currency, Group, Key, Slot, Total};
use crate::units::{FineMoney, Share};
use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// More rows are read in CSV and JSON, not on a page.
const SHOWN: usize = 30;
/// More rows are read in CSV and JSON, not in a workbook: its sheets would hold ten times as many, and nothing opens it then.
pub(super) const LISTED: usize = 100_000;
/// A drawing tells no more apart.
const LAYERS: usize = 12;

/// The costs that any row has.
fn known(answer: &BillAnswer) -> Vec<Cost> {
    let is_known = |cost: &Cost| answer.totals.iter().any(|total| total.tally.of(*cost).is_some());
    Cost::ALL.into_iter().filter(is_known).collect()
}

fn cost(sum: Option<FineMoney>, currency: &Currency) -> Cell {
    sum.map_or(Cell::Unknown, |sum| Cell::Charge(sum, currency.clone()))
}

fn code(currency: &Currency) -> Cell {
    if currency.code().is_empty() { Cell::Unknown } else { currency.code().into() }
}

pub(super) fn totals(answer: &BillAnswer) -> Table {
    let mut columns = vec![Column::words("currency")];
    columns.extend(Cost::ALL.map(|cost| Column::numbers(cost.word())));
    columns.push(Column::numbers("rows"));
    let row = |total: &Total| {
        let mut row = vec![code(&total.currency)];
        row.extend(Cost::ALL.map(|of| cost(total.tally.of(of), &total.currency)));
        row.push(Cell::Count(total.tally.rows));
        row
    };
    Table::of(columns, answer.totals.iter().map(row))
}

/// Columns for the asked columns, by their names.
pub(super) fn key_columns(answer: &BillAnswer) -> Vec<Column> {
    answer.by.iter().map(|name| Column { name: name.clone().into(), ..Column::words("") }).collect()
}

/// Every group with every digit, as far as a workbook has room.
pub(super) fn main(answer: &BillAnswer) -> Table {
    let mut columns = key_columns(answer);
    columns.extend(answer.period.map(|_| Column::words("period")));
    columns.push(Column::words("currency"));
    columns.extend(Cost::ALL.map(|cost| Column::numbers(cost.word())));
    columns.push(Column::numbers("rows"));
    let rows = answer.groups.range(0..answer.groups.len().min(LISTED)).map(|group| {
        let mut row: Vec<Cell> = group.values().map(Cell::from).collect();
        row.extend(group.slot().map(|slot| Cell::Text(slot.to_string())));
        let currency = group.currency();
        row.push(code(&currency));
        row.extend(Cost::ALL.map(|of| cost(group.cost(of), &currency)));
        row.push(Cell::Count(group.rows()));
        row
    });
    Table::of(columns, rows)
}

/// The groups that fit a page, and what the others come to.
pub(super) fn groups(answer: &BillAnswer) -> Vec<Block> {
    if answer.by.is_empty() && answer.period.is_none() {
        return Vec::new();
    }
    let (known, many) = (known(answer), answer.totals.len() > 1);
    let mut columns = key_columns(answer);
    columns.extend(answer.period.map(|_| Column::words("period")));
    columns.extend(many.then(|| Column::words("currency")));
    columns.extend(known.iter().map(|cost| Column::numbers(cost.word())));
    columns.extend([Column::numbers("part"), Column::numbers("rows")]);
    let row = |group: Group<'_>| {
        let (mut row, currency): (Vec<Cell>, _) =
            (key_of(&group.key(), 44).into_iter().map(Cell::from).collect(), group.currency());
        row.extend(group.slot().map(|slot| Cell::Text(slot.to_string())));
        row.extend(many.then(|| code(&currency)));
        row.extend(known.iter().map(|of| cost(group.cost(*of), &currency)));
        row.extend([part(answer, group), Cell::Count(group.rows())]);
        row
    };
    // A last line for a single row would be no shorter than the row.
    let shown = if answer.groups.len() > SHOWN + 1 { SHOWN } else { answer.groups.len() };
    let mut blocks: Vec<Block> = by_period(answer).map(Block::Chart).into_iter().collect();
    blocks.push(Block::Table(Table::of(columns, answer.groups.range(0..shown).map(row))));
    blocks.extend(others(answer, shown).map(Block::Paragraph));
    blocks
}

/// A group's part of its currency's total.
fn part(answer: &BillAnswer, group: Group<'_>) -> Cell {
    let total = answer.totals.iter().find(|total| total.currency.code() == group.currency_code());
    let whole = total.and_then(|total| total.tally.of(answer.cost));
    let part = group.cost(answer.cost).zip(whole).and_then(|(part, whole)| part.ratio(whole));
    match part {
        Some(part) if (0.0..=1.0).contains(&part) => Cell::Share(Share::of_one(part)),
        _ => Cell::Nothing,
    }
}

/// What the groups beyond those shown come to.
fn others(answer: &BillAnswer, shown: usize) -> Option<String> {
    let mut sums: BTreeMap<&str, FineMoney> = BTreeMap::new();
    for group in answer.groups.range(shown..answer.groups.len()) {
        *sums.entry(group.currency_code()).or_default() += group.cost(answer.cost).unwrap_or_default();
    }
    let sums: Vec<String> = sums.into_iter().map(|(code, sum)| sum.shown_in(code)).collect();
    let all = match answer.groups.len() {
        ..=LISTED => "CSV and JSON have all of them".to_owned(),
        _ => format!("CSV and JSON have all of them, a workbook the first {LISTED}"),
    };
    let (count, sums, word) = (answer.groups.len() - shown, super::words::listed(&sums), answer.cost.word());
    (count > 0).then(|| format!("and {count} more groups: {sums} {word}; {all}"))
}

/// The cost of each period by group, for the renderers that draw; where groups are too many to be listed, each is too
/// little to be seen.
fn by_period(answer: &BillAnswer) -> Option<Chart> {
    answer.period.filter(|_| answer.groups.len() <= LISTED)?;
    let currency = &main_currency(answer).currency;
    let of_currency = answer.groups.iter().filter(|group| group.currency_code() == currency.code());
    let groups: Vec<(Key, Option<Slot>, FineMoney)> =
        of_currency.map(|group| (group.key(), group.slot(), group.cost(answer.cost).unwrap_or_default())).collect();
    let mut slots: Vec<Slot> = groups.iter().filter_map(|(_, slot, _)| *slot).collect();
    slots.dedup();
    let mut sums: HashMap<&Key, FineMoney, FixedState> = HashMap::default();
    for (key, _, cost) in &groups {
        *sums.entry(key).or_default() += *cost;
    }
    let mut by_size: Vec<(&Key, FineMoney)> = sums.into_iter().collect();
    by_size.sort_by_key(|(key, sum)| (std::cmp::Reverse(*sum), *key));
    let few = by_size.len() <= LAYERS + 1;
    let named: BTreeMap<&Key, usize> =
        by_size.iter().take(if few { usize::MAX } else { LAYERS }).enumerate().map(|(i, (key, _))| (*key, i)).collect();
    let mut amounts = vec![vec![FineMoney::ZERO; slots.len()]; if few { named.len() } else { LAYERS + 1 }];
    for (key, slot, cost) in &groups {
        let at = slot.and_then(|slot| slots.binary_search(&slot).ok())?;
        let layer = named.get(key).copied().unwrap_or(LAYERS);
        amounts[layer][at] += *cost;
    }
    let is_drawable = slots.len() > 1 && amounts.iter().flatten().all(|amount| *amount >= FineMoney::ZERO);
    let name = |i: usize| by_size.get(i).filter(|(key, _)| named.contains_key(key)).map(|(key, _)| key.to_string());
    let layers = amounts.into_iter().enumerate().map(|(i, amounts)| Layer {
        name: name(i).unwrap_or_else(|| "all others".into()),
        values: amounts.into_iter().map(|amount| Cell::Charge(amount, currency.clone())).collect(),
    });
    let along = Axis {
        name: answer.period?.word().into(),
        at: slots.iter().map(|slot| Cell::Text(slot.to_string())).collect(),
    };
    is_drawable.then(|| Chart {
        title: format!("{} cost by {}", capital(answer.cost.word()), along.name),
        measured: measured(currency),
        plot: Plot::Stacks { along, layers: layers.collect() },
    })
}

/// What money is counted in.
pub(super) fn measured(currency: &Currency) -> String {
    match currency.code() {
        "USD" => "US dollars".into(),
        "" => "money of an unknown currency".into(),
        code => code.into(),
    }
}

pub(super) fn capital(word: &str) -> String {
    super::refusal::capitalized(word)
}

/// The rules of FOCUS that rows break.
pub(super) fn rules(answer: &BillAnswer) -> Vec<Block> {
    let checked = answer.checks.len();
    if checked == 0 {
        return Vec::new();
    }
    let broken: Vec<_> = answer.checks.iter().filter(|check| check.rows_failing > 0).collect();
    if broken.is_empty() {
        return vec![Block::Paragraph(format!("{checked} rules checked, none broken."))];
    }
    let columns =
        vec![Column::words("rule"), Column::numbers("rows"), Column::words("first"), Column::words("what it says")];
    let rows = broken.iter().map(|check| {
        vec![
            check.rule.as_str().into(),
            Cell::Count(check.rows_failing),
            check.first.as_str().into(),
            check.text.into(),
        ]
    });
    let count = format!("{checked} rules checked, {} broken.", broken.len());
    vec![Block::Paragraph(count), Block::Table(Table::of(columns, rows))]
}

/// Every row is used or set aside for a reason.
pub(super) fn quality(answer: &BillAnswer) -> Vec<Block> {
    let quality = &answer.quality;
    let aside: Vec<String> = quality.aside.iter().map(|aside| format!("{} ({})", aside.rows, aside.reason)).collect();
    let aside = if aside.is_empty() { String::new() } else { format!(", set aside {}", super::words::listed(&aside)) };
    let days = quality.coverage.map_or(String::new(), |coverage| format!("; {coverage} of the days have charges"));
    let rows =
        format!("{} rows read, {} used{aside}{days}; score {}", quality.rows_read, quality.rows_used, quality.score);
    let mut lines = vec![rows];
    lines.extend(quality.findings.iter().map(|finding| finding.text.clone()));
    let pacific = quality.days.is_some_and(|(first, _)| first.calendar() == Calendar::Pacific);
    lines.extend(pacific.then(|| format!("days and months begin by {}", clock(Calendar::Pacific))));
    let columns =
        vec![Column::words("file"), Column::words("format"), Column::numbers("sure"), Column::numbers("rows")];
    let files = quality.files.iter().map(|file| {
        vec![
            file.name.as_str().into(),
            file.format.as_str().into(),
            Cell::Share(file.confidence),
            Cell::Count(file.rows),
        ]
    });
    let mut blocks = vec![Block::List(lines)];
    if !quality.files.is_empty() {
        blocks.push(Block::Table(Table::of(columns, files)));
    }
    blocks
}

//! The bill report: what it comes to, where it goes, what changed and why, and how far the rows can be trusted.
use super::{Block, Cell, Column, Meta, Report, Section, Table};
use crate::bill::{BillAnswer, BillRefusal, Cost, Currency, Tally};

pub(super) fn report(answer: &BillAnswer, meta: &Meta) -> Report {
    let groups = groups(answer);
    let sections = [
        Section::of("Groups", vec![Block::Table(groups.clone())]),
        Section::of("Taken for granted", notes_section(answer, meta)),
    ];
    Report { verdict: verdict(answer), sections: sections.into_iter().flatten().collect(), main: groups }
}

fn notes_section(answer: &BillAnswer, meta: &Meta) -> Vec<Block> {
    let notes = notes(answer, meta);
    if notes.is_empty() { Vec::new() } else { vec![Block::List(notes)] }
}

pub(super) fn notes(answer: &BillAnswer, meta: &Meta) -> Vec<String> {
    let mut notes = meta.notes.clone();
    notes.extend(answer.notes.iter().cloned());
    notes
}

pub(super) fn refused(refusal: &BillRefusal) -> Report {
    let end = if matches!(refusal, BillRefusal::UnknownPeriod { .. }) { "" } else { "." };
    let verdict = format!("No answer: {refusal}{end}");
    Report { verdict, sections: Vec::new(), main: Table::default() }
}

fn verdict(answer: &BillAnswer) -> String {
    let sums: Vec<String> = answer
        .totals
        .iter()
        .filter_map(|total| Some(total.tally.of(answer.cost)?.shown_in(total.currency.code())))
        .collect();
    format!("{} {}.", super::words::listed(&sums), answer.cost.word())
}

fn groups(answer: &BillAnswer) -> Table {
    let mut columns: Vec<Column> =
        answer.by.iter().map(|name| Column { name: name.clone().into(), ..Column::words("") }).collect();
    if answer.period.is_some() {
        columns.push(Column::words("period"));
    }
    columns.push(Column::words("currency"));
    columns.extend(Cost::ALL.map(|cost| Column::numbers(cost.word())));
    columns.push(Column::numbers("rows"));
    let rows = answer.groups.iter().map(|group| {
        let mut row: Vec<Cell> = group.key.values().iter().map(|value| Cell::from(value.clone())).collect();
        row.extend(group.slot.map(|slot| Cell::Text(slot.to_string())));
        row.push(group.currency.code().into());
        row.extend(costs(&group.tally, &group.currency));
        row.push(Cell::Count(group.tally.rows));
        row
    });
    Table::of(columns, rows)
}

fn costs(tally: &Tally, currency: &Currency) -> [Cell; 4] {
    Cost::ALL.map(|cost| tally.of(cost).map_or(Cell::Unknown, |sum| Cell::Charge(sum, currency.clone())))
}

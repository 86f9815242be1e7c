//! What changed between two periods, and why.
use super::bill::{key_of, main_currency, visible};
use super::bill_tables::{key_columns, measured};
use super::bill_words::{change_of, percent, price, shortened, signed};
use super::{Bar, Block, Cell, Chart, Column, Plot, Table};
use crate::bill::{BillAnswer, Compared, Driver, Drivers, Fate, ItemChange, Parts, Pricing, Side, Used};
use crate::units::FineMoney;

/// More groups are read in JSON.
const SHOWN: usize = 15;

pub(super) fn title(answer: &BillAnswer) -> String {
    let periods = answer.drivers.as_ref().map(|drivers| &drivers.compared);
    periods.map_or_else(String::new, |Compared { base, period, .. }| {
        format!("What changed from {} to {}", base.slot, period.slot)
    })
}

/// The parts of a change by their names.
pub(super) fn named(parts: &Parts) -> Vec<(&'static str, FineMoney)> {
    let Parts { price, volume, mix, new, gone } = *parts;
    vec![("price", price), ("volume", volume), ("mix", mix), ("new", new), ("gone", gone)]
}

pub(super) fn blocks(answer: &BillAnswer, drivers: &Drivers) -> Vec<Block> {
    let mut lines: Vec<String> = drivers.totals.iter().map(|total| sentence(total, &drivers.compared)).collect();
    lines.extend(drivers.totals.iter().filter_map(|total| pace(total, &drivers.compared)));
    let mut blocks = vec![Block::List(lines)];
    blocks.extend(waterfall(answer, drivers).map(Block::Chart));
    blocks.extend(groups(answer, drivers));
    if !drivers.items.is_empty() {
        blocks.push(Block::Paragraph("The items that changed most:".into()));
        blocks.push(Block::Table(items(answer, drivers)));
    }
    blocks
}

fn sentence(total: &Driver, compared: &Compared) -> String {
    let code = total.currency.code();
    let (base, period) = (compared.base.slot, compared.period.slot);
    let (before, after) = (total.before.shown_in(code), total.after.shown_in(code));
    let how = change_of(total.parts.total()).map_or_else(
        || "no change".into(),
        |(size, word)| {
            let part = total.parts.total().ratio(total.before.abs());
            let part = part.map_or(String::new(), |part| format!(", {}", percent(part)));
            format!("{} {word}{part}", size.shown_in(code))
        },
    );
    format!("{before} in {base}, {after} in {period}: {how}")
}

/// What the days themselves make of the change: February is shorter than March.
fn pace(total: &Driver, compared: &Compared) -> Option<String> {
    let days = |side: &Side| side.days.filter(|days| *days > 0);
    let (base, period) = (days(&compared.base)?, days(&compared.period)?);
    if base == period {
        return None;
    }
    let each = |amount: FineMoney, days: u32| FineMoney::raw(amount.as_raw() / i128::from(days));
    let (before, after) = (each(total.before, base), each(total.after, period));
    let code = total.currency.code();
    let part = (after - before).ratio(before.abs())?;
    let word = if part < 0.0 { "less" } else { "more" };
    Some(format!(
        "a day cost {} over {base} days, then {} over {period}: {} {word} for each day",
        before.shown_in(code),
        after.shown_in(code),
        percent(part.abs())
    ))
}

fn groups(answer: &BillAnswer, drivers: &Drivers) -> Vec<Block> {
    let is_told = |i: &usize| drivers.groups.iter().any(|driver| named(&driver.parts)[*i].1 != FineMoney::ZERO);
    let all = named(&Parts::default());
    let picks: Vec<usize> = (0..all.len()).filter(is_told).collect();
    if picks.is_empty() {
        return Vec::new();
    }
    let mut columns = key_columns(answer);
    columns.push(Column::numbers("change"));
    columns.extend(picks.iter().map(|i| Column::numbers(all[*i].0)));
    let row = |driver: &Driver| {
        let beside = driver.before.abs() + driver.after.abs();
        let money = |amount| Cell::Charge(visible(amount, beside), driver.currency.clone());
        let mut row: Vec<Cell> = key_of(&driver.key, 30).into_iter().map(Cell::from).collect();
        row.push(money(driver.parts.total()));
        let parts = named(&driver.parts);
        row.extend(picks.iter().map(|i| money(parts[*i].1)));
        row
    };
    let shown = if drivers.groups.len() > SHOWN + 1 { SHOWN } else { drivers.groups.len() };
    let mut table = Table::of(columns, drivers.groups[..shown].iter().map(row));
    if let ([total], false, 2..) = (&drivers.totals[..], answer.by.is_empty(), drivers.groups.len()) {
        let mut foot: Vec<Cell> = vec![Cell::Nothing; answer.by.len()];
        foot[0] = "all".into();
        // The key of a total has no values.
        foot.extend(row(total));
        table = table.with_foot(foot);
    }
    let mut blocks = vec![Block::Table(table)];
    let rest = &drivers.groups[shown..];
    if !rest.is_empty() {
        let sums = drivers.totals.iter().filter_map(|total| {
            let sum: FineMoney =
                rest.iter().filter(|d| d.currency == total.currency).map(|driver| driver.parts.total()).sum();
            (sum != FineMoney::ZERO).then(|| signed(sum, total.currency.code()))
        });
        let sums = super::words::listed(&sums.collect::<Vec<_>>());
        let sums = if sums.is_empty() { "no change".into() } else { sums };
        blocks.push(Block::Paragraph(format!("and {} more groups: {sums} together; JSON has all of them", rest.len())));
    }
    blocks
}

fn items(answer: &BillAnswer, drivers: &Drivers) -> Table {
    let mut columns: Vec<Column> = Vec::new();
    if !answer.by.is_empty() {
        columns.push(Column { name: answer.by.join(" / ").into(), ..Column::words("") });
    }
    columns.extend([
        Column::words("item"),
        Column::numbers("quantity"),
        Column::words("unit"),
        Column::numbers("price of one"),
        Column::numbers("change"),
    ]);
    let row = |item: &ItemChange| {
        let mut row: Vec<Cell> = Vec::new();
        if !answer.by.is_empty() {
            row.push(key_of(&item.key, 20).join(" / ").into());
        }
        row.extend([
            name(item).into(),
            sides(item, |used| used.quantity.map(|quantity| quantity.to_string())).into(),
            shortened(&item.unit, 16).into(),
            sides(item, |used| Some(price(used.unit_price()?, item.currency.code()))).into(),
            Cell::Charge(item.change(), item.currency.clone()),
        ]);
        row
    };
    Table::of(columns, drivers.items.iter().map(row))
}

fn name(item: &ItemChange) -> String {
    let name = if item.item.is_empty() { "(unnamed)".into() } else { shortened(&item.item, 22) };
    match item.pricing {
        Pricing::Standard | Pricing::Unknown => name,
        pricing => format!("{name}, {}", pricing.word()),
    }
}

/// `before → after`, once where both are the same.
fn sides(item: &ItemChange, of: impl Fn(&Used) -> Option<String>) -> String {
    let (before, after) = (item.before.as_ref().and_then(&of), item.after.as_ref().and_then(&of));
    let other = match item.fate {
        Fate::New => "new",
        Fate::Gone => "gone",
        Fate::GoesOn => "none",
    };
    match (before, after) {
        (None, None) => String::new(),
        (Some(before), Some(after)) if before == after => before,
        (before, after) => {
            let said = |side: Option<String>| side.unwrap_or_else(|| other.into());
            format!("{} → {}", said(before), said(after))
        }
    }
}

fn waterfall(answer: &BillAnswer, drivers: &Drivers) -> Option<Chart> {
    let currency = &main_currency(answer).currency;
    let total = drivers.totals.iter().find(|total| total.currency == *currency)?;
    let money = |amount: FineMoney| Cell::Charge(amount, currency.clone());
    let beside = total.before.abs() + total.after.abs();
    let mut steps = named(&total.parts);
    steps.retain(|(_, amount)| visible(*amount, beside) != FineMoney::ZERO);
    (!steps.is_empty()).then(|| Chart {
        title: "From one period to the other".into(),
        measured: measured(currency),
        plot: Plot::Waterfall {
            from: Bar::of(drivers.compared.base.slot.to_string(), money(total.before)),
            steps: steps.into_iter().map(|(name, amount)| Bar::of(name, money(amount))).collect(),
            to: Bar::of(drivers.compared.period.slot.to_string(), money(total.after)),
        },
    })
}

//! The bill report: what it comes to, where it goes, what changed and why, and how far the rows can be trusted.
use super::bill_words::{change_of, lasted, shortened, signed};
use super::words::listed;
use super::{Block, Meta, Report, Section, Table, bill_change, bill_days, bill_discounts, bill_tables};
use crate::bill::{BillAnswer, BillRefusal, Total};
use crate::units::FineMoney;

pub(super) fn report(answer: &BillAnswer, meta: &Meta) -> Report {
    let change = answer.drivers.as_ref().map(|drivers| bill_change::blocks(answer, drivers)).unwrap_or_default();
    let notes = notes(answer, meta);
    let sections = [
        Section::of("Totals", vec![Block::Table(bill_tables::totals(answer))]),
        Section::of("Groups", bill_tables::groups(answer)),
        Section::of(&bill_change::title(answer), change),
        Section::of("Commitments and discounts", bill_discounts::blocks(answer)),
        Section::of("The cost of one", bill_days::unit_costs(answer)),
        Section::of("Days that stand out", bill_days::anomalies(answer)),
        Section::of("Rules of FOCUS", bill_tables::rules(answer)),
        Section::of("Quality of the export", bill_tables::quality(answer)),
        Section::of("Taken for granted", if notes.is_empty() { Vec::new() } else { vec![Block::List(notes)] }),
    ];
    let sections = sections.into_iter().flatten().collect();
    Report { verdict: verdict(answer), sections, main: bill_tables::main(answer) }
}

/// Every assumption and warning, a sentence each.
pub(super) fn notes(answer: &BillAnswer, meta: &Meta) -> Vec<String> {
    let mut notes = meta.notes.clone();
    notes.extend(answer.notes.iter().cloned());
    notes
}

pub(super) fn refused(refusal: &BillRefusal) -> Report {
    let text = refusal.to_string();
    let end = if text.ends_with('?') { "" } else { "." };
    Report { verdict: format!("No answer: {text}{end}"), sections: Vec::new(), main: Table::default() }
}

/// The answer in one sentence.
pub(super) fn verdict(answer: &BillAnswer) -> String {
    let sum = |total: &Total| {
        total.tally.of(answer.cost).map_or_else(|| "unknown".into(), |sum| sum.shown_in(total.currency.code()))
    };
    let mut totals: Vec<&Total> = answer.totals.iter().collect();
    totals.sort_by_key(|total| std::cmp::Reverse(total.tally.rows));
    let sums: Vec<String> = totals.into_iter().map(sum).collect();
    let mut verdict = format!("{} {}{}", listed(&sums), answer.cost.word(), lasted(answer));
    if let Some(change) = change(answer) {
        verdict.push_str(&format!("; {change}"));
    }
    let days = answer.watch.iter().flat_map(|watch| &watch.anomalies).count();
    match days {
        0 => {}
        1 => verdict.push_str("; one day stands out"),
        days => verdict.push_str(&format!("; {days} days of groups stand out")),
    }
    verdict + "."
}

/// `2026-03 cost $1,200.00 more than 2026-02 (+12 %): volume +$1,500.00, price -$300.00`.
fn change(answer: &BillAnswer) -> Option<String> {
    let drivers = answer.drivers.as_ref()?;
    let main = main_currency(answer);
    let total = drivers.totals.iter().find(|driver| driver.currency == main.currency)?;
    let (base, period) = (drivers.compared.base.slot, drivers.compared.period.slot);
    let change = total.parts.total();
    let code = main.currency.code();
    let Some((size, word)) = change_of(change) else { return Some(format!("{period} cost as much as {base}")) };
    let part = change.ratio(total.before.abs()).map_or(String::new(), |part| format!(" ({:+.1} %)", 100.0 * part));
    let mut parts = bill_change::named(&total.parts);
    parts.retain(|(_, amount)| amount.abs().ratio(change).is_some_and(|part| part.abs() >= 0.005));
    parts.sort_by_key(|(_, amount)| std::cmp::Reverse(amount.abs()));
    let parts: Vec<String> = parts.iter().map(|(name, amount)| format!("{name} {}", signed(*amount, code))).collect();
    Some(format!("{period} cost {} {word} than {base}{part}: {}", size.shown_in(code), parts.join(", ")))
}

/// The currency of most rows.
pub(super) fn main_currency(answer: &BillAnswer) -> &Total {
    let most = answer.totals.iter().rev().max_by_key(|total| total.tally.rows);
    most.expect("a bill without a charge is refused")
}

/// The names of a key's values in a table's room, at most `width` letters together.
pub(super) fn key_of(key: &crate::bill::Key, width: usize) -> Vec<String> {
    let each = (width / key.values().len().max(1)).max(14);
    let name = |value: &Option<String>| value.as_deref().map_or_else(|| "(none)".into(), |text| shortened(text, each));
    key.values().iter().map(name).collect()
}

/// An amount too small to be seen beside another is shown as nothing, not with its tenth decimal.
pub(super) fn visible(amount: FineMoney, beside: FineMoney) -> FineMoney {
    const HALF_A_CENT: i128 = 5 * 10_i128.pow(21);
    const UNIT: i128 = 10_i128.pow(24);
    let is_small = amount.abs().as_raw() < HALF_A_CENT && beside.abs().as_raw() >= UNIT;
    if is_small { FineMoney::ZERO } else { amount }
}

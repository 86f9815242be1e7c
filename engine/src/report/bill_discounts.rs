//! What commitments cover, waste and save.
use super::bill_words::{percent, shortened};
use super::{Block, Cell, Column, Table};
use crate::bill::{BillAnswer, CommitmentUse, Discounts, Ratio};
use crate::units::FineMoney;

/// More commitments are read in JSON.
const SHOWN: usize = 15;
/// Beyond this part, what was bought and what was spread differ.
const DIFFERS: f64 = 0.001;

pub(super) fn blocks(answer: &BillAnswer) -> Vec<Block> {
    let each = &answer.commitments.each;
    let lines: Vec<String> =
        answer.commitments.currencies.iter().flat_map(|all| sentences(all, each, answer.totals.len() > 1)).collect();
    let mut blocks = if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] };
    if each.is_empty() {
        return blocks;
    }
    let columns = vec![
        Column::words("commitment"),
        Column::words("kind"),
        Column::numbers("used"),
        Column::numbers("unused"),
        Column::numbers("utilization"),
        Column::numbers("bought"),
    ];
    let row = |one: &CommitmentUse| {
        let money = |amount: Option<FineMoney>| {
            amount.map_or(Cell::Unknown, |amount| Cell::Charge(amount, one.currency.clone()))
        };
        let bought = if one.bought.is_none() { Cell::Nothing } else { money(one.bought) };
        let utilization = one.utilization().map_or(Cell::Unknown, Cell::Share);
        let (id, kind) = (shortened(&one.id, 34), shortened(&one.kind, 22));
        vec![id.into(), kind.into(), money(one.used), money(one.unused), utilization, bought]
    };
    let shown = if each.len() > SHOWN + 1 { SHOWN } else { each.len() };
    blocks.push(Block::Table(Table::of(columns, each[..shown].iter().map(row))));
    if shown < each.len() {
        blocks.push(Block::Paragraph(format!("and {} more commitments, with less waste", each.len() - shown)));
    }
    blocks
}

fn sentences(all: &Discounts, each: &[CommitmentUse], many: bool) -> Vec<String> {
    let code = all.currency.code();
    let of = if many && !code.is_empty() { format!("{code}: ") } else { String::new() };
    let mine: Vec<&CommitmentUse> = each.iter().filter(|one| one.currency == all.currency).collect();
    let mut lines = Vec::new();
    let part = |ratio: &Ratio| percent(ratio.part.ratio(ratio.whole).expect("the whole is above zero"));
    if !mine.is_empty() {
        match (all.used, all.waste) {
            (Some(used), Some(waste)) => lines.push(format!(
                "{of}{} of {} that commitments cost went unused",
                waste.shown_in(code),
                (used + waste).shown_in(code)
            )),
            _ => lines.push(format!("{of}how much of the commitments went unused is unknown: rows do not say")),
        }
        match &all.coverage {
            Ok(ratio) => lines.push(format!(
                "{of}commitments cover {} of what they could: usage at standard prices and under commitments, at list prices and without what went unused",
                part(ratio)
            )),
            Err(why) => lines.push(format!("{of}coverage is unknown: {why}")),
        }
    }
    let is_discounted = |ratio: &Result<Ratio, String>| ratio.as_ref().is_ok_and(|r| r.part != FineMoney::ZERO);
    for (savings, against) in [(&all.savings, "list"), (&all.savings_on_contracted, "negotiated")] {
        match savings {
            Ok(ratio) if !mine.is_empty() || is_discounted(savings) => lines.push(format!(
                "{of}usage cost {} less than at {against} prices, {}",
                part(ratio),
                ratio.part.shown_in(code)
            )),
            Err(why) if !mine.is_empty() => {
                lines.push(format!("{of}what is saved against {against} prices is unknown: {why}"));
            }
            _ => {}
        }
    }
    let differ = mine.iter().filter(|one| differs(one).is_some()).count();
    if differ > 0 {
        let sum: FineMoney = mine.iter().filter_map(|one| differs(one)).sum();
        lines.push(format!(
            "{of}of {differ} of {} commitments this bill spreads another amount than they were bought for ({} in all): the two are the same over a whole term, not over a part of it",
            mine.len(),
            super::bill_words::signed(sum, code)
        ));
    }
    lines
}

/// Used and unused less what it was bought for, where both are told and differ.
fn differs(one: &CommitmentUse) -> Option<FineMoney> {
    let (spread, bought) = (one.spread()?, one.bought?);
    let difference = spread - bought;
    difference.abs().ratio(bought.abs()).is_none_or(|part| part > DIFFERS).then_some(difference)
}

//! The report of a comparison: one headline, then line by line.
use super::number::{exact, number};
use super::refusal::sentence;
use super::{Bar, Block, Cell, Chart, Column, Meta, Plot, Report, Section, Table, plan_json};
use crate::compare::{CompareAnswer, CompareRefusal, Difference, Side, What};
use crate::units::{FineMoney, Mass, Money};
use serde_json::{Value, json};

/// The fewest characters that name the amount in its currency, with its sign.
fn money(amount: FineMoney, currency: &str) -> String {
    amount.shown_in(currency)
}

pub(super) fn report(answer: &CompareAnswer, meta: &Meta) -> Report {
    let table = table(answer);
    let mut blocks = vec![Block::Table(table.clone())];
    blocks.extend(chart(answer).map(Block::Chart));
    let sections = [
        Section::of("Line by line", blocks),
        Section::of("Both sides", vec![Block::List(sides(answer))]),
        Section::of("Taken for granted", vec![Block::List(notes(answer, meta))]),
    ];
    Report { verdict: verdict(answer), sections: sections.into_iter().flatten().collect(), main: table }
}

/// One headline sentence.
pub(super) fn verdict(answer: &CompareAnswer) -> String {
    let (left, right, difference) = (&answer.left, &answer.right, answer.difference());
    let per = if left.what == What::Plan { " a month" } else { "" };
    let later = over_horizon(left, right);
    if difference == FineMoney::ZERO {
        let total = money(left.total(), &left.currency);
        return format!("{} costs as much as {}: {total}{per}{later}.", right.name, left.name);
    }
    let word = if difference > FineMoney::ZERO { "more" } else { "less" };
    let part = difference.abs().ratio(left.total().abs());
    let part = part
        .map_or_else(String::new, |part| format!(" ({}{:.1} %)", if word == "more" { "+" } else { "-" }, part * 100.0));
    let most = answer.lines.first().filter(|line| line.change() != FineMoney::ZERO);
    let most = most.map_or_else(String::new, |line| {
        format!(", most of it {} ({}, by {})", line.key, signed(line.change(), &left.currency), line.why.name())
    });
    let worlds = answer
        .band
        .filter(|band| band.p10 != band.p90)
        .map_or_else(String::new, |band| format!(" (P10-P90 {} to {})", band.p10, band.p90));
    format!(
        "{} costs {}{per} {word} than {}{part}{worlds}{later}{most}.",
        right.name,
        money(difference.abs(), &left.currency),
        left.name
    )
}

/// What the difference comes to over the months ahead; nothing where that is told by the first month.
fn over_horizon(left: &Side, right: &Side) -> String {
    let (Some((before, months)), Some((after, others))) = (left.horizon, right.horizon) else { return String::new() };
    let (less, more) = (before > after, if before > after { before - after } else { after - before });
    match months == others {
        true if more == Money::ZERO => String::new(),
        true => format!(", {more} {} over {months} months", if less { "less" } else { "more" }),
        false => format!(", {after} over {others} months against {before} over {months}"),
    }
}

fn signed(amount: FineMoney, currency: &str) -> String {
    if amount > FineMoney::ZERO { format!("+{}", money(amount, currency)) } else { money(amount, currency) }
}

fn table(answer: &CompareAnswer) -> Table {
    let currency = crate::bill::Currency::of(&answer.left.currency);
    let cell = |amount: FineMoney| Cell::Charge(amount, currency.clone());
    let columns = vec![
        Column::words("line"),
        Column::numbers("left"),
        Column::numbers("right"),
        Column::numbers("difference"),
        Column::words("why"),
        Column::words("what"),
    ];
    let row = |line: &Difference| {
        let why = line.why.name().into();
        vec![
            line.key.as_str().into(),
            cell(line.left),
            cell(line.right),
            cell(line.change()),
            why,
            line.detail.as_str().into(),
        ]
    };
    let foot = vec![
        "total".into(),
        cell(answer.left.total()),
        cell(answer.right.total()),
        cell(answer.difference()),
        Cell::Nothing,
        Cell::Nothing,
    ];
    Table::of(columns, answer.lines.iter().map(row)).with_foot(foot)
}

/// How the left's total becomes the right's.
fn chart(answer: &CompareAnswer) -> Option<Chart> {
    const MOST: usize = 12;
    let currency = crate::bill::Currency::of(&answer.left.currency);
    let bar = |label: &str, amount: FineMoney| Bar::of(label, Cell::Charge(amount, currency.clone()));
    let changed: Vec<&Difference> = answer.lines.iter().filter(|line| line.change() != FineMoney::ZERO).collect();
    let (told, rest) = changed.split_at(changed.len().min(MOST));
    let mut steps: Vec<Bar> = told.iter().map(|line| bar(&line.key, line.change())).collect();
    if !rest.is_empty() {
        steps.push(bar("all others", rest.iter().map(|line| line.change()).sum()));
    }
    (!steps.is_empty()).then(|| Chart {
        title: "From left to right".into(),
        measured: if answer.left.what == What::Plan {
            "US dollars a month".into()
        } else {
            answer.left.currency.clone()
        },
        plot: Plot::Waterfall {
            from: bar(&answer.left.name, answer.left.total()),
            steps,
            to: bar(&answer.right.name, answer.right.total()),
        },
    })
}

fn sides(answer: &CompareAnswer) -> Vec<String> {
    let one = |word: &str, side: &Side| {
        let runs = if side.runs.is_empty() { String::new() } else { format!(": {}", side.runs) };
        let covers = side.coverage.map_or_else(String::new, |share| {
            format!(", every promise kept in {:.1} % of the worlds", share.as_percent())
        });
        let unknown = match side.unknown {
            0 => String::new(),
            n => format!(", and {n} charges of unknown price that are in no line"),
        };
        let emits = side.emitted.map_or_else(String::new, |mass| format!(", {mass} of CO2e a month"));
        format!("{word}, {}: {}{emits}{covers}{unknown}{runs}", side.name, money(side.total(), &side.currency))
    };
    vec![one("left", &answer.left), one("right", &answer.right)]
}

pub(super) fn notes(answer: &CompareAnswer, meta: &Meta) -> Vec<String> {
    let mut notes = meta.notes.clone();
    match (answer.left.what, answer.band) {
        (What::Bill, _) => notes.push("each bill is taken as a whole, whatever time it covers".into()),
        (What::Plan, Some(_)) => notes.push("both sides are judged in the same drawn worlds, so the band is that of the difference itself".into()),
        (What::Plan, None) => notes.push("the difference has no band: nothing is uncertain, or a side is an answer that keeps its bands and not its worlds".into()),
    }
    notes
}

pub(super) fn json(answer: &CompareAnswer) -> Value {
    // Sums of bills are decimal texts, those of plans numbers.
    let amount = |amount: FineMoney| match answer.left.what {
        What::Plan => number(&amount.exact()),
        What::Bill => json!(amount.exact()),
    };
    let side = |side: &Side| {
        json!({
            "name": side.name,
            "usd_per_month": side.month.map(plan_json::band),
            "usd_over_horizon": side.horizon.map(|(all, _)| exact(all)),
            "total": amount(side.total()),
            "currency": side.currency,
            "coverage_share": side.coverage.map(|share| share.as_part()),
            "unknown_charges": side.unknown,
            "grams_co2e_per_month": side.emitted.map(Mass::as_grams),
            "runs": side.runs,
        })
    };
    let line = |line: &Difference| {
        json!({
            "key": line.key,
            "left_usd": amount(line.left),
            "right_usd": amount(line.right),
            "difference_usd": amount(line.change()),
            "why": line.why.name(),
            "detail": line.detail,
        })
    };
    json!({
        "difference_usd_per_month": amount(answer.difference()),
        "difference_band": answer.band.map(plan_json::band),
        "headline": verdict(answer),
        "left": side(&answer.left),
        "right": side(&answer.right),
        "lines": answer.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

fn message(refusal: &CompareRefusal) -> String {
    match refusal {
        CompareRefusal::Plan { name, why } => format!("{name}: {why}"),
        CompareRefusal::Bill { name, why } => format!("{name}: {why}"),
        CompareRefusal::TooMany { name } => format!("{name} has too many items to follow; compare by fewer columns"),
        CompareRefusal::Currencies { left, right } => {
            let all = |codes: &[String]| if codes.is_empty() { "none".to_owned() } else { codes.join(" and ") };
            format!(
                "money of the left is {}, of the right {}: only bills of one currency are compared",
                all(left),
                all(right)
            )
        }
        CompareRefusal::Unlike => {
            "a plan's expected month and a bill over its time are not compared; compare plans or bills".into()
        }
    }
}

pub(super) fn refused(refusal: &CompareRefusal) -> Report {
    Report { verdict: sentence(&message(refusal)), sections: Vec::new(), main: Table::default() }
}

pub(super) fn refusal_json(refusal: &CompareRefusal) -> Value {
    let message = message(refusal);
    match refusal {
        CompareRefusal::Plan { name, why } => {
            json!({"kind": "no_plan", "message": message, "side": name, "why": plan_json::refusal(why)})
        }
        CompareRefusal::Bill { name, .. } => json!({"kind": "no_bill", "message": message, "side": name}),
        CompareRefusal::TooMany { name } => json!({"kind": "too_many_items", "message": message, "side": name}),
        CompareRefusal::Currencies { left, right } => {
            json!({"kind": "currencies", "message": message, "left": left, "right": right})
        }
        CompareRefusal::Unlike => json!({"kind": "unlike", "message": message}),
    }
}

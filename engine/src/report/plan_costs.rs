//! The parts of the plan report about money.
use super::words::span;
use super::{Align, Block, Cell, Column, Table, Twig};
use crate::cost::{Bill, Driver, Line};
use crate::plan::{Plan, PlanAnswer};
use crate::units::{Money, Share};

/// The cost tree by driver, with what is unknown, and the total in its three forms.
pub(super) fn tree(plan: &Plan) -> Vec<Block> {
    let bill = &plan.bill;
    let total = bill.total();
    let share = |part: Money| part.ratio(total).map_or(Cell::Nothing, |r| Cell::Share(Share::of_one(r)));
    let mut twigs = vec![Twig {
        depth: 0,
        label: "a month".into(),
        remark: String::new(),
        amount: total.into(),
        share: Cell::Nothing,
    }];
    for driver in drivers(bill) {
        let sum = bill.of(driver);
        twigs.push(Twig {
            depth: 1,
            label: driver.phrase(),
            remark: String::new(),
            amount: sum.into(),
            share: share(sum),
        });
        let lines = bill.lines.iter().filter(|l| l.driver == driver);
        twigs.extend(lines.map(|line| Twig {
            depth: 2,
            label: format!("{}: {}", line.component, line.sku),
            remark: remark(line),
            amount: line.amount.into(),
            share: Cell::Nothing,
        }));
    }
    twigs.extend(bill.unknown.iter().map(|unknown| Twig {
        depth: 1,
        label: format!("{} of {}", unknown.driver.phrase(), unknown.component),
        remark: unknown.quantity.clone(),
        amount: Cell::Unknown,
        share: Cell::Nothing,
    }));
    let mut blocks = vec![Block::Tree(twigs)];
    let mut lines = Vec::new();
    if bill.list_total() != total {
        lines.push(format!(
            "list {}, contracted {}, effective {total} a month",
            bill.list_total(),
            bill.contracted_total()
        ));
    }
    if plan.upfront > Money::ZERO {
        lines.push(format!("{} of it are due at once, for the whole term", plan.upfront));
    }
    if let Some(million) = plan.unit_cost.million_requests {
        lines.push(format!("{million} for a million requests"));
    }
    if let Some(gb) = plan.unit_cost.gb_stored.filter(|m| *m > Money::ZERO) {
        lines.push(format!("{gb} a month for each GB stored"));
    }
    lines.extend(bill.unknown.iter().map(|u| format!("{} of {}: {}", u.driver.phrase(), u.component, u.why)));
    if !lines.is_empty() {
        blocks.push(Block::List(lines));
    }
    blocks
}

fn drivers(bill: &Bill) -> Vec<Driver> {
    let mut drivers: Vec<Driver> = bill.lines.iter().map(|l| l.driver).collect();
    drivers.sort();
    drivers.dedup();
    drivers.sort_by_key(|&d| (std::cmp::Reverse(bill.of(d)), d));
    drivers
}

fn remark(line: &Line) -> String {
    let price = Cell::UnitPrice(line.effective).shown();
    let tier = line.tier.as_ref().map_or(String::new(), |t| format!(", {t}"));
    let marks = if line.provenance.derived { " (derived)" } else { "" };
    format!("{} {} x {price}{marks}{tier}", line.quantity, line.unit)
}

/// Every line, exact: the main table.
pub(super) fn lines(plan: &Plan) -> Table {
    let columns = [
        ("component", Align::Left),
        ("driver", Align::Left),
        ("sku", Align::Left),
        ("tier", Align::Left),
        ("quantity", Align::Right),
        ("unit", Align::Left),
        ("list_unit_price_usd", Align::Right),
        ("contracted_unit_price_usd", Align::Right),
        ("unit_price_usd", Align::Right),
        ("usd_per_month", Align::Right),
        ("source", Align::Left),
        ("as_of", Align::Left),
    ];
    let known = plan.bill.lines.iter().map(|l| {
        vec![
            Cell::from(l.component.0.as_str()),
            l.driver.name().into(),
            l.sku.as_str().into(),
            l.tier.clone().into(),
            l.quantity.into(),
            l.unit.into(),
            Cell::UnitPrice(l.list),
            Cell::UnitPrice(l.contracted),
            Cell::UnitPrice(l.effective),
            l.amount.into(),
            format!("{} {}", l.provenance.table, l.provenance.source).into(),
            l.provenance.as_of.to_string().into(),
        ]
    });
    let unknown = plan.bill.unknown.iter().map(|u| {
        vec![
            Cell::from(u.component.0.as_str()),
            u.driver.name().into(),
            Cell::Nothing,
            Cell::Nothing,
            u.quantity.as_str().into(),
            Cell::Nothing,
            Cell::Unknown,
            Cell::Unknown,
            Cell::Unknown,
            Cell::Unknown,
            Cell::Nothing,
            Cell::Nothing,
        ]
    });
    Table {
        columns: columns.map(|(name, align)| Column { name, align }).to_vec(),
        rows: known.chain(unknown).collect(),
    }
}

/// What runs today, beside the chosen plan.
pub(super) fn today(answer: &PlanAnswer) -> Vec<Block> {
    let Some(current) = &answer.current else { return Vec::new() };
    let (now, then) = (current.bill.total(), answer.chosen.bill.total());
    let runs: Vec<String> = current
        .parts
        .iter()
        .filter_map(|(name, part)| part.fleet().map(|f| format!("{name} on {} x {}", f.machines, part.option())))
        .collect();
    let unknown = match current.bill.unknown.len() {
        0 => String::new(),
        n => format!(" and {n} of unknown price"),
    };
    let mut lines = vec![format!("{}: {now} a month{unknown}", runs.join(", "))];
    lines.extend(current.bill.unknown.iter().map(|u| format!("{} of {}: {}", u.driver.phrase(), u.component, u.why)));
    let machines_unknown =
        current.bill.unknown.iter().any(|u| matches!(u.driver, Driver::Compute | Driver::ManagedService));
    lines.push(match now.cmp(&then) {
        _ if machines_unknown => "what changing would save cannot be told".into(),
        std::cmp::Ordering::Greater => format!("the chosen plan costs {} less a month", now - then),
        std::cmp::Ordering::Less => format!("the chosen plan costs {} more a month", then - now),
        std::cmp::Ordering::Equal => "the chosen plan costs the same".into(),
    });
    if current.keeps_promises() {
        lines.push("it keeps every promise in the busiest minute".into());
    }
    lines.extend(current.breaks.iter().map(|b| format!("it does not keep what is planned for: {b}")));
    vec![Block::List(lines)]
}

/// The other ways, cheapest first.
pub(super) fn alternatives(answer: &PlanAnswer) -> Vec<Block> {
    let columns = vec![
        Column::numbers("a month"),
        Column::numbers("difference"),
        Column::numbers("p99"),
        Column::numbers("growth left"),
        Column::words("what differs"),
    ];
    let chosen = answer.chosen.bill.total();
    let rows: Vec<Vec<Cell>> = answer
        .alternatives
        .iter()
        .map(|plan| {
            let total = plan.bill.total();
            let sign = if total > chosen { "+" } else { "" };
            let missing = match plan.bill.unknown.len() {
                0 => String::new(),
                n => format!(" (and {n} of unknown price)"),
            };
            vec![
                total.into(),
                format!("{sign}{}", total - chosen).into(),
                span(plan.latency.calm.p99).into(),
                plan.growth_left.map_or(Cell::Nothing, |f| format!("x{:.2}", f.get()).into()),
                format!("{}{missing}", plan.differs).into(),
            ]
        })
        .collect();
    if rows.is_empty() { Vec::new() } else { vec![Block::Table(Table { columns, rows })] }
}

//! The parts of the plan report about money.
use super::plan_doubt;
use super::words::span;
use super::{Align, Bar, Block, Cell, Chart, Column, Plot, Table, Twig};
use crate::cost::{Bill, Driver, Line};
use crate::plan::{Plan, PlanAnswer};
use crate::units::{Money, Share};

/// What a month costs by component, or by driver where one component costs anything.
fn chart(plan: &Plan) -> Option<Block> {
    let bill = &plan.bill;
    let mut bars: Vec<(Money, String)> = Vec::new();
    for line in &bill.lines {
        match bars.iter_mut().find(|(_, name)| *name == line.component.0) {
            Some((sum, _)) => *sum += line.amount,
            None => bars.push((line.amount, line.component.0.clone())),
        }
    }
    let mut by = "component";
    if bars.len() < 2 {
        by = "what it is for";
        bars = drivers(bill).into_iter().map(|driver| (bill.of(driver), driver.phrase())).collect();
    }
    bars.sort_by(|a, b| (std::cmp::Reverse(a.0), &a.1).cmp(&(std::cmp::Reverse(b.0), &b.1)));
    let known = bars.into_iter().map(|(sum, name)| Bar::of(name, sum));
    let unknown =
        bill.unknown.iter().map(|u| Bar::of(format!("{} of {}", u.driver.phrase(), u.component), Cell::Unknown));
    let plot: Vec<Bar> = known.chain(unknown).collect();
    let chart = Chart {
        title: format!("A month by {by}"),
        measured: "US dollars a month".into(),
        plot: Plot::Bars(plot.clone()),
    };
    (plot.len() > 1).then_some(Block::Chart(chart))
}

/// Where a month's money goes.
pub(super) fn what_it_costs(plan: &Plan) -> Vec<Block> {
    chart(plan).into_iter().chain(tree(plan)).collect()
}

/// The cost tree by driver, with what is unknown, and the total in its three forms.
fn tree(plan: &Plan) -> Vec<Block> {
    let bill = &plan.bill;
    let total = bill.total();
    let share = |part: Money| part.ratio(total).map_or(Cell::Nothing, |r| Cell::Share(Share::of_one(r)));
    let mut twigs = vec![Twig {
        depth: 0,
        label: "a month".into(),
        remark: String::new(),
        amount: Cell::from(total).explained(format!("{}.cost.usd_per_month.mean", plan.id)),
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
        let lines = bill.lines.iter().enumerate().filter(|(_, line)| line.driver == driver);
        twigs.extend(lines.map(|(i, line)| Twig {
            depth: 2,
            label: format!("{}: {}", line.component, line.sku),
            remark: remark(line),
            amount: Cell::from(line.amount).explained(format!("{}.cost.lines.{i}.usd_per_month", plan.id)),
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
            l.provenance.as_of.into(),
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
    let total = if plan.bill.unknown.is_empty() { "total" } else { "total of what is known" };
    let foot = columns.iter().map(|(name, _)| match *name {
        "component" => total.into(),
        "usd_per_month" => plan.bill.total().into(),
        _ => Cell::Nothing,
    });
    let foot = foot.collect();
    let heads = columns.map(|(name, align)| Column { name: name.into(), align });
    Table::of(heads.to_vec(), known.chain(unknown)).with_foot(foot)
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
    if plan_doubt::is_uncertain(answer) {
        let covers = current.doubt.coverage.share();
        lines.push(format!("every promise holds in {covers} of the worlds"));
    }
    lines.extend(current.breaks.iter().map(|b| format!("it does not keep what is planned for: {b}")));
    vec![Block::List(lines)]
}

/// The other ways, cheapest first.
pub(super) fn alternatives(answer: &PlanAnswer) -> Vec<Block> {
    let uncertain = plan_doubt::is_uncertain(answer);
    let mut columns = vec![
        Column::numbers("a month"),
        Column::numbers("difference"),
        Column::numbers("p99"),
        Column::numbers("growth left"),
        Column::words("what differs"),
    ];
    if uncertain {
        columns.insert(2, Column::numbers("covers"));
    }
    let chosen = answer.chosen.bill.total();
    let rows: Vec<Vec<Cell>> = answer
        .alternatives
        .iter()
        .enumerate()
        .map(|(i, plan)| {
            let path = |field: &str| format!("alternatives.{i}.{field}");
            let total = plan.bill.total();
            let missing = match plan.bill.unknown.len() {
                0 => String::new(),
                n => format!(" (and {n} of unknown price)"),
            };
            let mut row = vec![
                Cell::from(total).explained(path("cost.usd_per_month.mean")),
                Cell::Difference(total - chosen),
                plan.latency.calm.p99.map_or_else(
                    || span(None).into(),
                    |p99| Cell::Span(p99).explained(path("latency.calm.p99_seconds")),
                ),
                plan.growth_left
                    .map_or(Cell::Nothing, |f| Cell::from(format!("x{:.2}", f.get())).explained(path("growth_left"))),
                format!("{}{missing}", plan.differs).into(),
            ];
            if uncertain {
                row.insert(2, plan_doubt::covers(plan).explained(path("coverage_share")));
            }
            row
        })
        .collect();
    if rows.is_empty() { Vec::new() } else { vec![Block::Table(Table::of(columns, rows))] }
}

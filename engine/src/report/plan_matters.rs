//! The part of the plan report about which input matters. Empty where nothing is uncertain.
use super::number::exact;
use super::{Bar, Block, Cell, Chart, Column, Plot, Table};
use crate::plan::{Matter, PlanAnswer, Sensitivity, Tail};
use serde_json::{Value, json};

/// What each input moves, and what knowing it is worth.
pub(super) fn what_matters(answer: &PlanAnswer) -> Vec<Block> {
    let Some(sensitivity) = &answer.sensitivity else { return Vec::new() };
    let mut blocks = vec![Block::List(lines(sensitivity)), Block::Table(table(sensitivity))];
    blocks.extend(chart(sensitivity).map(Block::Chart));
    blocks
}

fn lines(sensitivity: &Sensitivity) -> Vec<String> {
    let Sensitivity { inputs, regret, worth, miss, plans } = sensitivity;
    let mut lines = vec![format!(
        "knowing everything beforehand would be worth {worth} a month, and this plan costs {regret} a month more than the best \
         of each world, among the {plans} plans weighed and with a broken promise priced at {miss} a month"
    )];
    if let Some(first) = inputs.first().filter(|first| first.worth > crate::units::Money::ZERO) {
        lines.push(format!("most worth knowing: {}, for {} a month", first.path, first.worth));
    }
    if let Some(most) = inputs.iter().max_by_key(|matter| matter.swing()) {
        lines.push(format!(
            "{} moves the cost most: from {} ({}) at {} to {} ({}) at {}",
            most.path,
            most.low.best_cost,
            most.low.best_runs,
            most.low.shown,
            most.high.best_cost,
            most.high.best_runs,
            most.high.shown
        ));
    }
    lines
}

fn covers(tail: &Tail) -> Cell {
    // Rounded down, so that all is said of all alone.
    format!("{:.0} %", tail.coverage.share().as_percent().floor()).into()
}

fn table(sensitivity: &Sensitivity) -> Table {
    let columns = vec![
        Column::words("input"),
        Column::numbers("at P10"),
        Column::numbers("covers"),
        Column::numbers("best plan"),
        Column::numbers("at P90"),
        Column::numbers("covers"),
        Column::numbers("best plan"),
        Column::numbers("worth"),
    ];
    let row = |matter: &Matter| {
        let side = |tail: &Tail| vec![tail.shown.as_str().into(), covers(tail), tail.best_cost.into()];
        let mut cells: Vec<Cell> = vec![matter.path.as_str().into()];
        cells.extend(side(&matter.low));
        cells.extend(side(&matter.high));
        cells.push(matter.worth.into());
        cells
    };
    Table::of(columns, sensitivity.inputs.iter().map(row))
}

/// The widest first.
fn chart(sensitivity: &Sensitivity) -> Option<Chart> {
    let mut swings: Vec<&Matter> = sensitivity.inputs.iter().collect();
    swings.sort_by_key(|matter| std::cmp::Reverse(matter.swing()));
    let bars: Vec<Bar> = swings.iter().map(|matter| Bar::of(matter.path.as_str(), matter.swing())).collect();
    (bars.len() > 1).then(|| Chart {
        title: "How far each input moves the best plan".into(),
        measured: "US dollars a month between its P10 and P90".into(),
        plot: Plot::Bars(bars),
    })
}

/// The same as JSON.
pub(super) fn json(sensitivity: &Sensitivity) -> Value {
    let tail = |tail: &Tail| {
        json!({
            "value": tail.value,
            "shown": tail.shown,
            "usd_per_month": exact(tail.cost),
            "coverage_share": tail.coverage.share().as_part(),
            "best_usd_per_month": exact(tail.best_cost),
            "best_runs": tail.best_runs,
        })
    };
    let input = |matter: &Matter| {
        json!({
            "path": matter.path,
            "p10": tail(&matter.low),
            "p90": tail(&matter.high),
            "swing_usd_per_month": exact(matter.swing()),
            "cost_rank_correlation": matter.cost_correlation,
            "risk_rank_correlation": matter.risk_correlation,
            "worth_usd_per_month": exact(matter.worth),
        })
    };
    json!({
        "expected_regret_usd_per_month": exact(sensitivity.regret),
        "worth_of_knowing_all_usd_per_month": exact(sensitivity.worth),
        "miss_usd_per_month": exact(sensitivity.miss),
        "plans_weighed": sensitivity.plans,
        "inputs": sensitivity.inputs.iter().map(input).collect::<Vec<_>>(),
    })
}

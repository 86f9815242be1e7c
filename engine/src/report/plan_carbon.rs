//! The part of the plan answer about power and carbon.
use super::{Block, Cell, Column, Table};
use crate::carbon::{Carbon, Emission, SPREAD};
use crate::choice::Band;
use crate::plan::Plan;
use crate::units::{Mass, Quantity};
use serde_json::{Value, json};

/// What is drawn and emitted, and by what; or why nobody can say.
pub(super) fn power_and_carbon(plan: &Plan) -> Vec<Block> {
    match &plan.doubt.carbon {
        Ok(carbon) if carbon.lines.is_empty() => Vec::new(),
        Ok(carbon) => vec![Block::Table(table(carbon)), Block::List(said(carbon))],
        Err(why) => vec![Block::Paragraph(format!("Not known: {why}."))],
    }
}

fn table(carbon: &Carbon) -> Table {
    let columns = vec![
        Column::words("component"),
        Column::words("by"),
        Column::numbers("draws"),
        Column::numbers("CO2e in use"),
        Column::numbers("in the making"),
        Column::numbers("a month"),
    ];
    let row = |(i, line): (usize, &Emission)| {
        let explained = |cell: Cell, field: &str| cell.explained(format!("chosen.carbon.lines.{i}.{field}"));
        let made = if line.embodied.is_zero() { Cell::Nothing } else { line.embodied.into() };
        vec![
            line.component.0.as_str().into(),
            line.source.name().into(),
            explained(line.power.into(), "watts"),
            explained(line.operational.into(), "operational_grams_co2e_per_month"),
            explained(made, "embodied_grams_co2e_per_month"),
            explained(line.total().into(), "grams_co2e_per_month"),
        ]
    };
    Table::of(columns, carbon.lines.iter().enumerate().map(row))
}

fn said(carbon: &Carbon) -> Vec<String> {
    let Band { mean, p10, p90, .. } = carbon.emitted;
    let grid = &carbon.grid;
    let source = |p: &crate::catalog::Provenance| {
        let note = p.note.as_ref().map_or(String::new(), |note| format!(": {note}"));
        format!("{}, as of {}{note}", p.source, p.as_of)
    };
    vec![
        format!(
            "{} at the meter on the mean; {mean} of CO2e a month ({p10} to {p90} in eight of ten), {} of it in the making",
            carbon.power.mean,
            carbon.embodied(),
        ),
        format!(
            "a kilowatt-hour emits {} here ({}); the data center draws {} times what its machines draw ({})",
            grid.kilowatt_hour,
            source(&grid.provenance),
            grid.effectiveness,
            source(&grid.effectiveness_from),
        ),
        format!(
            "a model: machines of processors that it was not fitted to drew {:.0} % more or less than told, root mean square",
            (SPREAD.exp() - 1.0) * 100.0
        ),
    ]
}

/// The same for machines. All is null where nobody can say, and `unknown` has the reason.
pub(super) fn json(carbon: &Result<Carbon, String>) -> Value {
    let known = carbon.as_ref().ok();
    let grams = |mass: Mass| mass.as_grams();
    let band = |band: Band<f64>| json!({"mean": band.mean, "p10": band.p10, "p50": band.p50, "p90": band.p90});
    json!({
        "watts": known.map(|c| band(c.power.map(|power| power.as_watts()))),
        "grams_co2e_per_month": known.map(|c| band(c.emitted.map(grams))),
        "operational_grams_co2e_per_month": known.map(|c| grams(c.operational())),
        "embodied_grams_co2e_per_month": known.map(|c| grams(c.embodied())),
        "grams_co2e_per_kilowatt_hour": known.map(|c| grams(c.grid.kilowatt_hour)),
        "power_usage_effectiveness": known.map(|c| c.grid.effectiveness.get()),
        "lines": known.map(|c| c.lines.iter().map(line).collect::<Vec<_>>()),
        "unknown": carbon.as_ref().err(),
    })
}

fn line(line: &Emission) -> Value {
    json!({
        "component": line.component.0,
        "by": line.source.name(),
        "watts": line.power.as_watts(),
        "operational_grams_co2e_per_month": line.operational.as_grams(),
        "embodied_grams_co2e_per_month": line.embodied.as_grams(),
        "grams_co2e_per_month": line.total().as_grams(),
    })
}

//! How what is drawn and emitted came about.
use super::{Cell, Derivation};
use crate::carbon::{Carbon, Emission, LIFETIME, MEMORY, PROCESSOR_SCALE, Source, draws};
use crate::catalog::{Provenance, Shape};
use crate::choice::Band;
use crate::plan::{Part, Plan};
use crate::units::Share;

pub(super) fn derivations(plan: &Plan, prefix: &str) -> Vec<Derivation> {
    let Ok(carbon) = &plan.doubt.carbon else { return Vec::new() };
    let at = format!("{prefix}.carbon");
    let mut all = Vec::new();
    banded(&mut all, &format!("{at}.watts"), carbon.power.map(Cell::Power), &each(carbon, &at, "watts"));
    let grams = each(carbon, &at, "grams_co2e_per_month");
    banded(&mut all, &format!("{at}.grams_co2e_per_month"), carbon.emitted.map(Cell::Mass), &grams);
    for (name, sum) in [("operational", carbon.operational()), ("embodied", carbon.embodied())] {
        let field = format!("{name}_grams_co2e_per_month");
        let from = each(carbon, &at, &field);
        all.push(Derivation::new(format!("{at}.{field}"), sum, "the sum of the lines", from));
    }
    all.push(Derivation::new(
        format!("{at}.grams_co2e_per_kilowatt_hour"),
        carbon.grid.kilowatt_hour,
        format!("the electricity of {}: {}", plan.place, row(&carbon.grid.provenance)),
        Vec::new(),
    ));
    all.push(Derivation::new(
        format!("{at}.power_usage_effectiveness"),
        carbon.grid.effectiveness,
        format!("what the data center draws for each watt of its machines: {}", row(&carbon.grid.effectiveness_from)),
        Vec::new(),
    ));
    for (i, line) in carbon.lines.iter().enumerate() {
        all.extend(of_line(line, plan, prefix, &format!("{at}.lines.{i}")));
    }
    all
}

fn each(carbon: &Carbon, at: &str, field: &str) -> Vec<String> {
    (0..carbon.lines.len()).map(|i| format!("{at}.lines.{i}.{field}")).collect()
}

fn banded(all: &mut Vec<Derivation>, at: &str, band: Band<Cell>, lines: &[String]) {
    all.push(Derivation::new(format!("{at}.mean"), band.mean, "the sum of the lines", lines.to_vec()));
    for (edge, value) in [("p10", band.p10), ("p50", band.p50), ("p90", band.p90)] {
        let how = "the worlds' own spread and the error of the model together, both taken as lognormal";
        all.push(Derivation::new(format!("{at}.{edge}"), value, how, vec![format!("{at}.mean")]));
    }
}

fn of_line(line: &Emission, plan: &Plan, prefix: &str, own: &str) -> Vec<Derivation> {
    let path = |field: &str| format!("{own}.{field}");
    let part = plan.parts.get(&line.component);
    let at = format!("{prefix}.carbon");
    let (how, mut from) = match (line.source, part.and_then(Part::shape)) {
        (Source::Machines, Some(shape)) => {
            (machines(shape), vec![format!("{prefix}.components.{}.count", line.component)])
        }
        (Source::Machines, None) => ("machines".to_owned(), Vec::new()),
        (Source::Disks, _) => ("network disks in two copies, by the terabyte (source P2)".to_owned(), Vec::new()),
        (Source::Objects, _) => {
            ("objects and snapshots in three copies, by the terabyte (source P2)".into(), Vec::new())
        }
        (Source::Transfer, _) => (
            "what leaves its zone in a month, 0.001 kWh for each GB (source P2)".into(),
            vec!["workload.demand.mean".into()],
        ),
    };
    from.push(format!("{at}.power_usage_effectiveness"));
    let meter = "; times the data center's effectiveness";
    let hosts = format!(
        "its vCPUs' part of what making the host emitted, over {} years of 8,760 hours (source P1)",
        LIFETIME.as_years()
    );
    let made = if line.source == Source::Machines { hosts } else { "only machines are counted".to_owned() };
    vec![
        Derivation::new(path("watts"), line.power, format!("{how}{meter}"), from),
        Derivation::new(
            path("operational_grams_co2e_per_month"),
            line.operational,
            "power over a month of 730 hours times what a kilowatt-hour emits",
            vec![path("watts"), format!("{at}.grams_co2e_per_kilowatt_hour")],
        ),
        Derivation::new(path("embodied_grams_co2e_per_month"), line.embodied, made, Vec::new()),
        Derivation::new(
            path("grams_co2e_per_month"),
            line.total(),
            "in use and in the making",
            vec![path("operational_grams_co2e_per_month"), path("embodied_grams_co2e_per_month")],
        ),
    ]
}

/// `m7g.large draws 6.3 W idle and 10.2 W full: 2 vCPU of Graviton3 at 0.47 to 1.69 W, ...`.
fn machines(shape: &Shape) -> String {
    let (Some(chip), Some(idle), Some(full)) = (&shape.power, draws(shape, Share::NONE), draws(shape, Share::ALL))
    else {
        return "machines".into();
    };
    format!(
        "{} draws {idle} idle and {full} full, and here as much as the mean demand keeps it busy: {} of {} at {} to {} times \
         {}, and {} for each of {} GiB ({})",
        shape.name,
        shape.vcpus,
        chip.processor,
        chip.idle,
        chip.full,
        PROCESSOR_SCALE,
        MEMORY,
        shape.memory.as_gib(),
        row(&chip.provenance)
    )
}

fn row(provenance: &Provenance) -> String {
    let note = provenance.note.as_ref().map_or(String::new(), |note| format!(" ({note})"));
    format!("{}, source {}, as of {}{note}", provenance.table, provenance.source, provenance.as_of)
}

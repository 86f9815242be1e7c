//! What a plan takes for granted, and where its prices come from.
use super::words::listed;
use super::{Block, Cell, Column, Meta, Table};
use crate::catalog::Basis;
use crate::plan::{PRICED_IN, Part, Plan, PlanAnswer, SIZED_IN};
use crate::units::Quantity;
use crate::workload::{Component, Survive};
use std::collections::BTreeMap;

pub(super) fn section(answer: &PlanAnswer, meta: &Meta) -> Vec<Block> {
    vec![Block::List(notes(answer, meta))]
}

/// Every assumption and warning, a sentence each.
pub(super) fn notes(answer: &PlanAnswer, meta: &Meta) -> Vec<String> {
    let (workload, plan) = (&answer.workload, &answer.chosen);
    let mut notes = meta.notes.clone();
    notes.extend(answer.current_unknown.clone());
    notes.extend(demand(answer));
    if super::plan_doubt::is_uncertain(answer) {
        notes.push("sizes, latency and what binds are shown at the middle of every estimate; money is the mean over the worlds".into());
        notes.push(format!(
            "in later months every component keeps covering as many worlds as in the first, counted in {} of them and priced \
             in {}",
            answer.worlds.min(SIZED_IN),
            answer.worlds.min(PRICED_IN)
        ));
    }
    let assumed = &workload.assumptions;
    notes.push(format!(
        "nothing is planned beyond {} of a machine's capacity; the busiest machine gets {} times the mean",
        assumed.max_utilization, assumed.imbalance
    ));
    if workload.promises.survive != Survive::None {
        notes.push("every component is taken to suffer the loss at the same time".into());
    }
    if workload.promises.availability.is_some() {
        notes.push(format!(
            "each machine is up {} of the time and fails by itself; object storage and delivery are taken as always up",
            assumed.machine_availability
        ));
    }
    notes.extend(speeds(plan));
    for (name, part) in &plan.parts {
        notes.extend(part_notes(name.0.as_str(), part));
        if let Some(component) = workload.components.get(name) {
            notes.extend(component_notes(name.0.as_str(), component, part));
        }
    }
    notes.extend(presets(answer));
    notes.extend(kinds(answer));
    notes.extend(horizon(answer));
    notes.extend(prices(plan, meta));
    notes.extend(edge(answer));
    notes
}

fn demand(answer: &PlanAnswer) -> Vec<String> {
    let demand = &answer.workload.demand;
    let mut notes = vec![format!(
        "sized for {} in the busiest minute: {} in the busiest hour times a burst of {}; billed for {} on the mean",
        demand.sizing_rate(crate::units::Span::ZERO),
        demand.peak.mid(),
        demand.burst.mid(),
        demand.mean.mid()
    )];
    if !demand.mean_is_stated {
        notes.push(format!(
            "the mean demand is not stated: {} % of the peak was taken; it moves charges by traffic only",
            100.0 * crate::workload::Demand::MEAN_OF_PEAK
        ));
    }
    notes
}

/// What stays as it is while demand grows.
fn horizon(answer: &PlanAnswer) -> Vec<String> {
    let (workload, plan) = (&answer.workload, &answer.chosen);
    let mut notes = Vec::new();
    if let Some(end) = &plan.months.ends {
        notes.push(format!(
            "from month {} on nothing on offer carries {} ({}); sums over the horizon end before",
            end.month + 1,
            end.component,
            end.why
        ));
    }
    if workload.demand.hour_of_week.is_some() {
        notes.push(
            "the shape over the week is used for gathered work and for autoscaling; all else is sized for the peak and \
             billed for the mean"
                .into(),
        );
    }
    if plan.months.totals.len() < 2 {
        return notes;
    }
    let fleets = plan.parts.values().filter_map(Part::fleet);
    let bound = fleets.clone().any(|f| matches!(f.purchase, crate::catalog::Purchase::Committed(..)));
    let negotiated = fleets.clone().any(|f| f.shape.discount > crate::units::Share::NONE || f.shape.private.is_some());
    if bound || negotiated {
        notes.push("prices, discounts and commitments of the day of asking are taken for the whole horizon".into());
    }
    let own = |c: &Component| match c {
        Component::Edge(e) => !e.nat.mid().is_zero() || !e.other_egress.mid().is_zero() || !e.cross_region.is_empty(),
        _ => false,
    };
    let grows = workload.demand.growth.mid() != crate::units::Growth::NONE;
    if grows && workload.components.values().any(own) {
        notes.push("NAT, cross-region and other egress stay as stated while demand grows".into());
    }
    notes
}

fn speeds(plan: &Plan) -> Vec<String> {
    let mut families = BTreeMap::new();
    for shape in plan.parts.values().filter_map(Part::shape) {
        families.insert(shape.family.clone(), shape.speed.clone());
    }
    families
        .into_iter()
        .map(|(family, speed)| match speed.basis {
            Basis::Assumed => format!(
                "the speed of {family} is assumed: {} times the reference core ({}); state it in [assumptions] speed",
                speed.factor, speed.source
            ),
            basis => {
                format!("one vCPU of {family} does {} times the work of the reference core ({basis})", speed.factor)
            }
        })
        .collect()
}

fn part_notes(name: &str, part: &Part) -> Vec<String> {
    let missing = part.unchecked();
    if missing.is_empty() {
        let incomplete = part.shape().filter(|shape| !shape.complete);
        let say = |shape: &std::sync::Arc<crate::catalog::Shape>| {
            format!("{name}: the tables mark the facts of {} as incomplete", shape.name)
        };
        return incomplete.map(say).into_iter().collect();
    }
    let option = part.option();
    vec![format!("{name}: no table knows the limits of {option} for {}: they were not checked", listed(&missing))]
}

fn component_notes(name: &str, component: &Component, part: &Part) -> Vec<String> {
    let mut notes = Vec::new();
    if let Component::Store(store) = component {
        let working_set = match part {
            Part::Store(fleet) => Some(fleet.working_set),
            Part::Managed { working_set, .. } => Some(*working_set),
            _ => None,
        };
        if let (None, Some(derived)) = (&store.working_set, working_set) {
            notes.push(format!(
                "{name}: the working set is not stated; {derived} of the data in memory is enough for the latency promise, \
                 as a disk read takes about a millisecond, and the disks were sized for the rest of the reads"
            ));
        }
        if !store.engine.is_partitioned() && part.fleet().is_some_and(|f| f.machines > 1) {
            notes.push(format!("{name}: reads are spread over all copies; every copy does every write"));
        }
        if part.is_one_machine() {
            notes.push(format!(
                "{name}: the standby takes over whole and answers no reads; copies between zones are in the price"
            ));
        }
    }
    notes
}

/// What nobody wrote, but a preset filled.
fn presets(answer: &PlanAnswer) -> Vec<String> {
    let of_one = |(name, preset): (&crate::workload::ComponentName, &crate::workload::Preset)| {
        let shown = |assumed: bool| -> Vec<String> {
            preset.fields.iter().filter(|f| f.is_assumed() == assumed).map(|f| f.field.replace('_', " ")).collect()
        };
        let (sourced, assumed) = (shown(false), shown(true));
        let assumed = if assumed.is_empty() { String::new() } else { format!("; assumed: {}", listed(&assumed)) };
        format!("{name}: from the preset {}: {}{assumed}", preset.name, listed(&sourced))
    };
    answer.workload.presets.iter().filter(|(_, p)| !p.fields.is_empty()).map(of_one).collect()
}

/// What is taken for granted of caches, streams and gathered work.
fn kinds(answer: &PlanAnswer) -> Vec<String> {
    let mut notes = Vec::new();
    let place = &answer.chosen.place;
    for (name, part) in &answer.chosen.parts {
        let untried = |service: &str| {
            let refused = answer.refused.iter().any(|r| r.component == name.0 && r.option.starts_with(service));
            !refused && !part.is_managed() && !has_managed(answer, name)
        };
        let self_run = |what: &str| {
            format!("{name}: no table has a managed {what} in {place} by the node: only self-run ones were tried")
        };
        match &answer.workload.components[name] {
            Component::Cache(cache) => notes.extend((cache.managed && untried("elasticache")).then(|| self_run("cache"))),
            Component::Stream(stream) => {
                notes.extend((stream.managed && untried("msk")).then(|| self_run("stream")));
                notes.push(format!(
                    "{name}: readers in every zone read from the copy that leads, two thirds of them across zones where \
                     there are three"
                ));
            }
            Component::Batch(_) => notes.push(format!(
                "{name}: nobody waits for it, so it is in no latency promise; keeping the items until they are done is not in its price"
            )),
            _ => {}
        }
    }
    notes
}

/// Whether a plan with it run by the provider is among those that would do.
fn has_managed(answer: &PlanAnswer, name: &crate::workload::ComponentName) -> bool {
    answer.alternatives.iter().any(|plan| plan.parts.get(name).is_some_and(Part::is_managed))
}

/// Prices that are old or were not published as such. What a table remarks about a row stands in `explain`.
fn prices(plan: &Plan, meta: &Meta) -> Vec<String> {
    let mut derived = Vec::new();
    let mut oldest: BTreeMap<String, (i32, String)> = BTreeMap::new();
    for line in &plan.bill.lines {
        let from = &line.provenance;
        if from.is_stale(meta.as_of) {
            let age = (from.age_days(meta.as_of), from.as_of.to_string());
            let known = oldest.entry(from.table.to_string()).or_insert_with(|| age.clone());
            *known = age.max(known.clone());
        }
        if from.derived && !derived.contains(&line.sku) {
            derived.push(line.sku.clone());
        }
    }
    let mut notes = Vec::new();
    if !oldest.is_empty() {
        let each: Vec<String> =
            oldest.into_iter().map(|(table, (days, date))| format!("{table} ({date}, {days} days)")).collect();
        notes.push(format!("old prices, by table and the oldest row used: {}", listed(&each)));
    }
    if !derived.is_empty() {
        notes.push(format!(
            "prices of {} are derived, not published: on-demand less the advised saving",
            listed(&derived)
        ));
    }
    notes
}

fn edge(answer: &PlanAnswer) -> Vec<String> {
    let workload = &answer.workload;
    let mut notes = Vec::new();
    let entry = &workload.components[&workload.entry];
    if !matches!(entry, Component::Edge(_)) {
        notes.push(format!(
            "{} is the entry and no edge stands before it: its answers are priced as staying in the region",
            workload.entry
        ));
    }
    for (name, component) in &workload.components {
        if let Component::Edge(edge) = component {
            if edge.load_balancer {
                notes.push(format!(
                    "{name}: {} requests are taken to share a connection to the load balancer",
                    crate::cost::REQUESTS_PER_CONNECTION
                ));
            }
            if edge.route == crate::workload::EdgeRoute::Cdn {
                notes.push(format!(
                    "{name}: data from the origin to the CDN is taken as free, as it is within one provider"
                ));
            }
        }
    }
    notes
}

/// Tables used, and who asked when.
pub(super) fn sources(plan: &Plan, meta: &Meta) -> Vec<Block> {
    let mut used: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for line in &plan.bill.lines {
        let key = (line.provenance.table.to_string(), line.provenance.source.to_string());
        used.entry(key).or_default().push(line.provenance.as_of.to_string());
    }
    let rows = used.into_iter().map(|((table, source), mut dates)| {
        dates.sort();
        dates.dedup();
        vec![Cell::from(table), source.into(), dates.join(", ").into()]
    });
    let columns = vec![Column::words("price table"), Column::words("source"), Column::words("as of")];
    let inputs = meta.inputs.iter().map(|i| match &i.sha256 {
        Some(hash) => format!("{} (sha256 {})", i.name, &hash[..hash.len().min(16)]),
        None => i.name.clone(),
    });
    let last = format!(
        "plimsoll {}, asked on {}, seed {}; {}",
        meta.version,
        meta.as_of,
        meta.seed,
        inputs.collect::<Vec<_>>().join(", ")
    );
    vec![Block::Table(Table::of(columns, rows)), Block::Paragraph(last)]
}

//! From an estate to advice.
use super::answer::{Resized, RightsizeAnswer};
use super::case::Case;
use super::estate::{Estate, Held, Runs};
use super::{Finding, RightsizeOptions, RightsizeRefusal, scores};
use crate::catalog::Catalog;
use crate::telemetry::ResourceName;
use crate::units::Money;
use std::collections::BTreeMap;

/// Looks at every resource that runs or was measured.
pub fn rightsize(
    estate: &Estate,
    catalogs: &[Catalog],
    options: &RightsizeOptions,
) -> Result<RightsizeAnswer, RightsizeRefusal> {
    let held = everything(estate)?;
    let mut notes = Vec::new();
    let cases: Vec<Case<'_>> = held.iter().map(|held| Case::of(held, estate, catalogs, options)).collect();
    let mut resources: Vec<Resized> = cases.iter().map(Case::resized).collect();
    let utilization = resources.iter().filter(|r| r.per_request.is_none() && r.finding != Finding::Unknown).count();
    if utilization > 0 {
        notes.push(format!(
            "{utilization} resources are sized from utilization: no throughput of theirs is known. Where an autoscaler keeps \
             utilization level, that is what it keeps, not what is asked: give request counts too."
        ));
    }
    let presets = scores::presets(&cases, options);
    let saved = |r: &Resized| r.saves.map_or(Money::ZERO, |s| s.effective);
    resources.sort_by(|a, b| a.finding.cmp(&b.finding).then(saved(b).cmp(&saved(a))).then(a.name.cmp(&b.name)));
    Ok(RightsizeAnswer {
        resources,
        presets,
        options: options.clone(),
        reading: estate.telemetry.reading.clone(),
        notes,
    })
}

/// What is held, and what was measured besides.
fn everything(estate: &Estate) -> Result<Vec<Held>, RightsizeRefusal> {
    let measured: Vec<&ResourceName> = estate.telemetry.resources();
    if measured.is_empty() {
        return Err(RightsizeRefusal::NothingMeasured { series: estate.telemetry.metrics.len() });
    }
    let mut all: BTreeMap<&ResourceName, Held> = estate.held.iter().map(|held| (&held.name, held.clone())).collect();
    let in_common = measured.iter().any(|name| all.contains_key(name));
    if !all.is_empty() && !in_common {
        let example = (estate.held[0].name.0.clone(), measured[0].0.clone());
        let (held, measured) = (all.len(), measured.len());
        return Err(RightsizeRefusal::NothingInCommon { held, measured, examples: example });
    }
    for name in measured {
        all.entry(name).or_insert_with(|| Held { name: name.clone(), runs: Runs::Unknown, place: None, billed: None });
    }
    Ok(all.into_values().collect())
}

#[cfg(test)]
#[path = "rightsize_tests.rs"]
mod tests;

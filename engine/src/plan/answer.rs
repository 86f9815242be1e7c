//! From a workload and catalogs to the answer.
use super::alternatives::alternatives;
use super::compose::State;
use super::current::current;
use super::growth::{growth_left, over_horizon};
use super::moment::{Budgets, Draft, Moment};
use super::search::{Found, search};
use super::{LatencyAt, Part, Percentiles, Plan, PlanAnswer, PlanRefusal};
use crate::catalog::Catalog;
use crate::cost::{UnitCost, upfront};
use crate::sizing::Refused;
use crate::units::{Data, Share, Span};
use crate::workload::{Component, Workload};
use std::borrow::Cow;

/// Finds the plan in every place, and compares.
pub(crate) fn plan(workload: &Workload, catalogs: &[Catalog]) -> Result<PlanAnswer, PlanRefusal> {
    let (mut here, mut no_plan_in) = (Vec::new(), Vec::new());
    for catalog in catalogs {
        let catalog = with_stated_speeds(workload, catalog);
        match plan_in(workload, &catalog) {
            Ok(plans) => here.push(plans),
            Err(refusal) => no_plan_in.push(refusal),
        }
    }
    // The cheapest place wins, but a bill that leaves charges of unknown price out never beats a complete one.
    here.sort_by_key(|plans| (!plans.chosen.bill.unknown.is_empty(), plans.chosen.bill.total()));
    let mut here = here.into_iter();
    let Some(best) = here.next() else {
        return Err(if no_plan_in.len() == 1 { no_plan_in.remove(0) } else { PlanRefusal::Nowhere(no_plan_in) });
    };
    let mut alternatives = best.alternatives;
    let mut refused = best.refused;
    let mut current = best.current;
    let mut current_unknown = best.current_unknown;
    for other in here {
        alternatives.push(Plan { differs: format!("in {}", other.chosen.place), ..other.chosen });
        refused.extend(other.refused);
        current = current.or(other.current);
        current_unknown = current_unknown.or(other.current_unknown);
    }
    alternatives.sort_by(|a, b| (a.bill.total(), &a.differs).cmp(&(b.bill.total(), &b.differs)));
    for (i, plan) in alternatives.iter_mut().enumerate() {
        plan.id = format!("alternative-{}", i + 1);
    }
    // What runs in one place is on no list of another.
    let current_unknown = current_unknown.filter(|_| current.is_none());
    let chosen = best.chosen;
    Ok(PlanAnswer { workload: workload.clone(), chosen, alternatives, current, current_unknown, refused, no_plan_in })
}

struct Plans {
    chosen: Plan,
    alternatives: Vec<Plan>,
    current: Option<Plan>,
    current_unknown: Option<String>,
    refused: Vec<Refused>,
}

fn plan_in(workload: &Workload, catalog: &Catalog) -> Result<Plans, PlanRefusal> {
    unknown_name(workload, catalog).map_or(Ok(()), Err)?;
    let moment = Moment::new(workload, catalog, Span::ZERO);
    let found = search(&moment)?;
    let finish = |draft: &Draft, budgets: &Budgets, differs: &str| finished(&moment, draft, budgets, differs);
    let chosen = Plan { id: "chosen".into(), ..finish(&found.draft, &found.budgets, "") };
    let others = alternatives(&moment, &found);
    let mut alternatives: Vec<Plan> = Vec::new();
    for other in others {
        let budgets = widened(&found, &other.draft);
        let plan = finish(&other.draft, &budgets, &other.differs);
        if alternatives.iter().all(|known| known.parts != plan.parts) {
            alternatives.push(plan);
        }
    }
    let (current, current_unknown) = match current(&moment, &found) {
        Some(Ok((draft, breaks))) => {
            let plan = finish(&draft, &widened(&found, &draft), "what runs today");
            (Some(Plan { id: "current".into(), breaks, ..plan }), None)
        }
        Some(Err(unknown)) => (None, Some(unknown)),
        None => (None, None),
    };
    Ok(Plans { chosen, alternatives, current, current_unknown, refused: found.refused().cloned().collect() })
}

/// Budgets that the parts of a draft keep, so that its later months are sized as its first.
fn widened(found: &Found, draft: &Draft) -> Budgets {
    let mut budgets = found.budgets.clone();
    for (name, part) in draft {
        if let (Some(budget), Some(fleet)) = (budgets.get_mut(name), part.fleet()) {
            *budget = budget.widened_to(&fleet.stressed_station);
        }
    }
    budgets
}

fn finished(moment: &Moment<'_>, draft: &Draft, budgets: &Budgets, differs: &str) -> Plan {
    let bill = moment.bill(draft);
    let months = over_horizon(moment, draft, budgets, bill.total());
    let left = growth_left(moment, draft, budgets);
    let at_entry = |state| Percentiles::of(&moment.percentiles_at_entry(draft, state, &Percentiles::SHARES));
    let requests = moment.traffic(&moment.workload.entry).billing.events_in(Span::months(1.0));
    let stored: Data = moment
        .workload
        .components
        .values()
        .map(|c| match c {
            Component::Store(s) => moment.stored(&s.keep),
            Component::Object(o) => moment.stored(&o.keep),
            Component::Service(_) | Component::Edge(_) => Data::ZERO,
        })
        .sum();
    Plan {
        id: String::new(),
        differs: differs.to_owned(),
        place: moment.catalog.place.clone(),
        parts: draft.clone(),
        unit_cost: UnitCost::of(&bill, requests, stored),
        upfront: draft.values().filter_map(Part::fleet).filter_map(upfront).sum(),
        months,
        latency: LatencyAt {
            calm: at_entry(State::Calm),
            stressed: at_entry(State::Stressed),
            slow_together: moment.percentile_if_slow_together(draft, State::Stressed, Share::percent(99.0)),
        },
        component_latency: draft
            .keys()
            .map(|name| (name.clone(), Percentiles::of(&moment.percentiles_of(name, draft, &Percentiles::SHARES))))
            .collect(),
        budgets: budgets.clone(),
        growth_left: left.as_ref().map(|(factor, _)| *factor),
        growth_breaks: left.map_or(String::new(), |(_, why)| why),
        breaks: Vec::new(),
        bill,
    }
}

/// The catalog with the speeds that the workload states.
fn with_stated_speeds<'c>(workload: &Workload, catalog: &'c Catalog) -> Cow<'c, Catalog> {
    if workload.assumptions.speed.is_empty() {
        return Cow::Borrowed(catalog);
    }
    let mut catalog = catalog.clone();
    for shape in &mut catalog.shapes {
        if let Some(factor) = workload.assumptions.speed.get(&shape.family) {
            std::sync::Arc::make_mut(shape).speed = crate::catalog::Speed {
                factor: *factor,
                basis: crate::catalog::Basis::Stated,
                source: "workload file".into(),
            };
        }
    }
    Cow::Owned(catalog)
}

/// The first disk or object class that the workload names and the catalog lacks.
fn unknown_name(workload: &Workload, catalog: &Catalog) -> Option<PlanRefusal> {
    workload.components.iter().find_map(|(component, part)| {
        let (asked, known): (Vec<&String>, Vec<&String>) = match part {
            Component::Store(s) => (s.volumes.iter().collect(), catalog.volumes.iter().map(|v| &v.name).collect()),
            Component::Object(o) => (o.class.iter().collect(), catalog.classes.iter().map(|c| &c.name).collect()),
            Component::Service(_) | Component::Edge(_) => return None,
        };
        let name = asked.into_iter().find(|name| !known.contains(name))?;
        let nearest = known.into_iter().min_by_key(|known| strsim::osa_distance(known, name)).cloned();
        let (place, component) = (catalog.place.clone(), component.clone());
        Some(PlanRefusal::UnknownName { place, component, name: name.clone(), nearest })
    })
}

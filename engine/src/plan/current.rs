//! What runs today, as candidate 0.
use super::Part;
use super::growth::breaks_at;
use super::moment::{Budgets, Draft, Moment, budget_of};
use super::search::Found;
use crate::sizing::{DiskPlace, LatencyBudget, NodeDisk, Refusal, StoreBurden, Terms};
use crate::units::Share;
use crate::workload::{Component, ComponentName, Running, Survive};

/// The draft of what runs today, and what of the promises it breaks. `None` where the file does not say what runs, or
/// where what it names is on no list.
pub(super) fn current(moment: &Moment<'_>, found: &Found) -> Option<(Draft, Vec<String>)> {
    let stated: Vec<&ComponentName> =
        moment.workload.components.keys().filter(|n| running(moment, n).is_some()).collect();
    if stated.is_empty() {
        return None;
    }
    let mut draft = found.draft.clone();
    let mut breaks = Vec::new();
    for name in stated {
        let running = running(moment, name).expect("just filtered");
        match as_it_is(moment, name, running, &found.budgets, &draft) {
            Ok(part) => {
                draft.insert(name.clone(), part);
            }
            Err(_) => return None,
        }
    }
    breaks.extend(breaks_at(moment, &draft, 1.0));
    Some((draft, breaks))
}

/// What a component says that it runs on.
pub(super) fn running<'w>(moment: &Moment<'w>, name: &ComponentName) -> Option<&'w Running> {
    match moment.component(name) {
        Component::Service(service) => service.current.as_ref(),
        Component::Store(store) => store.current.as_ref(),
        Component::Object(_) | Component::Edge(_) => None,
    }
}

/// The machines in their stated number, with nothing checked: a plan that breaks a promise is still what runs.
fn as_it_is(
    moment: &Moment<'_>,
    name: &ComponentName,
    running: &Running,
    budgets: &Budgets,
    draft: &Draft,
) -> Result<Part, Refusal> {
    let Some(shape) = moment.catalog.shape(&running.shape) else {
        return Err(Refusal::Excluded(crate::sizing::Exclusion::NotAsked(format!(
            "{}, which is on no list here",
            running.shape
        ))));
    };
    // Nothing is demanded of it; the checks are made against the promises afterwards.
    let terms = Terms {
        budget: LatencyBudget::default(),
        max_utilization: Share::ALL,
        availability: None,
        step: 1,
        ..moment.terms(name, LatencyBudget::default())
    };
    let unchecked = Terms { survive: if running.count > 1 { terms.survive } else { Survive::None }, ..terms };
    match moment.component(name) {
        Component::Service(service) => {
            let burden = moment.service_burden(name, service, draft);
            Ok(Part::Service(crate::sizing::as_given(&burden, shape, running.purchase, &unchecked, running.count)))
        }
        Component::Store(store) => {
            let burden = moment.store_burden(name, store, DiskPlace::Network, &budget_of(budgets, name));
            let burden = StoreBurden { copies: burden.copies.min(running.count), ..burden };
            let fleet = crate::sizing::as_given(&burden, shape, running.purchase, &unchecked, running.count);
            let kinds = running.volume.clone().map_or_else(|| store.volumes.clone(), |v| vec![v]);
            let narrowed = crate::workload::Store { volumes: kinds, ..store.clone() };
            let spread = crate::sizing::Spread { machines: fleet.machines, carrying: fleet.carrying.max(1) };
            let asked = StoreBurden { store: &narrowed, ..burden.clone() };
            let disk = asked.node_disk(moment.catalog, shape, spread).unwrap_or(NodeDisk::Local(burden.data));
            Ok(Part::store(fleet, disk, &burden))
        }
        Component::Object(_) | Component::Edge(_) => unreachable!("only services and stores say what runs"),
    }
}

//! What runs today, as candidate 0.
use super::Part;
use super::growth::breaks_at;
use super::moment::{Budgets, Draft, Moment, budget_of};
use super::search::Found;
use crate::sizing::{DiskPlace, LatencyBudget, StoreBurden, Terms};
use crate::units::Share;
use crate::workload::{Component, ComponentName, Running, Store, Survive};

/// The draft of what runs today, and what of the promises it breaks. `None` where the file does not say what runs; an
/// error where what it names is on no list here.
pub(super) fn current(moment: &Moment<'_>, found: &Found) -> Option<Result<(Draft, Vec<String>), String>> {
    let stated: Vec<&ComponentName> =
        moment.workload.components.keys().filter(|n| running(moment, n).is_some()).collect();
    if stated.is_empty() {
        return None;
    }
    let mut draft = found.draft.clone();
    for name in stated {
        let running = running(moment, name).expect("just filtered");
        match as_it_is(moment, name, running, &found.budgets, &draft) {
            Some(part) => {
                draft.insert(name.clone(), part);
            }
            None => return Some(Err(unlisted(moment, name, running))),
        }
    }
    let breaks = breaks_at(moment, &draft, &found.budgets, 1.0).into_iter().collect();
    Some(Ok((draft, breaks)))
}

fn unlisted(moment: &Moment<'_>, name: &ComponentName, running: &Running) -> String {
    let databases = moment.catalog.databases.iter().map(|db| &db.machine.name.0);
    let nodes = moment.catalog.nodes.iter().map(|node| &node.machine.name.0);
    let known = moment.catalog.shapes.iter().map(|s| &s.name.0).chain(databases).chain(nodes);
    let nearest = known.min_by_key(|known| strsim::osa_distance(known, &running.shape));
    let meant = match (nearest, &running.volume) {
        (Some(known), _) if *known != running.shape => format!("; did you mean {known}?"),
        (_, Some(volume)) => {
            let volumes = moment.catalog.volumes.iter().map(|v| &v.name);
            let near = volumes.min_by_key(|known| strsim::osa_distance(known, volume));
            near.filter(|n| *n != volume).map_or(String::new(), |n| format!("; did you mean {n}?"))
        }
        _ => String::new(),
    };
    let disk = running.volume.as_ref().map_or(String::new(), |v| format!(" with {v}"));
    let count = running.count;
    format!(
        "{name} is said to run on {count} x {}{disk}, which cannot be priced in {}{meant}",
        running.shape, moment.catalog.place
    )
}

/// What a component says that it runs on.
pub(super) fn running<'w>(moment: &Moment<'w>, name: &ComponentName) -> Option<&'w Running> {
    match moment.component(name) {
        Component::Service(service) => service.current.as_ref(),
        Component::Store(store) => store.current.as_ref(),
        Component::Cache(cache) => cache.current.as_ref(),
        Component::Stream(stream) => stream.current.as_ref(),
        Component::Object(_) | Component::Edge(_) | Component::Batch(_) => None,
    }
}

/// The machines in their stated number, with nothing checked: a plan that breaks a promise is still what runs.
fn as_it_is(
    moment: &Moment<'_>,
    name: &ComponentName,
    running: &Running,
    budgets: &Budgets,
    draft: &Draft,
) -> Option<Part> {
    // Nothing is demanded of it; the checks are made against the promises afterwards.
    let terms = Terms {
        budget: LatencyBudget::default(),
        max_utilization: Share::ALL,
        availability: None,
        step: 1,
        ..moment.terms(name, LatencyBudget::default())
    };
    let unchecked = Terms { survive: if running.count > 1 { terms.survive } else { Survive::None }, ..terms };
    if let Component::Cache(_) | Component::Stream(_) = moment.component(name) {
        return moment.kind_as_it_is(name, running, &unchecked);
    }
    let shape = match (moment.catalog.shape(&running.shape), moment.component(name)) {
        (Some(shape), _) => shape,
        (None, Component::Store(store)) => return managed_as_it_is(moment, name, store, running, budgets),
        (None, _) => return None,
    };
    match moment.component(name) {
        Component::Service(service) => {
            let burden = moment.service_burden(name, service, draft);
            Some(Part::Service(crate::sizing::as_given(&burden, shape, running.purchase, &unchecked, running.count)))
        }
        Component::Store(store) => {
            let inside = running.volume.is_none() && shape.local_disk.is_some();
            let place = if inside { DiskPlace::Local } else { DiskPlace::Network };
            let burden = moment.store_burden(name, store, place, &budget_of(budgets, name));
            let burden = StoreBurden { copies: burden.copies.min(running.count), ..burden };
            let fleet = crate::sizing::as_given(&burden, shape, running.purchase, &unchecked, running.count);
            let kinds = running.volume.clone().map_or_else(|| store.volumes.clone(), |v| vec![v]);
            let narrowed = Store { volumes: kinds, ..store.clone() };
            let spread = crate::sizing::Spread { machines: fleet.machines, carrying: fleet.carrying.max(1) };
            let disk = StoreBurden { store: &narrowed, ..burden.clone() }.node_disk(moment.catalog, shape, spread)?;
            Some(moment.store_part(name, fleet, disk, &burden))
        }
        _ => unreachable!("nothing else says what runs"),
    }
}

/// A managed database by the name of its machine, with a standby where a loss is to be survived and there is one.
fn managed_as_it_is(
    moment: &Moment<'_>,
    name: &ComponentName,
    store: &Store,
    running: &Running,
    budgets: &Budgets,
) -> Option<Part> {
    let burden = moment.store_burden(name, store, DiskPlace::Network, &budget_of(budgets, name));
    let standby = moment.workload.promises.survive != Survive::None;
    let of_name = || {
        moment.catalog.databases.iter().filter(|db| {
            db.machine.name.0 == running.shape && crate::sizing::runs(db, store.engine) && running.count == 1
        })
    };
    let database = of_name().find(|db| db.has_standby() == standby).or_else(|| of_name().next())?;
    let managed = crate::sizing::managed_as_given(&burden, moment.catalog, database)?;
    Some(moment.managed_part(managed, store, &burden))
}

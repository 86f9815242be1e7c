//! A fixed plan in a world that is not the one it was made for: what it does there, and the first promise that it breaks.
use super::super::moment::{Budgets, Draft, Moment};
use super::super::search::{kept_in_memory, place_of};
use super::super::{Part, StreamFleet};
use crate::sizing::{Fleet, LatencyBudget, NodeDisk, Refusal, Spread, StoreBurden, Terms, as_given, at_count};
use crate::workload::{Component, ComponentName, Store};

/// A plan under the load of one world.
pub(in crate::plan) struct Carried {
    /// The same machines and disks, as busy as they are there.
    pub(in crate::plan) draft: Draft,
    /// What of it is too small, if anything; latency aside.
    pub(in crate::plan) broken: Option<String>,
}

impl Moment<'_> {
    /// The draft's own machines and disks under this moment's load.
    pub(in crate::plan) fn carried(&self, draft: &Draft) -> Carried {
        let mut carried = Carried { draft: Draft::new(), broken: None };
        for name in self.order.iter() {
            let (part, refusal) = self.part_carried(name, &draft[name], &carried.draft);
            if let Some(refusal) = refusal {
                carried.broken.get_or_insert(format!("{name}: {refusal}"));
            } else if let Some(short) = self.short_of_available(name, &draft[name], &carried.draft) {
                carried.broken.get_or_insert(short);
            }
            carried.draft.insert(name.clone(), part);
        }
        carried
    }

    /// The availability promise takes more machines than there are: those that must carry, and those that may be down.
    fn short_of_available(&self, name: &ComponentName, part: &Part, draft: &Draft) -> Option<String> {
        self.workload.promises.availability?;
        let fleet = part.fleet().filter(|_| !part.is_one_machine() && !matches!(part, Part::Batch(_)))?;
        let needed = self.resized(name, part, &Budgets::new(), draft).ok()?;
        let needed = needed.fleet()?.machines;
        (needed > fleet.machines)
            .then(|| format!("{name}: availability takes {needed} machines, there are {}", fleet.machines))
    }

    fn part_carried(&self, name: &ComponentName, part: &Part, draft: &Draft) -> (Part, Option<String>) {
        let terms = self.terms(name, LatencyBudget::default());
        match (part, self.component(name)) {
            (Part::Service(fleet), Component::Service(service)) => {
                let burden = self.service_burden(name, service, draft);
                let (fleet, refusal) = in_number(&burden, fleet, &terms);
                (Part::Service(fleet), refusal.map(|r| r.to_string()))
            }
            (Part::Store(chosen), Component::Store(store)) => {
                let burden = self.store_burden(name, store, place_of(part), &LatencyBudget::default());
                let burden = kept_in_memory(burden, chosen.working_set);
                let (fleet, refusal) = in_number(&burden, &chosen.fleet, &terms);
                let short = refusal.map(|r| r.to_string()).or_else(|| self.disk_lacks(&burden, &fleet, &chosen.disk));
                (self.store_part(name, fleet, chosen.disk.clone(), &burden), short)
            }
            (Part::Managed { managed, .. }, Component::Store(store)) => {
                self.managed_carried(name, part, store, managed, draft)
            }
            (Part::Object(_), Component::Object(_)) => match self.same_class(name, part) {
                Ok(part) => (part, None),
                Err(refusal) => (part.clone(), Some(refusal.to_string())),
            },
            _ => self.kind_carried(name, part),
        }
    }

    /// Caches, streams and gathered work.
    fn kind_carried(&self, name: &ComponentName, part: &Part) -> (Part, Option<String>) {
        let Some(fleet) = part.fleet() else { return (part.clone(), None) };
        match self.kind_again(name, part, Some(fleet.machines), &Budgets::new()) {
            Ok(Part::Stream(stream)) => {
                let Part::Stream(given) = part else { unreachable!("a stream stays one") };
                let need = self.stream_disk_need(name, part).expect("it is a stream");
                let short = match &given.disk {
                    NodeDisk::Volume(volume) if given.provider.is_none() => volume.lacks(self.catalog, need),
                    NodeDisk::Volume(volume) => {
                        Some(("room", need.size / volume.size)).filter(|(_, times)| *times > 1.0)
                    }
                    NodeDisk::Local(_) => None,
                };
                let short = short.map(|(what, times)| format!("disk: needs {times:.2} times the {what} it has"));
                (Part::Stream(StreamFleet { disk: given.disk.clone(), ..stream }), short)
            }
            Ok(part) => (part, None),
            Err(refusal) => (self.kind_given(name, part), Some(refusal.to_string())),
        }
    }

    fn managed_carried(
        &self,
        name: &ComponentName,
        part: &Part,
        store: &Store,
        managed: &crate::sizing::ManagedFleet,
        draft: &Draft,
    ) -> (Part, Option<String>) {
        match self.at_count(name, part, 1, draft) {
            Ok(part) => (part, None),
            Err(refusal) => {
                let burden = self.store_burden(name, store, place_of(part), &LatencyBudget::default());
                let alone = StoreBurden { copies: 1, ..burden.clone() };
                let terms = Terms {
                    survive: crate::workload::Survive::None,
                    zones: 1,
                    ..self.terms(name, LatencyBudget::default())
                };
                let fleet = as_given(&alone, &managed.fleet.shape, managed.fleet.purchase, &terms, 1);
                let given = crate::sizing::ManagedFleet { fleet, ..managed.clone() };
                (self.managed_part(given, store, &burden), Some(refusal.to_string()))
            }
        }
    }

    /// What a node's disk must give here, for so many nodes; none where there is no network disk.
    pub(super) fn disk_need(&self, name: &ComponentName, part: &Part) -> Option<crate::sizing::DiskNeed> {
        if let Part::Stream(stream) = part {
            return self.stream_disk_need(name, part).filter(|_| matches!(stream.disk, NodeDisk::Volume(_)));
        }
        let (Part::Store(chosen), Component::Store(store)) = (part, self.component(name)) else { return None };
        let NodeDisk::Volume(_) = chosen.disk else { return None };
        let burden = self.store_burden(name, store, place_of(part), &LatencyBudget::default());
        let burden = kept_in_memory(burden, chosen.working_set);
        Some(burden.disk_need(spread_of(&chosen.fleet)))
    }

    fn disk_lacks(&self, burden: &StoreBurden<'_>, fleet: &Fleet, disk: &NodeDisk) -> Option<String> {
        let NodeDisk::Volume(volume) = disk else { return None };
        let (what, times) = volume.lacks(self.catalog, burden.disk_need(spread_of(fleet)))?;
        Some(format!("{what} of {}: needs {times:.2} times what it has", volume.volume))
    }
}

fn spread_of(fleet: &Fleet) -> Spread {
    Spread { machines: fleet.machines, carrying: fleet.carrying.max(1) }
}

/// The fleet in its own number, whether it carries the burden or not, and why it does not.
fn in_number(burden: &impl crate::sizing::Burden, fleet: &Fleet, terms: &Terms) -> (Fleet, Option<Refusal>) {
    match at_count(burden, &fleet.shape, fleet.purchase, terms, fleet.machines) {
        Ok(fleet) => (fleet, None),
        Err(refusal) => {
            let alone = Terms { survive: crate::workload::Survive::None, ..terms.clone() };
            let terms = if fleet.carrying == 0 { &alone } else { terms };
            (as_given(burden, &fleet.shape, fleet.purchase, terms, fleet.machines), Some(refusal))
        }
    }
}

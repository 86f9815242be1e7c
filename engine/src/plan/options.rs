//! Every way to carry one component, cheapest first, and why the others will not do.
use super::moment::{Budgets, Draft, Moment, budget_of};
use super::{Part, StoreFleet};
use crate::catalog::{Path, Purchase, Shape};
use crate::sizing::{
    Burden, CacheBurden, DiskPlace, Exclusion, Fleet, LatencyBudget, ManagedFleet, NodeDisk, Refusal, Refused,
    StoreBurden, StreamBurden, Terms, admit, managed_options, object_options, size_within,
};
use crate::units::{Held, Money, Span};
use crate::workload::{Component, ComponentName, Object, Service, Store};
use std::fmt;
use std::sync::Arc;

/// What could carry a component.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// Cheapest first; on a tie, by name.
    pub(super) fits: Vec<Part>,
    /// Turned down.
    pub(super) refused: Vec<Refused>,
}

impl Moment<'_> {
    /// All options for a component, the components it calls being chosen already.
    pub(super) fn options(&self, name: &ComponentName, budgets: &Budgets, draft: &Draft) -> Options {
        self.found(name, budgets, draft, usize::MAX)
    }

    /// The first so many of [`Self::options`] that fit. What cannot be among them is not sized.
    pub(super) fn cheapest(&self, name: &ComponentName, budgets: &Budgets, draft: &Draft, most: usize) -> Vec<Part> {
        self.found(name, budgets, draft, most).fits
    }

    fn found(&self, name: &ComponentName, budgets: &Budgets, draft: &Draft, most: usize) -> Options {
        let budget = budget_of(budgets, name);
        let place = self.catalog.place.to_string();
        let mut found = Found { place, component: name, most, fits: Vec::new(), refused: Vec::new() };
        match self.component(name) {
            Component::Service(service) => self.service_options(&mut found, service, budget, draft),
            Component::Store(store) => self.store_options(&mut found, store, &budget),
            Component::Object(object) => self.object_options(&mut found, object),
            Component::Edge(_) => found.add("edge", Ok(Part::Edge)),
            Component::Cache(cache) => self.cache_options(&mut found, cache, budget),
            Component::Stream(stream) => self.stream_options(&mut found, stream, &budget),
            Component::Batch(batch) => self.batch_options(&mut found, batch),
        }
        found.sorted()
    }

    fn service_options(&self, found: &mut Found<'_>, service: &Service, budget: LatencyBudget, draft: &Draft) {
        let burden = self.service_burden(found.component, service, draft);
        let terms = self.terms(found.component, budget);
        for shape in &self.catalog.shapes {
            let fleet =
                admit(shape, &service.architectures, service.burstable, service.interruptible, &service.purchases)
                    .and_then(|purchase| found.sized(&burden, shape, purchase, &terms));
            found.add(&shape.name, fleet.map(Part::Service));
        }
    }

    fn store_options(&self, found: &mut Found<'_>, store: &Store, budget: &LatencyBudget) {
        let terms = self.terms(found.component, budget.clone());
        if store.self_run {
            self.self_run_options(found, store, DiskPlace::Network, &terms);
            if store.local_disks {
                self.self_run_options(found, store, DiskPlace::Local, &terms);
            }
        }
        if store.managed {
            let burden = self.store_burden(found.component, store, DiskPlace::Network, budget);
            for (option, fit) in managed_options(&burden, self.catalog, &terms) {
                let part = fit.map(|managed| self.managed_part(managed, store, &burden));
                found.add(option, part);
            }
        }
    }

    fn self_run_options(&self, found: &mut Found<'_>, store: &Store, place: DiskPlace, terms: &Terms) {
        let burden = self.store_burden(found.component, store, place, &terms.budget);
        for shape in &self.catalog.shapes {
            if place == DiskPlace::Local && shape.local_disk.is_none() {
                continue; // the same shape with a network disk is an option of its own
            }
            let part = admit(shape, &store.architectures, false, false, &store.purchases)
                .and_then(|purchase| found.sized(&burden, shape, purchase, terms))
                .and_then(|fleet| self.with_disk(found.component, fleet, &burden));
            match place {
                DiskPlace::Network => found.add(&shape.name, part),
                DiskPlace::Local => found.add(format_args!("{} + {}", shape.name, place.name()), part),
            }
        }
    }

    /// A store's fleet with the disk of each node.
    pub(super) fn with_disk(
        &self,
        name: &ComponentName,
        fleet: Fleet,
        burden: &StoreBurden<'_>,
    ) -> Result<Part, Refusal> {
        let spread = crate::sizing::Spread { machines: fleet.machines, carrying: fleet.carrying };
        match burden.node_disk(self.catalog, &fleet.shape, spread) {
            Some(disk) => Ok(self.store_part(name, fleet, disk, burden)),
            None => Err(Refusal::Excluded(Exclusion::NoVolume)),
        }
    }

    /// A self-run store.
    pub(super) fn store_part(
        &self,
        name: &ComponentName,
        fleet: Fleet,
        disk: NodeDisk,
        burden: &StoreBurden<'_>,
    ) -> Part {
        let kept = burden.data * burden.store.backup.mid().get();
        let month = Span::months(1.0);
        let backup = self.catalog.snapshot.as_ref().map_or(Money::ZERO, |p| p.effective * Held::new(kept, month));
        let copied = self.copied_between_zones(name, burden.copies, fleet.zones);
        let copying = self.catalog.transfer.of(&Path::CrossZone).map_or(Money::ZERO, |p| p.first().effective * copied);
        Part::Store(StoreFleet {
            fleet,
            disk,
            copies: burden.copies,
            working_set: burden.working_set,
            disk_read: burden.disk_read(),
            data: burden.data,
            beside: backup + copying,
        })
    }

    /// A managed store.
    pub(super) fn managed_part(&self, managed: ManagedFleet, store: &Store, burden: &StoreBurden<'_>) -> Part {
        let kept = (burden.data * store.backup.mid().get()).less(managed.storage.size);
        let offer = crate::sizing::storage_offer(self.catalog, &managed.service, &managed.deployment);
        let price = offer.and_then(|o| o.backup.as_ref());
        let beside = price.map_or(Money::ZERO, |p| p.effective * Held::new(kept, Span::months(1.0)));
        let (working_set, disk_read, data) = (burden.working_set, burden.disk_read(), burden.data);
        Part::Managed { managed, working_set, disk_read, data, beside }
    }

    fn object_options(&self, found: &mut Found<'_>, object: &Object) {
        let stored = self.stored(&object.keep);
        let traffic = self.traffic(found.component);
        let reads = self.read_share(found.component);
        for (option, fit) in
            object_options(object, self.catalog, stored, traffic.billing, reads, &self.workload.promises)
        {
            found.add(option, fit.map(Part::Object));
        }
    }

    /// A component's burden, for those that have machines. The place of the data only matters for stores.
    pub(super) fn with_burden<T>(
        &self,
        name: &ComponentName,
        place: DiskPlace,
        budget: &LatencyBudget,
        draft: &Draft,
        then: impl FnOnce(AnyBurden<'_, '_>) -> T,
    ) -> Option<T> {
        match self.component(name) {
            Component::Service(service) => Some(then(AnyBurden::Service(&self.service_burden(name, service, draft)))),
            Component::Store(store) => Some(then(AnyBurden::Store(&self.store_burden(name, store, place, budget)))),
            Component::Cache(cache) => Some(then(AnyBurden::Cache(&self.cache_burden(name, cache)))),
            Component::Stream(stream) => Some(then(AnyBurden::Stream(&self.stream_burden(name, stream, place)))),
            Component::Object(_) | Component::Edge(_) | Component::Batch(_) => None,
        }
    }
}

/// The burden of what answers by machines.
pub(super) enum AnyBurden<'b, 'w> {
    Service(&'b crate::sizing::ServiceBurden<'w>),
    Store(&'b StoreBurden<'w>),
    Cache(&'b CacheBurden<'w>),
    Stream(&'b StreamBurden<'w>),
}

impl AnyBurden<'_, '_> {
    /// One machine with everything on it, on the reference core.
    pub(super) fn reference_station(&self, shape: &crate::catalog::Shape) -> crate::queueing::Station {
        let alone = crate::sizing::Spread::calm(1);
        let station = match self {
            Self::Service(burden) => burden.station(shape, alone),
            Self::Store(burden) => burden.station(shape, alone),
            Self::Cache(burden) => burden.station(shape, alone),
            Self::Stream(burden) => burden.station(shape, alone),
        };
        crate::queueing::Station { service: station.service * shape.speed.factor.get(), ..station }
    }
}

/// Options as they are found.
pub(super) struct Found<'n> {
    place: String,
    pub(super) component: &'n ComponentName,
    /// So many of the cheapest are asked for, and then nothing of the others; all where there are no more.
    most: usize,
    fits: Vec<(Key, Box<Part>)>,
    refused: Vec<Refused>,
}

/// Cheapest first; what has unchecked limits or unknown charges comes after its equals, never silently before them. On a
/// tie, by name.
type Key = (usize, Money, usize, String);

impl Found<'_> {
    /// [`crate::sizing::size`], where not even the fewest machines that carry it would be among the cheapest a refusal.
    pub(super) fn sized(
        &self,
        burden: &impl Burden,
        shape: &Arc<Shape>,
        purchase: Purchase,
        terms: &Terms,
    ) -> Result<Fleet, Refusal> {
        let each = shape.hourly(purchase).map(Part::month_of_machine).filter(|each| *each > Money::ZERO);
        let most = match (self.dearest(), each) {
            (Some(dearest), Some(each)) => u32::try_from(dearest.as_picos() / each.as_picos()).unwrap_or(u32::MAX),
            _ => u32::MAX,
        };
        size_within(burden, shape, purchase, terms, most)
    }
    /// What costs more is not among the cheapest; none as long as there are too few.
    fn dearest(&self) -> Option<Money> {
        self.fits.get(self.most.checked_sub(1)?).filter(|(key, _)| key.0 == 0).map(|(key, _)| key.1)
    }
    pub(super) fn add(&mut self, option: impl fmt::Display, part: Result<Part, Refusal>) {
        match part {
            Ok(part) if self.most == usize::MAX => self.fits.push((key(&part), Box::new(part))),
            Ok(part) => {
                if self.dearest().is_none_or(|dearest| part.month() <= dearest) {
                    let key = key(&part);
                    let place = self.fits.partition_point(|(other, _)| *other < key);
                    self.fits.insert(place, (key, Box::new(part)));
                    self.fits.truncate(self.most);
                }
            }
            Err(why) if self.most == usize::MAX => self.refused.push(Refused {
                place: self.place.clone(),
                option: option.to_string(),
                component: self.component.0.clone(),
                why,
            }),
            Err(_) => {}
        }
    }
    fn sorted(mut self) -> Options {
        self.fits.sort_by(|(a, _), (b, _)| a.cmp(b));
        Options { fits: self.fits.into_iter().map(|(_, part)| *part).collect(), refused: self.refused }
    }
}

fn key(part: &Part) -> Key {
    let unknown = match part {
        Part::Object(fit) => fit.unknown.len(),
        _ => 0,
    };
    (unknown, part.month(), part.unchecked().len(), part.option())
}

//! A month's bill of the parts chosen.
use super::moment::{Draft, Moment};
use super::{Part, RunByProvider};
use crate::catalog::{Path, Purchase};
use crate::cost::{self, Bill, Driver, Line, Parcel, Unknown};
use crate::sizing::{NodeDisk, VolumeFit};
use crate::units::{Data, Factor, Quantity, Span};
use crate::workload::{Component, ComponentName, Edge, EdgeRoute};

impl Moment<'_> {
    /// The bill of this month.
    pub(super) fn bill(&self, draft: &Draft) -> Bill {
        let mut bill = Bill::default();
        for (name, part) in draft {
            self.bill_part(&mut bill, name, part);
            if let Component::Edge(edge) = self.component(name) {
                self.bill_edge(&mut bill, name, edge);
            }
        }
        let parcels: Vec<Parcel> = draft.iter().flat_map(|(name, part)| self.parcels(name, part, draft)).collect();
        cost::parcels(&mut bill, self.catalog, &parcels);
        // Components in order, then drivers; tiers stay as they fell.
        bill.lines.sort_by(|a, b| (&a.component, a.driver).cmp(&(&b.component, b.driver)));
        bill.unknown.sort_by(|a, b| (&a.component, a.driver, &a.quantity).cmp(&(&b.component, b.driver, &b.quantity)));
        bill
    }

    fn bill_part(&self, bill: &mut Bill, name: &ComponentName, part: &Part) {
        match part {
            Part::Service(fleet) => cost::machines(bill, name, Driver::Compute, fleet),
            Part::Store(store) => {
                cost::machines(bill, name, Driver::Compute, &store.fleet);
                cost::node_disks(bill, name, self.catalog, &store.disk, store.fleet.machines);
                if let Component::Store(s) = self.component(name) {
                    cost::snapshots(bill, name, self.catalog, None, store.data * s.backup.mid().get());
                }
            }
            Part::Managed { managed, data, .. } => {
                cost::machines(bill, name, Driver::ManagedService, &managed.fleet);
                let offer = crate::sizing::storage_offer(self.catalog, &managed.service, &managed.deployment);
                let Some(offer) = offer else { return };
                cost::managed_storage(bill, name, offer, &managed.storage);
                if let Component::Store(s) = self.component(name) {
                    // As much backup as storage is free.
                    let kept = (*data * s.backup.mid().get()).less(managed.storage.size);
                    cost::snapshots(bill, name, self.catalog, Some(offer), kept);
                }
            }
            Part::Object(fit) => cost::objects(bill, name, self.catalog, fit),
            Part::Edge => {}
            Part::Cache(cache) => cost::machines(bill, name, run_by(cache.provider.as_ref()), &cache.fleet),
            Part::Stream(stream) => {
                cost::machines(bill, name, run_by(stream.provider.as_ref()), &stream.fleet);
                let offer =
                    stream.provider.as_ref().and_then(|by| crate::sizing::storage_offer(self.catalog, &by.service, ""));
                match (offer, &stream.disk) {
                    (Some(offer), NodeDisk::Volume(each)) => {
                        let all = VolumeFit { size: each.size * f64::from(stream.fleet.machines), ..each.clone() };
                        cost::managed_storage(bill, name, offer, &all);
                    }
                    _ => cost::node_disks(bill, name, self.catalog, &stream.disk, stream.fleet.machines),
                }
            }
            Part::Batch(batch) if part.is_gathered() => {
                let (shape, times) = (batch.fleet.shape.as_ref(), batch.price_factor());
                cost::machine_time(bill, name, (shape, batch.fleet.purchase), batch.machine_time, times);
                cost::machine_time(bill, name, (shape, Purchase::OnDemand), batch.fallback_time, times);
            }
            Part::Batch(batch) => cost::machines(bill, name, Driver::Compute, &batch.fleet),
        }
    }

    fn bill_edge(&self, bill: &mut Bill, name: &ComponentName, edge: &Edge) {
        let month = Span::months(1.0);
        let requests = self.traffic(name).billing;
        let prices = &self.catalog.transfer;
        if edge.route == EdgeRoute::Cdn {
            match &prices.cdn_request {
                Some(price) => bill.add(Line::of(name, Driver::Requests, price, requests.events_in(month))),
                None => bill.unknown.push(Unknown {
                    component: name.clone(),
                    driver: Driver::Requests,
                    quantity: format!("{} requests", requests.events_in(month)),
                    why: format!("no price for CDN requests in {}", self.catalog.place),
                }),
            }
        }
        if edge.load_balancer {
            let reach_origin = edge.hit_ratio.mid().rest().of(requests);
            cost::balancer(bill, name, self.catalog, reach_origin, self.balanced_size(edge) * reach_origin);
        }
        let count = |n: u32| Factor::of(f64::from(n));
        cost::hours(bill, name, Driver::PublicIpv4, self.catalog, prices.ipv4_hour.as_ref(), count(edge.public_ipv4));
        cost::hours(bill, name, Driver::Nat, self.catalog, prices.nat_hour.as_ref(), count(edge.nat_gateways));
    }

    /// What one answer of an edge weighs before compression.
    fn response_size(&self, edge: &Edge) -> Data {
        edge.bytes_out.map_or_else(
            || edge.calls.iter().map(|c| self.exchange(&c.to).1 * c.ratio.mid().get()).sum(),
            |stated| stated.mid(),
        )
    }

    /// The same after compression.
    fn sent_size(&self, edge: &Edge) -> Data {
        self.response_size(edge) / edge.compression.mid().get().max(1e-6)
    }

    /// What passes a balancer for one request: the question, and the answer as the origin compressed it.
    fn balanced_size(&self, edge: &Edge) -> Data {
        let questions = edge.calls.iter().map(|c| self.exchange(&c.to).0 * c.ratio.mid().get());
        questions.sum::<Data>() + self.sent_size(edge)
    }

    pub(super) fn parcels(&self, name: &ComponentName, part: &Part, draft: &Draft) -> Vec<Parcel> {
        let month = Span::months(1.0);
        let parcel = |path: Path, data: Data| Parcel { component: name.clone(), path, data };
        let mut sent = Vec::new();
        if let Some(between) = self.between_zones(name, part, draft) {
            sent.push(parcel(Path::CrossZone, between));
        }
        if let Component::Edge(edge) = self.component(name) {
            let out = self.sent_size(edge) * self.traffic(name).billing;
            let path = match edge.route {
                EdgeRoute::Cdn => Path::Cdn,
                EdgeRoute::Internet => Path::Internet,
            };
            sent.push(parcel(path, out * month));
            // Where a balancer charges by data and not by capacity units, what passes it is a parcel like any other.
            if edge.load_balancer && self.catalog.transfer.balancer_capacity_hour.is_none() {
                let reach_origin = edge.hit_ratio.mid().rest().of(self.traffic(name).billing);
                sent.push(parcel(Path::LoadBalancer, self.balanced_size(edge) * reach_origin * month));
            }
            sent.push(parcel(Path::Internet, edge.other_egress.mid() * month));
            sent.push(parcel(Path::Nat, edge.nat.mid() * month));
            for (region, rate) in &edge.cross_region {
                sent.push(parcel(Path::CrossRegion(region.clone()), rate.mid() * month));
            }
        }
        sent.retain(|p| !p.data.is_zero());
        sent
    }

    /// What a component sends to machines in other zones: its calls, spread evenly, and its copies.
    fn between_zones(&self, name: &ComponentName, part: &Part, draft: &Draft) -> Option<Data> {
        let fleet = part.fleet()?;
        let zones = f64::from(fleet.zones);
        let month = Span::months(1.0);
        let elsewhere = (zones - 1.0) / zones;
        let mut data = Data::ZERO;
        if let (Part::Stream(stream), Component::Stream(log)) = (part, self.component(name)) {
            // Readers in every zone read from the copy that leads, wherever it is.
            let read = log.message() * self.traffic(name).billing * log.fan_out.mid().get() * month * elsewhere;
            let copies = if stream.provider.is_some() { 1 } else { stream.copies };
            return Some(read * self.directions() + self.messages_copied(name, copies, fleet.zones))
                .filter(|d| !d.is_zero());
        }
        let misses = self.component(name).miss_ratio().as_part();
        for call in self.component(name).calls() {
            if draft[&call.to].fleet().is_some() && !draft[&call.to].is_gathered() {
                let (question, answer) = self.exchange(&call.to);
                let calls = self.traffic(name).billing * (call.ratio.mid().get() * misses);
                data = data + (question + answer) * calls * month * elsewhere;
            }
        }
        if let Part::Store(store) = part {
            return Some(data * self.directions() + self.copied_between_zones(name, store.copies, fleet.zones))
                .filter(|d| !d.is_zero());
        }
        (!data.is_zero()).then(|| data * self.directions())
    }

    /// How often a byte between zones is charged: once, or to its sender and again to its receiver.
    pub(super) fn directions(&self) -> f64 {
        if self.catalog.transfer.cross_zone_both_directions { 2.0 } else { 1.0 }
    }

    /// What a store's writes send to its other copies in a month, as it is charged.
    pub(super) fn copied_between_zones(&self, name: &ComponentName, copies: u32, zones: u32) -> Data {
        let Component::Store(store) = self.component(name) else { return Data::ZERO };
        let (_, writes) = self.reads_and_writes(name);
        let others = if zones > 1 { f64::from(copies.saturating_sub(1)) } else { 0.0 };
        store.bytes_per_write.mid() * writes.billing * Span::months(1.0) * (others * self.directions())
    }
}

const fn run_by(provider: Option<&RunByProvider>) -> Driver {
    if provider.is_some() { Driver::ManagedService } else { Driver::Compute }
}

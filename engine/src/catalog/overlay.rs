//! What a customer pays differently: negotiated discounts, private prices, free allowances.
use super::{Catalog, Place, Provenance, Provider, Purchase, Quote, Shape, VolumePricing};
use crate::units::{Billable, Data, Money, Price, Share};
use jiff::civil::Date;
use std::str::FromStr;
use std::sync::Arc;

/// The part of a price list a discount speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    /// Machines.
    Compute,
    /// Network disks and snapshots.
    BlockStorage,
    /// Object storage.
    ObjectStorage,
    /// Data in motion, gateways, balancers, addresses.
    Network,
    /// Managed databases.
    Database,
}

impl Service {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Compute, Self::BlockStorage, Self::ObjectStorage, Self::Network, Self::Database];
    /// The name used in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compute => "compute",
            Self::BlockStorage => "block-storage",
            Self::ObjectStorage => "object-storage",
            Self::Network => "network",
            Self::Database => "database",
        }
    }
}
impl FromStr for Service {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|s| s.name() == text).ok_or_else(|| {
            format!("`{text}` is not a service: compute, block-storage, object-storage, network or database")
        })
    }
}

/// A percentage off. What is not stated holds for all; the most specific discount that holds is taken, not their sum.
#[derive(Clone, Debug, PartialEq)]
pub struct Discount {
    /// How much off.
    pub off: Share,
    /// Only this provider.
    pub provider: Option<Provider>,
    /// Only this service.
    pub service: Option<Service>,
    /// Only this machine family.
    pub family: Option<String>,
    /// Only this SKU.
    pub sku: Option<String>,
    /// From this day on.
    pub from: Option<Date>,
    /// Until the day before this one.
    pub until: Option<Date>,
}

impl Discount {
    fn holds(&self, place: &Place, service: Service, family: &str, sku: &str, today: Date) -> bool {
        self.provider.is_none_or(|p| p == place.provider)
            && self.service.is_none_or(|s| s == service)
            && self.family.as_deref().is_none_or(|f| f == family)
            && self.sku.as_deref().is_none_or(|s| s == sku)
            && self.from.is_none_or(|d| d <= today)
            && self.until.is_none_or(|d| today < d)
    }
    /// SKU before family before service before provider before everything.
    fn specificity(&self) -> [bool; 4] {
        [self.sku.is_some(), self.family.is_some(), self.service.is_some(), self.provider.is_some()]
    }
}

/// A machine price agreed in private, or a machine that is on no public list.
#[derive(Clone, Debug, PartialEq)]
pub struct PrivatePrice {
    /// Whose.
    pub provider: Provider,
    /// Where; everywhere if not stated.
    pub region: Option<String>,
    /// The machine. One that the tables lack must bring its hardware.
    pub sku: String,
    /// The way of paying that it is the price of.
    pub purchase: Purchase,
    /// An hour.
    pub hour: Money,
    /// The hardware of a machine that the tables lack.
    pub hardware: Option<Shape>,
}

/// So much is free in a month, once per account.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowance {
    /// On which path; only data has allowances so far.
    pub path: super::Path,
    /// How much.
    pub free: Data,
    /// Who says so.
    pub provenance: Provenance,
}

/// Everything a customer pays differently.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// The file's name, as source of its prices.
    pub name: String,
    /// Percentages off.
    pub discounts: Vec<Discount>,
    /// Private prices.
    pub prices: Vec<PrivatePrice>,
    /// Free allowances, instead of the table's for the same path.
    pub allowances: Vec<(Provider, Allowance)>,
}

impl Overlay {
    fn off(&self, place: &Place, service: Service, family: &str, sku: &str, today: Date) -> Share {
        self.discounts
            .iter()
            .filter(|d| d.holds(place, service, family, sku, today))
            .max_by_key(|d| d.specificity())
            .map_or(Share::NONE, |d| d.off)
    }

    /// The catalog as this customer pays it on `today`.
    pub fn apply(&self, mut catalog: Catalog, today: Date) -> Catalog {
        let place = catalog.place.clone();
        self.set_private_prices(&mut catalog, today);
        for shape in &mut catalog.shapes {
            let off = self.off(&place, Service::Compute, &shape.family, &shape.name.0, today);
            if off > Share::NONE {
                Arc::make_mut(shape).discount = off;
            }
        }
        let block = |sku: &str| self.off(&place, Service::BlockStorage, "", sku, today);
        for volume in &mut catalog.volumes {
            let off = block(&volume.name);
            let pricing = match volume.pricing.clone() {
                VolumePricing::PerDisk(q) => VolumePricing::PerDisk(q.less(off)),
                VolumePricing::Provisioned { capacity, iops, throughput } => VolumePricing::Provisioned {
                    capacity: capacity.less(off),
                    iops: iops.map(|t| t.map(|q| q.less(off))),
                    throughput: throughput.map(|q| q.less(off)),
                },
            };
            volume.pricing = pricing;
        }
        catalog.snapshot = catalog.snapshot.map(|q| q.less(block("snapshot")));
        for class in &mut catalog.classes {
            let off = self.off(&place, Service::ObjectStorage, "", &class.name, today);
            class.storage = class.storage.clone().map(|q| q.less(off));
            cut(&mut class.read, off);
            cut(&mut class.write, off);
            cut(&mut class.transition, off);
            cut(&mut class.retrieval, off);
            cut(&mut class.monitoring, off);
        }
        let network = |sku: &str| self.off(&place, Service::Network, "", sku, today);
        let transfer = &mut catalog.transfer;
        for (_, tiers) in &mut transfer.data {
            *tiers = tiers.clone().map(|q| {
                let off = network(&q.sku);
                q.less(off)
            });
        }
        for hour in [
            &mut transfer.nat_hour,
            &mut transfer.balancer_hour,
            &mut transfer.balancer_capacity_hour,
            &mut transfer.ipv4_hour,
        ] {
            let off = hour.as_ref().map_or(Share::NONE, |q| network(&q.sku));
            cut(hour, off);
        }
        let off = transfer.cdn_request.as_ref().map_or(Share::NONE, |q| network(&q.sku));
        cut(&mut transfer.cdn_request, off);
        for database in &mut catalog.databases {
            let machine = &database.machine;
            let off = self.off(&place, Service::Database, &machine.family, &machine.name.0, today);
            if off > Share::NONE {
                Arc::make_mut(&mut database.machine).discount = off;
            }
        }
        for node in &mut catalog.nodes {
            let off = self.off(&place, Service::Database, &node.machine.family, &node.machine.name.0, today);
            if off > Share::NONE {
                Arc::make_mut(&mut node.machine).discount = off;
            }
        }
        for storage in &mut catalog.database_storage {
            let off = self.off(&place, Service::Database, "", &storage.capacity.sku, today);
            storage.capacity = storage.capacity.clone().less(off);
            cut(&mut storage.iops, off);
            cut(&mut storage.backup, off);
        }
        for (_, allowance) in self.allowances.iter().filter(|(p, _)| *p == place.provider) {
            catalog.allowances.retain(|a| a.path != allowance.path);
            let provenance = Provenance { as_of: today, ..allowance.provenance.clone() };
            catalog.allowances.push(Allowance { provenance, ..allowance.clone() });
        }
        catalog
    }

    fn set_private_prices(&self, catalog: &mut Catalog, today: Date) {
        let here = |p: &&PrivatePrice| {
            p.provider == catalog.place.provider && p.region.as_ref().is_none_or(|r| *r == catalog.place.region.0)
        };
        for private in self.prices.iter().filter(here) {
            let hour = Price::listed(private.hour, "hour").expect("machines are billed by the hour");
            let provenance = Provenance {
                table: self.name.as_str().into(),
                source: self.name.as_str().into(),
                as_of: today,
                derived: false,
                note: Some(Provenance::PRIVATE.into()),
            };
            let known = catalog.shapes.iter_mut().find(|s| s.name.0 == private.sku);
            match (known, &private.hardware) {
                (Some(shape), _) if private.purchase == Purchase::OnDemand => {
                    Arc::make_mut(shape).private = Some((private.hour, provenance));
                }
                // What is paid in another way is quoted beside the list price on demand, which stays.
                (Some(shape), _) => {
                    let offers = &mut Arc::make_mut(shape).offers;
                    offers.retain(|(way, ..)| *way != private.purchase);
                    offers.push((private.purchase, hour, provenance));
                }
                (None, Some(hardware)) => {
                    let offers = vec![(private.purchase, hour, provenance)];
                    catalog.shapes.push(Arc::new(Shape { offers, ..hardware.clone() }));
                }
                // The reader refuses a private price of an unknown machine without hardware; other regions may lack it.
                (None, None) => {}
            }
        }
    }
}

fn cut<Q: Billable>(quote: &mut Option<Quote<Q>>, off: Share) {
    *quote = quote.take().map(|q| q.less(off));
}

//! Disks, snapshots and objects.
use super::{Bill, Driver, Line, Unknown};
use crate::catalog::{Catalog, FirstByte, ManagedStorage, VolumePricing};
use crate::sizing::{NodeDisk, ObjectFit, VolumeFit};
use crate::units::{Data, Held, Span};
use crate::workload::ComponentName;

fn month() -> Span {
    Span::months(1.0)
}

/// The disks of `nodes` nodes.
pub fn node_disks(bill: &mut Bill, component: &ComponentName, catalog: &Catalog, disk: &NodeDisk, nodes: u32) {
    let NodeDisk::Volume(fit) = disk else { return };
    let Some(volume) = catalog.volumes.iter().find(|v| v.name == fit.volume) else { return };
    let n = f64::from(nodes);
    match &volume.pricing {
        VolumePricing::PerDisk(price) => {
            let disks = month() * (n * f64::from(fit.count));
            bill.add(Line::of(component, Driver::DiskCapacity, price, disks));
        }
        VolumePricing::Provisioned { capacity, iops, throughput } => {
            bill.add(Line::of(component, Driver::DiskCapacity, capacity, Held::new(fit.size * n, month())));
            if let Some(price) = iops {
                // Tiers count for each volume by itself.
                let volumes = n * f64::from(fit.count);
                let each = Held::new(fit.extra_iops / f64::from(fit.count), month());
                let units = price.first().list.units_in(each);
                for (tier, part) in price.split(units).priced {
                    let all = super::bill::part(part, crate::units::Factor::of(volumes));
                    let line = Line::of_units(component, Driver::DiskIops, &tier.quote, all);
                    bill.add(line.map(|l| l.in_tier(super::bill::tier_name(price, tier))));
                }
            }
            if let Some(price) = throughput {
                let extra = Held::new(fit.extra_throughput * n, month());
                bill.add(Line::of(component, Driver::DiskThroughput, price, extra));
            }
        }
    }
}

/// The storage of a managed database.
pub fn managed_storage(bill: &mut Bill, component: &ComponentName, offer: &ManagedStorage, fit: &VolumeFit) {
    bill.add(Line::of(component, Driver::DiskCapacity, &offer.capacity, Held::new(fit.size, month())));
    if let Some(price) = &offer.iops {
        bill.add(Line::of(component, Driver::DiskIops, price, Held::new(fit.extra_iops, month())));
    }
}

/// Snapshots of so much data. A managed database keeps as much as it stores for free.
pub fn snapshots(
    bill: &mut Bill,
    component: &ComponentName,
    catalog: &Catalog,
    managed: Option<&ManagedStorage>,
    kept: Data,
) {
    if kept.as_bytes() == 0.0 {
        return;
    }
    let price = managed.map_or(catalog.snapshot.as_ref(), |m| m.backup.as_ref());
    match price {
        Some(price) => bill.add(Line::of(component, Driver::Backup, price, Held::new(kept, month()))),
        None => bill.unknown.push(Unknown {
            component: component.clone(),
            driver: Driver::Backup,
            quantity: format!("{kept} kept"),
            why: format!("no price for snapshots in {}", catalog.place),
        }),
    }
}

/// Objects in their class.
pub fn objects(bill: &mut Bill, component: &ComponentName, catalog: &Catalog, fit: &ObjectFit) {
    let class = &fit.class;
    let units = class.storage.first().list.units_in(Held::new(fit.charged, month()));
    bill.add_tiers(component, Driver::ObjectStorage, &class.storage, units);
    let requests = [(&class.read, fit.reads, "reads"), (&class.write, fit.writes, "writes")];
    for (price, count, what) in requests {
        match price {
            Some(price) => bill.add(Line::of(component, Driver::Requests, price, count)),
            None if count.get() > 0.0 => bill.unknown.push(Unknown {
                component: component.clone(),
                driver: Driver::Requests,
                quantity: format!("{count} {what}"),
                why: format!("no request price for {} in {}", class.name, catalog.place),
            }),
            None => {}
        }
    }
    match &class.retrieval {
        Some(price) => bill.add(Line::of(component, Driver::Retrieval, price, fit.retrieved)),
        None if class.charges_retrieval && fit.retrieved.as_bytes() > 0.0 => bill.unknown.push(Unknown {
            component: component.clone(),
            driver: Driver::Retrieval,
            quantity: format!("{} read back", fit.retrieved),
            why: format!("no retrieval price for {} in {}", class.name, catalog.place),
        }),
        None => {}
    }
    if class.first_byte == FirstByte::Hours && fit.reads.get() > 0.0 {
        bill.unknown.push(Unknown {
            component: component.clone(),
            driver: Driver::Requests,
            quantity: format!("{} restores", fit.reads),
            why: format!("reads of {} are restored first, and restores are not priced here", class.name),
        });
    }
    if let Some(price) = &class.monitoring {
        bill.add(Line::of(component, Driver::Requests, price, fit.monitored));
    }
}

//! Managed services: of the table `managed` the rows of PostgreSQL and MySQL, of cache nodes, and of Kafka's brokers.
use super::quotes::Quotes;
use super::rows::{Column, Row, Sheet};
use super::{PriceError, Tables};
use plimsoll::catalog::{ManagedDatabase, ManagedNode, ManagedStorage, Place, Purchase, Quote, Shape, ShapeName};
use plimsoll::units::{Compute, Data, Held, Rate, Share, Span};
use std::collections::HashMap;
use std::sync::Arc;

/// What a region's table has of them.
#[derive(Default)]
pub(super) struct Managed {
    pub(super) databases: Vec<ManagedDatabase>,
    pub(super) nodes: Vec<ManagedNode>,
    pub(super) storage: Vec<ManagedStorage>,
}

/// The databases of a region, its cache nodes and brokers, and their storage.
///
/// A database runs on a machine of the region under another name and price: `db.m6g.large` is an `m6g.large`. One
/// whose machine the region's table lacks is left out: nothing would be known about it but its price.
pub(super) fn managed(place: &Place, tables: Tables<'_>, shapes: &[Arc<Shape>]) -> Result<Managed, PriceError> {
    let Some(sheet) = Sheet::find(tables, place.provider.name(), &place.region.0, "managed")? else {
        return Ok(Managed::default());
    };
    let [service, engine, deployment, component] = sheet.columns(["service", "engine", "deployment", "component"])?;
    let machine = MachineColumns::in_sheet(&sheet)?;
    let mut quotes = Quotes::in_sheet(&sheet)?;
    let by_name: HashMap<&str, &Arc<Shape>> = shapes.iter().map(|shape| (shape.name.0.as_str(), shape)).collect();
    let (mut databases, mut nodes) = (Vec::new(), Vec::new());
    let mut parts: Vec<StoragePart> = Vec::new();
    sheet.each(|row| {
        let service = row.need(service)?;
        if !matches!(service, "rds" | "cloud-sql" | "postgresql-flexible" | "mysql-flexible" | "elasticache" | "msk") {
            return Ok(());
        }
        let deployment = row.text(deployment);
        match row.text(component) {
            "instance" if matches!(service, "elasticache" | "msk") => {
                let Some(machine) = machine.read(row, &by_name, &mut quotes)? else { return Ok(()) };
                nodes.push(ManagedNode { service: service.into(), engine: row.text(engine).into(), machine });
            }
            "RunVolume GP2" => {
                let capacity = quotes.quote(row, "msk storage", "")?;
                parts.push(StoragePart::Capacity(service.into(), String::new(), capacity));
            }
            "instance" => {
                let Some(shape) = machine.read(row, &by_name, &mut quotes)? else { return Ok(()) };
                for engine in row.text(engine).split('/').filter(|e| matches!(*e, "postgresql" | "mysql")) {
                    databases.push(ManagedDatabase {
                        service: service.into(),
                        engine: engine.into(),
                        deployment: deployment.into(),
                        machine: Arc::clone(&shape),
                    });
                }
            }
            "storage-gp3" | "storage-ssd" | "storage" => {
                let sku = format!("{service} {}", row.text(component));
                // The flexible servers have one price of storage, and one deployment.
                let deployment = if deployment.is_empty() { "single" } else { deployment };
                let capacity = quotes.quote(row, &sku, "")?;
                parts.push(StoragePart::Capacity(service.into(), deployment.into(), capacity));
            }
            "iops-gp3" => {
                let iops = quotes.quote(row, &format!("{service} iops-gp3"), "")?;
                parts.push(StoragePart::Iops(service.into(), deployment.into(), iops));
            }
            "backup" => {
                parts.push(StoragePart::Backup(service.into(), quotes.quote(row, &format!("{service} backup"), "")?));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(Managed { databases, nodes, storage: joined(&parts) })
}

/// A price of one component of a service's storage.
enum StoragePart {
    Capacity(String, String, Quote<Held<Data>>),
    Iops(String, String, Quote<Held<Rate>>),
    Backup(String, Quote<Held<Data>>),
}

/// One storage for each service and deployment whose capacity has a price. A backup costs the same for all deployments.
fn joined(parts: &[StoragePart]) -> Vec<ManagedStorage> {
    let capacities = parts.iter().filter_map(|part| match part {
        StoragePart::Capacity(service, deployment, capacity) => Some((service, deployment, capacity)),
        _ => None,
    });
    capacities
        .map(|(service, deployment, capacity)| ManagedStorage {
            service: service.clone(),
            deployment: deployment.clone(),
            capacity: capacity.clone(),
            iops: parts.iter().find_map(|part| match part {
                StoragePart::Iops(of, at, iops) if of == service && at == deployment => Some(iops.clone()),
                _ => None,
            }),
            backup: parts.iter().find_map(|part| match part {
                StoragePart::Backup(of, backup) if of == service => Some(backup.clone()),
                _ => None,
            }),
        })
        .collect()
}

struct MachineColumns {
    sku: Column,
    vcpu: Column,
    memory: Column,
}

impl MachineColumns {
    fn in_sheet(sheet: &Sheet<'_>) -> Result<Self, PriceError> {
        let [sku, vcpu, memory] = sheet.columns(["sku", "vcpu", "memory_gib"])?;
        Ok(Self { sku, vcpu, memory })
    }

    /// The machine below a database, with the database's price; none where the region's machines do not include it.
    fn read(
        &self,
        row: Row<'_>,
        machines: &HashMap<&str, &Arc<Shape>>,
        quotes: &mut Quotes,
    ) -> Result<Option<Arc<Shape>>, PriceError> {
        let sku = row.need(self.sku)?;
        let Some(below) = machines.get(machine_name(sku)) else { return Ok(None) };
        let hour: Quote<Span> = quotes.quote(row, sku, "")?;
        Ok(Some(Arc::new(Shape {
            name: ShapeName(sku.into()),
            family: below.family.clone(),
            category: below.category.clone(),
            architecture: below.architecture,
            vcpus: row.number(self.vcpu)?.map_or(below.vcpus, Compute::vcpus),
            speed: below.speed.clone(),
            power: below.power.clone(),
            memory: row.number(self.memory)?.map_or(below.memory, Data::gib),
            burstable: below.burstable,
            accelerators: below.accelerators,
            network: below.network,
            remote_disk: below.remote_disk,
            local_disk: below.local_disk,
            offers: vec![(Purchase::OnDemand, hour.list, hour.provenance)],
            sustained_use: None,
            taken_in_month: None,
            private: None,
            discount: Share::NONE,
            hardware_source: below.hardware_source.clone(),
            complete: below.complete,
        })))
    }
}

/// The machine that a database's name speaks of: `db.m6g.large`, `db-n1-standard-4`, `GP_Standard_D4s_v3` and
/// `cache.m7g.large` say it.
fn machine_name(sku: &str) -> &str {
    ["db.", "db-", "GP_", "MO_", "B_", "cache.", "kafka."]
        .iter()
        .find_map(|prefix| sku.strip_prefix(prefix))
        .unwrap_or(sku)
}

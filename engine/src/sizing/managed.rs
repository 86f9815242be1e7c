//! The provider's managed database instead of one's own.
use super::fleet::admit;
use super::volume::VolumeFit;
use super::{Exclusion, Fleet, Refusal, StoreBurden, Terms, at_count};
use crate::catalog::{Catalog, ManagedDatabase, ManagedStorage};
use crate::units::{Data, DataRate, Held, Money, Rate, Share, Span};
use crate::workload::{StoreEngine, Survive};
use std::sync::Arc;

/// A managed database of one size.
#[derive(Clone, Debug, PartialEq)]
pub struct ManagedFleet {
    /// `rds`, `cloud-sql`.
    pub service: String,
    /// `postgresql`, `mysql`.
    pub engine: String,
    /// `multi-az`.
    pub deployment: String,
    /// The one machine that answers, as the models see it.
    pub fleet: Fleet,
    /// Its storage, in the shape of a volume.
    pub storage: VolumeFit,
}

/// Operations that come with managed general-purpose storage: 3,000, as RDS states for gp3 volumes below 400 GiB. Larger
/// ones include more; the smaller number is taken for all.
const INCLUDED_IOPS: Rate = Rate::per_second(3000.0);
/// The largest storage of one managed database: 64 TiB for RDS (its user guide) and Cloud SQL.
const MOST_STORAGE: Data = Data::tib(64.0);

/// Every managed database that could carry the store, with why the others cannot.
pub fn managed_options(
    burden: &StoreBurden<'_>,
    catalog: &Catalog,
    terms: &Terms,
) -> Vec<(String, Result<ManagedFleet, Refusal>)> {
    if burden.store.replicas.is_some_and(|copies| copies > 2) {
        return Vec::new(); // a managed database is one machine, or one and its standby
    }
    catalog
        .databases
        .iter()
        .filter(|db| runs(db, burden.store.engine))
        .filter(|db| (terms.survive == Survive::None) != db.has_standby())
        .map(|db| (option_name(db), fit(burden, catalog, terms, db)))
        .collect()
}

/// Whether a database is of the engine that a store asks for.
pub(crate) fn runs(db: &ManagedDatabase, engine: StoreEngine) -> bool {
    let wanted = match engine {
        StoreEngine::Postgres => "postgresql",
        StoreEngine::Mysql => "mysql",
        StoreEngine::Partitioned => return false,
    };
    db.engine.split('/').any(|e| e == wanted)
}

/// `rds multi-az db.m6g.large`.
pub(crate) fn option_name(db: &ManagedDatabase) -> String {
    format!("{} {} {}", db.service, db.deployment, db.machine.name)
}

/// One database, if it carries the store.
fn fit(
    burden: &StoreBurden<'_>,
    catalog: &Catalog,
    terms: &Terms,
    db: &ManagedDatabase,
) -> Result<ManagedFleet, Refusal> {
    if terms.survive != Survive::None && !db.has_standby() {
        let count = |n: f64| super::Measure::Count(crate::units::Factor::of(n));
        let (needs, has, whole) = (count(2.0), count(1.0), count(1.0));
        return Err(Refusal::TooSmall { resource: super::Resource::Spare, needs, has, whole, among: None });
    }
    let purchase = admit(&db.machine, &burden.store.architectures, false, false, &[])?;
    // The standby takes over whole: the one machine that answers is the state after the loss as well.
    let alone = StoreBurden { copies: 1, ..burden.clone() };
    let up = terms.availability.map(|(promised, up)| {
        let down = up.rest().as_part();
        (promised, if db.has_standby() { Share::of_one(1.0 - down * down) } else { up })
    });
    let single = Terms { survive: Survive::None, zones: 1, step: 1, availability: None, ..terms.clone() };
    let fleet = at_count(&alone, &db.machine, purchase, &single, 1)?;
    if let Some((promised, up)) = up.filter(|(promised, up)| up < promised) {
        return Err(Refusal::TooSmall {
            resource: super::Resource::Availability,
            needs: super::Measure::Share(promised),
            has: super::Measure::Share(up),
            whole: super::Measure::Share(up),
            among: None,
        });
    }
    let storage = storage(burden, catalog, db).ok_or(Refusal::Excluded(Exclusion::NoVolume))?;
    if storage.size > MOST_STORAGE {
        let (needs, has) = (super::Measure::Data(storage.size), super::Measure::Data(MOST_STORAGE));
        return Err(Refusal::TooSmall { resource: super::Resource::DiskCapacity, needs, has, whole: has, among: None });
    }
    let fleet = Fleet { shape: Arc::clone(&db.machine), ..fleet };
    Ok(ManagedFleet {
        service: db.service.clone(),
        engine: db.engine.clone(),
        deployment: db.deployment.clone(),
        fleet,
        storage,
    })
}

/// The database that a fleet is, if it still carries the store.
pub(crate) fn managed_again(
    burden: &StoreBurden<'_>,
    catalog: &Catalog,
    terms: &Terms,
    managed: &ManagedFleet,
) -> Result<ManagedFleet, Refusal> {
    let same = |db: &&ManagedDatabase| {
        db.service == managed.service
            && db.engine == managed.engine
            && db.deployment == managed.deployment
            && db.machine.name == managed.fleet.shape.name
    };
    let db = catalog.databases.iter().find(same).expect("a fleet is made from the catalog it is asked of");
    fit(burden, catalog, terms, db)
}

/// A managed database with nothing asked of it; `None` where its storage has no price.
pub(crate) fn managed_as_given(
    burden: &StoreBurden<'_>,
    catalog: &Catalog,
    db: &ManagedDatabase,
) -> Option<ManagedFleet> {
    let alone = StoreBurden { copies: 1, ..burden.clone() };
    let terms = Terms {
        survive: Survive::None,
        zones: 1,
        budget: super::LatencyBudget::default(),
        max_utilization: Share::ALL,
        availability: None,
        step: 1,
    };
    let fleet = super::as_given(&alone, &db.machine, crate::catalog::Purchase::OnDemand, &terms, 1);
    let storage = storage(burden, catalog, db)?;
    Some(ManagedFleet {
        service: db.service.clone(),
        engine: db.engine.clone(),
        deployment: db.deployment.clone(),
        fleet,
        storage,
    })
}

/// The storage offer that belongs to a database.
pub(crate) fn storage_offer<'c>(catalog: &'c Catalog, service: &str, deployment: &str) -> Option<&'c ManagedStorage> {
    let of_service = || catalog.database_storage.iter().filter(move |s| s.service == service);
    of_service().find(|s| s.deployment == deployment).or_else(|| of_service().find(|s| s.deployment.is_empty()))
}

fn storage(burden: &StoreBurden<'_>, catalog: &Catalog, db: &ManagedDatabase) -> Option<VolumeFit> {
    let offer = storage_offer(catalog, &db.service, &db.deployment)?;
    let need = burden.disk_need(super::Spread::calm(1));
    let size = Data::gib(need.size.as_gib().ceil().max(20.0));
    let extra = if offer.iops.is_some() { need.iops.less(INCLUDED_IOPS) } else { Rate::ZERO };
    let month = Span::months(1.0);
    let room = offer.capacity.effective * Held::new(size, month);
    let operations = offer.iops.as_ref().map_or(Money::ZERO, |p| p.effective * Held::new(extra, month));
    let mut unchecked = vec!["throughput"];
    if offer.iops.is_none() && need.iops > INCLUDED_IOPS {
        unchecked.push("IOPS");
    }
    Some(VolumeFit {
        volume: offer.capacity.sku.clone(),
        count: 1,
        size,
        extra_iops: extra,
        extra_throughput: DataRate::ZERO,
        month: room + operations,
        unchecked,
    })
}

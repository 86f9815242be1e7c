//! Which class of object storage keeps the objects.
use super::{Exclusion, Refusal};
use crate::catalog::{Catalog, FirstByte, ObjectClass};
use crate::units::{Amount, Count, Data, Held, Money, Quantity, Rate, Share, Span};
use crate::workload::{Object, Promises, Survive};

/// A class, and a month of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectFit {
    /// Which.
    pub class: ObjectClass,
    /// What is kept, as the class charges it: small objects and short lives rounded up.
    pub charged: Data,
    /// What is really kept.
    pub stored: Data,
    /// How many objects.
    pub objects: Count,
    /// How many of them are charged for being watched.
    pub monitored: Count,
    /// Reads in a month.
    pub reads: Count,
    /// Writes in a month.
    pub writes: Count,
    /// Data read in a month.
    pub retrieved: Data,
    /// The part of a month's bill whose prices are known.
    pub month: Money,
    /// Charges that apply but have no price in the tables.
    pub unknown: Vec<&'static str>,
}

/// S3 Intelligent-Tiering neither watches nor charges for smaller objects (its user guide).
const SMALLEST_MONITORED: Data = Data::kib(128.0);

/// Every class, cheapest first among those whose charges are all known, with why the others will not do.
pub fn object_options(
    object: &Object,
    catalog: &Catalog,
    stored: Data,
    billing: Rate,
    demand_reads: Share,
    promises: &Promises,
) -> Vec<(String, Result<ObjectFit, Refusal>)> {
    let mut options: Vec<(String, Result<ObjectFit, Refusal>)> = catalog
        .classes
        .iter()
        .map(|class| (class.name.clone(), fit(object, class, stored, billing, demand_reads, promises)))
        .collect();
    options.sort_by(|(_, a), (_, b)| {
        let order = |fit: &Result<ObjectFit, Refusal>| fit.as_ref().ok().map(|f| (f.unknown.len(), f.month));
        match (order(a), order(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        }
    });
    options
}

fn fit(
    object: &Object,
    class: &ObjectClass,
    stored: Data,
    billing: Rate,
    demand_reads: Share,
    promises: &Promises,
) -> Result<ObjectFit, Refusal> {
    match &object.class {
        Some(asked) if *asked != class.name => {
            return Err(Refusal::Excluded(Exclusion::NotAsked(format!("class {asked}"))));
        }
        // A class that is asked for may be slow, but not where a promise waits for it.
        asked if class.first_byte != FirstByte::Milliseconds && (asked.is_none() || !promises.latency.is_empty()) => {
            return Err(Refusal::Excluded(Exclusion::SlowFirstByte(class.first_byte)));
        }
        None if promises.survive == Survive::Zone && matches!(class.redundancy.as_str(), "1az" | "lrs") => {
            return Err(Refusal::Excluded(Exclusion::OneZone));
        }
        _ => {}
    }
    let month = Span::months(1.0);
    let all = billing.events_in(month);
    let reads = demand_reads.of(all);
    let writes = demand_reads.rest().of(all);
    let size = object.object_size.mid().max(Data::bytes(1.0));
    let objects = Count::of(stored / size);
    let rounded_up = size.max(class.min_object) / size;
    let kept_for =
        object.lifetime.map_or(1.0, |life| if life.is_zero() { 1.0 } else { (class.min_duration / life).max(1.0) });
    let charged = stored * (rounded_up * kept_for);
    let retrieved = object.bytes_per_read.mid() * reads.get();
    let mut bill = Tally::default();
    bill.storage(class, charged);
    bill.add("read requests", class.read.as_ref().map(|p| p.effective * reads), reads.is_zero());
    bill.add("write requests", class.write.as_ref().map(|p| p.effective * writes), writes.is_zero());
    let free_to_read = !class.charges_retrieval || retrieved.is_zero();
    bill.add("data read back", class.retrieval.as_ref().map(|p| p.effective * retrieved), free_to_read);
    let monitored = if size < SMALLEST_MONITORED { Count::ZERO } else { objects };
    if let Some(price) = &class.monitoring {
        bill.month += price.effective * monitored;
    }
    Ok(ObjectFit {
        class: class.clone(),
        charged,
        stored,
        objects,
        monitored,
        reads,
        writes,
        retrieved,
        month: bill.month,
        unknown: bill.unknown,
    })
}

#[derive(Default)]
struct Tally {
    month: Money,
    unknown: Vec<&'static str>,
}

impl Tally {
    fn storage(&mut self, class: &ObjectClass, charged: Data) {
        let units: Amount = class.storage.first().list.units_in(Held::new(charged, Span::months(1.0)));
        self.add("data kept", class.storage.effective(units), false);
    }
    fn add(&mut self, what: &'static str, amount: Option<Money>, nothing_to_charge: bool) {
        match amount {
            Some(amount) => self.month += amount,
            None if nothing_to_charge => {}
            None => self.unknown.push(what),
        }
    }
}

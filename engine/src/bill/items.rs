//! What a bill charges for, item by item over all its periods, to be laid beside another bill.
use super::charges::{Charges, text};
use super::drivers::parsed;
use super::key::{Currency, Names};
use super::split::Used;
use std::collections::BTreeMap;

/// One item in one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Charged {
    /// The values of the asked columns, in words.
    pub(crate) key: String,
    pub(crate) currency: Currency,
    /// What is priced; empty where the bill does not say.
    pub(crate) item: String,
    /// The unit of its quantity.
    pub(crate) unit: String,
    pub(crate) used: Used,
}

/// All items, in the order of their words. None where there were too many to follow.
pub(crate) fn items(charges: &Charges) -> Option<Vec<Charged>> {
    let names = Names::of(charges);
    let mut all: BTreeMap<(u32, String, String), Used> = BTreeMap::new();
    for (followed, _, change) in charges.changes()? {
        let (word, unit, _) = parsed(charges.items.word(followed.item).as_bytes());
        let used = all.entry((names.rank(followed.key), text(word), text(unit))).or_default();
        used.cost += change.cost;
        if change.has_quantity {
            used.quantity = Some(used.quantity.unwrap_or_default() + change.quantity);
        }
    }
    let charged = |((rank, item, unit), used)| {
        let (currency, key) = names.at(rank);
        Charged { key: key.to_string(), currency: currency.clone(), item, unit, used }
    };
    Some(all.into_iter().map(charged).collect())
}

//! What is on offer in each place by the shipped tables, read once for as long as somebody keeps it.
use crate::files::sha256;
use plimsoll::catalog::{Catalog, Place};
use plimsoll::report::PriceTable;
use plimsoll_ingest::prices::{self, PlaceFacts, PriceError, Tables};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The catalogs that were read so far.
#[derive(Debug, Default)]
pub struct Catalogs {
    facts: OnceLock<Vec<PlaceFacts>>,
    known: Mutex<BTreeMap<Place, Arc<Listed>>>,
}

/// What is on offer in a place, and which tables say so.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) catalog: Catalog,
    pub(crate) tables: Vec<PriceTable>,
}

/// The shipped tables.
fn tables() -> Tables<'static> {
    Tables { find: &|provider, region, name| plimsoll_prices::find(provider, region, name).map(|t| t.text) }
}

impl Catalogs {
    /// The regions that have prices, each after its provider.
    pub fn regions(&self) -> Vec<(&'static str, String)> {
        let places = self.places().unwrap_or_default();
        places.iter().map(|facts| (facts.place.provider.name(), facts.place.region.0.clone())).collect()
    }
    /// Every place that has prices.
    pub(crate) fn places(&self) -> Result<&[PlaceFacts], PriceError> {
        if self.facts.get().is_none() {
            // Whoever comes second finds the same.
            let _ = self.facts.set(prices::places(tables())?);
        }
        Ok(self.facts.get().map_or(&[], Vec::as_slice))
    }
    /// What is on offer in a place.
    pub(crate) fn of(&self, place: &Place) -> Result<Arc<Listed>, PriceError> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(listed) = known().get(place) {
            return Ok(Arc::clone(listed));
        }
        let catalog = prices::catalog(place, tables())?;
        let tables = prices::tables_of(place, tables()).into_iter().map(|table| PriceTable {
            table: table.path(),
            as_of: table.newest_as_of().unwrap_or("undated").to_owned(),
            sha256: sha256(table.text.as_bytes()),
        });
        let listed = Arc::new(Listed { catalog, tables: tables.collect() });
        known().insert(place.clone(), Arc::clone(&listed));
        Ok(listed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::catalog::{Provider, Region};

    #[test]
    fn a_place_is_read_once_and_a_place_without_prices_never() {
        let catalogs = Catalogs::default();
        let place = |region: &str| Place { provider: Provider::Aws, region: Region(region.into()) };
        let first = catalogs.of(&place("us-east-1")).unwrap();
        assert!(Arc::ptr_eq(&first, &catalogs.of(&place("us-east-1")).unwrap()));
        assert!(!first.catalog.shapes.is_empty() && first.tables.iter().all(|table| table.sha256.len() == 64));
        assert!(catalogs.of(&place("us-est-1")).is_err());
        assert!(catalogs.places().unwrap().len() > 20);
    }
}

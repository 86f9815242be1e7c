//! Where the tables come from, and which of them make a catalog.
use super::PriceError;
use plimsoll::catalog::Place;
use std::fmt;

/// A way to find the text of a price table.
#[derive(Clone, Copy)]
pub struct Tables<'t> {
    /// The table of a provider, a region and a name: `("aws", "us-east-1", "compute")`. The region is `any` for what
    /// holds everywhere, `edge` for the delivery network; both are empty for `places` and `speed`.
    pub find: &'t (dyn Fn(&str, &str, &str) -> Option<&'t str> + Sync),
}

impl fmt::Debug for Tables<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tables")
    }
}

impl<'t> Tables<'t> {
    /// A table that may be absent.
    pub(super) fn get(self, provider: &str, region: &str, name: &str) -> Option<&'t str> {
        (self.find)(provider, region, name)
    }
    /// A table that has to be there.
    pub(super) fn need(self, provider: &str, region: &str, name: &str) -> Result<&'t str, PriceError> {
        self.get(provider, region, name).ok_or_else(|| PriceError::NoTable { table: path(provider, region, name) })
    }
}

/// `aws/us-east-1/compute`, `speed`.
pub(super) fn path(provider: &str, region: &str, name: &str) -> String {
    [provider, region, name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

/// A table that a catalog is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo<'t> {
    path: String,
    /// The whole text: what a digest is taken of.
    pub text: &'t str,
}

impl TableInfo<'_> {
    /// `aws/us-east-1/compute`, as in the provenance of its prices.
    pub fn path(&self) -> String {
        self.path.clone()
    }
    /// The date of its newest fact, as `2026-07-20`; none for a table without dates.
    pub fn newest_as_of(&self) -> Option<&str> {
        let mut lines = self.text.lines();
        let dated: Vec<bool> = lines.next()?.split(',').map(|column| column.ends_with("as_of")).collect();
        let cells = |line| str::split(line, ',').zip(&dated).filter(|(_, dated)| **dated).map(|(cell, _)| cell);
        // Dates as the tables write them sort by text; `undated` does not count.
        lines.flat_map(cells).flat_map(|cell| cell.split('|')).filter(|date| date.starts_with('2')).max()
    }
}

/// The tables that the catalog of a place is read from, in the order of reading. Absent ones are left out.
pub fn tables_of<'t>(place: &Place, tables: Tables<'t>) -> Vec<TableInfo<'t>> {
    let (provider, region) = (place.provider.name(), place.region.0.as_str());
    let all = [
        ("", "", "places"),
        (provider, region, "compute"),
        ("", "", "speed"),
        ("", "", "machine_power"),
        ("", "", "grid"),
        (provider, region, "block_storage"),
        (provider, "any", "block_storage"),
        (provider, region, "object_storage"),
        (provider, region, "network"),
        (provider, "any", "network"),
        (provider, "edge", "network"),
        (provider, region, "managed"),
        (provider, "any", "allowances"),
    ];
    let found = all.into_iter().filter_map(|(provider, region, name)| {
        Some(TableInfo { path: path(provider, region, name), text: tables.get(provider, region, name)? })
    });
    found.collect()
}

//! Public list prices and machine facts of AWS, Azure and Google Cloud, as tables of text.
//!
//! The tables are CSV with a header, LF, and never a quote; an unknown cell is empty, and a `0` is a stated zero. Every
//! row names its source and its date, and `SOURCES.md` beside this crate says what the sources are, which units the
//! columns have and what is missing. Nothing is parsed here: a table is text until somebody reads it.
//!
//! ```
//! let table = plimsoll_prices::find("aws", "us-east-1", "compute").expect("a table of this crate");
//! assert!(table.text.starts_with("shape,family,category,arch,vcpu,memory_gib,"));
//! assert_eq!(table.path(), "aws/us-east-1/compute");
//! ```

/// One table as text, and its place.
///
/// `region` is `any` for prices that hold in every region of a provider, `edge` for those of its edge locations, and
/// empty for what is listed over regions (`power`, `carbon`). `provider` is empty for `places`, which spans the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// `aws`, `azure`, `gcp`, or empty.
    pub provider: &'static str,
    /// A region by the provider's name for it, `any`, `edge`, or empty.
    pub region: &'static str,
    /// What is listed: `compute`, `block_storage`, `object_storage`, `network`, `managed`, `commitments`, ...
    pub name: &'static str,
    /// The whole table: a line of column names, then the rows.
    pub text: &'static str,
}

/// Every table, in the order of provider, region and name.
pub fn tables() -> &'static [Table] {
    static TABLES: &[Table] = include!(concat!(env!("OUT_DIR"), "/tables.rs"));
    TABLES
}

/// The table at a place, if there is one.
pub fn find(provider: &str, region: &str, name: &str) -> Option<&'static Table> {
    let place = |table: &Table| (table.provider, table.region, table.name);
    tables().binary_search_by(|table| place(table).cmp(&(provider, region, name))).ok().map(|at| &tables()[at])
}

/// The regions of a provider that have machines to choose from, in alphabetical order; none for an unknown provider.
pub fn regions(provider: &str) -> Vec<&'static str> {
    tables()
        .iter()
        .filter(|table| table.provider == provider && table.name == "compute")
        .map(|table| table.region)
        .collect()
}

/// The providers that have tables.
pub fn providers() -> [&'static str; 3] {
    ["aws", "azure", "gcp"]
}

impl Table {
    /// The place as a path without its ending: `aws/us-east-1/compute`, `aws/power`, `places`.
    pub fn path(&self) -> String {
        [self.provider, self.region, self.name]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("/")
    }

    /// The date of the newest fact in the table, as `2026-07-30`.
    pub fn newest_as_of(&self) -> &'static str {
        self.dates().max().expect("tested below: no table is without a date")
    }

    /// The date of the oldest fact in the table: how far behind it may be.
    pub fn oldest_as_of(&self) -> &'static str {
        self.dates().min().expect("tested below: no table is without a date")
    }

    /// All dates of all rows, but what is said to be undated. ISO dates: alphabetical order is order in time.
    fn dates(&self) -> impl Iterator<Item = &'static str> {
        let mut lines = self.text.lines();
        let header = lines.next().unwrap_or_default();
        let dated: Vec<bool> = header.split(',').map(|column| column.ends_with("as_of")).collect();
        lines
            .flat_map(move |line| {
                line.split(',').zip(dated.clone()).filter_map(|(cell, dated)| dated.then_some(cell)).collect::<Vec<_>>()
            })
            .flat_map(|cell| cell.split('|'))
            .filter(|date| date.starts_with(|first: char| first.is_ascii_digit()))
    }
}

#[cfg(test)]
mod tests {
    use super::{find, providers, regions, tables};

    #[test]
    fn every_table_is_found_at_its_place_and_nothing_elsewhere() {
        for table in tables() {
            assert_eq!(find(table.provider, table.region, table.name), Some(table));
        }
        assert_eq!(find("aws", "us-east-1", "comput"), None);
        assert_eq!(find("", "", ""), None);
    }

    #[test]
    fn each_provider_has_eight_regions_with_machines() {
        for provider in providers() {
            assert_eq!(regions(provider).len(), 8, "{provider}");
        }
        assert_eq!(regions("gcp")[0], "asia-northeast1");
        assert!(regions("oci").is_empty());
    }

    #[test]
    fn a_path_leaves_out_what_a_table_spans() {
        assert_eq!(find("", "", "places").expect("spans the providers").path(), "places");
        assert_eq!(find("gcp", "", "carbon").expect("spans the regions").path(), "gcp/carbon");
        assert_eq!(find("aws", "edge", "network").expect("one place").path(), "aws/edge/network");
    }

    #[test]
    fn no_table_is_without_a_date() {
        assert!(tables().iter().all(|table| table.oldest_as_of() <= table.newest_as_of()));
    }

    #[test]
    fn the_dates_are_those_of_every_dated_column() {
        let machines = find("aws", "us-east-1", "compute").expect("a region of the crate");
        assert_eq!(machines.newest_as_of(), "2026-07-20", "the on-demand prices");
        assert_eq!(machines.oldest_as_of(), "2023-08-30", "the commitments paid upfront");
    }
}

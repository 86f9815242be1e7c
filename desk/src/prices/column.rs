//! The columns of a list of machines: what they are called in a filter, over a table, and in exact data.
use super::paid::Paid;
use plimsoll::catalog::{Payment, Purchase, Term};
use plimsoll::report;

/// The columns of a list of machines, by their names in filters and flags.
pub fn names() -> Vec<&'static str> {
    Column::ALL.map(Column::name).to_vec()
}

/// Something that is known about a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Shape,
    Provider,
    Region,
    Family,
    Category,
    Arch,
    Vcpu,
    MemoryGib,
    NetworkGbps,
    LocalDiskGb,
    Iops,
    Speed,
    /// The published price on demand, where what is paid may be another.
    List,
    Price(Purchase),
    UsdPerVcpu,
    UsdPerGib,
    Complete,
    AsOf,
}

const Y1: Purchase = Purchase::Committed(Term::OneYear, Payment::NoUpfront);
const Y1_UPFRONT: Purchase = Purchase::Committed(Term::OneYear, Payment::AllUpfront);
const Y3: Purchase = Purchase::Committed(Term::ThreeYears, Payment::NoUpfront);
const Y3_UPFRONT: Purchase = Purchase::Committed(Term::ThreeYears, Payment::AllUpfront);

impl Column {
    /// All of them, in the order of exact data.
    pub(super) const ALL: [Self; 23] = [
        Self::Shape,
        Self::Provider,
        Self::Region,
        Self::Family,
        Self::Category,
        Self::Arch,
        Self::Vcpu,
        Self::MemoryGib,
        Self::NetworkGbps,
        Self::LocalDiskGb,
        Self::Iops,
        Self::Speed,
        Self::List,
        Self::Price(Purchase::OnDemand),
        Self::Price(Y1),
        Self::Price(Y1_UPFRONT),
        Self::Price(Y3),
        Self::Price(Y3_UPFRONT),
        Self::Price(Purchase::Spot),
        Self::UsdPerVcpu,
        Self::UsdPerGib,
        Self::Complete,
        Self::AsOf,
    ];

    /// The columns of exact data: list prices have one of their own only beside what is paid.
    pub(super) fn exact_of(paid: &Paid<'_>) -> Vec<Self> {
        Self::ALL.into_iter().filter(|column| *column != Self::List || !paid.is_list()).collect()
    }

    /// The name in filters and flags; over a table; in exact data, where the unit ends it.
    const fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Shape => ("shape", "shape", "shape"),
            Self::Provider => ("provider", "provider", "provider"),
            Self::Region => ("region", "region", "region"),
            Self::Family => ("family", "family", "family"),
            Self::Category => ("category", "category", "category"),
            Self::Arch => ("arch", "arch", "arch"),
            Self::Vcpu => ("vcpu", "vCPU", "vcpu"),
            Self::MemoryGib => ("memory_gib", "GiB", "memory_gib"),
            Self::NetworkGbps => ("network_gbps", "Gbit/s", "network_gbps"),
            Self::LocalDiskGb => ("local_disk_gb", "disk GB", "local_disk_gb"),
            Self::Iops => ("iops", "IOPS", "disk_iops"),
            Self::Speed => ("speed", "speed", "speed"),
            Self::List => ("list", "list", "list_usd_per_hour"),
            Self::Price(Purchase::OnDemand) => ("on_demand", "$/hour", "on_demand_usd_per_hour"),
            Self::Price(Purchase::Committed(Term::OneYear, Payment::NoUpfront)) => {
                ("1y", "1y", "commit_1y_usd_per_hour")
            }
            Self::Price(Purchase::Committed(Term::OneYear, Payment::AllUpfront)) => {
                ("1y_upfront", "1y upfront", "commit_1y_upfront_usd_per_hour")
            }
            Self::Price(Purchase::Committed(Term::ThreeYears, Payment::NoUpfront)) => {
                ("3y", "3y", "commit_3y_usd_per_hour")
            }
            Self::Price(Purchase::Committed(Term::ThreeYears, Payment::AllUpfront)) => {
                ("3y_upfront", "3y upfront", "commit_3y_upfront_usd_per_hour")
            }
            Self::Price(Purchase::Spot) => ("spot", "spot", "spot_usd_per_hour"),
            Self::UsdPerVcpu => ("usd_per_vcpu", "$/vCPU", "usd_per_vcpu_hour"),
            Self::UsdPerGib => ("usd_per_gib", "$/GiB", "usd_per_gib_hour"),
            Self::Complete => ("complete", "complete", "complete"),
            Self::AsOf => ("as_of", "as of", "as_of"),
        }
    }

    /// The name in filters and flags.
    pub(super) const fn name(self) -> &'static str {
        self.names().0
    }

    /// Whether its values are words; else they are numbers.
    pub(super) const fn is_words(self) -> bool {
        matches!(
            self,
            Self::Shape
                | Self::Provider
                | Self::Region
                | Self::Family
                | Self::Category
                | Self::Arch
                | Self::Complete
                | Self::AsOf
        )
    }

    /// The words that it has, where they are few.
    pub(super) const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Provider => &["aws", "azure", "gcp"],
            Self::Arch => &["arm64", "x86_64"],
            Self::Complete => &["yes", "no"],
            Self::Category => &["general", "compute", "memory", "storage", "accelerated", "hpc", "other"],
            _ => &[],
        }
    }

    /// The head over values that people read.
    pub(super) const fn shown(self) -> report::Column {
        self.head(self.names().1)
    }

    /// The head over exact values.
    pub(super) const fn exact(self) -> report::Column {
        self.head(self.names().2)
    }

    const fn head(self, name: &'static str) -> report::Column {
        if self.is_words() { report::Column::words(name) } else { report::Column::numbers(name) }
    }

    /// The column of this name; else the name that comes nearest.
    pub(super) fn named(name: &str) -> Result<Self, &'static str> {
        let plain = name.to_lowercase().replace('-', "_");
        let by_name = |column: &Self| column.name() == plain || column.names().2 == plain;
        Self::ALL.into_iter().find(by_name).ok_or_else(|| match plain.as_str() {
            "price" | "cost" | "usd" => "on_demand",
            "cpu" | "cpus" | "cores" => "vcpu",
            "ram" => "memory_gib",
            "name" | "instance" | "type" | "machine" => "shape",
            _ => {
                let names = Self::ALL.into_iter().map(Self::name);
                // A name that begins with what was written is meant rather than one that is as long.
                let begins = |name: &str| !plain.is_empty() && name.starts_with(&plain);
                let distance = |name: &&str| (!begins(name), strsim::osa_distance(name, &plain));
                names.min_by_key(distance).expect("there are columns")
            }
        })
    }

    /// All names, for a message.
    pub(super) fn listed() -> String {
        Self::ALL.map(Self::name).join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::Column;

    #[test]
    fn a_column_is_found_by_each_of_its_names_and_by_nothing_else() {
        for column in Column::ALL {
            assert_eq!(Column::named(column.name()), Ok(column));
            assert_eq!(Column::named(&column.exact().name), Ok(column));
        }
        assert_eq!(Column::named("On-Demand").map(Column::name), Ok("on_demand"));
        let meant =
            [("mem", "memory_gib"), ("vcpus", "vcpu"), ("price", "on_demand"), ("sport", "spot"), ("1yr", "1y")];
        for (written, nearest) in meant {
            assert_eq!(Column::named(written), Err(nearest));
        }
    }
}

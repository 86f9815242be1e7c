//! Network disks.
use super::Quote;
use crate::units::{Data, DataRate, Factor, Held, Rate, Span};

/// How a kind of volume is charged.
#[derive(Clone, Debug, PartialEq)]
pub enum VolumePricing {
    /// By the size asked for, and by performance beyond what is included.
    Provisioned {
        /// Capacity.
        capacity: Quote<Held<Data>>,
        /// Operations beyond the included, by tiers where there are any.
        iops: Option<super::Tiered<Held<Rate>>>,
        /// Throughput beyond the included.
        throughput: Option<Quote<Held<DataRate>>>,
    },
    /// Whole disks of one size.
    PerDisk(Quote<Span>),
}

/// One kind of network disk in one region. A limit that no source states is `None`, and then is not checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Volume {
    /// The provider's name: `gp3`, `pd-ssd`, `premium-ssd-p30`.
    pub name: String,
    /// What it costs.
    pub pricing: VolumePricing,
    /// Operations included in the price of capacity.
    pub included_iops: Option<Rate>,
    /// Throughput included in the price of capacity.
    pub included_throughput: Option<DataRate>,
    /// Operations that come with each GiB, where they do (gp2, pd-ssd).
    pub iops_per_gib: Option<Factor>,
    /// The most operations that can be bought for each GiB, where there is such a ceiling (Ultra Disk).
    pub max_iops_per_gib: Option<Factor>,
    /// The most operations one volume can do.
    pub max_iops: Option<Rate>,
    /// The most throughput one volume can have.
    pub max_throughput: Option<DataRate>,
    /// The smallest volume.
    pub min_size: Option<Data>,
    /// The largest volume.
    pub max_size: Option<Data>,
    /// Whether it turns: hard disks are no home for a database.
    pub rotational: bool,
}

//! Databases that the provider runs.
use super::{Quote, Shape};
use crate::units::{Data, Held, Rate};
use std::sync::Arc;

/// One instance size of a managed database.
#[derive(Clone, Debug, PartialEq)]
pub struct ManagedDatabase {
    /// `rds`, `cloud-sql`, `postgresql-flexible`.
    pub service: String,
    /// `postgresql`, `mysql`.
    pub engine: String,
    /// `single-az`, `multi-az`, `zonal`, `regional`, `single`.
    pub deployment: String,
    /// The machine it runs on, under the managed service's name and price.
    pub machine: Arc<Shape>,
}

impl ManagedDatabase {
    /// Whether the price includes a standby in another zone that takes over.
    pub fn has_standby(&self) -> bool {
        has_standby(&self.deployment)
    }
}

/// Whether a deployment of this name has a standby in another zone that takes over.
pub(crate) fn has_standby(deployment: &str) -> bool {
    matches!(deployment, "multi-az" | "regional")
}

/// Storage of a managed database.
#[derive(Clone, Debug, PartialEq)]
pub struct ManagedStorage {
    /// The service it belongs to.
    pub service: String,
    /// The deployment it belongs to.
    pub deployment: String,
    /// Capacity.
    pub capacity: Quote<Held<Data>>,
    /// Operations beyond the included.
    pub iops: Option<Quote<Held<Rate>>>,
    /// Backup storage beyond the free allowance.
    pub backup: Option<Quote<Held<Data>>>,
}

/// A machine of another managed service: a cache node, a broker of a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct ManagedNode {
    /// `elasticache`, `msk`.
    pub service: String,
    /// `redis`, `valkey`, `memcached`, `kafka`.
    pub engine: String,
    /// The machine it runs on, under the managed service's name and price.
    pub machine: Arc<Shape>,
}

//! Everything on offer in one region.
use super::{
    Allowance, Grid, ManagedDatabase, ManagedNode, ManagedStorage, ObjectClass, Place, Quote, Shape, Transfer, Volume,
};
use crate::units::{Data, Held};
use std::sync::Arc;

/// A price or fact that the tables do not have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// What is missing: `price of cross-zone traffic`.
    pub what: String,
    /// What would make it known.
    pub cure: String,
}

/// Everything on offer in one region, in US dollars. A test catalog has five rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalog {
    /// Where.
    pub place: Place,
    /// Zones a customer can spread over.
    pub zones: u32,
    /// Machine sizes.
    pub shapes: Vec<Arc<Shape>>,
    /// Network disks.
    pub volumes: Vec<Volume>,
    /// Snapshot storage.
    pub snapshot: Option<Quote<Held<Data>>>,
    /// Object storage.
    pub classes: Vec<ObjectClass>,
    /// Data in motion.
    pub transfer: Transfer,
    /// Managed databases.
    pub databases: Vec<ManagedDatabase>,
    /// Storage of managed services.
    pub database_storage: Vec<ManagedStorage>,
    /// Nodes of managed caches and streams.
    pub nodes: Vec<ManagedNode>,
    /// What is free each month, once per account.
    pub allowances: Vec<Allowance>,
    /// The electricity here; none where no source tells.
    pub grid: Option<Grid>,
}

impl Catalog {
    /// An empty catalog of a place with three zones.
    pub fn empty(place: Place) -> Self {
        Self {
            place,
            zones: 3,
            shapes: Vec::new(),
            volumes: Vec::new(),
            snapshot: None,
            classes: Vec::new(),
            transfer: Transfer::default(),
            databases: Vec::new(),
            database_storage: Vec::new(),
            nodes: Vec::new(),
            allowances: Vec::new(),
            grid: None,
        }
    }
    /// The shape of this name.
    pub fn shape(&self, name: &str) -> Option<&Arc<Shape>> {
        self.shapes.iter().find(|s| s.name.0 == name)
    }
}

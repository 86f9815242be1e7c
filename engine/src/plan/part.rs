//! What was chosen for one component.
use crate::catalog::Architecture;
use crate::sizing::{Fleet, ManagedFleet, NodeDisk, ObjectFit};
use crate::units::{Data, Money, Share, Span};
use std::sync::Arc;

/// A store that one runs oneself.
#[derive(Clone, Debug, PartialEq)]
pub struct StoreFleet {
    /// Its machines.
    pub fleet: Fleet,
    /// The disk of each.
    pub disk: NodeDisk,
    /// Copies of the data.
    pub copies: u32,
    /// The part of the data that memory answers for.
    pub working_set: Share,
    /// The time of a read that memory does not answer.
    pub disk_read: Span,
    /// One copy of the data.
    pub data: Data,
    /// A month of snapshots and of copying between zones: what a managed service has in its price.
    pub beside: Money,
}

/// What was chosen for one component.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Machines of a service.
    Service(Fleet),
    /// A store run oneself.
    Store(StoreFleet),
    /// A store run by the provider.
    Managed {
        /// What it is.
        managed: ManagedFleet,
        /// The part of the data that memory answers for.
        working_set: Share,
        /// The time of a read that memory does not answer.
        disk_read: Span,
        /// The data.
        data: Data,
        /// A month of backup beyond what is free.
        beside: Money,
    },
    /// A class of object storage.
    Object(ObjectFit),
    /// Nothing to choose.
    Edge,
}

impl Part {
    /// Its machines, where it has any.
    pub fn fleet(&self) -> Option<&Fleet> {
        match self {
            Self::Service(fleet) => Some(fleet),
            Self::Store(store) => Some(&store.fleet),
            Self::Managed { managed, .. } => Some(&managed.fleet),
            Self::Object(_) | Self::Edge => None,
        }
    }
    pub(super) fn fleet_mut(&mut self) -> Option<&mut Fleet> {
        match self {
            Self::Service(fleet) => Some(fleet),
            Self::Store(store) => Some(&mut store.fleet),
            Self::Managed { managed, .. } => Some(&mut managed.fleet),
            Self::Object(_) | Self::Edge => None,
        }
    }
    /// The word for it in answers.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Service(_) => "service",
            Self::Store(_) => "store",
            Self::Managed { .. } => "managed",
            Self::Object(_) => "object",
            Self::Edge => "edge",
        }
    }
    /// Its name among the options: `m7g.large`, `rds multi-az db.m6g.large`, `standard-ia`.
    pub fn option(&self) -> String {
        match self {
            Self::Service(fleet) => fleet.shape.name.0.clone(),
            Self::Store(store) => match &store.disk {
                NodeDisk::Volume(volume) => format!("{} + {}", store.fleet.shape.name, volume.volume),
                NodeDisk::Local(_) => format!("{} + local disk", store.fleet.shape.name),
            },
            Self::Managed { managed, .. } => {
                format!("{} {} {}", managed.service, managed.deployment, managed.fleet.shape.name)
            }
            Self::Object(fit) => fit.class.name.clone(),
            Self::Edge => "edge".into(),
        }
    }
    /// The machine family, where there is one.
    pub fn family(&self) -> Option<&str> {
        self.fleet().map(|f| f.shape.family.as_str())
    }
    /// The architecture, where there is one.
    pub fn architecture(&self) -> Option<Architecture> {
        self.fleet().map(|f| f.shape.architecture)
    }
    /// Whether the provider runs it.
    pub const fn is_managed(&self) -> bool {
        matches!(self, Self::Managed { .. })
    }
    /// A month of machines, disks, copies and objects: what options are compared by. Other traffic costs the same for all.
    pub fn month(&self) -> Money {
        let machines = self.fleet().map_or(Money::ZERO, |fleet| {
            // Options have a price; only what runs today may lack one, and it is compared with nothing.
            let hour = fleet.shape.hourly(fleet.purchase).unwrap_or(Money::ZERO);
            hour * (fleet.machines * HOURS)
        });
        let rest = match self {
            Self::Store(store) => match &store.disk {
                NodeDisk::Volume(volume) => volume.month * store.fleet.machines + store.beside,
                NodeDisk::Local(_) => store.beside,
            },
            Self::Managed { managed, beside, .. } => managed.storage.month + *beside,
            Self::Object(fit) => fit.month,
            Self::Service(_) | Self::Edge => Money::ZERO,
        };
        machines + rest
    }
    /// Whether both are the same thing in the same number, disks aside.
    pub(super) fn is_same_size(&self, other: &Self) -> bool {
        let count = |p: &Self| p.fleet().map(|f| f.machines);
        self.option() == other.option() && count(self) == count(other)
    }
    /// Whether facts that sizing needs are missing from the tables for what was chosen.
    pub fn unchecked(&self) -> Vec<String> {
        let mut missing: Vec<String> =
            self.fleet().map_or(Vec::new(), |f| f.unchecked.iter().map(|r| r.phrase().to_owned()).collect());
        let volume = match self {
            Self::Store(StoreFleet { disk: NodeDisk::Volume(volume), .. }) => Some(volume),
            Self::Managed { managed, .. } => Some(&managed.storage),
            _ => None,
        };
        missing.extend(volume.into_iter().flat_map(|v| v.unchecked.iter().map(|u| format!("{} of {}", u, v.volume))));
        missing
    }
    /// The machine, shared.
    pub fn shape(&self) -> Option<&Arc<crate::catalog::Shape>> {
        self.fleet().map(|f| &f.shape)
    }
}

/// A billed month in whole hours.
const HOURS: u32 = 730;

//! What was chosen for one component.
use crate::catalog::{Architecture, Purchase};
use crate::sizing::{Fleet, ManagedFleet, NodeDisk, ObjectFit, Run, VolumeFit, Window};
use crate::units::{Count, Data, Factor, Money, Share, Span};
use crate::workload::Cadence;
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

/// The provider's own service, as its tables name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunByProvider {
    /// `elasticache`, `msk`.
    pub service: String,
    /// `valkey`, `kafka`.
    pub engine: String,
}

/// Nodes of a cache.
#[derive(Clone, Debug, PartialEq)]
pub struct CacheFleet {
    /// Its machines.
    pub fleet: Fleet,
    /// Who runs them, if not oneself.
    pub provider: Option<RunByProvider>,
    /// Copies of each entry.
    pub copies: u32,
    /// The memory that one copy of all entries takes.
    pub held: Data,
    /// The part of reads that it answers.
    pub hit_ratio: Share,
    /// The part of all requests that go on to what is behind.
    pub passes: Share,
}

/// Nodes of a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamFleet {
    /// Its machines.
    pub fleet: Fleet,
    /// Who runs them, if not oneself.
    pub provider: Option<RunByProvider>,
    /// The disk of each.
    pub disk: NodeDisk,
    /// Copies of each message.
    pub copies: u32,
    /// Its partitions.
    pub partitions: u32,
    /// One copy of what is kept.
    pub kept: Data,
    /// What each group of readers is behind after the outage that is planned for.
    pub lag: Count,
    /// A month of copying between zones: what a managed service has in its price.
    pub beside: Money,
}

/// Machines for gathered work.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchFleet {
    /// The machines of one run; in real time, those that are always there.
    pub fleet: Fleet,
    /// How often the work is done.
    pub cadence: Cadence,
    /// Items of the fullest run; none in real time.
    pub items: Count,
    /// The fullest run.
    pub fullest: Option<Run>,
    /// The mean run, which the month is billed by.
    pub mean: Option<Run>,
    /// Runs in a month.
    pub runs: Count,
    /// Machine time of a month, paid as the fleet is.
    pub machine_time: Span,
    /// Machine time of a month on demand, in the place of what is taken away, expected.
    pub fallback_time: Span,
    /// Work between two checkpoints.
    pub interval: Option<Span>,
    /// The cheapest hours to run in, where prices are stated by the hour.
    pub cheapest: Option<Window>,
    /// The hours with the least carbon, where that is stated by the hour.
    pub greenest: Option<Window>,
}

impl BatchFleet {
    /// The price in the hours it runs in, as a multiple of the listed one.
    pub fn price_factor(&self) -> Factor {
        self.cheapest.map_or(Factor::ONE, |window| window.mean)
    }
    /// A month of its machines.
    fn month(&self) -> Money {
        let cost = |purchase, time: Span| {
            let hour = self.fleet.shape.quote_by_the_hour(purchase).map(|q| q.effective);
            hour.map_or(Money::ZERO, |price| price.at(price.money().times(self.price_factor())) * time)
        };
        cost(self.fleet.purchase, self.machine_time) + cost(Purchase::OnDemand, self.fallback_time)
    }
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
    /// Nodes of a cache.
    Cache(CacheFleet),
    /// Nodes of a stream.
    Stream(StreamFleet),
    /// Machines for gathered work.
    Batch(BatchFleet),
}

impl Part {
    /// Its machines, where it has any.
    pub fn fleet(&self) -> Option<&Fleet> {
        match self {
            Self::Service(fleet) => Some(fleet),
            Self::Store(store) => Some(&store.fleet),
            Self::Managed { managed, .. } => Some(&managed.fleet),
            Self::Cache(cache) => Some(&cache.fleet),
            Self::Stream(stream) => Some(&stream.fleet),
            Self::Batch(batch) => Some(&batch.fleet),
            Self::Object(_) | Self::Edge => None,
        }
    }
    pub(super) fn fleet_mut(&mut self) -> Option<&mut Fleet> {
        match self {
            Self::Service(fleet) => Some(fleet),
            Self::Store(store) => Some(&mut store.fleet),
            Self::Managed { managed, .. } => Some(&mut managed.fleet),
            Self::Cache(cache) => Some(&mut cache.fleet),
            Self::Stream(stream) => Some(&mut stream.fleet),
            // A run on spot machines is another run, not the same one paid in another way.
            Self::Object(_) | Self::Edge | Self::Batch(_) => None,
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
            Self::Cache(_) => "cache",
            Self::Stream(_) => "stream",
            Self::Batch(_) => "batch",
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
            Self::Cache(cache) => named(&cache.fleet, cache.provider.as_ref()),
            Self::Stream(stream) => match (&stream.disk, &stream.provider) {
                (NodeDisk::Volume(volume), None) => format!("{} + {}", stream.fleet.shape.name, volume.volume),
                (NodeDisk::Local(_), None) => format!("{} + local disk", stream.fleet.shape.name),
                (_, Some(_)) => named(&stream.fleet, stream.provider.as_ref()),
            },
            Self::Batch(batch) => format!("{} {}", batch.fleet.shape.name, batch.cadence),
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
        match self {
            Self::Cache(cache) => cache.provider.is_some(),
            Self::Stream(stream) => stream.provider.is_some(),
            other => other.is_one_machine(),
        }
    }
    /// Whether one machine answers, which the provider runs with its standby.
    pub const fn is_one_machine(&self) -> bool {
        matches!(self, Self::Managed { .. })
    }
    /// Whether its machines are sized by runs that are billed by themselves, and not for the whole month.
    pub fn is_gathered(&self) -> bool {
        matches!(self, Self::Batch(BatchFleet { cadence: Cadence::Every { .. }, .. }))
    }
    /// The network disk of each node, where there is one.
    pub fn volume(&self) -> Option<&VolumeFit> {
        match self {
            Self::Store(StoreFleet { disk: NodeDisk::Volume(volume), .. })
            | Self::Stream(StreamFleet { disk: NodeDisk::Volume(volume), .. }) => Some(volume),
            Self::Managed { managed, .. } => Some(&managed.storage),
            _ => None,
        }
    }
    /// A month of machines, disks, copies and objects: what options are compared by. Other traffic costs the same for all.
    pub fn month(&self) -> Money {
        if let Self::Batch(batch) = self {
            return batch.month();
        }
        let machines = self.fleet().map_or(Money::ZERO, |fleet| {
            // Options have a price; only what runs today may lack one, and it is compared with nothing.
            let hour = fleet.shape.hourly(fleet.purchase).unwrap_or(Money::ZERO);
            Self::month_of_machine(hour) * fleet.machines
        });
        let rest = match self {
            Self::Store(store) => match &store.disk {
                NodeDisk::Volume(volume) => volume.month * store.fleet.machines + store.beside,
                NodeDisk::Local(_) => store.beside,
            },
            Self::Managed { managed, beside, .. } => managed.storage.month + *beside,
            Self::Object(fit) => fit.month,
            Self::Stream(stream) => match &stream.disk {
                NodeDisk::Volume(volume) => volume.month * stream.fleet.machines + stream.beside,
                NodeDisk::Local(_) => stream.beside,
            },
            Self::Service(_) | Self::Edge | Self::Cache(_) | Self::Batch(_) => Money::ZERO,
        };
        machines + rest
    }
    /// A month of one machine at this price an hour.
    pub(super) fn month_of_machine(hour: Money) -> Money {
        hour * HOURS
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
        missing.extend(
            self.volume().into_iter().flat_map(|v| v.unchecked.iter().map(|u| format!("{} of {}", u, v.volume))),
        );
        missing
    }
    /// The machine, shared.
    pub fn shape(&self) -> Option<&Arc<crate::catalog::Shape>> {
        self.fleet().map(|f| &f.shape)
    }
}

/// `m7g.large`, or `elasticache valkey cache.m7g.large` where the provider runs it.
fn named(fleet: &Fleet, provider: Option<&RunByProvider>) -> String {
    match provider {
        Some(by) => format!("{} {} {}", by.service, by.engine, fleet.shape.name),
        None => fleet.shape.name.0.clone(),
    }
}

/// A billed month in whole hours.
const HOURS: u32 = 730;

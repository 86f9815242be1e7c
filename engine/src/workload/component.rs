//! The parts of a system.
use super::{Autoscaling, Batch, Cache, Keep, Stream};
use crate::catalog::{Architecture, Purchase};
use crate::queueing::CallMode;
use crate::uncertain::Estimate;
use crate::units::{Count, Data, DataRate, Factor, Rate, Share, Span};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// The name of a component, unique in its workload.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ComponentName(pub String);

impl fmt::Display for ComponentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What one request asks of another component.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Whom.
    pub to: ComponentName,
    /// How often per request; 0.2 for every fifth.
    pub ratio: Estimate<Factor>,
    /// In what order.
    pub mode: CallMode,
}

/// What runs today: the plan to compare with.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    /// The machine.
    pub shape: String,
    /// How many.
    pub count: u32,
    /// How paid.
    pub purchase: Purchase,
    /// Network disk, for stores.
    pub volume: Option<String>,
}

/// Stateless compute.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Processor time of one request on the reference core.
    pub cpu_per_request: Estimate<Span>,
    /// Squared coefficient of variation of that time.
    pub variability: Estimate<Factor>,
    /// Time a request waits for things outside the model, without a processor.
    pub off_cpu: Estimate<Span>,
    /// Memory held whatever the traffic, per machine.
    pub memory: Estimate<Data>,
    /// Memory of one request in flight.
    pub memory_per_request: Estimate<Data>,
    /// Size of a request.
    pub bytes_in: Estimate<Data>,
    /// Size of a response.
    pub bytes_out: Estimate<Data>,
    /// Requests one machine may have in flight.
    pub concurrency: Option<Count>,
    /// USL contention.
    pub contention: Estimate<Factor>,
    /// USL coherency.
    pub coherency: Estimate<Factor>,
    /// Architectures it is built for; all if empty.
    pub architectures: Vec<Architecture>,
    /// Whether its requests may be cut off: then spot machines may carry it.
    pub interruptible: bool,
    /// Whether machines on processor credits may carry it.
    pub burstable: bool,
    /// Ways to pay that may be chosen; on demand if empty.
    pub purchases: Vec<Purchase>,
    /// Rules by which its machines come and go, to be tried on the week.
    pub autoscaling: Option<Autoscaling>,
    /// What it asks of others.
    pub calls: Vec<Call>,
    /// What runs today.
    pub current: Option<Running>,
}

impl Service {
    /// A service of which only this is known: processor time of one request on the reference core, and memory held
    /// whatever the traffic, per machine.
    ///
    /// Everything else is as where a workload file does not state it: times vary as their mean (variability 1), requests
    /// hold no memory and have no size, nothing contends, machines are paid on demand, none run on processor credits or
    /// may be taken away, and nobody is called.
    pub fn plain(cpu_per_request: Span, memory: Data) -> Self {
        let (no_time, no_data) = (Estimate::exact(Span::ZERO), Estimate::exact(Data::ZERO));
        Self {
            cpu_per_request: Estimate::exact(cpu_per_request),
            variability: Estimate::exact(Factor::ONE),
            off_cpu: no_time,
            memory: Estimate::exact(memory),
            memory_per_request: no_data,
            bytes_in: no_data,
            bytes_out: no_data,
            concurrency: None,
            contention: Estimate::exact(Factor::ZERO),
            coherency: Estimate::exact(Factor::ZERO),
            architectures: Vec::new(),
            interruptible: false,
            burstable: false,
            purchases: vec![Purchase::OnDemand],
            autoscaling: None,
            calls: Vec::new(),
            current: None,
        }
    }
}

/// What software a store is, where that decides what is on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreEngine {
    /// One writer; the providers run it too.
    Postgres,
    /// One writer; the providers run it too.
    Mysql,
    /// Any number of nodes, data spread over them.
    Partitioned,
}

impl StoreEngine {
    /// The name used in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
            Self::Partitioned => "partitioned",
        }
    }
    /// Whether data can be spread over nodes, so that writes scale.
    pub const fn is_partitioned(self) -> bool {
        matches!(self, Self::Partitioned)
    }
}
impl FromStr for StoreEngine {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Postgres, Self::Mysql, Self::Partitioned]
            .into_iter()
            .find(|e| e.name() == text)
            .ok_or_else(|| format!("`{text}` is not a store engine: postgres, mysql or partitioned"))
    }
}

/// Stateful, replicated data: a database, a search index, a log.
#[derive(Clone, Debug, PartialEq)]
pub struct Store {
    /// What software it is.
    pub engine: StoreEngine,
    /// How much it holds.
    pub keep: Keep,
    /// Copies of the data; by default one more than may be lost.
    pub replicas: Option<u32>,
    /// The part of calls that only read.
    pub read_share: Share,
    /// Reads that no call of this workload makes.
    pub reads: Estimate<Rate>,
    /// Writes that no call of this workload makes.
    pub writes: Estimate<Rate>,
    /// Processor time of one read on the reference core.
    pub cpu_per_read: Estimate<Span>,
    /// Processor time of one write on the reference core, on each copy.
    pub cpu_per_write: Estimate<Span>,
    /// Squared coefficient of variation of those times.
    pub variability: Estimate<Factor>,
    /// Size of what a read returns.
    pub bytes_per_read: Estimate<Data>,
    /// Size of what a write brings.
    pub bytes_per_write: Estimate<Data>,
    /// Disk operations of a read that memory does not answer.
    pub read_amplification: Estimate<Factor>,
    /// Disk operations of a write, on each copy.
    pub write_amplification: Estimate<Factor>,
    /// The part of the data that reads find in memory; derived from the promise where not stated.
    pub working_set: Option<Estimate<Share>>,
    /// Memory for the software itself, per node.
    pub memory: Estimate<Data>,
    /// The part of a disk that may be filled.
    pub disk_fill: Share,
    /// Snapshots kept, as a multiple of the stored data.
    pub backup: Estimate<Factor>,
    /// Network disks that may be used; all solid-state ones if empty.
    pub volumes: Vec<String>,
    /// Whether data may live on disks that are lost with their machine.
    pub local_disks: bool,
    /// Whether the provider's managed service may be chosen.
    pub managed: bool,
    /// Whether running it oneself may be chosen.
    pub self_run: bool,
    /// Architectures it is built for; all if empty.
    pub architectures: Vec<Architecture>,
    /// Ways to pay that may be chosen; on demand if empty.
    pub purchases: Vec<Purchase>,
    /// What runs today.
    pub current: Option<Running>,
}

/// Objects in the provider's object storage.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// How much it holds.
    pub keep: Keep,
    /// Mean size of an object.
    pub object_size: Estimate<Data>,
    /// The part of calls that only read.
    pub read_share: Share,
    /// Reads that no call of this workload makes.
    pub reads: Estimate<Rate>,
    /// Writes that no call of this workload makes.
    pub writes: Estimate<Rate>,
    /// What a read returns of an object.
    pub bytes_per_read: Estimate<Data>,
    /// How long an object lives; shorter than a class's minimum is charged for the minimum.
    pub lifetime: Option<Span>,
    /// The class to use; the cheapest that is fast enough if not stated.
    pub class: Option<String>,
    /// Median time of a read.
    pub latency: Estimate<Span>,
}

/// What carries responses to those who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeRoute {
    /// Through the provider's content delivery network.
    Cdn,
    /// Straight to the internet.
    Internet,
}

/// Content delivery, internet egress, and what else data passes on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Which way responses take.
    pub route: EdgeRoute,
    /// The part of requests it answers by itself.
    pub hit_ratio: Estimate<Share>,
    /// Original size over sent size.
    pub compression: Estimate<Factor>,
    /// Size of a response; the origin's where not stated.
    pub bytes_out: Option<Estimate<Data>>,
    /// Time it adds to every request.
    pub latency: Estimate<Span>,
    /// Whether a load balancer stands before the origin.
    pub load_balancer: bool,
    /// Public IPv4 addresses.
    pub public_ipv4: u32,
    /// Gateways for address translation, one a zone as a rule.
    pub nat_gateways: u32,
    /// Data through them.
    pub nat: Estimate<DataRate>,
    /// Data to other regions of the provider, by region.
    pub cross_region: BTreeMap<String, Estimate<DataRate>>,
    /// Data to the internet that no request causes.
    pub other_egress: Estimate<DataRate>,
    /// What it asks of others when it has no answer.
    pub calls: Vec<Call>,
}

/// One part of a system.
#[derive(Clone, Debug, PartialEq)]
pub enum Component {
    /// Stateless compute.
    Service(Service),
    /// Replicated data.
    Store(Store),
    /// Object storage.
    Object(Object),
    /// Delivery and egress.
    Edge(Edge),
    /// Answers kept in memory.
    Cache(Cache),
    /// A log that many read.
    Stream(Stream),
    /// Work that is gathered.
    Batch(Batch),
}

impl Component {
    /// The word used in files: `service`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Service(_) => "service",
            Self::Store(_) => "store",
            Self::Object(_) => "object",
            Self::Edge(_) => "edge",
            Self::Cache(_) => "cache",
            Self::Stream(_) => "stream",
            Self::Batch(_) => "batch",
        }
    }
    /// What it asks of others.
    pub fn calls(&self) -> &[Call] {
        match self {
            Self::Service(service) => &service.calls,
            Self::Edge(edge) => &edge.calls,
            Self::Cache(cache) => &cache.calls,
            Self::Stream(stream) => &stream.consumers,
            Self::Store(_) | Self::Object(_) | Self::Batch(_) => &[],
        }
    }
    /// What its requests wait for: of a stream nobody waits for the readers, and nobody for gathered work.
    pub fn waits_for<'w>(&'w self, workload: &'w super::Workload) -> impl Iterator<Item = &'w Call> {
        let waits = !matches!(self, Self::Stream(_));
        self.calls().iter().filter(move |call| waits && !matches!(workload.components[&call.to], Self::Batch(_)))
    }
    /// Requests that reach it without a call: background reads and writes.
    pub fn own_traffic(&self) -> Rate {
        match self {
            Self::Store(s) => s.reads.mid() + s.writes.mid(),
            Self::Object(o) => o.reads.mid() + o.writes.mid(),
            Self::Stream(s) => s.writes.mid(),
            Self::Batch(b) => b.items.mid(),
            Self::Service(_) | Self::Edge(_) | Self::Cache(_) => Rate::ZERO,
        }
    }
    /// How many of its requests each call of it makes, after the edge or the cache has answered what it can.
    pub fn miss_ratio(&self) -> Share {
        match self {
            Self::Edge(edge) => edge.hit_ratio.mid().rest(),
            Self::Cache(cache) => cache.answers().rest(),
            _ => Share::ALL,
        }
    }
}

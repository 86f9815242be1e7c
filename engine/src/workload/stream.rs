//! Streams: logs that many write to and several read, each at its own pace.
use super::{Call, Running};
use crate::catalog::{Architecture, Purchase};
use crate::uncertain::Estimate;
use crate::units::{Data, DataRate, Factor, Quantity, Rate, Share, Span};

/// What readers must make up for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CatchUp {
    /// How long they were away.
    pub outage: Span,
    /// How soon they are to have read everything again.
    pub within: Span,
}

/// A replicated log: Kafka and its like.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// Messages that no call of this workload brings.
    pub writes: Estimate<Rate>,
    /// Size of a message, before compression.
    pub bytes_per_message: Estimate<Data>,
    /// Original size over the size sent and stored: writers compress.
    pub compression: Estimate<Factor>,
    /// Groups of readers, each of which reads everything, those in this workload included.
    pub fan_out: Estimate<Factor>,
    /// How long messages are kept.
    pub retention: Span,
    /// Copies of each message; one more than may be lost, and three where copies vote, if not stated.
    pub replicas: Option<u32>,
    /// Partitions that there are; as many as are needed if not stated.
    pub partitions: Option<u32>,
    /// What one partition takes in.
    pub partition_in: DataRate,
    /// What one reader of one partition takes out.
    pub partition_out: DataRate,
    /// Copies of partitions that one node manages.
    pub partitions_per_node: u32,
    /// Processor time of one message written on the reference core, on each copy.
    pub cpu_per_write: Estimate<Span>,
    /// Processor time of one message handed to one group of readers on the reference core.
    pub cpu_per_read: Estimate<Span>,
    /// Squared coefficient of variation of those times.
    pub variability: Estimate<Factor>,
    /// Memory for the software itself, per node.
    pub memory: Estimate<Data>,
    /// The latest messages that readers who keep up find in memory.
    pub in_memory: Span,
    /// Time until the copies have a message, beyond the wait at the node that takes it.
    pub latency: Estimate<Span>,
    /// The part of a disk that may be filled.
    pub disk_fill: Share,
    /// What readers must make up for.
    pub catch_up: Option<CatchUp>,
    /// Network disks that may be used; all solid-state ones if empty.
    pub volumes: Vec<String>,
    /// Whether messages may live on disks that are lost with their machine.
    pub local_disks: bool,
    /// Whether the provider's managed service may be chosen.
    pub managed: bool,
    /// Whether running it oneself may be chosen.
    pub self_run: bool,
    /// Architectures it is built for; all if empty.
    pub architectures: Vec<Architecture>,
    /// Ways to pay that may be chosen; on demand if empty.
    pub purchases: Vec<Purchase>,
    /// Readers in this workload. Nobody waits for them.
    pub consumers: Vec<Call>,
    /// What runs today.
    pub current: Option<Running>,
}

impl Stream {
    /// Size of a message as it is sent and stored.
    pub fn message(&self) -> Data {
        self.bytes_per_message.mid() / self.compression.mid().get().max(1e-6)
    }
    /// How many times the rate of writes each group of readers takes while it makes up for an outage: what was written
    /// during the outage and while it catches up, in the time to catch up. One where no outage is planned for.
    pub fn pace(&self) -> Factor {
        self.catch_up.map_or(Factor::ONE, |c| Factor::of(1.0 + c.outage / c.within))
    }
    /// Messages that each group of readers is behind after the outage, at such a rate of writes.
    pub fn lag(&self, writes: Rate) -> f64 {
        self.catch_up.map_or(0.0, |c| writes.events_in(c.outage).get())
    }
    /// What is kept of one copy: the mean over a retention of a day and more, else the busiest minute.
    pub fn kept(&self, sizing: Rate, billing: Rate) -> Data {
        let rate = if self.retention >= Span::days(1.0) { billing } else { sizing };
        self.message() * rate.events_in(self.retention).get()
    }
    /// The fewest partitions that carry such a rate of writes, and their readers while they catch up.
    pub fn partitions_for(&self, writes: Rate) -> u32 {
        let bytes: DataRate = self.message() * writes;
        let taken_in = bytes.base() / self.partition_in.base();
        let taken_out = bytes.base() * self.pace().get() / self.partition_out.base();
        (taken_in.max(taken_out).ceil().min(f64::from(u32::MAX)) as u32).max(1)
    }
}

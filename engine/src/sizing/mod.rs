//! How many of which machine carry a component, and why not fewer, and why not another.
//!
//! A kind of component says what it lays on one machine ([`Burden`]); `fleet` finds the least number for which every
//! resource and promise holds after the loss that is to be survived. Everything is monotone in that number.
mod availability;
mod batch;
mod budget;
mod burden;
mod cache;
pub mod checkpoint;
mod fleet;
#[cfg(test)]
mod kinds_tests;
mod managed;
mod measure;
mod object;
mod refusal;
mod service;
mod store;
mod stream;
mod volume;
mod window;

pub use batch::{BatchBurden, Run, USUALLY_TAKEN_AWAY};
pub use budget::LatencyBudget;
pub use burden::{Burden, Check, Spread};
pub use cache::CacheBurden;
pub use fleet::{Fleet, Terms, at_count, size};
pub(crate) use fleet::{admit, as_given, count, size_within};
pub use managed::{ManagedFleet, managed_options};
pub(crate) use managed::{managed_again, managed_as_given, runs, storage_offer};
pub use measure::Measure;
pub use object::{ObjectFit, object_options};
pub use refusal::{Exclusion, Refusal, Refused};
pub use service::ServiceBurden;
pub(crate) use store::DISK_VARIABILITY;
pub use store::{DiskPlace, NodeDisk, StoreBurden};
pub use stream::StreamBurden;
pub(crate) use volume::cheapest as cheapest_volume;
pub use volume::{DiskNeed, VolumeFit};
pub use window::{Window, best_window};

/// A resource or rule that can decide how many machines there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// Processors busy beyond what is planned.
    Cpu,
    /// Waiting for processors until the latency promise breaks.
    Latency,
    /// The time by which a run must be done.
    Deadline,
    /// Memory.
    Memory,
    /// Sustained network.
    Network,
    /// Requests in flight.
    Connections,
    /// Room on disks.
    DiskCapacity,
    /// Disk operations.
    DiskIops,
    /// Disk throughput.
    DiskThroughput,
    /// Copies of partitions on one node.
    Partitions,
    /// The share of time in which enough machines are up.
    Availability,
    /// Copies of the data.
    Copies,
    /// Machines that may be lost.
    Spare,
    /// The same number in every zone.
    WholeZones,
}

impl Resource {
    /// The name used in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Latency => "latency",
            Self::Memory => "memory",
            Self::Network => "network",
            Self::Connections => "connections",
            Self::DiskCapacity => "disk_capacity",
            Self::DiskIops => "disk_iops",
            Self::DiskThroughput => "disk_throughput",
            Self::Partitions => "partitions",
            Self::Deadline => "deadline",
            Self::Availability => "availability",
            Self::Copies => "copies",
            Self::Spare => "spare",
            Self::WholeZones => "whole_zones",
        }
    }
    /// The name used in sentences.
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Cpu => "CPU",
            Self::Latency => "CPU for the latency promise",
            Self::Memory => "memory",
            Self::Network => "network",
            Self::Connections => "requests in flight",
            Self::DiskCapacity => "disk capacity",
            Self::DiskIops => "disk IOPS",
            Self::DiskThroughput => "disk throughput",
            Self::Partitions => "partitions on a node",
            Self::Deadline => "the deadline",
            Self::Availability => "the availability promise",
            Self::Copies => "copies of the data",
            Self::Spare => "machines that may be lost",
            Self::WholeZones => "the same number in every zone",
        }
    }
}

//! What a replicated store lays on one node.
use super::service::on_the_busiest;
use super::volume::DiskNeed;
use super::{Burden, Check, LatencyBudget, Measure, Resource, Spread, VolumeFit, volume};
use crate::catalog::{Catalog, Shape};
use crate::queueing::Station;
use crate::units::{Data, DataRate, Factor, Quantity, Rate, Share, Span};
use crate::workload::{Assumptions, Store};

/// Where a node keeps its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiskPlace {
    /// On disks that outlive the machine.
    Network,
    /// On disks inside it, lost with it.
    Local,
}

/// The disk of one node.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeDisk {
    /// A network volume.
    Volume(VolumeFit),
    /// The machine's own disks, part of its price.
    Local(Data),
}

/// A store's load at one moment of the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct StoreBurden<'w> {
    /// What it is.
    pub store: &'w Store,
    /// Where its data live.
    pub place: DiskPlace,
    /// One copy of the data, compressed.
    pub data: Data,
    /// How many copies.
    pub copies: u32,
    /// Reads in the busiest minute, over all nodes.
    pub reads: Rate,
    /// Writes in the busiest minute, before copying.
    pub writes: Rate,
    /// The part of the data that memory answers for.
    pub working_set: Share,
    /// How unevenly requests come.
    pub arrival_variability: Factor,
    /// What is taken for granted.
    pub assumptions: &'w Assumptions,
}

/// Databases move whole pages; Postgres has 8 KiB, the peers' models count 16. Twice the page doubles the throughput asked.
const PAGE: Data = Data::kib(16.0);
/// Network volumes answer a read in about this time; the peers' measured range for gp3 is 0.8 to 1.8 ms.
const VOLUME_READ: Span = Span::millis(1.05);
/// Local solid-state disks answer a read in about this time.
const LOCAL_READ: Span = Span::micros(150.0);
/// A write is answered when it is on the disk; the peers' mid for gp3 is 2 ms, local disks take no longer than their reads.
const VOLUME_WRITE: Span = Span::millis(2.0);
const LOCAL_WRITE: Span = Span::micros(150.0);
/// The variability of disk reads: the spread between the peers' mid and 95th percentile.
pub(crate) const DISK_VARIABILITY: Factor = Factor::of(0.1);
/// Some of the data is always asked for again.
const SMALLEST_WORKING_SET: Share = Share::percent(1.0);
/// Copies of one whole database beyond this are another design.
const MOST_COPIES_OF_ALL: u32 = 16;
/// A network disk is as large as it is bought; the machine limits what goes to and from it.
const WITH_VOLUMES: [Resource; 5] =
    [Resource::Cpu, Resource::Memory, Resource::Network, Resource::DiskIops, Resource::DiskThroughput];
/// Disks inside are what they are, and faster than anything asked of them here.
const WITH_LOCAL_DISKS: [Resource; 4] = [Resource::Cpu, Resource::Memory, Resource::Network, Resource::DiskCapacity];

impl StoreBurden<'_> {
    /// The working set that is stated, or the least that keeps the promise: so many reads may go to the disk as may
    /// miss the promise, when a disk read by itself would break it; where it would not, the least there is.
    pub fn working_set_for(store: &Store, place: DiskPlace, budget: &LatencyBudget) -> Share {
        if let Some(stated) = &store.working_set {
            return stated.mid();
        }
        let Some(promise) = budget.strictest() else { return SMALLEST_WORKING_SET };
        let disk = Station {
            arrivals: Rate::ZERO,
            service: place.read() * store.read_amplification.mid().get().max(1.0),
            servers: Factor::ONE,
            arrival_variability: Factor::ONE,
            service_variability: DISK_VARIABILITY,
        };
        let too_late = disk.response_exceeds(promise.within).as_part();
        let may_miss = if too_late > 0.0 { promise.share.rest().as_part() / too_late } else { 1.0 };
        Share::of_one(1.0 - may_miss).max_of(SMALLEST_WORKING_SET)
    }

    /// The part of reads that goes to the disk.
    pub fn misses(&self) -> Share {
        self.working_set.rest()
    }
    /// What one node of `machines` keeps.
    pub fn data_per_node(&self, machines: u32) -> Data {
        if self.store.engine.is_partitioned() {
            self.data * (f64::from(self.copies.min(machines)) / f64::from(machines.max(1)))
        } else {
            self.data
        }
    }
    fn reads_per_node(&self, spread: Spread) -> Rate {
        on_the_busiest(self.reads, spread.carrying, self.assumptions.imbalance)
    }
    fn writes_per_node(&self, machines: u32) -> Rate {
        if self.store.engine.is_partitioned() {
            on_the_busiest(self.writes * f64::from(self.copies.min(machines)), machines, self.assumptions.imbalance)
                .min(self.writes)
        } else {
            self.writes
        }
    }
    /// What the disk of one node must give.
    pub fn disk_need(&self, spread: Spread) -> DiskNeed {
        let reads = self.reads_per_node(spread) * (self.misses().as_part() * self.store.read_amplification.mid().get());
        let writes = self.writes_per_node(spread.machines) * self.store.write_amplification.mid().get();
        let read = self.store.bytes_per_read.mid().max(PAGE);
        let write = self.store.bytes_per_write.mid().max(PAGE);
        DiskNeed {
            size: self.data_per_node(spread.machines) / self.store.disk_fill.as_part().max(0.01),
            iops: reads + writes,
            throughput: read * reads + write * writes,
        }
    }
    /// The cheapest disk for one node; `None` where no kind gives what is needed.
    pub fn node_disk(&self, catalog: &Catalog, shape: &Shape, spread: Spread) -> Option<NodeDisk> {
        let need = self.disk_need(spread);
        match self.place {
            DiskPlace::Network => volume::cheapest(catalog, &self.store.volumes, need).map(NodeDisk::Volume),
            DiskPlace::Local => shape.local_disk.map(|disk| NodeDisk::Local(disk.capacity)),
        }
    }
    /// Whether there is a disk for one node.
    pub(crate) fn has_node_disk(&self, catalog: &Catalog, shape: &Shape, spread: Spread) -> bool {
        match self.place {
            DiskPlace::Network => volume::gives(catalog, &self.store.volumes, self.disk_need(spread)),
            DiskPlace::Local => shape.local_disk.is_some(),
        }
    }
    /// The time a read that memory does not answer spends at the disk.
    pub fn disk_read(&self) -> Span {
        self.place.read() * self.store.read_amplification.mid().get()
    }
}

impl DiskPlace {
    fn read(self) -> Span {
        match self {
            Self::Network => VOLUME_READ,
            Self::Local => LOCAL_READ,
        }
    }
    /// The time until a write is kept.
    pub const fn write(self) -> Span {
        match self {
            Self::Network => VOLUME_WRITE,
            Self::Local => LOCAL_WRITE,
        }
    }
    /// The word used in options.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Network => "network disk",
            Self::Local => "local disk",
        }
    }
}

impl Burden for StoreBurden<'_> {
    fn resources(&self) -> &[Resource] {
        match self.place {
            DiskPlace::Network => &WITH_VOLUMES,
            DiskPlace::Local => &WITH_LOCAL_DISKS,
        }
    }

    fn check(&self, shape: &Shape, spread: Spread, resource: Resource) -> Option<Check> {
        let need = || self.disk_need(spread);
        let (needs, has) = match resource {
            Resource::Cpu => {
                let station = self.station(shape, spread);
                let load = Factor::of(station.load().as_erlangs());
                (Measure::Processors(load), Measure::Processors(station.servers))
            }
            Resource::Memory => {
                let kept = self.working_set.of(self.data_per_node(spread.machines));
                (Measure::Data(self.store.memory.mid() + kept), Measure::Data(shape.memory))
            }
            Resource::Network => {
                let reads = self.store.bytes_per_read.mid() * self.reads_per_node(spread);
                let writes = self.store.bytes_per_write.mid() * self.writes_per_node(spread.machines);
                // A write comes in and is handed on to the other copies.
                let needs: DataRate = (reads + writes).max(writes * 2.0);
                (Measure::DataRate(needs), Measure::DataRate(shape.network?))
            }
            Resource::DiskCapacity => match self.place {
                DiskPlace::Local => (Measure::Data(need().size), Measure::Data(shape.local_disk?.capacity)),
                DiskPlace::Network => return None,
            },
            Resource::DiskIops if self.place == DiskPlace::Network => {
                (Measure::Rate(need().iops), Measure::Rate(shape.remote_disk?.iops))
            }
            Resource::DiskThroughput if self.place == DiskPlace::Network => {
                (Measure::DataRate(need().throughput), Measure::DataRate(shape.remote_disk?.throughput))
            }
            _ => return None,
        };
        Some(Check { resource, needs, has })
    }

    fn station(&self, shape: &Shape, spread: Spread) -> Station {
        let (reads, writes) = (self.reads_per_node(spread).base(), self.writes_per_node(spread.machines).base());
        let speed = shape.speed.factor.get();
        let (read, write) =
            (self.store.cpu_per_read.mid().base() / speed, self.store.cpu_per_write.mid().base() / speed);
        let all = reads + writes;
        let part = if all > 0.0 { reads / all } else { 1.0 };
        let mean = part * read + (1.0 - part) * write;
        // The mixture's second moment, from each kind's own.
        let cs2 = self.store.variability.mid().get();
        let second = (1.0 + cs2) * (part * read * read + (1.0 - part) * write * write);
        let variability = if mean > 0.0 { (second / (mean * mean) - 1.0).max(0.0) } else { 0.0 };
        Station {
            arrivals: Rate::from_base(all),
            service: Span::from_base(mean),
            servers: Factor::of(f64::from(shape.servers())),
            arrival_variability: self.arrival_variability,
            service_variability: Factor::of(variability),
        }
    }

    fn least_machines(&self) -> (u32, Resource) {
        (self.copies, Resource::Copies)
    }
    fn most_machines(&self) -> u32 {
        if self.store.engine.is_partitioned() { u32::MAX } else { MOST_COPIES_OF_ALL }
    }
}

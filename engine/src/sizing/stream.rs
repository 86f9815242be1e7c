//! What a replicated log lays on one node.
use super::service::on_the_busiest;
use super::volume::DiskNeed;
use super::{Burden, Check, DiskPlace, Measure, NodeDisk, Resource, Spread, volume};
use crate::catalog::{Catalog, Shape};
use crate::queueing::Station;
use crate::units::{Data, DataRate, Factor, Quantity, Rate, Span};
use crate::workload::{Assumptions, Stream};

/// A stream's load at one moment of the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamBurden<'w> {
    /// What it is.
    pub stream: &'w Stream,
    /// Where its messages live.
    pub place: DiskPlace,
    /// One copy of what is kept, compressed.
    pub kept: Data,
    /// Copies of each message.
    pub copies: u32,
    /// Messages written in the busiest minute, before copying.
    pub writes: Rate,
    /// How unevenly they come.
    pub arrival_variability: Factor,
    /// What is taken for granted.
    pub assumptions: &'w Assumptions,
}

/// A log is written and read in a row: operations are as large as the providers count one. 256 KiB for solid-state volumes
/// (Amazon EBS user guide, "I/O characteristics"); half of it doubles the operations.
const OPERATION: Data = Data::kib(256.0);
const WITH_VOLUMES: [Resource; 6] = [
    Resource::Cpu,
    Resource::Memory,
    Resource::Network,
    Resource::DiskIops,
    Resource::DiskThroughput,
    Resource::Partitions,
];
const WITH_LOCAL_DISKS: [Resource; 5] =
    [Resource::Cpu, Resource::Memory, Resource::Network, Resource::DiskCapacity, Resource::Partitions];

impl StreamBurden<'_> {
    /// Partitions that there are: as stated, or the fewest that carry the load.
    pub fn partitions(&self) -> u32 {
        self.stream.partitions.unwrap_or_else(|| self.stream.partitions_for(self.writes))
    }
    /// The part of all copies that one node has.
    fn part(&self, machines: u32) -> f64 {
        f64::from(self.copies.min(machines)) / f64::from(machines.max(1))
    }
    /// Messages that one node writes to its disk: its own and those it copies.
    fn written(&self, machines: u32) -> Rate {
        let copied = self.writes * f64::from(self.copies.min(machines));
        on_the_busiest(copied, machines, self.assumptions.imbalance).min(self.writes)
    }
    /// Messages that one node hands to readers, while they catch up.
    fn read(&self, carrying: u32) -> Rate {
        let groups = self.stream.fan_out.mid().get() * self.stream.pace().get();
        on_the_busiest(self.writes * groups, carrying, self.assumptions.imbalance)
    }
    /// Messages that one node hands to the nodes that copy them.
    fn handed_on(&self, spread: Spread) -> Rate {
        let others = self.writes * f64::from(self.copies.min(spread.machines).saturating_sub(1));
        on_the_busiest(others, spread.carrying, self.assumptions.imbalance)
    }
    /// What the disk of one node must give. Readers that keep up are answered from memory, those that catch up are not.
    pub fn disk_need(&self, spread: Spread) -> DiskNeed {
        let behind = self.stream.catch_up.is_some_and(|c| c.outage > self.stream.in_memory);
        let read = if behind { self.read(spread.carrying) } else { Rate::ZERO };
        let throughput: DataRate = self.stream.message() * (self.written(spread.machines) + read);
        DiskNeed {
            size: self.kept * self.part(spread.machines) / self.stream.disk_fill.as_part().max(0.01),
            iops: Rate::from_base(throughput.base() / OPERATION.base()),
            throughput,
        }
    }
    /// The cheapest disk for one node; `None` where no kind gives what is needed.
    pub fn node_disk(&self, catalog: &Catalog, shape: &Shape, spread: Spread) -> Option<NodeDisk> {
        match self.place {
            DiskPlace::Network => {
                volume::cheapest(catalog, &self.stream.volumes, self.disk_need(spread)).map(NodeDisk::Volume)
            }
            DiskPlace::Local => shape.local_disk.map(|disk| NodeDisk::Local(disk.capacity)),
        }
    }
}

impl Burden for StreamBurden<'_> {
    fn resources(&self) -> &[Resource] {
        match self.place {
            DiskPlace::Network => &WITH_VOLUMES,
            DiskPlace::Local => &WITH_LOCAL_DISKS,
        }
    }

    fn check(&self, shape: &Shape, spread: Spread, resource: Resource) -> Option<Check> {
        let need = self.disk_need(spread);
        let message = self.stream.message();
        let (needs, has) = match resource {
            Resource::Cpu => {
                let station = self.station(shape, spread);
                (Measure::Processors(Factor::of(station.load().as_erlangs())), Measure::Processors(station.servers))
            }
            Resource::Memory => {
                let latest: DataRate = message * self.written(spread.machines);
                let needs = self.stream.memory.mid() + latest * self.stream.in_memory;
                (Measure::Data(needs), Measure::Data(shape.memory))
            }
            Resource::Network => {
                let comes: DataRate = message * self.written(spread.machines);
                let goes: DataRate = message * (self.handed_on(spread) + self.read(spread.carrying));
                (Measure::DataRate(comes.max(goes)), Measure::DataRate(shape.network?))
            }
            Resource::DiskCapacity => match self.place {
                DiskPlace::Local => (Measure::Data(need.size), Measure::Data(shape.local_disk?.capacity)),
                DiskPlace::Network => return None,
            },
            Resource::DiskIops if self.place == DiskPlace::Network => {
                (Measure::Rate(need.iops), Measure::Rate(shape.remote_disk?.iops))
            }
            Resource::DiskThroughput if self.place == DiskPlace::Network => {
                (Measure::DataRate(need.throughput), Measure::DataRate(shape.remote_disk?.throughput))
            }
            Resource::Partitions => {
                let here = f64::from(self.partitions()) * self.part(spread.machines);
                let most = f64::from(self.stream.partitions_per_node);
                (Measure::Count(Factor::of(here)), Measure::Count(Factor::of(most)))
            }
            _ => return None,
        };
        Some(Check { resource, needs, has })
    }

    fn station(&self, shape: &Shape, spread: Spread) -> Station {
        let (read, written) = (self.read(spread.carrying).base(), self.written(spread.machines).base());
        let speed = shape.speed.factor.get();
        let to_read = self.stream.cpu_per_read.mid().base() / speed;
        let to_write = self.stream.cpu_per_write.mid().base() / speed;
        let all = read + written;
        let part = if all > 0.0 { read / all } else { 0.0 };
        let mean = part * to_read + (1.0 - part) * to_write;
        let varied = 1.0 + self.stream.variability.mid().get();
        let second = varied * (part * to_read * to_read + (1.0 - part) * to_write * to_write);
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
        u32::MAX
    }
}

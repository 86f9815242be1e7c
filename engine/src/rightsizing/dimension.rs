//! What a size has to hold, dimension by dimension.
use crate::catalog::Shape;
use crate::sizing::Measure;
use crate::units::{DataRate, Factor, Rate, Share};
use std::fmt;

/// One thing that a size has a limit of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Busy processors, as the reference core.
    Cpu,
    /// Memory in use.
    Memory,
    /// The busier way over the network.
    Network,
    /// Operations of network disks.
    DiskIops,
    /// Data to and from network disks.
    DiskThroughput,
    /// Room on disks. No shape has it: it belongs to the volume.
    DiskSpace,
    /// Credits of machines that save processor time.
    BurstCredits,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Cpu,
        Self::Memory,
        Self::Network,
        Self::DiskIops,
        Self::DiskThroughput,
        Self::DiskSpace,
        Self::BurstCredits,
    ];
    /// Its word in answers.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Memory => "memory",
            Self::Network => "network",
            Self::DiskIops => "disk_iops",
            Self::DiskThroughput => "disk_throughput",
            Self::DiskSpace => "disk_space",
            Self::BurstCredits => "burst_credits",
        }
    }
    /// As people say it.
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Cpu => "CPU",
            Self::Memory => "memory",
            Self::Network => "network",
            Self::DiskIops => "disk IOPS",
            Self::DiskThroughput => "disk throughput",
            Self::DiskSpace => "disk space",
            Self::BurstCredits => "burst credits",
        }
    }
    /// What one machine of a shape has of it; none where no table says.
    pub fn of(self, shape: &Shape) -> Option<Measure> {
        match self {
            Self::Cpu => Some(Measure::Processors(Factor::of(shape.vcpus.as_vcpus() * shape.speed.factor.get()))),
            Self::Memory => Some(Measure::Data(shape.memory)),
            Self::Network => shape.network.map(Measure::DataRate),
            Self::DiskIops => shape.remote_disk.map(|disk| Measure::Rate(disk.iops)),
            Self::DiskThroughput => shape.remote_disk.map(|disk| Measure::DataRate(disk.throughput)),
            Self::DiskSpace | Self::BurstCredits => None,
        }
    }
    /// A value of its series as a measure.
    pub(super) fn measure(self, base: f64) -> Measure {
        let base = base.max(0.0);
        match self {
            Self::Cpu => Measure::Processors(Factor::of(base)),
            Self::Memory | Self::DiskSpace => Measure::Data(crate::units::Data::bytes(base)),
            Self::Network | Self::DiskThroughput => Measure::DataRate(DataRate::bytes_per_second(base)),
            Self::DiskIops => Measure::Rate(Rate::per_second(base)),
            Self::BurstCredits => Measure::Count(Factor::of(base)),
        }
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.phrase())
    }
}

/// What one dimension of a resource needs, and what of it there is.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// Which.
    pub dimension: Dimension,
    /// The mean over the time measured, of the whole resource.
    pub mean: Measure,
    /// The highest step.
    pub peak: Measure,
    /// What is expected: what nearly all steps of processors, and all of the rest, stay within, short spikes left out.
    pub expected: Measure,
    /// The part of the capacity that is kept free above it.
    pub headroom: Share,
    /// What has to be there: what is expected with its headroom, or more where the next period would pass that too often.
    pub needs: Measure,
    /// What there is today; none where no table and no export says.
    pub has: Option<Measure>,
}

impl Need {
    /// The part of today's capacity that is needed; above one it is too little.
    pub fn of_today(&self) -> Option<f64> {
        let has = self.has?.base();
        (has > 0.0).then(|| self.needs.base() / has)
    }
}

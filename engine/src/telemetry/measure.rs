//! What can be measured, and the one unit of each.
use std::fmt;

/// What is measured. Values are in [`Measure::unit`], whatever the export wrote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Requests, transactions, queries or other units of work that were finished.
    Requests,
    /// Those of them that failed.
    Errors,
    /// The time from asking to answer.
    Latency,
    /// Requests being worked on, connections that are busy.
    InFlight,
    /// Machines, pods or tasks that run.
    Instances,
    /// The part of all processors that was busy, waiting for disks not counted.
    CpuShare,
    /// Processors that were busy.
    CpuUsed,
    /// Processors there are.
    CpuCapacity,
    /// Processors that a container asked for.
    CpuRequested,
    /// Processors that a container may use at most.
    CpuLimit,
    /// The part of its time that a machine's processors were given to others.
    CpuSteal,
    /// The part of its time that processors waited for disks.
    CpuIoWait,
    /// The part of its periods in which a container was held at its limit.
    CpuThrottled,
    /// Tasks that run or wait for a processor.
    RunQueue,
    /// Processor credits in stock, of machines that save them.
    CpuCredits,
    /// Memory in use, caches that can be let go not counted.
    MemoryUsed,
    /// The part of the memory in use.
    MemoryShare,
    /// Memory there is.
    MemoryCapacity,
    /// Memory that a container asked for.
    MemoryRequested,
    /// Memory that a container may use at most.
    MemoryLimit,
    /// Data that came in over the network.
    NetworkIn,
    /// Data that went out over the network.
    NetworkOut,
    /// Packets that came in.
    PacketsIn,
    /// Packets that went out.
    PacketsOut,
    /// Read operations of disks.
    DiskReads,
    /// Write operations of disks.
    DiskWrites,
    /// Read and write operations of disks together, where a tool does not tell them apart.
    DiskOperations,
    /// Data read from disks.
    DiskReadBytes,
    /// Data written to disks.
    DiskWriteBytes,
    /// The part of the time a disk had something to do. Says nothing of how much more a disk of many channels can do.
    DiskBusy,
    /// Operations that wait for a disk or are done by it.
    DiskQueue,
    /// How long an operation takes, waiting included.
    DiskWait,
    /// Disk space in use.
    DiskUsed,
    /// The part of the disk space in use.
    DiskShare,
    /// Disk space there is.
    DiskCapacity,
    /// Anything else, under the name that the export gives it, in its own unit.
    Other(String),
}

/// The unit of a measure's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Per second.
    PerSecond,
    /// Seconds.
    Seconds,
    /// A part of one: 0.4 for 40 %.
    Part,
    /// Processors.
    Vcpus,
    /// Bytes.
    Bytes,
    /// Bytes per second.
    BytesPerSecond,
    /// A plain count.
    Count,
    /// Whatever the export means.
    AsExported,
}

impl Measure {
    /// All but [`Measure::Other`].
    pub const ALL: [Self; 35] = [
        Self::Requests,
        Self::Errors,
        Self::Latency,
        Self::InFlight,
        Self::Instances,
        Self::CpuShare,
        Self::CpuUsed,
        Self::CpuCapacity,
        Self::CpuRequested,
        Self::CpuLimit,
        Self::CpuSteal,
        Self::CpuIoWait,
        Self::CpuThrottled,
        Self::RunQueue,
        Self::CpuCredits,
        Self::MemoryUsed,
        Self::MemoryShare,
        Self::MemoryCapacity,
        Self::MemoryRequested,
        Self::MemoryLimit,
        Self::NetworkIn,
        Self::NetworkOut,
        Self::PacketsIn,
        Self::PacketsOut,
        Self::DiskReads,
        Self::DiskWrites,
        Self::DiskOperations,
        Self::DiskReadBytes,
        Self::DiskWriteBytes,
        Self::DiskBusy,
        Self::DiskQueue,
        Self::DiskWait,
        Self::DiskUsed,
        Self::DiskShare,
        Self::DiskCapacity,
    ];

    /// The unit of its values.
    pub const fn unit(&self) -> Unit {
        match self {
            Self::Requests
            | Self::Errors
            | Self::PacketsIn
            | Self::PacketsOut
            | Self::DiskReads
            | Self::DiskWrites
            | Self::DiskOperations => Unit::PerSecond,
            Self::Latency | Self::DiskWait => Unit::Seconds,
            Self::InFlight | Self::Instances | Self::RunQueue | Self::CpuCredits | Self::DiskQueue => Unit::Count,
            Self::CpuShare
            | Self::CpuSteal
            | Self::CpuIoWait
            | Self::CpuThrottled
            | Self::MemoryShare
            | Self::DiskBusy
            | Self::DiskShare => Unit::Part,
            Self::CpuUsed | Self::CpuCapacity | Self::CpuRequested | Self::CpuLimit => Unit::Vcpus,
            Self::MemoryUsed
            | Self::MemoryCapacity
            | Self::MemoryRequested
            | Self::MemoryLimit
            | Self::DiskUsed
            | Self::DiskCapacity => Unit::Bytes,
            Self::NetworkIn | Self::NetworkOut | Self::DiskReadBytes | Self::DiskWriteBytes => Unit::BytesPerSecond,
            Self::Other(_) => Unit::AsExported,
        }
    }

    /// The word for it in layout files and reports, as in `cpu_share`; what is not known keeps its own name.
    pub fn word(&self) -> &str {
        match self {
            Self::Requests => "requests",
            Self::Errors => "errors",
            Self::Latency => "latency",
            Self::InFlight => "in_flight",
            Self::Instances => "instances",
            Self::CpuShare => "cpu_share",
            Self::CpuUsed => "cpu_used",
            Self::CpuCapacity => "cpu_capacity",
            Self::CpuRequested => "cpu_requested",
            Self::CpuLimit => "cpu_limit",
            Self::CpuSteal => "cpu_steal",
            Self::CpuIoWait => "cpu_io_wait",
            Self::CpuThrottled => "cpu_throttled",
            Self::RunQueue => "run_queue",
            Self::CpuCredits => "cpu_credits",
            Self::MemoryUsed => "memory_used",
            Self::MemoryShare => "memory_share",
            Self::MemoryCapacity => "memory_capacity",
            Self::MemoryRequested => "memory_requested",
            Self::MemoryLimit => "memory_limit",
            Self::NetworkIn => "network_in",
            Self::NetworkOut => "network_out",
            Self::PacketsIn => "packets_in",
            Self::PacketsOut => "packets_out",
            Self::DiskReads => "disk_reads",
            Self::DiskWrites => "disk_writes",
            Self::DiskOperations => "disk_operations",
            Self::DiskReadBytes => "disk_read_bytes",
            Self::DiskWriteBytes => "disk_write_bytes",
            Self::DiskBusy => "disk_busy",
            Self::DiskQueue => "disk_queue",
            Self::DiskWait => "disk_wait",
            Self::DiskUsed => "disk_used",
            Self::DiskShare => "disk_share",
            Self::DiskCapacity => "disk_capacity",
            Self::Other(name) => name,
        }
    }

    /// The measure of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.word() == word)
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_one_measure() {
        for measure in Measure::ALL {
            assert_eq!(Measure::named(measure.word()), Some(measure.clone()));
            assert_ne!(measure.unit(), Unit::AsExported, "{measure}");
        }
        assert_eq!(Measure::named("temperature"), None);
        assert_eq!(Measure::Other("temperature".into()).to_string(), "temperature");
    }
}

//! Why something will not do. A refusal is an answer, not an error.
use super::{Measure, Resource};
use crate::catalog::{Architecture, FirstByte, Purchase};
use crate::units::{Factor, Span};
use std::fmt;

/// Why an option is not even tried.
#[derive(Clone, Debug, PartialEq)]
pub enum Exclusion {
    /// It carries accelerators that nothing here uses.
    Accelerators(u32),
    /// It runs on processor credits, and the workload does not allow that.
    Burstable,
    /// The software is not built for it.
    Architecture(Architecture),
    /// None of the allowed ways to pay is on offer for it.
    NoPrice(Vec<Purchase>),
    /// The first byte comes too late.
    SlowFirstByte(FirstByte),
    /// It keeps everything in one zone, and the loss of a zone is to be survived.
    OneZone,
    /// Spare capacity can be taken away, and the component may not be interrupted.
    NotInterruptible,
    /// No network disk here has a price.
    NoVolume,
    /// The stated partitions of a stream do not carry what is written or read.
    TooFewPartitions {
        /// As many as do.
        needs: u32,
        /// As many as are stated.
        has: u32,
    },
    /// The workload names another.
    NotAsked(String),
}

impl fmt::Display for Exclusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accelerators(n) => write!(f, "carries {n} accelerators that nothing here uses"),
            Self::Burstable => {
                f.write_str("runs on processor credits (a service may allow that with `burstable = true`)")
            }
            Self::Architecture(a) => write!(f, "is {a}, which the component is not built for"),
            Self::NoPrice(ways) => {
                let names: Vec<&str> = ways.iter().map(|p| p.name()).collect();
                write!(f, "has no price here for {}", names.join(" or "))
            }
            Self::SlowFirstByte(FirstByte::Hours) => f.write_str("takes hours to the first byte"),
            Self::SlowFirstByte(_) => f.write_str("takes minutes to the first byte"),
            Self::OneZone => f.write_str("keeps everything in one zone"),
            Self::NotInterruptible => {
                f.write_str("may be taken away on spot capacity (a service may allow that with `interruptible = true`)")
            }
            Self::NoVolume => f.write_str("no network disk has a price and enough room here"),
            Self::TooFewPartitions { needs, has } => {
                write!(f, "would do, but {has} partitions are too few: writes and readers that catch up take {needs}")
            }
            Self::NotAsked(what) => write!(f, "the workload asks for {what}"),
        }
    }
}

/// An honest no about one option.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// However many there are, one of them has too little.
    TooSmall {
        /// Of what.
        resource: Resource,
        /// What one machine must have.
        needs: Measure,
        /// What of it may be planned for.
        has: Measure,
        /// All that it has.
        whole: Measure,
        /// Where machines share what is needed, the most of them that are planned: even so many have too little each.
        among: Option<u32>,
    },
    /// Even an idle machine answers too late.
    TooSlow {
        /// `p99`.
        promise: String,
        /// What was promised to this part.
        within: Span,
        /// What an idle machine takes.
        takes: Span,
    },
    /// Carries it only in numbers that nobody runs.
    TooMany {
        /// What asks for so many.
        resource: Resource,
        /// The most that are planned.
        limit: u32,
    },
    /// Not tried.
    Excluded(Exclusion),
}

impl Refusal {
    /// What failed first, where it is a resource.
    pub fn resource(&self) -> Option<Resource> {
        match self {
            Self::TooSmall { resource, .. } | Self::TooMany { resource, .. } => Some(*resource),
            Self::TooSlow { .. } => Some(Resource::Latency),
            Self::Excluded(_) => None,
        }
    }
    /// What was needed and what was there.
    pub fn needs_and_has(&self) -> Option<(Measure, Measure)> {
        match self {
            Self::TooSmall { needs, has, .. } => Some((*needs, *has)),
            Self::TooSlow { within, takes, .. } => Some((Measure::Span(*within), Measure::Span(*takes))),
            Self::TooMany { .. } | Self::Excluded(_) => None,
        }
    }
    /// A word for the kind of refusal.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::TooSmall { .. } => "too_small",
            Self::TooSlow { .. } => "too_slow",
            Self::TooMany { .. } => "too_many",
            Self::Excluded(_) => "excluded",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooSmall { resource, needs, has, whole, among } => {
                write!(f, "{}: ", resource.phrase())?;
                if let Some(most) = among {
                    write!(f, "each of {} machines, the most that are planned, ", Factor::of(f64::from(*most)))?;
                }
                let of = if has == whole { String::new() } else { format!(" to plan with of {whole}") };
                write!(f, "needs {needs}, has {has}{of}")
            }
            Self::TooSlow { promise, within, takes } => {
                write!(f, "{promise} within {within} is promised, an idle machine takes {takes}")
            }
            Self::TooMany { resource, limit } => {
                write!(f, "{} would take more than {limit} machines", resource.phrase())
            }
            Self::Excluded(why) => why.fmt(f),
        }
    }
}

/// An option that was turned down, for one component.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Where: `aws/us-east-1`.
    pub place: String,
    /// The option: `m7g.large`, `rds single-az db.m6g.large`.
    pub option: String,
    /// For which component.
    pub component: String,
    /// Why.
    pub why: Refusal,
}

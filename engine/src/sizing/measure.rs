//! An amount of any dimension, for messages and answers about what is needed and what is there.
use crate::units::{Data, DataRate, Factor, Quantity, Rate, Share, Span};
use std::fmt;

/// What a check compares, in its own dimension.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// Bytes.
    Data(Data),
    /// Bytes per second.
    DataRate(DataRate),
    /// Events per second.
    Rate(Rate),
    /// Seconds.
    Span(Span),
    /// Busy processors.
    Processors(Factor),
    /// A count of things.
    Count(Factor),
    /// A part of one.
    Share(Share),
}

impl Measure {
    /// The number in the base unit.
    pub fn base(self) -> f64 {
        match self {
            Self::Data(q) => q.base(),
            Self::DataRate(q) => q.base(),
            Self::Rate(q) => q.base(),
            Self::Span(q) => q.base(),
            Self::Processors(n) | Self::Count(n) => n.get(),
            Self::Share(s) => s.as_part(),
        }
    }
    /// This part of it.
    pub fn part(self, share: Share) -> Self {
        let factor = |n: Factor| Factor::of(n.get() * share.as_part());
        match self {
            Self::Data(q) => Self::Data(share.of(q)),
            Self::DataRate(q) => Self::DataRate(share.of(q)),
            Self::Rate(q) => Self::Rate(share.of(q)),
            Self::Span(q) => Self::Span(share.of(q)),
            Self::Processors(n) => Self::Processors(factor(n)),
            Self::Count(n) => Self::Count(factor(n)),
            Self::Share(s) => Self::Share(Share::of_one(s.as_part() * share.as_part())),
        }
    }
    /// The base unit as answers name it.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Data(_) => "bytes",
            Self::DataRate(_) => "bytes_per_second",
            Self::Rate(_) => "per_second",
            Self::Span(_) => "seconds",
            Self::Processors(_) => "vcpus",
            Self::Count(_) => "count",
            Self::Share(_) => "share",
        }
    }
}
impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Data(q) => q.fmt(f),
            Self::DataRate(q) => q.fmt(f),
            Self::Rate(q) => q.fmt(f),
            Self::Span(q) => q.fmt(f),
            Self::Processors(n) => write!(f, "{n} vCPU"),
            Self::Count(n) => n.fmt(f),
            Self::Share(s) => write!(f, "{:.4} %", s.as_percent()),
        }
    }
}

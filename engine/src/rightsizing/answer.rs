//! The answer, which keeps its working.
use super::request::PerRequest;
use super::scores::PresetScore;
use super::{Dimension, Effort, Finding, Need, Requests, RightsizeOptions, Saving};
use crate::catalog::{Place, Provenance, Purchase};
use crate::telemetry::{Reading, ResourceName};
use crate::units::{Money, Share, Span};

/// Every resource, the gravest finding and the largest saving first.
#[derive(Clone, Debug)]
pub struct RightsizeAnswer {
    /// The resources.
    pub resources: Vec<Resized>,
    /// What other tools' rules would save and how often their sizes would have been passed; ours first.
    pub presets: Vec<PresetScore>,
    /// What was asked.
    pub options: RightsizeOptions,
    /// The account of what was read.
    pub reading: Reading,
    /// Assumptions and warnings, a sentence each.
    pub notes: Vec<String>,
}

/// One resource.
#[derive(Clone, Debug)]
pub struct Resized {
    /// Its name.
    pub name: ResourceName,
    /// Where it runs.
    pub place: Option<Place>,
    /// What is found.
    pub finding: Finding,
    /// Why, a sentence with its numbers.
    pub why: String,
    /// What runs.
    pub current: Option<Sized>,
    /// What to run instead; none where it is to stay, and for idle ones that are to be stopped.
    pub recommended: Option<Advice>,
    /// What else would do, the cheapest first.
    pub options: Vec<Advice>,
    /// What the recommendation saves; none where a price is unknown.
    pub saves: Option<Saving>,
    /// What a size cut to measure would save by list prices, were there one.
    pub theoretical: Option<Money>,
    /// Whether the saving is had by changing this resource alone: machines are bought whole, and a container that asks for
    /// less frees nothing before a whole node can go.
    pub realizable: bool,
    /// The chance that demand passes the recommended size over the next period; of what runs where that is to stay.
    pub risk: Option<Share>,
    /// The dimension that keeps it from being smaller.
    pub bound_by: Option<Dimension>,
    /// What every measured dimension needs and has.
    pub needs: Vec<Need>,
    /// Dimensions that nobody measured.
    pub unmeasured: Vec<Dimension>,
    /// Spikes after starts and other short ones, which steady sizes do not serve.
    pub spikes: Option<Spikes>,
    /// How long it was measured.
    pub measured: Span,
    /// What a request asks of the processors, where throughput says what the work is; none where it is taken from
    /// utilization alone.
    pub per_request: Option<PerRequest>,
}

/// Short peaks that are no steady demand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spikes {
    /// Steps in them.
    pub steps: usize,
    /// Of so many.
    pub of: usize,
    /// The highest of them, in busy processors.
    pub peak: crate::units::Factor,
}

/// A size, and what it costs.
#[derive(Clone, Debug, PartialEq)]
pub enum Sized {
    /// Machines.
    Machines {
        /// The shape.
        shape: String,
        /// How many.
        count: u32,
        /// How paid.
        purchase: Purchase,
        /// A month of all of them by list prices; none where no table has a price.
        list: Option<Money>,
        /// As paid, where a bill says it.
        billed: Option<Money>,
        /// The row the price comes from.
        provenance: Option<Provenance>,
    },
    /// What a container asks for.
    Container {
        /// Its requests and limits.
        requests: Requests,
        /// How many run.
        copies: u32,
        /// A month of what they ask for, by the price of the node's parts.
        list: Option<Money>,
    },
}

/// A size that would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// The size.
    pub size: Sized,
    /// What it saves; none where a price is unknown.
    pub saves: Option<Saving>,
    /// What the change takes.
    pub effort: Effort,
    /// The chance that demand passes it over the next period; none where the history is too short to tell.
    pub risk: Option<Share>,
    /// The dimension that is fullest on it.
    pub bound_by: Dimension,
}

impl Sized {
    /// A month by list prices, where that is known.
    pub const fn list(&self) -> Option<Money> {
        match self {
            Self::Machines { list, .. } | Self::Container { list, .. } => *list,
        }
    }
}

impl RightsizeAnswer {
    /// How many resources have a finding.
    pub fn count(&self, finding: Finding) -> usize {
        self.resources.iter().filter(|resource| resource.finding == finding).count()
    }
    /// What all recommendations together save a month as paid, those that cost more taken off; none where nothing has a price.
    pub fn saves(&self) -> Option<Money> {
        let known: Vec<Money> = self.resources.iter().filter_map(|r| r.saves).map(|s| s.effective).collect();
        (!known.is_empty()).then(|| known.into_iter().sum())
    }
}

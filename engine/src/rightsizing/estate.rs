//! What runs, and what was measured of it.
use crate::catalog::{Place, Purchase};
use crate::telemetry::{ResourceName, Telemetry};
use crate::units::{Compute, Data, Money};

/// Everything that is to be looked at.
#[derive(Clone, Debug, Default)]
pub struct Estate {
    /// What runs, by fleet file, bill or export.
    pub held: Vec<Held>,
    /// What was measured. A measured resource that nobody says anything of is looked at too, and its size is unknown.
    pub telemetry: Telemetry,
}

/// One thing that runs: a machine, a group of equal machines, or a container.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Its name in the exports.
    pub name: ResourceName,
    /// What it is.
    pub runs: Runs,
    /// Where it runs; the first place of the world if nobody says.
    pub place: Option<Place>,
    /// What it really costs a month, after discounts and commitments, as a bill says.
    pub billed: Option<Money>,
}

/// What a thing is.
#[derive(Clone, Debug, PartialEq)]
pub enum Runs {
    /// Machines of one shape.
    Machines {
        /// The provider's name of the shape.
        shape: String,
        /// How many; its series are the mean of all of them.
        count: u32,
        /// How they are paid.
        purchase: Purchase,
    },
    /// A container or pod, in copies of it.
    Container {
        /// What it asked for, and may use.
        requests: Requests,
        /// How many run.
        copies: u32,
    },
    /// Nobody says.
    Unknown,
}

/// What a container asked for, and the most it may use.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Requests {
    /// Processors asked for.
    pub cpu: Option<Compute>,
    /// Processors at most.
    pub cpu_limit: Option<Compute>,
    /// Memory asked for.
    pub memory: Option<Data>,
    /// Memory at most.
    pub memory_limit: Option<Data>,
}

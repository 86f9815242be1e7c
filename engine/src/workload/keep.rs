//! How much is kept, and for how long.
use crate::uncertain::Estimate;
use crate::units::{Data, DataRate, Factor, Growth, Quantity, Span};

/// How stored data grow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StoredGrowth {
    /// By a share of what is there.
    Compound(Estimate<Growth>),
    /// By so much in time.
    Linear(Estimate<DataRate>),
    /// As the demand does.
    WithDemand,
}

/// How much is kept, and for how long.
#[derive(Clone, Debug, PartialEq)]
pub struct Keep {
    /// Today, before compression and copies.
    pub data: Estimate<Data>,
    /// How it grows.
    pub growth: StoredGrowth,
    /// Data older than this is dropped; with linear growth it bounds the size.
    pub retention: Option<Span>,
    /// Original size over stored size.
    pub compression: Estimate<Factor>,
}

impl Keep {
    /// The stored size of one copy after `elapsed`, with `demand_growth` as the demand's own factor.
    pub fn stored(&self, elapsed: Span, demand_growth: Factor) -> Data {
        let today = self.data.mid();
        let grown = match self.growth {
            StoredGrowth::Compound(growth) => today * growth.mid().after(elapsed).get(),
            StoredGrowth::WithDemand => today * demand_growth.get(),
            StoredGrowth::Linear(rate) => match self.retention {
                None => today + rate.mid() * elapsed,
                // What is there today ages evenly out; what came since stays until it is as old.
                Some(kept) => {
                    let left = today * (1.0 - elapsed / kept).max(0.0);
                    left + rate.mid() * elapsed.min(kept)
                }
            },
        };
        grown / self.compression.mid().get().max(1e-6)
    }
}

//! What machines draw, what making them emitted, and what the electricity of a region emits.
use super::{Basis, Provenance};
use crate::units::{Energy, Factor, Mass, Power};

/// The processors of a machine family, for one vCPU.
#[derive(Clone, Debug, PartialEq)]
pub struct MachinePower {
    /// Which: `Graviton3`, `Sapphire Rapids`.
    pub processor: String,
    /// Documented, or assumed from a relative.
    pub basis: Basis,
    /// A vCPU that does nothing.
    pub idle: Power,
    /// A vCPU that is never idle.
    pub full: Power,
    /// A vCPU's part of what making its host emitted.
    pub embodied: Option<Mass>,
    /// Who says so.
    pub provenance: Provenance,
}

/// The electricity of one region.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// What a kilowatt-hour emits, on the mean of a year, by location.
    pub kilowatt_hour: Mass,
    /// What the data center draws for each watt that its machines draw.
    pub effectiveness: Factor,
    /// Who says what the grid emits.
    pub provenance: Provenance,
    /// Who says how effective the data center is: of this region, or of the provider's on the mean.
    pub effectiveness_from: Provenance,
}

impl Grid {
    /// What so much energy emits, measured at the meter of the data center.
    pub fn emits(&self, energy: Energy) -> Mass {
        self.kilowatt_hour * energy.as_kilowatt_hours()
    }
}

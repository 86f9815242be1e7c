//! What exports say of a resource besides its series.
use crate::units::{Compute, Data};

/// What is known of a resource itself, each as far as an export tells it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The machine it is, by the name in price lists, as `m5.large`.
    pub shape: Option<String>,
    /// Processors.
    pub vcpus: Option<Compute>,
    /// Memory.
    pub memory: Option<Data>,
    /// The region it runs in.
    pub region: Option<String>,
}

impl Facts {
    /// These, and what others add; what is known already stays.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            shape: self.shape.or(other.shape),
            vcpus: self.vcpus.or(other.vcpus),
            memory: self.memory.or(other.memory),
            region: self.region.or(other.region),
        }
    }
}

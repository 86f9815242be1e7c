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
    /// What a container asks for.
    pub request: Reservation,
    /// What a container may use at most.
    pub limit: Reservation,
    /// What another tool, as KRR, says that it should ask for.
    pub advised_request: Reservation,
    /// What another tool says that it should be allowed at most.
    pub advised_limit: Reservation,
}

/// Processors and memory kept for a container, each as far as it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reservation {
    /// Processors.
    pub cpu: Option<Compute>,
    /// Memory.
    pub memory: Option<Data>,
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
            request: self.request.or(other.request),
            limit: self.limit.or(other.limit),
            advised_request: self.advised_request.or(other.advised_request),
            advised_limit: self.advised_limit.or(other.advised_limit),
        }
    }
}

impl Reservation {
    /// This, and what another adds; what is known already stays.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { cpu: self.cpu.or(other.cpu), memory: self.memory.or(other.memory) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_stays() {
        let first = Facts {
            vcpus: Some(Compute::vcpus(2.0)),
            request: Reservation { cpu: Some(Compute::vcpus(0.5)), memory: None },
            ..Facts::default()
        };
        let second = Facts {
            vcpus: Some(Compute::vcpus(4.0)),
            request: Reservation { cpu: Some(Compute::vcpus(1.0)), memory: Some(Data::gib(1.0)) },
            ..Facts::default()
        };
        let both = first.or(second);
        assert_eq!(both.vcpus, Some(Compute::vcpus(2.0)));
        assert_eq!(both.request, Reservation { cpu: Some(Compute::vcpus(0.5)), memory: Some(Data::gib(1.0)) });
    }
}

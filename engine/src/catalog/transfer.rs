//! Moving data, and what stands in its way: paths, gateways, balancers, addresses.
use super::Tiered;
use crate::units::{Data, Span};

/// A way that data takes, or a thing on the way that is charged by the gigabyte.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Path {
    /// To the internet.
    Internet,
    /// From the content delivery network to viewers.
    Cdn,
    /// Between zones of the region, per direction.
    CrossZone,
    /// To another region of the same provider.
    CrossRegion(String),
    /// Through a network address translation gateway.
    Nat,
    /// Through a load balancer that charges by data.
    LoadBalancer,
}

/// What moving data costs in one region. What no source states is missing, and is shown as unknown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transfer {
    /// Price of data by path.
    pub data: Vec<(Path, Tiered<Data>)>,
    /// Whether a byte between zones is charged to its sender and again to its receiver (AWS). The price of
    /// [`Path::CrossZone`] is that of one direction, as listed: such a byte costs it twice.
    pub cross_zone_both_directions: bool,
    /// A NAT gateway for an hour.
    pub nat_hour: Option<super::Quote<Span>>,
    /// A load balancer for an hour.
    pub balancer_hour: Option<super::Quote<Span>>,
    /// A load balancer capacity unit for an hour.
    pub balancer_capacity_hour: Option<super::Quote<Span>>,
    /// A public IPv4 address for an hour.
    pub ipv4_hour: Option<super::Quote<Span>>,
    /// One request to the content delivery network.
    pub cdn_request: Option<super::Quote<crate::units::Count>>,
}

impl Transfer {
    /// The price of data on a path, where it is known.
    pub fn of(&self, path: &Path) -> Option<&Tiered<Data>> {
        self.data.iter().find(|(p, _)| p == path).map(|(_, price)| price)
    }
}

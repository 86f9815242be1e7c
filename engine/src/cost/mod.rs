//! What a plan costs in a month: lines of quantity times unit price, and their exact sum.
mod bill;
mod compute;
mod mean;
mod storage;
mod transfer;
mod unit_cost;

pub use bill::{Bill, Driver, Line, Unknown};
pub use compute::{machine_time, machines, upfront};
pub use mean::MeanBill;
pub use storage::{managed_storage, node_disks, objects, snapshots};
pub(crate) use transfer::REQUESTS_PER_CONNECTION;
pub use transfer::{Parcel, balancer, hours, parcels};
pub use unit_cost::UnitCost;

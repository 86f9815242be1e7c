//! What a request of a service costs, from what was measured on its machines.
mod cpu;
mod lag;
mod machines;
mod measured;
mod memory;
mod peaks;
mod requests;
mod scaling;
#[allow(clippy::module_inception)] // the file is named after what it holds
mod service;
mod traffic;
mod unit;
mod waits;

pub use measured::Measured;
pub use peaks::Peak;
pub(super) use requests::requests;
pub use scaling::{Model, Scaling, SweepPoint, TooFewPoints};
pub use service::ServiceProfile;
pub(super) use service::service;
pub use unit::{Unfit, UnitFit};
pub use waits::LatencySeen;

//! Reads what a workload is to be asked under: changes, values to sweep along, goals to seek.
mod changes;
mod events;
mod limits;
mod measured;
mod seek;
mod sweep;

pub use changes::{Change, Changes};
pub use events::events;
pub use seek::seek;
pub use sweep::sweep;

//! Reads what a workload is to be asked under: values to sweep along, goals to seek.
mod measured;
mod seek;
mod sweep;

pub use seek::seek;
pub use sweep::sweep;

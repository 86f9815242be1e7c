//! Workload files: what a system is asked to do and what it promises, in TOML or JSON.
mod assumptions;
mod batch;
mod cache;
mod calls;
mod correlations;
mod demand;
mod draft;
mod edge;
mod graph;
mod keep;
mod machine;
mod object;
mod preset;
mod promises;
mod service;
mod store;
mod stream;
mod volume;
mod workload;

pub use draft::Draft;
pub(crate) use workload::workload;
pub use workload::{read, read_with_levers};

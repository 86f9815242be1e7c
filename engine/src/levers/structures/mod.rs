//! Data structures by formula: what they take of time, of space and of the disk.
//!
//! Each file is one structure, with its source and the figures that its authors published as tests. `choose` puts them side
//! by side under a memory budget.
pub mod bloom;
pub mod btree;
mod choose;
pub mod cuckoo;
pub mod hash;
pub mod hyperloglog;
pub mod lsm;
pub mod sorted;

pub use choose::{Asked, Fit, Structure, choose};

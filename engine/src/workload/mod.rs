//! What a system is asked to do, and what it promises.
mod component;
mod demand;
mod graph;
mod inputs;
mod promise;
mod workload;
mod worlds;

pub use crate::queueing::CallMode;
pub use component::{
    Call, Component, ComponentName, Edge, EdgeRoute, Keep, Object, Running, Service, Store, StoreEngine, StoredGrowth,
};
pub use demand::Demand;
pub use graph::{Flow, GraphError, Traffic};
pub use inputs::{Input, InputPath, Visit};
pub use promise::{LatencyPromise, Promises, Survive};
pub use workload::{Assumptions, Workload};
pub use worlds::{Correlation, Uncertain, Worlds};

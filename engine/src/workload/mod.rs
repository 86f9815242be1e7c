//! What a system is asked to do, and what it promises.
mod autoscaling;
mod batch;
mod cache;
mod component;
mod demand;
mod graph;
mod inputs;
mod keep;
mod promise;
mod stream;
mod ttl;
mod workload;
mod worlds;

pub use crate::queueing::CallMode;
pub use autoscaling::Autoscaling;
pub use batch::{Batch, Cadence};
pub use cache::{Cache, CacheEngine, CacheSize, HitPoint, Hits};
pub use component::{Call, Component, ComponentName, Edge, EdgeRoute, Object, Running, Service, Store, StoreEngine};
pub use demand::Demand;
pub use graph::{Flow, GraphError, Traffic};
pub use inputs::{Input, InputPath, Visit};
pub use keep::{Keep, StoredGrowth};
pub use promise::{LatencyPromise, Promises, Survive};
pub use stream::{CatchUp, Stream};
pub use ttl::TimeToLive;
pub use workload::{Assumptions, Filled, Preset, Workload};
pub use worlds::{Correlation, Uncertain, Worlds};

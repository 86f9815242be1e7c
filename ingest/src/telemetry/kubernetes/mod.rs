//! Kubernetes: tables of containers by OpenCost, KRR and the koku metrics operator.
mod columns;
mod koku;
mod krr;
mod opencost;
mod quantity;

pub(super) use koku::{Containers, Pods};
pub(super) use krr::Krr;
pub(super) use opencost::OpenCost;

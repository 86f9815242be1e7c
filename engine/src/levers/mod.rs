//! Levers: the optimizations that engineers argue about, weighed on the workload at hand by the same planner.
//!
//! A lever is data ([`levers()`]): what it changes of a workload, by how much and how sure that is, what it takes to do, what
//! may go wrong, whether it can be undone, and who says so. `place` finds where each applies, and why it does not where it
//! does not; `apply` changes a workload; `weigh` plans the workload with it and without it in the same drawn worlds; and
//! `rank` says what pays, in which order, and which two eat the same saving. `structures` holds the formulas behind the
//! levers that replace a data structure.
//!
#![doc = include_str!("../../../docs/levers.md")]
mod answer;
mod apply;
mod dose;
mod horizon;
mod lever;
mod place;
mod rank;
mod rules;
mod stated;
pub mod structures;
mod table;
mod table_data;
mod table_place;
mod weigh;

pub use answer::{Interaction, LeftOut, LeverEffect, LeversAnswer, LeversRefusal, Ranking, Step, Weighed, pull};
pub use dose::Dose;
pub use lever::{Change, Lever, Of, On, Risk, Structural, Undo};
pub use place::{Placed, find};
pub use stated::{LeverOptions, StatedLever};
pub use table::levers;

pub(crate) use answer::pulled;

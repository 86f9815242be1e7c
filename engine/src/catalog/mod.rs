//! What can be bought in one region, for how much, and who says so.
mod catalog;
mod electricity;
mod managed;
mod object_class;
mod overlay;
mod place;
mod provenance;
mod purchase;
mod quote;
mod shape;
mod speed;
mod transfer;
mod volume;

pub use catalog::{Catalog, Gap};
pub use electricity::{Grid, MachinePower};
pub(crate) use managed::has_standby;
pub use managed::{ManagedDatabase, ManagedNode, ManagedStorage};
pub use object_class::{FirstByte, ObjectClass};
pub use overlay::{Allowance, Discount, Overlay, PrivatePrice, Service};
pub use place::{Place, Provider, Region, UnknownProvider};
pub use provenance::Provenance;
pub use purchase::{Payment, Purchase, Term, UnknownPurchase};
pub use quote::{Quote, Split, Tier, Tiered};
pub use shape::{Architecture, LocalDisk, RemoteDisk, Shape, ShapeName};
pub use speed::{Basis, Speed};
pub use transfer::{Path, Transfer};
pub use volume::{Volume, VolumePricing};

//! What a plan draws and emits: machines, disks and data in motion, in use and in the making.
//!
//! The formula is that of the Cloud Carbon Footprint methodology: electricity drawn times the effectiveness of the data
//! center times what a kilowatt-hour emits there, and a part of what making the hardware emitted. What machines draw is
//! calibrated with measurements of whole machines; how far that is off is known, and is in every band. What disks, transfer
//! and the making add is taken from the methodology as it is.
mod coefficients;
mod emission;
mod machine;

pub use coefficients::{
    DISK_COPIES, HARD_DISK, LIFETIME, MEMORY, OBJECT_COPIES, PROCESSOR_SCALE, SOLID_STATE, SPREAD, TRANSFER,
};
pub use emission::{Carbon, Emission, Footprint, Source};
pub use machine::{Machines, draws, made};

//! What sysstat and procps tools write of a host: `sar`, `sadf`, `iostat`, `mpstat`, `vmstat`, `top`.
//!
//! All of them name one thing with much the same words (`%idle`, `kbavail`, `rkB/s`), in several layouts: so a layout makes
//! rows of named fields, and [`row`] alone knows what the names mean. Their kB is 1024 bytes. A stamp is the end of its
//! interval, and is kept.
mod banner;
mod columns;
#[cfg(test)]
mod damaged;
mod elements;
mod field;
mod free;
mod iostat;
mod json;
mod row;
mod sadf_d;
mod sadf_p;
mod sar;
mod snapshot;
#[cfg(test)]
pub(super) mod testing;
mod top;
mod vmstat;

pub(super) use free::Free;
pub(super) use iostat::IostatText;
pub(super) use json::{IostatJson, MpstatJson, SadfJson};
pub(super) use sadf_d::SadfD;
pub(super) use sadf_p::SadfP;
pub(super) use sar::{MpstatText, SarText};
pub(super) use snapshot::SNAPSHOTS;
pub(super) use top::TopBatch;
pub(super) use vmstat::Vmstat;

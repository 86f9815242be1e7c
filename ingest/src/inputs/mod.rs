//! Whatever people call an input: a file, many files, a glob, a folder with or without a manifest, or standard input;
//! plain, or packed with gzip or zstd.
//!
//! [`expand`] turns the words of a command line into files, each once and in an order that is the same everywhere; what a
//! provider's manifest lists decides what of a folder is read. [`open`] gives the unpacked bytes of one of them. What a
//! file is packed with is told by its first bytes, never by its name.
//!
//! ```
//! use plimsoll_ingest::inputs::{Packing, Unpacked};
//! let unpacked = Unpacked::open(&b"time,value\n"[..], 1 << 30)?;
//! assert_eq!(unpacked.packing(), Packing::Plain);
//! assert_eq!(std::io::read_to_string(unpacked)?, "time,value\n");
//! # Ok::<(), std::io::Error>(())
//! ```
mod bounded;
mod expand;
mod folder;
mod found;
mod label;
mod magic;
mod manifest;
mod unpacked;
mod unreadable;
mod versions;
mod zstd;

pub use expand::{Inputs, expand, expand_all};
pub use found::{Found, MOST_UNPACKED, Opened, Place, RawBytes, Stop, open, open_bounded};
pub use label::labels;
pub use magic::{Kind, Packing};
pub use unpacked::Unpacked;
pub use unreadable::{Unreadable, problem};

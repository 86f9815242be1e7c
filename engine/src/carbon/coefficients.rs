//! The constants of the model, with their sources.
//!
//! P1 to P3 are the sources of `pricing-data/SOURCES.md`. The first three are fitted: `tests/published_power.rs`
//! fits them again, and says how far each generation of processors is off that the fit has not seen.
use crate::units::{Data, Energy, Factor, Power, Quantity, Span};

/// Whole machines draw so much more than P1's coefficients of their processors say: boards, fans, power supplies. Fitted
/// with [`MEMORY`] to P3's measurements of 371 machines at 10, 50 and 100 % (least squares of the logarithm).
pub const PROCESSOR_SCALE: Factor = Factor::of(1.9);
/// A GiB of memory, whatever is done with it. Fitted; P2 has 0.392 W for a GB.
pub const MEMORY: Power = Power::watts(0.4);
/// The standard deviation of the logarithm of what a machine draws over what is told of it, for processors that the fit
/// has not seen: one measurement in ten lies below 0.75 of it, one in ten above 1.31.
pub const SPREAD: f64 = 0.23;

/// A terabyte on solid-state disks (P2).
pub const SOLID_STATE: Power = Power::watts(1.2);
/// A terabyte on hard disks, which objects and snapshots are taken to be on (P2).
pub const HARD_DISK: Power = Power::watts(0.65);
/// Copies that a provider keeps of a network disk: two, as P2 counts for EBS.
pub const DISK_COPIES: f64 = 2.0;
/// Copies that a provider keeps of an object or a snapshot: three, as P2 counts for S3.
pub const OBJECT_COPIES: f64 = 3.0;
/// A gigabyte that leaves its zone (P2); what passes within one is taken to be free.
pub const TRANSFER: Energy = Energy::kilowatt_hours(0.001);
/// The years over which what making a host emitted is spread (P2).
pub const LIFETIME: Span = Span::years(4.0);

/// So much data kept in so many copies, each terabyte drawing `terabyte`.
pub(super) fn kept(data: Data, copies: f64, terabyte: Power) -> Power {
    terabyte * (data.as_tb() * copies)
}

/// The mean power of moving so much in a month.
pub(super) fn moved(data: Data) -> Power {
    Power::from_base(TRANSFER.base() * data.as_gb() / Span::months(1.0).base())
}

//! The domain's quantities: the type names the dimension, the constructor names the unit.
//!
//! A number without a unit does not leave this module. Quantities are finite and never negative; a gap is an
//! `Option`, not NaN and not zero. A month is 730 hours, as the providers bill it; a year is 8,760. GB and GiB are
//! different units, and both exist in price lists.
mod algebra;
mod amount;
pub mod decimal;
mod factor;
mod fine;
mod growth;
mod money;
mod number;
mod price;
mod quantity;
mod scalar;
mod share;

pub use algebra::Held;
pub use amount::Amount;
pub use factor::Factor;
pub use fine::{FineAmount, FineMoney};
pub use growth::Growth;
pub use money::{Money, MoneyError};
pub use price::{Billable, Price};
pub use quantity::{Compute, Count, Data, DataRate, Energy, Load, Mass, Power, Quantity, Rate, Span, UnitError};
pub use scalar::Scalar;
pub use share::Share;

/// The hours in a billed month.
pub const HOURS_PER_MONTH: f64 = 730.0;

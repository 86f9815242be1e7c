//! Where the money goes, and what drove the change: bills, added up while they stream by.
//!
//! A reader turns the rows of an export into [`Charge`]s in the terms of FOCUS, whatever the provider; [`Charges`] adds
//! them up at the [`Grain`] that was asked for, exactly and in any order; [`bill`] answers from the sums.
mod anomalies;
#[cfg(test)]
mod anomalies_tests;
#[cfg(test)]
mod answer_tests;
mod bill;
mod bucket;
mod cell;
mod charge;
mod charges;
mod civil;
mod column;
mod commitments;
mod comparison;
mod days;
mod dictionary;
mod drivers;
mod given;
mod grain;
mod groups;
#[cfg(test)]
mod groups_tests;
mod items;
mod key;
mod keys;
mod kinds;
mod ledger;
mod quality;
mod refusal;
mod rolled;
mod rollup;
#[cfg(test)]
pub(crate) mod sample;
mod slot;
mod split;
mod table;
mod totals;
mod unit_cost;
mod week;

pub use anomalies::{Anomaly, Drawn, NEEDS_DAYS, Watch};
pub use bill::{BillAnswer, bill};
pub use charge::{Category, Charge, Commitment, Cost, Costs, Pricing, Status};
pub use charges::{Charges, Many, TooMuch};
pub use column::{Column, Holds, Version};
pub use commitments::{CommitmentUse, Commitments, Discounts, Ratio};
pub use comparison::{Compared, Side};
pub use drivers::{Driver, Drivers, Fate, ItemChange};
pub use grain::{Calendar, Detail, Grain, Period};
pub use groups::{Group, Groups};
pub(crate) use items::{Charged, items};
pub use key::{Currency, Key};
pub use ledger::{Aside, BillOptions, Business, Check, FileRead, Finding, Ledger, Reading};
pub use quality::BillQuality;
pub use refusal::BillRefusal;
pub use slot::Slot;
pub use split::{Parts, Used};
pub use totals::{Tally, Total};
pub use unit_cost::{UnitChange, UnitCost, UnitCosts};

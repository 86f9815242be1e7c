//! Sums by currency.
use super::cell::Cell;
use super::charge::{Cost, Costs};
use super::charges::{Charges, TooMuch};
use super::key::Currency;
use crate::units::FineMoney;
use std::collections::BTreeMap;

/// The four costs of some rows. A cost that no row has is unknown; one that some rows lack is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    costs: Costs,
    /// How many rows.
    pub rows: u64,
    lacking: [u64; 4],
}

impl Tally {
    /// A cost, where any row has it.
    pub fn of(&self, cost: Cost) -> Option<FineMoney> {
        self.costs.of(cost)
    }
    /// How many rows lack a cost.
    pub const fn lacking(&self, cost: Cost) -> u64 {
        self.lacking[cost as usize]
    }
    pub(super) fn add(&mut self, other: &Self) -> Result<(), TooMuch> {
        self.rows += other.rows;
        for (mine, theirs) in self.lacking.iter_mut().zip(other.lacking) {
            *mine += theirs;
        }
        if self.costs.add(&other.costs) { Ok(()) } else { Err(TooMuch::Money) }
    }
}

impl From<&Cell> for Tally {
    fn from(cell: &Cell) -> Self {
        Self { costs: cell.costs, rows: cell.rows.into(), lacking: cell.lacking.map(u64::from) }
    }
}

/// What a bill comes to in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The currency.
    pub currency: Currency,
    /// The sums.
    pub tally: Tally,
}

/// One for each currency, in the order of their codes.
pub(super) fn totals(charges: &Charges) -> Result<Vec<Total>, TooMuch> {
    let currencies: Vec<String> = charges.currency_words().collect();
    let mut sums: BTreeMap<&str, Tally> = BTreeMap::new();
    for ((currency, _, _), cell) in charges.kinds() {
        sums.entry(&currencies[currency as usize]).or_default().add(&cell.into())?;
    }
    Ok(sums.into_iter().map(|(code, tally)| Total { currency: Currency::of(code), tally }).collect())
}

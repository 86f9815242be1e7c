//! What is kept of the charges that share a key.
use super::charge::Costs;
use crate::units::{FineAmount, FineMoney};

/// Costs and how many rows they are of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cell {
    pub(super) costs: Costs,
    pub(super) rows: u32,
    /// Rows that lack each cost.
    pub(super) lacking: [u32; 4],
    /// The asked cost of what was used, without what was bought, left unused, taxed or credited. Rows that do not say count as used.
    pub(super) usage: FineMoney,
}

/// One thing that is priced, in one group and step of time: what changed is told by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Followed {
    pub(super) key: u32,
    pub(super) item: u32,
    pub(super) time: i32,
}

/// What an item cost, and how much of it there was.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Change {
    pub(super) cost: FineMoney,
    pub(super) quantity: FineAmount,
    pub(super) has_quantity: bool,
}

impl Change {
    pub(super) fn add(&mut self, other: &Self) {
        self.cost += other.cost;
        self.quantity += other.quantity;
        self.has_quantity |= other.has_quantity;
    }
}

impl Cell {
    #[inline]
    #[must_use]
    pub(super) fn add(&mut self, other: &Self) -> bool {
        self.rows += other.rows;
        self.usage += other.usage;
        for (mine, theirs) in self.lacking.iter_mut().zip(other.lacking) {
            *mine += theirs;
        }
        self.costs.add(&other.costs)
    }
}

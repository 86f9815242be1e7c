//! Sums by kind of charge: few enough to need no search.
use super::cell::Cell;
use super::charge::{Category, Pricing};

/// A cell for each currency, category and pricing.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinds {
    cells: Vec<Cell>,
}

/// The kinds in one currency.
const KINDS: usize = Category::ALL.len() * Pricing::ALL.len();

impl Kinds {
    /// The cell of a kind.
    #[inline]
    pub(super) fn of(&mut self, currency: u32, category: Category, pricing: Pricing) -> &mut Cell {
        let first = currency as usize * KINDS;
        if self.cells.len() <= first {
            self.cells.resize(first + KINDS, Cell::default());
        }
        &mut self.cells[first + category as usize * Pricing::ALL.len() + pricing as usize]
    }
    /// The cells that hold a charge.
    pub(super) fn iter(&self) -> impl Iterator<Item = ((u32, Category, Pricing), &Cell)> {
        self.cells.iter().enumerate().filter(|(_, cell)| cell.rows > 0).map(|(at, cell)| {
            let category = Category::ALL[at % KINDS / Pricing::ALL.len()];
            ((((at / KINDS) as u32), category, Pricing::ALL[at % Pricing::ALL.len()]), cell)
        })
    }
}

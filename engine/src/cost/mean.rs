//! The expected bill: every line at the mean of its quantity over the worlds.
use super::{Bill, Line, Unknown};
use crate::units::Amount;
use std::collections::BTreeMap;

/// Bills of worlds, added up.
#[derive(Clone, Debug, Default)]
pub struct MeanBill {
    lines: BTreeMap<Key, (Line, i128)>,
    unknown: Vec<Unknown>,
    bills: i128,
}

/// What makes two lines of two worlds the same line: whose, for what, which price.
type Key = (String, super::Driver, String, Option<String>);

impl MeanBill {
    /// Adds a world's bill. Charges of unknown price are those of the first world: what they are is the same everywhere.
    pub fn add(&mut self, bill: Bill) {
        if self.bills == 0 {
            self.unknown = bill.unknown;
        }
        self.bills += 1;
        for line in bill.lines {
            let key = (line.component.0.clone(), line.driver, line.sku.clone(), line.tier.clone());
            let nanos = line.quantity.nanos();
            self.lines.entry(key).and_modify(|(_, sum)| *sum += nanos).or_insert((line, nanos));
        }
    }
    /// The mean, lines in the order of components and drivers. The total of the lines is the expected total up to the
    /// rounding of each mean quantity to a billionth of its unit.
    pub fn bill(self) -> Bill {
        let bills = self.bills.max(1);
        let mean = |(line, sum): (Line, i128)| {
            let quantity = Amount::of_nanos(sum / bills);
            Line { quantity, amount: line.effective * quantity, ..line }
        };
        let lines = self.lines.into_values().map(mean).filter(|line| line.quantity > Amount::ZERO);
        Bill { lines: lines.collect(), unknown: self.unknown }
    }
}

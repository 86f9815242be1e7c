//! The expected bill: every line at the mean of its quantity over the worlds.
use super::{Bill, Line, Unknown};
use crate::units::Amount;

/// Bills of worlds, added up.
#[derive(Clone, Debug, Default)]
pub struct MeanBill {
    /// The lines that any of them has, each with the sum of its quantities.
    lines: Vec<(Line, i128)>,
    unknown: Vec<Unknown>,
    bills: i128,
}

/// What makes two lines of two worlds the same line: whose, for what, which price.
fn key(line: &Line) -> (&str, super::Driver, &str, Option<&str>) {
    (&line.component.0, line.driver, &line.sku, line.tier.as_deref())
}

impl MeanBill {
    /// Adds a world's bill. Charges of unknown price are those of the first world: what they are is the same everywhere.
    pub fn add(&mut self, bill: Bill) {
        if self.bills == 0 {
            self.unknown = bill.unknown;
        }
        self.bills += 1;
        // Bills of two worlds mostly have the same lines in the same order.
        let mut next = 0;
        for line in bill.lines {
            let nanos = line.quantity.nanos();
            let known = |place: &usize| key(&self.lines[*place].0) == key(&line);
            match (next..self.lines.len()).chain(0..next).find(known) {
                Some(place) => {
                    self.lines[place].1 += nanos;
                    next = place + 1;
                }
                None => self.lines.push((line, nanos)),
            }
        }
    }
    /// The mean, lines in the order of components and drivers. The total of the lines is the expected total up to the
    /// rounding of each mean quantity to a billionth of its unit.
    pub fn bill(mut self) -> Bill {
        self.lines.sort_by(|(a, _), (b, _)| key(a).cmp(&key(b)));
        let bills = self.bills.max(1);
        let mean = |(line, sum): (Line, i128)| {
            let quantity = Amount::of_nanos(sum / bills);
            Line { quantity, amount: line.effective * quantity, ..line }
        };
        let lines = self.lines.into_iter().map(mean).filter(|line| line.quantity > Amount::ZERO);
        Bill { lines: lines.collect(), unknown: self.unknown }
    }
}

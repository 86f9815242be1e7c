//! Charges that were added up before: many rows that say the same in one step of time, as one sum.
use super::{Cell, Charges, LOOK, MANY, TooMuch};
use crate::bill::charge::{Category, Costs, Pricing};
use crate::bill::grain::Detail;
use crate::units::FineMoney;

/// Rows with the same words, in one step of time.
#[derive(Clone, Copy, Debug)]
pub struct Many<'a> {
    /// The currency; empty where the rows do not say.
    pub currency: &'a [u8],
    /// The hour since the epoch in which their step of time begins, or any other of it: see [`Charges::step`].
    pub hour: i32,
    /// ChargeCategory.
    pub category: Category,
    /// PricingCategory.
    pub pricing: Pricing,
    /// Their costs, added up.
    pub costs: Costs,
    /// How many rows they are.
    pub rows: u32,
    /// Rows that lack each cost.
    pub lacking: [u32; 4],
}

impl Charges {
    /// The hour in which the step of time begins that an hour is in: rows of one step may be added up before they are
    /// added here.
    pub fn step(&mut self, hour: i32) -> i32 {
        self.bucket.hour(self.bucket.start(hour, &mut self.civil))
    }

    /// Adds rows that were added up before, as [`Charges::add`] adds one. Only where nothing but sums is asked.
    pub fn add_many(&mut self, many: &Many<'_>, key: impl IntoIterator<Item: AsRef<[u8]>>) -> Result<(), TooMuch> {
        assert_eq!(self.grain.detail, Detail::Sums, "rows are told apart where more than sums is asked");
        let Many { category, costs, rows, lacking, .. } = *many;
        let is_usage = matches!(category, Category::Usage | Category::Unknown);
        let usage = if is_usage { costs.of(self.grain.cost).unwrap_or_default() } else { FineMoney::ZERO };
        let cell = Cell { costs, rows, lacking, usage };
        self.scratch.clear();
        for (words, value) in self.words.iter_mut().zip(key) {
            self.scratch.push(words.code(value.as_ref()));
        }
        let currency = self.currencies.code(many.currency);
        self.scratch.push(currency);
        let key = self.keys.of(&self.scratch);
        let time = self.bucket.start(many.hour, &mut self.civil);
        let mut fits = self.cells.of((key, time)).add(&cell);
        fits &= self.kinds.of(currency, category, many.pricing).add(&cell);
        if !fits {
            return Err(TooMuch::Money);
        }
        let looked = self.added / LOOK;
        self.added += u64::from(rows);
        if self.added / LOOK == looked { Ok(()) } else { self.look(2 * MANY) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bill::charge::{Charge, Cost};
    use crate::bill::grain::{Grain, Period};

    #[test]
    fn rows_added_up_before_are_the_same_sums() {
        let grain = Grain { by: vec!["a".into()], period: Some(Period::Month), detail: Detail::Sums, ..Grain::whole() };
        let (mut one, mut many) = (Charges::new(grain.clone()), Charges::new(grain));
        let (mut sum, mut lacking) = (Costs::default(), [0; 4]);
        let of_march = 492_000;
        for amount in 1..=3 {
            let mut costs = Costs::default();
            costs.set(Cost::Effective, FineMoney::raw(amount));
            assert!(sum.add(&costs));
            for cost in Cost::ALL {
                lacking[cost as usize] += u32::from(costs.of(cost).is_none());
            }
            let charge = Charge {
                currency: b"USD",
                hour: of_march + amount as i32,
                costs,
                category: Category::Usage,
                pricing: Pricing::Standard,
                item: b"",
                unit: b"",
                quantity: None,
                commitment: None,
            };
            one.add(&charge, [b"web"]).unwrap();
        }
        let hour = many.step(of_march);
        assert!(hour <= of_march && many.step(hour) == hour);
        let (category, pricing) = (Category::Usage, Pricing::Standard);
        let sum = Many { currency: b"USD", hour, category, pricing, costs: sum, rows: 3, lacking };
        many.add_many(&sum, [b"web"]).unwrap();
        assert_eq!((one.rows(), many.rows()), (3, 3));
        let told = |charges: &Charges| format!("{:?}", charges.cells().collect::<Vec<_>>());
        assert_eq!(told(&one), told(&many));
        let kinds = |charges: &Charges| format!("{:?}", charges.kinds().collect::<Vec<_>>());
        assert_eq!(kinds(&one), kinds(&many));
    }
}

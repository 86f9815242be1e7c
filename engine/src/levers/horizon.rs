//! What a saving of today comes to over the months ahead.
use crate::plan::Months;
use crate::units::Money;

/// The months that a saving counts for. It grows as the bill does that it is saved from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Horizon {
    /// Each month's bill as a multiple of the first month's.
    weights: Vec<f64>,
}

impl Horizon {
    /// Of so many months of a plan; those that it does not reach are taken as its last.
    pub(super) fn of(months: &Months, count: u32) -> Self {
        let first = months.totals.first().copied().unwrap_or(Money::ZERO);
        let known = months.totals.iter().map(|month| month.ratio(first).unwrap_or(1.0));
        let last = months.totals.last().and_then(|month| month.ratio(first)).unwrap_or(1.0);
        Self { weights: known.chain(std::iter::repeat(last)).take(count.max(1) as usize).collect() }
    }
    /// A saving of the first month over all of them.
    pub(super) fn over(&self, month: Money) -> Money {
        Money::nearest(month.as_dollars() * self.weights.iter().sum::<f64>())
    }
    /// The months until a saving has paid for what it cost, the last one lasting for ever; none where nothing is saved.
    pub(super) fn payback(&self, cost: Money, saved: Money) -> Option<f64> {
        let wanted = cost.ratio(saved).filter(|_| saved > Money::ZERO)?;
        let (mut paid, mut months) = (0.0, 0.0);
        let mut last = 1.0;
        for &weight in &self.weights {
            last = weight;
            if paid + weight >= wanted {
                break;
            }
            (paid, months) = (paid + weight, months + 1.0);
        }
        Some(months + (wanted - paid) / last)
    }
    /// Whether a later month counts for another sum than the first.
    pub(super) fn grows(&self) -> bool {
        self.weights.iter().any(|weight| (weight - 1.0).abs() > 1e-9)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars(amounts: &[f64]) -> Vec<Money> {
        amounts.iter().copied().map(Money::nearest).collect()
    }

    #[test]
    fn a_saving_grows_with_the_bill() {
        let months = Months { totals: dollars(&[100.0, 150.0, 250.0]), ..Months::default() };
        let three = Horizon::of(&months, 3);
        assert_eq!(three.over(Money::nearest(10.0)), Money::nearest(50.0));
        assert!(three.grows());
        // 10 and 15 in two months, 5 of the 25 of the third.
        assert!((three.payback(Money::nearest(30.0), Money::nearest(10.0)).unwrap() - 2.2).abs() < 1e-12);
        // Beyond the horizon each month is as the last.
        assert!((three.payback(Money::nearest(100.0), Money::nearest(10.0)).unwrap() - 5.0).abs() < 1e-12);
        assert_eq!(three.payback(Money::nearest(30.0), Money::ZERO), None);
    }

    #[test]
    fn months_that_no_plan_reaches_are_as_the_last() {
        let months = Months { totals: dollars(&[100.0, 200.0]), ..Months::default() };
        assert_eq!(Horizon::of(&months, 4).over(Money::nearest(1.0)), Money::nearest(7.0));
        let flat = Horizon::of(&Months { totals: dollars(&[0.0]), ..Months::default() }, 12);
        assert_eq!((flat.over(Money::nearest(1.0)), flat.grows()), (Money::nearest(12.0), false));
    }
}

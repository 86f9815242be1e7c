//! A change of cost split into price, volume and mix, exactly.
//!
//! The price-volume-mix analysis of management accounting (S. M. Bragg, "Financial Analysis", 2nd ed. 2007, "Price,
//! volume and mix variances"): volume is what the base would have cost at the later total quantity, mix what the shares
//! of its items changed of that, price what is left when each item's quantity is taken at its base price. What is
//! divided is divided last, in 256 bits: a price that rose by a tenth gives a tenth to the last digit.
use crate::units::{FineAmount, FineMoney};
use ethnum::I256;
use std::ops::AddAssign;

/// What an item cost in a period, and how much of it there was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// The cost.
    pub cost: FineMoney,
    /// The quantity, if the bill says it.
    pub quantity: Option<FineAmount>,
}

impl Used {
    /// Cost over quantity; none without a quantity.
    pub fn unit_price(&self) -> Option<FineMoney> {
        let per = self.quantity.filter(|q| *q != FineAmount::ZERO)?;
        let one = I256::from(10_i128.pow(FineAmount::PLACES as u32));
        over(I256::from(self.cost.as_raw()) * one, per).and_then(fits)
    }
    /// The quantity, where it can price anything.
    fn priced(&self) -> Option<i128> {
        self.quantity.map(FineAmount::as_raw).filter(|q| *q != 0)
    }
}

/// A change of cost by its causes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Items that cost more or less for each unit; with what is charged without a quantity.
    pub price: FineMoney,
    /// More or less of everything.
    pub volume: FineMoney,
    /// More of the dear and less of the cheap, or the other way around.
    pub mix: FineMoney,
    /// What was not charged before.
    pub new: FineMoney,
    /// What is no longer charged.
    pub gone: FineMoney,
}

impl Parts {
    /// The whole change.
    pub fn total(&self) -> FineMoney {
        self.price + self.volume + self.mix + self.new + self.gone
    }
}

impl AddAssign for Parts {
    fn add_assign(&mut self, other: Self) {
        self.price += other.price;
        self.volume += other.volume;
        self.mix += other.mix;
        self.new += other.new;
        self.gone += other.gone;
    }
}

/// The same item before and after; at least one is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) before: Option<Used>,
    pub(super) after: Option<Used>,
}

impl Pair {
    pub(super) fn change(&self) -> FineMoney {
        let cost = |side: Option<Used>| side.unwrap_or_default().cost;
        cost(self.after) - cost(self.before)
    }
    /// What the later quantity costs at the price before: at its own price where there is none before. `None` where
    /// prices cannot be told, because a quantity is missing, zero or of another sign.
    fn at_base_price(&self) -> Option<FineMoney> {
        match (self.before, self.after) {
            (Some(before), Some(after)) => {
                let (q0, q1) = (before.priced()?, after.priced()?);
                let same_sign = (q0 > 0) == (q1 > 0);
                same_sign.then_some(())?;
                scaled(before.cost, q1, q0)
            }
            (None, Some(after)) => after.priced().map(|_| after.cost),
            (Some(before), None) => before.priced().map(|_| FineMoney::ZERO),
            (None, None) => None,
        }
    }
    /// What the change of this item's price is, and what that of its quantity.
    pub(super) fn price_and_quantity(&self) -> (FineMoney, FineMoney) {
        let before = self.before.unwrap_or_default().cost;
        let after = self.after.unwrap_or_default().cost;
        match self.at_base_price() {
            Some(at_base) => (after - at_base, at_base - before),
            None => (after - before, FineMoney::ZERO),
        }
    }
}

/// Splits the change of items that go on, all of one unit.
pub(super) fn split(pool: &[Pair]) -> Parts {
    let mut parts = Parts::default();
    let (mut base, mut at_base) = (FineMoney::ZERO, FineMoney::ZERO);
    let (mut q0, mut q1, mut items) = (0_i128, 0_i128, 1);
    for pair in pool {
        parts.price += pair.price_and_quantity().0;
        let Some(amount) = pair.at_base_price() else { continue };
        items += 1;
        at_base += amount;
        base += pair.before.unwrap_or_default().cost;
        q0 = q0.saturating_add(pair.before.and_then(|side| side.priced()).unwrap_or(0));
        q1 = q1.saturating_add(pair.after.and_then(|side| side.priced()).unwrap_or(0));
    }
    let is_comparable = q0 != 0 && q1 != 0 && (q0 > 0) == (q1 > 0);
    // Where one side has none of this unit, what went on went on in another: that is mix.
    let at_volume = is_comparable.then(|| scaled(base, q1, q0)).flatten().unwrap_or(base);
    parts.volume = at_volume - base;
    parts.mix = at_base - at_volume;
    // Each division rounds by less than the smallest digit; that is no change of mix.
    if parts.mix.as_raw().unsigned_abs() <= items {
        parts.price += parts.mix;
        parts.mix = FineMoney::ZERO;
    }
    parts
}

/// `amount * times / over`, rounded half away from zero; `None` beyond [`MOST`].
pub(super) fn scaled(amount: FineMoney, times: i128, over: i128) -> Option<FineMoney> {
    self::over(I256::from(amount.as_raw()) * I256::from(times), FineAmount::raw(over)).and_then(fits)
}

fn over(dividend: I256, divisor: FineAmount) -> Option<I256> {
    let divisor = I256::from(divisor.as_raw());
    let (quotient, rest) = (dividend.checked_div(divisor)?, dividend.checked_rem(divisor)?);
    let rounds = rest.abs() * 2 >= divisor.abs();
    let away = if (dividend < 0) == (divisor < 0) { I256::ONE } else { -I256::ONE };
    Some(if rounds { quotient + away } else { quotient })
}

/// The most that a quantity at another period's price may come to. A price of next to no quantity would put sums beyond
/// exact money; such a change is told as one of price.
const MOST: u128 = 10_u128.pow(13 + FineMoney::PLACES as u32);

fn fits(raw: I256) -> Option<FineMoney> {
    i128::try_from(raw).ok().filter(|raw| raw.unsigned_abs() <= MOST).map(FineMoney::raw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    fn money(text: &str) -> FineMoney {
        FineMoney::read(text.as_bytes()).unwrap().0
    }
    #[allow(clippy::unnecessary_wraps, reason = "a side that is there")]
    fn used(cost: &str, quantity: &str) -> Option<Used> {
        Some(Used { cost: money(cost), quantity: FineAmount::read(quantity.as_bytes()).ok().map(|(q, _)| q) })
    }
    fn parts(pool: &[Pair]) -> [String; 3] {
        let Parts { price, volume, mix, new, gone } = split(pool);
        assert_eq!((new, gone), Default::default());
        let change: FineMoney = pool.iter().map(Pair::change).sum();
        assert_eq!(price + volume + mix, change);
        [price, volume, mix].map(FineMoney::exact)
    }

    #[test]
    fn one_item_has_price_and_volume() {
        // A tenth dearer, a fifth more: 100 at 3 becomes 120 at 3.3.
        let pair = Pair { before: used("300", "100"), after: used("396", "120") };
        assert_eq!(parts(&[pair]), ["36", "60", "0"]);
        // A third of a unit price does not add up in decimals, and is no mix.
        let pair = Pair { before: used("100", "3"), after: used("70", "2") };
        assert_eq!(parts(&[pair])[2], "0");
    }

    #[test]
    fn a_textbook_example_of_two_products() {
        // S. M. Bragg's form of the analysis, by hand: 60 at 5 and 40 at 10 (average 7); 55 at 5.5 and 55 at 9.
        let a = Pair { before: used("300", "60"), after: used("302.5", "55") };
        let b = Pair { before: used("400", "40"), after: used("495", "55") };
        // Price 55*(0.5) + 55*(-1); volume 10 more at 7; mix 55*5 + 55*10 - 110*7.
        assert_eq!(parts(&[a, b]), ["-27.5", "70", "55"]);
    }

    #[test]
    fn another_way_to_pay_for_the_same_is_mix() {
        // 100 hours at 1, later 40 of them at 1 and 60 committed at 0.6.
        let standard = Pair { before: used("100", "100"), after: used("40", "40") };
        let committed = Pair { before: None, after: used("36", "60") };
        assert_eq!(parts(&[standard, committed]), ["0", "0", "-24"]);
    }

    #[test]
    fn what_has_no_quantity_changes_in_price() {
        let fixed = Pair { before: used("100", ""), after: used("110", "") };
        let turned = Pair { before: used("-5", "-1"), after: used("5", "1") };
        let nothing = Pair { before: used("1", "0"), after: used("2", "7") };
        assert_eq!(parts(&[fixed, turned, nothing]), ["21", "0", "0"]);
        let tiny = Pair { before: used("1000", "0.000000000001"), after: used("1000", "1000000000000") };
        assert_eq!(parts(&[tiny]), ["0", "0", "0"]);
    }

    #[test]
    fn one_unit_for_another_is_mix() {
        let hours = Pair { before: used("36", "10"), after: None };
        assert_eq!(parts(&[hours]), ["0", "0", "-36"]);
        let seconds = Pair { before: None, after: used("40", "36000") };
        assert_eq!(parts(&[seconds]), ["0", "0", "40"]);
    }

    #[test]
    fn parts_add_up_whatever_the_charges() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
        for _ in 0..5000 {
            let mut side = || {
                let wide = |n: i64, bits: u32| i128::from(n) >> bits;
                let has = random.random_range(0..10);
                let cost = FineMoney::raw(wide(random.random(), random.random_range(0..60)) * 1_000_003);
                let quantity = FineAmount::raw(wide(random.random(), random.random_range(0..60)) * 1009);
                (has > 0).then_some(Used { cost, quantity: (has > 2).then_some(quantity) })
            };
            let pool: Vec<Pair> = (0..5).map(|_| Pair { before: side(), after: side() }).collect();
            parts(&pool);
        }
    }

    #[test]
    fn unit_prices_are_quotients() {
        assert_eq!(used("1", "3").unwrap().unit_price().unwrap().exact(), "0.333333333333333333333333");
        assert_eq!(used("2", "-3").unwrap().unit_price().unwrap().exact(), "-0.666666666666666666666667");
        assert_eq!(used("2", "0").unwrap().unit_price(), None);
        assert_eq!(used("2", "").unwrap().unit_price(), None);
    }
}

//! How much to hold of what may be too much or too little.
//!
//! F. Y. Edgeworth, "The mathematical theory of banking", 1888; K. J. Arrow, T. Harris and J. Marschak, "Optimal inventory
//! policy", Econometrica 19, 1951.
use crate::units::{Money, Share};

/// The share of worlds that is worth covering where each unit too many costs `over` and each too few costs `under`:
/// `under / (under + over)`. None where neither costs anything.
///
/// A textbook's newspaper (bought at 25 cents, sold at 40, worth nothing the next day) is worth having in 37.5 % of days:
/// ```
/// use plimsoll::choice::critical_share;
/// use plimsoll::units::Money;
/// let (over, under) = (Money::nearest(0.25), Money::nearest(0.15));
/// assert!((critical_share(over, under).unwrap().as_part() - 0.375).abs() < 1e-12);
/// ```
pub fn critical_share(over: Money, under: Money) -> Option<Share> {
    under.ratio(over + under).map(Share::of_one)
}

/// How many times as much a unit too few must cost as one too many, for `share` to be worth covering: 19 for 95 %.
/// Infinite for all.
///
/// ```
/// use plimsoll::{choice::implied_ratio, units::Share};
/// assert!((implied_ratio(Share::percent(95.0)) - 19.0).abs() < 1e-9);
/// ```
pub fn implied_ratio(share: Share) -> f64 {
    share.as_part() / share.rest().as_part()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stock by the critical share has the least expected cost of all stocks: demand evenly 1 to 100.
    #[test]
    fn the_critical_share_is_the_cheapest_stock() {
        for (over, under) in [(1.0, 19.0), (3.0, 7.0), (1.0, 1.0), (4.0, 1.0)] {
            let cost = |stock: u32| -> f64 {
                let of = |need: u32| {
                    over * f64::from(stock.saturating_sub(need)) + under * f64::from(need.saturating_sub(stock))
                };
                (1..=100).map(of).sum()
            };
            let best = (0..=100).min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap();
            let share = critical_share(Money::nearest(over), Money::nearest(under)).unwrap().as_percent();
            assert!((f64::from(best) - share).abs() < 1.0, "{over}, {under}: stock {best}, share {share}");
        }
        assert_eq!(critical_share(Money::ZERO, Money::ZERO), None);
    }
}

//! How many machines must be there for enough to be up.
//!
//! Machines fail on their own, each up for the stated share of time; the chance that at least `k` of `n` are up is a
//! binomial tail. Common causes (a zone, a bad deployment) are not in it: losing a zone is a promise of its own.
use crate::units::Share;

/// The chance that at least `needed` of `machines` are up.
pub(super) fn chance_enough_are_up(needed: u32, machines: u32, up: Share) -> Share {
    let (p, q) = (up.as_part(), up.rest().as_part());
    if needed == 0 || p >= 1.0 && needed <= machines {
        return Share::ALL;
    }
    if needed > machines || p <= 0.0 {
        return Share::NONE;
    }
    // The failures are rare: sum from none down until the terms vanish.
    let n = f64::from(machines);
    let mut term = p.powf(n);
    let mut sum = term;
    for down in 1..=(machines - needed) {
        let k = f64::from(down);
        term *= (n - k + 1.0) / k * q / p;
        sum += term;
    }
    Share::of_one(sum)
}

/// The least number of machines of which `needed` are up in the promised share of time; `None` above `limit`.
pub(super) fn least_for(needed: u32, promised: Share, up: Share, limit: u32) -> Option<u32> {
    if promised >= Share::ALL && up < Share::ALL {
        return None; // no number of machines is up for certain, whatever rounding says
    }
    (needed..=limit).find(|&n| chance_enough_are_up(needed, n, up) >= promised)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two machines of 99.5 % of which one is enough: 1 - 0.005^2, as every reliability textbook has it.
    #[test]
    fn one_of_two() {
        let chance = chance_enough_are_up(1, 2, Share::percent(99.5));
        assert!((chance.as_part() - 0.999_975).abs() < 1e-12);
    }

    #[test]
    fn a_promise_of_four_nines_over_three_needed_takes_a_fifth() {
        let up = Share::percent(99.5);
        // C(4,3) 0.995^3 0.005 + 0.995^4 = 0.99985..., one more machine gives 0.9999988.
        assert_eq!(least_for(3, Share::percent(99.98), up, 10), Some(4));
        assert_eq!(least_for(3, Share::percent(99.99), up, 10), Some(5));
        assert_eq!(least_for(3, Share::percent(100.0), up, 10), None);
    }
}

//! What it would be worth to know better (H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory", 1961).
//!
//! Who knows the world before choosing takes what is best there; who does not takes what is best on the average. The
//! difference of the two is the expected value of perfect information. Knowing one input only is worth what the best choice
//! within each of its values saves; its values are taken in bins of equally many worlds, as M. Strong and J. E. Oakley do it
//! ("An efficient method for computing single-parameter partial expected value of perfect information", Medical Decision
//! Making 33, 2013). Sums are exact, so that none is negative and no part is more than the whole.
use super::Judged;
use crate::units::Money;

/// The worth of knowing, each a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Information {
    /// What the chosen option costs on the average above the best in each world.
    pub regret: Money,
    /// What it would be worth to know everything.
    pub all: Money,
    /// What it would be worth to know each input.
    pub each: Vec<Money>,
}

/// Worlds of a bin: fewer tell noise as knowledge, more blur what is known.
const BIN: usize = 64;

/// What knowing is worth, where a broken promise costs `miss` and `chosen` is taken without knowing. `columns` are what was
/// drawn of each input, world by world.
pub fn information(options: &[Judged], chosen: usize, miss: Money, columns: &[Vec<f64>]) -> Information {
    let burdens: Vec<Vec<i128>> =
        options.iter().map(|option| option.burden(miss).map(Money::as_picos).collect()).collect();
    let worlds = burdens[chosen].len();
    let least = |among: &[usize]| {
        let sum = |burden: &Vec<i128>| among.iter().map(|world| burden[*world]).sum::<i128>();
        burdens.iter().map(sum).min().expect("there is an option")
    };
    let every: Vec<usize> = (0..worlds).collect();
    let unknowing = least(&every);
    let knowing: i128 = every.iter().map(|world| least(&[*world])).sum();
    let mean = |sum: i128| Money::picos(sum / i128::try_from(worlds.max(1)).expect("a length fits"));
    let each = columns.iter().map(|column| {
        let order = ascending(column);
        let known: i128 = order.chunks(bin(worlds)).map(least).sum();
        mean(unknowing - known)
    });
    Information {
        regret: mean(burdens[chosen].iter().sum::<i128>() - knowing),
        all: mean(unknowing - knowing),
        each: each.collect(),
    }
}

/// At least four bins where there are few worlds.
fn bin(worlds: usize) -> usize {
    BIN.min(worlds.div_ceil(4)).max(1)
}

/// The worlds by what was drawn, ascending.
pub fn ascending(column: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_by(|a, b| column[*a].total_cmp(&column[*b]).then(a.cmp(b)));
    order
}

/// Spearman's rank correlation, ties at their mean rank. Nothing where one of them does not vary.
pub fn rank_correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    let (x, y) = (ranks(x), ranks(y));
    let mean = (x.len() as f64 - 1.0) / 2.0;
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>();
    let scale = (product(&x, &x) * product(&y, &y)).sqrt();
    (scale > 0.0).then(|| (product(&x, &y) / scale).clamp(-1.0, 1.0))
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let order = ascending(values);
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    for same in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let rank = from as f64 + (same.len() as f64 - 1.0) / 2.0;
        for place in same {
            ranks[*place] = rank;
        }
        from += same.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars(n: f64) -> Money {
        Money::nearest(n)
    }

    /// Raiffa and Schlaifer's smallest case: two acts, two states. Small costs 1 and fails in half of the worlds at 4; large
    /// costs 2 everywhere. Without knowing large is best at 2; with it half of the worlds cost 1 and half 2.
    #[test]
    fn two_acts_and_two_states() {
        let states = [false, true, false, true, false, true, false, true];
        let small = Judged { cost: vec![dollars(1.0); 8], kept: states.iter().map(|hard| !hard).collect() };
        let large = Judged { cost: vec![dollars(2.0); 8], kept: vec![true; 8] };
        let tells: Vec<f64> = states.iter().map(|hard| f64::from(u8::from(*hard))).collect();
        let silent = vec![1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0];
        let known = information(&[small, large], 1, dollars(4.0), &[tells, silent]);
        assert_eq!((known.regret, known.all), (dollars(0.5), dollars(0.5)));
        assert_eq!(known.each, [dollars(0.5), Money::ZERO]);
    }

    #[test]
    fn ranks_see_order_and_not_size() {
        assert_eq!(rank_correlation(&[1.0, 2.0, 3.0], &[1.0, 10.0, 1000.0]), Some(1.0));
        assert_eq!(rank_correlation(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), Some(-1.0));
        assert_eq!(rank_correlation(&[1.0, 2.0, 3.0], &[5.0, 5.0, 5.0]), None);
    }
}

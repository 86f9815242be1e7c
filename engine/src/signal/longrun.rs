//! The variance of a sum whose terms resemble their neighbors: measurements in time are not independent.
//!
//! The estimator of equal-weighted cosines: the terms are laid on the first `B` cosines, each of which is one independent
//! look at the slow part of the noise, and the sum is judged by Student's t with `B` degrees of freedom (E. Lazarus,
//! D. J. Lewis, J. H. Stock, M. W. Watson, "HAR inference: recommendations for practice", Journal of Business & Economic
//! Statistics 36, 2018). Their `B = 0.4 n^(2/3)` is taken, with `n` the number of independent terms that are as good as the
//! ones there are: `n (1 - r) / (1 + r)`, where `r` is the likeness of neighbors. Twice as many cosines make ranges
//! narrower, and too narrow where the noise is slow.

/// The variance of the sum of some terms, and the degrees of freedom with which it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LongRun {
    /// Of the sum.
    pub variance: f64,
    /// Independent looks.
    pub free: f64,
}

/// More looks than this change no range in its first three digits.
const MOST: f64 = 64.0;
/// With fewer looks a range says nothing: 4.3 deviations at two, 12.7 at one.
const LEAST: f64 = 2.0;

/// The variance of the sum of `terms`, in the order of time, whose mean is zero. `persistence` is how much of the noise behind
/// them is left one step later.
pub fn variance(terms: &[f64], persistence: f64) -> LongRun {
    let n = terms.len() as f64;
    let r = persistence.clamp(0.0, 0.99);
    let alone = n * (1.0 - r) / (1.0 + r);
    let looks = (0.4 * alone.powf(2.0 / 3.0)).floor().clamp(LEAST, MOST);
    let on_cosine = |j: f64| {
        // By turning a unit vector: a cosine of each term would take ten times as long.
        let turn = std::f64::consts::PI * j / n;
        let ((sin, cos), (mut y, mut x)) = (turn.sin_cos(), (0.5 * turn).sin_cos());
        let mut sum = 0.0;
        for term in terms {
            sum += term * x;
            (x, y) = (x * cos - y * sin, x * sin + y * cos);
        }
        sum
    };
    let squares: f64 = (1..=looks as u32).map(|j| on_cosine(f64::from(j)).powi(2)).sum();
    LongRun { variance: 2.0 * squares / looks, free: looks }
}

/// The correlation of values with themselves one step later; their mean is zero. None of fewer than three, or of none but
/// zeros.
pub fn resemblance(values: &[f64]) -> Option<f64> {
    resemblance_after(values, 1)
}

fn resemblance_after(values: &[f64], steps: usize) -> Option<f64> {
    let squares: f64 = values.iter().map(|v| v * v).sum();
    let products: f64 = values.iter().zip(values.iter().skip(steps)).map(|(a, b)| a * b).sum();
    (values.len() > 2 && squares > 0.0).then(|| products / squares)
}

/// How much of the slow part of a noise is left one step later.
///
/// Where fast noise lies upon it, neighbors resemble each other less than they last: the resemblance falls from one step to the
/// next by what is left, whatever the fast noise (M. S. Bartlett, 1946, on the errors of correlations, says from where on
/// that can be seen).
pub fn persistence(values: &[f64]) -> f64 {
    let after = |steps| resemblance_after(values, steps).unwrap_or(0.0);
    let near = after(1) + after(2) + after(3);
    let seen = 3.0 / (values.len() as f64).sqrt();
    let lasts = if near > seen { (after(2) + after(3) + after(4)) / near } else { 0.0 };
    lasts.max(after(1)).clamp(0.0, 0.99)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_distr::StandardNormal;
    use rand_xoshiro::Xoshiro256PlusPlus;

    /// The mean, over many runs, of the variance that is told of the sum of `n` terms of a process of order one.
    fn told(n: usize, r: f64) -> f64 {
        let mut dice = Xoshiro256PlusPlus::seed_from_u64(7);
        let runs = 400;
        let of_run = |_| {
            let mut last = 0.0;
            let terms: Vec<f64> = (0..n)
                .map(|_| {
                    last = r * last + dice.sample::<f64, _>(StandardNormal);
                    last
                })
                .collect();
            variance(&terms, persistence(&terms)).variance / n as f64
        };
        (0..runs).map(of_run).sum::<f64>() / f64::from(runs)
    }

    #[test]
    fn slow_noise_adds_up_to_more() {
        assert!((told(1000, 0.0) - 1.0).abs() < 0.05);
        // The variance of the sum of a process of order one is 1 / (1 - r)^2 a term.
        assert!((told(2000, 0.8) / 25.0 - 1.0).abs() < 0.1, "{}", told(2000, 0.8));
    }

    #[test]
    fn few_terms_are_known_with_little_freedom() {
        assert_eq!(variance(&[1.0, -1.0, 1.0, -1.0], 0.0).free, 2.0);
        assert_eq!(variance(&vec![0.0; 100_000], 0.0), LongRun { variance: 0.0, free: 64.0 });
        assert_eq!(resemblance(&[0.0; 9]), None);
    }
}

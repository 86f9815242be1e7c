//! The standard normal distribution, by `statrs`.
use statrs::function::erf::{erfc, erfc_inv};
use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

/// The score that a standard normal variable does not exceed with chance `p`. Infinite at zero and one.
pub(crate) fn score(p: f64) -> f64 {
    -SQRT_2 * erfc_inv(2.0 * p)
}

/// The chance that a standard normal variable does not exceed `z`.
pub(super) fn chance(z: f64) -> f64 {
    0.5 * erfc(-z * FRAC_1_SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tabled quantiles of the normal distribution (NIST handbook, 1.3.6.7.1).
    #[test]
    fn scores_are_the_tabled_ones() {
        for (p, z) in [(0.5, 0.0), (0.9, 1.281_551_565_5), (0.95, 1.644_853_627), (0.99, 2.326_347_874)] {
            assert!((score(p) - z).abs() < 1e-8, "{p}: {}", score(p));
            assert!((score(1.0 - p) + z).abs() < 1e-8);
            assert!((chance(z) - p).abs() < 1e-9);
        }
    }
}

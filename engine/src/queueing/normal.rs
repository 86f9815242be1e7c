//! The normal distribution and the lognormal one built on it: tails for the response time of a station.
//!
//! The tail: G. West, "Better approximations to cumulative normal functions", Wilmott 2005, after J. F. Hart, "Computer
//! Approximations", 1968, algorithm 5666: fifteen digits.

/// The probability that a standard normal variable exceeds `z`.
pub(super) fn tail(z: f64) -> f64 {
    let x = z.abs();
    if x > 37.0 {
        return if z > 0.0 { 0.0 } else { 1.0 };
    }
    let density = (-0.5 * x * x).exp();
    let above = if x < 7.071_067_811_865_475 {
        density * polynomial(&NUMERATOR, x) / polynomial(&DENOMINATOR, x)
    } else {
        let fraction = (1..12).rev().fold(x + 0.65, |below, k| x + f64::from(k) / below);
        density / fraction / SQRT_TWO_PI
    };
    if z > 0.0 { above } else { 1.0 - above }
}

pub(super) const SQRT_TWO_PI: f64 = 2.506_628_274_631_000_5;

/// Hart's coefficients, from the highest power down.
const NUMERATOR: [f64; 7] = [
    3.526_249_659_989_11e-2,
    0.700_383_064_443_688,
    6.373_962_203_531_65,
    33.912_866_078_383,
    112.079_291_497_871,
    221.213_596_169_931,
    220.206_867_912_376,
];
const DENOMINATOR: [f64; 8] = [
    8.838_834_764_831_84e-2,
    1.755_667_163_182_64,
    16.064_177_579_207,
    86.780_732_202_946_1,
    296.564_248_779_674,
    637.333_633_378_831,
    793.826_512_519_948,
    440.413_735_824_752,
];

fn polynomial(falling: &[f64], x: f64) -> f64 {
    falling.iter().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// A lognormal variable, by the mean and standard deviation of its logarithm.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lognormal {
    pub(super) location: f64,
    pub(super) scale: f64,
}

impl Lognormal {
    /// From the mean and the squared coefficient of variation.
    pub(super) fn of(mean: f64, variability: f64) -> Self {
        let variance = variability.ln_1p();
        Self { location: mean.ln() - 0.5 * variance, scale: variance.sqrt() }
    }
    /// How many standard deviations of the logarithm `t` lies above its mean.
    pub(super) fn standardized(self, t: f64) -> f64 {
        (t.ln() - self.location) / self.scale
    }
    /// The probability to exceed `t`.
    pub(super) fn exceeds(self, t: f64) -> f64 {
        if t <= 0.0 { 1.0 } else { tail(self.standardized(t)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_has_the_tabled_values() {
        for (z, p) in [
            (0.0, 0.5),
            (1.0, 0.158_655_253_931_457),
            (3.0, 1.349_898_031_630_095e-3),
            (6.0, 9.865_876_450_376_98e-10),
            (8.0, 6.220_960_574_271_78e-16),
        ] {
            assert!((tail(z) / p - 1.0).abs() < 1e-9, "{z}: {}", tail(z));
            assert!((tail(-z) - (1.0 - p)).abs() < 1e-15);
        }
    }

    #[test]
    fn a_lognormal_variable_keeps_its_mean_and_variability() {
        let x = Lognormal::of(3.0, 2.0);
        let step = 0.001;
        let (mut mean, mut second) = (0.0, 0.0);
        for i in 0..20_000 {
            let z = f64::from(i) * step - 10.0;
            let value = (x.location + x.scale * z).exp();
            let weight = step * (-0.5 * z * z).exp() / SQRT_TWO_PI;
            mean += weight * value;
            second += weight * value * value;
        }
        assert!((mean - 3.0).abs() < 1e-6);
        assert!((second / (mean * mean) - 3.0).abs() < 1e-5);
    }
}

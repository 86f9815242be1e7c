//! The tail of wait plus service at one station.
//!
//! Integrated over the service times by the Gauss-Legendre rule of M. Abramowitz, I. A. Stegun, "Handbook of Mathematical
//! Functions", 1964, table 25.4, without allocation. Where waits are short against service (many servers) the rule is at
//! its limit: the tail is right to 0.1 %, else to six digits. `docs/accuracy/queueing.md` has its error and its speed.
use super::normal::{Lognormal, SQRT_TWO_PI};
use super::wait::{Offered, WaitLaw};

/// Below this squared coefficient of variation (1 % around the mean) service counts as constant.
const SO_SMALL_IT_IS_CONSTANT: f64 = 1e-4;

/// Wait plus service, independent; time in mean service times.
#[derive(Clone, Copy, Debug)]
pub(super) struct ResponseLaw {
    wait: WaitLaw,
    /// None where it is constant.
    service: Option<Lognormal>,
}

impl ResponseLaw {
    /// The law of a stable station.
    pub(super) fn of(at: Offered) -> Self {
        let service = (at.service > SO_SMALL_IT_IS_CONSTANT).then(|| Lognormal::of(1.0, at.service));
        Self { wait: WaitLaw::before_lognormal(at), service }
    }

    /// The mean response.
    pub(super) fn mean(&self) -> f64 {
        self.wait.mean + 1.0
    }

    /// Either service alone takes longer than `t`, or the wait takes longer than what service leaves of it: an integral
    /// over the service times below `t`, by Gauss and Legendre, in standard deviations of their logarithm.
    pub(super) fn exceeds(&self, t: f64) -> f64 {
        let Some(service) = self.service else {
            return if t < 1.0 { 1.0 } else { self.wait.exceeds(t - 1.0) };
        };
        if t <= 0.0 {
            return 1.0;
        }
        let (least, to) = (t - self.wait.end(), service.standardized(t).min(HIGHEST));
        let from = if least > 0.0 { service.standardized(least).max(-LOWEST) } else { -LOWEST };
        let alone = service.exceeds(t);
        if to <= from || self.wait.waits == 0.0 {
            return alone;
        }
        let (middle, half) = (0.5 * (to + from), 0.5 * (to - from));
        let at = |z: f64| {
            let left = t - (service.location + service.scale * z).exp();
            (-0.5 * z * z).exp() * self.wait.exceeds(left.max(0.0))
        };
        let sum: f64 = NODES.iter().map(|&(x, weight)| weight * (at(middle - half * x) + at(middle + half * x))).sum();
        alone + sum * half / SQRT_TWO_PI
    }
}

/// Service times this many standard deviations below or above the mean of their logarithm are left out.
const LOWEST: f64 = 5.0;
const HIGHEST: f64 = 7.0;

/// The positive half of the 24-point Gauss-Legendre rule (Abramowitz and Stegun, table 25.4): place and weight.
const NODES: [(f64, f64); 12] = [
    (0.064_056_892_862_605_63, 0.127_938_195_346_752_16),
    (0.191_118_867_473_616_3, 0.125_837_456_346_828_3),
    (0.315_042_679_696_163_4, 0.121_670_472_927_803_39),
    (0.433_793_507_626_045_1, 0.115_505_668_053_725_6),
    (0.545_421_471_388_839_6, 0.107_444_270_115_965_63),
    (0.648_093_651_936_975_5, 0.097_618_652_104_113_88),
    (0.740_124_191_578_554_4, 0.086_190_161_531_953_27),
    (0.820_001_985_973_903, 0.073_346_481_411_080_3),
    (0.886_415_527_004_401_1, 0.059_298_584_915_436_78),
    (0.938_274_552_002_732_8, 0.044_277_438_817_419_81),
    (0.974_728_555_971_309_5, 0.028_531_388_628_933_663),
    (0.995_187_219_997_021_3, 0.012_341_229_799_987_2),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The same integral by Simpson's rule with 4,000 steps.
    fn reference(law: &ResponseLaw, t: f64) -> f64 {
        let service = law.service.expect("service varies");
        let (from, to) = (-9.0, service.standardized(t).min(9.0));
        let step = (to - from) / 4000.0;
        let at = |z: f64| {
            let left = t - (service.location + service.scale * z).exp();
            (-0.5 * z * z).exp() * law.wait.exceeds(left.max(0.0))
        };
        let odd_and_even = |i: i32| f64::from(if i % 2 == 1 { 4 } else { 2 });
        let inner: f64 = (1..4000).map(|i| odd_and_even(i) * at(from + f64::from(i) * step)).sum();
        service.exceeds(t) + (at(from) + inner + at(to)) * step / 3.0 / SQRT_TWO_PI
    }

    #[test]
    fn the_quadrature_agrees_with_four_thousand_nodes_to_the_stated_digits() {
        println!("| service | utilization | p50 | p95 | p99 | p99.9 |\n|---|---|---|---|---|---|");
        for variability in [0.01, 0.1, 0.5, 1.0, 2.0, 4.0, 10.0] {
            for utilization in [0.3, 0.7, 0.95] {
                let mut worst = [0.0_f64; 4];
                for servers in [1.0, 4.0, 32.0] {
                    let at = Offered { servers, utilization, arrivals: 1.0, service: variability };
                    let law = ResponseLaw::of(at);
                    for (worst, late) in worst.iter_mut().zip([0.5, 0.05, 0.01, 0.001]) {
                        let (mut low, mut high) = (0.0, 1e5);
                        for _ in 0..60 {
                            let middle = 0.5 * (low + high);
                            if reference(&law, middle) > late { low = middle } else { high = middle }
                        }
                        *worst = worst.max((law.exceeds(high) / late - 1.0).abs());
                    }
                }
                let cells = worst.map(|e| format!("{e:.0e}")).join(" | ");
                println!("| {variability} | {utilization} | {cells} |");
                assert!(worst.iter().all(|error| *error < 1e-3), "{variability}, {utilization}: {worst:?}");
            }
        }
    }
}

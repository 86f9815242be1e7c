//! The GI/M/c queue: independent times between arrivals, exponential service. Exact.
//!
//! L. Takács, "Introduction to the Theory of Queues", Oxford 1962, chapter 2. Times between arrivals are gamma (constant
//! at variability 0) or, above 1, two exponentials with balanced means; the unit of time is the mean time between two.

use super::root::root;

/// How the times between arrivals vary: their squared coefficient of variation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Renewal {
    variability: f64,
    /// Above a variability of 1: the probability of the shorter of the two exponentials.
    often: f64,
}

impl Renewal {
    pub(super) fn of(variability: f64) -> Self {
        Self { variability, often: 0.5 * (1.0 + ((variability - 1.0).max(0.0) / (variability + 1.0)).sqrt()) }
    }

    /// The Laplace transform of the time between arrivals.
    pub(super) fn transform(self, u: f64) -> f64 {
        match self.variability {
            0.0 => (-u).exp(),
            v if v < 1.0 => (1.0 + v * u).powf(-1.0 / v),
            _ => {
                let (short, long) = (2.0 * self.often, 2.0 * (1.0 - self.often));
                0.5 * short * short / (short + u) + 0.5 * long * long / (long + u)
            }
        }
    }

    /// The part of arrivals that find more than `n + c` others among those that find more than `n + c - 1`; for Poisson
    /// arrivals the utilization.
    pub(super) fn decay(self, utilization: f64) -> f64 {
        if self.variability == 1.0 {
            return utilization;
        }
        let below_one = 1.0 - 1e-12;
        root(0.0, below_one, |sigma| self.transform((1.0 - sigma) / utilization) - sigma)
    }

    /// The probability to wait for one of `servers`.
    pub(super) fn waiting(self, servers: u32, utilization: f64) -> f64 {
        let (c, decay) = (f64::from(servers), self.decay(utilization));
        let turn = c * (1.0 - decay);
        // c (1 - phi(j)) - j over turn - j: both are zero together, so there one looks a little to either side.
        let direct = |j: f64, phi: f64| (c * (1.0 - phi) - j) / (turn - j);
        let ratio = |j: f64, phi: f64| {
            if (turn - j).abs() > 1e-6 * c {
                return direct(j, phi);
            }
            let beside = |j: f64| direct(j, self.transform(j / (c * utilization)));
            0.5 * (beside(j - 1e-4 * c) + beside(j + 1e-4 * c))
        };
        let (mut term, mut sum) = (1.0, 1.0 / (1.0 - decay));
        for j in (1..=servers).map(f64::from) {
            let phi = self.transform(j / (c * utilization));
            term *= (c - j + 1.0) / j * (1.0 - phi) / phi;
            sum += term / (1.0 - phi) * ratio(j, phi);
            if !sum.is_finite() {
                return 0.0;
            }
        }
        1.0 / (sum * (1.0 - decay))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poisson_arrivals_give_erlang_c() {
        for (servers, utilization) in [(1, 0.5), (2, 0.5), (10, 0.8), (64, 0.9)] {
            let erlang_c = super::super::erlang::waiting(f64::from(servers), f64::from(servers) * utilization);
            let found = Renewal::of(1.0).waiting(servers, utilization);
            assert!((found / erlang_c - 1.0).abs() < 1e-6, "{servers}: {found}, {erlang_c}");
        }
    }

    #[test]
    fn constant_arrivals_to_one_server_wait_as_the_known_root_says() {
        // D/M/1 at 50 %: sigma = exp(-2 (1 - sigma)).
        let constant = Renewal::of(0.0);
        assert!((constant.decay(0.5) - 0.203_187_869_979_979_9).abs() < 1e-11);
        assert!((constant.waiting(1, 0.5) - 0.203_187_869_979_979_9).abs() < 1e-11);
    }
}

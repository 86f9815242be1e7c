//! Random times with a given mean and squared coefficient of variation.
//!
//! Between arrivals: constant (0), gamma (below 1, Erlang's distribution where it is one over a whole number),
//! exponential (1), and two exponentials with balanced means (above 1; W. Whitt, "Approximating a point process by a
//! renewal process I", Operations Research 30, 1982). Service: constant or lognormal.
use super::normal::Lognormal;
use rand::Rng;
use rand_distr::{Distribution, Exp1, Gamma, LogNormal};

/// A distribution of times to draw from.
pub(super) enum Times {
    Constant(f64),
    Exponential { mean: f64 },
    Gamma(Gamma<f64>),
    Lognormal(LogNormal<f64>),
    Mixed { often: f64, short: f64, long: f64 },
}

impl Times {
    /// The time from one arrival to the next.
    pub(super) fn between_arrivals(mean: f64, variability: f64) -> Self {
        if variability == 0.0 {
            return Self::Constant(mean);
        }
        if variability == 1.0 {
            return Self::Exponential { mean };
        }
        if variability < 1.0 {
            let gamma = Gamma::new(1.0 / variability, mean * variability);
            return Self::Gamma(gamma.expect("shape and scale are above zero"));
        }
        let often = 0.5 * (1.0 + ((variability - 1.0) / (variability + 1.0)).sqrt());
        Self::Mixed { often, short: 0.5 * mean / often, long: 0.5 * mean / (1.0 - often) }
    }
    /// The time a server works on a request.
    pub(super) fn of_service(mean: f64, variability: f64) -> Self {
        if variability == 0.0 || mean == 0.0 {
            return Self::Constant(mean);
        }
        let law = Lognormal::of(mean, variability);
        Self::Lognormal(LogNormal::new(law.location, law.scale).expect("the scale is finite"))
    }
    pub(super) fn draw(&self, rng: &mut impl Rng) -> f64 {
        let exponential = |rng: &mut _| -> f64 { Exp1.sample(rng) };
        match self {
            Self::Constant(time) => *time,
            Self::Exponential { mean } => mean * exponential(rng),
            Self::Gamma(law) => law.sample(rng),
            Self::Lognormal(law) => law.sample(rng),
            Self::Mixed { often, short, long } => {
                let is_short = rand::RngExt::random::<f64>(rng) < *often;
                exponential(rng) * if is_short { short } else { long }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn drawn_times_have_the_mean_and_the_variability_asked_for() {
        let mut rng = rand_xoshiro::Xoshiro256PlusPlus::seed_from_u64(7);
        let mut check = |times: Times, mean: f64, variability: f64| {
            let draws: Vec<f64> = (0..400_000).map(|_| times.draw(&mut rng)).collect();
            let found = draws.iter().sum::<f64>() / draws.len() as f64;
            let second = draws.iter().map(|x| x * x).sum::<f64>() / draws.len() as f64;
            assert!((found / mean - 1.0).abs() < 0.01, "mean {found}, not {mean}");
            assert!((second / (found * found) - 1.0 - variability).abs() < 0.05 * (1.0 + variability));
        };
        for variability in [0.0, 0.25, 0.5, 1.0, 2.0, 4.0] {
            check(Times::between_arrivals(3.0, variability), 3.0, variability);
        }
        check(Times::of_service(3.0, 0.0), 3.0, 0.0);
        check(Times::of_service(3.0, 1.0), 3.0, 1.0);
    }
}

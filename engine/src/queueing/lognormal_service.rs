//! What is left of a lognormal service under way, as two exponentials: the shape of the wait behind it.
//!
//! With one server and Poisson arrivals the wait of those who wait is a geometric number of such rests in a row
//! (Pollaczek and Khinchine; L. Kleinrock, "Queueing Systems" I, 1975, section 5.7). A lognormal service of mean one and
//! squared coefficient of variation v has `E[S^3] = (1 + v)^3`, so its rest has the mean (1 + v) / 2 and the squared
//! coefficient of variation 4 (1 + v) / 3 - 1: one at v = 1/2, and above what two exponentials with balanced means have
//! from there on. The constants are fitted to simulated stations; `docs/accuracy/queueing.md` has the error on others.

/// Up to this variability the rest of a service varies at most as an exponential variable does.
pub(super) const RESTS_ARE_EXPONENTIAL: f64 = 0.5;

/// The rest of a service in units of its mean: `long` with probability `rarely`, else `short`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rest {
    pub(super) rarely: f64,
    pub(super) long: f64,
    pub(super) short: f64,
}

impl Rest {
    /// What one of so many servers has left to do, as it shapes the wait. For service variability above one half.
    pub(super) fn of(variability: f64, servers: f64, utilization: f64) -> Self {
        let alone = 4.0 / 3.0 * (1.0 + variability) - 2.0;
        let felt = alone / (1.0 + FAR_TAIL * alone);
        let above_one = felt * servers.max(1.0).powf(MORE_WHEN_BUSY * utilization - LESS_WHEN_MANY);
        let half_square = 1.0 + 0.5 * above_one;
        let long = REACH * half_square;
        let below_one = (half_square - 1.0) / (long - 1.0);
        let short = 1.0 - below_one;
        Self { rarely: below_one / (long - short), long, short }
    }
}

/// The part of the variability that lies in a tail beyond p99, where no request of interest is; without it p99 would be
/// 5 to 15 % late at variability 4.
const FAR_TAIL: f64 = 0.124;
/// The longer exponential against the shortest one that has the variability. Half as much puts p95 10 % early at
/// variability 4.
const REACH: f64 = 2.387;
/// Several idle servers hide a long service, and several busy ones do not: the variability goes with this power of
/// their number, about a square root in heavy traffic. A tenth more or less moves p99 of few servers by 1 to 2 %.
const LESS_WHEN_MANY: f64 = 1.847;
const MORE_WHEN_BUSY: f64 = 2.356;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_has_mean_one_and_turns_exponential_at_one_half() {
        for (variability, servers, utilization) in [(0.5, 1.0, 0.5), (1.0, 1.0, 0.9), (4.0, 8.0, 0.8), (40.0, 0.5, 0.1)]
        {
            let Rest { rarely, long, short } = Rest::of(variability, servers, utilization);
            assert!((rarely * long + (1.0 - rarely) * short - 1.0).abs() < 1e-12);
            assert!((0.0..1.0).contains(&rarely) && short > 0.0 && long > short);
            assert!(variability > RESTS_ARE_EXPONENTIAL || (rarely == 0.0 && short == 1.0));
        }
    }
}

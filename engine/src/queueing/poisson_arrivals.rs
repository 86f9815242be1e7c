//! The M/G/c queue: Poisson arrivals, service of any variability.
//!
//! Mean wait: T. Kimura, "A two-moment approximation for the mean waiting time in the GI/G/s queue", Management Science
//! 32, 1986, between M/M/c and M/D/c; M/D/c from G. P. Cosmetatos, "Some approximate equilibrium results for the
//! multi-server queue M/G/r", Operational Research Quarterly 27, 1976. With one server this is Pollaczek and Khinchine's
//! formula, with exponential service Erlang's, both exact. What makes the chance to wait differ from Erlang's, and the
//! spread of the wait with many servers, is fitted here to the simulated cases of `docs/accuracy/queueing.md`.
use super::erlang;

/// The wait in mean service times.
#[derive(Clone, Copy, Debug)]
pub(super) struct PoissonWait {
    /// The probability to wait.
    pub(super) waits: f64,
    /// The mean wait of those who wait.
    pub(super) delay: f64,
    /// Its squared coefficient of variation.
    pub(super) delay_variability: f64,
}

impl PoissonWait {
    /// The wait at a stable station. `variability` is that of service.
    pub(super) fn of(servers: f64, utilization: f64, variability: f64) -> Self {
        let erlang_c = erlang::waiting(servers, servers * utilization);
        let spare = servers * (1.0 - utilization);
        if variability == 1.0 {
            return Self { waits: erlang_c, delay: 1.0 / spare, delay_variability: 1.0 };
        }
        let sway = SWAY * (1.0 - erlang_c) * (1.0 - 1.0 / servers).max(0.0);
        let over_erlang = 1.0 + sway * (variability - 1.0) / (variability + 1.0);
        let constant = 0.5 * (1.0 + cosmetatos(servers, utilization).tanh());
        let kimura = (1.0 + variability) / (2.0 * variability + (1.0 - variability) / constant);
        Self {
            waits: erlang_c * over_erlang,
            delay: kimura / over_erlang / spare,
            delay_variability: delay_variability(servers, utilization, variability, erlang_c),
        }
    }
}

/// Constant service makes at most this part fewer requests wait than exponential service does, highly variable service
/// this part more; twice as much would move the chance to wait by 9 % at ten half-busy servers, by 1 % at busy ones.
const SWAY: f64 = 0.1;

/// By how much many servers lose more than half of the wait when service becomes constant. Zero for one server.
fn cosmetatos(servers: f64, utilization: f64) -> f64 {
    let c = servers;
    (1.0 - utilization) * (c - 1.0).max(0.0) * ((4.0 + 5.0 * c).sqrt() - 2.0) / (16.0 * c * utilization)
}

/// One server: exact, for the third moment that W. Whitt takes ("Approximations for the GI/G/m queue", 1993): two
/// exponentials with balanced means above one, an Erlang distribution below. More servers: the deviation from one grows.
fn delay_variability(servers: f64, utilization: f64, variability: f64, erlang_c: f64) -> f64 {
    let cubed = if variability > 1.0 { 3.0 * variability } else { 2.0 * variability + 1.0 };
    let alone = 2.0 * utilization - 1.0 + (1.0 - utilization) * 4.0 / 3.0 * cubed / (variability + 1.0);
    1.0 + (alone - 1.0) * (1.0 + 0.5 * erlang_c.powf(0.6) * servers.max(1.0).log2())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_server_has_the_exact_two_moments_of_the_wait() {
        // M/D/1 at 50 %: E[W] = 1/2, E[W^2] = 2 E[W]^2 + lambda E[S^3] / (3 (1 - rho)) = 5/6.
        let wait = PoissonWait::of(1.0, 0.5, 0.0);
        assert!((wait.waits - 0.5).abs() < 1e-15 && (wait.delay - 1.0).abs() < 1e-15);
        let second = wait.waits * wait.delay * wait.delay * (1.0 + wait.delay_variability);
        assert!((second - 5.0 / 6.0).abs() < 1e-14);
    }

    #[test]
    fn nothing_jumps_where_service_turns_exponential() {
        let (below, at) = (PoissonWait::of(8.0, 0.7, 1.0 - 1e-9), PoissonWait::of(8.0, 0.7, 1.0));
        assert!((below.waits / at.waits - 1.0).abs() < 1e-8 && (below.delay / at.delay - 1.0).abs() < 1e-8);
        assert!((below.delay_variability - 1.0).abs() < 1e-8);
    }
}

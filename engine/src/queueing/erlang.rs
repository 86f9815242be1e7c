//! The M/M/c queue: Poisson arrivals, exponential service, `c` servers, one line.
//!
//! A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic telephone
//! exchanges", 1917. The Erlang B recurrence is unrolled from the top into a sum of falling terms, which neither
//! overflows nor loses digits and stops after about nine times the root of `c` terms. A fractional number of servers,
//! as contention leaves it, enters the same recurrence at its fraction: D. L. Jagerman, "Some properties of the Erlang loss
//! function", Bell System Technical Journal 53, 1974.
use crate::units::{Factor, Load, Quantity, Rate, Share, Span};

/// The probability that a request finds every server busy, where nobody waits and a refused request is gone.
///
/// ```
/// use plimsoll::{queueing::erlang, units::Load};
/// assert!((erlang::erlang_b(3, Load::erlangs(2.0)).as_part() - 4.0 / 19.0).abs() < 1e-15);
/// ```
pub fn erlang_b(servers: u32, load: Load) -> Share {
    Share::of_one(blocking(f64::from(servers), load.base()))
}

/// The probability that a request finds every server busy and waits (Erlang C).
/// One when `load` is at or above `servers`: the line grows without end.
///
/// ```
/// use plimsoll::{queueing::erlang, units::Load};
/// assert!((erlang::waiting_probability(3, Load::erlangs(2.0)).as_part() - 4.0 / 9.0).abs() < 1e-15);
/// ```
pub fn waiting_probability(servers: u32, load: Load) -> Share {
    Share::of_one(waiting(f64::from(servers), load.base()))
}

/// [`waiting_probability`] for a number of servers between two whole ones: continuous and falling in `servers`, equal
/// to it at whole numbers, and one at or above capacity.
pub fn waiting_probability_between(servers: Factor, load: Load) -> Share {
    Share::of_one(waiting(servers.get(), load.base()))
}

/// The mean time a request waits before its service begins, over all requests. None at or above capacity.
pub fn mean_wait(servers: u32, arrivals: Rate, service: Span) -> Option<Span> {
    let drain = drain(servers, arrivals, service)?;
    let waits = waiting_probability(servers, arrivals * service);
    Some(service * (waits.as_part() / drain))
}

/// The wait that a share `p` of requests does not exceed; zero where that many do not wait. None at or above capacity,
/// and for all requests (`p` of one).
pub fn wait_percentile(servers: u32, arrivals: Rate, service: Span, p: Share) -> Option<Span> {
    let drain = drain(servers, arrivals, service)?;
    let waits = waiting_probability(servers, arrivals * service).as_part();
    let late = p.rest().as_part();
    (late > 0.0).then(|| service * ((waits / late).max(1.0).ln() / drain))
}

/// How many requests more than arrive could be served, in a mean service time, while all servers are busy.
fn drain(servers: u32, arrivals: Rate, service: Span) -> Option<f64> {
    let spare = f64::from(servers) - (arrivals * service).base();
    (spare > 0.0).then_some(spare)
}

/// Erlang C from Erlang B.
pub(super) fn waiting(servers: f64, load: f64) -> f64 {
    if load >= servers {
        return 1.0;
    }
    let blocked = blocking(servers, load);
    let utilization = load / servers;
    blocked / (1.0 - utilization * (1.0 - blocked))
}

/// Erlang B for any number of servers: one over `1 + c/a (1 + (c-1)/a (1 + ...))`, down to the fraction of `c`.
fn blocking(servers: f64, load: f64) -> f64 {
    /// A term below this part of the sum cannot change it.
    const NEGLIGIBLE: f64 = 1e-17;
    if load == 0.0 {
        return if servers == 0.0 { 1.0 } else { 0.0 };
    }
    let (per_load, whole) = (1.0 / load, servers.floor());
    let (mut sum, mut term, mut left) = (0.0, 1.0, servers);
    for _ in 0..whole as u64 {
        sum += term;
        if term < sum * NEGLIGIBLE || sum == f64::INFINITY {
            return 1.0 / sum;
        }
        term *= left * per_load;
        left -= 1.0;
    }
    1.0 / (sum + term * inverse_blocking_of_fraction(servers - whole, load))
}

/// One over Erlang B for a fraction of a server: the integral of exp(-u) (1 + u/a)^f over u from 0, which is an incomplete
/// gamma function; to five digits. From one erlang up Legendre's continued fraction, below it the power series.
fn inverse_blocking_of_fraction(servers: f64, load: f64) -> f64 {
    const LEVELS: u8 = 16;
    if servers == 0.0 {
        return 1.0;
    }
    if load >= 1.0 {
        let last = load + 2.0 * f64::from(LEVELS) - servers;
        let levels = (1..=LEVELS).rev().map(f64::from);
        return load / levels.fold(last, |below, k| load + 2.0 * (k - 1.0) - servers + k * (1.0 + servers - k) / below);
    }
    let (mut term, mut lower) = (load, 0.0);
    for k in (0..LEVELS).map(f64::from) {
        lower += term / (servers + 1.0 + k);
        term *= -load / (k + 1.0);
    }
    load.exp() * (factorial(servers) * load.powf(-servers) - lower)
}

/// The factorial between 0 and 1 (Abramowitz and Stegun, 6.1.36): to seven digits.
fn factorial(x: f64) -> f64 {
    const FALLING: [f64; 9] = [
        0.035_868_343,
        -0.193_527_818,
        0.482_199_394,
        -0.756_704_078,
        0.918_206_857,
        -0.897_056_937,
        0.988_205_891,
        -0.577_191_652,
        1.0,
    ];
    FALLING.iter().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_of_servers_neither_overflow_nor_lose_digits() {
        let c = waiting_probability(10_200, Load::erlangs(10_000.0)).as_part();
        assert!((c / 0.027_506_941_710_703_54 - 1.0).abs() < 1e-12, "{c}");
        assert_eq!(waiting_probability(4_000, Load::erlangs(1.0)), Share::NONE);
    }

    #[test]
    fn a_full_station_makes_everyone_wait() {
        assert_eq!(waiting_probability(3, Load::erlangs(3.0)), Share::ALL);
        assert_eq!(waiting_probability(0, Load::ZERO), Share::ALL);
        assert_eq!(mean_wait(3, Rate::per_second(30.0), Span::millis(100.0)), None);
    }

    #[test]
    fn between_whole_servers_the_chance_to_wait_falls_steadily_and_meets_both_ends() {
        for load in [0.3, 0.9, 2.3, 7.5, 90.0] {
            let at = |c: f64| waiting_probability_between(Factor::of(c), Load::erlangs(load)).as_part();
            let steps: Vec<f64> = (0..400).map(|i| at(load + 0.02 * f64::from(i))).collect();
            assert_eq!(steps[0], 1.0);
            assert!(steps[1] > 0.9, "no jump at capacity: {}", steps[1]);
            assert!(steps.windows(2).all(|pair| pair[1] < pair[0]), "load {load}");
            let whole = load.ceil() + 1.0;
            assert!((at(whole) - waiting_probability(whole as u32, Load::erlangs(load)).as_part()).abs() < 1e-12);
        }
    }

    #[test]
    fn a_fraction_of_a_server_agrees_with_the_integral_that_continues_erlang_b() {
        // 1/B(c, a) is the integral of exp(-u) (1 + u/a)^c over u from 0 on (Jagerman 1974).
        for (servers, load) in [(0.5, 0.05), (0.5, 0.4), (2.5, 0.99), (2.5, 1.0), (3.7, 1.5), (9.3, 8.0)] {
            let step = 4e-4;
            let integral: f64 = (0..150_000)
                .map(|i| (f64::from(i) + 0.5) * step)
                .map(|u| step * (-u).exp() * (1.0 + u / load).powf(servers))
                .sum();
            let error = blocking(servers, load) * integral - 1.0;
            assert!(error.abs() < 1e-5, "{servers} servers, {load} erlangs: {error}");
        }
    }
}

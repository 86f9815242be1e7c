//! How long requests wait, as a law: a chance to wait at all, and two exponentials for how long.
//!
//! Renewal arrivals enter M/G/c by two corrections, both exact where service is exponential. The chance to wait changes
//! as it does in GI/M/c, for arrivals as peaked as these look to servers with this service (the peakedness of W. Whitt,
//! "Heavy-traffic approximations for service systems with blocking", AT&T Bell Labs Technical Journal 63, 1984). The
//! mean delay changes by what GI/M/c adds to M/M/c, as variabilities add in heavy traffic. The measured errors, on the cases
//! it was fitted to and on others, stand in `docs/accuracy/queueing.md`.
use super::lognormal_service::{RESTS_ARE_EXPONENTIAL, Rest};
use super::poisson_arrivals::PoissonWait;
use super::renewal_arrivals::Renewal;
use super::root::root;

/// A stable station without its units: service variability and the rest as in `Station`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offered {
    pub(super) servers: f64,
    pub(super) utilization: f64,
    pub(super) arrivals: f64,
    pub(super) service: f64,
}

/// The law of the wait: `P(W > t) = waits (weight exp(-slow t) + (1 - weight) exp(-fast t))`.
#[derive(Clone, Copy, Debug)]
pub(super) struct WaitLaw {
    /// The probability to wait.
    pub(super) waits: f64,
    /// The mean wait over all requests.
    pub(super) mean: f64,
    weight: f64,
    slow: f64,
    fast: f64,
}

impl WaitLaw {
    /// The law of a stable station, in mean service times.
    pub(super) fn of(at: Offered) -> Self {
        let (waits, delay, variability) = waits_delay_variability(at);
        if waits == 0.0 {
            Self::exponential(0.0, 0.0, 1.0)
        } else if variability == 1.0 {
            Self::exponential(waits, delay, 1.0 / delay)
        } else if variability < 1.0 {
            Self::in_series(waits, delay, variability)
        } else {
            Self::mixed(waits, delay, variability, at.servers * decay_rate(at))
        }
    }

    /// The law that goes with lognormal service in a response time: as many wait, as long on the mean, but a few of them
    /// far longer.
    pub(super) fn before_lognormal(at: Offered) -> Self {
        let Offered { servers, utilization, service, .. } = at;
        if service == 0.0 {
            return Self::of(at);
        }
        let (waits, delay, variability) = waits_delay_variability(at);
        if waits == 0.0 {
            Self::exponential(0.0, 0.0, 1.0)
        } else if service <= RESTS_ARE_EXPONENTIAL {
            // From the third moment of Erlang's distribution to that of the lognormal one.
            let third = (1.0 - 2.0 * service) * (1.0 + service) / (1.0 - service);
            Self::in_series(waits, delay, 1.0 + (variability - 1.0) * third)
        } else {
            Self::behind(Rest::of(service, servers, utilization), utilization, waits, delay)
        }
    }

    /// The probability to wait longer than `t`.
    pub(super) fn exceeds(&self, t: f64) -> f64 {
        let slow = self.weight * (-self.slow * t).exp();
        if self.weight == 1.0 {
            return self.waits * slow;
        }
        self.waits * (slow + (1.0 - self.weight) * (-self.fast * t).exp())
    }

    /// Beyond this the wait is as good as impossible: its tail has fallen by fifteen digits.
    pub(super) fn end(&self) -> f64 {
        36.0 / self.slow
    }

    /// The same law with time counted in units of so many mean service times.
    pub(super) fn in_units(self, unit: f64) -> Self {
        Self { mean: self.mean / unit, slow: self.slow * unit, fast: self.fast * unit, ..self }
    }

    fn exponential(waits: f64, delay: f64, rate: f64) -> Self {
        Self { waits, mean: waits * delay, weight: 1.0, slow: rate, fast: rate }
    }

    /// A geometric number of such rests in a row, which is again a mixture of two exponentials; scaled to the mean.
    fn behind(rest: Rest, utilization: f64, waits: f64, delay: f64) -> Self {
        let (slower, faster) = (1.0 / rest.long, 1.0 / rest.short);
        let sum = slower + faster - utilization * (rest.rarely * slower + (1.0 - rest.rarely) * faster);
        let product = (1.0 - utilization) * slower * faster;
        let larger = 0.5 * (sum + (sum * sum - 4.0 * product).max(0.0).sqrt());
        let (long, short) = (larger / product, 1.0 / larger);
        let apart = (long - short).max(1e-9 * long);
        let mean = 1.0 / (1.0 - utilization);
        let unit = mean / delay;
        Self {
            weight: ((mean - short) / apart).clamp(0.0, 1.0),
            slow: unit / long,
            fast: unit / short,
            ..Self::exponential(waits, delay, 1.0)
        }
    }

    /// Less variable than exponential: one exponential after another, down to almost equal ones.
    fn in_series(waits: f64, delay: f64, variability: f64) -> Self {
        let spread = (2.0 * variability.max(0.51) - 1.0).sqrt();
        let (long, short) = (0.5 * delay * (1.0 + spread), 0.5 * delay * (1.0 - spread));
        Self {
            weight: long / (long - short),
            slow: 1.0 / long,
            fast: 1.0 / short,
            ..Self::exponential(waits, delay, 1.0)
        }
    }

    /// More variable than exponential: one of two, the slower with the rate at which the true tail falls in the end, the
    /// other and its share from the mean and the variability. Where no such mixture is that variable, the nearest one.
    fn mixed(waits: f64, delay: f64, variability: f64, decay: f64) -> Self {
        /// The quicker exponential has at least this part of the mean.
        const QUICKEST: f64 = 0.1;
        let long = (1.0 / decay).max(delay * (1.0 + 1e-6));
        let half_square = 0.5 * delay * delay * (1.0 + variability);
        let short = ((delay * long - half_square) / (long - delay)).clamp(QUICKEST * delay, delay);
        let weight = (delay - short) / (long - short);
        Self { weight, slow: 1.0 / long, fast: 1.0 / short, ..Self::exponential(waits, delay, 1.0) }
    }
}

/// The chance to wait, the mean wait of those who wait, and its variability. All zero where nobody waits.
fn waits_delay_variability(at: Offered) -> (f64, f64, f64) {
    let poisson = PoissonWait::of(at.servers, at.utilization, at.service);
    if poisson.waits == 0.0 {
        return (0.0, 0.0, 0.0);
    }
    let (waits, delay) = if at.arrivals == 1.0 { (poisson.waits, poisson.delay) } else { with_renewals(at, poisson) };
    (waits, delay, poisson.delay_variability)
}

/// The chance to wait and the mean delay where arrivals are not Poisson.
fn with_renewals(at: Offered, poisson: PoissonWait) -> (f64, f64) {
    let Offered { servers, utilization, arrivals, service } = at;
    // Servers see through the variability of arrivals the better, the more alike their service times are.
    let sharpness = 1.0 + (1.0 - service) / (1.0 + 2.0 * service);
    let peaked = Renewal::of((1.0 + (arrivals - 1.0) * sharpness).max(0.0));
    let over_poisson = |c: u32| {
        let erlang_c = super::erlang::waiting(f64::from(c), f64::from(c) * utilization);
        if erlang_c == 0.0 { 0.0 } else { peaked.waiting(c, utilization) / erlang_c }
    };
    let (whole, part) = (servers.floor().max(1.0), (servers - servers.floor().max(1.0)).max(0.0));
    let below = over_poisson(whole as u32);
    let ratio = if part == 0.0 { below } else { below + part * (over_poisson(whole as u32 + 1) - below) };
    let spare = servers * (1.0 - utilization);
    let from_arrivals = (1.0 - utilization) / (1.0 - Renewal::of(arrivals).decay(utilization));
    let delay = (poisson.delay * spare + from_arrivals - 1.0).max(LEAST_DELAY) / spare;
    ((poisson.waits * ratio).min(1.0), delay)
}

/// Where neither arrivals nor service vary nobody waits long: this part of the delay of M/M/c is kept.
const LEAST_DELAY: f64 = 0.01;

/// The rate at which the tail of the wait falls in the end, for one of the servers, in mean service times: where the
/// transforms of the time between arrivals and of service, two exponentials with balanced means, multiply to one (Y.
/// Takahashi, "Asymptotic exponentiality of the tail of the waiting-time distribution in a PH/PH/c queue", Advances in
/// Applied Probability 13, 1981). For service variability above one.
fn decay_rate(at: Offered) -> f64 {
    let Offered { utilization: rho, arrivals, service, .. } = at;
    let quarter = 0.5 / (service + 1.0);
    if arrivals == 1.0 {
        let middle = 1.0 - 0.5 * rho;
        return middle - (middle * middle - 4.0 * quarter * (1.0 - rho)).sqrt();
    }
    let apart = ((service - 1.0) / (service + 1.0)).sqrt();
    let (short, long) = (1.0 + apart, 1.0 - apart);
    let times = Renewal::of(arrivals);
    let product = |x: f64| {
        let of_service = 0.5 * short * short / (short - x) + 0.5 * long * long / (long - x);
        1.0 - times.transform(x / rho) * of_service
    };
    let start = 1e-3 * long * (1.0 - rho);
    root(start, long * (1.0 - 1e-9), product)
}

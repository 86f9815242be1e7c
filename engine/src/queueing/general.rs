//! The G/G/c queue: arrivals and service that vary as they do, `c` servers, one line.
//!
//! The wait follows the law of `wait`, which knows service by two moments and is exact where it is exponential. In a
//! response time, service is lognormal, as measured service times mostly are, or constant, and the wait has the spread
//! that goes with it (`lognormal_service`), about the same mean. Wait and service are taken as independent.
use super::response::ResponseLaw;
use super::root::root;
use super::wait::{Offered, WaitLaw};
use crate::units::{Factor, Load, Quantity, Rate, Share, Span};

/// One station: identical servers, one line, first come first served.
///
/// ```
/// use plimsoll::{queueing::Station, units::{Factor, Rate, Share, Span}};
/// let station = Station {
///     arrivals: Rate::per_second(20.0),
///     service: Span::millis(100.0),
///     servers: Factor::of(3.0),
///     arrival_variability: Factor::ONE,
///     service_variability: Factor::ONE,
/// };
/// assert!((station.mean_wait().unwrap().as_millis() - 44.4).abs() < 0.1);
/// assert!(station.wait_percentile(Share::percent(50.0)).unwrap() == Span::ZERO);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Station {
    /// How many requests come.
    pub arrivals: Rate,
    /// How long one server works on one request, on the mean.
    pub service: Span,
    /// How many undisturbed servers there are; a fraction of one is what contention left. Above zero.
    pub servers: Factor,
    /// The squared coefficient of variation of the time between arrivals: one for Poisson arrivals.
    pub arrival_variability: Factor,
    /// The squared coefficient of variation of the service time: zero where it is constant.
    pub service_variability: Factor,
}

impl Station {
    /// The servers that would be busy if nobody waited.
    pub fn load(&self) -> Load {
        self.arrivals * self.service
    }
    /// Load over servers. It may exceed one, and then there is no answer. Panics where there are no servers.
    pub fn utilization(&self) -> Factor {
        Factor::of(self.load().base() / self.servers.get())
    }
    /// Whether the line stays finite.
    pub fn is_stable(&self) -> bool {
        self.load().base() < self.servers.get()
    }
    /// The probability that a request has to wait; one where the station is not stable.
    pub fn waiting_probability(&self) -> Share {
        self.law().map_or(Share::ALL, |law| Share::of_one(law.waits))
    }
    /// The mean wait before service, over all requests. None where the station is not stable.
    pub fn mean_wait(&self) -> Option<Span> {
        self.law().map(|law| self.service * law.mean)
    }
    /// The mean time from arrival to the end of service. None where the station is not stable.
    pub fn mean_response(&self) -> Option<Span> {
        self.mean_wait().map(|wait| wait + self.service)
    }
    /// The probability that the wait before service exceeds `t`.
    pub fn wait_exceeds(&self, t: Span) -> Share {
        match self.law() {
            None => Share::ALL,
            Some(_) if self.service.is_zero() => Share::NONE,
            Some(law) => Share::of_one(law.exceeds(t / self.service)),
        }
    }
    /// The wait that a share `p` of requests does not exceed. None where the station is not stable, or for all of them.
    pub fn wait_percentile(&self, p: Share) -> Option<Span> {
        let law = self.law()?;
        quantile(p, law.mean, |t| law.exceeds(t)).map(|t| self.service * t)
    }
    /// The probability that wait and service together exceed `t`.
    pub fn response_exceeds(&self, t: Span) -> Share {
        match self.offered() {
            None => Share::ALL,
            Some(_) if self.service.is_zero() => Share::NONE,
            Some(at) => Share::of_one(ResponseLaw::of(at).exceeds(t / self.service)),
        }
    }
    /// The response time that a share `p` of requests does not exceed. None where the station is not stable, or for
    /// all of them.
    pub fn response_percentile(&self, p: Share) -> Option<Span> {
        let response = ResponseLaw::of(self.offered()?);
        quantile(p, response.mean(), |t| response.exceeds(t)).map(|t| self.service * t)
    }

    /// The tail of the wait, in a response time, of a stable station, with time counted in steps of a grid.
    pub(super) fn wait_tail(&self, step: Span) -> WaitLaw {
        WaitLaw::before_lognormal(self.offered().expect("the station is stable")).in_units(step / self.service)
    }

    /// None where the station is not stable.
    fn offered(&self) -> Option<Offered> {
        self.is_stable().then(|| Offered {
            servers: self.servers.get(),
            utilization: self.utilization().get(),
            arrivals: self.arrival_variability.get(),
            service: self.service_variability.get(),
        })
    }
    fn law(&self) -> Option<WaitLaw> {
        self.offered().map(WaitLaw::of)
    }
}

/// Where a falling tail reaches the rest of `p`, to about ten digits: a bracket by doubling, then the root of its logarithm.
fn quantile(p: Share, scale: f64, tail: impl Fn(f64) -> f64) -> Option<f64> {
    let late = p.rest().as_part();
    if late <= 0.0 {
        return None;
    }
    if tail(0.0) <= late {
        return Some(0.0);
    }
    let (mut low, mut high) = (0.0, scale.max(1e-9));
    while tail(high) > late {
        low = high;
        high *= 2.0;
    }
    Some(root(low, high, |t| (tail(t).max(f64::MIN_POSITIVE) / late).ln()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn station(arrivals: f64, servers: f64, arrival_variability: f64, service_variability: f64) -> Station {
        Station {
            arrivals: Rate::per_second(arrivals),
            service: Span::seconds(1.0),
            servers: Factor::of(servers),
            arrival_variability: Factor::of(arrival_variability),
            service_variability: Factor::of(service_variability),
        }
    }

    #[test]
    fn more_requests_wait_longer_and_more_servers_wait_less() {
        let p99 = Share::percent(99.0);
        let all = |s: Station| {
            let wait = s.mean_wait().unwrap().as_seconds();
            let late = s.response_percentile(p99).unwrap().as_seconds();
            [s.waiting_probability().as_part(), wait, late]
        };
        let not_below = |more: [f64; 3], less: [f64; 3]| more.iter().zip(less).all(|(m, l)| *m >= l * (1.0 - 1e-9));
        for (ca2, cs2) in
            [(1.0, 0.0), (1.0, 0.4), (1.0, 1.0), (1.0, 4.0), (0.0, 0.0), (0.0, 1.0), (0.5, 2.0), (4.0, 0.5)]
        {
            for servers in [0.7, 1.0, 2.0, 3.3, 8.0, 61.7] {
                let loads: Vec<_> =
                    (1..50).map(|i| all(station(0.02 * f64::from(i) * servers, servers, ca2, cs2))).collect();
                assert!(
                    loads.windows(2).all(|w| not_below(w[1], w[0])),
                    "load: {servers} servers, {ca2}, {cs2}: {loads:?}"
                );
                let at = |extra: u32| all(station(0.7 * servers, servers * (1.0 + 0.02 * f64::from(extra)), ca2, cs2));
                let sizes: Vec<_> = (0..40).map(at).collect();
                assert!(sizes.windows(2).all(|w| not_below(w[0], w[1])), "servers: {servers}, {ca2}, {cs2}");
            }
        }
    }

    #[test]
    fn a_full_station_has_no_wait_to_tell() {
        let full = station(3.0, 3.0, 1.0, 1.0);
        assert!(!full.is_stable() && full.utilization() == Factor::ONE);
        assert_eq!((full.mean_wait(), full.wait_percentile(Share::percent(50.0))), (None, None));
        assert_eq!((full.waiting_probability(), full.response_exceeds(Span::hours(1.0))), (Share::ALL, Share::ALL));
    }

    #[test]
    fn an_idle_station_answers_in_its_service_time() {
        let idle = station(0.0, 2.0, 1.0, 0.0);
        assert_eq!((idle.waiting_probability(), idle.mean_response()), (Share::NONE, Some(Span::seconds(1.0))));
        assert!((idle.response_percentile(Share::percent(99.9)).unwrap().as_seconds() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_percentile_and_the_chance_to_exceed_it_agree() {
        for cs2 in [0.0, 0.5, 3.0] {
            let s = station(6.4, 8.0, 1.0, cs2);
            for p in [50.0, 95.0, 99.9].map(Share::percent) {
                let response = s.response_exceeds(s.response_percentile(p).unwrap());
                let may_jump = cs2 == 0.0 && p == Share::percent(50.0);
                assert!(may_jump || (response.as_part() - p.rest().as_part()).abs() < 1e-6);
                let wait = s.wait_percentile(p).unwrap();
                assert!(wait == Span::ZERO || (s.wait_exceeds(wait).as_part() - p.rest().as_part()).abs() < 1e-6);
            }
            assert_eq!(s.response_percentile(Share::ALL), None);
        }
    }
}

//! Little's law: what is in a system is what comes in, times how long it stays.
//!
//! J. D. C. Little, "A proof for the queuing formula: L = lambda W", Operations Research 9, 1961. It holds for any stable
//! system, whatever the distributions.
use crate::units::{Count, Quantity, Rate, Span};

/// How many are in the system on the mean: requests in flight, connections held, jobs in line.
///
/// ```
/// use plimsoll::{queueing::little, units::{Count, Rate, Span}};
/// let held = little::in_flight(Rate::per_second(900.0), Span::millis(40.0));
/// assert_eq!(held, Count::of(36.0));
/// assert_eq!(little::throughput(held, Span::millis(40.0)), Some(Rate::per_second(900.0)));
/// ```
pub fn in_flight(throughput: Rate, stay: Span) -> Count {
    throughput.events_in(stay)
}

/// The throughput that keeps so many in the system. None where they stay no time.
pub fn throughput(in_flight: Count, stay: Span) -> Option<Rate> {
    (!stay.is_zero()).then(|| Rate::from_base(in_flight.base() / stay.base()))
}

/// How long each one stays on the mean. None where nothing comes.
pub fn stay(in_flight: Count, throughput: Rate) -> Option<Span> {
    (!throughput.is_zero()).then(|| Span::from_base(in_flight.base() / throughput.base()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_the_three_follows_from_the_other_two() {
        let (rate, time) = (Rate::per_second(9.0), Span::seconds(1.052_631_578_947));
        let inside = in_flight(rate, time);
        assert!((inside.get() - 9.473_684_210_5).abs() < 1e-9, "M/M/2 of the ETH slides: L = 9.47");
        assert_eq!(stay(inside, rate), Some(time));
        assert_eq!((stay(inside, Rate::ZERO), throughput(inside, Span::ZERO)), (None, None));
    }
}

//! How often work that may be cut off should save what it has done.
//!
//! J. W. Young, "A first order approximation to the optimum checkpoint interval", Communications of the ACM 17, 1974;
//! J. T. Daly, "A higher order estimate of the optimum checkpoint interval for restart dumps", Future Generation Computer
//! Systems 22, 2006. `dump` is the time that saving takes, `between` the mean time between interruptions, which come
//! independently (exponential).
use crate::units::{Quantity, Span};

/// Young's interval of work between two dumps: the square root of `2 dump between`.
pub fn young(dump: Span, between: Span) -> Span {
    Span::from_base((2.0 * dump.base() * between.base()).sqrt())
}

/// Daly's interval: right to a part in a thousand of the best time also where dumps are not short against the time between
/// interruptions; that time itself where a dump takes twice as long.
pub fn daly(dump: Span, between: Span) -> Span {
    if dump.base() >= 2.0 * between.base() {
        return between;
    }
    let part = dump.base() / (2.0 * between.base());
    let stretched = young(dump, between) * (1.0 + part.sqrt() / 3.0 + part / 9.0);
    stretched.less(dump).max(dump)
}

/// Daly's expected time for so much `work`, saved at every `interval` of it, with `restart` after each interruption.
pub fn expected_time(work: Span, interval: Span, dump: Span, restart: Span, between: Span) -> Span {
    let m = between.base();
    let each = m * (restart.base() / m).exp() * ((interval.base() + dump.base()) / m).exp_m1();
    Span::from_base((each * work.base() / interval.base()).min(f64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dump of five minutes and a day between interruptions: Young's two hours, Daly's 116.7 minutes.
    #[test]
    fn five_minutes_and_a_day() {
        let (dump, between) = (Span::minutes(5.0), Span::days(1.0));
        assert!((young(dump, between).as_minutes() - 120.0).abs() < 1e-9);
        assert!((daly(dump, between).as_minutes() - 116.69).abs() < 0.005);
    }

    /// The time at Daly's interval against the least over all intervals.
    #[test]
    fn dalys_interval_takes_no_more_than_a_thousandth_above_the_least() {
        for (dump, between) in [(1.0, 60.0), (5.0, 60.0), (5.0, 1440.0), (10.0, 30.0), (0.5, 10_000.0)] {
            let (dump, between) = (Span::minutes(dump), Span::minutes(between));
            let takes = |interval: Span| {
                expected_time(Span::hours(500.0), interval, dump, Span::minutes(10.0), between).as_hours()
            };
            let tried = (1..4000).map(|i| takes(between * (f64::from(i) * 0.001)));
            let least = tried.fold(f64::INFINITY, f64::min);
            let daly = takes(daly(dump, between));
            assert!(daly <= least * 1.001, "{dump} {between}: {daly} against {least}");
            assert!(daly <= takes(young(dump, between)) * (1.0 + 1e-12));
        }
    }
}

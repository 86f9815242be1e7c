//! A closed network: so many users who each think, ask, wait for the answer and think again.
//!
//! Exact mean value analysis for one class and stations with one server: M. Reiser, S. S. Lavenberg, "Mean-value analysis
//! of closed multichain queuing networks", Journal of the ACM 27, 1980.
use crate::units::{Count, Factor, Quantity, Rate, Span};

/// What a closed network does in the long run.
#[derive(Clone, Debug, PartialEq)]
pub struct Closed {
    /// Answers given in time.
    pub throughput: Rate,
    /// From question to answer, without the thinking.
    pub response: Span,
    /// The part of the response spent at each station.
    pub residence: Vec<Span>,
    /// The users at each station, waiting or served.
    pub present: Vec<Count>,
}

impl Closed {
    /// How busy a station with this demand is.
    pub fn utilization(&self, demand: Span) -> Factor {
        Factor::of((self.throughput * demand).base())
    }
}

/// The network of `users` who think for `think`, and whose every question needs `demands` of service: one server at each
/// station. Nothing happens without users; panics where neither thinking nor service takes time.
///
/// ```
/// use plimsoll::{queueing::closed, units::Span};
/// let demands = [2.0, 3.0, 1.0].map(Span::seconds);
/// let found = closed::mean_values(&demands, Span::seconds(4.0), 20);
/// assert!((found.throughput.as_per_second() - 0.333_246_51).abs() < 1e-8); // Jain 1991, p. 577
/// ```
pub fn mean_values(demands: &[Span], think: Span, users: u32) -> Closed {
    let mut present = vec![0.0; demands.len()];
    let mut residence = vec![0.0; demands.len()];
    let mut throughput = 0.0;
    for n in 1..=users {
        for ((stay, present), demand) in residence.iter_mut().zip(&present).zip(demands) {
            *stay = demand.base() * (1.0 + present);
        }
        let cycle = think.base() + residence.iter().sum::<f64>();
        assert!(cycle > 0.0, "thinking or service takes time");
        throughput = f64::from(n) / cycle;
        present.iter_mut().zip(&residence).for_each(|(present, stay)| *present = throughput * stay);
    }
    Closed {
        throughput: Rate::per_second(throughput),
        response: Span::from_base(residence.iter().sum()),
        residence: residence.into_iter().map(Span::from_base).collect(),
        present: present.into_iter().map(Count::of).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_neither_lost_nor_made() {
        let demands = [0.605, 2.1, 1.35].map(Span::seconds);
        let think = Span::seconds(15.0);
        for users in [1, 3, 500] {
            let found = mean_values(&demands, think, users);
            let there: f64 = found.present.iter().map(|n| n.get()).sum();
            let thinking = (found.throughput * think).base();
            assert!((there + thinking - f64::from(users)).abs() < 1e-9 * f64::from(users));
            assert!(demands.iter().all(|d| found.utilization(*d).get() <= 1.0));
        }
        assert!((mean_values(&demands, think, 500).utilization(demands[1]).get() - 1.0).abs() < 1e-6);
        assert_eq!(mean_values(&demands, think, 0).throughput, Rate::ZERO);
    }
}

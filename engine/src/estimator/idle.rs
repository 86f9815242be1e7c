//! When a tool calls a resource idle.
use super::{Estimator, Statistic, Window};
use crate::units::{Compute, Data, DataRate, Share, Span};

/// A rule for what does nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Idle {
    /// The rule in words, as its tool states it.
    pub text: &'static str,
    /// How long it has to hold.
    pub over: Span,
    /// What is taken of the processors' use within a time, and the part of the capacity that it stays below.
    pub cpu: &'static [(Statistic<Compute>, Span, Share)],
    /// The network traffic of a day that stays below this; `None` where the tool's rule cannot be told from traffic alone.
    pub network_per_day: Option<Data>,
}

impl Idle {
    /// Whether the rule calls it idle; `None` where that takes what was not measured or a longer history.
    pub fn holds(
        &self,
        cpu: Window<'_, Compute>,
        capacity: Compute,
        network: Option<Window<'_, DataRate>>,
    ) -> Option<bool> {
        for (statistic, over, below) in self.cpu {
            if statistic.size(cpu.last(*over))? >= below.of(capacity) {
                return Some(false);
            }
        }
        if cpu.span() < self.over {
            return None;
        }
        let (network, limit) = (network?.last(self.over), self.network_per_day?);
        let mean = Statistic::Mean.size(network)?;
        Some(mean * Span::days(1.0) < limit)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Usage;
    use super::*;
    use crate::series::Time;
    use crate::units::Quantity;

    const RULE: Idle = Idle {
        text: "peak below 5 % and below 5 MB a day for a day",
        over: Span::days(1.0),
        cpu: &[(Statistic::Peak, Span::days(1.0), Share::percent(5.0))],
        network_per_day: Some(Data::mb(5.0)),
    };

    fn hours<Q: Quantity>(n: usize, value: Q) -> Usage<Q> {
        Usage::new(Time::unix_seconds(0), Span::hours(1.0), vec![Some(value); n])
    }

    #[test]
    fn what_does_nothing_is_idle_and_what_is_not_known_is_said_so() {
        let (cpu, capacity) = (hours(24, Compute::vcpus(0.1)), Compute::vcpus(4.0));
        let network = hours(24, DataRate::mb_per_second(3.0 / 86_400.0));
        assert_eq!(RULE.holds(cpu.all(), capacity, Some(network.all())), Some(true));
        assert_eq!(RULE.holds(cpu.all(), Compute::vcpus(2.0), Some(network.all())), Some(false));
        let busy = hours(24, DataRate::mb_per_second(1.0));
        assert_eq!(RULE.holds(cpu.all(), capacity, Some(busy.all())), Some(false));
        assert_eq!(RULE.holds(cpu.all(), capacity, None), None);
        assert_eq!(RULE.holds(cpu.before(20), capacity, Some(network.all())), None);
    }
}

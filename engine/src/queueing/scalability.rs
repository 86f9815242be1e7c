//! The universal scalability law: what contention and coherency leave of the servers one adds.
//!
//! N. J. Gunther, "Guerrilla Capacity Planning", Springer 2007, chapter 4.
use crate::units::Factor;

/// How much of each further server is lost to waiting for shared things and to keeping copies in agreement.
///
/// ```
/// use plimsoll::{queueing::Scalability, units::Factor};
/// let measured = Scalability { contention: Factor::of(0.02), coherency: Factor::of(0.0001) };
/// assert_eq!(measured.peak_servers(), Some(99));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scalability {
    /// The part of the work that only one server at a time can do (alpha).
    pub contention: Factor,
    /// The cost of keeping each pair of servers in agreement (beta).
    pub coherency: Factor,
}

impl Scalability {
    /// Every server counts in full.
    pub const LINEAR: Self = Self { contention: Factor::ZERO, coherency: Factor::ZERO };

    /// How many undisturbed servers `servers` of these are worth. Past the peak, more are worth less.
    pub fn effective_servers(&self, servers: u32) -> Factor {
        let c = f64::from(servers);
        let others = (c - 1.0).max(0.0);
        Factor::of(c / (1.0 + self.contention.get() * others + self.coherency.get() * c * others))
    }

    /// Where the curve of [`Scalability::effective_servers`] turns, between whole numbers. None where it never does.
    pub fn peak(&self) -> Option<Factor> {
        let lost_alone = (1.0 - self.contention.get()).max(0.0);
        (self.coherency != Factor::ZERO).then(|| Factor::of((lost_alone / self.coherency.get()).sqrt()))
    }

    /// The number of servers worth most. None where each further server still adds something.
    pub fn peak_servers(&self) -> Option<u32> {
        let peak = self.peak()?.get();
        let below = peak.floor().clamp(1.0, f64::from(u32::MAX - 1)) as u32;
        let more_is_better = self.effective_servers(below + 1) > self.effective_servers(below);
        Some(if more_is_better { below + 1 } else { below })
    }

    /// What `servers` are worth when those past the peak are left idle: never falls as servers are added.
    pub fn effective_up_to_peak(&self, servers: u32) -> Factor {
        self.effective_servers(self.peak_servers().map_or(servers, |peak| servers.min(peak)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_past_the_peak_add_nothing_and_take_nothing() {
        let law = Scalability { contention: Factor::of(0.027_728_5), coherency: Factor::of(0.000_104_4) };
        let peak = law.peak_servers().expect("coherency is not zero");
        let worth = |c| law.effective_up_to_peak(c).get();
        assert!((1..400).all(|c| worth(c + 1) >= worth(c)));
        assert_eq!(worth(400), law.effective_servers(peak).get());
        assert!(law.effective_servers(400).get() < worth(400));
    }

    #[test]
    fn without_coherency_there_is_no_peak_but_a_limit() {
        let amdahl = Scalability { contention: Factor::of(0.05), coherency: Factor::ZERO };
        assert_eq!(amdahl.peak_servers(), None);
        let worth = amdahl.effective_servers(1_000_000).get();
        assert!(worth < 20.0 && worth > 19.99);
        assert_eq!(Scalability::LINEAR.effective_servers(7), Factor::of(7.0));
    }

    #[test]
    fn one_server_is_worth_one_and_none_is_worth_nothing() {
        let steep = Scalability { contention: Factor::of(0.9), coherency: Factor::of(0.5) };
        assert_eq!(steep.effective_servers(1), Factor::ONE);
        assert_eq!(steep.effective_servers(0), Factor::ZERO);
        assert_eq!(steep.peak_servers(), Some(1));
    }
}

//! The part of an end-to-end promise that one component may use up.
use crate::queueing::Station;
use crate::units::{Quantity, Share, Span};
use crate::workload::LatencyPromise;

/// What one component's own wait and service must keep. Empty where nothing is promised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LatencyBudget(pub Vec<LatencyPromise>);

impl LatencyBudget {
    /// Whether a station keeps it.
    pub fn holds(&self, station: &Station) -> bool {
        self.0.iter().all(|p| station.response_exceeds(p.within) <= p.share.rest())
    }
    /// The first part of it that an idle machine breaks, with the time that the machine takes.
    pub fn broken_when_idle(&self, station: &Station) -> Option<(&LatencyPromise, Span)> {
        let idle = Station { arrivals: crate::units::Rate::ZERO, ..*station };
        let broken = self.0.iter().find(|p| idle.response_exceeds(p.within) > p.share.rest())?;
        Some((broken, idle.response_percentile(broken.share).unwrap_or(Span::ZERO)))
    }
    /// The tightest bound at the highest share, for choices that need one number.
    pub fn strictest(&self) -> Option<&LatencyPromise> {
        self.0.iter().max_by(|a, b| a.share.as_part().total_cmp(&b.share.as_part()))
    }
    /// The same, widened where `station` already takes longer.
    pub fn widened_to(&self, station: &Station) -> Self {
        let widen = |p: &LatencyPromise| {
            let takes = station.response_percentile(p.share).unwrap_or(p.within);
            LatencyPromise { share: p.share, within: p.within.max(takes * (1.0 + 1e-6)) }
        };
        Self(self.0.iter().map(widen).collect())
    }
    /// Bounds that are multiples of what the service alone takes.
    pub fn stretched(shares: &[Share], alone: &Station, stretch: f64) -> Self {
        let idle = Station { arrivals: crate::units::Rate::ZERO, ..*alone };
        let bound = |&share: &Share| LatencyPromise {
            share,
            within: idle.response_percentile(share).unwrap_or(Span::ZERO) * stretch,
        };
        Self(shares.iter().map(bound).collect())
    }
}

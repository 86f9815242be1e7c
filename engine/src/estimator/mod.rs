//! What size a resource needs, from what it used: the rules that are in use elsewhere, ours, and how each would have done.
//!
//! An [`Estimator`] takes the use within a [`Window`] and gives a size. Estimators are small values that wrap one another:
//! a [`Percentile`] within the last days, with a margin, at least so much. A [`Preset`] is such a composition for
//! processors and one for memory, as a tool that people know publishes it. [`backtest`] plays a rule through a history,
//! [`held_out`] holds one size over the part of it that the rule did not see, and [`risk_share`] is the chance that demand
//! passes a size.
//!
//! ```
//! use plimsoll::estimator::{AtLeast, Estimator, Percentile, Usage, WithMargin, Within};
//! use plimsoll::series::Time;
//! use plimsoll::units::{Compute, Share, Span};
//! let values = (1..=100).map(|i| Some(Compute::vcpus(f64::from(i) / 100.0)));
//! let usage = Usage::new(Time::unix_seconds(0), Span::minutes(5.0), values);
//! let p95 = Percentile::linear(Share::percent(95.0));
//! let rule = AtLeast {
//!     floor: Compute::vcpus(0.025),
//!     of: WithMargin { margin: Share::percent(15.0), of: Within { last: Some(Span::days(8.0)), of: p95 } },
//! };
//! let size = rule.size(usage.all()).unwrap();
//! assert!((size.as_vcpus() - 0.9505 * 1.15).abs() < 1e-12);
//! ```
mod adaptive;
mod backtest;
mod buckets;
mod decayed;
mod follower;
mod histogram;
mod idle;
mod out_of_memory;
mod percentile;
mod preset;
mod presets;
mod reference;
mod risk;
mod rule;
mod scores;
mod spikes;
mod usage;
mod wrappers;

pub use adaptive::Adaptive;
pub use backtest::{BacktestOptions, Score, backtest, held_out};
pub use buckets::Buckets;
pub use decayed::{DecayedMean, DecayedPercentile};
pub use histogram::{DecayingHistogram, HistogramPercentile, Samples};
pub use idle::Idle;
pub use out_of_memory::OutOfMemory;
pub use percentile::{Mean, Peak, PeakOfFirst, Percentile, Rank};
pub use preset::Preset;
pub use presets::PRESETS;
pub use risk::{DAYS_FOR_RISK, risk_share, size_at_risk};
pub use rule::{Rule, Statistic};
pub use spikes::{Apart, Spike, SpikeKind, SpikeRule};
pub use usage::{Usage, Window};
pub use wrappers::{AtLeast, AtUtilization, Confidence, Confident, WithMargin, Within};

use crate::units::Quantity;

/// A rule that gives the size which what was used calls for.
pub trait Estimator<Q: Quantity> {
    /// The size; `None` where nothing was measured in the window.
    fn size(&self, window: Window<'_, Q>) -> Option<Q>;
    /// The sizes at several moments, given as numbers of steps in ascending order: each from what lies before it.
    ///
    /// One that learns as it goes does so in one pass.
    fn sizes(&self, usage: &Usage<Q>, moments: &[usize]) -> Vec<Option<Q>> {
        moments.iter().map(|steps| self.size(usage.before(*steps))).collect()
    }
}

//! How much is asked, and how that changes.
use crate::uncertain::Estimate;
use crate::units::{Factor, Growth, Rate, Span};

/// The requests that arrive at the entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// Mean rate over the busiest hour.
    pub peak: Estimate<Rate>,
    /// Mean rate over all hours; what monthly quantities are billed by.
    pub mean: Estimate<Rate>,
    /// Whether the file says the mean, or it was taken as a part of the peak.
    pub mean_is_stated: bool,
    /// Busiest minute over the mean of its hour.
    pub burst: Estimate<Factor>,
    /// Squared coefficient of variation of the time between arrivals; one for independent clients.
    pub variability: Estimate<Factor>,
    /// Multiples of the mean for the 168 hours from Monday 00:00 UTC.
    pub hour_of_week: Option<Vec<Factor>>,
    /// How peak and mean grow.
    pub growth: Estimate<Growth>,
}

impl Demand {
    /// Where no burst is stated: busiest minute over its hour, as in the house's models; doubling it doubles the machines.
    pub const DEFAULT_BURST: Factor = Factor::of(1.2);
    /// Where no mean is stated: this part of the peak. Many daily curves lie between 0.4 and 0.7; it moves traffic charges only.
    pub const MEAN_OF_PEAK: f64 = 0.5;

    /// A demand of which only the busiest hour is known.
    ///
    /// Everything else is as where a workload file does not state it: the mean is [`Self::MEAN_OF_PEAK`] of the peak, the
    /// burst [`Self::DEFAULT_BURST`], clients are independent (variability 1), no week is known and nothing grows.
    pub fn of_peak(peak: Rate) -> Self {
        Self {
            peak: Estimate::exact(peak),
            mean: Estimate::exact(peak).scaled(Self::MEAN_OF_PEAK),
            mean_is_stated: false,
            burst: Estimate::exact(Self::DEFAULT_BURST),
            variability: Estimate::exact(Factor::ONE),
            hour_of_week: None,
            growth: Estimate::exact(Growth::NONE),
        }
    }
    /// The rate that machines are sized for after `elapsed`: the busiest minute.
    pub fn sizing_rate(&self, elapsed: Span) -> Rate {
        self.peak.mid() * self.burst.mid().get() * self.growth.mid().after(elapsed).get()
    }
    /// The rate that a month is billed by after `elapsed`.
    pub fn billing_rate(&self, elapsed: Span) -> Rate {
        self.mean.mid() * self.growth.mid().after(elapsed).get()
    }
    /// The same demand, so many times as large.
    pub fn scaled(&self, factor: Factor) -> Self {
        let mut scaled = self.clone();
        scaled.peak = self.peak.scaled(factor.get());
        scaled.mean = self.mean.scaled(factor.get());
        scaled
    }
}

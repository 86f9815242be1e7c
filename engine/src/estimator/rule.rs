//! A rule as tools publish it: one statistic of a window, with what is put around it. Plain data.
use super::{
    Adaptive, AtLeast, AtUtilization, Confidence, Confident, DecayedMean, DecayedPercentile, Estimator,
    HistogramPercentile, Mean, Peak, PeakOfFirst, Percentile, Usage, Window, WithMargin, Within,
};
use crate::units::{Quantity, Share, Span};

/// What is taken of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic<Q> {
    /// The value that a share of the values do not pass.
    Percentile(Percentile),
    /// The highest value.
    Peak,
    /// The highest value of the first days.
    PeakOfFirst(PeakOfFirst),
    /// The mean.
    Mean,
    /// The mean, of which older values are less.
    DecayedMean(DecayedMean),
    /// The value that holds a share of the decayed weight.
    DecayedPercentile(DecayedPercentile),
    /// A percentile of a decaying histogram.
    Histogram(HistogramPercentile<Q>),
    /// The size of least cost.
    Adaptive(Adaptive),
}

impl<Q: Quantity> Statistic<Q> {
    fn estimator(&self) -> &dyn Estimator<Q> {
        match self {
            Self::Percentile(percentile) => percentile,
            Self::Peak => &Peak,
            Self::PeakOfFirst(peak) => peak,
            Self::Mean => &Mean,
            Self::DecayedMean(mean) => mean,
            Self::DecayedPercentile(percentile) => percentile,
            Self::Histogram(percentile) => percentile,
            Self::Adaptive(adaptive) => adaptive,
        }
    }
}

impl<Q: Quantity> Estimator<Q> for Statistic<Q> {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        self.estimator().size(window)
    }
    fn sizes(&self, usage: &Usage<Q>, moments: &[usize]) -> Vec<Option<Q>> {
        self.estimator().sizes(usage, moments)
    }
}

type Wrapped<Q> = AtLeast<Q, Confident<AtUtilization<WithMargin<Within<Statistic<Q>>>>>>;

/// A statistic within a window, with a margin, at a target utilization, widened where there is little history, at least
/// so much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule<Q>(Wrapped<Q>);

impl<Q: Quantity> Rule<Q> {
    /// A statistic of all there is, and the floor below it.
    pub const fn new(statistic: Statistic<Q>, floor: Q) -> Self {
        let within = Within { last: None, of: statistic };
        let at = AtUtilization { target: Share::ALL, of: WithMargin { margin: Share::NONE, of: within } };
        Self(AtLeast { floor, of: Confident { confidence: Confidence::NONE, of: at } })
    }
    /// Looks at so much.
    pub const fn last(mut self, span: Span) -> Self {
        self.0.of.of.of.of.last = Some(span);
        self
    }
    /// With so much on top.
    pub const fn with_margin(mut self, margin: Share) -> Self {
        self.0.of.of.of.margin = margin;
        self
    }
    /// So large that this part of it is in use.
    pub const fn at_utilization(mut self, target: Share) -> Self {
        self.0.of.of.target = target;
        self
    }
    /// Widened where there is little history.
    pub const fn confident(mut self, confidence: Confidence) -> Self {
        self.0.of.confidence = confidence;
        self
    }
    /// What is taken of the window.
    pub const fn statistic(&self) -> &Statistic<Q> {
        &self.0.of.of.of.of.of
    }
    /// How much it looks at; all where there is none.
    pub const fn lookback(&self) -> Option<Span> {
        self.0.of.of.of.of.last
    }
    /// What is put on top.
    pub const fn margin(&self) -> Share {
        self.0.of.of.of.margin
    }
    /// The part that is to be in use.
    pub const fn target(&self) -> Share {
        self.0.of.of.target
    }
    /// The least it gives.
    pub const fn floor(&self) -> Q {
        self.0.floor
    }
}

impl<Q: Quantity> Estimator<Q> for Rule<Q> {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        self.0.size(window)
    }
    fn sizes(&self, usage: &Usage<Q>, moments: &[usize]) -> Vec<Option<Q>> {
        self.0.sizes(usage, moments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::Time;
    use crate::units::Compute;

    #[test]
    fn a_rule_is_what_it_says() {
        let floor = Compute::vcpus(0.1);
        let rule = Rule::new(Statistic::Peak, floor).last(Span::hours(2.0)).with_margin(Share::percent(10.0));
        let rule = rule.at_utilization(Share::percent(50.0));
        let usage = Usage::new(
            Time::unix_seconds(0),
            Span::hours(1.0),
            [9.0, 2.0, 1.0, 0.001, 0.001].map(|v| Some(Compute::vcpus(v))),
        );
        let sizes = rule.sizes(&usage, &[3, 5]).into_iter().map(|size| size.unwrap().as_vcpus());
        assert_eq!(sizes.collect::<Vec<_>>(), [4.4, 0.1]);
        assert_eq!((rule.lookback(), rule.floor()), (Some(Span::hours(2.0)), floor));
        assert_eq!((rule.margin(), rule.target()), (Share::percent(10.0), Share::percent(50.0)));
        assert_eq!(rule.statistic(), &Statistic::Peak);
    }
}

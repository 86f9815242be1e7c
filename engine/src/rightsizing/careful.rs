//! Our own rule for a size that is set once and held: careful of every step to come, not of the usual one.
use super::RightsizeOptions;
use super::dimension::Dimension;
use crate::estimator::{Estimator, Peak, Percentile, SpikeRule, Usage, Window, risk_share, size_at_risk};
use crate::series::Series;
use crate::units::{Count, Quantity, Share, Span};

/// What was expected with its headroom on top; where a chance is limited, the size that the next period passes with no more
/// than that, whichever is larger. Start-ups and short spikes are kept apart from both: they are told, not sized for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Careful {
    /// What is expected: this part of the steps stays within it; all where it is one.
    within: Share,
    /// The part that is kept free above it.
    headroom: Share,
    /// The highest chance that is taken; any where there is none.
    risk: Option<Share>,
    /// Over so long.
    period: Span,
}

/// Of busy processors what 99.5 % of the steps stay within is expected, as AWS Compute Optimizer does by default: more only
/// waits a little. Of memory and room everything, for there is no waiting for them. At 99 %, one step in a hundred waits.
const CPU_WITHIN: f64 = 99.5;

impl Careful {
    /// The rule for a dimension.
    pub(super) fn of(dimension: Dimension, options: &RightsizeOptions) -> Self {
        let is_cpu = dimension == Dimension::Cpu;
        Self {
            within: if is_cpu { Share::percent(CPU_WITHIN) } else { Share::ALL },
            headroom: if is_cpu { options.cpu_headroom } else { options.headroom },
            risk: options.most_risk,
            period: options.period,
        }
    }
    /// The part that is kept free.
    pub(super) const fn headroom(&self) -> Share {
        self.headroom
    }
    /// What is expected, without headroom.
    fn expected<Q: Quantity>(&self, window: Window<'_, Q>) -> Option<Q> {
        if self.within == Share::ALL { Peak.size(window) } else { Percentile::linear(self.within).size(window) }
    }
}

impl Careful {
    fn with_headroom<Q: Quantity>(&self, expected: Q) -> Q {
        Q::from_base(expected.base() / self.headroom.rest().as_part().max(0.01))
    }
}

impl<Q: Quantity> Estimator<Q> for Careful {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        let steady = SpikeRule::default().apart(&window.own(), &[]).steady;
        let expected = self.expected(steady.all())?;
        let with_headroom = self.with_headroom(expected);
        let at_risk = self.risk.and_then(|risk| size_at_risk(steady.all(), risk, self.period));
        Some(at_risk.map_or(with_headroom, |size| size.max(with_headroom)))
    }
}

/// A series in the base unit of its dimension: rules take one as well as another.
fn usage(series: &Series) -> Usage<Count> {
    Usage::of(series, Count::of(1.0))
}

/// What is expected of a dimension, and that with its headroom.
pub(super) fn expected_and_needed(series: &Series, careful: Careful) -> Option<(f64, f64)> {
    let steady = SpikeRule::default().apart(&usage(series), &[]).steady;
    let expected = careful.expected(steady.all())?;
    Some((expected.get(), careful.with_headroom(expected).get()))
}

/// The chance that the steady part of a series passes a size over the next period.
pub(super) fn risk(series: &Series, size: f64, period: Span) -> Option<Share> {
    let steady = SpikeRule::default().apart(&usage(series), &[]).steady;
    risk_share(steady.all(), Count::of(size), period)
}

/// The spikes of a series: how many, how many steps they last, the highest.
pub(super) fn spikes(series: &Series) -> Option<(usize, usize, f64)> {
    let usage = usage(series);
    let spikes = SpikeRule::default().apart(&usage, &[]).spikes;
    let steps = spikes.iter().map(|spike| (spike.lasts / usage.step()).round() as usize).sum();
    let peak = spikes.iter().map(|spike| spike.peak.get()).reduce(f64::max)?;
    Some((steps, series.quality().used, peak))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::{Point, Time};

    fn series(value: impl Fn(i64) -> f64) -> Series {
        let points = (0..20 * 24).map(|hour| Point::new(Time::unix_seconds(hour * 3600), Some(value(hour))));
        Series::from_points("v", points.collect()).unwrap()
    }

    #[test]
    fn level_demand_needs_its_headroom_and_no_more() {
        let careful = Careful::of(Dimension::Memory, &RightsizeOptions::default());
        let level = series(|_| 9.0);
        let (expected, needed) = expected_and_needed(&level, careful).unwrap();
        assert_eq!(expected, 9.0);
        assert!((needed - 10.0).abs() < 1e-12);
        assert_eq!(careful.size(usage(&level).all()).unwrap().get(), needed);
    }

    #[test]
    fn a_limited_risk_asks_for_more_where_days_differ() {
        let wild = series(|hour| 1.0 + (hour / 24 * 7 % 5) as f64 * (hour % 24) as f64 / 24.0);
        let limited = RightsizeOptions { most_risk: Some(Share::percent(10.0)), ..RightsizeOptions::default() };
        let size =
            |options: &RightsizeOptions| Careful::of(Dimension::Cpu, options).size(usage(&wild).all()).unwrap().get();
        let (free, careful) = (size(&RightsizeOptions::default()), size(&limited));
        assert!(careful > free);
        assert!(risk(&wild, careful, limited.period).unwrap() <= Share::percent(10.01));
        assert!(risk(&wild, free, limited.period).unwrap() > Share::percent(10.0));
    }
}

//! Percentiles, peaks and means of a window, every step alike.
use super::usage::known;
use super::{Estimator, Window};
use crate::units::{Quantity, Share, Span};

/// How a percentile falls between two ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// On the line between the two neighbors of rank `q (n - 1)`: Prometheus' `quantile_over_time`, numpy's default,
    /// definition 7 of R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", 1996.
    Linear,
    /// The least value that at least this part of the values do not pass: rank `ceil(q n)`, their definition 1.
    Nearest,
}

/// The value that a share of the window's values do not pass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentile {
    /// How large a part of the values.
    pub share: Share,
    /// How it falls between two ranks.
    pub rank: Rank,
}

impl Percentile {
    /// Between two ranks on the line.
    pub const fn linear(share: Share) -> Self {
        Self { share, rank: Rank::Linear }
    }
    /// Always a value that was seen.
    pub const fn nearest(share: Share) -> Self {
        Self { share, rank: Rank::Nearest }
    }
    /// The percentile of the values that are no gaps.
    fn of_known(self, raw: &[f64]) -> Option<f64> {
        self.of(&mut known(raw).collect::<Vec<_>>())
    }
    /// Where it stands among so many ascending values, counted from zero; `None` among none.
    fn place(self, n: usize) -> Option<(usize, f64)> {
        let last = n.checked_sub(1)? as f64;
        let place = match self.rank {
            Rank::Linear => self.share.as_part() * last,
            Rank::Nearest => ((self.share.as_part() * n as f64).ceil() - 1.0).max(0.0),
        };
        Some((place.floor() as usize, place.fract()))
    }
    /// The percentile of ascending amounts.
    pub(super) fn of_ascending(self, amounts: &[f64]) -> Option<f64> {
        let (below, between) = self.place(amounts.len())?;
        let high = amounts.get(below + 1).copied().unwrap_or(amounts[below]);
        Some(amounts[below] * (1.0 - between) + high * between)
    }
    /// The percentile of amounts in any order, which it changes.
    fn of(self, amounts: &mut [f64]) -> Option<f64> {
        let (below, between) = self.place(amounts.len())?;
        let (_, low, above) = amounts.select_nth_unstable_by(below, f64::total_cmp);
        let low = *low;
        let high = if between > 0.0 { above.iter().copied().fold(f64::INFINITY, f64::min) } else { low };
        Some(if between > 0.0 { low * (1.0 - between) + high * between } else { low })
    }
}

impl<Q: Quantity> Estimator<Q> for Percentile {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        self.of_known(window.raw()).map(Q::from_base)
    }
}

/// The highest value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peak;

impl<Q: Quantity> Estimator<Q> for Peak {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        highest(window.raw()).map(Q::from_base)
    }
}

/// The highest of the values that are no gaps.
pub(super) fn highest(raw: &[f64]) -> Option<f64> {
    known(raw).reduce(f64::max)
}

/// The highest value of the first days, whatever came after: a size that was set once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeakOfFirst(pub Span);

impl<Q: Quantity> Estimator<Q> for PeakOfFirst {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        Peak.size(window.first(self.0))
    }
}

/// The mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean;

impl<Q: Quantity> Estimator<Q> for Mean {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        mean(window.raw()).map(Q::from_base)
    }
}

/// The mean of the values that are no gaps; a running one, for a sum of large values could overflow.
fn mean(raw: &[f64]) -> Option<f64> {
    let (mean, n) = known(raw).fold((0.0, 0.0), |(m, n), v| (m + (v - m) / (n + 1.0), n + 1.0));
    (n > 0.0).then(|| f64::max(mean, 0.0))
}

#[cfg(test)]
mod tests {
    use super::super::Usage;
    use super::*;
    use crate::series::Time;
    use crate::units::Compute;

    fn usage(values: &[f64]) -> Usage<Compute> {
        let values = values.iter().map(|v| Some(Compute::vcpus(*v)));
        Usage::new(Time::unix_seconds(0), Span::seconds(75.0), values)
    }
    fn of(rule: &impl Estimator<Compute>, values: &[f64]) -> Option<f64> {
        rule.size(usage(values).all()).map(Compute::as_vcpus)
    }

    #[test]
    fn percentiles_are_those_of_prometheus() {
        // 200 points of 0.1, 0.2, 0.3, 0.4, 1.0 in turn: p95, p66 and p96 as KRR's queries give them.
        let values = [0.1, 0.2, 0.3, 0.4, 1.0].repeat(40);
        let p = |percent| of(&Percentile::linear(Share::percent(percent)), &values);
        assert_eq!((p(95.0), p(66.0), p(96.0)), (Some(1.0), Some(0.4), Some(1.0)));
        assert_eq!((p(0.0), p(100.0)), (Some(0.1), Some(1.0)));
    }

    #[test]
    fn ranks_fall_between_values_or_on_one() {
        let values = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(of(&Percentile::linear(Share::percent(50.0)), &values), Some(2.5));
        assert_eq!(of(&Percentile::nearest(Share::percent(50.0)), &values), Some(2.0));
        assert_eq!(of(&Percentile::nearest(Share::percent(51.0)), &values), Some(3.0));
        assert_eq!(of(&Percentile::nearest(Share::NONE), &values), Some(1.0));
        assert_eq!(of(&Percentile::linear(Share::ALL), &values), Some(4.0));
    }

    #[test]
    fn nothing_measured_has_no_size() {
        let gaps = Usage::<Compute>::new(Time::unix_seconds(0), Span::minutes(5.0), [None, None]);
        assert_eq!(Percentile::linear(Share::ALL).size(gaps.all()), None);
        assert_eq!((Peak.size(gaps.all()), Mean.size(gaps.all())), (None, None));
    }

    #[test]
    fn peaks_and_means() {
        assert_eq!((of(&Peak, &[1.0, 5.0, 2.0]), of(&Mean, &[1.0, 5.0, 3.0])), (Some(5.0), Some(3.0)));
        assert_eq!(of(&PeakOfFirst(Span::seconds(150.0)), &[1.0, 2.0, 9.0]), Some(2.0));
        assert_eq!(of(&Mean, &[f64::MAX, f64::MAX]), Some(f64::MAX));
    }
}

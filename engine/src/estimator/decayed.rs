//! Means and percentiles in which what is older weighs less.
//!
//! K. Rzadca et al., "Autopilot: workload autoscaling at Google", EuroSys 2020, section 3.2: the weight of a value is
//! `2^(-age / half-life)`, the age of the newest is zero.
use super::{Estimator, Window};
use crate::units::{Quantity, Share, Span};

fn weight(age: Span, half_life: Span) -> f64 {
    (-(age / half_life)).exp2()
}

/// The decayed mean: what a batch job is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecayedMean {
    /// The age at which a value weighs half.
    pub half_life: Span,
}

impl<Q: Quantity> Estimator<Q> for DecayedMean {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        let (mean, total) = window.aged().fold((0.0, 0.0), |(mean, total), (age, amount)| {
            let weight = weight(age, self.half_life);
            let total = total + weight;
            // What is so old that it weighs nothing cannot move a mean of nothing.
            (if total > 0.0 { mean + (amount - mean) * (weight / total) } else { amount }, total)
        });
        window.aged().next()?;
        Some(Q::from_base(if total > 0.0 { f64::max(mean, 0.0) } else { mean }))
    }
}

/// The least value that holds this share of the decayed weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecayedPercentile {
    /// How large a part of the weight.
    pub share: Share,
    /// The age at which a value weighs half.
    pub half_life: Span,
}

impl<Q: Quantity> Estimator<Q> for DecayedPercentile {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        let mut amounts: Vec<_> = window.aged().map(|(age, amount)| (amount, weight(age, self.half_life))).collect();
        amounts.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let wanted = self.share.as_part() * amounts.iter().map(|(_, weight)| weight).sum::<f64>();
        let mut held = 0.0;
        let least = amounts.iter().find(|(_, weight)| {
            held += weight;
            held >= wanted
        });
        least.or(amounts.last()).map(|(amount, _)| Q::from_base(*amount))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Usage;
    use super::*;
    use crate::series::Time;
    use crate::units::Compute;

    const HALF_LIFE: Span = Span::hours(12.0);

    #[test]
    fn a_week_of_a_sine_is_decayed_as_computed_elsewhere() {
        // 0.5 + 0.3 sin over the day, 5-minute steps, 7 days; the decayed mean and percentiles were computed with numpy.
        let day = std::f64::consts::TAU * 300.0 / 86_400.0;
        let values = (0..2016).map(|i| Some(Compute::vcpus(0.5 + 0.3 * (day * f64::from(i)).sin())));
        let usage = Usage::new(Time::unix_seconds(0), Span::minutes(5.0), values);
        let p = |percent| {
            let rule = DecayedPercentile { share: Share::percent(percent), half_life: HALF_LIFE };
            rule.size(usage.all()).unwrap().as_vcpus()
        };
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-12, "{found} for {wanted}");
        near(DecayedMean { half_life: HALF_LIFE }.size(usage.all()).unwrap().as_vcpus(), 0.436_732_390_265_141_77);
        near(p(95.0), 0.791_402_620_943_978_5);
        near(p(90.0), 0.766_103_249_953_466_9);
        near(p(100.0), 0.8);
    }

    #[test]
    fn gaps_and_ages_beyond_all_weight_do_no_harm() {
        let mut values = vec![None; 20_000];
        values[0] = Some(Compute::vcpus(3.0));
        let usage = Usage::new(Time::unix_seconds(0), Span::hours(1.0), values);
        assert_eq!(DecayedMean { half_life: HALF_LIFE }.size(usage.all()), Some(Compute::vcpus(3.0)));
        let p50 = DecayedPercentile { share: Share::percent(50.0), half_life: HALF_LIFE };
        assert_eq!(p50.size(usage.all()), Some(Compute::vcpus(3.0)));
        let nothing = Usage::<Compute>::new(Time::unix_seconds(0), Span::hours(1.0), [None]);
        assert_eq!((p50.size(nothing.all()), DecayedMean { half_life: HALF_LIFE }.size(nothing.all())), (None, None));
    }
}

//! What is put around an estimator: a window, a margin, a target, a floor, the doubt of little history.
use super::{Estimator, Usage, Window};
use crate::units::{Factor, Quantity, Share, Span};

/// Looks only at the last part of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Within<E> {
    /// How much of it; all where there is none.
    pub last: Option<Span>,
    /// What looks.
    pub of: E,
}

impl<Q: Quantity, E: Estimator<Q>> Estimator<Q> for Within<E> {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        self.of.size(self.last.map_or(window, |span| window.last(span)))
    }
    fn sizes(&self, usage: &Usage<Q>, moments: &[usize]) -> Vec<Option<Q>> {
        match self.last {
            None => self.of.sizes(usage, moments),
            Some(_) => moments.iter().map(|steps| self.size(usage.before(*steps))).collect(),
        }
    }
}

/// A change to what another estimator gives.
macro_rules! changed {
    ($name:ident) => {
        impl<Q: Quantity, E: Estimator<Q>> Estimator<Q> for $name<E> {
            fn size(&self, window: Window<'_, Q>) -> Option<Q> {
                Some(self.change(self.of.size(window)?, window.span()))
            }
            fn sizes(&self, usage: &Usage<Q>, moments: &[usize]) -> Vec<Option<Q>> {
                let sizes = self.of.sizes(usage, moments).into_iter().zip(moments);
                sizes.map(|(size, steps)| Some(self.change(size?, usage.before(*steps).span()))).collect()
            }
        }
    };
}

/// The largest amount: a margin on top of a size near it would be no number.
fn amount<Q: Quantity>(base: f64) -> Q {
    Q::from_base(base.min(f64::MAX))
}

/// So much on top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WithMargin<E> {
    /// The part of the size that is put on top of it.
    pub margin: Share,
    /// The size without.
    pub of: E,
}

impl<E> WithMargin<E> {
    fn change<Q: Quantity>(&self, size: Q, _: Span) -> Q {
        amount(size.base() * (1.0 + self.margin.as_part()))
    }
}
changed!(WithMargin);

/// So large that what the estimator gives is this part of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtUtilization<E> {
    /// The part that is to be in use; all where it is none.
    pub target: Share,
    /// What is in use.
    pub of: E,
}

impl<E> AtUtilization<E> {
    fn change<Q: Quantity>(&self, size: Q, _: Span) -> Q {
        if self.target > Share::NONE { amount(size.base() / self.target.as_part()) } else { size }
    }
}
changed!(AtUtilization);

/// How a bound widens where there is little history: by `(1 + multiplier / days)^exponent`.
///
/// The Vertical Pod Autoscaler's confidence multiplier. Its "confidence" is the smaller of the days since the first
/// sample and of the samples at one a minute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Confidence {
    /// What a day of history leaves of the doubt.
    pub multiplier: Factor,
    /// Above zero for a bound from above, below zero for one from below.
    pub exponent: i32,
}

impl Confidence {
    /// Changes nothing.
    pub const NONE: Self = Self { multiplier: Factor::ZERO, exponent: 1 };
    /// The factor after so much history.
    pub fn factor(self, history: Span) -> Factor {
        if self.multiplier == Factor::ZERO {
            return Factor::ONE;
        }
        let days = history.as_days().max(f64::MIN_POSITIVE);
        Factor::of((1.0 + self.multiplier.get() / days).powi(self.exponent).min(f64::MAX))
    }
}

/// A bound that widens where there is little history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Confident<E> {
    /// How it widens.
    pub confidence: Confidence,
    /// The bound after endless history.
    pub of: E,
}

impl<Q: Quantity, E: Estimator<Q>> Estimator<Q> for Confident<E> {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        let size = self.of.size(window)?;
        Some(amount(size.base() * self.confidence.factor(history(window)).get()))
    }
    fn sizes(&self, usage: &Usage<Q>, moments: &[usize]) -> Vec<Option<Q>> {
        let sizes = self.of.sizes(usage, moments).into_iter().zip(moments);
        let factor = |steps: &usize| {
            // The window of each moment is only gone through where it matters.
            let doubted = self.confidence != Confidence::NONE;
            if doubted { self.confidence.factor(history(usage.before(*steps))) } else { Factor::ONE }
        };
        sizes.map(|(size, steps)| Some(amount(size?.base() * factor(steps).get()))).collect()
    }
}

/// The days between the first and the last sample, or as many as the samples fill at one a minute where that is less.
///
/// Steps longer than a minute stand for the minutes they are made of.
fn history<Q: Quantity>(window: Window<'_, Q>) -> Span {
    let mut samples = window.values();
    let Some((first, _)) = samples.next() else { return Span::ZERO };
    let last = samples.next_back().map_or(first, |(time, _)| time);
    let lifespan = Span::seconds((last.as_unix_seconds() - first.as_unix_seconds()) as f64);
    let minutes = window.measured() as f64 * window.step().as_minutes().max(1.0);
    Quantity::min(lifespan, Span::minutes(minutes))
}

/// Never less than a floor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtLeast<Q, E> {
    /// The floor.
    pub floor: Q,
    /// The size above it.
    pub of: E,
}

impl<Q: Quantity, E: Estimator<Q>> Estimator<Q> for AtLeast<Q, E> {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        self.of.size(window).map(|size| size.max(self.floor))
    }
    fn sizes(&self, usage: &Usage<Q>, moments: &[usize]) -> Vec<Option<Q>> {
        self.of.sizes(usage, moments).into_iter().map(|size| size.map(|size| size.max(self.floor))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Peak;
    use super::*;
    use crate::series::Time;
    use crate::units::Compute;

    const UPPER: Confidence = Confidence { multiplier: Factor::ONE, exponent: 1 };
    const LOWER: Confidence = Confidence { multiplier: Factor::of(0.001), exponent: -2 };

    #[test]
    fn little_history_widens_as_in_the_autoscaler() {
        // kubernetes/autoscaler 55c37cd5: its test makes 907.46 of 3.14, by 289; the others are the factors its comments
        // name.
        let of_test = Confidence { multiplier: Factor::of(0.1), exponent: 2 };
        assert!((of_test.factor(Span::days(0.00625)).get() - 289.0).abs() < 1e-9);
        let upper = [(12.0, 3.0), (24.0, 2.0), (168.0, 1.142_857_142_857_142_8), (192.0, 1.125)];
        for (hours, factor) in upper {
            assert_eq!(UPPER.factor(Span::hours(hours)), Factor::of(factor));
        }
        let lower = [
            (5.0, 0.602_793_102_117_973_8),
            (30.0, 0.910_494_726_414_544_5),
            (60.0, 0.953_674_316_406_25),
            (1440.0, 0.998_002_996_004_994_2),
        ];
        for (minutes, factor) in lower {
            assert!((LOWER.factor(Span::minutes(minutes)).get() - factor).abs() < 1e-15, "{minutes}");
        }
        assert!(UPPER.factor(Span::ZERO).get() > 1e300);
    }

    #[test]
    fn each_changes_what_it_wraps() {
        let values = [Some(Compute::vcpus(2.0)), None, Some(Compute::vcpus(1.0))];
        let usage = Usage::new(Time::unix_seconds(0), Span::hours(12.0), values);
        let of = |rule: &dyn Estimator<Compute>| {
            (rule.size(usage.all()).unwrap().as_vcpus(), rule.sizes(&usage, &[1, 3])[1])
        };
        let check = |rule: &dyn Estimator<Compute>, wanted: f64| {
            let (one, many) = of(rule);
            assert_eq!((one, many), (wanted, Some(Compute::vcpus(wanted))));
        };
        check(&Within { last: Some(Span::hours(12.0)), of: Peak }, 1.0);
        check(&Within { last: None, of: Peak }, 2.0);
        check(&WithMargin { margin: Share::percent(50.0), of: Peak }, 3.0);
        check(&AtUtilization { target: Share::percent(50.0), of: Peak }, 4.0);
        check(&AtUtilization { target: Share::NONE, of: Peak }, 2.0);
        check(&AtLeast { floor: Compute::vcpus(3.0), of: Peak }, 3.0);
        // A day between the two samples.
        check(&Confident { confidence: UPPER, of: Peak }, 4.0);
        check(&Confident { confidence: Confidence::NONE, of: Peak }, 2.0);
    }

    #[test]
    fn sizes_stay_finite() {
        let usage = Usage::new(Time::unix_seconds(0), Span::hours(1.0), [Some(Compute::vcpus(f64::MAX))]);
        let rule = WithMargin { margin: Share::ALL, of: AtUtilization { target: Share::percent(1e-9), of: Peak } };
        assert_eq!(rule.size(usage.all()), Some(Compute::vcpus(f64::MAX)));
    }
}

//! A histogram that forgets, as the Vertical Pod Autoscaler keeps one for every container.
//!
//! kubernetes/autoscaler 55c37cd5, `histogram.go` and `decaying_histogram.go`.
use super::{Buckets, Estimator, Window};
use crate::series::Time;
use crate::units::{Factor, Quantity, Share, Span};

/// What weighs less is nothing.
const EPSILON: f64 = 1e-4;
/// The weights are scaled down where the newest would exceed two to this power.
const LARGEST_EXPONENT: i32 = 100;

/// Weights in buckets: a sample weighs twice as much as one that is a half-life older.
#[derive(Clone, Debug)]
pub struct DecayingHistogram<Q> {
    buckets: Buckets<Q>,
    half_life: i64,
    reference: Option<i64>,
    weights: Vec<f64>,
    total: f64,
}

impl<Q: Quantity> DecayingHistogram<Q> {
    /// Without samples. Panics unless the half-life is a second or more.
    pub fn new(buckets: Buckets<Q>, half_life: Span) -> Self {
        let half_life = half_life.as_seconds().round() as i64;
        assert!(half_life >= 1, "a half-life lasts at least a second");
        Self { buckets, half_life, reference: None, weights: vec![0.0; buckets.count()], total: 0.0 }
    }
    /// Adds a sample of a weight, that was taken at a time.
    pub fn add(&mut self, amount: Q, weight: Factor, time: Time) {
        let time = time.as_unix_seconds();
        let reference = match self.reference {
            Some(reference) if time <= reference + self.half_life * i64::from(LARGEST_EXPONENT) => reference,
            before => self.shift(before, time),
        };
        let weight = weight.get() * ((time - reference) as f64 / self.half_life as f64).exp2();
        self.weights[self.buckets.find(amount)] += weight;
        self.total += weight;
    }
    /// Counts ages from the whole half-life nearest to a time.
    fn shift(&mut self, before: Option<i64>, time: i64) -> i64 {
        let reference = (time + self.half_life / 2).div_euclid(self.half_life) * self.half_life;
        if let Some(before) = before {
            let scale = (((before - reference) / self.half_life) as f64).exp2();
            self.weights.iter_mut().for_each(|weight| *weight *= scale);
            self.total *= scale;
        }
        self.reference = Some(reference);
        reference
    }
    /// The END of the bucket up to which this share of the weight lies; `None` without samples.
    pub fn percentile(&self, share: Share) -> Option<Q> {
        let counts = |weight: &f64| *weight >= EPSILON;
        let first = self.weights.iter().position(counts)?;
        let last = self.weights.iter().rposition(counts)?;
        let wanted = share.as_part() * self.total;
        let mut held = 0.0;
        let reaches = |n: &usize| {
            held += self.weights[*n];
            held >= wanted
        };
        Some(self.buckets.end((first..last).find(reaches).unwrap_or(last)))
    }
}

/// Which samples a histogram is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Samples {
    /// Every step, of a weight: processors.
    EverySteps(Factor),
    /// The highest value of every 24 hours from the window's first on, each of weight one: memory.
    PeaksOfDays,
}

/// A percentile of a decaying histogram of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HistogramPercentile<Q> {
    /// Its buckets.
    pub buckets: Buckets<Q>,
    /// The age at which a sample weighs half.
    pub half_life: Span,
    /// How large a part of the weight.
    pub share: Share,
    /// What it is made of.
    pub samples: Samples,
}

impl<Q: Quantity> Estimator<Q> for HistogramPercentile<Q> {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        let mut histogram = DecayingHistogram::new(self.buckets, self.half_life);
        match self.samples {
            Samples::EverySteps(weight) => {
                window.values().for_each(|(time, amount)| histogram.add(amount, weight, time));
            }
            Samples::PeaksOfDays => {
                let start = window.start().as_unix_seconds();
                let day = |time: Time| (time.as_unix_seconds() - start) / DAY;
                let mut peak: Option<(i64, Q)> = None;
                let mut close = |peak: Option<(i64, Q)>| {
                    if let Some((day, amount)) = peak {
                        histogram.add(amount, Factor::ONE, Time::unix_seconds(start + day * DAY));
                    }
                };
                for (time, amount) in window.values() {
                    match &mut peak {
                        Some((of, highest)) if *of == day(time) => *highest = highest.max(amount),
                        _ => close(peak.replace((day(time), amount))),
                    }
                }
                close(peak);
            }
        }
        histogram.percentile(self.share)
    }
}

const DAY: i64 = 86_400;

#[cfg(test)]
mod tests {
    use super::super::{Confidence, Confident, Usage, WithMargin};
    use super::*;
    use crate::units::{Compute, Data};

    fn vcpus(n: f64) -> Compute {
        Compute::vcpus(n)
    }

    #[test]
    fn the_autoscalers_own_test_of_decay_holds() {
        // Four samples an hour apart with half-lives of an hour, of the values and weights 1, 2, 3, 4.
        let buckets = Buckets { first: vcpus(1.0), growth: Share::NONE, largest: vcpus(10.0) };
        let mut histogram = DecayingHistogram::new(buckets, Span::hours(1.0));
        assert_eq!(histogram.percentile(Share::ALL), None);
        for i in 1..=4 {
            histogram.add(vcpus(f64::from(i)), Factor::of(f64::from(i)), Time::unix_seconds(i64::from(i) * 3600));
        }
        let p = |percent| histogram.percentile(Share::percent(percent)).unwrap().as_vcpus();
        let found = [0.0, 2.0, 3.0, 10.0, 11.0, 34.0, 35.0, 100.0].map(p);
        assert_eq!(found, [2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 5.0, 5.0]);
    }

    #[test]
    fn weights_survive_a_hundred_half_lives() {
        let buckets = Buckets { first: vcpus(1.0), growth: Share::NONE, largest: vcpus(10.0) };
        let mut histogram = DecayingHistogram::new(buckets, Span::hours(1.0));
        histogram.add(vcpus(2.0), Factor::ONE, Time::unix_seconds(0));
        histogram.add(vcpus(1.0), Factor::ONE, Time::unix_seconds(101 * 3600));
        assert_eq!(histogram.percentile(Share::ALL), Some(vcpus(2.0)));
        histogram.add(vcpus(1.0), Factor::ONE, Time::unix_seconds(100_000 * 3600));
        assert_eq!(histogram.percentile(Share::ALL), Some(vcpus(2.0)));
    }

    /// A percentile with the autoscaler's margin and its bound.
    fn with<Q: Quantity>(of: HistogramPercentile<Q>, confidence: Confidence, usage: &Usage<Q>) -> f64 {
        Confident { confidence, of: WithMargin { margin: Share::percent(15.0), of } }.size(usage.all()).unwrap().base()
    }
    const LOWER: Confidence = Confidence { multiplier: Factor::of(0.001), exponent: -2 };
    const UPPER: Confidence = Confidence { multiplier: Factor::ONE, exponent: 1 };

    fn near(found: f64, wanted: f64) {
        assert!((found / wanted - 1.0).abs() < 1e-14, "{found} for {wanted}");
    }

    #[test]
    fn eight_days_of_processors_are_sized_as_by_the_autoscaler() {
        let value = |i: u32| {
            let t = f64::from(i) * 60.0;
            let noise = f64::from((7919 * i) % 100) / 100.0;
            Some(vcpus(0.5 + 0.3 * (std::f64::consts::TAU * t / 86_400.0).sin() + 0.05 * noise))
        };
        let usage = Usage::new(Time::unix_seconds(0), Span::minutes(1.0), (0..11_520).map(value));
        let buckets = Buckets { first: vcpus(0.01), growth: Share::percent(5.0), largest: vcpus(1000.0) };
        let of = |percent| HistogramPercentile {
            buckets,
            half_life: Span::days(1.0),
            share: Share::percent(percent),
            samples: Samples::EverySteps(Factor::of(0.1)),
        };
        let p = |percent| of(percent).size(usage.all()).unwrap().as_vcpus();
        assert_eq!(p(50.0), 0.477_270_988_179_877_3);
        assert_eq!(p(90.0), 0.800_637_708_406_757_7);
        assert_eq!(p(95.0), 0.850_669_593_827_095_6);
        near(with(of(90.0), Confidence::NONE, &usage), 0.920_733_364_667_771_3);
        near(with(of(50.0), LOWER, &usage), 0.548_724_434_813_731_2);
        near(with(of(95.0), UPPER, &usage), 1.100_564_402_844_529_2);
    }

    #[test]
    fn eight_days_of_memory_are_sized_as_by_the_autoscaler() {
        let peaks = [1.0, 1.2, 1.1, 1.5, 1.3, 1.25, 1.4, 1.35];
        // The peak of a day, and half of it in every other hour.
        let value = |i: usize| Some(Data::gb(peaks[i / 24] * if i % 24 == 7 { 1.0 } else { 0.5 }));
        let usage = Usage::new(Time::unix_seconds(0), Span::hours(1.0), (0..192).map(value));
        let of = |percent| HistogramPercentile {
            buckets: Buckets { first: Data::bytes(1e7), growth: Share::percent(5.0), largest: Data::bytes(1e12) },
            half_life: Span::days(1.0),
            share: Share::percent(percent),
            samples: Samples::PeaksOfDays,
        };
        let p = |percent| of(percent).size(usage.all()).unwrap().as_bytes();
        assert_eq!(p(50.0), 1_352_317_511.023_486);
        assert_eq!((p(90.0), p(95.0)), (1_429_933_386.574_660_5, 1_429_933_386.574_660_5));
        near(with(of(90.0), Confidence::NONE, &usage), 1_644_423_394.560_859_4);
        // The bounds of a history of eight full days.
        near(p(50.0) * 1.15 * LOWER.factor(Span::days(8.0)).get(), 1_554_776_419.278_807_6);
        near(p(95.0) * 1.15 * UPPER.factor(Span::days(8.0)).get(), 1_849_976_318.880_967);
    }
}

//! A histogram that forgets, as the Vertical Pod Autoscaler keeps one for every container.
//!
//! kubernetes/autoscaler 55c37cd5, `histogram.go` and `decaying_histogram.go`.
use super::buckets::Grid;
use super::percentile::highest;
use super::{Buckets, Estimator, Window};
use crate::series::Time;
use crate::units::{Factor, Quantity, Share, Span};
use std::marker::PhantomData;

/// What weighs less is nothing.
const EPSILON: f64 = 1e-4;
/// The weights are scaled down where the newest would exceed two to this power.
const LARGEST_EXPONENT: i32 = 100;

/// Weights in buckets: a sample weighs twice as much as one that is a half-life older.
#[derive(Clone, Debug)]
pub struct DecayingHistogram<Q> {
    weights: Weights,
    of: PhantomData<Q>,
}

impl<Q: Quantity> DecayingHistogram<Q> {
    /// Without samples. Panics unless the half-life is a second or more.
    pub fn new(buckets: Buckets<Q>, half_life: Span) -> Self {
        Self { weights: Weights::new(buckets.grid(), half_life), of: PhantomData }
    }
    /// Adds a sample of a weight, that was taken at a time.
    pub fn add(&mut self, amount: Q, weight: Factor, time: Time) {
        self.weights.add(amount.base(), weight.get(), time.as_unix_seconds());
    }
    /// The END of the bucket up to which this share of the weight lies; `None` without samples.
    pub fn percentile(&self, share: Share) -> Option<Q> {
        self.weights.percentile(share).map(Q::from_base)
    }
}

/// The same of plain numbers.
#[derive(Clone, Debug)]
struct Weights {
    grid: Grid,
    half_life: i64,
    reference: Option<i64>,
    buckets: Vec<f64>,
    total: f64,
}

impl Weights {
    fn new(grid: Grid, half_life: Span) -> Self {
        let half_life = half_life.as_seconds().round() as i64;
        assert!(half_life >= 1, "a half-life lasts at least a second");
        Self { grid, half_life, reference: None, buckets: vec![0.0; grid.count], total: 0.0 }
    }
    fn add(&mut self, amount: f64, weight: f64, time: i64) {
        let reference = match self.reference {
            Some(reference) if time <= reference + self.half_life * i64::from(LARGEST_EXPONENT) => reference,
            before => self.shift(before, time),
        };
        let weight = weight * ((time - reference) as f64 / self.half_life as f64).exp2();
        self.buckets[self.grid.find(amount)] += weight;
        self.total += weight;
    }
    /// Counts ages from the whole half-life nearest to a time.
    fn shift(&mut self, before: Option<i64>, time: i64) -> i64 {
        let reference = (time + self.half_life / 2).div_euclid(self.half_life) * self.half_life;
        if let Some(before) = before {
            let scale = (((before - reference) / self.half_life) as f64).exp2();
            for weight in &mut self.buckets {
                *weight *= scale;
            }
            self.total *= scale;
        }
        self.reference = Some(reference);
        reference
    }
    fn percentile(&self, share: Share) -> Option<f64> {
        let counts = |weight: &f64| *weight >= EPSILON;
        let first = self.buckets.iter().position(counts)?;
        let last = self.buckets.iter().rposition(counts)?;
        let wanted = share.as_part() * self.total;
        let mut held = 0.0;
        let reaches = |n: &usize| {
            held += self.buckets[*n];
            held >= wanted
        };
        Some(self.grid.end((first..last).find(reaches).unwrap_or(last)))
    }
    /// Adds every value that is no gap.
    fn add_steps(&mut self, raw: &[f64], weight: f64, start: i64, step: i64) {
        for (i, value) in raw.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
            self.add(*value, weight, start + i as i64 * step);
        }
    }
    /// Adds the highest value of every day from the first step on.
    fn add_peaks(&mut self, raw: &[f64], start: i64, step: i64) {
        let day = ((DAY / step) as usize).max(1);
        for (i, of_day) in raw.chunks(day).enumerate() {
            if let Some(peak) = highest(of_day) {
                self.add(peak, 1.0, start + (i * day) as i64 * step);
            }
        }
    }
}

const DAY: i64 = 86_400;

/// Which samples a histogram is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Samples {
    /// Every step, of a weight: processors.
    EveryStep(Factor),
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
        let mut weights = Weights::new(self.buckets.grid(), self.half_life);
        let (start, step) = (window.start().as_unix_seconds(), window.step().as_seconds() as i64);
        match self.samples {
            Samples::EveryStep(weight) => weights.add_steps(window.raw(), weight.get(), start, step),
            Samples::PeaksOfDays => weights.add_peaks(window.raw(), start, step),
        }
        weights.percentile(self.share).map(Q::from_base)
    }
}

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
            samples: Samples::EveryStep(Factor::of(0.1)),
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

//! Values that pass by, in short: their number, mean, spread and quantiles, in little memory whatever their number.
//!
//! Mean and variance are exact (B. P. Welford, "Note on a method for calculating corrected sums of squares and products",
//! 1962; joined as T. F. Chan, G. H. Golub and R. J. LeVeque do, 1979). Quantiles are off by 0.5 % of their value at most:
//! C. Masson, J. E. Rim and H. K. Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error
//! guarantees", 2019.
use plimsoll::telemetry::Distribution;
use plimsoll::units::{Factor, Quantity, Share};
use sketches_ddsketch::{Config, DDSketch};

/// How far a quantile may be off, as a part of it.
const OFF: f64 = 0.005;
/// Values below are zero to a quantile: a nanosecond, a billionth of a byte.
const LEAST: f64 = 1e-9;
/// Values above are this to a quantile: 30 million years, a petabyte.
const MOST: f64 = 1e15;
/// More bins than lie between the two, so that none are ever merged.
const BINS: u32 = 8192;
/// The quantiles that are kept.
const SHARES: [f64; 5] = [0.5, 0.9, 0.95, 0.99, 0.999];

/// Values that are not negative.
pub(crate) struct Spread {
    count: u64,
    mean: f64,
    squares: f64,
    sketch: DDSketch,
}

impl Spread {
    pub(crate) fn new() -> Self {
        Self { count: 0, mean: 0.0, squares: 0.0, sketch: DDSketch::new(Config::new(OFF, BINS, LEAST)) }
    }
    /// A value, finite and not negative.
    pub(crate) fn add(&mut self, value: f64) {
        self.add_times(value, 1);
    }
    /// The same value so many times.
    pub(crate) fn add_times(&mut self, value: f64, times: u64) {
        if times > 0 {
            self.join(times, value, 0.0);
            self.sketch.add_with_count(value.min(MOST), times);
        }
    }
    /// All values of another.
    pub(crate) fn merge(&mut self, other: &Self) {
        if other.count > 0 {
            self.join(other.count, other.mean, other.squares);
            self.sketch.merge(&other.sketch).expect("all are set up alike");
        }
    }
    fn join(&mut self, count: u64, mean: f64, squares: f64) {
        let (before, more) = (self.count as f64, count as f64);
        let away = mean - self.mean;
        self.count += count;
        let all = self.count as f64;
        self.mean += away * more / all;
        self.squares += squares + away * away * before * more / all;
    }
    /// How many values.
    pub(crate) const fn count(&self) -> u64 {
        self.count
    }
    /// Their mean; zero of none.
    pub(crate) const fn mean(&self) -> f64 {
        self.mean
    }
    /// All of it, in the quantity that `make` makes of a value; none without values.
    pub(crate) fn distribution<Q: Quantity>(&self, make: fn(f64) -> Q) -> Option<Distribution<Q>> {
        let (least, most) = (self.sketch.min()?, self.sketch.max()?);
        let at = |share: f64| self.sketch.quantile(share).ok().flatten().unwrap_or(most).clamp(least, most);
        let quantiles = SHARES.iter().map(|&share| (Share::of_one(share), make(at(share)))).collect();
        let variability = self.squares / self.count as f64 / (self.mean * self.mean);
        let variability = Some(variability).filter(|v| v.is_finite()).map(Factor::of);
        Some(Distribution { count: self.count, mean: make(self.mean), variability, quantiles })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::units::Span;

    #[test]
    fn quantiles_are_within_half_a_percent_and_joining_changes_nothing() {
        let (mut all, mut low, mut high) = (Spread::new(), Spread::new(), Spread::new());
        for n in 1..=10_000 {
            let value = f64::from(n) / 1000.0;
            all.add(value);
            if n % 3 == 0 { low.add(value) } else { high.add(value) }
        }
        low.merge(&high);
        low.merge(&Spread::new());
        for spread in [&all, &low] {
            let told = spread.distribution(Span::seconds).unwrap();
            assert_eq!(told.count, 10_000);
            assert!((told.mean.as_seconds() - 5.0005).abs() < 1e-9);
            // (n^2 - 1) / 12 over the mean squared.
            assert!((told.variability.unwrap().get() - 8.333_333_25 / 5.0005_f64.powi(2)).abs() < 1e-6);
            for (share, value) in &told.quantiles {
                let off = value.as_seconds() / (share.as_part() * 10.0) - 1.0;
                assert!(off.abs() < 0.0052, "{share:?}: {off}");
            }
        }
    }

    #[test]
    fn values_of_any_size_are_taken() {
        let mut spread = Spread::new();
        assert!(spread.distribution(Span::seconds).is_none());
        for value in [0.0, 1e-300, 1e-9, 1.0, 1e15, 1e200] {
            spread.add(value);
        }
        assert_eq!(spread.count(), 6);
        let told = spread.distribution(Span::seconds).unwrap();
        assert!(told.quantiles.windows(2).all(|pair| pair[0].1 <= pair[1].1));
        let mut none = Spread::new();
        none.add_times(0.0, 5);
        none.add_times(3.0, 0);
        assert_eq!((none.mean(), none.distribution(Span::seconds).unwrap().variability), (0.0, None));
    }
}

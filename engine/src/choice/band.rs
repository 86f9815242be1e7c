//! A mean and three quantiles over drawn worlds.
use crate::units::Money;

/// What something comes to over all worlds: its mean, and what it stays below in 10, 50 and 90 of a hundred.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band<T> {
    /// The expected value.
    pub mean: T,
    /// Nine in ten worlds lie above.
    pub p10: T,
    /// The median.
    pub p50: T,
    /// Nine in ten worlds lie below.
    pub p90: T,
}

impl<T: Copy> Band<T> {
    /// Known: the same in every world.
    pub const fn flat(value: T) -> Self {
        Self { mean: value, p10: value, p50: value, p90: value }
    }
    /// The same of something else that rises with it.
    pub fn map<U>(self, f: impl Fn(T) -> U) -> Band<U> {
        Band { mean: f(self.mean), p10: f(self.p10), p50: f(self.p50), p90: f(self.p90) }
    }
}

impl Band<Money> {
    /// Over amounts of all worlds; none where there is no world. Quantiles are amounts that were drawn (the smallest that
    /// so many do not exceed); the mean is to the nearest unit of [`Money`].
    pub fn of(amounts: &[Money]) -> Option<Self> {
        let mut sorted = amounts.to_vec();
        sorted.sort();
        let worlds = i128::try_from(sorted.len()).expect("a length fits");
        let at = |part: f64| sorted[((part * sorted.len() as f64).ceil() as usize).clamp(1, sorted.len()) - 1];
        let sum: Money = sorted.iter().copied().sum();
        (worlds > 0).then(|| Self {
            mean: Money::picos(sum.as_picos() / worlds),
            p10: at(0.1),
            p50: at(0.5),
            p90: at(0.9),
        })
    }
}

impl Band<f64> {
    /// Over plain numbers of all worlds; none where there is no world.
    pub fn of_numbers(numbers: &[f64]) -> Option<Self> {
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |part: f64| sorted[((part * sorted.len() as f64).ceil() as usize).clamp(1, sorted.len()) - 1];
        (!sorted.is_empty()).then(|| Self {
            mean: sorted.iter().sum::<f64>() / sorted.len() as f64,
            p10: at(0.1),
            p50: at(0.5),
            p90: at(0.9),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_drawn_amounts() {
        let amounts: Vec<Money> = (1..=10).map(|n| Money::nearest(f64::from(n))).collect();
        let band = Band::of(&amounts).unwrap();
        assert_eq!(band.map(|m| m.as_dollars()), Band { mean: 5.5, p10: 1.0, p50: 5.0, p90: 9.0 });
        assert_eq!(Band::of(&[]), None);
    }
}

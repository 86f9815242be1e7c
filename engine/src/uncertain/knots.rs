//! A distribution as measured: so many quantiles of a sample, evenly spaced in chance.

/// How many parts a sample is cut into. Sixteenths: the extremes and every 6.25 % are kept as measured.
const PARTS: usize = 16;

/// Quantiles of a sample at every sixteenth, in the base unit; straight lines between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Knots([f64; PARTS + 1]);

impl Knots {
    /// The quantiles of a sample (type 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The
    /// American Statistician 50, 1996). None for fewer than two values, or where one is not finite.
    pub fn of(sample: &[f64]) -> Option<Self> {
        if sample.len() < 2 || sample.iter().any(|x| !x.is_finite()) {
            return None;
        }
        let mut sorted = sample.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |part: usize| {
            let place = part as f64 / PARTS as f64 * (sorted.len() - 1) as f64;
            let below = (place.floor() as usize).min(sorted.len() - 2);
            sorted[below] + (place - below as f64) * (sorted[below + 1] - sorted[below])
        };
        Some(Self(std::array::from_fn(at)))
    }
    /// Every value so many times as large.
    pub fn scaled(self, factor: f64) -> Self {
        Self(self.0.map(|knot| knot * factor))
    }
    /// The value not exceeded with chance `p`.
    pub fn quantile(self, p: f64) -> f64 {
        let place = p.clamp(0.0, 1.0) * PARTS as f64;
        let below = (place.floor() as usize).min(PARTS - 1);
        self.0[below] + (place - below as f64) * (self.0[below + 1] - self.0[below])
    }
    /// The chance not to exceed `x`.
    pub fn cumulative(self, x: f64) -> f64 {
        let above = self.0.partition_point(|knot| *knot <= x);
        if above == 0 {
            return 0.0;
        }
        let Some(next) = self.0.get(above) else { return 1.0 };
        let below = self.0[above - 1];
        ((above - 1) as f64 + (x - below) / (next - below)) / PARTS as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_comes_back_at_its_quantiles() {
        let sample: Vec<f64> = (0..=32).map(f64::from).collect();
        let knots = Knots::of(&sample).unwrap();
        for p in [0.0, 0.1, 0.5, 0.77, 1.0] {
            assert!((knots.quantile(p) - 32.0 * p).abs() < 1e-12);
            assert!((knots.cumulative(32.0 * p) - p).abs() < 1e-12);
        }
        assert_eq!((Knots::of(&[1.0]), Knots::of(&[1.0, f64::NAN])), (None, None));
    }
}

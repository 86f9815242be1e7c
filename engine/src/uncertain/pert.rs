//! The beta-PERT distribution that keeps stated quantiles: it ends somewhere, unlike the others.
//!
//! PERT is the beta distribution between a least and a most value whose mode is the likeliest one and whose mean weighs
//! that four times as much as the ends (D. G. Malcolm et al., "Application of a technique for research and development
//! program evaluation", Operations Research 7, 1959). Stated are quantiles and not the ends, so the ends are solved for;
//! `mid` is the mode.
use super::distribution::inverted;
use statrs::function::beta::beta_reg;

/// A beta variable between two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pert {
    least: f64,
    most: f64,
    alpha: f64,
    beta: f64,
}

/// The ends are looked for up to so many times the stated range beyond it.
const REACH: f64 = 200.0;

impl Pert {
    /// Between known ends, with this mode.
    pub(super) fn between(least: f64, mode: f64, most: f64) -> Self {
        let part = ((mode - least) / (most - least)).clamp(0.0, 1.0);
        Self { least, most, alpha: 1.0 + 4.0 * part, beta: 5.0 - 4.0 * part }
    }
    /// With its mode at `mid`, `low` at the chance `tail` and `high` at one less `tail`. None where no PERT is so
    /// lopsided.
    pub(super) fn through(low: f64, mid: f64, high: f64, tail: f64) -> Option<Self> {
        let range = high - low;
        // For every most, the least that keeps `low`; then the most that keeps `high`.
        let with_most = |most: f64| {
            let (mut far, mut near) = (low - REACH * range, low);
            if Self::between(far, mid, most).cumulative(low) < tail {
                return None;
            }
            for _ in 0..100 {
                let least = f64::midpoint(far, near);
                let too_far = Self::between(least, mid, most).cumulative(low) >= tail;
                (far, near) = if too_far { (least, near) } else { (far, least) };
            }
            Some(Self::between(far, mid, most))
        };
        let above = |pert: &Self| 1.0 - pert.cumulative(high);
        let (mut near, mut far) = (high, high + REACH * range);
        if above(&with_most(far)?) < tail {
            return None;
        }
        for _ in 0..100 {
            let most = f64::midpoint(near, far);
            (near, far) = if above(&with_most(most)?) < tail { (most, far) } else { (near, most) };
        }
        let pert = with_most(far)?;
        let kept = (pert.cumulative(low) - tail).abs() < KEPT && (above(&pert) - tail).abs() < KEPT;
        kept.then_some(pert)
    }
    pub(super) fn quantile(self, p: f64) -> f64 {
        inverted(|x| self.cumulative(x), self.least, self.most, p)
    }
    pub(super) fn cumulative(self, x: f64) -> f64 {
        if x <= self.least {
            0.0
        } else if x >= self.most {
            1.0
        } else {
            beta_reg(self.alpha, self.beta, (x - self.least) / (self.most - self.least))
        }
    }
    #[cfg(test)]
    pub(super) fn mean(self) -> f64 {
        self.least + (self.most - self.least) * self.alpha / (self.alpha + self.beta)
    }
}

/// A stated chance is kept when it is off by less than this.
const KEPT: f64 = 1e-6;

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean of the PERT method: least and most once, the likeliest four times, over six.
    #[test]
    fn the_mean_is_the_pert_mean() {
        for (least, mode, most) in [(2.0, 5.0, 14.0), (1.0, 2.0, 3.0), (0.0, 0.0, 9.0)] {
            let mean = Pert::between(least, mode, most).mean();
            assert!((mean - (least + 4.0 * mode + most) / 6.0).abs() < 1e-12, "{mean}");
        }
    }

    #[test]
    fn the_ends_lie_beyond_the_stated_quantiles() {
        let pert = Pert::through(200.0, 500.0, 2000.0, 0.05).unwrap();
        assert!(pert.least < 200.0 && pert.most > 2000.0);
        assert!((pert.quantile(0.05) - 200.0).abs() < 0.01 && (pert.quantile(0.95) - 2000.0).abs() < 0.01);
    }
}

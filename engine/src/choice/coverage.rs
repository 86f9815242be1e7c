//! In how many worlds something holds, and how well so many draws tell that.
use crate::units::Share;
use statrs::function::beta::inv_beta_reg;

/// So many worlds out of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Worlds in which it holds.
    pub held: usize,
    /// Worlds drawn; one where nothing is uncertain.
    pub worlds: usize,
}

impl Coverage {
    /// The worlds in which `holds`. Panics without a world.
    pub fn of(mut holds: impl ExactSizeIterator<Item = bool>) -> Self {
        let worlds = holds.len();
        assert!(worlds > 0, "there is always a world");
        Self { held: holds.by_ref().filter(|h| *h).count(), worlds }
    }
    /// The part of the drawn worlds.
    pub fn share(self) -> Share {
        Share::of_one(self.held as f64 / self.worlds as f64)
    }
    /// Whether this is known and not estimated: one world, and nothing was drawn.
    pub const fn is_certain(self) -> bool {
        self.worlds == 1
    }
    /// The standard error of [`Self::share`] if the draws were dice: low-discrepancy draws do better. Zero where it is
    /// certain; where all or none hold, that of one world more or less.
    pub fn error(self) -> Share {
        if self.is_certain() {
            return Share::NONE;
        }
        let n = self.worlds as f64;
        let held = (self.held as f64).clamp(1.0, n - 1.0) / n;
        Share::of_one((held * (1.0 - held) / n).sqrt())
    }
    /// What the true share is at least, with this confidence (C. J. Clopper and E. S. Pearson, "The use of confidence or
    /// fiducial limits illustrated in the case of the binomial", Biometrika 26, 1934, one-sided).
    pub fn at_least(self, confidence: Share) -> Share {
        if self.is_certain() {
            return self.share();
        }
        if self.held == 0 {
            return Share::NONE;
        }
        let (held, missed) = (self.held as f64, (self.worlds - self.held) as f64);
        Share::of_one(inv_beta_reg(held, missed + 1.0, confidence.rest().as_part()))
    }
    /// What the true share is at most, with this confidence.
    pub fn at_most(self, confidence: Share) -> Share {
        if self.is_certain() {
            return self.share();
        }
        Self { held: self.worlds - self.held, worlds: self.worlds }.at_least(confidence).rest()
    }
    /// The least number of worlds of which one is sure, with this confidence, that their share reaches `target`; all of
    /// them where no number is enough, and then one is not sure.
    pub fn enough(worlds: usize, target: Share, confidence: Share) -> usize {
        let (mut low, mut high) = (0, worlds);
        while low < high {
            let middle = low + (high - low) / 2;
            let reached = Self { held: middle, worlds }.at_least(confidence) >= target;
            (low, high) = if reached { (low, middle) } else { (middle + 1, high) };
        }
        high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All of n held: the bound is the n-th root of what confidence leaves.
    #[test]
    fn the_bound_where_all_hold_is_the_root() {
        let bound = Coverage { held: 64, worlds: 64 }.at_least(Share::percent(90.0)).as_part();
        assert!((bound - 0.1_f64.powf(1.0 / 64.0)).abs() < 1e-9);
        assert_eq!(Coverage { held: 0, worlds: 64 }.at_least(Share::percent(90.0)), Share::NONE);
    }

    #[test]
    fn enough_is_the_least_number_whose_bound_reaches_the_target() {
        let (target, sure) = (Share::percent(95.0), Share::percent(90.0));
        for worlds in [64, 1024, 4096] {
            let enough = Coverage::enough(worlds, target, sure);
            assert!(Coverage { held: enough, worlds }.at_least(sure) >= target, "{worlds}");
            assert!(Coverage { held: enough - 1, worlds }.at_least(sure) < target, "{worlds}");
        }
        assert_eq!(Coverage::enough(10, target, sure), 10);
    }

    #[test]
    fn what_is_certain_has_no_error() {
        let known = Coverage { held: 1, worlds: 1 };
        assert_eq!((known.share(), known.error()), (Share::ALL, Share::NONE));
        assert_eq!(known.at_least(Share::percent(90.0)), Share::ALL);
    }
}

//! Points to draw worlds at: seeded, spread more evenly than dice would, and the same for everything that is compared.
//!
//! Sobol's sequence, scrambled as A. B. Owen proposed ("Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995), by
//! the crate `sobol_burley` (B. Burley, "Practical hash-based Owen scrambling", Journal of Computer Graphics Techniques
//! 9, 2020). A point is a function of its number, its dimension and the seed: one draw more changes no earlier draw.
use super::normal;

/// So many points from one seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    count: u32,
    seed: u64,
}

impl Draws {
    /// What is drawn where nothing else is asked for.
    pub const DEFAULT: u32 = 1024;
    /// The most: the sequence ends there.
    pub const MOST: u32 = 1 << 16;

    /// So many points; at least one, at most [`Self::MOST`].
    pub fn new(count: u32, seed: u64) -> Self {
        Self { count: count.clamp(1, Self::MOST), seed }
    }
    /// How many.
    pub const fn count(self) -> u32 {
        self.count
    }
    /// Where they begin.
    pub const fn seed(self) -> u64 {
        self.seed
    }
    /// The chance at a point in one of any number of dimensions, strictly between zero and one. Panics beyond the last point.
    pub fn chance(self, point: u32, dimension: u32) -> f64 {
        assert!(point < self.count, "there are {} points", self.count);
        let set = dimension / sobol_burley::NUM_DIMENSIONS;
        let part = sobol_burley::sample(point, dimension % sobol_burley::NUM_DIMENSIONS, scrambled(self.seed, set));
        f64::from(part) + HALF_A_STEP
    }
    /// The same as a standard normal score.
    pub fn score(self, point: u32, dimension: u32) -> f64 {
        normal::score(self.chance(point, dimension))
    }
}

/// Parts come in steps of a 24-bit number; their middles are neither zero nor one.
const HALF_A_STEP: f64 = 1.0 / (1u64 << 25) as f64;

/// A seed of 32 bits for one set of dimensions (the finalizer of S. Vigna's splitmix64).
fn scrambled(seed: u64, set: u32) -> u32 {
    let mut x = seed.wrapping_add(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(u64::from(set) + 1));
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((x ^ (x >> 31)) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_draw_more_changes_no_earlier_draw() {
        let (few, many) = (Draws::new(100, 7), Draws::new(101, 7));
        for point in 0..100 {
            for dimension in [0, 3, 300] {
                assert_eq!(few.chance(point, dimension), many.chance(point, dimension));
            }
        }
    }

    #[test]
    fn points_fill_each_part_alike_and_lie_strictly_inside() {
        for seed in [1, 2, 99] {
            for dimension in [0, 1, 40, 255, 256, 700] {
                let draws = Draws::new(256, seed);
                let mut filled = [0; 16];
                for point in 0..256 {
                    let chance = draws.chance(point, dimension);
                    assert!(chance > 0.0 && chance < 1.0);
                    filled[(chance * 16.0) as usize] += 1;
                }
                assert_eq!(filled, [16; 16], "seed {seed}, dimension {dimension}");
            }
        }
    }

    #[test]
    fn dimensions_and_seeds_differ() {
        let at = |seed, dimension| (0..64).map(|i| Draws::new(64, seed).chance(i, dimension)).collect::<Vec<_>>();
        assert_ne!(at(1, 0), at(1, 1));
        assert_ne!(at(1, 0), at(1, 256));
        assert_ne!(at(1, 0), at(2, 0));
    }
}

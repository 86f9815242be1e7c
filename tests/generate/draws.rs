//! Seeded draws that depend on nothing but what they are for.
//!
//! SplitMix64: G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. A
//! generator is made for each (seed, purpose, number), so any row can be written without the rows before it.

/// A stream of draws.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draws(u64);

/// 2^64 divided by the golden ratio, made odd: the step of SplitMix64.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Draws {
    /// The draws for the `number`th thing of a kind: the same for the same three.
    pub(crate) fn of(seed: u64, purpose: &str, number: u64) -> Self {
        let purpose = purpose.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| mix(hash ^ u64::from(byte)));
        Self(mix(mix(seed ^ purpose).wrapping_add(number.wrapping_mul(STEP))))
    }
    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }
    /// A whole number from 0 to `limit` - 1, each as likely but for a part in 2^32.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        debug_assert!(limit > 0 && limit <= 1 << 32, "a limit of 32 bits");
        ((self.bits() >> 32) * limit) >> 32
    }
    /// A whole number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as u64) as i64
    }
    /// A whole number from 0 to `limit` - 1, small ones more often: the square of an even draw.
    pub(crate) fn head(&mut self, limit: u64) -> u64 {
        let even = self.bits() >> 32;
        let square = (even * even) >> 32;
        (square * limit) >> 32
    }
    /// Whether a thing happens that happens `times` in a million.
    pub(crate) fn happens(&mut self, times: u64) -> bool {
        self.below(1_000_000) < times
    }
}

fn mix(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

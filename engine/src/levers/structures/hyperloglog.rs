//! HyperLogLog: how many different things there were, in a few kilobytes.
//!
//! P. Flajolet, E. Fusy, O. Gandouet, F. Meunier, "HyperLogLog: the analysis of a near-optimal cardinality estimation
//! algorithm", AofA 2007.
use crate::units::{Data, Share};

/// Bits of a register: it counts leading zeros of a 64-bit hash.
const REGISTER_BITS: f64 = 6.0;

/// The standard error of the count with so many registers: 1.04 / sqrt(m).
pub fn error(registers: u32) -> Share {
    Share::of_one(1.04 / f64::from(registers).sqrt())
}

/// The room that so many registers take.
pub fn size(registers: u32) -> Data {
    Data::bytes((f64::from(registers) * REGISTER_BITS / 8.0).ceil())
}

/// The least number of registers, a power of two, whose error is no larger; none where even the most are too few.
pub fn registers(error_at_most: Share) -> Option<u32> {
    (4..=18).map(|bits| 1_u32 << bits).find(|m| error(*m) <= error_at_most)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The abstract: 10^9 and beyond with a typical accuracy of 2 % in 1.5 kB of memory.
    #[test]
    fn the_published_accuracy_takes_the_published_memory() {
        assert!((size(2048).as_bytes() - 1536.0).abs() < 1e-9);
        assert!((error(2048).as_percent() - 2.298).abs() < 0.001, "{}", error(2048));
        assert_eq!(registers(Share::percent(2.3)), Some(2048));
        // The table of Redis' PFCOUNT: 0.81 % in 12 kB.
        assert!((error(16_384).as_percent() - 0.8125).abs() < 1e-6 && size(16_384).as_bytes() == 12_288.0);
        assert_eq!(registers(Share::percent(0.01)), None);
    }
}

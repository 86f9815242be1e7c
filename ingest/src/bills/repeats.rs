//! How many rows are there twice, told from a sample that keeps its bound.
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

/// The digests that are kept, about; twice as many are looked after before they are thinned out.
const KEPT: usize = 100_000;

/// Digests of rows. A row is in the sample if the low bits of a digest of a few telling cells are zero, so that all its
/// repeats are in the sample too; as the sample fills up, more bits have to be zero. The same rows give the same count in
/// any order, and rows outside the sample cost next to nothing.
#[derive(Clone, Debug)]
pub(crate) struct Repeats {
    digests: HashMap<(u64, u64), u32, FixedState>,
    /// So many low bits have to be zero.
    bits: u32,
}

impl Default for Repeats {
    fn default() -> Self {
        Self { digests: HashMap::with_hasher(FixedState::default()), bits: 0 }
    }
}

impl Repeats {
    /// Takes a row, of which some cells are telling: repeats have the same, other rows mostly others.
    #[inline]
    pub(crate) fn take(&mut self, telling: [&[u8]; 3], row: &[u8]) {
        let mut hasher = FixedState::default().build_hasher();
        for cell in telling {
            let (start, end) = (cell.first_chunk::<8>(), cell.last_chunk::<8>());
            hasher.write_u64(start.map_or_else(|| short(cell), |bytes| u64::from_le_bytes(*bytes)));
            hasher.write_u64(end.map_or(0, |bytes| u64::from_le_bytes(*bytes)));
        }
        let telling = hasher.finish();
        if telling.trailing_zeros() >= self.bits {
            self.count((telling, FixedState::default().hash_one(row)), 1);
        }
    }

    fn count(&mut self, digest: (u64, u64), times: u32) {
        if digest.0.trailing_zeros() < self.bits {
            return;
        }
        *self.digests.entry(digest).or_default() += times;
        while self.digests.len() > KEPT && self.bits < u64::BITS {
            self.bits += 1;
            self.thin();
        }
    }

    fn thin(&mut self) {
        let bits = self.bits;
        self.digests.retain(|(telling, _), _| telling.trailing_zeros() >= bits);
    }

    /// Takes what another sample holds.
    pub(crate) fn merge(&mut self, other: Self) {
        self.bits = self.bits.max(other.bits);
        self.thin();
        for (digest, times) in other.digests {
            self.count(digest, times);
        }
    }

    /// Rows that repeat an earlier one: exact up to a hundred thousand rows, beyond that estimated.
    pub(crate) fn rows(&self) -> u64 {
        let repeats: u64 = self.digests.values().map(|times| u64::from(times - 1)).sum();
        repeats.checked_shl(self.bits).unwrap_or(0)
    }

    /// Whether the count is an estimate.
    pub(crate) fn is_estimate(&self) -> bool {
        self.bits > 0
    }
}

fn short(cell: &[u8]) -> u64 {
    cell.iter().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_counted_in_any_order_and_in_parts() {
        let rows: Vec<String> = (0..300_000).map(|n| format!("row {}", n % 240_000)).collect();
        let mut whole = Repeats::default();
        for row in &rows {
            whole.take([row.as_bytes(), b"", b""], row.as_bytes());
        }
        let (mut a, mut b) = (Repeats::default(), Repeats::default());
        for row in rows.iter().rev().step_by(2) {
            a.take([row.as_bytes(), b"", b""], row.as_bytes());
        }
        rows.iter().rev().skip(1).step_by(2).for_each(|row| b.take([row.as_bytes(), b"", b""], row.as_bytes()));
        a.merge(b);
        assert_eq!(a.rows(), whole.rows());
        assert!(whole.is_estimate());
        assert!((55_000..65_000).contains(&whole.rows()), "{}", whole.rows());
        let mut few = Repeats::default();
        for row in ["a", "b", "a", "a"] {
            few.take([row.as_bytes(), b"", b""], row.as_bytes());
        }
        assert_eq!((few.rows(), few.is_estimate()), (2, false));
    }
}

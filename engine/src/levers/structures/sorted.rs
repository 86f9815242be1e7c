//! The sorted array: nothing is smaller, and nothing costs more to write to.
//!
//! D. E. Knuth, "The Art of Computer Programming", volume 3, section 6.2.1, algorithm B.

/// Comparisons of a binary search at most: floor(log2 n) + 1.
pub fn most_comparisons(keys: f64) -> f64 {
    keys.max(1.0).log2().floor() + 1.0
}

/// Entries moved by an insertion in no order, on the mean: half of them.
pub fn moved(keys: f64) -> f64 {
    0.5 * keys
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Knuth: N = 16 takes five at most, a million twenty.
    #[test]
    fn a_million_keys_take_twenty_comparisons() {
        assert_eq!((most_comparisons(16.0), most_comparisons(15.0), most_comparisons(1e6)), (5.0, 4.0, 20.0));
        assert_eq!(moved(1000.0), 500.0);
    }
}

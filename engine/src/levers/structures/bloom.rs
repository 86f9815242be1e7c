//! The Bloom filter: says of a key that it is certainly not there, or perhaps is.
//!
//! B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors", Communications of the ACM 13, 1970; the
//! formula as in A. Broder, M. Mitzenmacher, "Network applications of Bloom filters: a survey", 2004.
use crate::units::Share;

/// The chance that a key which is not there passes, with so many bits for each key and so many hash functions:
/// (1 - e^(-k n/m))^k.
///
/// ```
/// use plimsoll::levers::structures::bloom::false_positives;
/// assert!((false_positives(10.0, 7).as_part() - 0.00819).abs() < 5e-6);
/// ```
pub fn false_positives(bits_per_key: f64, hashes: u32) -> Share {
    let k = f64::from(hashes);
    Share::of_one((1.0 - (-k / bits_per_key).exp()).powf(k))
}

/// The number of hash functions that lets fewest keys pass: (m/n) ln 2, to the whole number that does best.
pub fn best_hashes(bits_per_key: f64) -> u32 {
    let near = (bits_per_key * std::f64::consts::LN_2).floor().max(1.0) as u32;
    if false_positives(bits_per_key, near + 1) < false_positives(bits_per_key, near) { near + 1 } else { near }
}

/// Bits for each key that let this share of the absent keys pass, at the best number of hash functions: log2(1/f) / ln 2.
pub fn bits_per_key(passing: Share) -> f64 {
    -passing.as_part().max(f64::MIN_POSITIVE).log2() / std::f64::consts::LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// P. Cao, "Bloom filters - the math" (the table of L. Fan et al., "Summary cache", 2000): m/n, k, rate.
    #[test]
    fn the_published_table_is_met() {
        for (bits, hashes, rate) in [
            (4.0, 3, 0.147),
            (6.0, 4, 0.0561),
            (8.0, 5, 0.0217),
            (8.0, 6, 0.0216),
            (10.0, 7, 0.00819),
            (16.0, 11, 0.000_459),
        ] {
            let got = false_positives(bits, hashes).as_part();
            assert!((got / rate - 1.0).abs() < 0.003, "{bits} bits, {hashes} hashes: {got} against {rate}");
        }
    }

    #[test]
    fn the_best_number_of_hashes_is_that_of_the_table() {
        for (bits, hashes) in [(4.0, 3), (6.0, 4), (8.0, 6), (10.0, 7), (16.0, 11)] {
            assert_eq!(best_hashes(bits), hashes, "{bits} bits");
        }
        let bits = bits_per_key(Share::percent(1.0));
        assert!((bits - 9.585).abs() < 0.001, "a hundredth takes 9.6 bits for each key: {bits}");
    }
}

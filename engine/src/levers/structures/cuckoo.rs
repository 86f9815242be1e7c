//! The cuckoo filter: as the Bloom filter, and keys can be taken out again.
//!
//! B. Fan, D. G. Andersen, M. Kaminsky, M. D. Mitzenmacher, "Cuckoo filter: practically better than Bloom", CoNEXT 2014.
use crate::units::Share;

/// Entries in a bucket, as the authors recommend for rates that are wanted in practice.
const BUCKET: f64 = 4.0;
/// How full the table gets with two choices of such buckets: 95 %.
const FULL: f64 = 0.955;

/// The chance that a key which is not there passes, with fingerprints of so many bits: 1 - (1 - 2^-f)^(2b).
pub fn false_positives(fingerprint_bits: u32) -> Share {
    let each = 0.5_f64.powi(fingerprint_bits as i32);
    Share::of_one(1.0 - (1.0 - each).powf(2.0 * BUCKET))
}

/// Bits for each key with fingerprints of so many bits.
pub fn bits_per_key(fingerprint_bits: u32) -> f64 {
    f64::from(fingerprint_bits) / FULL
}

/// The least bits of a fingerprint that let no larger share pass: log2(1/f) + log2(2b), to the next whole bit.
pub fn fingerprint_bits(passing: Share) -> u32 {
    (1..=32).find(|bits| false_positives(*bits) <= passing).unwrap_or(32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paper's table of space and rate: 12.60 bits for each key and 0.19 % at 12-bit fingerprints.
    #[test]
    fn the_published_filter_is_met() {
        assert!((bits_per_key(12) - 12.60).abs() < 0.05, "{}", bits_per_key(12));
        assert!((false_positives(12).as_percent() - 0.19).abs() < 0.01, "{}", false_positives(12));
        assert_eq!(fingerprint_bits(Share::percent(0.2)), 12);
    }

    /// Low rates take less room than in a Bloom filter, high ones more: from about 0.4 % without the authors' sorting of
    /// buckets, which moves it to 3 %.
    #[test]
    fn it_is_smaller_than_a_bloom_filter_at_low_rates() {
        let bloom = |bits: u32| super::super::bloom::bits_per_key(false_positives(bits));
        assert!(bits_per_key(12) < bloom(12) && bits_per_key(16) < bloom(16));
        assert!(bits_per_key(6) > bloom(6));
    }
}

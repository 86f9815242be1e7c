//! The log-structured merge tree: writes are gathered and merged into ever larger levels.
//!
//! P. O'Neil, E. Cheng, D. Gawlick, E. O'Neil, "The log-structured merge-tree", Acta Informatica 33, 1996; costs as in
//! N. Dayan, M. Athanassoulis, S. Idreos, "Monkey: optimal navigable key-value store", SIGMOD 2017, leveled.
use super::bloom;
use crate::units::Share;

/// Each level is so many times the one above, as LevelDB and RocksDB have it.
pub const RATIO: f64 = 10.0;

/// Levels on disk of so many bytes with a buffer of so many in memory: the least L whose levels hold them.
pub fn levels(data_bytes: f64, buffer_bytes: f64, ratio: f64) -> u32 {
    let part = data_bytes / buffer_bytes.max(1.0) * (ratio - 1.0) / ratio;
    part.max(ratio).log(ratio).ceil() as u32
}

/// Bytes written for each byte brought, over so many levels: the log, and at most `ratio` in each.
pub fn most_bytes_written(levels: u32, ratio: f64) -> f64 {
    1.0 + ratio * f64::from(levels)
}

/// The same on the mean: a level is half full when the one above is merged into it.
pub fn bytes_written(levels: u32, ratio: f64) -> f64 {
    1.0 + 0.5 * ratio * f64::from(levels)
}

/// Pages that a lookup of a key that is there reads: one, and one for each level above it that its filter lets pass.
pub fn disk_reads(levels: u32, bits_per_key: f64) -> f64 {
    1.0 + absent_reads(levels.saturating_sub(1), bits_per_key)
}

/// Pages that a lookup of a key that is not there reads.
pub fn absent_reads(levels: u32, bits_per_key: f64) -> f64 {
    let passing = if bits_per_key > 0.0 {
        bloom::false_positives(bits_per_key, bloom::best_hashes(bits_per_key))
    } else {
        Share::ALL
    };
    f64::from(levels) * passing.as_part()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// L. Lu et al., "WiscKey", FAST 2016, section 2: up to ten for each of the gaps between levels 1 and 6, more than 50
    /// for a large data set.
    #[test]
    fn the_published_write_amplification_is_met() {
        let most = most_bytes_written(5, RATIO);
        assert!(most > 50.0 && most < 52.0, "{most}");
        assert!(bytes_written(5, RATIO) < most);
    }

    #[test]
    fn levels_grow_with_the_logarithm_of_the_data() {
        assert_eq!(levels(1e12, 64e6, RATIO), 5);
        assert_eq!(levels(1e13, 64e6, RATIO), 6);
        assert_eq!(levels(1e6, 64e6, RATIO), 1);
    }

    #[test]
    fn filters_of_ten_bits_make_a_lookup_one_read() {
        assert!((disk_reads(5, 10.0) - 1.033).abs() < 0.001);
        assert_eq!(disk_reads(5, 0.0), 5.0);
    }
}

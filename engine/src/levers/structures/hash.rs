//! The open hash table with linear probing.
//!
//! D. E. Knuth, "The Art of Computer Programming", volume 3, section 6.4, algorithm L.

/// Probes to find a key that is there, in a table this full: (1 + 1/(1-a)) / 2.
pub fn probes_found(full: f64) -> f64 {
    0.5 * (1.0 + 1.0 / (1.0 - full))
}

/// Probes to see that a key is not there, and to insert it: (1 + 1/(1-a)^2) / 2.
pub fn probes_absent(full: f64) -> f64 {
    0.5 * (1.0 + 1.0 / (1.0 - full).powi(2))
}

/// Bytes of a table this full.
pub fn bytes(keys: f64, entry_bytes: f64, full: f64) -> f64 {
    keys * entry_bytes / full
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Knuth's figures for tables a half, three quarters and nine tenths full.
    #[test]
    fn the_published_probes_are_met() {
        for (full, found, absent) in [(0.5, 1.5, 2.5), (0.75, 2.5, 8.5), (0.9, 5.5, 50.5)] {
            assert!((probes_found(full) - found).abs() < 1e-9 && (probes_absent(full) - absent).abs() < 1e-9, "{full}");
        }
        assert_eq!(bytes(1000.0, 16.0, 0.5), 32_000.0);
    }
}

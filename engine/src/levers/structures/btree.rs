//! The B-tree: sorted pages, a path from the root to a leaf.
//!
//! R. Bayer, E. McCreight, "Organization and maintenance of large ordered indexes", Acta Informatica 1, 1972; D. Comer, "The
//! ubiquitous B-tree", ACM Computing Surveys 11, 1979; how full pages are: A. C. Yao, "On random 2-3 trees", 1978.

/// How full the pages of a tree are that grew by insertions in no order: ln 2.
pub const FILL: f64 = std::f64::consts::LN_2;

/// Pages from the root to a leaf that hold so many keys, each page pointing to so many: the least h with fanout^h >= keys.
///
/// ```
/// use plimsoll::levers::structures::btree::height;
/// assert_eq!((height(1e6, 100.0), height(1e6, 10.0)), (3, 6));
/// ```
pub fn height(keys: f64, fanout: f64) -> u32 {
    let (mut height, mut reached) = (1, fanout.max(2.0));
    // A hair of slack: powers of ten are not exact in every step.
    while reached < keys * (1.0 - 1e-12) {
        reached *= fanout.max(2.0);
        height += 1;
    }
    height
}

/// Entries of a page that is filled as usual.
pub fn entries(page_bytes: f64, entry_bytes: f64) -> f64 {
    (page_bytes * FILL / entry_bytes.max(1.0)).max(2.0)
}

/// Pages that a lookup reads from disk, where memory holds so many bytes of the tree: the top of it first.
pub fn disk_reads(keys: f64, key_bytes: f64, row_bytes: f64, page_bytes: f64, memory_bytes: f64) -> f64 {
    let (leaf, inner) = (entries(page_bytes, row_bytes), entries(page_bytes, key_bytes + POINTER));
    let mut level = (keys / leaf).max(1.0);
    let mut levels = vec![level];
    while level > 1.0 {
        level = (level / inner).ceil();
        levels.push(level);
    }
    let (mut left, mut read) = (memory_bytes, 0.0);
    for pages in levels.iter().rev() {
        let bytes = pages * page_bytes;
        let held = (left / bytes).clamp(0.0, 1.0);
        read += 1.0 - held;
        left = (left - bytes).max(0.0);
    }
    read
}

/// Bytes of a pointer to a page.
const POINTER: f64 = 8.0;

#[cfg(test)]
mod tests {
    use super::*;

    /// Comer, section 1: accesses at most, by keys of a node (10 and 100) and of the file.
    #[test]
    fn the_published_heights_are_met() {
        let files = [1e3, 1e4, 1e5, 1e6, 1e7];
        assert_eq!(files.map(|keys| height(keys, 10.0)), [3, 4, 5, 6, 7]);
        assert_eq!(files.map(|keys| height(keys, 100.0)), [2, 2, 3, 3, 4]);
        assert_eq!(height(1e6, 50.0), 4);
    }

    #[test]
    fn memory_for_all_but_the_leaves_leaves_one_read() {
        let reads = |memory| disk_reads(1e8, 16.0, 200.0, 8192.0, memory);
        assert!((reads(0.0) - 4.0).abs() < 1e-9, "{}", reads(0.0));
        assert!((reads(3e8) - 1.0).abs() < 0.02, "{}", reads(3e8));
        assert_eq!(reads(1e12), 0.0);
    }
}

//! The structures side by side under a memory budget.
use super::{bloom, btree, hash, lsm, sorted};
use crate::units::{Data, Factor, Quantity, Rate};

/// What is asked of a structure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// Keys that it holds.
    pub keys: f64,
    /// Size of a key.
    pub key: Data,
    /// Size of a row, its key included.
    pub row: Data,
    /// Memory that it may take.
    pub memory: Data,
    /// Lookups of single keys.
    pub reads: Rate,
    /// Rows written in no order.
    pub writes: Rate,
    /// Whether rows are also read in the order of their keys.
    pub ordered: bool,
    /// What the disk moves at once.
    pub page: Data,
}

/// A structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Structure {
    /// All rows in an open hash table in memory.
    Hash,
    /// All rows in a sorted array in memory.
    SortedArray,
    /// A B-tree on disk, as much of it in memory as there is room.
    BTree,
    /// A leveled log-structured merge tree on disk, its filters in memory.
    Lsm,
}

impl Structure {
    /// The name used in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hash => "hash table",
            Self::SortedArray => "sorted array",
            Self::BTree => "B-tree",
            Self::Lsm => "log-structured merge tree",
        }
    }
}

/// What a structure comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Which.
    pub structure: Structure,
    /// Memory that it takes.
    pub memory: Data,
    /// Pages read from disk for each lookup.
    pub disk_reads: Factor,
    /// Pages written to disk for each row written.
    pub disk_writes: Factor,
    /// Steps in memory for each lookup: probes or comparisons.
    pub steps: Factor,
    /// Why it will not do; none where it does.
    pub fails: Option<String>,
}

impl Fit {
    /// Pages moved in a second.
    pub fn pages(&self, asked: &Asked) -> Rate {
        asked.reads * self.disk_reads.get() + asked.writes * self.disk_writes.get()
    }
}

/// A table is kept so full: beyond it probes grow fast.
const FULL: f64 = 0.7;
/// Bits of a filter for each key.
const FILTER_BITS: f64 = 10.0;
/// The buffer that a tree of levels gathers writes in; RocksDB's default of 64 MiB.
const BUFFER: f64 = 64.0 * 1_048_576.0;
/// Rows moved in a second beyond which a sorted array does nothing else: 10 GB/s of memory.
const MOVED_BYTES_PER_SECOND: f64 = 1e10;

/// Every structure, those that will do first, of these the one that moves fewest pages, on a tie that of fewest steps.
pub fn choose(asked: &Asked) -> Vec<Fit> {
    let mut all = vec![in_a_table(asked), in_an_array(asked), in_a_tree(asked), in_levels(asked)];
    for fit in &mut all {
        if fit.memory > asked.memory {
            fit.fails = Some(format!("takes {} of memory, there are {}", fit.memory, asked.memory));
        }
    }
    let key = |fit: &Fit| (fit.fails.is_some(), fit.pages(asked).base(), fit.steps.get());
    all.sort_by(|a, b| {
        let (a, b) = (key(a), key(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2))
    });
    all
}

fn fit(structure: Structure, memory: f64, reads: f64, writes: f64, steps: f64) -> Fit {
    let [disk_reads, disk_writes, steps] = [reads, writes, steps].map(Factor::of);
    Fit { structure, memory: Data::bytes(memory), disk_reads, disk_writes, steps, fails: None }
}

fn in_a_table(asked: &Asked) -> Fit {
    let memory = hash::bytes(asked.keys, asked.row.as_bytes(), FULL);
    let found = fit(Structure::Hash, memory, 0.0, 0.0, hash::probes_found(FULL));
    Fit { fails: asked.ordered.then(|| "it has no order".to_owned()), ..found }
}

fn in_an_array(asked: &Asked) -> Fit {
    let memory = asked.keys * asked.row.as_bytes();
    let moved = sorted::moved(asked.keys) * asked.row.as_bytes() * asked.writes.as_per_second();
    let found = fit(Structure::SortedArray, memory, 0.0, 0.0, sorted::most_comparisons(asked.keys));
    let fails = (moved > MOVED_BYTES_PER_SECOND).then(|| "its writes move more than memory can".to_owned());
    Fit { fails, ..found }
}

fn in_a_tree(asked: &Asked) -> Fit {
    let [key, row, page] = [asked.key, asked.row, asked.page].map(Data::as_bytes);
    let all = asked.keys * row / btree::FILL;
    let memory = asked.memory.as_bytes().min(all);
    let reads = btree::disk_reads(asked.keys, key, row, page, memory);
    // The leaf is read, changed, and written whole.
    fit(Structure::BTree, memory, reads, reads + 1.0, sorted::most_comparisons(asked.keys))
}

fn in_levels(asked: &Asked) -> Fit {
    let (data, row, page) = (asked.keys * asked.row.as_bytes(), asked.row.as_bytes(), asked.page.as_bytes());
    let levels = lsm::levels(data, BUFFER, lsm::RATIO);
    let memory = BUFFER + asked.keys * FILTER_BITS / 8.0;
    let writes = lsm::bytes_written(levels, lsm::RATIO) * row / page;
    let hashes = f64::from(bloom::best_hashes(FILTER_BITS));
    let steps = sorted::most_comparisons(asked.keys) + hashes * f64::from(levels);
    fit(Structure::Lsm, memory, lsm::disk_reads(levels, FILTER_BITS), writes, steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(keys: f64, gib: f64, reads: f64, writes: f64) -> Asked {
        Asked {
            keys,
            key: Data::bytes(16.0),
            row: Data::bytes(200.0),
            memory: Data::gib(gib),
            reads: Rate::per_second(reads),
            writes: Rate::per_second(writes),
            ordered: true,
            page: Data::kib(16.0),
        }
    }
    fn best(asked: &Asked) -> Structure {
        choose(asked)[0].structure
    }

    #[test]
    fn the_mix_and_the_memory_decide() {
        // Everything fits: no order, a table; order and few writes, an array.
        assert_eq!(best(&Asked { ordered: false, ..asked(1e6, 4.0, 1e4, 1e3) }), Structure::Hash);
        assert_eq!(best(&asked(1e6, 4.0, 1e4, 1.0)), Structure::SortedArray);
        // Far more than memory: reads take a tree, writes a tree of levels.
        assert_eq!(best(&asked(1e9, 16.0, 1e4, 10.0)), Structure::BTree);
        assert_eq!(best(&asked(1e9, 16.0, 1e3, 1e4)), Structure::Lsm);
    }

    #[test]
    fn what_will_not_do_says_why_and_comes_last() {
        let all = choose(&asked(1e9, 16.0, 1e3, 1e3));
        assert_eq!(all.len(), 4);
        let failing: Vec<Structure> = all.iter().filter(|f| f.fails.is_some()).map(|f| f.structure).collect();
        assert!(failing.contains(&Structure::Hash) && failing.contains(&Structure::SortedArray));
        assert!(all[..2].iter().all(|f| f.fails.is_none()));
    }
}

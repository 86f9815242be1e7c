//! Caches: what they hold, and which part of the requests that answers.
use super::{Call, Running, TimeToLive};
use crate::catalog::{Architecture, Purchase};
use crate::uncertain::Estimate;
use crate::units::{Count, Data, Factor, Quantity, Share, Span};
use std::fmt;

/// How much a cache holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CacheSize {
    /// So many entries.
    Entries(Count),
    /// So much memory for entries, what the software adds to each included.
    Memory(Data),
}

impl fmt::Display for CacheSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entries(count) => write!(f, "{count} entries"),
            Self::Memory(data) => data.fmt(f),
        }
    }
}

/// A measured size and the part of reads that it answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HitPoint {
    /// How much it holds.
    pub size: CacheSize,
    /// What that answers.
    pub hit_ratio: Share,
}

/// Which part of the reads is answered, before entries grow too old.
#[derive(Clone, Debug, PartialEq)]
pub enum Hits {
    /// At the stated size.
    Stated(Estimate<Share>),
    /// By size: points that rise. Between two of them hits rise in a line, which a true curve lies above, as each more
    /// entry is asked for less often than the one before; beyond the last nothing more is answered.
    Curve(Vec<HitPoint>),
}

/// Software that caches, where that decides what is on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheEngine {
    /// Redis.
    Redis,
    /// Valkey.
    Valkey,
    /// Memcached.
    Memcached,
}

impl CacheEngine {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Redis, Self::Valkey, Self::Memcached];
    /// The name used in files and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Redis => "redis",
            Self::Valkey => "valkey",
            Self::Memcached => "memcached",
        }
    }
}

/// A cache: what it has an answer to goes no further.
#[derive(Clone, Debug, PartialEq)]
pub struct Cache {
    /// Which part of the reads it answers.
    pub hits: Hits,
    /// How much it holds. Not stated, it is chosen on the curve: where the whole costs least.
    pub size: Option<CacheSize>,
    /// Mean size of an entry, key and value.
    pub entry_size: Estimate<Data>,
    /// What the software adds to each entry.
    pub overhead: Estimate<Data>,
    /// When entries grow too old to be answers.
    pub ttl: Option<TimeToLive>,
    /// The part of calls that only read; writes pass through. Where it is stated, what is behind is known to get the reads
    /// that miss and all writes; where it is not, all calls are looked up, and what is behind says what reaches it.
    pub read_share: Option<Share>,
    /// Processor time of one request on the reference core.
    pub cpu_per_request: Estimate<Span>,
    /// Squared coefficient of variation of that time.
    pub variability: Estimate<Factor>,
    /// Processors that one node can keep busy; all if not stated.
    pub threads: Option<u32>,
    /// Memory for the software itself, per node.
    pub memory: Estimate<Data>,
    /// Size of a request.
    pub bytes_in: Estimate<Data>,
    /// Size of an answer; the entry's where not stated.
    pub bytes_out: Option<Estimate<Data>>,
    /// Copies of each entry; two where a loss is to be survived, else one.
    pub replicas: Option<u32>,
    /// Which software; any if not stated.
    pub engine: Option<CacheEngine>,
    /// Whether the provider's managed service may be chosen.
    pub managed: bool,
    /// Whether running it oneself may be chosen.
    pub self_run: bool,
    /// Architectures it is built for; all if empty.
    pub architectures: Vec<Architecture>,
    /// Ways to pay that may be chosen; on demand if empty.
    pub purchases: Vec<Purchase>,
    /// What it asks of others when it has no answer.
    pub calls: Vec<Call>,
    /// What runs today.
    pub current: Option<Running>,
}

/// Sizes tried between two points of a curve of a few points, of some, and of many: the plan finds the cheapest of these
/// and of the points, not of all between.
const fn tried_between(points: usize) -> u32 {
    match points {
        0..=8 => 3,
        9..=24 => 1,
        _ => 0,
    }
}

impl Cache {
    /// What one entry takes.
    fn entry(&self) -> Data {
        self.entry_size.mid() + self.overhead.mid()
    }
    /// The memory that a size takes.
    pub fn memory_of(&self, size: CacheSize) -> Data {
        match size {
            CacheSize::Entries(count) => self.entry() * count.get(),
            CacheSize::Memory(data) => data,
        }
    }
    /// The memory of one copy of all entries; of a curve without a size, at its last point.
    pub fn held(&self) -> Data {
        let last = match &self.hits {
            Hits::Curve(points) => points.last().map(|p| p.size),
            Hits::Stated(_) => None,
        };
        self.size.or(last).map_or(Data::ZERO, |size| self.memory_of(size))
    }
    /// The part of reads that are held, however old.
    pub fn held_ratio(&self) -> Share {
        match &self.hits {
            Hits::Stated(ratio) => ratio.mid(),
            Hits::Curve(points) => self.on_curve(points, self.held()),
        }
    }
    /// The part of reads that it answers: those that are held and not too old.
    pub fn hit_ratio(&self) -> Share {
        let held = self.held_ratio();
        self.ttl.as_ref().map_or(held, |ttl| ttl.limits(held))
    }
    /// The part of all calls that it answers.
    pub fn answers(&self) -> Share {
        Share::of_one(self.hit_ratio().as_part() * self.read_share.unwrap_or(Share::ALL).as_part())
    }
    /// Size of an answer.
    pub fn answer_size(&self) -> Data {
        self.bytes_out.unwrap_or(self.entry_size).mid()
    }
    fn on_curve(&self, points: &[HitPoint], held: Data) -> Share {
        let (mut below, mut low) = (0.0, 0.0);
        for point in points {
            let (size, ratio) = (self.memory_of(point.size).base(), point.hit_ratio.as_part());
            if held.base() < size {
                // Entries of another size than the curve was checked with may turn two points around.
                let part = if size > below { ((held.base() - below) / (size - below)).max(0.0) } else { 0.0 };
                return Share::of_one(low + part * (ratio - low));
            }
            (below, low) = (size, ratio);
        }
        Share::of_one(low)
    }
    /// Sizes that may be chosen, from small to large: the points of the curve and some between. Empty where the size is
    /// stated.
    pub fn choices(&self) -> Vec<CacheSize> {
        let (Hits::Curve(points), None) = (&self.hits, self.size) else { return Vec::new() };
        let between = tried_between(points.len());
        let mut sizes: Vec<CacheSize> = points.iter().take(1).map(|p| p.size).collect();
        for pair in points.windows(2) {
            let [low, high] = [pair[0].size, pair[1].size].map(|size| self.memory_of(size));
            let step = (high / low).powf(1.0 / f64::from(between + 1));
            sizes.extend((1..=between).map(|i| CacheSize::Memory(low * step.powi(i as i32))));
            sizes.push(pair[1].size);
        }
        sizes
    }
    /// The same at this size.
    pub fn with_size(&self, size: CacheSize) -> Self {
        Self { size: Some(size), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(points: &[(f64, f64)]) -> Cache {
        let point = |&(mb, percent): &(f64, f64)| HitPoint {
            size: CacheSize::Memory(Data::mb(mb)),
            hit_ratio: Share::percent(percent),
        };
        Cache {
            hits: Hits::Curve(points.iter().map(point).collect()),
            size: None,
            entry_size: Estimate::exact(Data::bytes(900.0)),
            overhead: Estimate::exact(Data::bytes(100.0)),
            ttl: None,
            read_share: None,
            cpu_per_request: Estimate::exact(Span::micros(20.0)),
            variability: Estimate::exact(Factor::ONE),
            threads: None,
            memory: Estimate::exact(Data::ZERO),
            bytes_in: Estimate::exact(Data::ZERO),
            bytes_out: None,
            replicas: None,
            engine: None,
            managed: false,
            self_run: true,
            architectures: Vec::new(),
            purchases: Vec::new(),
            calls: Vec::new(),
            current: None,
        }
    }

    #[test]
    fn hits_rise_in_a_line_between_points_and_end_with_the_last() {
        let cache = cache(&[(100.0, 40.0), (300.0, 80.0)]);
        let at = |mb| cache.with_size(CacheSize::Memory(Data::mb(mb))).hit_ratio().as_percent().round();
        assert_eq!([0.0, 50.0, 100.0, 200.0, 300.0, 900.0].map(at), [0.0, 20.0, 40.0, 60.0, 80.0, 80.0]);
        assert_eq!(cache.hit_ratio(), Share::percent(80.0), "an open size is the largest");
    }

    #[test]
    fn entries_take_their_size_and_what_the_software_adds() {
        let cache = cache(&[(100.0, 40.0)]);
        assert_eq!(cache.memory_of(CacheSize::Entries(Count::millions(2.0))), Data::gb(2.0));
        let half = cache.with_size(CacheSize::Entries(Count::thousands(50.0)));
        assert!((half.hit_ratio().as_percent() - 20.0).abs() < 1e-9);
    }

    #[test]
    fn choices_rise_from_the_first_point_to_the_last() {
        let cache = cache(&[(100.0, 40.0), (1600.0, 80.0)]);
        let sizes: Vec<f64> = cache.choices().into_iter().map(|s| cache.memory_of(s).as_mb().round()).collect();
        assert_eq!(sizes, [100.0, 200.0, 400.0, 800.0, 1600.0]);
        assert!(cache.with_size(CacheSize::Memory(Data::mb(5.0))).choices().is_empty());
    }

    #[test]
    fn writes_are_never_answered() {
        let cache = Cache { read_share: Some(Share::percent(75.0)), ..cache(&[(100.0, 40.0)]) };
        assert!((cache.answers().as_percent() - 30.0).abs() < 1e-9);
    }
}

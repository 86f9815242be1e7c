//! How large each cache should be: a larger one costs more, and takes more load off what is behind it.
//!
//! Each size is tried with a whole search of its own, so that everything behind the cache, the latency of the whole and
//! the traffic between zones count at that size; the cheapest bill wins. One cache is searched exhaustively over its
//! [choices](crate::workload::Cache::choices). Several are searched together as long as there are few combinations, else one
//! after the other, in rounds, until no change of one of them saves anything.
use super::moment::Moment;
use super::search::cheapest;
use crate::catalog::Catalog;
use crate::uncertain::Estimate;
use crate::units::{Data, Money, Share, Span};
use crate::workload::{Cache, CacheSize, Component, ComponentName, Hits, Workload};
use std::collections::BTreeMap;

/// A size of a cache, and what the whole would cost with it, every estimate at its middle.
#[derive(Clone, Debug, PartialEq)]
pub struct SizeTried {
    /// The memory of one copy of all entries.
    pub held: Data,
    /// The part of reads that it answers.
    pub hit_ratio: Share,
    /// A month of everything, the other caches as chosen; none where no plan was found with it.
    pub month: Option<Money>,
}

/// What everything costs in a month with a cache and without it, every estimate at its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheWorth {
    /// With it.
    pub with: Money,
    /// Without it.
    pub without: Money,
}

pub(super) type CacheSizes = BTreeMap<ComponentName, Vec<SizeTried>>;

/// Combinations of sizes that are all tried; more are searched one cache after the other.
const MOST_TOGETHER: usize = 64;
/// Rounds of that search; it ends before, as soon as a round changes nothing.
const MOST_ROUNDS: u32 = 4;

/// The workload with every cache at its best size, and what was tried of each.
pub(super) fn with_cache_sizes(workload: &Workload, catalog: &Catalog) -> (Workload, CacheSizes) {
    let open: Vec<(ComponentName, Vec<CacheSize>)> = workload
        .components
        .iter()
        .filter_map(|(name, component)| match component {
            Component::Cache(cache) => Some((name.clone(), cache.choices())).filter(|(_, c)| !c.is_empty()),
            _ => None,
        })
        .collect();
    if open.is_empty() {
        return (workload.clone(), CacheSizes::new());
    }
    let mut trials = Trials { workload, catalog, open: &open, costs: BTreeMap::new() };
    let combinations = open.iter().map(|(_, sizes)| sizes.len()).fold(1_usize, usize::saturating_mul);
    let best = if combinations <= MOST_TOGETHER { trials.all(combinations) } else { trials.in_rounds() };
    let sizes = open
        .iter()
        .enumerate()
        .map(|(i, (name, choices))| {
            let tried = (0..choices.len()).map(|choice| trials.tried(&best, i, choice));
            (name.clone(), tried.collect())
        })
        .collect();
    (trials.at(&best), sizes)
}

/// The same workload with the open sizes of its caches as they are in another one of the same components.
pub(super) fn with_sizes_of(workload: &Workload, sized: &Workload) -> Workload {
    let mut fixed = workload.clone();
    for (name, component) in &mut fixed.components {
        if let (Component::Cache(open), Some(Component::Cache(chosen))) = (component, sized.components.get(name)) {
            open.size = open.size.or(chosen.size);
        }
    }
    fixed
}

/// What everything would cost in a month without each cache: all that it is asked goes on, and it costs nothing itself. The
/// time it adds to a request stays, which matters little. A cache without which nothing carries the rest is not among them.
pub(super) fn without_caches(
    workload: &Workload,
    catalog: &Catalog,
    with: Money,
) -> BTreeMap<ComponentName, CacheWorth> {
    let caches = workload.components.iter().filter_map(|(name, component)| match component {
        Component::Cache(cache) => Some((name, cache)),
        _ => None,
    });
    let without = |(name, cache): (&ComponentName, &Cache)| {
        let mut emptied = workload.clone();
        let nothing = Hits::Stated(Estimate::exact(Share::NONE));
        let empty = Cache { hits: nothing, size: Some(CacheSize::Memory(Data::ZERO)), ..cache.clone() };
        emptied.components.insert(name.clone(), Component::Cache(empty));
        let moment = Moment::new(&emptied, catalog, Span::ZERO);
        let bill = cheapest(&moment).ok().map(|(draft, _)| moment.bill(&draft))?;
        let rest = bill.lines.iter().filter(|line| line.component != *name).map(|line| line.amount).sum();
        bill.unknown.is_empty().then(|| (name.clone(), CacheWorth { with, without: rest }))
    };
    caches.filter_map(without).collect()
}

struct Trials<'t> {
    workload: &'t Workload,
    catalog: &'t Catalog,
    open: &'t [(ComponentName, Vec<CacheSize>)],
    costs: BTreeMap<Vec<usize>, Option<Money>>,
}

impl Trials<'_> {
    /// The workload with these sizes.
    fn at(&self, choice: &[usize]) -> Workload {
        let mut sized = self.workload.clone();
        for ((name, sizes), &i) in self.open.iter().zip(choice) {
            if let Some(Component::Cache(cache)) = sized.components.get_mut(name) {
                *cache = cache.with_size(sizes[i]);
            }
        }
        sized
    }
    /// A month of everything with these sizes; what has charges of unknown price is as good as none.
    fn cost(&mut self, choice: &[usize]) -> Option<Money> {
        if let Some(known) = self.costs.get(choice) {
            return *known;
        }
        let sized = self.at(choice);
        let moment = Moment::new(&sized, self.catalog, Span::ZERO);
        let cost = cheapest(&moment).ok().map(|(draft, _)| moment.bill(&draft).total());
        self.costs.insert(choice.to_vec(), cost);
        cost
    }
    /// The cheapest of all combinations; the smallest sizes on a tie, and the largest where nothing is found with any.
    fn all(&mut self, combinations: usize) -> Vec<usize> {
        let of = |mut n: usize| -> Vec<usize> {
            let digits = self.open.iter().map(|(_, sizes)| {
                let digit = n % sizes.len();
                n /= sizes.len();
                digit
            });
            digits.collect()
        };
        let choices: Vec<Vec<usize>> = (0..combinations).map(of).collect();
        let costs: Vec<Option<Money>> = choices.iter().map(|choice| self.cost(choice)).collect();
        let best = choices.iter().zip(costs).filter_map(|(choice, cost)| Some((cost?, choice))).min();
        best.map_or_else(|| self.largest(), |(_, choice)| choice.clone())
    }
    /// One cache after the other at its cheapest size, from the largest of all on.
    fn in_rounds(&mut self) -> Vec<usize> {
        let mut now = self.largest();
        for _ in 0..MOST_ROUNDS {
            let before = now.clone();
            for i in 0..self.open.len() {
                let costs: Vec<(Money, usize)> = (0..self.open[i].1.len())
                    .filter_map(|choice| Some((self.cost(&replaced(&now, i, choice))?, choice)))
                    .collect();
                if let Some((_, choice)) = costs.into_iter().min() {
                    now[i] = choice;
                }
            }
            if now == before {
                break;
            }
        }
        now
    }
    fn largest(&self) -> Vec<usize> {
        self.open.iter().map(|(_, sizes)| sizes.len() - 1).collect()
    }
    fn tried(&mut self, best: &[usize], i: usize, choice: usize) -> SizeTried {
        let choice = replaced(best, i, choice);
        let sized = self.at(&choice);
        let month = self.cost(&choice);
        match &sized.components[&self.open[i].0] {
            Component::Cache(cache) => SizeTried { held: cache.held(), hit_ratio: cache.hit_ratio(), month },
            _ => unreachable!("only caches have open sizes"),
        }
    }
}

fn replaced(choice: &[usize], at: usize, with: usize) -> Vec<usize> {
    let mut choice = choice.to_vec();
    choice[at] = with;
    choice
}

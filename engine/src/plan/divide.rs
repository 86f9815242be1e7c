//! The latency promise divided over the hops of the plan.
//!
//! The search has found the parts; here every hop gets the front of its sizes (no other costs less and is faster), and
//! `choice::divide` finds the cheapest division of the promise and of promises a little tighter or looser: the difference
//! is the price of a millisecond. A hop's budget is Euler's part of the percentile, the derivative by the hop's own time
//! (D. Tasche, "Risk contributions and performance measurement", 1999): such parts add up, percentiles do not.
use super::compose::State;
use super::moment::{Draft, Moment};
use super::options::Options;
use super::{Hop, LatencyDivision, Moved, Part};
use crate::choice::{Division, Taken, divide};
use crate::queueing::{Call, Grid, Node, Remembered, ResponseTime};
use crate::sizing::LatencyBudget;
use crate::units::{Factor, Money, Quantity, Share, Span};
use crate::workload::{ComponentName, LatencyPromise};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Divisions that are tried for one promise: so many take a tenth of a second, and more are rarely left.
const MOST_ASKED: usize = 150;
/// Parts of the promise by which it is moved, besides a millisecond.
const MOVED: f64 = 0.1;
/// A hop's time is stretched by so much each way to see its part of the whole: small, and many steps of the grid.
const STRETCH: f64 = 0.05;

impl Moment<'_> {
    /// How the strictest latency promise is divided; none without one, and where there is only one hop.
    pub(super) fn divided(&self, draft: &Draft, options: &BTreeMap<ComponentName, Options>) -> Option<LatencyDivision> {
        let promises = &self.workload.promises.latency;
        let strictest = LatencyBudget(promises.clone()).strictest().copied()?;
        let visits = self.visits();
        if visits.len() < 2 || draft.values().filter_map(Part::fleet).any(|f| !f.stressed_station.is_stable()) {
            return None;
        }
        let mut graph = Graph::new(self, draft, options, strictest);
        let solved = graph.solved(strictest.within, None)?;
        let chosen = Times::of(&graph, self, draft);
        let takes = chosen.percentile(&chosen.owns);
        let hops = chosen.hops(self, &visits, takes);
        Some(graph.told(hops, takes, &solved))
    }

    /// How often a request of the entry visits each component that it reaches.
    fn visits(&self) -> BTreeMap<&ComponentName, f64> {
        let mut visits = BTreeMap::from([(&self.workload.entry, 1.0)]);
        for name in self.workload.leaves_first().into_iter().rev() {
            let Some(own) = visits.get(name).copied() else { continue };
            let misses = self.component(name).miss_ratio().as_part();
            for call in self.component(name).calls() {
                *visits.entry(&call.to).or_insert(0.0) += own * misses * call.ratio.mid().get();
            }
        }
        visits
    }
}

/// The call graph, each node in any of its sizes.
struct Graph<'m> {
    promise: LatencyPromise,
    promises: &'m [LatencyPromise],
    names: Vec<ComponentName>,
    entry: usize,
    calls: Vec<Vec<Call>>,
    costs: Vec<Vec<Money>>,
    owns: Vec<Vec<ResponseTime>>,
    /// As quick as any of the sizes, for bounds.
    at_best: Vec<ResponseTime>,
    /// Percentiles of what was asked already.
    known: BTreeMap<Vec<Option<usize>>, Vec<Option<Span>>>,
    remembered: Rc<Remembered>,
}

impl<'m> Graph<'m> {
    fn new(
        moment: &Moment<'m>,
        draft: &Draft,
        options: &BTreeMap<ComponentName, Options>,
        promise: LatencyPromise,
    ) -> Self {
        let grid = grid(&moment.workload.promises.latency);
        let names: Vec<ComponentName> = moment.workload.components.keys().cloned().collect();
        let reached = moment.visits();
        let (mut calls, mut costs, mut owns) = (Vec::new(), Vec::new(), Vec::new());
        for name in &names {
            let sizes =
                if reached.contains_key(name) { moment.front(name, draft, options) } else { vec![draft[name].clone()] };
            let nodes: Vec<Node> = sizes.iter().map(|part| node(moment, name, part, draft, grid, &names)).collect();
            let mut priced: Vec<(Money, ResponseTime)> = sizes
                .iter()
                .map(|part| moment.month_of(name, part, draft))
                .zip(nodes.iter().map(|n| n.own.clone()))
                .collect();
            priced.sort_by_key(|(cost, _)| *cost);
            calls.push(nodes.into_iter().next().map_or_else(Vec::new, |node| node.calls));
            let (cost, own): (Vec<Money>, Vec<ResponseTime>) = priced.into_iter().unzip();
            costs.push(cost);
            owns.push(own);
        }
        let quickest = |own: &Vec<ResponseTime>| {
            let first = own[0].clone();
            own[1..].iter().fold(first, |best, next| best.at_best(next))
        };
        let entry = names.iter().position(|n| *n == moment.workload.entry).expect("the entry is a component");
        let at_best = owns.iter().map(quickest).collect();
        let promises = &moment.workload.promises.latency;
        let (known, remembered) = (BTreeMap::new(), Rc::clone(&moment.times));
        Self { promise, promises, names, entry, calls, costs, owns, at_best, known, remembered }
    }

    fn percentiles(&mut self, taken: &Taken) -> Vec<Option<Span>> {
        if let Some(known) = self.known.get(taken) {
            return known.clone();
        }
        let own = |(hop, size): (usize, &Option<usize>)| size.map_or(&self.at_best[hop], |size| &self.owns[hop][size]);
        let nodes = taken.iter().enumerate().map(own).zip(&self.calls);
        let nodes: Vec<Node> = nodes.map(|(own, calls)| Node { own: own.clone(), calls: calls.clone() }).collect();
        let whole = self.remembered.end_to_end(&nodes, self.entry);
        let found: Vec<Option<Span>> = self.promises.iter().map(|p| whole.percentile(p.share)).collect();
        self.known.insert(taken.to_vec(), found.clone());
        found
    }

    /// The cheapest division with this promise in the place of the strictest, beginning from one for a tighter promise.
    fn solved(&mut self, within: Span, from: Option<&Division>) -> Option<Division> {
        if within.is_zero() {
            return None;
        }
        let (stairs, promises, moved) = (self.costs.clone(), self.promises, self.promise);
        let mut used = |taken: &Taken| {
            let times = self.percentiles(taken);
            let parts = promises.iter().zip(times).map(|(promise, time)| {
                let within = if *promise == moved { within } else { promise.within };
                time.map_or(f64::INFINITY, |time| time / within)
            });
            parts.fold(0.0, f64::max)
        };
        divide(&stairs, from.map(|d| d.taken.as_slice()), MOST_ASKED, &mut used)
    }

    /// The time at the promise's share.
    fn time(&mut self, taken: &[usize]) -> Option<Span> {
        let place = self.promises.iter().position(|p| *p == self.promise)?;
        let taken: Vec<Option<usize>> = taken.iter().copied().map(Some).collect();
        self.percentiles(&taken)[place]
    }

    /// The dollars of one of a hop's other sizes for each millisecond that it takes off the whole, or adds to it.
    fn slope(&mut self, taken: &[usize], hop: usize, is_dearer: bool) -> Option<Money> {
        let (now, cost) = (self.time(taken)?, self.costs[hop][taken[hop]]);
        let mut best: Option<f64> = None;
        for size in 0..self.costs[hop].len() {
            let (other, mut next) = (self.costs[hop][size], taken.to_vec());
            if (is_dearer && other <= cost) || (!is_dearer && other >= cost) {
                continue;
            }
            next[hop] = size;
            let Some(then) = self.time(&next) else { continue };
            let millis = if is_dearer { now.less(then) } else { then.less(now) }.as_millis();
            let dollars = (other - cost).as_dollars().abs();
            if millis > 0.0 {
                let each = dollars / millis;
                best = Some(best.map_or(each, |b| if is_dearer { b.min(each) } else { b.max(each) }));
            }
        }
        best.map(Money::nearest)
    }

    /// The whole, with the prices of moves.
    fn told(&mut self, mut hops: Vec<Hop>, takes: Option<Span>, base: &Division) -> LatencyDivision {
        let within = self.promise.within;
        let millisecond = Span::millis(1.0);
        let tighter = [within * (1.0 - MOVED), within.less(millisecond)];
        let looser = [within + millisecond, within * (1.0 + MOVED)];
        let mut moved: Vec<Moved> = Vec::new();
        let mut tightest: Option<Division> = None;
        for within in tighter {
            let solved = self.solved(within, tightest.as_ref());
            moved.push(Moved { within, difference: solved.as_ref().map(|d| d.cost - base.cost) });
            tightest = solved.or(tightest);
        }
        for within in looser {
            let solved = self.solved(within, Some(base));
            moved.push(Moved { within, difference: solved.map(|d| d.cost - base.cost) });
        }
        moved.sort_by(|a, b| a.within.as_seconds().total_cmp(&b.within.as_seconds()));
        for hop in &mut hops {
            let place = self.names.iter().position(|n| *n == hop.name).expect("hops are components");
            hop.buys = self.slope(&base.taken, place, true);
            hop.gives = self.slope(&base.taken, place, false);
            let looser = self.solved(within + millisecond * hop.felt.get(), Some(base));
            hop.millisecond_saves = looser.map_or(Money::ZERO, |d| base.cost - d.cost);
        }
        let saves = hops.iter().filter(|hop| hop.millisecond_saves > Money::ZERO);
        let most = saves.max_by_key(|hop| hop.millisecond_saves).map(|hop| hop.name.clone());
        LatencyDivision {
            promise: self.promise,
            takes,
            hops,
            moved,
            cheapest: base.cost,
            gap: base.gap(),
            most_saved_at: most,
        }
    }
}

/// As fine as where promises are checked. Twice the longest promise is far enough: what is later is late in any case.
fn grid(promises: &[LatencyPromise]) -> Grid {
    let longest = promises.iter().map(|promise| promise.within).fold(Span::ZERO, Quantity::max);
    Grid::new(longest * 2.0, Grid::USUAL_BINS / 2)
}

fn node(
    moment: &Moment<'_>,
    name: &ComponentName,
    part: &Part,
    draft: &Draft,
    grid: Grid,
    names: &[ComponentName],
) -> Node {
    let mut with = draft.clone();
    with.insert(name.clone(), part.clone());
    moment.node(name, &with, State::Stressed, grid, names)
}

/// The times of the plan's own parts.
struct Times {
    promise: LatencyPromise,
    names: Vec<ComponentName>,
    entry: usize,
    owns: Vec<ResponseTime>,
    calls: Vec<Vec<Call>>,
    remembered: Rc<Remembered>,
}

impl Times {
    fn of(graph: &Graph<'_>, moment: &Moment<'_>, draft: &Draft) -> Self {
        let grid = grid(graph.promises);
        let own = |name: &ComponentName| moment.node(name, draft, State::Stressed, grid, &graph.names).own;
        let owns = graph.names.iter().map(own).collect();
        let (names, calls) = (graph.names.clone(), graph.calls.clone());
        Self { promise: graph.promise, names, entry: graph.entry, owns, calls, remembered: Rc::clone(&moment.times) }
    }

    fn percentile(&self, owns: &[ResponseTime]) -> Option<Span> {
        let nodes = owns.iter().zip(&self.calls);
        let nodes: Vec<Node> = nodes.map(|(own, calls)| Node { own: own.clone(), calls: calls.clone() }).collect();
        self.remembered.end_to_end(&nodes, self.entry).percentile(self.promise.share)
    }

    /// The whole where one hop's own time is another.
    fn with(&self, hop: usize, own: ResponseTime) -> Option<Span> {
        let mut owns = self.owns.clone();
        owns[hop] = own;
        self.percentile(&owns)
    }

    fn hops(&self, moment: &Moment<'_>, visits: &BTreeMap<&ComponentName, f64>, takes: Option<Span>) -> Vec<Hop> {
        let order: Vec<usize> = moment
            .workload
            .leaves_first()
            .into_iter()
            .rev()
            .filter(|name| visits.contains_key(name))
            .map(|name| self.names.iter().position(|n| n == name).expect("components have places"))
            .collect();
        let parts: Vec<f64> = order.iter().map(|&hop| self.part_of(hop)).collect();
        let whole: f64 = parts.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let hop = |(&place, part): (&usize, f64)| {
            let name = self.names[place].clone();
            Hop {
                visits: Factor::of(visits[&name]),
                own: self.owns[place].percentile(self.promise.share),
                budget: self.promise.within * (part / whole),
                share: Share::of_one(part / whole),
                buys: None,
                gives: None,
                felt: Factor::of(takes.map_or(0.0, |takes| self.felt(place, takes))),
                millisecond_saves: Money::ZERO,
                name,
            }
        };
        order.iter().zip(parts).map(hop).collect()
    }

    /// Euler's part of the percentile, in seconds.
    fn part_of(&self, hop: usize) -> f64 {
        let at = |factor: f64| self.with(hop, self.owns[hop].stretched(Factor::of(factor)));
        match (at(1.0 - STRETCH), at(1.0 + STRETCH)) {
            (Some(less), Some(more)) => more.less(less).as_seconds() / (2.0 * STRETCH),
            _ => 0.0,
        }
    }

    /// What each unit of time more for a visit adds to the whole.
    fn felt(&self, hop: usize, takes: Span) -> f64 {
        let more = self.promise.within * STRETCH;
        let later = self.owns[hop].then(&ResponseTime::point(more, self.owns[hop].grid()));
        self.with(hop, later).map_or(0.0, |then| then.less(takes) / more)
    }
}

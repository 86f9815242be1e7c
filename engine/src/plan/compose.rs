//! The response time end to end, from the parts chosen.
use super::Part;
use super::moment::{Draft, Moment};
use super::search::place_of as place_of_data;
use crate::queueing::{Call, CallMode, Grid, Node, ResponseTime, Station};
use crate::sizing::DISK_VARIABILITY;
use crate::units::{Factor, Quantity, Share, Span};
use crate::workload::{Component, ComponentName, LatencyPromise};

/// Whether everything is there, or what may be lost is lost, of every component at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Calm,
    Stressed,
}

/// Bins reach to so many times the longest promise; what lies beyond is late in any case.
const GRID_OVER_PROMISE: f64 = 4.0;
/// Where nothing is promised, to so many times the mean.
const GRID_OVER_MEAN: f64 = 25.0;
/// A reported percentile stands at this part of its grid, so that a bin is well below a hundredth of it.
const GRID_OVER_PERCENTILE: f64 = 6.0;
/// A grid so many times longer than the percentile is taken again.
const TOO_COARSE: f64 = 24.0;
const MOST_REGRIDS: u32 = 6;
/// First bytes from object storage vary about as much as their mean.
pub(super) const OBJECT_VARIABILITY: Factor = Factor::ONE;
/// The mean of a lognormal over its median, at that variability.
pub(super) const OBJECT_MEAN_OVER_MEDIAN: f64 = std::f64::consts::SQRT_2;

impl Moment<'_> {
    /// Whether every latency promise holds in the state after the loss.
    pub(super) fn keeps_latency(&self, draft: &Draft) -> bool {
        self.broken_latency(draft).is_none()
    }

    /// The first latency promise that the draft breaks after the loss, with the time it takes; no time beyond the grid.
    pub(super) fn broken_latency(&self, draft: &Draft) -> Option<(LatencyPromise, Option<Span>)> {
        let promises = &self.workload.promises.latency;
        if promises.is_empty() {
            return None;
        }
        if let Some(station) = self.only_station(draft, State::Stressed) {
            let broken = promises.iter().find(|p| station.response_exceeds(p.within) > p.share.rest())?;
            return Some((*broken, station.response_percentile(broken.share)));
        }
        if self.surely_in_time(draft) {
            return None;
        }
        if !is_stable(draft, State::Stressed) {
            return Some((promises[0], None));
        }
        let whole = self.response(draft, State::Stressed, self.grid(draft));
        let broken = promises.iter().find(|p| whole.exceeds(p.within) > p.share.rest())?;
        let takes = whole.percentile(broken.share).or_else(|| {
            // Far beyond the promise: a coarser grid tells how far.
            self.response(draft, State::Stressed, self.wide_grid(draft)).percentile(broken.share)
        });
        Some((*broken, takes))
    }

    /// The distribution at the entry.
    fn response(&self, draft: &Draft, state: State, grid: Grid) -> ResponseTime {
        self.response_at(&self.workload.entry, draft, state, grid)
    }

    /// Percentiles at the entry.
    pub(super) fn percentiles_at_entry(&self, draft: &Draft, state: State, shares: &[Share]) -> Vec<Option<Span>> {
        self.percentiles(&self.workload.entry, draft, state, shares)
    }

    /// Percentiles at a component, its calls included, on a grid that fits them and not the promise.
    fn percentiles(&self, at: &ComponentName, draft: &Draft, state: State, shares: &[Share]) -> Vec<Option<Span>> {
        if let Some(station) = self.only_station(draft, state) {
            return shares.iter().map(|&p| station.response_percentile(p)).collect();
        }
        if !is_stable(draft, state) {
            return vec![None; shares.len()];
        }
        let mut grid = self.wide_grid(draft);
        let mut whole = self.response_at(at, draft, state, grid);
        let highest = shares.iter().copied().fold(Share::NONE, Share::max_of);
        for _ in 0..MOST_REGRIDS {
            let fitting = match whole.percentile(highest) {
                None => grid.horizon() * GRID_OVER_PERCENTILE,
                Some(p) if p * TOO_COARSE < grid.horizon() && !p.is_zero() => p * GRID_OVER_PERCENTILE,
                Some(p) if p.is_zero() => grid.horizon() / TOO_COARSE,
                Some(_) => break,
            };
            grid = Grid::to(fitting);
            whole = self.response_at(at, draft, state, grid);
        }
        shares.iter().map(|&p| whole.percentile(p)).collect()
    }

    /// A percentile at the entry; none where it is later than the end of the grid.
    pub(super) fn percentile_on(&self, grid: Grid, draft: &Draft, state: State, share: Share) -> Option<Span> {
        if let Some(station) = self.only_station(draft, state) {
            return station.response_percentile(share).filter(|time| *time <= grid.horizon());
        }
        if !is_stable(draft, state) {
            return None;
        }
        self.response(draft, state, grid).percentile(share)
    }

    fn response_at(&self, at: &ComponentName, draft: &Draft, state: State, grid: Grid) -> ResponseTime {
        self.times.end_to_end(&self.nodes(at, draft, state, grid), 0)
    }

    /// The upper bound where hops are slow together.
    pub(super) fn percentile_if_slow_together(&self, draft: &Draft, state: State, share: Share) -> Option<Span> {
        if let Some(station) = self.only_station(draft, state) {
            return station.response_percentile(share);
        }
        let nodes = self.nodes(&self.workload.entry, draft, state, self.wide_grid(draft));
        crate::queueing::comonotone_percentile(&nodes, 0, share)
    }

    /// Percentiles as callers of one component see them, its calls included.
    pub(super) fn percentiles_of(&self, name: &ComponentName, draft: &Draft, shares: &[Share]) -> Vec<Option<Span>> {
        if matches!(self.component(name), Component::Batch(_)) {
            return vec![None; shares.len()]; // nobody waits for it
        }
        self.percentiles(name, draft, State::Calm, shares)
    }

    /// The one queue of a workload that is nothing else; its percentiles need no grid.
    pub(super) fn only_station(&self, draft: &Draft, state: State) -> Option<Station> {
        let [Component::Service(service)] = self.workload.components.values().collect::<Vec<_>>()[..] else {
            return None;
        };
        let plain = service.off_cpu.mid().is_zero() && service.calls.is_empty();
        let fleet = draft.values().next()?.fleet().filter(|_| plain)?;
        Some(match state {
            State::Calm => fleet.calm_station,
            State::Stressed => fleet.stressed_station,
        })
    }

    fn grid(&self, draft: &Draft) -> Grid {
        let longest = self.workload.promises.latency.iter().map(|p| p.within).fold(Span::ZERO, Quantity::max);
        if !longest.is_zero() {
            return Grid::to(longest * GRID_OVER_PROMISE);
        }
        self.wide_grid(draft)
    }

    fn wide_grid(&self, draft: &Draft) -> Grid {
        let mean = |part: &Part| {
            part.fleet().map_or(Span::millis(30.0), |f| {
                f.stressed_station.mean_response().unwrap_or(f.stressed_station.service)
            })
        };
        let calls: f64 =
            self.workload.components.values().flat_map(|c| c.calls()).map(|c| c.ratio.mid().get().max(1.0)).sum();
        let fixed: Span = self.workload.components.values().map(fixed_time).sum();
        let disk = |part: &Part| match part {
            Part::Store(store) => store.disk_read + place_of_data(part).write(),
            Part::Managed { disk_read, .. } => *disk_read + place_of_data(part).write(),
            _ => Span::ZERO,
        };
        let all: Span = draft.values().map(|part| mean(part) + disk(part)).sum();
        Grid::to(((all + fixed) * (1.0 + calls) * GRID_OVER_MEAN).max(Span::millis(1.0)))
    }

    /// The component `at`, in the first place, and all that it waits for, however indirectly.
    fn nodes(&self, at: &ComponentName, draft: &Draft, state: State, grid: Grid) -> Vec<Node> {
        let mut names = vec![at.clone()];
        let mut next = 0;
        while next < names.len() {
            for call in self.component(&names[next]).waits_for(self.workload) {
                if !names.contains(&call.to) {
                    names.push(call.to.clone());
                }
            }
            next += 1;
        }
        names.iter().map(|name| self.node(name, draft, state, grid, &names)).collect()
    }

    pub(super) fn node(
        &self,
        name: &ComponentName,
        draft: &Draft,
        state: State,
        grid: Grid,
        names: &[ComponentName],
    ) -> Node {
        let component = self.component(name);
        let station = |fleet: &crate::sizing::Fleet| {
            let station = if state == State::Calm { fleet.calm_station } else { fleet.stressed_station };
            self.times.station(&station, grid)
        };
        let fixed = || self.times.point(fixed_time(component), grid);
        let own = match &draft[name] {
            Part::Service(fleet) => self.times.then(&station(fleet), &fixed()),
            Part::Store(store) => {
                let disk = (store.working_set, store.disk_read, place_of_data(&draft[name]).write());
                self.disk_after(name, &station(&store.fleet), disk, grid)
            }
            Part::Managed { managed, working_set, disk_read, .. } => {
                let disk = (*working_set, *disk_read, place_of_data(&draft[name]).write());
                self.disk_after(name, &station(&managed.fleet), disk, grid)
            }
            Part::Object(_) => {
                self.times.lognormal(fixed_time(component) * OBJECT_MEAN_OVER_MEDIAN, OBJECT_VARIABILITY, grid)
            }
            Part::Edge => fixed(),
            Part::Cache(cache) => station(&cache.fleet),
            Part::Stream(stream) => self.times.then(&station(&stream.fleet), &fixed()),
            Part::Batch(_) => self.times.point(Span::ZERO, grid),
        };
        let misses = component.miss_ratio().as_part();
        let calls = component.waits_for(self.workload).map(|call| Call {
            to: place_of(names, &call.to),
            ratio: Factor::of(call.ratio.mid().get() * misses),
            mode: if component.miss_ratio() == Share::ALL { call.mode } else { CallMode::Sequential },
        });
        Node { own, calls: calls.collect() }
    }

    /// A node's wait and service, and what the disk adds: to reads that memory does not answer, and to every write.
    fn disk_after(
        &self,
        name: &ComponentName,
        machine: &ResponseTime,
        (working_set, read, write): (Share, Span, Span),
        grid: Grid,
    ) -> ResponseTime {
        let reads = self.read_share(name).as_part();
        let missing = Share::of_one(reads * working_set.rest().as_part());
        let writing = Share::of_one(1.0 - reads);
        let untouched = Share::of_one(1.0 - missing.as_part() - writing.as_part());
        if untouched == Share::ALL {
            return machine.clone();
        }
        let [read, write] = [read, write].map(|time| self.times.lognormal(time, DISK_VARIABILITY, grid));
        let none = self.times.point(Span::ZERO, grid);
        let disk = self.times.mixture(&[(missing, &read), (writing, &write), (untouched, &none)]);
        self.times.then(machine, &disk)
    }
}

/// Whether no line of a draft grows without end.
fn is_stable(draft: &Draft, state: State) -> bool {
    draft.values().filter_map(Part::fleet).all(|fleet| match state {
        State::Calm => fleet.calm_station.is_stable(),
        State::Stressed => fleet.stressed_station.is_stable(),
    })
}

/// Time that every request spends in a component without a queue.
pub(super) fn fixed_time(component: &Component) -> Span {
    match component {
        Component::Service(service) => service.off_cpu.mid(),
        Component::Object(object) => object.latency.mid(),
        Component::Edge(edge) => edge.latency.mid(),
        Component::Stream(stream) => stream.latency.mid(),
        Component::Store(_) | Component::Cache(_) | Component::Batch(_) => Span::ZERO,
    }
}

fn place_of(names: &[ComponentName], name: &ComponentName) -> usize {
    names.iter().position(|n| n == name).expect("the reader refuses calls to nobody")
}

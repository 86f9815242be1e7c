//! The response time end to end, from the parts chosen.
use super::Part;
use super::moment::{Draft, Moment};
use crate::queueing::{Call, CallMode, Grid, Node, ResponseTime, Station, end_to_end};
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
/// First bytes from object storage vary about as much as their mean.
const OBJECT_VARIABILITY: Factor = Factor::ONE;
/// The mean of a lognormal over its median, at that variability.
const OBJECT_MEAN_OVER_MEDIAN: f64 = std::f64::consts::SQRT_2;

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
        let unstable = draft.values().filter_map(Part::fleet).any(|f| !f.stressed_station.is_stable());
        if unstable {
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
        let (nodes, names) = self.nodes(draft, state, grid);
        end_to_end(&nodes, place_of(&names, &self.workload.entry))
    }

    /// Percentiles at the entry, and what they would be if all hops were slow for the same requests.
    pub(super) fn percentiles_at_entry(&self, draft: &Draft, state: State, shares: &[Share]) -> Vec<Option<Span>> {
        if let Some(station) = self.only_station(draft, state) {
            return shares.iter().map(|&p| station.response_percentile(p)).collect();
        }
        let whole = self.response(draft, state, self.grid(draft));
        shares.iter().map(|&p| whole.percentile(p)).collect()
    }

    /// The upper bound where hops are slow together.
    pub(super) fn percentile_if_slow_together(&self, draft: &Draft, state: State, share: Share) -> Option<Span> {
        if let Some(station) = self.only_station(draft, state) {
            return station.response_percentile(share);
        }
        let (nodes, names) = self.nodes(draft, state, self.grid(draft));
        crate::queueing::comonotone_percentile(&nodes, place_of(&names, &self.workload.entry), share)
    }

    /// Percentiles as callers of one component see them, its calls included.
    pub(super) fn percentiles_of(&self, name: &ComponentName, draft: &Draft, shares: &[Share]) -> Vec<Option<Span>> {
        if let Some(station) = self.only_station(draft, State::Calm) {
            return shares.iter().map(|&p| station.response_percentile(p)).collect();
        }
        let (nodes, names) = self.nodes(draft, State::Calm, self.grid(draft));
        let whole = end_to_end(&nodes, place_of(&names, name));
        shares.iter().map(|&p| whole.percentile(p)).collect()
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
        let all: Span = draft.values().map(mean).sum();
        Grid::to(((all + fixed) * (1.0 + calls) * GRID_OVER_MEAN).max(Span::millis(1.0)))
    }

    fn nodes(&self, draft: &Draft, state: State, grid: Grid) -> (Vec<Node>, Vec<ComponentName>) {
        let names: Vec<ComponentName> = self.workload.components.keys().cloned().collect();
        let nodes = names.iter().map(|name| self.node(name, draft, state, grid, &names)).collect();
        (nodes, names)
    }

    fn node(&self, name: &ComponentName, draft: &Draft, state: State, grid: Grid, names: &[ComponentName]) -> Node {
        let component = self.component(name);
        let station = |fleet: &crate::sizing::Fleet| {
            let station = if state == State::Calm { fleet.calm_station } else { fleet.stressed_station };
            ResponseTime::from_station(&station, grid)
        };
        let own = match &draft[name] {
            Part::Service(fleet) => station(fleet).then(&ResponseTime::point(fixed_time(component), grid)),
            Part::Store(store) => {
                self.with_disk_reads(name, &station(&store.fleet), store.working_set, store.disk_read, grid)
            }
            Part::Managed { managed, working_set, disk_read, .. } => {
                self.with_disk_reads(name, &station(&managed.fleet), *working_set, *disk_read, grid)
            }
            Part::Object(_) => {
                ResponseTime::lognormal(fixed_time(component) * OBJECT_MEAN_OVER_MEDIAN, OBJECT_VARIABILITY, grid)
            }
            Part::Edge => ResponseTime::point(fixed_time(component), grid),
        };
        let misses = component.miss_ratio().as_part();
        let calls = component.calls().iter().map(|call| Call {
            to: place_of(names, &call.to),
            ratio: Factor::of(call.ratio.mid().get() * misses),
            mode: if component.miss_ratio() == Share::ALL { call.mode } else { CallMode::Sequential },
        });
        Node { own, calls: calls.collect() }
    }

    fn with_disk_reads(
        &self,
        name: &ComponentName,
        machine: &ResponseTime,
        working_set: Share,
        disk_read: Span,
        grid: Grid,
    ) -> ResponseTime {
        let missing = self.read_share(name).as_part() * working_set.rest().as_part();
        if missing == 0.0 {
            return machine.clone();
        }
        let disk = ResponseTime::lognormal(disk_read, DISK_VARIABILITY, grid);
        let none = ResponseTime::zero(grid);
        let missing = Share::of_one(missing);
        machine.then(&ResponseTime::mixture(&[(missing, &disk), (missing.rest(), &none)]))
    }
}

/// Time that every request spends in a component without a queue.
fn fixed_time(component: &Component) -> Span {
    match component {
        Component::Service(service) => service.off_cpu.mid(),
        Component::Object(object) => object.latency.mid(),
        Component::Edge(edge) => edge.latency.mid(),
        Component::Store(_) => Span::ZERO,
    }
}

fn place_of(names: &[ComponentName], name: &ComponentName) -> usize {
    names.iter().position(|n| n == name).expect("the reader refuses calls to nobody")
}

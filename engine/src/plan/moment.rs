//! One month of the horizon: who gets how much, and what each component then lays on its machines.
use super::Part;
use crate::catalog::Catalog;
use crate::queueing::Remembered;
use crate::sizing::{DiskPlace, LatencyBudget, ServiceBurden, StoreBurden, Terms};
use crate::units::{Data, Factor, Quantity, Rate, Share, Span};
use crate::workload::{CallMode, Component, ComponentName, Flow, Keep, Service, Store, Survive, Traffic, Workload};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The parts chosen so far, by component.
pub(super) type Draft = BTreeMap<ComponentName, Part>;
/// Each component's part of the latency promise.
pub(super) type Budgets = BTreeMap<ComponentName, LatencyBudget>;

/// A component's budget; none where nothing is promised.
pub(super) fn budget_of(budgets: &Budgets, name: &ComponentName) -> LatencyBudget {
    budgets.get(name).cloned().unwrap_or_default()
}

/// A workload in a place at one moment of its horizon.
#[derive(Clone)]
pub(super) struct Moment<'w> {
    pub(super) workload: &'w Workload,
    pub(super) catalog: &'w Catalog,
    pub(super) elapsed: Span,
    pub(super) flow: Flow,
    /// The components, the called before their callers.
    pub(super) order: Rc<[ComponentName]>,
    /// Response times that were worked out already, here or beside.
    pub(super) times: Rc<Remembered>,
}

impl<'w> Moment<'w> {
    pub(super) fn new(workload: &'w Workload, catalog: &'w Catalog, elapsed: Span) -> Self {
        let order = workload.leaves_first().into_iter().cloned().collect();
        Self { workload, catalog, elapsed, flow: workload.flow(elapsed), order, times: Rc::default() }
    }
    /// Another month or another world of the same components in the same place, which remembers the same response times.
    pub(super) fn beside<'v>(&self, workload: &'v Workload, elapsed: Span) -> Moment<'v>
    where
        'w: 'v,
    {
        let (order, times) = (Rc::clone(&self.order), Rc::clone(&self.times));
        Moment { workload, catalog: self.catalog, elapsed, flow: workload.flow(elapsed), order, times }
    }
    pub(super) fn component(&self, name: &ComponentName) -> &'w Component {
        &self.workload.components[name]
    }
    pub(super) fn traffic(&self, name: &ComponentName) -> Traffic {
        self.flow.of(name)
    }
    fn growth(&self) -> Factor {
        self.workload.demand.growth.mid().after(self.elapsed)
    }
    pub(super) fn stored(&self, keep: &Keep) -> Data {
        keep.stored(self.elapsed, self.growth())
    }

    /// What a fleet of this component must keep.
    pub(super) fn terms(&self, name: &ComponentName, budget: LatencyBudget) -> Terms {
        let promises = &self.workload.promises;
        let zones = self.zones();
        let step = match self.component(name) {
            Component::Store(store) if store.engine.is_partitioned() => zones,
            Component::Stream(_) => zones,
            _ => 1,
        };
        Terms {
            survive: promises.survive,
            zones,
            budget,
            max_utilization: self.workload.assumptions.max_utilization,
            availability: promises.availability.map(|whole| {
                // Every component with machines may fail its part; together they keep the promise.
                let parts = f64::from(self.machine_components().max(1));
                let each = Share::of_one(1.0 - whole.rest().as_part() / parts);
                (each, self.workload.assumptions.machine_availability)
            }),
            step,
        }
    }
    /// Zones that machines are spread over: one, unless the loss of a zone is to be survived.
    pub(super) fn zones(&self) -> u32 {
        match self.workload.promises.survive {
            Survive::Zone => self.catalog.zones.clamp(2, MOST_ZONES),
            Survive::Machine | Survive::None => 1,
        }
    }
    fn machine_components(&self) -> u32 {
        let with_machines = |c: &&Component| {
            matches!(c, Component::Service(_) | Component::Store(_) | Component::Cache(_) | Component::Stream(_))
        };
        self.workload.components.values().filter(with_machines).count() as u32
    }

    pub(super) fn service_burden(
        &self,
        name: &ComponentName,
        service: &'w Service,
        draft: &Draft,
    ) -> ServiceBurden<'w> {
        let payload = self.payload(name);
        ServiceBurden::new(
            service,
            self.traffic(name).sizing,
            self.workload.demand.variability.mid(),
            payload,
            self.elsewhere(name, draft),
            &self.workload.assumptions,
        )
    }
    pub(super) fn store_burden(
        &self,
        name: &ComponentName,
        store: &'w Store,
        place: DiskPlace,
        budget: &LatencyBudget,
    ) -> StoreBurden<'w> {
        let (reads, writes) = self.reads_and_writes(name);
        StoreBurden {
            store,
            place,
            data: self.stored(&store.keep),
            copies: copies(store, self.workload.promises.survive),
            reads: reads.sizing,
            writes: writes.sizing,
            working_set: StoreBurden::working_set_for(store, place, budget),
            arrival_variability: self.workload.demand.variability.mid(),
            assumptions: &self.workload.assumptions,
        }
    }
    /// The reads and writes of a store or object component, its own background included.
    pub(super) fn reads_and_writes(&self, name: &ComponentName) -> (Traffic, Traffic) {
        let (share, own_reads, own_writes) = match self.component(name) {
            Component::Store(s) => (s.read_share, s.reads.mid(), s.writes.mid()),
            Component::Object(o) => (o.read_share, o.reads.mid(), o.writes.mid()),
            Component::Service(_)
            | Component::Edge(_)
            | Component::Cache(_)
            | Component::Stream(_)
            | Component::Batch(_) => (Share::ALL, Rate::ZERO, Rate::ZERO),
        };
        let growth = self.growth().get();
        let (own_reads, own_writes) = (own_reads * growth, own_writes * growth);
        let all = self.traffic(name);
        // What a cache passed on is known to be one or the other; the stated share holds for the rest.
        let (reads, writes) = self.flow.passed_on(name);
        let split = |whole: Rate, reads: Rate, writes: Rate| {
            let (reads, writes) = (reads + own_reads, writes + own_writes);
            let called = whole.less(reads + writes);
            (share.of(called) + reads, share.rest().of(called) + writes)
        };
        let sizing = split(all.sizing, reads.sizing, writes.sizing);
        let billing = split(all.billing, reads.billing, writes.billing);
        (Traffic { sizing: sizing.0, billing: billing.0 }, Traffic { sizing: sizing.1, billing: billing.1 })
    }
    /// The part of a store's or object's requests that reads.
    pub(super) fn read_share(&self, name: &ComponentName) -> Share {
        let (reads, writes) = self.reads_and_writes(name);
        let all = reads.billing + writes.billing;
        if all.is_zero() { Share::ALL } else { Share::of_one(reads.billing / all) }
    }

    /// What one request to a component brings and takes: question, answer.
    pub(super) fn exchange(&self, name: &ComponentName) -> (Data, Data) {
        match self.component(name) {
            Component::Service(s) => (s.bytes_in.mid(), s.bytes_out.mid()),
            Component::Store(s) => {
                let reads = self.read_share(name);
                (reads.rest().of(s.bytes_per_write.mid()), reads.of(s.bytes_per_read.mid()))
            }
            Component::Object(o) => {
                let reads = self.read_share(name);
                (reads.rest().of(o.object_size.mid()), reads.of(o.bytes_per_read.mid()))
            }
            Component::Edge(edge) => (Data::ZERO, edge.bytes_out.map_or(Data::ZERO, |b| b.mid())),
            Component::Cache(cache) => (cache.bytes_in.mid(), cache.answer_size()),
            Component::Stream(stream) => (stream.message(), Data::ZERO),
            Component::Batch(batch) => (batch.bytes_per_item.mid(), Data::ZERO),
        }
    }
    /// What one request moves into and out of a component's machines, calls to others included.
    pub(super) fn payload(&self, name: &ComponentName) -> (Data, Data) {
        let (mut comes_in, mut goes_out) = self.exchange(name);
        let misses = self.component(name).miss_ratio().as_part();
        for call in self.component(name).calls() {
            let (question, answer) = self.exchange(&call.to);
            let ratio = call.ratio.mid().get() * misses;
            goes_out = goes_out + question * ratio;
            comes_in = comes_in + answer * ratio;
        }
        (comes_in, goes_out)
    }
    /// How long a request of this component is with others, on the mean, as far as they are chosen.
    fn elsewhere(&self, name: &ComponentName, draft: &Draft) -> Span {
        let component = self.component(name);
        let off_cpu = match component {
            Component::Service(service) => service.off_cpu.mid(),
            _ => Span::ZERO,
        };
        let (mut in_turn, mut at_once) = (off_cpu, Span::ZERO);
        let misses = component.miss_ratio().as_part();
        for call in component.waits_for(self.workload) {
            let takes = self.mean_response(&call.to, draft) * (call.ratio.mid().get() * misses);
            match call.mode {
                CallMode::Sequential => in_turn = in_turn + takes,
                CallMode::Parallel => at_once = at_once.max(takes),
            }
        }
        in_turn + at_once
    }
    fn mean_response(&self, name: &ComponentName, draft: &Draft) -> Span {
        let own = match draft.get(name) {
            Some(Part::Object(_)) => match self.component(name) {
                Component::Object(object) => object.latency.mid(),
                _ => Span::ZERO,
            },
            Some(part) => part.fleet().map_or(Span::ZERO, |fleet| {
                fleet.stressed_station.mean_response().unwrap_or(fleet.stressed_station.service)
            }),
            None => Span::ZERO,
        };
        own + self.elsewhere(name, draft)
    }
}

/// Spreading over more zones than three buys little and costs traffic.
const MOST_ZONES: u32 = 3;

/// Copies of a store's data: stated, or enough that one is left after the loss; three where copies vote.
pub(crate) fn copies(store: &Store, survive: Survive) -> u32 {
    store.replicas.unwrap_or_else(|| usual_copies(survive, store.engine.is_partitioned()))
}

/// Copies where none are stated; `vote` says whether the copies agree by majority.
pub(super) fn usual_copies(survive: Survive, vote: bool) -> u32 {
    match (survive, vote) {
        (Survive::None, _) => 1,
        (Survive::Machine | Survive::Zone, false) => 2,
        (Survive::Machine | Survive::Zone, true) => 3,
    }
}

//! Where a lever applies, and why it does not where it does not.
use crate::catalog::Architecture;
use crate::catalog::Purchase;
use crate::plan::copies;
use crate::units::{Factor, Quantity, Share, Span};
use crate::workload::{Component, ComponentName, EdgeRoute, Keep, Store, StoredGrowth, Survive, Workload};

/// A place where a lever may be pulled.
pub(super) struct Here<'w> {
    pub(super) workload: &'w Workload,
    /// None for the whole.
    pub(super) name: Option<&'w ComponentName>,
    /// Places that were asked about.
    pub(super) places: usize,
}

impl<'w> Here<'w> {
    pub(super) fn component(&self) -> Option<&'w Component> {
        self.name.map(|name| &self.workload.components[name])
    }
    fn store(&self) -> &'w Store {
        match self.component() {
            Some(Component::Store(store)) => store,
            _ => unreachable!("rules of stores are asked of stores"),
        }
    }
}

/// Why it does not apply.
pub(super) type Rule = fn(&Here<'_>) -> Result<(), String>;

fn only(applies: bool, why: impl FnOnce() -> String) -> Result<(), String> {
    if applies { Ok(()) } else { Err(why()) }
}

pub(super) fn has_bytes(here: &Here<'_>) -> Result<(), String> {
    let Some(Component::Service(service)) = here.component() else { return Ok(()) };
    only(!service.bytes_in.mid().is_zero() || !service.bytes_out.mid().is_zero(), || {
        "neither bytes_in nor bytes_out is stated".into()
    })
}

pub(super) fn sends_uncompressed(here: &Here<'_>) -> Result<(), String> {
    let Some(Component::Edge(edge)) = here.component() else { return Ok(()) };
    let ratio = edge.compression.mid();
    only(ratio.get() < 1.2, || format!("responses are compressed already, {ratio} to 1"))
}

pub(super) fn kept_uncompressed(here: &Here<'_>) -> Result<(), String> {
    let Some(keep) = keep(here) else { return Ok(()) };
    let ratio = keep.compression.mid();
    only(ratio.get() < 1.2, || format!("data are compressed already, {ratio} to 1"))
}

pub(super) fn calls_often(here: &Here<'_>) -> Result<(), String> {
    let calls = here.component().map_or(&[][..], Component::calls);
    only(calls.iter().any(|c| c.ratio.mid().get() > 1.5), || "it calls nobody more than once for a request".into())
}

pub(super) fn has_connections(here: &Here<'_>) -> Result<(), String> {
    only(!here.store().engine.is_partitioned(), || "its nodes hold no process for each connection".into())
}

pub(super) fn is_read(here: &Here<'_>) -> Result<(), String> {
    let store = here.store();
    only(!reads_of(store).1.is_zero() || reads_of(store).0 > Share::NONE, || "nothing reads it".into())
}

fn reads_of(store: &Store) -> (Share, crate::units::Rate) {
    (store.read_share, store.reads.mid())
}

pub(super) fn is_written(here: &Here<'_>) -> Result<(), String> {
    let store = here.store();
    let writes = store.read_share < Share::ALL || !store.writes.mid().is_zero();
    only(writes, || "nothing writes to it".into())
}

pub(super) fn reads_stores(here: &Here<'_>) -> Result<(), String> {
    let reads = |to: &ComponentName| match &here.workload.components[to] {
        Component::Store(store) => store.read_share > Share::NONE,
        _ => false,
    };
    let calls = here.component().map_or(&[][..], Component::calls);
    only(calls.iter().any(|call| reads(&call.to)), || "it reads from no store".into())
}

pub(super) fn has_bursts(here: &Here<'_>) -> Result<(), String> {
    let burst = here.workload.demand.burst.mid();
    only(burst.get() > 1.02, || format!("the busiest minute is {burst} times its hour: nothing to level"))
}

pub(super) fn is_bound_to_an_architecture(here: &Here<'_>) -> Result<(), String> {
    let built_for: &[Architecture] = match here.component() {
        Some(Component::Service(service)) => &service.architectures,
        Some(Component::Store(store)) => &store.architectures,
        _ => &[],
    };
    let free = built_for.is_empty() || built_for.contains(&Architecture::Arm);
    only(!free, || "machines of every architecture are weighed already".into())
}

pub(super) fn families_are_weighed(_: &Here<'_>) -> Result<(), String> {
    Err("every family on offer is weighed already; what runs today is compared with the plan by itself".into())
}

pub(super) fn may_not_be_interrupted_yet(here: &Here<'_>) -> Result<(), String> {
    let Some(Component::Service(service)) = here.component() else { return Ok(()) };
    let is_on_spot = service.interruptible && service.purchases.contains(&Purchase::Spot);
    only(!is_on_spot, || "spot capacity is weighed already".into())
}

pub(super) fn commits_to_nothing(here: &Here<'_>) -> Result<(), String> {
    let committed = |purchases: &[Purchase]| purchases.iter().any(|p| matches!(p, Purchase::Committed(..)));
    let (mut machines, mut uncommitted) = (false, false);
    for component in here.workload.components.values() {
        let purchases = match component {
            Component::Service(service) => &service.purchases,
            Component::Store(store) => &store.purchases,
            Component::Cache(cache) => &cache.purchases,
            Component::Stream(stream) => &stream.purchases,
            Component::Batch(_) | Component::Object(_) | Component::Edge(_) => continue,
        };
        machines = true;
        uncommitted |= !committed(purchases);
    }
    only(machines, || "nothing runs on machines".into())?;
    only(here.workload.months() >= 12, || "the horizon is shorter than a year".into())?;
    only(uncommitted, || "commitments are weighed already".into())
}

pub(super) fn names_its_class(here: &Here<'_>) -> Result<(), String> {
    let Some(Component::Object(object)) = here.component() else { return Ok(()) };
    only(object.class.is_some(), || "every class is weighed already".into())
}

pub(super) fn is_straight_to_the_internet(here: &Here<'_>) -> Result<(), String> {
    let Some(Component::Edge(edge)) = here.component() else { return Ok(()) };
    only(edge.route == EdgeRoute::Internet, || "responses go through a content delivery network already".into())
}

pub(super) fn there_are_other_places(here: &Here<'_>) -> Result<(), String> {
    only(here.places > 1, || "only one place was asked about: name others with --region".into())
}

pub(super) fn has_a_copy_to_spare(here: &Here<'_>) -> Result<(), String> {
    let survive = here.workload.promises.survive;
    let copies = copies(here.store(), survive);
    let least = if survive == Survive::None { 1 } else { 2 };
    only(copies > least, || format!("{copies} copies are as few as the promise to survive {survive} allows"))
}

pub(super) fn has_one_writer(here: &Here<'_>) -> Result<(), String> {
    only(!here.store().engine.is_partitioned(), || "its data are spread over nodes already".into())
}

fn keep<'w>(here: &Here<'w>) -> Option<&'w Keep> {
    match here.component() {
        Some(Component::Store(store)) => Some(&store.keep),
        Some(Component::Object(object)) => Some(&object.keep),
        _ => None,
    }
}

pub(super) fn keeps_data(here: &Here<'_>) -> Result<(), String> {
    let Some(keep) = keep(here) else { return Ok(()) };
    let grows = match keep.growth {
        StoredGrowth::Linear(rate) => !rate.mid().is_zero(),
        StoredGrowth::Compound(_) | StoredGrowth::WithDemand => false,
    };
    only(!keep.data.mid().is_zero() || grows, || "it keeps no data".into())
}

/// Words in the names of components that hold telemetry.
const TELEMETRY: [&str; 6] = ["log", "trace", "span", "metric", "telemetry", "event"];

pub(super) fn is_telemetry(here: &Here<'_>) -> Result<(), String> {
    let name = here.name.map_or("", |name| name.0.as_str()).to_lowercase();
    only(TELEMETRY.iter().any(|word| name.contains(word)), || {
        format!("its name tells nothing of telemetry ({})", TELEMETRY.join(", "))
    })
}

pub(super) fn has_snapshots(here: &Here<'_>) -> Result<(), String> {
    only(here.store().backup.mid() > Factor::ZERO, || "no snapshots are kept".into())
}

pub(super) fn sends_through_nat(here: &Here<'_>) -> Result<(), String> {
    let Some(Component::Edge(edge)) = here.component() else { return Ok(()) };
    only(!edge.nat.mid().is_zero(), || "no data pass a NAT gateway".into())
}

pub(super) fn reads_from_disk(here: &Here<'_>) -> Result<(), String> {
    is_read(here)?;
    let all_in_memory = here.store().working_set.is_some_and(|w| w.mid() >= Share::ALL);
    only(!all_in_memory, || "memory answers every read".into())
}

pub(super) fn waits_beside(here: &Here<'_>) -> Result<(), String> {
    let Some(Component::Service(service)) = here.component() else { return Ok(()) };
    only(service.off_cpu.mid() > Span::ZERO, || "it waits for nothing outside the model".into())
}

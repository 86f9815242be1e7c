//! A workload with a lever pulled.
use super::Dose;
use super::lever::{Change, Of, Structural};
use super::place::Placed;
use super::structures::{bloom, lsm};
use crate::catalog::{Architecture, Payment, Purchase, Term};
use crate::plan::copies;
use crate::uncertain::Estimate;
use crate::units::{Data, Factor, Quantity, Scalar, Share, Span};
use crate::workload::{
    Component, ComponentName, EdgeRoute, Input, Keep, Service, Store, StoreEngine, StoredGrowth, Workload,
};

/// What a commitment of the lever `commit` is.
const A_YEAR: Purchase = Purchase::Committed(Term::OneYear, Payment::NoUpfront);
/// Calls made less often than this for each request are not worth a batch.
const OFTEN: f64 = 1.5;
/// Bits of a filter for each key: fewer than one absent key in a hundred passes.
const FILTER_BITS: f64 = 10.0;
/// A row where its size is not stated.
const ROW: Data = Data::kb(1.0);
/// The buffer of a tree of levels, as RocksDB has it unless told otherwise.
const BUFFER: Data = Data::mib(64.0);
/// What a disk moves at once, as sizing takes it.
const PAGE: Data = Data::kib(16.0);
/// Merging takes processor time of its own, and a read asks several levels: assumed, as the figures of a tenth and a fifth
/// that are named where these trees are tuned.
const MERGING: (f64, f64) = (1.2, 1.1);

/// How large each change is: by its place in the lever.
pub(super) type Doses<'d> = dyn Fn(usize, Dose) -> Estimate<Factor> + 'd;

/// The workload with the lever pulled where it is placed, each change as large as `dose` says.
pub(super) fn applied(workload: &Workload, placed: &Placed, dose: &Doses<'_>) -> Workload {
    let mut changed = workload.clone();
    for (place, change) in placed.lever.changes.iter().enumerate() {
        match change {
            Change::Scale(of, field, by) => {
                let by = dose(place, *by);
                each(&mut changed, placed, *of, field, &mut |input| input.scale(by));
            }
            Change::Add(of, field, more) => {
                let more = dose(place, *more);
                each(&mut changed, placed, *of, field, &mut |input| input.add(more));
            }
            Change::Allow(what) => allow(&mut changed, workload, placed, what, &|by| dose(place, by)),
        }
    }
    changed.settle(workload);
    changed
}

/// Visits the inputs that a change means.
fn each(workload: &mut Workload, placed: &Placed, of: Of, field: &str, then: &mut dyn FnMut(&mut dyn Input)) {
    let wanted = paths(workload, placed, of, field);
    workload.each_input(&mut |path, input| {
        if wanted.contains(&path.to_string()) {
            then(input);
        }
    });
}

/// The paths of the inputs that a change means. One that a component lacks is on no path and stays as it is.
pub(super) fn paths(workload: &Workload, placed: &Placed, of: Of, field: &str) -> Vec<String> {
    let path = |name: &ComponentName, field: &str| format!("{}.{name}.{field}", workload.components[name].kind());
    let own = placed.on.as_ref();
    let calls = own.map_or(&[][..], |name| workload.components[name].calls());
    match of {
        Of::Demand => vec![format!("demand.{field}")],
        Of::Entry => {
            // A service has no latency of its own: what it waits for is the same to those who ask.
            let field = match workload.components[&workload.entry] {
                Component::Service(_) => "off_cpu",
                _ => field,
            };
            vec![path(&workload.entry, field)]
        }
        Of::Own => own
            .filter(|name| field != "growth" || grows_by_amount(workload, name))
            .map(|name| path(name, field))
            .into_iter()
            .collect(),
        Of::Called => {
            let batched = calls.iter().any(|c| c.ratio.mid().get() > OFTEN);
            let called = calls.iter().filter(|c| !batched || c.ratio.mid().get() > OFTEN);
            called.map(|call| path(&call.to, field)).collect()
        }
        Of::Calls => {
            let often = calls.iter().enumerate().filter(|(_, call)| call.ratio.mid().get() > OFTEN);
            own.map_or_else(Vec::new, |name| often.map(|(i, _)| path(name, &format!("calls.{i}.{field}"))).collect())
        }
        Of::CallsTo => {
            let mut found = Vec::new();
            for (name, component) in &workload.components {
                let calls = component.calls().iter().enumerate().filter(|(_, call)| Some(&call.to) == own);
                found.extend(calls.map(|(i, _)| path(name, &format!("calls.{i}.{field}"))));
            }
            found
        }
    }
}

/// A share of growth by what is there, or with the demand, is no amount that less is kept of.
fn grows_by_amount(workload: &Workload, name: &ComponentName) -> bool {
    match &workload.components[name] {
        Component::Store(Store { keep, .. }) => matches!(keep.growth, StoredGrowth::Linear(_)),
        Component::Object(object) => matches!(object.keep.growth, StoredGrowth::Linear(_)),
        Component::Service(_)
        | Component::Edge(_)
        | Component::Cache(_)
        | Component::Stream(_)
        | Component::Batch(_) => true,
    }
}

fn allow(
    changed: &mut Workload,
    before: &Workload,
    placed: &Placed,
    what: &Structural,
    dose: &dyn Fn(Dose) -> Estimate<Factor>,
) {
    let survive = before.promises.survive;
    let own = placed.on.as_ref().and_then(|name| changed.components.get_mut(name));
    match (what, own) {
        (Structural::AnyArchitecture, Some(component)) => every_architecture(component),
        (Structural::Spot, Some(Component::Service(service))) => {
            service.interruptible = true;
            pay(&mut service.purchases, Purchase::Spot);
        }
        (Structural::Commitment, _) => changed.components.values_mut().for_each(|component| match component {
            Component::Service(service) => pay(&mut service.purchases, A_YEAR),
            Component::Store(store) => pay(&mut store.purchases, A_YEAR),
            Component::Cache(cache) => pay(&mut cache.purchases, A_YEAR),
            Component::Stream(stream) => pay(&mut stream.purchases, A_YEAR),
            // Machines that come and go are not committed to.
            Component::Batch(_) | Component::Object(_) | Component::Edge(_) => {}
        }),
        (Structural::AnyClass, Some(Component::Object(object))) => object.class = None,
        (Structural::Cdn(by), Some(Component::Edge(edge))) => {
            edge.route = EdgeRoute::Cdn;
            let hits = shares(dose(*by));
            if hits.mid() > edge.hit_ratio.mid() {
                edge.hit_ratio = hits;
            }
        }
        (Structural::FewerCopies, Some(Component::Store(store))) => {
            store.replicas = Some(copies(store, survive).saturating_sub(1).max(1));
        }
        (Structural::Spread, Some(Component::Store(store))) => {
            store.engine = StoreEngine::Partitioned;
            (store.managed, store.self_run, store.local_disks) = (false, true, true);
        }
        (Structural::LogStructured, Some(Component::Store(store))) => in_levels(store),
        (Structural::Filter(absent), Some(Component::Store(store))) => filtered(store, dose(*absent)),
        (Structural::MemoryCache { part, exponent }, Some(Component::Service(_))) => {
            let name = placed.on.as_ref().expect("a service has a name");
            cached(changed, before, name, *part, dose(*exponent));
        }
        _ => {} // another place changes nothing of the workload
    }
}

fn every_architecture(component: &mut Component) {
    let built_for: &mut Vec<Architecture> = match component {
        Component::Service(service) => &mut service.architectures,
        Component::Store(store) => &mut store.architectures,
        Component::Cache(cache) => &mut cache.architectures,
        Component::Stream(stream) => &mut stream.architectures,
        Component::Batch(batch) => &mut batch.architectures,
        Component::Object(_) | Component::Edge(_) => return,
    };
    built_for.clear();
}

/// One way to pay more; without any stated it is on demand that is paid.
fn pay(purchases: &mut Vec<Purchase>, way: Purchase) {
    if purchases.is_empty() {
        purchases.push(Purchase::OnDemand);
    }
    if !purchases.contains(&way) {
        purchases.push(way);
        // In one order, whichever lever came first.
        purchases.sort();
    }
}

/// A range of factors as one of shares.
fn shares(of: Estimate<Factor>) -> Estimate<Share> {
    let [low, mid, high] = [of.low(), of.mid(), of.high()].map(|f| Share::nearest(f.get()));
    Estimate::range(low, mid, high, of.confidence()).unwrap_or(Estimate::exact(mid))
}

/// A factor that falls as another rises, over its range.
fn falling(of: Estimate<Factor>, f: impl Fn(f64) -> f64) -> Estimate<Factor> {
    let [low, mid, high] = [of.high(), of.mid(), of.low()].map(|x| Factor::of(f(x.get()).max(0.0)));
    Estimate::range(low, mid, high, of.confidence()).unwrap_or(Estimate::exact(mid))
}

fn row(store: &Store) -> Data {
    let stated = store.bytes_per_write.mid();
    if stated.is_zero() { ROW } else { stated }
}

/// A write costs its part of the pages that merging moves; a read asks one level, as a rule.
fn in_levels(store: &mut Store) {
    let data = stored(&store.keep);
    let levels = lsm::levels(data.as_bytes(), BUFFER.as_bytes(), lsm::RATIO);
    let pages = lsm::bytes_written(levels, lsm::RATIO) * (row(store) / PAGE);
    store.write_amplification = Estimate::exact(Factor::of(pages));
    store.read_amplification = Estimate::exact(Factor::of(lsm::disk_reads(levels, FILTER_BITS)));
    store.memory = store.memory.plus(Estimate::exact(Factor::of(BUFFER.as_bytes() + filter(store).as_bytes())));
    store.cpu_per_read = store.cpu_per_read.times(Estimate::exact(Factor::of(MERGING.0)));
    store.cpu_per_write = store.cpu_per_write.times(Estimate::exact(Factor::of(MERGING.1)));
}

/// Reads of what is not there do not reach the disk, but for those that the filter lets pass.
fn filtered(store: &mut Store, absent: Estimate<Factor>) {
    let passing = bloom::false_positives(FILTER_BITS, bloom::best_hashes(FILTER_BITS)).as_part();
    let left = falling(absent, |absent| 1.0 - absent * (1.0 - passing));
    store.read_amplification = store.read_amplification.times(left);
    store.memory = store.memory.plus(Estimate::exact(Factor::of(filter(store).as_bytes())));
}

/// The room of a filter over all rows.
fn filter(store: &Store) -> Data {
    Data::bytes(store.keep.data.mid() / row(store) * FILTER_BITS / 8.0)
}

fn stored(keep: &Keep) -> Data {
    keep.stored(Span::ZERO, Factor::ONE)
}

/// The most popular rows in the service's own memory: with popularity as Zipf's law, a part f of the rows answers
/// f^(1 - exponent) of the reads.
fn cached(changed: &mut Workload, before: &Workload, name: &ComponentName, part: f64, exponent: Estimate<Factor>) {
    let flow = before.flow(Span::ZERO);
    let Component::Service(service) = &before.components[name] else { return };
    let mut service: Service = service.clone();
    for call in &mut service.calls {
        let Some(Component::Store(store)) = changed.components.get_mut(&call.to) else { continue };
        let reads = store.read_share.as_part();
        let hits = |exponent: f64| part.powf((1.0 - exponent).max(0.0));
        service.memory = service.memory.plus(Estimate::exact(Factor::of(store.keep.data.mid().as_bytes() * part)));
        // Of all calls to the store, so many come from here.
        let mine = flow.of(name).billing * call.ratio.mid().get();
        let all = flow.of(&call.to).billing.less(store.reads.mid() + store.writes.mid());
        let from_here = if all.is_zero() { 0.0 } else { (mine / all).min(1.0) };
        let left = 1.0 - from_here * reads * hits(exponent.mid().get());
        store.read_share = Share::of_one(1.0 - (1.0 - reads) / left.max(1e-9));
        call.ratio = call.ratio.times(falling(exponent, |e| 1.0 - reads * hits(e)));
    }
    changed.components.insert(name.clone(), Component::Service(service));
}

#[cfg(test)]
mod tests {
    use super::super::{levers, place::everywhere};
    use super::*;
    use crate::queueing::CallMode;
    use crate::units::Rate;
    use crate::workload::{Call, Demand, Promises};

    fn store() -> Store {
        Store {
            engine: StoreEngine::Postgres,
            keep: Keep {
                data: Estimate::exact(Data::gb(200.0)),
                growth: StoredGrowth::WithDemand,
                retention: None,
                compression: Estimate::exact(Factor::ONE),
            },
            replicas: None,
            read_share: Share::percent(80.0),
            reads: Estimate::exact(Rate::ZERO),
            writes: Estimate::exact(Rate::ZERO),
            cpu_per_read: Estimate::exact(Span::millis(0.5)),
            cpu_per_write: Estimate::exact(Span::millis(1.0)),
            variability: Estimate::exact(Factor::ONE),
            bytes_per_read: Estimate::exact(Data::kb(2.0)),
            bytes_per_write: Estimate::exact(Data::kb(1.0)),
            read_amplification: Estimate::exact(Factor::of(2.0)),
            write_amplification: Estimate::exact(Factor::of(2.0)),
            working_set: None,
            memory: Estimate::exact(Data::gb(1.0)),
            disk_fill: Share::percent(80.0),
            backup: Estimate::exact(Factor::ONE),
            volumes: Vec::new(),
            local_disks: false,
            managed: true,
            self_run: true,
            architectures: vec![Architecture::X86],
            purchases: Vec::new(),
            current: None,
        }
    }

    fn workload() -> Workload {
        let mut service = Service::plain(Span::millis(5.0), Data::gb(1.0));
        let to = ComponentName("rows".into());
        service.calls.push(Call { to: to.clone(), ratio: Estimate::exact(Factor::of(3.0)), mode: CallMode::default() });
        let mut workload =
            Workload::of_service("api", Demand::of_peak(Rate::per_second(100.0)), Promises::default(), service);
        workload.components.insert(to, Component::Store(store()));
        workload
    }
    fn pulled(name: &str) -> Workload {
        let workload = workload();
        let (placed, _) = everywhere(&workload, &levers(), 1);
        let placed = placed.into_iter().find(|p| p.lever.name == name).expect("it applies");
        applied(&workload, &placed, &|_, dose| Estimate::exact(Factor::of(dose.mid)))
    }
    fn rows(workload: &Workload) -> &Store {
        let Component::Store(store) = &workload.components[&ComponentName("rows".into())] else { panic!("a store") };
        store
    }

    #[test]
    fn a_cache_takes_reads_off_and_leaves_the_writes() {
        let (before, after) = (workload(), pulled("cache"));
        let [before, after] = [&before, &after].map(|w| {
            let calls = w.components[&w.entry].calls()[0].ratio.mid().get();
            (calls * rows(w).read_share.as_part(), calls * rows(w).read_share.rest().as_part())
        });
        assert!((before.1 - after.1).abs() < 1e-9, "writes stay: {before:?}, {after:?}");
        let left = after.0 / before.0;
        assert!((left - (1.0 - 0.01_f64.powf(0.25))).abs() < 1e-9, "a hundredth answers 32 % of the reads: {left}");
    }

    #[test]
    fn a_tree_of_levels_writes_less_for_small_rows() {
        let after = pulled("lsm");
        let store = rows(&after);
        assert!(store.write_amplification.mid() < Factor::of(2.0), "{}", store.write_amplification.mid());
        assert!(store.read_amplification.mid() < Factor::of(1.1) && store.memory.mid() > Data::gb(1.2));
    }

    #[test]
    fn a_filter_takes_off_what_is_not_there() {
        let left = rows(&pulled("filter")).read_amplification.mid().get() / 2.0;
        assert!((left - (1.0 - 0.1 * (1.0 - 0.00819))).abs() < 1e-5, "{left}");
    }

    #[test]
    fn every_lever_changes_something_where_it_applies() {
        let workload = workload();
        let (placed, _) = everywhere(&workload, &levers(), 1);
        assert!(placed.len() > 10, "{}", placed.len());
        for placed in placed {
            let after = applied(&workload, &placed, &|_, dose| dose.estimate());
            assert_ne!(after, workload, "{}", placed.lever.name);
        }
    }
}

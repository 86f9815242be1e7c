//! What must hold for caches, streams and gathered work.
use super::{machines, month, planned, the_component};
use plimsoll::catalog::{Catalog, Purchase};
use plimsoll::plan::Part;
use plimsoll::uncertain::Estimate;
use plimsoll::units::{Count, Data, Money, Rate, Share, Span};
use plimsoll::workload::{CacheSize, Cadence, CatchUp, Component, ComponentName, HitPoint, Hits, Running, Workload};
use plimsoll_tests::{small_catalog, workload};
use proptest::prelude::*;

const CACHED: &str = r#"
name = "cached"
entry = "pages"
horizon = "1 months"
[demand]
peak = "2000/s"
[cache.pages]
entry_size = "2 kB"
entries = "2 million"
hit_ratio = "80 %"
cpu_per_request = "0.05 ms"
bytes_in = "200 B"
calls = [{ to = "products" }]
[store.products]
data = "200 GB"
cpu_per_read = "0.8 ms"
bytes_per_read = "2 kB"
working_set = "5 %"
managed = false
"#;

const LOGGED: &str = r#"
name = "logged"
entry = "clicks"
horizon = "1 months"
[demand]
peak = "2000/s"
mean = "1000/s"
[promises]
survive = "zone"
[stream.clicks]
bytes_per_message = "1 kB"
cpu_per_write = "20 us"
memory = "1 GB"
retention = "2 days"
"#;

const GATHERED: &str = r#"
name = "gathered"
entry = "digest"
horizon = "1 months"
[demand]
peak = "200/s"
mean = "80/s"
[batch.digest]
cpu_per_item = "20 ms"
cpu_per_run = "10 s"
memory = "1 GB"
startup = "1 min"
cadences = ["24 h"]
"#;

fn at(text: &str, peak: f64) -> Workload {
    let mut asked = workload(text);
    super::demand(&mut asked, Rate::per_second(peak));
    asked
}

/// The small catalog with one kind of machine: what is cheapest may change machines, and fewer of larger ones be enough.
fn one_machine() -> Catalog {
    super::only(3)
}

fn cost_of(workload: &Workload, catalog: &Catalog, component: &str) -> Option<Money> {
    let lines = planned(workload, catalog)?.chosen.bill.lines;
    Some(lines.iter().filter(|l| l.component.0 == component).map(|l| l.amount).sum())
}

fn every(hours: f64, deadline: f64) -> Workload {
    let mut asked = workload(GATHERED);
    if let Component::Batch(batch) = the_component(&mut asked, "digest") {
        batch.cadences = vec![Cadence::Every { gathered: Span::hours(hours), deadline: Span::hours(deadline) }];
    }
    asked
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_requests_never_need_fewer_machines(which in 0_usize..3, peak in 50.0..4000.0, growth in 1.0..4.0) {
        let text = [CACHED, LOGGED, GATHERED][which];
        let count = |peak| planned(&at(text, peak), &one_machine()).map(|answer| machines(&answer.chosen));
        if let (Some(now), Some(later)) = (count(peak), count(peak * growth)) {
            prop_assert!(now <= later, "{now}, then {later}");
        }
    }

    #[test]
    fn a_larger_cache_never_costs_the_store_more(hits in 0.0..90.0, more in 1.0..10.0, entries in 0.1..5.0) {
        let asked = |hits: f64, entries: f64| {
            let mut asked = workload(CACHED);
            if let Component::Cache(cache) = the_component(&mut asked, "pages") {
                cache.hits = Hits::Stated(Estimate::exact(Share::percent(hits)));
                cache.size = Some(CacheSize::Entries(Count::millions(entries)));
            }
            asked
        };
        let store = |w: Workload| cost_of(&w, &small_catalog(), "products").expect("the small catalog carries it");
        let (small, large) = (store(asked(hits, entries)), store(asked(hits + more, entries * 2.0)));
        prop_assert!(large <= small, "{small}, then {large}");
    }

    #[test]
    fn a_chosen_size_costs_no_more_than_any_of_its_choices(low in 20.0..60.0, high in 60.0..95.0, gb in 1.0..40.0) {
        let mut asked = workload(CACHED);
        if let Component::Cache(cache) = the_component(&mut asked, "pages") {
            let point = |gb: f64, hits: f64| {
                HitPoint { size: CacheSize::Memory(Data::gb(gb)), hit_ratio: Share::percent(hits) }
            };
            cache.hits = Hits::Curve(vec![point(0.5, low), point(0.5 + gb, high)]);
            cache.size = None;
        }
        let answer = planned(&asked, &small_catalog()).expect("the small catalog carries it");
        let Component::Cache(open) = the_component(&mut asked, "pages").clone() else { unreachable!() };
        for size in open.choices() {
            if let Component::Cache(cache) = the_component(&mut asked, "pages") {
                *cache = open.with_size(size);
            }
            let fixed = month(&asked, &small_catalog());
            prop_assert!(fixed.is_none_or(|fixed| answer.chosen.bill.total() <= fixed), "{size}: {fixed:?}");
        }
    }

    #[test]
    fn a_longer_time_to_catch_up_never_needs_more_brokers(outage in 0.1..12.0, within in 0.2..12.0, longer in 1.0..4.0) {
        let count = |within: f64| {
            let mut asked = workload(LOGGED);
            if let Component::Stream(stream) = the_component(&mut asked, "clicks") {
                stream.catch_up = Some(CatchUp { outage: Span::hours(outage), within: Span::hours(within) });
            }
            planned(&asked, &one_machine()).map(|answer| machines(&answer.chosen))
        };
        if let Some(short) = count(within) {
            let long = count(within * longer).expect("what can be done soon can be done later");
            prop_assert!(long <= short, "{short}, then {long}");
        }
    }

    #[test]
    fn a_longer_deadline_never_costs_more(gathered in 1.0..48.0, part in 0.05..1.0, longer in 1.0..10.0) {
        let deadline = gathered * part;
        let cost = |deadline: f64| month(&every(gathered, deadline), &small_catalog());
        if let Some(soon) = cost(deadline) {
            let late = cost(f64::min(deadline * longer, gathered)).expect("what can be done soon can be done later");
            prop_assert!(late <= soon, "{soon}, then {late}");
        }
    }

    #[test]
    fn a_run_ends_by_its_deadline(gathered in 0.5..48.0, part in 0.1..1.0) {
        let Some(answer) = planned(&every(gathered, gathered * part), &small_catalog()) else { return Ok(()) };
        let Some(Part::Batch(batch)) = answer.chosen.parts.values().next() else { panic!("it is a batch") };
        let run = batch.fullest.expect("it is gathered");
        prop_assert!(run.at_worst <= Span::hours(gathered * part), "{:?}", run);
        prop_assert!(batch.mean.expect("it is gathered").takes <= run.takes);
    }
}

/// Five of a kind that is said to run today, and what is planned instead.
fn with_running(text: &str, component: &str, shape: &str, volume: Option<&str>) -> Workload {
    let mut asked = workload(text);
    let today = Running { shape: shape.into(), count: 5, purchase: Purchase::OnDemand, volume: volume.map(Into::into) };
    match the_component(&mut asked, component) {
        Component::Cache(cache) => cache.current = Some(today),
        Component::Stream(stream) => stream.current = Some(today),
        _ => unreachable!("caches and streams say what runs"),
    }
    asked
}

#[test]
fn what_runs_today_of_a_cache_or_a_stream_is_compared() {
    let cache = with_running(CACHED, "pages", "s1.large", None);
    let stream = with_running(LOGGED, "clicks", "s1.large", Some("gp3"));
    for (asked, component) in [(cache, "pages"), (stream, "clicks")] {
        let answer = planned(&asked, &small_catalog()).expect("the small catalog carries it");
        let current = answer.current.expect("it says what runs");
        let fleet = current.parts[&ComponentName(component.into())].fleet().expect("it has machines");
        assert_eq!((fleet.machines, fleet.shape.name.0.as_str()), (5, "s1.large"));
        assert!(current.bill.total() > answer.chosen.bill.total(), "{component}: {}", current.bill.total());
    }
}

/// What is unsure of every kind is drawn, and the plan covers what it says.
#[test]
fn ranges_of_every_kind_become_worlds() {
    let range = |low: f64, mid: f64, high: f64| {
        Estimate::range(Span::micros(low), Span::micros(mid), Span::micros(high), Share::percent(80.0))
            .expect("it rises")
    };
    for (text, component) in [(CACHED, "pages"), (LOGGED, "clicks"), (GATHERED, "digest")] {
        let mut asked = workload(text);
        match the_component(&mut asked, component) {
            Component::Cache(cache) => cache.cpu_per_request = range(30.0, 50.0, 120.0),
            Component::Stream(stream) => stream.cpu_per_write = range(100.0, 200.0, 500.0),
            Component::Batch(batch) => batch.cpu_per_item = range(10_000.0, 20_000.0, 60_000.0),
            _ => unreachable!("these are of these kinds"),
        }
        let answer = planned(&asked, &small_catalog()).expect("the small catalog carries it");
        let doubt = &answer.chosen.doubt;
        assert!(answer.worlds > 1 && doubt.coverage.worlds > 1, "{component}");
        let covered = doubt.coverage.share().as_percent();
        assert!(covered >= 95.0, "{component}: {covered}");
        assert!(doubt.month.p10 <= doubt.month.p90, "{component}");
    }
}

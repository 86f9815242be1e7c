//! The fixtures with absurd numbers: always an answer, a refusal, or a problem of the file. Never a panic.
use plimsoll::report::{csv, md, report, text};
use plimsoll::{Question, ask};
use plimsoll_ingest::workload::read;
use plimsoll_tests::{in_world, meta, small_catalog};
use proptest::prelude::*;

const FIXTURES: [(&str, &str, &[&str]); 5] = [
    ("checkout.toml", include_str!("../fixtures/checkout.toml"), &["service.api", "store.orders", "edge.front"]),
    (
        "video.toml",
        include_str!("../fixtures/video.toml"),
        &["service.origin", "object.segments", "object.archive", "edge.delivery"],
    ),
    ("search.json", include_str!("../fixtures/search.json"), &["service.query", "store.index"]),
    ("one-service.toml", include_str!("../fixtures/one-service.toml"), &["service.thumbnails"]),
    (
        "feed.toml",
        include_str!("../fixtures/feed.toml"),
        &["cache.timelines", "stream.events", "batch.digest", "store.posts"],
    ),
];

/// Of the whole: a path, and values that are hardly ever meant.
const WHOLE: [(&str, &[&str]); 15] = [
    ("demand.peak", &["1e-9/s", "0.001/s", "1e6/s", "1e9/s", "1/month"]),
    ("demand.mean", &["0/s", "1e-12/s", "1/day"]),
    ("demand.burst", &["1", "1000", "1e6"]),
    ("demand.variability", &["0", "0.01", "1000", "1e9"]),
    ("demand.growth", &["-100 %/year", "-99.9 %/year", "0 %/year", "1000 %/year", "40 %/month"]),
    ("horizon", &["1 months", "120 months", "1 s"]),
    ("promises.p99", &["1 us", "1 ms", "10 years", "0 s"]),
    ("promises.p50", &["1 us", "20 ms", "1 s"]),
    ("promises.availability", &["0 %", "50 %", "99.999999 %", "100 %"]),
    ("promises.survive", &["none", "machine", "zone"]),
    ("assumptions.imbalance", &["1", "100", "1e9"]),
    ("assumptions.max_utilization", &["0.001 %", "1 %", "100 %"]),
    ("assumptions.machine_availability", &["0 %", "1 %", "100 %"]),
    ("assumptions.speed.m5", &["1e-6", "1e6"]),
    ("assumptions.speed.s1", &["1e-9", "1e9"]),
];

/// Of a component: a field, and such values. Those that its kind does not have are a problem of the file, and that is tried too.
const OF_COMPONENT: [(&str, &[&str]); 55] = [
    ("cpu_per_request", &["0 ms", "1 us", "1 h", "1 years"]),
    ("variability", &["0", "1e-9", "100", "1e6"]),
    ("off_cpu", &["0 s", "1 us", "1 day"]),
    ("memory", &["0 B", "1 B", "1 PB", "1e6 PB"]),
    ("memory_per_request", &["0 B", "1 TB"]),
    ("bytes_in", &["0 B", "1 PB"]),
    ("bytes_out", &["0 B", "1 B", "1 PB"]),
    ("concurrency", &["1", "4000000000"]),
    ("contention", &["0", "1", "1e6"]),
    ("coherency", &["0", "1", "1e6"]),
    ("data", &["0 B", "1 B", "1 PB", "1e9 PB"]),
    ("growth", &["0 B/s", "1e6 TB/month", "-50 %/year", "with demand"]),
    ("retention", &["0 s", "1 s", "1000 years"]),
    ("compression", &["0", "1e-6", "1e6"]),
    ("replicas", &["1", "2", "3", "50"]),
    ("read_share", &["0 %", "50 %", "100 %"]),
    ("reads", &["0/s", "1e9/s"]),
    ("writes", &["0/s", "1e9/s"]),
    ("cpu_per_read", &["0 ms", "1 h"]),
    ("cpu_per_write", &["0 ms", "1 h"]),
    ("bytes_per_read", &["0 B", "1 PB"]),
    ("bytes_per_write", &["0 B", "1 PB"]),
    ("read_amplification", &["0", "1e6"]),
    ("write_amplification", &["0", "1e6"]),
    ("working_set", &["0 %", "100 %"]),
    ("disk_fill", &["0.001 %", "100 %"]),
    ("backup", &["0", "1e6"]),
    ("object_size", &["0 B", "1 B", "1 PB"]),
    ("lifetime", &["0 s", "1 s", "1000 years"]),
    ("hit_ratio", &["0 %", "100 %"]),
    ("latency", &["0 s", "1 h", "10 years"]),
    ("calls.0.ratio", &["0", "1e-9", "1e6"]),
    ("entry_size", &["0 B", "1 B", "1e6 PB"]),
    ("overhead", &["0 B", "1 PB"]),
    ("entries", &["0", "1", "1e9 million"]),
    ("ttl", &["0 s", "1 us", "100 years"]),
    ("ttl_renewed", &["true"]),
    ("rate_per_key", &["0/s", "1e-9/s", "1e12/s"]),
    ("changes_per_key", &["0/s", "1e12/s"]),
    ("threads", &["1", "1000000000"]),
    ("bytes_per_message", &["0 B", "1 B", "1e6 PB"]),
    ("fan_out", &["0", "2", "1e6"]),
    ("partitions", &["1", "1000000000"]),
    ("partition_in", &["0 B/s", "1 B/s", "1e9 GB/s"]),
    ("partitions_per_node", &["1", "1000000000"]),
    ("catch_up.outage", &["0 s", "100 years"]),
    ("catch_up.within", &["0 s", "1 us", "100 years"]),
    ("in_memory", &["0 s", "100 years"]),
    ("cpu_per_item", &["0 ms", "1 us", "100 years"]),
    ("cpu_per_run", &["1 us", "100 years"]),
    ("startup", &["0 s", "100 years"]),
    ("interruptions", &["0/s", "1e-9/s", "1e12/s"]),
    ("checkpoint", &["0 s", "1 us", "100 years"]),
    ("cadences", &["[]", "[\"1 us\"]", "[\"366 days\"]", "[{ every = \"1 s\", deadline = \"1 us\" }]"]),
    ("items", &["0/s", "1e12/s"]),
];

#[derive(Clone, Copy, Debug)]
enum Edit {
    Whole(usize, usize),
    Component(usize, usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let whole = (0..WHOLE.len(), any::<usize>()).prop_map(|(field, value)| Edit::Whole(field, value));
    let component = (any::<usize>(), 0..OF_COMPONENT.len(), any::<usize>())
        .prop_map(|(component, field, value)| Edit::Component(component, field, value));
    prop_oneof![1 => whole, 2 => component]
}

fn setting(edit: Edit, components: &[&str]) -> (String, String) {
    let of = |values: &[&str], at: usize| values[at % values.len()].to_owned();
    match edit {
        Edit::Whole(field, value) => (WHOLE[field].0.into(), of(WHOLE[field].1, value)),
        Edit::Component(component, field, value) => {
            let (name, values) = OF_COMPONENT[field];
            (format!("{}.{name}", components[component % components.len()]), of(values, value))
        }
    }
}

/// Asks, and writes the outcome down in every way. `None` if the file was refused by its reader.
fn asked(fixture: usize, edits: &[Edit]) -> Option<bool> {
    let (name, file, components) = FIXTURES[fixture];
    // Two months ask all that more months ask, in less time; an edit of the horizon comes later and wins.
    let short = ("horizon".to_owned(), "2 months".to_owned());
    let sets: Vec<_> = std::iter::once(short).chain(edits.iter().map(|edit| setting(*edit, components))).collect();
    let workload = read(name, file.as_bytes(), &sets).ok()?;
    let outcome = ask(&Question::plan(workload), &in_world(vec![small_catalog()]));
    let report = report(&outcome, &meta());
    assert!(!report.verdict.is_empty());
    assert!(
        !text::render(&report).contains("NaN") && !md::render(&report).is_empty() && !csv::render(&report).is_empty()
    );
    let json = plimsoll::report::json::envelope("plan", &outcome, &meta());
    assert_eq!(json["answer"].is_null(), outcome.is_err());
    assert_eq!(json["refusal"].is_null(), outcome.is_ok());
    Some(outcome.is_ok())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn absurd_numbers_are_answered_or_refused(fixture in 0..FIXTURES.len(), edits in prop::collection::vec(edit(), 1..4)) {
        asked(fixture, &edits);
    }
}

/// Every value by itself, on every fixture and component that has the field.
#[test]
fn each_absurd_number_alone_is_answered_or_refused() {
    let (mut answered, mut refused, mut unread) = (0, 0, 0);
    let mut count = |outcome: Option<bool>| match outcome {
        Some(true) => answered += 1,
        Some(false) => refused += 1,
        None => unread += 1,
    };
    for (fixture, (_, _, components)) in FIXTURES.iter().enumerate() {
        // The last has a cache whose every size is searched: of each field only the value that is furthest out.
        let is_last = fixture + 1 == FIXTURES.len();
        let places = |values: &[&str]| if is_last { values.len() - 1..values.len() } else { 0..values.len() };
        for (field, (_, values)) in WHOLE.iter().enumerate() {
            places(values).for_each(|value| count(asked(fixture, &[Edit::Whole(field, value)])));
        }
        for component in 0..components.len() {
            for (field, (_, values)) in OF_COMPONENT.iter().enumerate() {
                places(values).for_each(|value| count(asked(fixture, &[Edit::Component(component, field, value)])));
            }
        }
    }
    assert!(
        answered > 200 && refused > 20 && unread > 100,
        "{answered} answered, {refused} refused, {unread} not read"
    );
}

//! What caches, streams and gathered work were given, and how their own numbers came about.
use super::{Cell, Derivation};
use crate::plan::{BatchFleet, Part};
use crate::sizing::{Resource, Window};
use crate::units::Span;
use crate::workload::{Cadence, Component, Hits};

/// What was given of a component of these kinds, field by field.
pub(super) fn given(component: &Component, own: &mut impl FnMut(&str, Cell)) {
    match component {
        Component::Cache(c) => {
            let hits: Cell = match &c.hits {
                Hits::Stated(ratio) => ratio.mid().into(),
                Hits::Curve(points) => Cell::Text(format!("a curve of {} points", points.len())),
            };
            own("hits", hits);
            own("size", c.size.map_or(Cell::Nothing, |size| size.to_string().into()));
            own("entry_size", c.entry_size.mid().into());
            own("overhead", c.overhead.mid().into());
            own("cpu_per_request", c.cpu_per_request.mid().into());
            own("memory", c.memory.mid().into());
            own("bytes_in", c.bytes_in.mid().into());
            own("bytes_out", c.answer_size().into());
            if let Some(ttl) = &c.ttl {
                own("ttl", ttl.span.into());
                own("rate_per_key", ttl.rate_per_key.mid().into());
            }
        }
        Component::Stream(s) => {
            own("bytes_per_message", s.bytes_per_message.mid().into());
            own("compression", s.compression.mid().into());
            own("fan_out", s.fan_out.mid().into());
            own("retention", s.retention.into());
            own("partition_in", s.partition_in.to_string().into());
            own("partition_out", s.partition_out.to_string().into());
            own("cpu_per_write", s.cpu_per_write.mid().into());
            own("cpu_per_read", s.cpu_per_read.mid().into());
            own("memory", s.memory.mid().into());
            own("disk_fill", s.disk_fill.into());
            let catch_up = s.catch_up.map(|c| format!("{} away, back within {}", c.outage, c.within));
            own("catch_up", catch_up.map_or(Cell::Nothing, Cell::Text));
        }
        Component::Batch(b) => {
            own("cpu_per_item", b.cpu_per_item.mid().into());
            own("cpu_per_run", b.cpu_per_run.mid().into());
            own("bytes_per_item", b.bytes_per_item.mid().into());
            own("memory", b.memory.mid().into());
            own("startup", b.startup.mid().into());
            let names: Vec<String> = b.cadences.iter().map(Cadence::to_string).collect();
            own("cadences", names.join(", ").into());
            if let Some(checkpoint) = b.checkpoint {
                own("checkpoint", checkpoint.mid().into());
            }
        }
        _ => {}
    }
}

/// The fields that processor time per request is stated in.
pub(super) fn cpu_fields(given: &str) -> &'static [&'static str] {
    match kind(given) {
        "store" | "stream" => &["cpu_per_read", "cpu_per_write"],
        "batch" => &["cpu_per_item"],
        _ => &["cpu_per_request"],
    }
}

/// `store` of `workload.store.orders`.
pub(super) fn kind(given: &str) -> &str {
    given.split('.').nth(1).unwrap_or_default()
}

/// Where what a machine of these kinds must carry of a resource comes from; none for other kinds and resources.
pub(super) fn needs_from(resource: Resource, given: &str, arrivals: &str) -> Option<Vec<String>> {
    let of = |fields: &[&str]| fields.iter().map(|f| format!("{given}.{f}")).collect::<Vec<_>>();
    let with_arrivals = |fields: &[&str]| [of(fields), vec![arrivals.to_owned()]].concat();
    Some(match (kind(given), resource) {
        ("cache", Resource::Memory) => of(&["memory", "size", "entry_size", "overhead"]),
        ("cache", Resource::Network) => with_arrivals(&["bytes_in", "bytes_out"]),
        ("stream", Resource::Memory) => with_arrivals(&["memory", "bytes_per_message", "compression"]),
        ("stream", Resource::Network) => with_arrivals(&["bytes_per_message", "compression", "fan_out", "catch_up"]),
        ("stream", Resource::DiskIops | Resource::DiskThroughput) => {
            with_arrivals(&["bytes_per_message", "compression", "fan_out", "catch_up"])
        }
        ("stream", Resource::DiskCapacity) => of(&["retention", "bytes_per_message", "compression", "disk_fill"]),
        ("stream", Resource::Partitions) => with_arrivals(&["partition_in", "partition_out", "catch_up"]),
        ("batch", Resource::Memory) => of(&["memory"]),
        ("batch", Resource::Network) => of(&["bytes_per_item", "cadences"]),
        ("batch", Resource::Deadline) => of(&["cpu_per_item", "cpu_per_run", "startup", "cadences"]),
        _ => return None,
    })
}

/// The numbers that only these kinds have.
pub(super) fn derivations(part: &Part, at: &str, given: &str) -> Vec<Derivation> {
    let of = |fields: &[&str]| fields.iter().map(|f| format!("{given}.{f}")).collect::<Vec<_>>();
    let name = at.rsplit('.').next().unwrap_or_default();
    let traffic = format!("workload.traffic.{name}");
    match part {
        Part::Cache(cache) => {
            let path = |field: &str| format!("{at}.cache.{field}");
            vec![
                Derivation::new(
                    path("held_bytes"),
                    cache.held,
                    "entries times their size and what the software adds; chosen on the curve where no size is stated",
                    of(&["size", "entry_size", "overhead"]),
                ),
                Derivation::new(
                    path("hit_share"),
                    cache.hit_ratio,
                    "stated, or read off the curve at that size; less what grows too old",
                    [of(&["hits"]), vec![path("held_bytes")]].concat(),
                ),
                Derivation::new(
                    path("passes_share"),
                    cache.passes,
                    "what is not answered, writes included",
                    vec![path("hit_share")],
                ),
                copies(path("copies"), cache.copies),
            ]
        }
        Part::Stream(stream) => {
            let path = |field: &str| format!("{at}.stream.{field}");
            vec![
                Derivation::new(
                    path("kept_bytes"),
                    stream.kept,
                    "messages of the mean rate over the retention, compressed; of the busiest minute below a day",
                    of(&["retention", "bytes_per_message", "compression"]),
                ),
                Derivation::new(
                    path("partitions"),
                    stream.partitions,
                    "stated, or the fewest that take in what is written and give out what catches up",
                    [of(&["partition_in", "partition_out", "catch_up"]), vec![traffic.clone()]].concat(),
                ),
                copies(path("copies"), stream.copies),
                Derivation::new(
                    path("lag_messages"),
                    Cell::Text(stream.lag.to_string()),
                    "what is written during the outage that is planned for",
                    [of(&["catch_up"]), vec![traffic]].concat(),
                ),
            ]
        }
        Part::Batch(batch) => of_batch(batch, at, given, &traffic),
        _ => Vec::new(),
    }
}

fn copies(path: String, copies: u32) -> Derivation {
    let how = "stated, or as many as outlive the loss that is to be survived";
    Derivation::new(path, copies, how, vec!["workload.promises.survive".into()])
}

fn of_batch(batch: &BatchFleet, at: &str, given: &str, traffic: &str) -> Vec<Derivation> {
    let path = |field: &str| format!("{at}.batch.{field}");
    let of = |fields: &[&str]| fields.iter().map(|f| format!("{given}.{f}")).collect::<Vec<_>>();
    let count = format!("{at}.count");
    let number = |n: f64| Cell::Text(crate::units::Factor::of(n).to_string());
    let mut all = vec![
        Derivation::new(
            path("runs_per_month"),
            number(batch.runs.get()),
            "a month over the cadence; none in real time",
            of(&["cadences"]),
        ),
        Derivation::new(
            path("items"),
            number(batch.items.get()),
            "the fullest window of the cadence's length: of a known week, else of a day like the mean one",
            vec![traffic.to_owned(), "workload.demand.mean".into()],
        ),
        Derivation::new(
            path("machine_seconds_per_month"),
            batch.machine_time,
            "machines times the time of the mean run, a minute at least, times the runs; all month in real time",
            vec![count.clone(), path("runs_per_month")],
        ),
        Derivation::new(
            path("fallback_seconds_per_month"),
            batch.fallback_time,
            "the chance that a spot machine is taken away, times what an on-demand machine then does again",
            vec![count.clone(), path("runs_per_month")],
        ),
    ];
    let mut span = |field: &str, value: Option<Span>, how: &str, from: Vec<String>| {
        all.extend(value.map(|v| Derivation::new(path(field), v, how, from)));
    };
    let work = || [of(&["cpu_per_item", "cpu_per_run", "startup"]), vec![path("items"), count.clone()]].concat();
    span(
        "oldest_result_seconds",
        batch.cadence.oldest(),
        "an item waits for its window to end, then for the deadline",
        of(&["cadences"]),
    );
    span(
        "run_seconds",
        batch.fullest.map(|r| r.takes),
        "startup, then the work over the machines' processors and speed, times the imbalance",
        work(),
    );
    span(
        "run_at_worst_seconds",
        batch.fullest.map(|r| r.at_worst),
        "on spot machines, one is taken away at its last moment and another does again what was lost",
        vec![path("run_seconds")],
    );
    span("mean_run_seconds", batch.mean.map(|r| r.takes), "the same with the items of the mean window", work());
    span(
        "checkpoint_interval_seconds",
        batch.interval,
        "Daly's interval from the time of a checkpoint and the mean time between interruptions",
        of(&["checkpoint"]).into_iter().filter(|_| batch.interval.is_some()).collect(),
    );
    if let Some(run) = batch.mean {
        all.push(Derivation::new(
            path("taken_away_share"),
            run.taken_away,
            "one less the chance that a spot machine stays for the mean run; none on demand",
            vec![path("mean_run_seconds")],
        ));
    }
    for (field, window, what) in [
        ("cheapest_window", batch.cheapest, "multiple of the price"),
        ("greenest_window", batch.greenest, "grams CO2e per kWh"),
    ] {
        all.extend(window.into_iter().flat_map(|w| of_window(&path(field), w, what, &path("run_at_worst_seconds"))));
    }
    all
}

fn of_window(at: &str, window: Window, what: &str, run: &str) -> Vec<Derivation> {
    let from = vec![run.to_owned()];
    vec![
        Derivation::new(
            format!("{at}.begins_seconds"),
            window.begins,
            "after midnight UTC: the start with the least mean that ends by the deadline",
            from.clone(),
        ),
        Derivation::new(format!("{at}.mean"), window.mean, format!("mean {what} over the run"), from.clone()),
        Derivation::new(
            format!("{at}.at_once"),
            window.at_once,
            format!("mean {what} of a run that begins at once"),
            from,
        ),
    ]
}

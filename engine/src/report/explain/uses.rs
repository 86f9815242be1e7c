//! What machines have to carry, and the disks that keep their data.
use super::{Cell, Derivation};
use crate::plan::{Part, StoreFleet, StreamFleet};
use crate::sizing::{Check, Measure, NodeDisk, Resource, VolumeFit};
use crate::units::Factor;

pub(super) fn used(check: &Check, table: &str, at: &str, state: &str, given: &str) -> Vec<Derivation> {
    let path = format!("{table}.{}", check.resource.name());
    let (needs, has) = (format!("{path}.needs"), format!("{path}.has"));
    let queue = |field: &str| format!("{at}.queue.{state}.{field}");
    let of = |fields: &[&str]| fields.iter().map(|f| format!("{given}.{f}")).collect::<Vec<_>>();
    let is_store = given.contains(".store.");
    let of_kind = super::kinds::needs_from(check.resource, given, &queue("arrivals"));
    let why = match (check.resource, is_store) {
        _ if of_kind.is_some() => of_kind.unwrap_or_default(),
        (Resource::Cpu, _) => vec![queue("utilization")],
        (Resource::Memory, false) => [of(&["memory", "memory_per_request"]), vec![queue("arrivals")]].concat(),
        (Resource::Memory, true) => [of(&["memory", "data"]), vec![format!("{at}.working_set")]].concat(),
        (Resource::Network, false) => [of(&["bytes_in", "bytes_out"]), vec![queue("arrivals")]].concat(),
        (Resource::Network, true) => [of(&["bytes_per_read", "bytes_per_write"]), vec![queue("arrivals")]].concat(),
        (Resource::DiskIops | Resource::DiskThroughput, _) => vec![queue("arrivals"), format!("{at}.working_set")],
        _ => vec![format!("{at}.count")],
    };
    vec![
        Derivation::new(
            path,
            Factor::of(check.used()),
            "what the busiest machine needs over what it has",
            vec![needs.clone(), has.clone()],
        ),
        Derivation::new(needs, cell(check.needs), "laid on the busiest machine in the busiest minute", why),
        Derivation::new(has, cell(check.has), "sustained, of one machine; bursts are not capacity", Vec::new()),
    ]
}

fn cell(measure: Measure) -> Cell {
    match measure {
        Measure::Data(q) => q.into(),
        Measure::Rate(q) => q.into(),
        Measure::Span(q) => q.into(),
        Measure::Share(q) => q.into(),
        Measure::Processors(n) | Measure::Count(n) => n.into(),
        Measure::DataRate(q) => q.to_string().into(),
    }
}

pub(super) fn disks(part: &Part, at: &str, given: &str) -> Vec<Derivation> {
    let mut all: Vec<Derivation> = working_set(part, at).into_iter().collect();
    all.extend(of_disks(part, at, given));
    all
}

fn of_disks(part: &Part, at: &str, given: &str) -> Vec<Derivation> {
    let path = |field: &str| format!("{at}.disks.0.{field}");
    let nodes = |n: u32| Derivation::new(path("nodes"), n, "a disk for each machine", vec![format!("{at}.count")]);
    // Where no table knows what the machine allows, what is needed stands in no check.
    let checked = part.fleet().is_some_and(|f| f.stressed.iter().any(|c| c.resource == Resource::DiskIops));
    let stream = matches!(part, Part::Stream(_));
    let iops: Vec<String> = if stream {
        vec![format!("{at}.queue.after_loss.arrivals")]
    } else if checked {
        vec![format!("{at}.utilization_after_loss.disk_iops.needs")]
    } else {
        vec![format!("{at}.queue.after_loss.arrivals"), format!("{at}.working_set")]
    };
    let volume = |v: &VolumeFit, n: u32| {
        let kept = if stream { format!("{at}.stream.kept_bytes") } else { format!("{given}.data") };
        let data = vec![kept, format!("{given}.compression"), format!("{given}.disk_fill")];
        vec![
            nodes(n),
            Derivation::new(
                path("per_node"),
                v.count,
                "the fewest volumes that give size, IOPS and throughput",
                Vec::new(),
            ),
            Derivation::new(
                path("bytes_per_node"),
                v.size,
                "a node's data over the part of a disk that may be filled, in whole GiB",
                data,
            ),
            Derivation::new(
                path("extra_iops_per_node"),
                v.extra_iops,
                "needed less what the volume includes",
                iops.clone(),
            ),
            Derivation::new(
                path("extra_bytes_per_second_per_node"),
                Cell::Text(v.extra_throughput.to_string()),
                "needed less what the volume includes",
                Vec::new(),
            ),
        ]
    };
    match part {
        Part::Store(StoreFleet { disk: NodeDisk::Volume(v), fleet, .. })
        | Part::Stream(StreamFleet { disk: NodeDisk::Volume(v), fleet, .. }) => volume(v, fleet.machines),
        Part::Managed { managed, .. } => volume(&managed.storage, 1),
        Part::Stream(StreamFleet { disk: NodeDisk::Local(size), fleet, .. })
        | Part::Store(StoreFleet { disk: NodeDisk::Local(size), fleet, .. }) => vec![
            nodes(fleet.machines),
            Derivation::new(path("bytes_per_node"), *size, "the machine's own disks", Vec::new()),
        ],
        Part::Object(fit) => vec![
            Derivation::new(
                path("bytes"),
                fit.stored,
                "the data, compressed",
                vec![format!("{given}.data"), format!("{given}.compression")],
            ),
            Derivation::new(
                path("objects"),
                Cell::Text(fit.objects.to_string()),
                "data over the mean object",
                vec![format!("{given}.object_size")],
            ),
        ],
        Part::Service(_) | Part::Edge | Part::Cache(_) | Part::Batch(_) => Vec::new(),
    }
}

/// The part of the data that memory answers for.
fn working_set(part: &Part, at: &str) -> Option<Derivation> {
    let share = match part {
        Part::Store(store) => store.working_set,
        Part::Managed { working_set, .. } => *working_set,
        _ => return None,
    };
    let how = "stated in the workload, or the least that keeps the budget when a disk read takes about a millisecond";
    Some(Derivation::new(format!("{at}.working_set"), share, how, vec![format!("{at}.budget")]))
}

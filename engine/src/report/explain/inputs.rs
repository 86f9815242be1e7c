//! What was given: the leaves of every derivation.
use super::Derivation;
use crate::units::{Share, Span};
use crate::workload::{Component, Keep, Workload};

const STATED: &str = "the workload says so";

pub(super) fn derivations(workload: &Workload) -> Vec<Derivation> {
    let demand = &workload.demand;
    let with =
        |path: &str, value: super::Cell, how: &str| Derivation::new(format!("workload.{path}"), value, how, Vec::new());
    let given = |path: &str, value: super::Cell| with(path, value, STATED);
    let default = |path: &str, value: super::Cell| with(path, value, "as stated, or the default");
    let mean_from = if demand.mean_is_stated { STATED } else { "not stated: a part of the peak" };
    let assumed = &workload.assumptions;
    let mut all = vec![
        given("demand.peak", demand.peak.mid().into()),
        with("demand.mean", demand.mean.mid().into(), mean_from),
        default("demand.burst", demand.burst.mid().into()),
        default("demand.growth", demand.growth.mid().to_string().into()),
        default("horizon.months", workload.months().into()),
        default("assumptions.imbalance", assumed.imbalance.into()),
        default("assumptions.max_utilization", assumed.max_utilization.into()),
        default("assumptions.machine_availability", assumed.machine_availability.into()),
        default("promises.survive", workload.promises.survive.name().into()),
        Derivation::new(
            "workload.demand.sizing_rate",
            demand.sizing_rate(Span::ZERO),
            "busiest hour times burst within it",
            vec!["workload.demand.peak".into(), "workload.demand.burst".into()],
        ),
    ];
    all.extend(traffic(workload));
    for promise in &workload.promises.latency {
        all.push(given(&format!("promises.{}", promise.name()), promise.within.into()));
    }
    if let Some(availability) = workload.promises.availability {
        all.push(given("promises.availability", Share::into(availability)));
    }
    for (name, component) in &workload.components {
        let mut own =
            |field: &str, value: super::Cell| all.push(default(&format!("{}.{name}.{field}", component.kind()), value));
        match component {
            Component::Service(s) => {
                own("cpu_per_request", s.cpu_per_request.mid().into());
                own("variability", s.variability.mid().into());
                own("memory", s.memory.mid().into());
                own("memory_per_request", s.memory_per_request.mid().into());
                own("bytes_in", s.bytes_in.mid().into());
                own("bytes_out", s.bytes_out.mid().into());
            }
            Component::Store(s) => {
                own("cpu_per_read", s.cpu_per_read.mid().into());
                own("cpu_per_write", s.cpu_per_write.mid().into());
                own("read_share", s.read_share.into());
                own("memory", s.memory.mid().into());
                own("bytes_per_read", s.bytes_per_read.mid().into());
                own("bytes_per_write", s.bytes_per_write.mid().into());
                own("backup", s.backup.mid().into());
                own("disk_fill", s.disk_fill.into());
                keep(&s.keep, &mut own);
            }
            Component::Object(o) => {
                own("object_size", o.object_size.mid().into());
                own("read_share", o.read_share.into());
                keep(&o.keep, &mut own);
            }
            Component::Edge(e) => {
                own("hit_ratio", e.hit_ratio.mid().into());
                own("compression", e.compression.mid().into());
                own("public_ipv4", e.public_ipv4.into());
                own("nat_gateways", e.nat_gateways.into());
                own("nat", e.nat.mid().to_string().into());
                own("other_egress", e.other_egress.mid().to_string().into());
                let to_regions: crate::units::DataRate = e.cross_region.values().map(|rate| rate.mid()).sum();
                own("cross_region", to_regions.to_string().into());
            }
            other => super::kinds::given(other, &mut own),
        }
    }
    all
}

fn keep(keep: &Keep, own: &mut impl FnMut(&str, super::Cell)) {
    own("data", keep.data.mid().into());
    own("compression", keep.compression.mid().into());
}

/// The requests that reach each component in the busiest minute, from those who call it.
fn traffic(workload: &Workload) -> Vec<Derivation> {
    let flow = workload.flow(Span::ZERO);
    let of = |name: &crate::workload::ComponentName| {
        let mut from = Vec::new();
        let mut how = Vec::new();
        if *name == workload.entry {
            from.push("workload.demand.sizing_rate".to_owned());
            how.push("the demand, as it is the entry".to_owned());
        }
        for (caller, component) in &workload.components {
            for call in component.calls().iter().filter(|c| c.to == *name) {
                from.push(format!("workload.traffic.{caller}"));
                let hits = component.miss_ratio();
                let missed = if hits == Share::ALL {
                    String::new()
                } else {
                    format!(" of the {hits} it does not answer itself")
                };
                how.push(format!("{} for each request of {caller}{missed}", call.ratio.mid()));
            }
        }
        if component_has_own(workload, name) {
            how.push("reads and writes of its own".to_owned());
        }
        Derivation::new(format!("workload.traffic.{name}"), flow.of(name).sizing, how.join(", and "), from)
    };
    workload.components.keys().map(of).collect()
}

fn component_has_own(workload: &Workload, name: &crate::workload::ComponentName) -> bool {
    use crate::units::Quantity;
    !workload.components[name].own_traffic().is_zero()
}

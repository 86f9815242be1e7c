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
    let default =
        |path: &str, value: super::Cell| with(path, value, "stated in the workload, or the default where it is not");
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
            }
        }
    }
    all
}

fn keep(keep: &Keep, own: &mut impl FnMut(&str, super::Cell)) {
    own("data", keep.data.mid().into());
    own("compression", keep.compression.mid().into());
}

//! What was given: the leaves of every derivation.
use super::Derivation;
use crate::units::{Share, Span};
use crate::workload::{Component, Keep, Workload};

pub(super) fn derivations(workload: &Workload) -> Vec<Derivation> {
    let demand = &workload.demand;
    let given = |path: &str, value: super::Cell, stated: bool| {
        let how = if stated { "the workload says so" } else { "assumed; the workload does not say" };
        Derivation::new(format!("workload.{path}"), value, how, Vec::new())
    };
    let assumed = &workload.assumptions;
    let mut all = vec![
        given("demand.peak", demand.peak.mid().into(), true),
        given("demand.mean", demand.mean.mid().into(), demand.mean_is_stated),
        given("demand.burst", demand.burst.mid().into(), true),
        given("demand.growth", demand.growth.mid().to_string().into(), true),
        given("horizon.months", workload.months().into(), true),
        given("assumptions.imbalance", assumed.imbalance.into(), true),
        given("assumptions.max_utilization", assumed.max_utilization.into(), true),
        given("assumptions.machine_availability", assumed.machine_availability.into(), true),
        given("promises.survive", workload.promises.survive.name().into(), true),
        Derivation::new(
            "workload.demand.sizing_rate",
            demand.sizing_rate(Span::ZERO),
            "busiest hour times burst within it",
            vec!["workload.demand.peak".into(), "workload.demand.burst".into()],
        ),
    ];
    for promise in &workload.promises.latency {
        all.push(given(&format!("promises.{}", promise.name()), promise.within.into(), true));
    }
    if let Some(availability) = workload.promises.availability {
        all.push(given("promises.availability", Share::into(availability), true));
    }
    for (name, component) in &workload.components {
        let mut own = |field: &str, value: super::Cell| {
            all.push(given(&format!("{}.{name}.{field}", component.kind()), value, true))
        };
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

//! How machines, their use and their response times came about.
use super::uses::{disks, used};
use super::{Cell, Derivation};
use crate::choice::Coverage;
use crate::plan::{Part, Percentiles, Plan, PlanAnswer};
use crate::sizing::{Fleet, Resource};
use crate::units::Span;
use crate::workload::{ComponentName, Survive};

pub(super) fn derivations(answer: &PlanAnswer, plan: &Plan, prefix: &str) -> Vec<Derivation> {
    let mut all = Vec::new();
    for (name, part) in &plan.parts {
        let at = format!("{prefix}.components.{name}");
        let given =
            answer.workload.components.get(name).map_or(String::new(), |c| format!("workload.{}.{name}", c.kind()));
        if let Some(fleet) = part.fleet() {
            all.extend(of_fleet(answer, fleet, part, &at, &given));
            all.extend(budget(answer, plan, name, &at));
        }
        all.extend(disks(part, &at, &given));
        all.extend(super::kinds::derivations(part, &at, &given));
        let latency = plan.component_latency.get(name).copied().unwrap_or_default();
        let component = answer.workload.components.get(name);
        let mut from: Vec<String> = part.fleet().map(|_| format!("{at}.queue.calm.utilization")).into_iter().collect();
        from.extend(
            component
                .into_iter()
                .flat_map(|c| c.waits_for(&answer.workload))
                .map(|c| format!("{prefix}.components.{}.latency.p99_seconds", c.to)),
        );
        all.extend(percentiles(
            latency,
            &format!("{at}.latency"),
            "wait and service, then the calls, as distributions; nothing lost",
            &from,
        ));
    }
    let entry = &answer.workload.entry;
    let from = |p: &str| vec![format!("{prefix}.components.{entry}.latency.{p}_seconds")];
    all.extend(percentiles(
        plan.latency.calm,
        &format!("{prefix}.latency.calm"),
        "at the entry, in the busiest minute",
        &from("p99"),
    ));
    let queues: Vec<String> = plan
        .parts
        .iter()
        .filter(|(_, p)| p.fleet().is_some())
        .map(|(n, _)| format!("{prefix}.components.{n}.queue.after_loss.utilization"))
        .collect();
    all.extend(percentiles(
        plan.latency.stressed,
        &format!("{prefix}.latency.after_loss"),
        "at the entry, in the busiest minute, after the loss",
        &queues,
    ));
    if let Some(together) = plan.latency.slow_together {
        all.push(Derivation::new(
            format!("{prefix}.latency.after_loss_if_slow_together_p99_seconds"),
            together,
            "every hop's own percentile added up: the bound where all are slow for the same requests",
            queues.clone(),
        ));
    }
    if let Some(left) = plan.growth_left {
        let how = format!(
            "the largest multiple of demand with every promise kept, by bisection; then {}",
            plan.growth_breaks
        );
        all.push(Derivation::new(format!("{prefix}.growth_left"), left, how, queues));
    }
    for (i, step) in plan.months.steps.iter().enumerate() {
        all.push(Derivation::new(
            format!("{prefix}.grows_on.{i}.month"),
            Cell::Count(u64::from(step.month) + 1),
            format!("the first month in which demand and data ask for it: {}", step.change),
            vec!["workload.demand.growth".into()],
        ));
    }
    let doubt = &plan.doubt;
    let Coverage { held, worlds } = doubt.coverage;
    let confidence = answer.options.confidence;
    let known = "every input is exact, so there is one world";
    let (covers, misses, error, least) = if worlds == 1 {
        let nothing = format!("{known}: nothing was drawn");
        (
            format!("{known}; the part of it that keeps every promise"),
            format!("{known}; the part of it that misses"),
            nothing.clone(),
            nothing,
        )
    } else {
        (
            format!("{held} of {worlds} drawn worlds, in which these machines keep every promise"),
            format!("{} of {worlds} drawn worlds, in which a latency promise is missed", doubt.missed.held),
            "the standard error of the share, the draws being taken as dice".to_owned(),
            format!("the bound of Clopper and Pearson, one-sided, with {confidence} confidence"),
        )
    };
    let shares = [
        ("coverage_share", doubt.coverage.share(), covers),
        ("coverage_at_least_share", doubt.coverage.at_least(confidence), least),
        ("slo_miss_share", doubt.missed.share(), misses),
        ("monte_carlo_error_share", doubt.coverage.error(), error),
    ];
    for (name, share, how) in shares {
        all.push(Derivation::new(format!("{prefix}.{name}"), share, &how, Vec::new()));
    }
    all
}

fn of_fleet(answer: &PlanAnswer, fleet: &Fleet, part: &Part, at: &str, given: &str) -> Vec<Derivation> {
    let mut all = Vec::new();
    let name = at.rsplit('.').next().unwrap_or_default();
    let least: Vec<String> = fleet.least.iter().map(|(r, _)| format!("{at}.least.{}", r.name())).collect();
    let how = if part.is_one_machine() {
        "one machine answers; its standby is in the price".to_owned()
    } else {
        format!("the most that any resource asks for by itself; {} decides", fleet.bound_by().phrase())
    };
    all.push(Derivation::new(format!("{at}.count"), fleet.machines, how, least));
    all.push(Derivation::new(
        format!("{at}.zones"),
        fleet.zones,
        "three, or fewer machines than that, where a zone may be lost; else one",
        vec!["workload.promises.survive".into()],
    ));
    let lost = match answer.workload.promises.survive {
        Survive::None => "nothing is lost",
        Survive::Machine => "one is lost",
        Survive::Zone => "a zone's part is lost, rounded up",
    };
    all.push(Derivation::new(format!("{at}.carrying_after_loss"), fleet.carrying, lost, vec![format!("{at}.count")]));
    for (resource, n) in &fleet.least {
        all.push(Derivation::new(
            format!("{at}.least.{}", resource.name()),
            *n,
            asks(*resource),
            least_from(*resource, at),
        ));
    }
    if let Some((resource, n)) = fleet.runner_up() {
        let from = vec![format!("{at}.least.{}", resource.name())];
        all.push(Derivation::new(format!("{at}.runner_up.count"), n, "the second largest of these numbers", from));
    }
    for (state, checks, name) in
        [("calm", &fleet.calm, "utilization"), ("after_loss", &fleet.stressed, "utilization_after_loss")]
    {
        for check in checks {
            all.extend(used(check, &format!("{at}.{name}"), at, state, given));
        }
    }
    for (state, station) in [("calm", &fleet.calm_station), ("after_loss", &fleet.stressed_station)] {
        let q = format!("{at}.queue.{state}");
        let from = [".arrivals", ".service", ".servers"].map(|f| format!("{q}{f}")).to_vec();
        all.push(Derivation::new(
            format!("{q}.utilization"),
            station.utilization(),
            "arrivals times service time over servers, of the busiest machine",
            from,
        ));
        all.push(Derivation::new(
            format!("{q}.arrivals"),
            station.arrivals,
            arrivals(if state == "calm" { fleet.machines } else { fleet.carrying }, part),
            vec![format!("workload.traffic.{name}"), "workload.assumptions.imbalance".into()],
        ));
        let cpu = super::kinds::cpu_fields(given);
        let mut from: Vec<String> = cpu.iter().map(|f| format!("{given}.{f}")).collect();
        from.push(format!("{at}.speed"));
        all.push(Derivation::new(
            format!("{q}.service"),
            station.service,
            "processor time on the reference core over speed",
            from,
        ));
        all.push(Derivation::new(
            format!("{q}.servers"),
            station.servers,
            format!("the {} of {}, less what contention and coherency take", fleet.shape.vcpus, fleet.shape.name),
            Vec::new(),
        ));
    }
    let speed = &fleet.shape.speed;
    all.push(Derivation::new(
        format!("{at}.speed"),
        speed.factor,
        format!("one vCPU of {} over the reference core ({}; {})", fleet.shape.family, speed.basis, speed.source),
        Vec::new(),
    ));
    all
}

/// The part of the latency promise that a component was sized under, at its highest share.
fn budget(answer: &PlanAnswer, plan: &Plan, name: &ComponentName, at: &str) -> Vec<Derivation> {
    let strictest = plan.budgets.get(name).and_then(|b| b.strictest());
    let promises = answer.workload.promises.latency.iter().map(|p| format!("workload.promises.{}", p.name()));
    let from: Vec<String> = promises.collect();
    let derived = |p: &crate::workload::LatencyPromise| {
        let how =
            format!("what wait and service of {name} may take at {}, so that the whole keeps the promise", p.name());
        Derivation::new(format!("{at}.budget"), p.within, how, from)
    };
    strictest.map(derived).into_iter().collect()
}

/// How the requests of the busiest machine follow from those of the component.
fn arrivals(machines: u32, part: &Part) -> String {
    match (machines, part) {
        (1, _) => "all of them reach the one machine".into(),
        (n, Part::Store(_)) => format!("reads over {n} machines times the imbalance, and every write of its copies"),
        (n, _) => format!("requests over {n} machines times the imbalance"),
    }
}

fn asks(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "the fewest whose busiest machine stays below the planned utilization after the loss",
        Resource::Latency => "the fewest whose queue keeps this component's part of the latency promise after the loss",
        Resource::Memory => "the fewest whose memory holds the base, the working set and what is in flight",
        Resource::Network => "the fewest whose sustained network carries the traffic after the loss",
        Resource::Connections => "the fewest that stay below the limit of requests in flight",
        Resource::DiskCapacity => "the fewest whose disks hold the data",
        Resource::DiskIops => "the fewest whose machines allow the disk operations",
        Resource::DiskThroughput => "the fewest whose machines allow the disk throughput",
        Resource::Partitions => "the fewest whose nodes manage no more copies of partitions than they can",
        Resource::Deadline => "the fewest that end the fullest run by its deadline",
        Resource::Availability => "the fewest of which enough are up in the promised share of time",
        Resource::Copies => "as many as there are copies of the data",
        Resource::Spare => "one more than may be lost",
        Resource::WholeZones => "rounded up to the same number in every zone",
    }
}

fn least_from(resource: Resource, at: &str) -> Vec<String> {
    match resource {
        Resource::Cpu => {
            vec![format!("{at}.queue.after_loss.utilization"), "workload.assumptions.max_utilization".into()]
        }
        Resource::Latency => vec![format!("{at}.queue.after_loss.utilization"), format!("{at}.budget")],
        Resource::Availability => {
            vec!["workload.promises.availability".into(), "workload.assumptions.machine_availability".into()]
        }
        Resource::Copies | Resource::Spare | Resource::WholeZones => vec!["workload.promises.survive".into()],
        other => vec![format!("{at}.utilization_after_loss.{}", other.name())],
    }
}

fn percentiles(p: Percentiles, at: &str, how: &str, from: &[String]) -> Vec<Derivation> {
    let each = [("p50", p.p50), ("p95", p.p95), ("p99", p.p99)];
    let known = |(name, value): (&str, Option<Span>)| {
        // A percentile of a hop is made of the whole distribution, so all point to the same origins but themselves.
        let path = format!("{at}.{name}_seconds");
        let from = from.iter().filter(|f| **f != path).cloned().collect();
        value.map(|v| Derivation::new(path, v, how, from))
    };
    each.into_iter().filter_map(known).collect()
}

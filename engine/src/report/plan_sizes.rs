//! The parts of the plan report about machines: what runs, what it promises, what binds, how it grows, what was refused.
use super::words::span;
use super::{Axis, Block, Cell, Chart, Column, Line, Mark, Plot, Table};
use crate::plan::{Months, Part, Plan, PlanAnswer, PlanRefusal, Step, StoreFleet, StreamFleet};
use crate::sizing::{Fleet, NodeDisk, Refused, Resource};
use crate::units::{Factor, Share};
use std::collections::BTreeMap;

/// The table of components.
pub(super) fn what_to_run(answer: &PlanAnswer) -> Vec<Block> {
    let columns = vec![
        Column::words("component"),
        Column::words("runs on"),
        Column::numbers("count"),
        Column::numbers("zones"),
        Column::words("paid"),
        Column::numbers("CPU"),
        Column::numbers("memory"),
        Column::numbers("p99"),
        Column::words("bound by"),
    ];
    let plan = &answer.chosen;
    let rows = plan.parts.iter().map(|(name, part)| {
        let fleet = part.fleet();
        let used = |resource| fleet.map_or(Cell::Nothing, |f| used(f, resource));
        let p99 = plan.component_latency.get(name).and_then(|p| p.p99);
        let path = |field: &str| format!("{}.components.{name}.{field}", plan.id);
        vec![
            Cell::from(name.0.as_str()),
            short_option(part).into(),
            Cell::from(fleet.map(|f| f.machines)).explained(path("count")),
            Cell::from(fleet.map(|f| f.zones)).explained(path("zones")),
            fleet.map(|f| f.purchase.name()).into(),
            if part.is_gathered() { Cell::Nothing } else { used(Resource::Cpu).explained(path("utilization.cpu")) },
            used(Resource::Memory).explained(path("utilization.memory")),
            p99.map_or(Cell::Nothing, Cell::Span).explained(path("latency.p99_seconds")),
            fleet.map(|f| f.bound_by().phrase()).into(),
        ]
    });
    let mut blocks = vec![Block::Table(Table::of(columns, rows))];
    let disks: Vec<String> =
        plan.parts.iter().filter_map(|(name, part)| Some(format!("{name}: {}", disk(part)?))).collect();
    if !disks.is_empty() {
        blocks.push(Block::List(disks));
    }
    blocks
}

fn short_option(part: &Part) -> String {
    match part {
        Part::Store(StoreFleet { fleet, .. }) | Part::Stream(StreamFleet { fleet, provider: None, .. }) => {
            fleet.shape.name.0.clone()
        }
        Part::Edge => "-".into(),
        other => other.option(),
    }
}

fn used(fleet: &Fleet, resource: Resource) -> Cell {
    let check = fleet.calm.iter().find(|c| c.resource == resource);
    check.map_or(Cell::Unknown, |c| Cell::Share(Share::of_one(c.used())))
}

fn disk(part: &Part) -> Option<String> {
    let volume = match part {
        Part::Store(StoreFleet { disk: NodeDisk::Local(size), .. })
        | Part::Stream(StreamFleet { disk: NodeDisk::Local(size), .. }) => {
            return Some(format!("{size} of local disks in each machine"));
        }
        Part::Store(StoreFleet { disk: NodeDisk::Volume(volume), .. })
        | Part::Stream(StreamFleet { disk: NodeDisk::Volume(volume), .. }) => volume,
        Part::Managed { managed, .. } => &managed.storage,
        Part::Object(fit) => return Some(format!("{} kept, {} objects", fit.stored, fit.objects)),
        Part::Service(_) | Part::Edge | Part::Cache(_) | Part::Batch(_) => return None,
    };
    let count = if volume.count > 1 { format!("{} volumes, together ", volume.count) } else { String::new() };
    let extra = match (volume.extra_iops.as_per_second(), volume.extra_throughput.as_mib_per_second()) {
        (0.0, 0.0) => String::new(),
        (iops, 0.0) => format!(", {} IOPS beyond the included", Factor::of(iops)),
        (0.0, throughput) => format!(", {} MiB/s beyond the included", Factor::of(throughput)),
        (iops, throughput) => {
            format!(", {} IOPS and {} MiB/s beyond the included", Factor::of(iops), Factor::of(throughput))
        }
    };
    Some(format!("{count}{} GiB of {} for each node{extra}", volume.size.as_gib().ceil(), volume.volume))
}

/// What is promised, and what was computed for it.
pub(super) fn promises(answer: &PlanAnswer) -> Vec<Block> {
    let (plan, promises) = (&answer.chosen, &answer.workload.promises);
    let mut lines = Vec::new();
    let lost = match promises.survive {
        crate::workload::Survive::None => "",
        crate::workload::Survive::Machine => " with one machine of every component lost",
        crate::workload::Survive::Zone => " with a zone lost",
    };
    for promise in &promises.latency {
        let at = |p: &crate::plan::Percentiles| match promise.share.as_percent() {
            99.0 => Some(p.p99),
            95.0 => Some(p.p95),
            50.0 => Some(p.p50),
            _ => None,
        };
        lines.push(match (at(&plan.latency.calm), at(&plan.latency.stressed)) {
            (Some(calm), Some(stressed)) if !lost.is_empty() => format!(
                "{} within {}: {} in the busiest minute, {}{lost}",
                promise.name(),
                promise.within,
                span(calm),
                span(stressed)
            ),
            (Some(calm), _) => {
                format!("{} within {}: {} in the busiest minute", promise.name(), promise.within, span(calm))
            }
            _ => format!("{} within {}: kept in the busiest minute{lost}", promise.name(), promise.within),
        });
    }
    if promises.latency.is_empty() {
        lines.push(format!("no latency is promised; p99 in the busiest minute is {}", span(plan.latency.calm.p99)));
    }
    if plan.parts.len() > 1
        && let (Some(together), Some(stressed)) = (plan.latency.slow_together, plan.latency.stressed.p99)
    {
        lines.push(format!(
            "hops are taken as independent; were all slow for the same requests, p99 would be {together} instead of {stressed}"
        ));
    }
    if let Some(availability) = promises.availability {
        lines.push(format!("availability {availability}: enough machines are up in that share of time"));
    }
    let whose = if super::plan_doubt::is_uncertain(answer) { ", every estimate at its middle" } else { "" };
    lines.push(format!("{}{whose}", left(plan)));
    vec![Block::List(lines)]
}

fn left(plan: &Plan) -> String {
    match plan.growth_left {
        Some(factor) if plan.growth_breaks.is_empty() => {
            format!("demand may grow to {factor} times today's and more before a promise breaks")
        }
        Some(factor) => {
            let percent = 100.0 * (factor.get() - 1.0);
            let room = if percent < 0.5 {
                "demand has no room to grow".into()
            } else {
                format!("demand may grow by {percent:.0} %")
            };
            format!("{room} before a promise breaks; then {}", plan.growth_breaks)
        }
        None => "a promise is broken already".into(),
    }
}

/// Which resource asks for how many machines.
pub(super) fn what_binds(plan: &Plan) -> Vec<Block> {
    let lines: Vec<String> = plan
        .parts
        .iter()
        .filter_map(|(name, part)| {
            let fleet = part.fleet()?;
            let after = fleet
                .stressed
                .iter()
                .filter(|c| c.used() >= 0.005)
                .map(|c| format!("{} {:.0} %", c.resource.phrase(), 100.0 * c.used()));
            let after: Vec<String> = after.collect();
            let loss = if fleet.carrying < fleet.machines {
                format!(" ({} of {} left)", fleet.carrying, fleet.machines)
            } else {
                String::new()
            };
            let asks: Vec<String> = fleet.least.iter().map(|(r, n)| format!("{} for {n}", r.phrase())).collect();
            let asks = if part.is_one_machine() {
                "one machine answers".to_owned()
            } else {
                format!("asked for by {}", asks.join(", "))
            };
            Some(format!("{name}: {asks}; busiest machine{loss}: {}", after.join(", ")))
        })
        .collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

/// The steps of the horizon.
pub(super) fn growth(answer: &PlanAnswer) -> Vec<Block> {
    let months = &answer.chosen.months;
    let (Some(first), Some(last)) = (months.totals.first(), months.totals.last()) else { return Vec::new() };
    if months.totals.len() < 2 {
        return Vec::new();
    }
    let count = months.totals.len();
    let mut lines = vec![format!("month 1: {first}, month {count}: {last}, all {count} months: {}", months.total())];
    let told = if months.steps.len() > MOST_STEPS { STEPS_OF_MANY } else { MOST_STEPS };
    let step = |s: &Step| format!("month {}: {} {}", s.month + 1, s.component, s.change);
    lines.extend(months.steps.iter().take(told).map(step));
    if let (Some(last), n @ 1..) = (months.steps.last(), months.steps.len().saturating_sub(told)) {
        lines.push(format!("and {n} more steps, the last in {}", step(last)));
    }
    if let Some(end) = &months.ends {
        lines.push(format!("month {}: nothing on offer carries {}; {}", end.month + 1, end.component, end.why));
    } else if months.steps.is_empty() {
        lines.push("no change of size is needed within the horizon".into());
    }
    vec![growth_chart(months), Block::List(lines)]
}

/// Steps of size that are told one by one; of more only the first few, since the chart and JSON have all.
const MOST_STEPS: usize = 9;
const STEPS_OF_MANY: usize = 5;

/// Each month's bill, with the steps of size.
fn growth_chart(months: &Months) -> Block {
    let count = u32::try_from(months.totals.len()).expect("a horizon is counted in u32");
    let mark =
        |step: &Step| Mark { line: 0, at: step.month as usize, label: format!("{} {}", step.component, step.change) };
    Block::Chart(Chart {
        title: "The bill of each month".into(),
        measured: "US dollars a month".into(),
        plot: Plot::Lines {
            along: Axis { name: "month".into(), at: (1..=count).map(Cell::from).collect() },
            lines: vec![Line::of("the chosen plan", months.totals.iter().copied())],
            marks: months.steps.iter().map(mark).collect(),
            guides: Vec::new(),
        },
    })
}

/// Refused options, by component and reason, each with the option that came nearest.
pub(super) fn refused(answer: &PlanAnswer) -> Vec<Block> {
    let mut groups: BTreeMap<(&str, &str, String), Vec<&Refused>> = BTreeMap::new();
    for refused in &answer.refused {
        groups.entry((&refused.place, &refused.component, reason(refused))).or_default().push(refused);
    }
    let many_places = answer.refused.iter().any(|r| r.place != answer.chosen.place.to_string());
    let mut lines: Vec<String> = groups
        .into_iter()
        .map(|((place, component, reason), group)| {
            let nearest = nearest(&group);
            let place = if many_places { format!("{place} ") } else { String::new() };
            format!("{place}{component}: {}", group_line(&reason, group.len(), nearest))
        })
        .collect();
    lines.extend(answer.no_plan_in.iter().map(PlanRefusal::to_string));
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}

/// One option with its reason, or how many there are and the one that came nearest.
pub(super) fn group_line(reason: &str, count: usize, nearest: &Refused) -> String {
    match count {
        1 => format!("{}: {}", nearest.option, nearest.why),
        n => format!("{n} options for {reason}, the nearest {}: {}", nearest.option, nearest.why),
    }
}

/// What an option failed for, in the words that group it.
pub(super) fn reason(refused: &Refused) -> String {
    refused.why.resource().map_or_else(|| excluded_group(refused), |r| r.phrase().to_owned())
}

fn excluded_group(refused: &Refused) -> String {
    use crate::sizing::{Exclusion, Refusal};
    match &refused.why {
        Refusal::Excluded(why) => match why {
            Exclusion::Accelerators(_) => "accelerators".into(),
            Exclusion::Burstable => "processor credits".into(),
            Exclusion::Architecture(_) => "architecture".into(),
            Exclusion::NoPrice(_) => "lack of a price".into(),
            Exclusion::SlowFirstByte(_) => "slow first bytes".into(),
            Exclusion::NoVolume => "lack of a disk".into(),
            Exclusion::OneZone => "being in one zone".into(),
            Exclusion::NotInterruptible => "interruption".into(),
            Exclusion::TooFewPartitions { .. } => "too few partitions".into(),
            Exclusion::NotAsked(_) => "not being asked for".into(),
        },
        other => other.kind().into(),
    }
}

/// The option that needs the smallest multiple of what it has; by name on a tie.
pub(super) fn nearest<'r>(group: &[&'r Refused]) -> &'r Refused {
    let short = |r: &Refused| {
        r.why.needs_and_has().map_or(f64::INFINITY, |(needs, has)| {
            let ratio = needs.base() / has.base();
            if ratio < 1.0 { 1.0 / ratio } else { ratio }
        })
    };
    group
        .iter()
        .min_by(|a, b| short(a).total_cmp(&short(b)).then_with(|| a.option.cmp(&b.option)))
        .expect("groups are not empty")
}

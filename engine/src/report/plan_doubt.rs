//! The part of the plan report about how sure it is. Empty where nothing is uncertain.
use super::{Block, Cell, Chart, Column, Meta, Plot, Point, Table};
use crate::choice::{Band, Coverage, implied_ratio};
use crate::plan::{FrontierPoint, Plan, PlanAnswer, RuleOf, Tie};
use crate::units::{Money, Share};

/// Whether anything was drawn.
pub(super) const fn is_uncertain(answer: &PlanAnswer) -> bool {
    answer.worlds > 1
}

/// How many worlds hold, what the money may come to, why promises break, and the frontier.
pub(super) fn how_sure(answer: &PlanAnswer, meta: &Meta) -> Vec<Block> {
    if !is_uncertain(answer) {
        return Vec::new();
    }
    let plan = &answer.chosen;
    let mut lines = vec![drawn(answer, meta), covered(answer), money(plan)];
    lines.extend(
        plan.months
            .over
            .filter(|_| plan.months.totals.len() > 1)
            .map(|band| format!("{} over {} months, {}", band.mean, plan.months.totals.len(), between(band))),
    );
    lines.extend(breaks(plan));
    lines.push(rule(answer));
    lines.extend(ties(answer));
    let mut blocks = vec![Block::List(lines)];
    if answer.frontier.len() > 1 {
        blocks.push(Block::Chart(frontier_chart(answer)));
        blocks.push(Block::Table(frontier(answer)));
    }
    blocks
}

fn drawn(answer: &PlanAnswer, meta: &Meta) -> String {
    let ranges = answer.workload.uncertain().len();
    let together = match answer.workload.correlated().len() {
        0 => ", taken as independent of each other".to_owned(),
        1 => ", 1 pair correlated as stated".to_owned(),
        n => format!(", {n} pairs correlated as stated"),
    };
    let ranges = if ranges == 1 { "1 range".to_owned() } else { format!("{ranges} ranges") };
    format!("{} worlds drawn from {ranges}{together} (seed {})", grouped(answer.worlds), meta.seed)
}

fn covered(answer: &PlanAnswer) -> String {
    let Coverage { held, worlds } = answer.chosen.doubt.coverage;
    let confidence = answer.options.confidence;
    let least = answer.chosen.doubt.coverage.at_least(confidence);
    let latency = if answer.workload.promises.latency.is_empty() {
        String::new()
    } else {
        format!("; a latency promise is missed in {}", percent(answer.chosen.doubt.missed.share()))
    };
    format!(
        "every promise holds in {} of {} worlds, {} (at least {} with {confidence} confidence){latency}",
        grouped(held),
        grouped(worlds),
        percent(answer.chosen.doubt.coverage.share()),
        percent(least),
    )
}

fn money(plan: &Plan) -> String {
    let month = plan.doubt.month;
    if month.p10 == month.p90 {
        return format!("{} a month in every world: nothing that varies is charged for", month.mean);
    }
    format!("{} a month is the mean over the worlds, {}", month.mean, between(month))
}

fn between(band: Band<Money>) -> String {
    format!("{} to {} in eight worlds of ten", band.p10, band.p90)
}

/// Why promises break, the most frequent first.
fn breaks(plan: &Plan) -> Option<String> {
    const TOLD: usize = 4;
    let all = &plan.doubt.breaks;
    let first = all.first()?;
    let each: Vec<String> = all.iter().take(TOLD).map(|b| format!("{} in {}", b.what, grouped(b.worlds))).collect();
    let more = if all.len() > TOLD { format!(" and {} more", all.len() - TOLD) } else { String::new() };
    Some(format!("where a promise breaks, this is first: {}{more}; for example {}", each.join(", "), first.example))
}

/// Plans between which so many draws cannot decide.
fn ties(answer: &PlanAnswer) -> Option<String> {
    let (first, last) = (answer.ties.first()?, answer.ties.last()?);
    let told = |tie: &Tie| format!("{}: {} a month, covers {}", tie.runs, tie.month, percent(tie.coverage.share()));
    let others = if first == last { told(first) } else { format!("{}; or up to {}", told(first), told(last)) };
    let (draws, confidence) = (grouped(answer.worlds), answer.options.confidence);
    Some(format!("{draws} draws cannot tell with {confidence} confidence whether it is not rather {others}"))
}

/// What made this plan the chosen one.
fn rule(answer: &PlanAnswer) -> String {
    let options = &answer.options;
    match options.rule {
        RuleOf::Coverage => {
            let reached = answer.chosen.doubt.coverage.share() >= options.coverage;
            let what = format!("{} of the worlds", options.coverage);
            if reached {
                let times = implied_ratio(options.coverage).round();
                format!(
                    "chosen as the cheapest that covers {what}: right where a machine too few costs {times} times one too many"
                )
            } else {
                format!("nothing that was weighed covers {what}: this covers the most")
            }
        }
        RuleOf::Regret => format!("chosen for the least regret, a broken promise priced at {}", miss(answer)),
        RuleOf::Careful => format!(
            "chosen for the least mean of the worst {} of the worlds, a broken promise priced at {}",
            options.worst,
            miss(answer)
        ),
    }
}

fn miss(answer: &PlanAnswer) -> String {
    answer.miss.map_or_else(String::new, |m| format!("{m} a month"))
}

/// Cost against risk against carbon: what nothing beats in all.
fn frontier(answer: &PlanAnswer) -> Table {
    let columns = vec![
        Column::numbers("a month"),
        Column::numbers("P10"),
        Column::numbers("P90"),
        Column::numbers("covers"),
        Column::numbers("late"),
        Column::numbers("CO2e"),
        Column::words("what runs"),
    ];
    let rows = answer.frontier.iter().map(|point| {
        let chosen = if point.plan == answer.chosen.id { " (chosen)" } else { "" };
        let of = path_of(answer, &point.plan);
        let explained = |cell: Cell, field: &str| match &of {
            Some(of) => cell.explained(format!("{of}.{field}")),
            None => cell,
        };
        vec![
            explained(point.month.mean.into(), "cost.usd_per_month.mean"),
            explained(point.month.p10.into(), "cost.usd_per_month.p10"),
            explained(point.month.p90.into(), "cost.usd_per_month.p90"),
            explained(percent(point.coverage.share()).into(), "coverage_share"),
            explained(percent(point.missed.share()).into(), "slo_miss_share"),
            explained(point.emitted.map_or(Cell::Unknown, |band| band.mean.into()), "carbon.grams_co2e_per_month.mean"),
            format!("{}{chosen}", point.runs).into(),
        ]
    });
    Table::of(columns, rows)
}

/// Where the derivations of a plan of the answer stand; none for one that only the frontier tells.
fn path_of(answer: &PlanAnswer, id: &str) -> Option<String> {
    if id == answer.chosen.id {
        return Some(id.to_owned());
    }
    let at = answer.alternatives.iter().position(|plan| plan.id == id)?;
    Some(format!("alternatives.{at}"))
}

/// The same, drawn.
fn frontier_chart(answer: &PlanAnswer) -> Chart {
    let point = |point: &FrontierPoint| Point {
        label: point.runs.clone(),
        across: point.month.mean.into(),
        range: Some([point.month.p10.into(), point.month.p90.into()]),
        up: point.coverage.share().rest().into(),
        hue: point.emitted.map(|band| band.mean.into()),
        remark: (point.plan == answer.chosen.id).then_some("chosen"),
    };
    Chart {
        title: "Cost against risk, of what nothing beats".into(),
        measured: "share of the worlds in which a promise breaks".into(),
        plot: Plot::Points {
            across: "US dollars a month, from P10 to P90".into(),
            hues: "CO2e a month".into(),
            points: answer.frontier.iter().map(point).collect(),
        },
    }
}

/// What a plan covers, for a table of plans.
pub(super) fn covers(plan: &Plan) -> Cell {
    percent(plan.doubt.coverage.share()).into()
}

/// A share to a tenth of a per cent: all only where it is all.
fn percent(share: Share) -> String {
    let tenths = (share.as_percent() * 10.0).round() / 10.0;
    let capped = if tenths >= 100.0 && share < Share::ALL { 99.9 } else { tenths };
    format!("{capped:.1} %")
}

pub(super) fn grouped(n: usize) -> String {
    crate::units::Factor::of(n as f64).to_string()
}

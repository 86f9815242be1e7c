//! The plan answer's fields.
use super::number::{exact, number};
use super::{plan_carbon, plan_kinds_json};
use crate::choice::Band;
use crate::cost::{Bill, Line};
use crate::plan::{
    FrontierPoint, LatencyDivision, Part, Percentiles, Plan, PlanAnswer, PlanRefusal, StoreFleet, StreamFleet,
};
use crate::sizing::{Check, Fleet, NodeDisk, Refused, VolumeFit};
use crate::units::{Money, Share, Span};
use serde_json::{Map, Value, json};

pub(super) fn answer(answer: &PlanAnswer) -> Value {
    let plan = |p: &Plan| self::plan(p, answer.options.confidence);
    json!({
        "chosen": plan(&answer.chosen),
        "alternatives": answer.alternatives.iter().map(plan).collect::<Vec<_>>(),
        "current": answer.current.as_ref().map(plan),
        "autoscaling": plan_kinds_json::autoscaling(answer),
        "cache_sizes": plan_kinds_json::cache_sizes(answer),
        "without_cache": plan_kinds_json::without_cache(answer),
        "refused": answer.refused.iter().map(refused).collect::<Vec<_>>(),
        "no_plan_in": answer.no_plan_in.iter().map(refusal).collect::<Vec<_>>(),
        "frontier": answer.frontier.iter().map(frontier).collect::<Vec<_>>(),
        "latency_curve": answer.latency_curve.as_ref().map(super::plan_curve::json),
        "choice": choice(answer),
        "sensitivity": answer.sensitivity.as_ref().map(super::plan_matters::json),
    })
}

/// How doubt was dealt with.
fn choice(answer: &PlanAnswer) -> Value {
    let options = &answer.options;
    json!({
        "worlds": answer.worlds,
        "rule": options.rule.name(),
        "target_coverage_share": options.coverage.as_part(),
        "confidence_share": options.confidence.as_part(),
        "miss_usd_per_month": answer.miss.map(exact),
        "worst_share": options.worst.as_part(),
        "ties": answer.ties.iter().map(|tie| json!({
            "runs": tie.runs,
            "usd_per_month": exact(tie.month),
            "coverage_share": tie.coverage.share().as_part(),
        })).collect::<Vec<_>>(),
        "uncertain": answer.workload.uncertain().into_iter().map(|u| u.path).collect::<Vec<_>>(),
    })
}

/// A plan that nothing beats in cost, risk and carbon together.
fn frontier(point: &FrontierPoint) -> Value {
    json!({
        "usd_per_month": exact(point.month.mean),
        "band": band(point.month),
        "coverage_share": point.coverage.share().as_part(),
        "slo_miss_share": point.missed.share().as_part(),
        "grams_co2e_per_month": point.emitted.map(|band| band.mean.as_grams()),
        "plan": if point.plan.is_empty() { Value::Null } else { json!(point.plan) },
        "runs": point.runs,
    })
}

pub(super) fn band(band: Band<Money>) -> Value {
    json!({"mean": exact(band.mean), "p10": exact(band.p10), "p50": exact(band.p50), "p90": exact(band.p90)})
}

/// One plan.
fn plan(plan: &Plan, confidence: Share) -> Value {
    let doubt = &plan.doubt;
    json!({
        "id": plan.id,
        "differs": plan.differs,
        "provider": plan.place.provider.name(),
        "region": plan.place.region.0,
        "components": plan.parts.iter().map(|(name, part)| {
            component(&name.0, part, plan.component_latency.get(name).copied().unwrap_or_default())
        }).collect::<Vec<_>>(),
        "cost": {
            "usd_per_month": band(doubt.month),
            "usd_over_horizon": if plan.months.ends.is_none() { band(plan.months.band()) } else { Value::Null },
            "usd_per_million_requests": doubt.million_requests.map(band),
            "usd_per_gb_stored_month": plan.unit_cost.gb_stored.map(exact),
            "list_usd_per_month": exact(plan.bill.list_total()),
            "contracted_usd_per_month": exact(plan.bill.contracted_total()),
            "upfront_usd": exact(plan.upfront),
            "lines": plan.bill.lines.iter().map(line).collect::<Vec<_>>(),
            "unknown": unknown(&plan.bill),
            "months": plan.months.totals.iter().zip(&plan.months.machines).enumerate().map(|(i, (total, machines))| {
                json!({"month": i + 1, "usd": exact(*total), "machines": machines})
            }).collect::<Vec<_>>(),
        },
        "latency": {
            "calm": percentiles(plan.latency.calm),
            "after_loss": percentiles(plan.latency.stressed),
            "after_loss_if_slow_together_p99_seconds": seconds(plan.latency.slow_together),
        },
        "latency_budget": plan.latency_division.as_ref().map(latency_budget),
        "coverage_share": doubt.coverage.share().as_part(),
        "coverage_at_least_share": doubt.coverage.at_least(confidence).as_part(),
        "slo_miss_share": doubt.missed.share().as_part(),
        "monte_carlo_error_share": doubt.coverage.error().as_part(),
        "breaks_in": doubt.breaks.iter().map(|b| json!({"what": b.what, "worlds": b.worlds, "example": b.example}))
            .collect::<Vec<_>>(),
        "breaks": plan.breaks,
        "growth_left": plan.growth_left.map(|f| f.get()),
        "growth_breaks": plan.growth_breaks,
        "grows_on": plan.months.steps.iter().map(|s| {
            json!({"month": s.month + 1, "component": s.component.0, "change": s.change})
        }).collect::<Vec<_>>(),
        "horizon_ends": plan.months.ends.as_ref().map(|end| {
            json!({"month": end.month + 1, "component": end.component.0, "why": end.why})
        }),
        "carbon": plan_carbon::json(&doubt.carbon),
    })
}

/// The promise divided over the hops.
fn latency_budget(division: &LatencyDivision) -> Value {
    json!({
        "promise": division.promise.name(),
        "within_seconds": division.promise.within.as_seconds(),
        "takes_seconds": seconds(division.takes),
        "hops": division.hops.iter().map(|hop| json!({
            "component": hop.name.0,
            "visits": hop.visits.get(),
            "own_seconds": seconds(hop.own),
            "budget_seconds": hop.budget.as_seconds(),
            "share": hop.share.as_part(),
            "buys_usd_per_month_per_millisecond": hop.buys.map(exact),
            "saves_usd_per_month_per_millisecond": hop.gives.map(exact),
            "milliseconds_per_millisecond_of_a_visit": hop.felt.get(),
            "faster_visit_saves_usd_per_month_per_millisecond": exact(hop.millisecond_saves),
        })).collect::<Vec<_>>(),
        "moved": division.moved.iter().map(|moved| json!({
            "within_seconds": moved.within.as_seconds(),
            "difference_usd_per_month": moved.difference.map(exact),
        })).collect::<Vec<_>>(),
        "cheapest_parts_usd_per_month": exact(division.cheapest),
        "gap_share": division.gap.as_part(),
        "most_saved_at": division.most_saved_at.as_ref().map(|name| name.0.as_str()),
    })
}

fn component(name: &str, part: &Part, latency: Percentiles) -> Value {
    let fleet = part.fleet();
    let mut fields = Map::new();
    let mut set = |key: &str, value: Value| fields.insert(key.to_owned(), value);
    set("name", json!(name));
    set("kind", json!(part.kind()));
    set("option", json!(part.option()));
    set("shape", json!(fleet.map(|f| f.shape.name.0.clone())));
    set("family", json!(part.family()));
    set("architecture", json!(part.architecture().map(|a| a.name())));
    set("count", json!(fleet.map(|f| f.machines)));
    set("zones", json!(fleet.map(|f| f.zones)));
    set("carrying_after_loss", json!(fleet.map(|f| f.carrying)));
    set("purchase", json!(fleet.map(|f| f.purchase.name())));
    set("bound_by", json!(fleet.map(|f| f.bound_by().name())));
    set("runner_up", json!(fleet.and_then(Fleet::runner_up).map(|(r, n)| json!({"resource": r.name(), "count": n}))));
    set(
        "least",
        Value::Object(
            fleet.map_or_else(Map::new, |f| f.least.iter().map(|(r, n)| (r.name().to_owned(), json!(n))).collect()),
        ),
    );
    set("utilization", shares(fleet.map_or(&[], |f| &f.calm)));
    set("utilization_after_loss", shares(fleet.map_or(&[], |f| &f.stressed)));
    set("unchecked", json!(part.unchecked()));
    set("latency", percentiles(latency));
    set("disks", disks(part));
    if let Some(own) = plan_kinds_json::of(part) {
        set(part.kind(), own);
    }
    Value::Object(fields)
}

fn shares(checks: &[Check]) -> Value {
    Value::Object(checks.iter().map(|c| (c.resource.name().to_owned(), json!(c.used()))).collect())
}

fn disks(part: &Part) -> Value {
    let volume = |v: &VolumeFit, nodes: u32| {
        json!([{
            "volume": v.volume,
            "per_node": v.count,
            "nodes": nodes,
            "bytes_per_node": v.size.as_bytes(),
            "extra_iops_per_node": v.extra_iops.as_per_second(),
            "extra_bytes_per_second_per_node": v.extra_throughput.as_bytes_per_second(),
        }])
    };
    match part {
        Part::Store(StoreFleet { disk: NodeDisk::Volume(v), fleet, .. })
        | Part::Stream(StreamFleet { disk: NodeDisk::Volume(v), fleet, .. }) => volume(v, fleet.machines),
        Part::Store(StoreFleet { disk: NodeDisk::Local(size), fleet, .. })
        | Part::Stream(StreamFleet { disk: NodeDisk::Local(size), fleet, .. }) => {
            json!([{"volume": "local", "nodes": fleet.machines, "bytes_per_node": size.as_bytes()}])
        }
        Part::Managed { managed, .. } => volume(&managed.storage, 1),
        Part::Object(fit) => {
            json!([{"class": fit.class.name, "bytes": fit.stored.as_bytes(), "objects": fit.objects.get()}])
        }
        Part::Service(_) | Part::Edge | Part::Cache(_) | Part::Batch(_) => json!([]),
    }
}

fn line(line: &Line) -> Value {
    json!({
        "component": line.component.0,
        "driver": line.driver.name(),
        "sku": line.sku,
        "tier": line.tier,
        "quantity": number(&line.quantity.exact()),
        "unit": line.unit,
        "list_unit_price_usd": exact(line.list),
        "contracted_unit_price_usd": exact(line.contracted),
        "unit_price_usd": exact(line.effective),
        "list_usd_per_month": exact(line.list_amount()),
        "contracted_usd_per_month": exact(line.contracted_amount()),
        "usd_per_month": exact(line.amount),
        "table": &*line.provenance.table,
        "source": &*line.provenance.source,
        "as_of": line.provenance.as_of.to_string(),
        "derived": line.provenance.derived,
    })
}

fn unknown(bill: &Bill) -> Vec<Value> {
    let one = |u: &crate::cost::Unknown| json!({"component": u.component.0, "driver": u.driver.name(), "quantity": u.quantity, "why": u.why});
    bill.unknown.iter().map(one).collect()
}

fn percentiles(p: Percentiles) -> Value {
    json!({"p50_seconds": seconds(p.p50), "p95_seconds": seconds(p.p95), "p99_seconds": seconds(p.p99)})
}

fn seconds(span: Option<Span>) -> Value {
    json!(span.map(Span::as_seconds))
}

fn refused(refused: &Refused) -> Value {
    let measures = refused.why.needs_and_has();
    json!({
        "place": refused.place,
        "option": refused.option,
        "component": refused.component,
        "kind": refused.why.kind(),
        "reason": refused.why.to_string(),
        "resource": refused.why.resource().map(|r| r.name()),
        "needs": measures.map(|(needs, _)| needs.base()),
        "has": measures.map(|(_, has)| has.base()),
        "unit": measures.map(|(needs, _)| needs.unit()),
    })
}

/// A refusal with its numbers.
pub(super) fn refusal(refusal: &PlanRefusal) -> Value {
    let mut fields = Map::new();
    fields.insert("kind".into(), json!(refusal.kind()));
    fields.insert("message".into(), json!(refusal.to_string()));
    match refusal {
        PlanRefusal::NothingFits { place, component, refused: options } => {
            fields.insert("place".into(), json!(place.to_string()));
            fields.insert("component".into(), json!(component.0));
            fields.insert("refused".into(), options.iter().map(self::refused).collect());
        }
        PlanRefusal::UnknownName { place, component, name, nearest } => {
            fields.insert("place".into(), json!(place.to_string()));
            fields.insert("component".into(), json!(component.0));
            fields.insert("name".into(), json!(name));
            fields.insert("nearest".into(), json!(nearest));
        }
        PlanRefusal::OutOfReach { place, promise, takes } => {
            fields.insert("place".into(), json!(place.to_string()));
            fields.insert("promise".into(), json!(promise.name()));
            fields.insert("within_seconds".into(), json!(promise.within.as_seconds()));
            fields.insert("takes_seconds".into(), json!(takes.as_seconds()));
        }
        PlanRefusal::Correlations(inconsistent) => {
            fields.insert("largest_part".into(), json!(inconsistent.largest));
        }
        PlanRefusal::Nowhere(all) => {
            fields.insert("places".into(), all.iter().map(self::refusal).collect());
        }
    }
    Value::Object(fields)
}

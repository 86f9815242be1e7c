//! The fields of a plan under changes: those of the plan, `sweep` and `seek`.
use super::number::exact;
use super::plan_json;
use crate::choice::Band;
use crate::plan::PlanRefusal;
use crate::scenario::{
    EventAnswer, Limit, Measure, NoPlan, Probe, ScenarioAnswer, ScenarioRefusal, SeekAnswer, SeekRefusal, SweepAnswer,
    Tried, Why,
};
use crate::units::{Money, Span};
use serde_json::{Map, Value, json};

pub(super) fn answer(answer: &ScenarioAnswer) -> Value {
    let mut fields = match answer.plan.as_ref().map(|plan| plan_json::answer(plan)) {
        Some(Value::Object(fields)) => fields,
        _ => Map::from_iter([("chosen".to_owned(), Value::Null)]),
    };
    if !answer.events.is_empty() {
        fields.insert("events".into(), answer.events.iter().map(event).collect());
        let with = answer.with_events;
        let whole = json!(with.map(|with| exact(with.for_whole_months)));
        fields.insert("usd_over_horizon_with_changes".into(), whole);
        let days = json!(with.map(|with| exact(with.for_the_days)));
        fields.insert("usd_over_horizon_with_changes_for_the_days".into(), days);
    }
    if let Some(sweep) = &answer.sweep {
        fields.insert("sweep".into(), self::sweep(sweep));
    }
    if let Some(seek) = &answer.seek {
        fields.insert("seek".into(), self::seek(seek));
    }
    Value::Object(fields)
}

fn event(event: &EventAnswer) -> Value {
    let mut fields = Map::new();
    fields.insert("names".into(), json!(event.names));
    fields.insert("changes".into(), json!(event.does));
    fields.insert("months".into(), json!(event.months.iter().map(|month| month + 1).collect::<Vec<_>>()));
    fields.insert("days".into(), json!(event.days));
    fields.extend(outcome(&event.outcome, refused));
    fields.insert("without_usd_per_month".into(), json!(event.without.map(exact)));
    fields.insert("extra_usd_per_month".into(), json!(event.extra().map(exact)));
    fields.insert("extra_usd_for_the_days".into(), json!(event.extra_for_the_days().map(exact)));
    fields.insert("breaks_without".into(), json!(event.breaks));
    fields.insert("carried_share".into(), json!(event.carried.share().as_part()));
    Value::Object(fields)
}

fn sweep(sweep: &SweepAnswer) -> Value {
    let axis = |axis: &crate::scenario::Axis| {
        let value = |value: &crate::scenario::Setting| json!({"shown": value.shown, "value": value.number});
        json!({"path": axis.path, "values": axis.values.iter().map(value).collect::<Vec<_>>()})
    };
    let stop = |stop: &crate::scenario::Stop| {
        let at = stop.at.iter().zip(&sweep.axes).map(|(at, axis)| (axis.path.clone(), json!(axis.values[*at].shown)));
        let mut fields = Map::from_iter([("at".to_owned(), Value::Object(at.collect()))]);
        fields.extend(outcome(&stop.outcome, no_plan));
        fields.insert("changes".into(), json!(stop.changes));
        Value::Object(fields)
    };
    json!({
        "axes": sweep.axes.iter().map(axis).collect::<Vec<_>>(),
        "points": sweep.stops.iter().map(stop).collect::<Vec<_>>(),
    })
}

/// What a plan in few numbers says; all of it unknown where there is no plan, so that conditions can ask for it.
const PROBED: [&str; 14] = [
    "place",
    "components",
    "usd_per_month",
    "usd_over_horizon",
    "usd_per_million_requests",
    "coverage_share",
    "slo_miss_share",
    "grams_co2e_per_month",
    "p50_seconds",
    "p95_seconds",
    "p99_seconds",
    "machines",
    "growth_left",
    "unknown_charges",
];

/// The plan in few numbers, and why there is none.
fn outcome<E>(outcome: &Result<Probe, E>, why: impl Fn(&E) -> Value) -> Map<String, Value> {
    let (mut fields, refusal) = match outcome {
        Ok(probe) => (self::probe(probe), Value::Null),
        Err(error) => (PROBED.map(|name| (name.to_owned(), Value::Null)).into_iter().collect(), why(error)),
    };
    fields.insert("refusal".into(), refusal);
    fields
}

fn refused(refusal: &PlanRefusal) -> Value {
    json!({"kind": refusal.kind(), "message": refusal.to_string()})
}

fn no_plan(why: &NoPlan) -> Value {
    match why {
        NoPlan::Refused(refusal) => refused(refusal),
        NoPlan::Unreadable(what) => json!({"kind": "unreadable", "message": what}),
    }
}

fn probe(probe: &Probe) -> Map<String, Value> {
    let band = |band: Band<Money>| plan_json::band(band);
    let seconds = |span: Option<Span>| json!(span.map(Span::as_seconds));
    let components =
        probe.fleets.iter().map(|(name, (count, option))| json!({"name": name.0, "count": count, "option": option}));
    let Value::Object(fields) = json!({
        "place": probe.place,
        "components": components.collect::<Vec<_>>(),
        "usd_per_month": band(probe.month),
        "usd_over_horizon": probe.horizon.map(band),
        "usd_per_million_requests": probe.million.map(band),
        "coverage_share": probe.coverage.share().as_part(),
        "slo_miss_share": probe.missed.share().as_part(),
        "grams_co2e_per_month": probe.emitted.map(|band| band.mean.as_grams()),
        "p50_seconds": seconds(probe.latency.p50),
        "p95_seconds": seconds(probe.latency.p95),
        "p99_seconds": seconds(probe.latency.p99),
        "machines": probe.machines(),
        "growth_left": probe.growth_left.map(|factor| factor.get()),
        "unknown_charges": probe.unknown,
    }) else {
        unreachable!("an object literal is an object")
    };
    fields
}

fn tried(tried: &Tried) -> Value {
    let mut fields = Map::new();
    fields.insert("value".into(), json!(tried.value));
    fields.insert("shown".into(), json!(tried.shown));
    fields.insert("holds".into(), json!(tried.holds));
    fields.extend(outcome(&tried.outcome, refused));
    Value::Object(fields)
}

fn goals(goals: &[crate::scenario::Goal]) -> Value {
    let goal = |goal: &crate::scenario::Goal| {
        let bound = match goal.bound {
            crate::scenario::Bound::AtMost => "at_most",
            crate::scenario::Bound::AtLeast => "at_least",
        };
        json!({"measure": goal.measure.name(), "bound": bound, "limit": goal.limit})
    };
    goals.iter().map(goal).collect()
}

/// Where there is no further.
fn limit(limit: &Limit) -> Value {
    let (why, message) = match &limit.why {
        Why::Asked => ("asked", None),
        Why::Unreadable(what) => ("unreadable", Some(what)),
        Why::Far => ("far", None),
    };
    json!({"value": limit.at, "shown": limit.shown, "why": why, "message": message})
}

fn seek(seek: &SeekAnswer) -> Value {
    json!({
        "path": seek.path,
        "goals": goals(&seek.goals),
        "direction": seek.direction.word(),
        "value": seek.found.value,
        "shown": seek.found.shown,
        "stood": seek.stood,
        "found": tried(&seek.found),
        "beyond": seek.beyond.as_ref().map(tried),
        "limit": limit(&seek.limit),
        "planned_as_promises": goals(&seek.promised),
        "probes": seek.probes.iter().map(tried).collect::<Vec<_>>(),
        "monotone": seek.is_monotone,
    })
}

/// A refusal with its numbers.
pub(super) fn refusal(refusal: &ScenarioRefusal) -> Value {
    let with = |kind: &str, more: Value| {
        let mut fields = Map::from_iter([
            ("kind".to_owned(), json!(kind)),
            ("message".to_owned(), json!(super::scenario::message(refusal))),
        ]);
        if let Value::Object(more) = more {
            fields.extend(more);
        }
        Value::Object(fields)
    };
    match refusal {
        ScenarioRefusal::Plan(refusal) => plan_json::refusal(refusal),
        ScenarioRefusal::NoPoint(ends) => {
            let end = |(at, why): &(String, NoPlan)| {
                let refusal = match why {
                    NoPlan::Refused(refusal) => plan_json::refusal(refusal),
                    NoPlan::Unreadable(_) => no_plan(why),
                };
                json!({"at": at, "refusal": refusal})
            };
            with("no_point", json!({"ends": ends.iter().map(end).collect::<Vec<_>>()}))
        }
        ScenarioRefusal::Seek(SeekRefusal { path, goals: asked, ends, limits }) => {
            let measured = |tried: &Tried, measure: Measure| tried.outcome.as_ref().ok().and_then(|p| measure.of(p));
            let numbers = |tried: &Tried| {
                let each =
                    asked.iter().map(|goal| (goal.measure.name().to_owned(), json!(measured(tried, goal.measure))));
                Value::Object(each.collect())
            };
            let more = json!({
                "path": path,
                "goals": goals(asked),
                "ends": ends.iter().map(tried).collect::<Vec<_>>(),
                "limits": limits.iter().map(limit).collect::<Vec<_>>(),
                "measured": ends.iter().map(numbers).collect::<Vec<_>>(),
            });
            with("goal_not_reached", more)
        }
    }
}

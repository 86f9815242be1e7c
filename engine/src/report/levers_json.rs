//! The fields of levers, beside those of the plan.
use super::number::exact;
use super::plan_json::{self, band};
use crate::levers::{LeftOut, LeverEffect, LeversAnswer, LeversRefusal, Placed, Ranking, Step, Weighed};
use crate::units::{Mass, Span};
use serde_json::{Value, json};

/// The plan's fields, and `levers`.
pub(super) fn answer(answer: &LeversAnswer) -> Value {
    let mut fields = plan_json::answer(&answer.plan);
    let pulled: Vec<Value> = answer.pulled.iter().map(placed).collect();
    fields["levers"] = match &answer.ranking {
        Some(ranking) => self::ranking(ranking, &pulled),
        None => json!({ "pulled": pulled }),
    };
    fields
}

fn ranking(ranking: &Ranking, pulled: &[Value]) -> Value {
    json!({
        "pulled": pulled,
        "base_usd_per_month": band(ranking.base),
        "draws": ranking.draws,
        "day_cost_usd": exact(ranking.day_cost),
        "horizon_months": ranking.months,
        "ranked": ranking.weighed.iter().map(weighed).collect::<Vec<_>>(),
        "left_out": ranking.left_out.iter().map(left_out).collect::<Vec<_>>(),
        "interactions": ranking.interactions.iter().map(|pair| json!({
            "between": pair.between,
            "together_usd_per_month": exact(pair.together),
            "difference_usd_per_month": exact(pair.difference),
        })).collect::<Vec<_>>(),
        "order": ranking.order.iter().map(step).collect::<Vec<_>>(),
    })
}

/// A lever as it is known before it is weighed.
fn placed(placed: &Placed) -> Value {
    let lever = &placed.lever;
    json!({
        "lever": lever.name,
        "component": placed.on.as_ref().map(|on| on.0.as_str()),
        "title": lever.title,
        "effort_days": {"low": lever.effort.low, "mid": lever.effort.mid, "high": lever.effort.high},
        "risk": lever.risk.name(),
        "reversible": lever.undo.name(),
        "experience": lever.experience,
        "source": lever.source,
        "assumed": lever.is_assumed(),
        "measured": placed.measured,
    })
}

fn weighed(one: &Weighed) -> Value {
    let mut fields = placed(&one.placed);
    let seconds = |span: Option<Span>| json!(span.map(Span::as_seconds));
    let [before, after] = one.p99;
    fields["saves_usd_per_month"] = band(one.saves);
    fields["cost_usd"] = exact(one.cost);
    fields["payback_months"] = json!(one.payback);
    fields["return_ratio"] = json!(one.returns);
    fields["p99_before_seconds"] = seconds(before);
    fields["p99_after_seconds"] = seconds(after);
    fields["coverage_share"] = json!(one.coverage.share().as_part());
    let grams = |emitted: Option<Mass>| emitted.map(Mass::as_grams);
    let [before, after] = one.emitted.map(grams);
    fields["grams_co2e_per_month"] = json!(before.zip(after).map(|(before, after)| after - before));
    fields["pays"] = json!(one.pays);
    fields["effects"] = one.effects.iter().map(effect).collect();
    fields
}

fn effect(effect: &LeverEffect) -> Value {
    let by = json!({"low": effect.by.low, "mid": effect.by.mid, "high": effect.by.high});
    let kind = if effect.is_factor { "times" } else { "plus" };
    json!({"path": effect.path, kind: by})
}

fn step(step: &Step) -> Value {
    json!({
        "lever": step.lever,
        "adds_usd_per_month": exact(step.adds),
        "usd_per_month": band(step.month),
        "cost_usd": exact(step.cost),
        "payback_months": step.payback,
        "pays": step.pays,
    })
}

fn left_out(left: &LeftOut) -> Value {
    json!({"lever": left.name, "component": left.on.as_ref().map(|on| on.0.as_str()), "why": left.why})
}

/// A refusal with its reasons.
pub(super) fn refusal(refusal: &LeversRefusal) -> Value {
    match refusal {
        LeversRefusal::Plan(plan) => plan_json::refusal(plan),
        LeversRefusal::NotHere(all) => json!({
            "kind": "lever_does_not_apply",
            "message": refusal.to_string(),
            "left_out": all.iter().map(left_out).collect::<Vec<_>>(),
        }),
    }
}

//! The answer about sizes as the contract writes it.
use super::number::exact;
use crate::rightsizing::{
    Advice, Need, PresetScore, Requests, Resized, RightsizeAnswer, RightsizeRefusal, Saving, Sized,
};
use crate::telemetry::Reading;
use crate::units::{Compute, Data, Money, Share};
use serde_json::{Value, json};

/// The content of `answer`.
pub(super) fn answer(answer: &RightsizeAnswer) -> Value {
    json!({
        "resources": answer.resources.iter().map(resource).collect::<Vec<_>>(),
        "presets": answer.presets.iter().map(preset).collect::<Vec<_>>(),
        "saves_usd_per_month": money(answer.saves()),
        "quality": quality(&answer.reading),
        "assumptions": {
            "cpu_headroom_share": answer.options.cpu_headroom.as_part(),
            "headroom_share": answer.options.headroom.as_part(),
            "most_risk_share": part(answer.options.most_risk),
            "period_seconds": answer.options.period.as_seconds(),
            "fitted_share": answer.options.fitted.as_part(),
        },
    })
}

/// The content of `refusal`.
pub(super) fn refusal(refusal: &RightsizeRefusal) -> Value {
    let (kind, message) = (refusal.kind(), refusal.to_string());
    match refusal {
        RightsizeRefusal::NothingMeasured { series } => json!({ "kind": kind, "message": message, "series": series }),
        RightsizeRefusal::NothingInCommon { held, measured, examples } => json!({
            "kind": kind, "message": message, "held": held, "measured": measured,
            "held_example": examples.0, "measured_example": examples.1,
        }),
    }
}

fn resource(r: &Resized) -> Value {
    json!({
        "id": r.name.0,
        "place": r.place.as_ref().map(ToString::to_string),
        "finding": r.finding.word(),
        "why": r.why,
        "current": r.current.as_ref().map(sized),
        "recommended": r.recommended.as_ref().map(advice),
        "options": r.options.iter().map(advice).collect::<Vec<_>>(),
        "saves_usd_per_month": money(r.saves.map(|s| s.effective)),
        "saves_list_usd_per_month": money(r.saves.map(|s| s.list)),
        "theoretical_usd_per_month": money(r.theoretical),
        "realizable": r.realizable,
        "risk_share": part(r.risk),
        "bound_by": r.bound_by.map(|dimension| dimension.word()),
        "unmeasured": r.unmeasured.iter().map(|dimension| dimension.word()).collect::<Vec<_>>(),
        "effort": r.recommended.as_ref().map(|advice| advice.effort.word()),
        "needs": r.needs.iter().map(need).collect::<Vec<_>>(),
        "spikes": r.spikes.map(|s| json!({ "steps": s.steps, "of": s.of, "peak_vcpus": s.peak.get() })),
        "measured_seconds": r.measured.as_seconds(),
        "per_request": r.per_request.map(|law| json!({
            "base_vcpus": law.base, "cpu_seconds": law.seconds, "r2": law.r2,
        })),
    })
}

fn need(need: &Need) -> Value {
    json!({
        "dimension": need.dimension.word(),
        "unit": need.needs.unit(),
        "mean": need.mean.base(),
        "peak": need.peak.base(),
        "expected": need.expected.base(),
        "headroom_share": need.headroom.as_part(),
        "needs": need.needs.base(),
        "has": need.has.map(crate::sizing::Measure::base),
    })
}

fn advice(advice: &Advice) -> Value {
    let Value::Object(mut object) = sized(&advice.size) else { unreachable!("a size is an object") };
    let Value::Object(more) = json!({
        "saves_usd_per_month": money(advice.saves.map(|s: Saving| s.effective)),
        "saves_list_usd_per_month": money(advice.saves.map(|s| s.list)),
        "risk_share": part(advice.risk),
        "bound_by": advice.bound_by.word(),
        "effort": advice.effort.word(),
    }) else {
        unreachable!("an object literal is an object")
    };
    object.extend(more);
    Value::Object(object)
}

fn sized(size: &Sized) -> Value {
    match size {
        Sized::Machines { shape, count, purchase, list, billed, provenance } => json!({
            "shape": shape,
            "count": count,
            "purchase": purchase.name(),
            "list_usd_per_month": money(*list),
            "billed_usd_per_month": money(*billed),
            "price": provenance.as_ref().map(|p| json!({ "table": &*p.table, "source": &*p.source, "as_of": p.as_of.to_string() })),
        }),
        Sized::Container { requests, copies, list } => json!({
            "requests": asked(requests),
            "count": copies,
            "list_usd_per_month": money(*list),
        }),
    }
}

fn asked(requests: &Requests) -> Value {
    json!({
        "cpu_vcpus": requests.cpu.map(Compute::as_vcpus),
        "cpu_limit_vcpus": requests.cpu_limit.map(Compute::as_vcpus),
        "memory_bytes": requests.memory.map(Data::as_bytes),
        "memory_limit_bytes": requests.memory_limit.map(Data::as_bytes),
    })
}

fn preset(score: &PresetScore) -> Value {
    json!({
        "name": score.name,
        "source": score.source,
        "resources": score.resources,
        "saves_usd_per_month": money(score.saves),
        "held_out_breach_share": part(score.breach),
        "held_out_slack_share": part(score.slack),
    })
}

fn quality(reading: &Reading) -> Value {
    json!({
        "rows_read": reading.rows_read,
        "rows_used": reading.rows_used,
        "aside": reading.aside.iter().map(|a| json!({ "reason": a.reason, "rows": a.rows })).collect::<Vec<_>>(),
        "files": reading.files.iter().map(|f| json!({
            "name": f.name, "format": f.format, "confidence_share": f.confidence.as_part(), "rows": f.rows,
        })).collect::<Vec<_>>(),
        "findings": reading.findings.iter().map(|f| f.text.clone()).collect::<Vec<_>>(),
    })
}

fn money(amount: Option<Money>) -> Value {
    amount.map_or(Value::Null, exact)
}

fn part(share: Option<Share>) -> Option<f64> {
    share.map(Share::as_part)
}

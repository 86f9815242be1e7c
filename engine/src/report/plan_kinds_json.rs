//! The fields of caches, streams and gathered work in a plan's answer.
use super::number::exact;
use crate::plan::{Part, PlanAnswer, RunByProvider};
use crate::sizing::Window;
use serde_json::{Map, Value, json};

/// What only this kind of component has; none for the others.
pub(super) fn of(part: &Part) -> Option<Value> {
    Some(match part {
        Part::Cache(cache) => json!({
            "held_bytes": cache.held.as_bytes(),
            "hit_share": cache.hit_ratio.as_part(),
            "passes_share": cache.passes.as_part(),
            "copies": cache.copies,
            "run_by": run_by(cache.provider.as_ref()),
        }),
        Part::Stream(stream) => json!({
            "kept_bytes": stream.kept.as_bytes(),
            "partitions": stream.partitions,
            "copies": stream.copies,
            "lag_messages": stream.lag.get(),
            "run_by": run_by(stream.provider.as_ref()),
        }),
        Part::Batch(batch) => json!({
            "cadence": batch.cadence.to_string(),
            "oldest_result_seconds": batch.cadence.oldest().map(|s| s.as_seconds()),
            "runs_per_month": batch.runs.get(),
            "items": batch.items.get(),
            "run_seconds": batch.fullest.map(|r| r.takes.as_seconds()),
            "run_at_worst_seconds": batch.fullest.map(|r| r.at_worst.as_seconds()),
            "mean_run_seconds": batch.mean.map(|r| r.takes.as_seconds()),
            "taken_away_share": batch.mean.map(|r| r.taken_away.as_part()),
            "machine_seconds_per_month": batch.machine_time.as_seconds(),
            "fallback_seconds_per_month": batch.fallback_time.as_seconds(),
            "checkpoint_interval_seconds": batch.interval.map(|s| s.as_seconds()),
            "cheapest_window": batch.cheapest.map(window),
            "greenest_window": batch.greenest.map(window),
        }),
        _ => return None,
    })
}

fn run_by(provider: Option<&RunByProvider>) -> Value {
    json!(provider.map(|by| format!("{} {}", by.service, by.engine)))
}

fn window(window: Window) -> Value {
    json!({"begins_seconds": window.begins.as_seconds(), "mean": window.mean.get(), "at_once": window.at_once.get()})
}

/// The sizes that were tried of each cache with a curve.
pub(super) fn cache_sizes(answer: &PlanAnswer) -> Value {
    let of_one = |tried: &Vec<crate::plan::SizeTried>| -> Value {
        tried
            .iter()
            .map(|size| {
                json!({
                    "held_bytes": size.held.as_bytes(),
                    "hit_share": size.hit_ratio.as_part(),
                    "usd_per_month": size.month.map(exact),
                })
            })
            .collect()
    };
    Value::Object(answer.cache_sizes.iter().map(|(name, tried)| (name.0.clone(), of_one(tried))).collect::<Map<_, _>>())
}

/// What machines that come and go would do for each service.
pub(super) fn autoscaling(answer: &PlanAnswer) -> Value {
    let of_one = |r: &crate::plan::Replay| {
        json!({
            "rules_are_stated": r.stated,
            "shape": r.shape,
            "target_share": r.rules.target.as_part(),
            "min": r.rules.min,
            "max": r.max,
            "usd_per_month": exact(r.month),
            "static_usd_per_month": exact(r.static_month),
            "static_count": r.static_machines,
            "breach_minutes_per_week": r.breach_minutes,
            "breach_minutes_per_week_after_loss": r.breach_minutes_after_loss,
            "static_breach_minutes_per_week": r.static_breach_minutes,
            "as_safe_as_static": r.as_safe.map(|safe| {
                json!({"target_share": safe.target.as_part(), "usd_per_month": exact(safe.month)})
            }),
            "started_per_week": r.started,
            "stopped_per_week": r.stopped,
            "mean_count": r.mean_machines.get(),
            "fewest": r.fewest,
            "most": r.most,
        })
    };
    Value::Object(answer.autoscaling.iter().map(|(name, r)| (name.0.clone(), of_one(r))).collect::<Map<_, _>>())
}

/// What a month would cost without each cache.
pub(super) fn without_cache(answer: &PlanAnswer) -> Value {
    let of_one = |worth: &crate::plan::CacheWorth| json!({ "with_usd_per_month": exact(worth.with), "without_usd_per_month": exact(worth.without) });
    Value::Object(answer.without_cache.iter().map(|(name, m)| (name.0.clone(), of_one(m))).collect::<Map<_, _>>())
}

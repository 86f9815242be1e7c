//! The working of a service as the contract writes it.
use super::service::{LatencySeen, Model, Peak, Scaling, ServiceProfile, SweepPoint, UnitFit};
use crate::signal::line::Fitted;
use crate::telemetry::Reading;
use crate::units::{Factor, Quantity, Span};
use serde_json::{Value, json};

impl ServiceProfile {
    /// The working behind the fits.
    pub(super) fn json(&self) -> Value {
        let own = |(resource, fit): &(crate::telemetry::ResourceName, Result<UnitFit, super::Unfit>)| match fit {
            Ok(fit) => json!({ "resource": resource.0, "cpu_per_request": line(fit), "refused": null }),
            Err(unfit) => json!({ "resource": resource.0, "cpu_per_request": null, "refused": unfit.to_string() }),
        };
        json!({
            "name": self.name,
            "machines": self.machines.iter().map(|m| &m.0).collect::<Vec<_>>(),
            "shape": self.runs.as_ref().map(|(shape, ..)| &shape.0),
            "lines": self.lines.iter().map(line).collect::<Vec<_>>(),
            "by_machine": self.by_machine.iter().map(own).collect::<Vec<_>>(),
            "scaling": self.scaling.as_ref().map(scaling),
            "latency": self.latency.iter().map(latency).collect::<Vec<_>>(),
            "peaks": self.peaks.iter().map(peak).collect::<Vec<_>>(),
        })
    }
}

fn line(fit: &UnitFit) -> Value {
    let ends = |[low, value, high]: [f64; 3]| json!({ "value": value, "low": low, "high": high });
    json!({
        "used": fit.used,
        "by": fit.by,
        "slope": ends(fit.slope()),
        "base": ends(fit.base()),
        "robust_slope": fit.robust_slope,
        "r_squared": fit.line.r_squared,
        "residual_sd": fit.line.residual_sd,
        "residual_resemblance": fit.line.resemblance,
        "residual_bands": fit.bands,
        "points": fit.points,
        "from": fit.from,
    })
}

fn scaling(scaling: &Scaling) -> Value {
    let of = |fitted: &Fitted| {
        let (low, high) = fitted.range(0.95);
        json!({ "value": fitted.value, "low": low.max(0.0), "high": high, "standard_error": fitted.error })
    };
    let model = match &scaling.model {
        Err(few) => json!({ "kind": null, "refused": few.to_string() }),
        Ok(Model::Law(law)) => json!({
            "kind": "usl",
            "gamma": of(&law.alone),
            "contention": of(&law.contention),
            "coherency": of(&law.coherency),
            "r_squared": law.r_squared,
            "peak_clients": law.peak(),
            "peak_per_second": law.peak().map(|n| law.at(n)),
            "limit_per_second": law.limit(),
        }),
        Ok(Model::Ceiling(top)) => json!({
            "kind": "ceiling",
            "gamma": top.alone,
            "ceiling_per_second": top.top,
            "knee_clients": top.knee(),
            "r_squared": top.r_squared,
        }),
    };
    json!({ "model": model, "why": scaling.why, "points": scaling.points.iter().map(point).collect::<Vec<_>>() })
}

fn point(p: &SweepPoint) -> Value {
    json!({
        "clients": p.clients.get(),
        "per_second": p.throughput.as_per_second(),
        "response_seconds": p.response.as_seconds(),
        "off_littles_law_share": p.off_littles_law.as_part(),
        "modeled_per_second": p.modeled.map(|r| r.as_per_second()),
        "aside": p.aside,
        "source": p.source,
    })
}

fn latency(seen: &LatencySeen) -> Value {
    let seconds = |span: Option<Span>| span.map(Quantity::base);
    let [p50, p95, p99] = seen.quantiles.map(seconds);
    json!({
        "source": seen.source,
        "count": seen.count,
        "mean_seconds": seconds(seen.mean),
        "p50_seconds": p50,
        "p95_seconds": p95,
        "p99_seconds": p99,
        "variability": seen.variability.map(Factor::get),
    })
}

fn peak(peak: &Peak) -> Value {
    json!({
        "resource": peak.resource.0,
        "item": peak.item,
        "what": peak.what,
        "at_peak_share": peak.at_peak.map(|s| s.as_part()),
        "highest_share": peak.highest.as_part(),
        "from": peak.from,
    })
}

/// The account of what was read.
pub(super) fn reading(reading: &Reading) -> Value {
    let files = reading.files.iter().map(
        |f| json!({ "name": f.name, "format": f.format, "confidence_share": f.confidence.as_part(), "rows": f.rows }),
    );
    let aside = reading.aside.iter().map(|a| json!({ "reason": a.reason, "rows": a.rows }));
    json!({
        "files": files.collect::<Vec<_>>(),
        "rows_read": reading.rows_read,
        "rows_used": reading.rows_used,
        "aside": aside.collect::<Vec<_>>(),
    })
}

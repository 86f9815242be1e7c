//! The answer as the contract writes it.
use super::written::{Entry, Written};
use super::{FitValue, ProfileAnswer, ProfileRefusal};
use crate::series::Quality;
use crate::uncertain::Estimate;
use serde_json::{Map, Value, json};

impl ProfileAnswer {
    /// The content of the contract's `answer`: `workload` (what the file written says), `fits`, `quality` and the
    /// working. `name` is the workload's.
    pub fn json(&self, name: &str) -> Value {
        let keys = |entries: Vec<Entry>| -> Map<String, Value> {
            entries.into_iter().filter_map(|entry| Some((entry.key.to_owned(), written(&entry.value.ok()?)))).collect()
        };
        let mut workload = json!({ "name": name, "demand": keys(self.demand.entries()) });
        if let Some(service) = &self.service {
            workload["entry"] = json!(service.name);
            let promise = format!("{} ms", self.promise().as_millis().ceil());
            workload["promises"] = json!({ "p99": promise, "survive": "machine" });
            workload["service"] = json!({ service.name.clone(): keys(self.service_entries()) });
        }
        let of_service = self.service.iter().flat_map(|s| &s.fits);
        let mut quality = quality(&self.quality);
        if let Some(reading) = &self.reading {
            let told = reading.findings.iter().map(|f| json!(f.text));
            quality["findings"].as_array_mut().expect("findings are a list").extend(told);
        }
        json!({
            "workload": workload,
            "fits": self.fits.iter().chain(of_service).map(super::Fit::json).collect::<Vec<_>>(),
            "quality": quality,
            "service": self.service.as_ref().map(|s| s.json()),
            "reading": self.reading.as_ref().map(|r| super::service_json::reading(r)),
            "read_as": self.kind.to_string(),
            "step_seconds": self.step.as_seconds(),
            "from": self.from.to_string(),
            "to": self.to.to_string(),
            "days": self.days,
            "busiest_hour": self.busiest_hour.to_string(),
            "hour_of_week_refused": self.demand.hour_of_week.as_ref().err().map(ToString::to_string),
            "growth_refused": self.demand.growth.as_ref().err().map(ToString::to_string),
        })
    }
}

impl super::Fit {
    fn json(&self) -> Value {
        let (unit, [low, value, high]) = match &self.value {
            FitValue::Rate(e) => ("per_second", ends(e, crate::units::Rate::as_per_second)),
            FitValue::Factor(e) => ("factor", ends(e, crate::units::Factor::get)),
            FitValue::Growth(e) => ("percent_per_year", ends(e, crate::units::Growth::as_percent_per_year)),
            FitValue::Span(e) => ("seconds", ends(e, crate::units::Span::as_seconds)),
            FitValue::Data(e) => ("bytes", ends(e, crate::units::Data::as_bytes)),
            FitValue::Compute(e) => ("vcpus", ends(e, crate::units::Compute::as_vcpus)),
        };
        let (parameter, source, rows) = (self.parameter, self.source.to_string(), self.rows);
        let mut fit = json!({
            "parameter": parameter, "value": value, "low": low, "high": high, "unit": unit, "source": source, "rows": rows,
        });
        if !self.from.is_empty() {
            fit["from"] = json!(self.from);
        }
        if let Some(remark) = &self.remark {
            fit["remark"] = json!(remark);
        }
        fit
    }
}

impl ProfileRefusal {
    /// The content of the contract's `refusal`.
    pub fn json(&self) -> Value {
        let (kind, message) = (self.kind(), self.to_string());
        match self {
            Self::TooShort { needs, has } => {
                json!({ "kind": kind, "message": message, "needs_hours": needs, "has_hours": has })
            }
            Self::TooCoarse { needs, has } => {
                let (needs, has) = (needs.as_seconds(), has.as_seconds());
                json!({ "kind": kind, "message": message, "needs_seconds": needs, "has_seconds": has })
            }
            Self::NoDemand { rows } => json!({ "kind": kind, "message": message, "rows": rows }),
            Self::NoRequests { series, measures } => {
                json!({ "kind": kind, "message": message, "series": series, "measures": measures })
            }
            Self::NoService { service, known } => {
                json!({ "kind": kind, "message": message, "service": service, "known": known })
            }
            Self::Apart { series } => json!({ "kind": kind, "message": message, "series": series }),
        }
    }
}

fn ends<Q: Copy + PartialOrd>(e: &Estimate<Q>, read: fn(Q) -> f64) -> [f64; 3] {
    [read(e.low()), read(e.mid()), read(e.high())]
}

fn written(value: &Written) -> Value {
    let number = |text: &String| text.parse::<f64>().map_or(Value::Null, |n| json!(n));
    match value {
        Written::Numbers(list) => Value::Array(list.iter().map(number).collect()),
        Written::One { value, has_unit } => {
            if *has_unit {
                json!(value)
            } else {
                number(value)
            }
        }
        Written::Range { low, mid, high, confidence, has_unit } => {
            let end = |text: &String| if *has_unit { json!(text) } else { number(text) };
            json!({ "low": end(low), "mid": end(mid), "high": end(high), "confidence": confidence })
        }
    }
}

fn quality(q: &Quality) -> Value {
    json!({
        "score_share": q.score.as_part(),
        "coverage_share": q.coverage.as_part(),
        "rows": q.rows,
        "used": q.used,
        "empty": q.empty,
        "gaps": q.gaps,
        "holes": q.holes,
        "longest_hole": q.longest_hole,
        "duplicates": q.duplicates(),
        "repeated": q.repeated,
        "averaged": q.averaged,
        "crowded": q.crowded,
        "off_grid": q.off_grid,
        "out_of_order": q.out_of_order,
        "newest_first": q.newest_first,
        "repeated_hours": q.repeated_hours,
        "collapsed_hours": q.collapsed_hours,
        "resets": q.resets,
        "findings": q.findings,
    })
}

#[cfg(test)]
mod tests {
    use crate::profile::{ProfileOptions, ProfileRefusal, profile};
    use crate::series::{Point, Series, Time};

    #[test]
    fn the_contract_is_kept() {
        let points = (0..600).map(|i| Point::new(Time::unix_seconds(i * 300), Some((i % 7) as f64))).collect();
        let series = Series::from_points("count", points).unwrap();
        let json = profile(&series, ProfileOptions::default()).unwrap().json("shop");
        assert_eq!(json["workload"]["demand"]["peak"]["confidence"], "90 %");
        assert!(json["workload"]["demand"]["burst"]["mid"].is_number());
        assert!(json["workload"]["demand"].get("growth").is_none());
        for key in ["parameter", "value", "low", "high", "source", "rows"] {
            assert!(json["fits"][0].get(key).is_some(), "{key}");
        }
        let quality = ["score_share", "gaps", "duplicates", "out_of_order", "resets", "coverage_share", "findings"];
        for key in quality {
            assert!(json["quality"].get(key).is_some(), "{key}");
        }
        let refusal = ProfileRefusal::TooShort { needs: 24, has: 3 }.json();
        assert_eq!((&refusal["kind"], &refusal["has_hours"]), (&"too_short".into(), &3.into()));
    }
}

//! A distribution of one step, as Cloud Monitoring writes it.
use crate::telemetry::json::Amount;
use crate::telemetry::prometheus::quantile;
use serde::Deserialize;

/// The quantiles that are given, in ten-thousandths.
pub(super) const QUANTILES: [u16; 3] = [5000, 9500, 9900];

/// How many values, their mean, and how many of them lie in each bucket.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Distribution {
    pub(super) count: Option<Amount>,
    pub(super) mean: Option<f64>,
    bucket_options: Option<Options>,
    #[serde(default)]
    bucket_counts: Vec<Amount>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names)] // as the document has them
struct Options {
    exponential_buckets: Option<Exponential>,
    linear_buckets: Option<Linear>,
    explicit_buckets: Option<Explicit>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Exponential {
    num_finite_buckets: Amount,
    growth_factor: f64,
    scale: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Linear {
    num_finite_buckets: Amount,
    width: f64,
    offset: Option<f64>,
}

#[derive(Deserialize)]
struct Explicit {
    #[serde(default)]
    bounds: Vec<f64>,
}

/// More buckets than any metric has.
const MOST: f64 = 10_000.0;

impl Distribution {
    /// The value of each of [`QUANTILES`]: bucket `i` ends at bound `i`, and the one after the last bound has no end.
    pub(super) fn quantiles(&self) -> [Option<f64>; QUANTILES.len()] {
        let mut bounds = self.bounds();
        bounds.push(f64::INFINITY);
        let mut sum = 0.0;
        let mut counts: Vec<f64> = self.bucket_counts.iter().take(bounds.len()).map(|n| n.0.max(0.0)).collect();
        // Empty buckets at the end are left out.
        counts.resize(bounds.len(), 0.0);
        for count in &mut counts {
            sum += *count;
            *count = sum;
        }
        QUANTILES.map(|q| quantile(&bounds, &counts, f64::from(q) / 1e4))
    }

    fn bounds(&self) -> Vec<f64> {
        let Some(options) = &self.bucket_options else { return Vec::new() };
        let bounds: Vec<f64> = if let Some(e) = &options.exponential_buckets {
            (0..=e.num_finite_buckets.0.clamp(0.0, MOST) as i32).map(|i| e.scale * e.growth_factor.powi(i)).collect()
        } else if let Some(l) = &options.linear_buckets {
            (0..=l.num_finite_buckets.0.clamp(0.0, MOST) as i32)
                .map(|i| l.offset.unwrap_or(0.0) + l.width * f64::from(i))
                .collect()
        } else {
            options.explicit_buckets.as_ref().map_or_else(Vec::new, |e| e.bounds.clone())
        };
        let is_sound = bounds.iter().all(|b| b.is_finite()) && bounds.windows(2).all(|pair| pair[0] < pair[1]);
        if is_sound { bounds } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(options: &str, counts: &str) -> [Option<f64>; 3] {
        let text = format!(r#"{{"count":"10","mean":3,"bucketOptions":{options},"bucketCounts":{counts}}}"#);
        serde_json::from_str::<Distribution>(&text).unwrap().quantiles()
    }

    #[test]
    fn buckets_of_every_kind_give_quantiles() {
        let halves = r#"["0","5","5"]"#;
        assert_eq!(
            of(r#"{"exponentialBuckets":{"numFiniteBuckets":3,"growthFactor":2,"scale":1}}"#, halves)[0],
            Some(2.0)
        );
        assert_eq!(of(r#"{"linearBuckets":{"numFiniteBuckets":3,"width":1,"offset":1}}"#, halves)[0], Some(2.0));
        assert_eq!(of(r#"{"explicitBuckets":{"bounds":[1,2,4]}}"#, halves)[0], Some(2.0));
        assert_eq!(of(r#"{"explicitBuckets":{"bounds":[4,2]}}"#, halves), [None; 3]);
        assert_eq!(
            of(r#"{"exponentialBuckets":{"numFiniteBuckets":1e300,"growthFactor":9,"scale":1}}"#, halves),
            [None; 3]
        );
        assert_eq!(of("{}", "[]"), [None; 3]);
    }
}

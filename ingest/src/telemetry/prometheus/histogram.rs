//! Histograms as quantiles over time.
//!
//! Buckets are cumulative: each counts what is at or below its bound `le`. Within a bucket values are taken as spread
//! evenly, from zero in the first, as `histogram_quantile` of Prometheus does; what lies above the highest finite bound is
//! that bound.
use plimsoll::series::{Point, Time};
use std::collections::BTreeMap;

/// The quantiles that are given, in ten-thousandths.
pub(in crate::telemetry) const QUANTILES: [u16; 3] = [5000, 9500, 9900];

/// The buckets of one histogram: rates per second by their upper bound.
#[derive(Default)]
pub(super) struct Histogram {
    pub(super) line: usize,
    buckets: Vec<(f64, Vec<Point>)>,
}

impl Histogram {
    /// Adds a bucket.
    pub(super) fn add(&mut self, bound: f64, rates: Vec<Point>) {
        self.buckets.push((bound, rates));
    }

    /// At each time all requests per second, and each of [`QUANTILES`]; none where nothing was counted.
    pub(super) fn quantiles(mut self) -> Vec<(Time, f64, [Option<f64>; QUANTILES.len()])> {
        self.buckets.sort_by(|a, b| a.0.total_cmp(&b.0));
        let bounds: Vec<f64> = self.buckets.iter().map(|(bound, _)| *bound).collect();
        let mut times: BTreeMap<Time, Vec<f64>> = BTreeMap::new();
        for (i, (_, rates)) in self.buckets.iter().enumerate() {
            for rate in rates {
                if let Some(value) = rate.value() {
                    times.entry(rate.time()).or_insert_with(|| vec![0.0; bounds.len()])[i] += value;
                }
            }
        }
        let told = times.into_iter().map(|(time, mut counts)| {
            // Buckets of one scrape are read one after the other: a later one may be a little behind.
            for i in 1..counts.len() {
                counts[i] = counts[i].max(counts[i - 1]);
            }
            let all = counts.last().copied().unwrap_or(0.0);
            (time, all, QUANTILES.map(|q| quantile(&bounds, &counts, f64::from(q) / 1e4)))
        });
        told.collect()
    }
}

/// What a part of the values stay within; none unless the highest bound is infinite and anything was counted.
pub(in crate::telemetry) fn quantile(bounds: &[f64], cumulative: &[f64], part: f64) -> Option<f64> {
    let all = *cumulative.last()?;
    if all <= 0.0 || bounds.len() < 2 || bounds.last()?.is_finite() {
        return None;
    }
    let rank = part * all;
    let at = cumulative.iter().position(|count| *count >= rank)?;
    if at + 1 == bounds.len() {
        return Some(bounds[at - 1]);
    }
    let (low, below) = if at == 0 { (bounds[0].min(0.0), 0.0) } else { (bounds[at - 1], cumulative[at - 1]) };
    let within = cumulative[at] - below;
    Some(if within > 0.0 { low + (bounds[at] - low) * (rank - below) / within } else { low })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_spread_evenly_within_a_bucket() {
        // By hand: 2 up to 0.1, 5 up to 0.2, 9 up to 0.4, 10 in all; the fifth of ten is the last of the second bucket.
        let bounds = [0.1, 0.2, 0.4, f64::INFINITY];
        let at = |part| quantile(&bounds, &[2.0, 5.0, 9.0, 10.0], part).unwrap();
        assert!((at(0.5) - 0.2).abs() < 1e-12);
        assert!((at(0.1) - 0.05).abs() < 1e-12);
        assert!((at(0.8) - 0.35).abs() < 1e-12);
        assert_eq!(at(0.99), 0.4);
        assert_eq!(quantile(&bounds, &[0.0; 4], 0.5), None);
        assert_eq!(quantile(&bounds[..3], &[2.0, 5.0, 9.0], 0.5), None);
        assert_eq!(quantile(&[], &[], 0.5), None);
    }

    #[test]
    fn buckets_come_in_any_order() {
        let rates = |value: f64| vec![Point::new(Time::unix_seconds(0), Some(value))];
        let mut histogram = Histogram::default();
        for (bound, value) in [(f64::INFINITY, 10.0), (0.2, 5.0), (0.1, 5.5), (0.4, 9.0)] {
            histogram.add(bound, rates(value));
        }
        let told = histogram.quantiles();
        assert_eq!((told.len(), told[0].1, told[0].2[2]), (1, 10.0, Some(0.4)));
        assert!((told[0].2[0].unwrap() - 0.1 * 5.0 / 5.5).abs() < 1e-12);
    }
}

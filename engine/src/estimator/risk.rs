//! The chance that demand passes a size.
//!
//! Days are the blocks: within one, values hang together. Of `n` days, `k` passed the size; with Jeffreys' prior the
//! chance of a day to pass it follows a beta law of `k + 1/2` and `n - k + 1/2`, and the chance that none of the next
//! `m` days does is the mean of `(1 - p)^m` under it: a product of `m` fractions, the beta-binomial of H. Jeffreys,
//! *Theory of Probability*, 1939. Nothing has to be drawn.
//!
//! Above the highest day there is nothing to count, and the half day that the prior gives falls off as the tail of the
//! days' peaks does: as a power, whose exponent is B. M. Hill's ("A Simple General Approach to Inference About the Tail
//! of a Distribution", 1975).
use super::{Estimator, Peak, Window};
use crate::units::{Quantity, Share, Span};

/// With less than so many days there is no risk to tell.
pub const DAYS_FOR_RISK: usize = 3;
/// The part of the days that is the tail.
const TAIL: f64 = 0.25;
/// The tail's index where the days do not show it, and how many days' worth that counts. Doubled, sizes above
/// everything seen are taken to be passed more often.
const USUAL_TAIL: (f64, f64) = (0.1, 2.0);

/// The chance that at least one value of the next `next` is above `size`, from the days of the window.
///
/// Days are of 24 hours, counted back from the window's end; one with less than half of its steps measured is left out.
/// `None` with less than [`DAYS_FOR_RISK`] days. It holds as far as the days to come are like those seen: growth has to
/// be put on top.
pub fn risk_share<Q: Quantity>(window: Window<'_, Q>, size: Q, next: Span) -> Option<Share> {
    Days::of(window).map(|days| days.risk(size.base(), next))
}

/// The least size whose risk in the next `next` is at most `risk`, to one part in a million. `None` as in
/// [`risk_share`].
pub fn size_at_risk<Q: Quantity>(window: Window<'_, Q>, risk: Share, next: Span) -> Option<Q> {
    let days = Days::of(window)?;
    let (lowest, highest) = (days.peaks[0], *days.peaks.last()?);
    if highest == 0.0 || days.risk(lowest, next) <= risk {
        return Some(Q::from_base(lowest));
    }
    // From the lowest peak to a thousand times the highest, by equal factors.
    let (mut low, mut high) = (lowest.max(highest * 1e-9).ln(), (highest * 1e3).min(f64::MAX).ln());
    while high - low > 1e-6 {
        let middle = f64::midpoint(low, high);
        if days.risk(middle.exp(), next) <= risk { high = middle } else { low = middle }
    }
    Some(Q::from_base(high.exp().min(f64::MAX)))
}

/// The peaks of the days, ascending.
struct Days {
    peaks: Vec<f64>,
    tail: f64,
}

impl Days {
    fn of<Q: Quantity>(window: Window<'_, Q>) -> Option<Self> {
        let day = Span::days(1.0);
        let mut peaks = Vec::new();
        let mut left = window;
        while !left.is_empty() {
            let block = left.last(day);
            if block.measured() as f64 * 2.0 * window.step().as_seconds()
                >= day.as_seconds().max(window.step().as_seconds())
            {
                peaks.extend(Peak.size(block).map(Quantity::base));
            }
            left = left.first_steps(left.len() - block.len());
        }
        peaks.sort_unstable_by(f64::total_cmp);
        (peaks.len() >= DAYS_FOR_RISK).then(|| Self { tail: hill(&peaks), peaks })
    }
    fn risk(&self, size: f64, next: Span) -> Share {
        let n = self.peaks.len() as f64;
        let highest = self.peaks[self.peaks.len() - 1];
        let above = self.peaks.len() - self.peaks.partition_point(|peak| *peak <= size);
        let passing =
            if above > 0 || highest == 0.0 { above as f64 + 0.5 } else { 0.5 * (highest / size).powf(1.0 / self.tail) };
        let to_come = next.as_days().ceil().clamp(1.0, LONGEST) as u32;
        let none = (0..to_come).map(|i| (n + 1.0 - passing + f64::from(i)) / (n + 1.0 + f64::from(i)));
        Share::of_one(1.0 - none.product::<f64>())
    }
}

/// More days ahead than these count as these.
const LONGEST: f64 = 3650.0;

/// The tail's index: the mean of how far, in logarithms, the highest peaks lie above the next lower one.
fn hill(peaks: &[f64]) -> f64 {
    let (usual, weight) = USUAL_TAIL;
    let k = ((peaks.len() as f64 * TAIL).ceil() as usize).min(peaks.len() - 1);
    let below = peaks[peaks.len() - 1 - k];
    let logs = peaks[peaks.len() - k..].iter().filter(|_| below > 0.0).map(|peak| (peak / below).ln());
    let (sum, n) = logs.fold((0.0, 0.0), |(sum, n), log| (sum + log, n + 1.0));
    (sum + usual * weight) / (n + weight)
}

#[cfg(test)]
mod tests {
    use super::super::Usage;
    use super::*;
    use crate::series::Time;
    use crate::units::Compute;

    /// A day for every peak, in steps of six hours.
    fn days(peaks: &[f64]) -> Usage<Compute> {
        let values = peaks.iter().flat_map(|peak| [0.1, 0.2, *peak, 0.1]).map(|v| Some(Compute::vcpus(v)));
        Usage::new(Time::unix_seconds(0), Span::hours(6.0), values)
    }
    fn risk(peaks: &[f64], size: f64, next: f64) -> f64 {
        risk_share(days(peaks).all(), Compute::vcpus(size), Span::days(next)).unwrap().as_part()
    }

    #[test]
    fn the_chance_is_that_of_jeffreys() {
        let peaks: Vec<f64> = (1..=9).map(f64::from).collect();
        // Two of nine days above 7: the next one with (2 + 1/2) / (9 + 1).
        assert!((risk(&peaks, 7.0, 1.0) - 0.25).abs() < 1e-12);
        assert!((risk(&peaks, 7.0, 2.0) - (1.0 - 0.75 * 8.5 / 11.0)).abs() < 1e-12);
        assert!((risk(&peaks, 9.0, 1.0) - 0.05).abs() < 1e-12);
        assert!(risk(&peaks, 0.5, 30.0) > 0.99);
    }

    #[test]
    fn larger_sizes_and_shorter_times_are_safer() {
        let peaks = [3.0, 1.0, 2.0, 5.0, 4.0, 4.5];
        let risks: Vec<_> = [0.5, 1.0, 2.0, 4.9, 5.0, 5.1, 6.0, 60.0].map(|size| risk(&peaks, size, 7.0)).to_vec();
        assert!(risks.windows(2).all(|pair| pair[1] <= pair[0]), "{risks:?}");
        assert!(risk(&peaks, 5.0, 30.0) > risk(&peaks, 5.0, 7.0));
        assert!(risks[7] < 0.01);
    }

    #[test]
    fn steady_days_make_a_small_margin_safe_and_wild_ones_do_not() {
        let steady = [4.0, 4.1, 4.0, 3.9, 4.0, 4.1, 4.0, 4.1];
        let wild = [4.0, 1.0, 0.5, 2.0, 0.7, 0.1, 0.9, 1.0];
        assert!(risk(&steady, 6.0, 7.0) < 0.1 && risk(&wild, 6.0, 7.0) > 2.0 * risk(&steady, 6.0, 7.0));
    }

    #[test]
    fn the_size_of_a_risk_has_that_risk() {
        let usage = days(&[3.0, 1.0, 2.0, 5.0, 4.0, 4.5]);
        for percent in [1.0, 10.0, 40.0, 90.0] {
            let size = size_at_risk(usage.all(), Share::percent(percent), Span::days(7.0)).unwrap();
            let found = risk_share(usage.all(), size, Span::days(7.0)).unwrap();
            assert!(found <= Share::percent(percent), "{percent}");
            let smaller = risk_share(usage.all(), size * 0.999, Span::days(7.0)).unwrap();
            assert!(smaller > Share::percent(percent) || size == Compute::vcpus(1.0), "{percent}");
        }
    }

    #[test]
    fn too_few_days_and_days_of_gaps_tell_nothing() {
        assert_eq!(risk_share(days(&[1.0, 2.0]).all(), Compute::vcpus(1.0), Span::days(7.0)), None);
        let mut values = vec![None; 40];
        values[39] = Some(Compute::vcpus(1.0));
        let gaps = Usage::new(Time::unix_seconds(0), Span::hours(6.0), values);
        assert_eq!(risk_share(gaps.all(), Compute::vcpus(1.0), Span::days(7.0)), None);
        let resting = days(&[0.0; 9]);
        assert!(risk_share(resting.all(), Compute::vcpus(0.3), Span::days(7.0)).is_some());
        assert!(size_at_risk(resting.all(), Share::percent(1.0), Span::days(7.0)).is_some());
    }
}

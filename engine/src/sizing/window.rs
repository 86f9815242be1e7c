//! The hours of a day in which a run costs least, or emits least.
use crate::units::{Factor, Quantity, Span};

/// When a run begins, and the mean of what is stated by the hour while it lasts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Time after midnight UTC.
    pub begins: Span,
    /// The mean over the run.
    pub mean: Factor,
    /// The mean over a run that begins as soon as it may.
    pub at_once: Factor,
}

/// Starts are tried at this distance.
const STEP: Span = Span::minutes(15.0);

/// The start with the least mean of `by_hour` (24 values) over a run that `takes` so long, begins at the hour `ready` or
/// later, and ends within `within` of that hour. The earliest on a tie; none where the run does not fit.
pub fn best_window(by_hour: &[Factor], ready: u32, takes: Span, within: Span) -> Option<Window> {
    if takes > within || by_hour.is_empty() {
        return None;
    }
    let first = Span::hours(f64::from(ready));
    let mean_from = |begins: Span| Factor::of(mean(by_hour, begins.as_hours(), takes.as_hours()));
    let at_once = mean_from(first);
    // Later than a day later is the same hour again.
    let later = (within.less(takes).min(Span::days(1.0)) / STEP).floor() as u32;
    let starts = (0..=later).map(|i| first + STEP * f64::from(i));
    let tried = starts.map(|begins| Window { begins, mean: mean_from(begins), at_once });
    let best = tried.reduce(|best, next| if next.mean.get() < best.mean.get() - 1e-12 { next } else { best })?;
    let day = 24.0;
    Some(Window { begins: Span::hours(best.begins.as_hours() % day), ..best })
}

/// The mean of values by the hour over `length` hours from `start` on, the day repeated.
fn mean(by_hour: &[Factor], start: f64, length: f64) -> f64 {
    let value = |hour: f64| by_hour[hour.floor() as usize % by_hour.len()].get();
    if length <= 0.0 {
        return value(start);
    }
    let days = (length / by_hour.len() as f64).floor();
    let left = length - days * by_hour.len() as f64;
    let (mut at, end) = (start, start + left);
    let mut sum = days * by_hour.iter().map(|f| f.get()).sum::<f64>();
    while at < end - 1e-9 {
        let next = ((at + 1e-9).floor() + 1.0).min(end);
        sum += (next - at) * value(at + 1e-9);
        at = next;
    }
    sum / length
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dear by day, cheap from two to five in the night.
    fn day() -> Vec<Factor> {
        (0..24).map(|hour| Factor::of(if (2..5).contains(&hour) { 0.5 } else { 1.0 })).collect()
    }

    #[test]
    fn a_run_of_two_hours_waits_for_the_cheap_ones() {
        let best = best_window(&day(), 22, Span::hours(2.0), Span::hours(8.0)).unwrap();
        assert_eq!((best.begins, best.mean.get(), best.at_once.get()), (Span::hours(2.0), 0.5, 1.0));
    }

    #[test]
    fn the_deadline_may_leave_no_time_to_wait() {
        let best = best_window(&day(), 22, Span::hours(4.0), Span::hours(5.0)).unwrap();
        assert_eq!(best.begins, Span::hours(23.0));
        assert!((best.mean.get() - 0.875).abs() < 1e-9, "one of four hours is cheap: {}", best.mean);
        assert_eq!(best_window(&day(), 22, Span::hours(6.0), Span::hours(5.0)), None);
    }

    #[test]
    fn a_run_of_a_day_and_more_has_the_mean_of_the_day() {
        let best = best_window(&day(), 0, Span::hours(48.0), Span::hours(72.0)).unwrap();
        assert!((best.mean.get() - 22.5 / 24.0).abs() < 1e-9);
        assert_eq!(best.begins, Span::ZERO);
    }
}

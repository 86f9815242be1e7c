//! What the order of a file's rows tells of the clock that wrote them.
use super::series::Point;

/// What is lost once rows are sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    /// Places where a row is older than the row before it.
    pub(super) falls_back: usize,
    /// Whether the file runs from new to old, as CloudWatch's `get-metric-data` and Netdata write it.
    pub(super) newest_first: bool,
    /// Hours that stand twice: a local clock was set back.
    pub(super) repeated_hours: usize,
    /// Holes followed by as many rows that all carry one stamp: a local clock was set forward, and the exporter moved
    /// the hour that does not exist to its end. Three of the 24 point series of NAB have one (2014-03-09 03:00).
    pub(super) collapsed_hours: usize,
}

const HOUR: i64 = 3600;

impl Order {
    /// Reads the order of rows with this step in seconds.
    pub(super) fn of(points: &[Point], step: i64) -> Self {
        let at = |i: usize| points[i].time().as_unix_seconds();
        let falls = (1..points.len()).filter(|&i| at(i) < at(i - 1)).count();
        let rises = (1..points.len()).filter(|&i| at(i) > at(i - 1)).count();
        let newest_first = falls > rises;
        let last = points.len().saturating_sub(1);
        let stamp = |i: usize| if newest_first { at(last - i) } else { at(i) };
        Self {
            falls_back: falls.min(rises),
            newest_first,
            repeated_hours: repeated_hours(points.len(), step, stamp),
            collapsed_hours: collapsed_hours(points.len(), step, stamp),
        }
    }
}

/// Jumps back of an hour less a step, from where the rows walk up to the same stamp again.
fn repeated_hours(rows: usize, step: i64, stamp: impl Fn(usize) -> i64) -> usize {
    if step > HOUR / 2 {
        return 0; // an hour of one step repeats as one duplicate, which may be anything
    }
    let near = |a: i64, b: i64| (a - b).abs() <= step / 2;
    let again = (HOUR / step) as usize;
    (1..rows)
        .filter(|&i| near(stamp(i - 1) - stamp(i), HOUR - step))
        .filter(|&i| i + again <= rows && near(stamp(i + again - 1), stamp(i - 1)))
        .count()
}

/// Runs of at least three rows with one stamp that are as many as the steps missing before them.
fn collapsed_hours(rows: usize, step: i64, stamp: impl Fn(usize) -> i64) -> usize {
    let (mut found, mut i) = (0, 1);
    while i < rows {
        let run = (i..rows).take_while(|&j| stamp(j) == stamp(i)).count();
        let missing = (stamp(i) - stamp(i - 1)) / step;
        found += usize::from(run >= 3 && (missing - run as i64).abs() <= 1);
        i += run;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::Time;
    use super::*;

    fn order(stamps: &[i64], step: i64) -> Order {
        let points: Vec<_> = stamps.iter().map(|t| Point::new(Time::unix_seconds(*t), Some(1.0))).collect();
        Order::of(&points, step)
    }

    #[test]
    fn rows_in_order_say_nothing() {
        assert_eq!(order(&[0, 60, 60, 120, 240], 60), Order::default());
        assert_eq!(order(&[], 60), Order::default());
    }

    #[test]
    fn newest_first_is_an_order_too() {
        let o = order(&[240, 180, 120, 60, 90, 0], 60);
        assert_eq!((o.newest_first, o.falls_back), (true, 1));
    }

    #[test]
    fn an_hour_that_stands_twice_is_seen() {
        let hour = |h: i64| (0..12).map(move |i| h * 3600 + i * 300);
        let stamps: Vec<_> = hour(0).chain(hour(1)).chain(hour(1)).chain(hour(2)).collect();
        let mut reversed = stamps.clone();
        let o = order(&stamps, 300);
        assert_eq!((o.repeated_hours, o.falls_back, o.newest_first), (1, 1, false));
        reversed.reverse();
        assert_eq!(order(&reversed, 300).repeated_hours, 1);
        let late: Vec<_> = hour(0).chain(hour(1)).chain([3600]).chain(hour(2)).collect();
        assert_eq!(order(&late, 300).repeated_hours, 0, "one late row is not an hour");
    }

    #[test]
    fn an_hour_that_was_skipped_is_seen() {
        let stamps: Vec<_> =
            (0..12).map(|i| i * 300).chain([7260; 12]).chain((0..12).map(|i| 7500 + i * 300)).collect();
        assert_eq!(order(&stamps, 300).collapsed_hours, 1);
        assert_eq!(order(&[0, 300, 600, 600, 600, 900], 300).collapsed_hours, 0);
    }
}

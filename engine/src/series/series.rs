//! An even grid of values, and the way from a file's rows onto it.
use super::order::Order;
use super::{Quality, Time};
use crate::units::{Count, Span};

/// One row of an export: a time, and a value unless its cell was empty.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    time: Time,
    value: f64, // NaN is none: ten million rows are kept at once, and an `Option<f64>` takes twice the room
}

impl Point {
    /// A row. A value that is not finite is none.
    pub fn new(time: Time, value: Option<f64>) -> Self {
        Self { time, value: value.filter(|v| v.is_finite()).unwrap_or(f64::NAN) }
    }
    /// When.
    pub const fn time(&self) -> Time {
        self.time
    }
    /// How much, if anything was written.
    pub fn value(&self) -> Option<f64> {
        known(self.value)
    }
}

/// Values at even steps; a step without one is a gap.
///
/// A stamp is the start of its step. The step is the median distance between neighboring stamps, and each stamp
/// belongs to the nearest step from the first stamp on.
#[derive(Clone, Debug)]
pub struct Series {
    name: String,
    start: Time,
    step: i64,
    values: Vec<f64>, // NaN is a gap, as in `Point`
    quality: Quality,
}

/// Why rows do not make a series.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeriesError {
    /// Fewer than two different stamps: no step can be seen.
    #[error("{} with {}; two different stamps are needed to see a step", so_many_rows(*rows), so_many_stamps(*stamps))]
    TooFew {
        /// The rows there are.
        rows: usize,
        /// How many different stamps they have.
        stamps: usize,
    },
    /// Not one row has a value.
    #[error("none of {} has a value", so_many_rows(*rows))]
    Empty {
        /// The rows there are.
        rows: usize,
    },
    /// Most stamps stand several times with different values.
    #[error("{} of {} time stamps stand several times with different values", count(*conflicts), count(*stamps))]
    Several {
        /// How many stamps have more than one value.
        conflicts: usize,
        /// How many different stamps there are.
        stamps: usize,
    },
    /// Nearly all steps between the first and the last stamp are missing.
    #[error(
        "{} between {first} and {last} would fill less than a tenth of its steps of {}",
        so_many_rows(*rows),
        Span::seconds(*step as f64)
    )]
    Sparse {
        /// The rows there are.
        rows: usize,
        /// The first stamp.
        first: Time,
        /// The last stamp.
        last: Time,
        /// The step in seconds.
        step: i64,
    },
}

impl SeriesError {
    /// What the user may do about it.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::TooFew { .. } => "export a longer time range",
            Self::Empty { .. } => "look whether the right column was exported",
            Self::Several { .. } => {
                "export one series a file, summed over hosts, and counts per step instead of events"
            }
            Self::Sparse { .. } => "look at the first and the last time: one of them may be wrong",
        }
    }
}

/// A grid may hold so many steps for each row; beyond it the stamps are wrong rather than the rows missing. Doubled,
/// a single stamp from 1970 could ask for twice the memory of the file before it is refused.
const STEPS_PER_ROW: u64 = 10;
/// A short file may have this many steps whatever it holds.
const STEPS_ANYWAY: u64 = 10_000;

impl Series {
    /// Puts rows, in the order of their file, on an even grid. `name` is what the values are called there.
    ///
    /// Rows may be in any order. Of rows with one stamp and one value, one is kept; of rows with one stamp and
    /// different values, the mean; of different stamps nearest to one step, the mean. All are counted in `quality`.
    pub fn from_points(name: &str, mut points: Vec<Point>) -> Result<Self, SeriesError> {
        let total = points.len();
        let few = |stamps| SeriesError::TooFew { rows: total, stamps };
        let step = {
            let mut stamps: Vec<i64> = points.iter().map(|p| p.time.as_unix_seconds()).collect();
            stamps.sort_unstable();
            stamps.dedup();
            median_distance(&stamps).ok_or(few(stamps.len()))?
        };
        let order = Order::of(&points, step);
        // By value too, so that the order of the rows cannot show in a mean.
        points.sort_unstable_by(|a, b| a.time.cmp(&b.time).then(a.value.total_cmp(&b.value)));
        let (first, last) = (points[0].time, points[total - 1].time);
        let seconds = (last.as_unix_seconds() - first.as_unix_seconds()) as u64;
        let slots = (seconds + step as u64 / 2) / step as u64 + 1;
        if slots > (total as u64 * STEPS_PER_ROW).max(STEPS_ANYWAY) {
            return Err(SeriesError::Sparse { rows: total, first, last, step });
        }
        let laid = Laid::out(&points, first, step, slots as usize);
        if laid.filled == 0 {
            return Err(SeriesError::Empty { rows: total });
        }
        if laid.conflicts * 2 > laid.stamps {
            return Err(SeriesError::Several { conflicts: laid.conflicts, stamps: laid.stamps });
        }
        drop(points);
        let mut series = Self::new(name, first, Span::seconds(step as f64), laid.values);
        series.quality = Quality::of(&series, total, &laid.kept, &order);
        Ok(series)
    }
    /// A series as computed, not as read: nothing was out of order. Panics unless the step is at least one second.
    pub(crate) fn new(name: &str, start: Time, step: Span, values: Vec<f64>) -> Self {
        let step = step.as_seconds().round() as i64;
        assert!(step >= 1, "a step lasts at least a second");
        let mut series = Self { name: name.into(), start, step, values, quality: Quality::default() };
        let used = series.iter().filter(|(_, v)| v.is_some()).count();
        let kept = Kept { used, ..Kept::default() };
        series.quality = Quality::of(&series, used, &kept, &Order::default());
        series
    }
    /// What the values are called in their file.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// The start of the first step.
    pub const fn start(&self) -> Time {
        self.start
    }
    /// The end of the last step.
    pub fn end(&self) -> Time {
        self.time(self.len())
    }
    /// How long a step lasts.
    pub fn step(&self) -> Span {
        Span::seconds(self.step as f64)
    }
    /// How many steps there are, gaps included.
    pub const fn len(&self) -> usize {
        self.values.len()
    }
    /// Whether there is no step at all.
    pub const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
    /// The start of step `index`.
    pub const fn time(&self, index: usize) -> Time {
        Time::unix_seconds(self.start.as_unix_seconds() + self.step * index as i64)
    }
    /// The value of step `index`; `None` for a gap and beyond the end.
    pub fn value(&self, index: usize) -> Option<f64> {
        self.values.get(index).copied().and_then(known)
    }
    /// Every step in order: its start, and its value unless it is a gap.
    pub fn iter(&self) -> impl Iterator<Item = (Time, Option<f64>)> + '_ {
        self.values.iter().enumerate().map(|(i, v)| (self.time(i), known(*v)))
    }
    /// How far the rows behind the series can be trusted.
    pub const fn quality(&self) -> &Quality {
        &self.quality
    }
    /// Another series on the same grid, with the same quality: `change` takes the value before and the value.
    pub(crate) fn changed(&self, change: impl Fn(Option<f64>, f64) -> Option<f64>) -> Self {
        let mut before = None;
        let values = self.values.iter().map(|v| {
            let value = known(*v);
            let changed = value.and_then(|v| change(before, v)).unwrap_or(f64::NAN);
            before = value;
            changed
        });
        Self { values: values.collect(), name: self.name.clone(), quality: self.quality.clone(), ..*self }
    }
}

/// What became of the rows: `rows = used + empty + duplicates + crowded`.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// Steps with a value.
    pub(super) used: usize,
    /// Rows without a value.
    pub(super) empty: usize,
    /// Rows that repeat a stamp and its value.
    pub(super) repeated: usize,
    /// Rows that repeat a stamp with another value.
    pub(super) averaged: usize,
    /// Rows whose stamp shares its step with an earlier stamp.
    pub(super) crowded: usize,
    /// Stamps that do not lie on the grid.
    pub(super) off_grid: usize,
}

struct Laid {
    values: Vec<f64>,
    kept: Kept,
    filled: usize,
    stamps: usize,
    conflicts: usize,
}

impl Laid {
    /// Lays sorted points on the grid.
    fn out(points: &[Point], first: Time, step: i64, slots: usize) -> Self {
        let mut values = vec![f64::NAN; slots];
        let mut kept = Kept::default();
        let (mut stamps, mut conflicts, mut in_slot) = (0, 0, (usize::MAX, 0.0));
        for same in points.chunk_by(|a, b| a.time == b.time) {
            stamps += 1;
            // Sorted by value too, and NaN is the largest: the values stand first.
            let values_here = same.iter().take_while(|p| p.value().is_some()).count();
            let (known, without) = same.split_at(values_here);
            kept.empty += without.len();
            let (Some(low), Some(high)) = (known.first(), known.last()) else { continue };
            let differ = low.value != high.value;
            conflicts += usize::from(differ);
            *(if differ { &mut kept.averaged } else { &mut kept.repeated }) += known.len() - 1;
            let mean = if differ { mean(known) } else { low.value };
            let from = same[0].time.as_unix_seconds() - first.as_unix_seconds();
            kept.off_grid += usize::from(from % step != 0);
            let slot = ((from + step / 2) / step) as usize;
            if in_slot.0 == slot {
                // Sorted by time, so a step's stamps come one after the other: a running mean.
                kept.crowded += 1;
                in_slot.1 += 1.0;
                values[slot] += (mean - values[slot]) / in_slot.1;
            } else {
                in_slot = (slot, 1.0);
                values[slot] = mean;
                kept.used += 1;
            }
        }
        Self { filled: kept.used, values, kept, stamps, conflicts }
    }
}

/// The mean, without a sum that could overflow.
fn mean(points: &[Point]) -> f64 {
    let n = points.len() as f64;
    points.iter().map(|p| p.value / n).sum()
}

/// The lower median of the distances between sorted different stamps: always a distance that occurs.
fn median_distance(stamps: &[i64]) -> Option<i64> {
    let mut distances: Vec<i64> = stamps.windows(2).map(|w| w[1] - w[0]).collect();
    let middle = distances.len().checked_sub(1)? / 2;
    Some(*distances.select_nth_unstable(middle).1)
}

fn known(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

pub(super) fn count(n: usize) -> Count {
    Count::of(n as f64)
}

fn so_many_stamps(n: usize) -> &'static str {
    if n == 0 { "no time stamp" } else { "one time stamp" }
}

pub(super) fn so_many_rows(n: usize) -> String {
    if n == 1 { "1 row".into() } else { format!("{} rows", count(n)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(rows: &[(i64, f64)]) -> Result<Series, SeriesError> {
        let points = rows.iter().map(|(t, v)| Point::new(Time::unix_seconds(*t), Some(*v)));
        Series::from_points("value", points.collect())
    }
    fn values(series: &Series) -> Vec<Option<f64>> {
        series.iter().map(|(_, v)| v).collect()
    }

    #[test]
    fn a_missing_step_is_a_gap() {
        let s = series(&[(0, 1.0), (60, 2.0), (180, 4.0), (240, 5.0)]).unwrap();
        assert_eq!(values(&s), [Some(1.0), Some(2.0), None, Some(4.0), Some(5.0)]);
        assert_eq!((s.step(), s.quality().gaps, s.end()), (Span::minutes(1.0), 1, Time::unix_seconds(300)));
    }

    #[test]
    fn one_stamp_keeps_one_value_or_the_mean() {
        let s = series(&[(0, 1.0), (60, 2.0), (60, 2.0), (120, 3.0), (120, 5.0), (180, 1.0), (240, 1.0)]).unwrap();
        assert_eq!(values(&s)[..3], [Some(1.0), Some(2.0), Some(4.0)]);
        assert_eq!((s.quality().repeated, s.quality().averaged, s.quality().duplicates()), (1, 1, 2));
    }

    #[test]
    fn the_order_of_rows_cannot_show_in_the_values() {
        let mut rows: Vec<_> = (0..50).map(|i| (i * 60, (i * i % 17) as f64 / 7.0)).collect();
        rows.extend([(120, 0.3), (120, 0.7), (125, 0.1)]);
        let forward = series(&rows).unwrap();
        rows.reverse();
        rows.swap(3, 30);
        assert_eq!(values(&forward), values(&series(&rows).unwrap()));
    }

    #[test]
    fn every_row_is_accounted_for() {
        let mut points: Vec<_> = (0..20).map(|i| Point::new(Time::unix_seconds(i * 60), Some(i as f64))).collect();
        points.push(Point::new(Time::unix_seconds(60), Some(1.0)));
        points.push(Point::new(Time::unix_seconds(60), Some(9.0)));
        points.push(Point::new(Time::unix_seconds(70), Some(9.0)));
        points.push(Point::new(Time::unix_seconds(70), None));
        let q = Series::from_points("v", points).unwrap().quality().clone();
        assert_eq!(q.rows, q.used + q.empty + q.duplicates() + q.crowded);
        assert_eq!((q.rows, q.used, q.empty, q.duplicates(), q.crowded, q.off_grid), (24, 20, 1, 2, 1, 1));
    }

    #[test]
    fn rows_that_make_no_series_are_refused_with_numbers() {
        assert_eq!(series(&[]).unwrap_err(), SeriesError::TooFew { rows: 0, stamps: 0 });
        let one = series(&[(5, 1.0), (5, 1.0)]).unwrap_err();
        assert_eq!(one.to_string(), "2 rows with one time stamp; two different stamps are needed to see a step");
        let two_hosts: Vec<_> = (0..20).map(|i| (i / 2 * 60, f64::from(i as i32))).collect();
        assert_eq!(series(&two_hosts).unwrap_err(), SeriesError::Several { conflicts: 10, stamps: 10 });
        let mut epoch: Vec<_> = (0..20).map(|i| (1_400_000_000 + i * 60, 1.0)).collect();
        epoch.push((0, 1.0));
        assert!(matches!(series(&epoch).unwrap_err(), SeriesError::Sparse { rows: 21, step: 60, .. }));
        let empty = vec![Point::new(Time::unix_seconds(0), None), Point::new(Time::unix_seconds(60), Some(f64::NAN))];
        assert_eq!(Series::from_points("v", empty).unwrap_err(), SeriesError::Empty { rows: 2 });
    }
}

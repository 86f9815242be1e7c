//! Several series on one grid, so that what happened at the same time stands side by side.
use super::{Series, Time};
use crate::units::Span;

/// The steps that several series are compared on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    start: i64,
    step: i64,
    len: usize,
}

/// A grid of more steps than this for each step of its series would be nearly empty.
const STEPS_PER_VALUE: usize = 10;

/// A series on a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Laid {
    /// Its value in each step of the grid.
    pub values: Vec<Option<f64>>,
    /// The steps from its first to its last; outside them it says nothing, within them a step without a value is a gap.
    pub spans: std::ops::Range<usize>,
}

impl Grid {
    /// No step at all.
    pub const EMPTY: Self = Self { start: 0, step: 1, len: 0 };
    /// Steps of the series' own length and place, or longer ones that hold a step of each of `others`.
    pub fn of<'s>(series: &Series, others: impl IntoIterator<Item = &'s Series>) -> Self {
        let own = series.step().as_seconds() as i64;
        let longest = others.into_iter().map(|s| s.step().as_seconds() as i64).fold(own, i64::max);
        // A whole number of its own steps, so that each of them lies in one step of the grid.
        let step = (longest + own - 1) / own * own;
        let len = (series.len() as i64 * own + step - 1) / step;
        Self { start: series.start().as_unix_seconds(), step, len: len as usize }
    }
    /// Steps from the first start to the last end of some series, as long as the longest step of theirs. None of no series, and
    /// where most of such a grid would be empty: series of different years stand on no grid together.
    pub fn over(series: &[&Series]) -> Option<Self> {
        let anchor = *series.iter().max_by_key(|s| s.step().as_seconds() as i64)?;
        let Self { start, step, .. } = Self::of(anchor, series.iter().copied());
        let first = series.iter().map(|s| s.start().as_unix_seconds()).min()?;
        let last = series.iter().map(|s| s.end().as_unix_seconds()).max()?;
        let start = start - (start - first + step - 1) / step * step;
        let len = ((last - start + step - 1) / step) as usize;
        let rows: usize = series.iter().map(|s| s.len()).sum();
        (len <= rows * STEPS_PER_VALUE).then_some(Self { start, step, len })
    }
    /// How many steps.
    pub const fn len(&self) -> usize {
        self.len
    }
    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// How long a step lasts.
    pub fn step(&self) -> Span {
        Span::seconds(self.step as f64)
    }
    /// The start of a step.
    pub const fn time(&self, index: usize) -> Time {
        Time::unix_seconds(self.start + self.step * index as i64)
    }
    /// Puts a series on the grid: each of its values into the step that holds the middle of its own, the mean of several. A step
    /// with less than half of the values it could have is a gap. A series of longer steps than the grid's stands in one step
    /// in so many, and leaves the rest empty.
    pub fn lay(&self, series: &Series) -> Laid {
        let fine = series.step().as_seconds() as i64;
        let full = (self.step / fine).max(1) as u32;
        let mut cells = vec![(0.0, 0_u32); self.len];
        let place = |time: Time| (time.as_unix_seconds() + fine.min(self.step) / 2 - self.start).div_euclid(self.step);
        let within = |place: i64| place.clamp(0, self.len as i64) as usize;
        for (time, value) in series.iter() {
            let Some(value) = value else { continue };
            let Ok(at) = usize::try_from(place(time)) else { continue };
            let Some(cell) = cells.get_mut(at) else { continue };
            cell.1 += 1;
            cell.0 += (value - cell.0) / f64::from(cell.1);
        }
        let values = cells.into_iter().map(|(mean, n)| (n > 0 && n * 2 >= full).then_some(mean)).collect();
        let last = series.time(series.len().saturating_sub(1));
        Laid { values, spans: within(place(series.start()))..within(place(last) + 1) }
    }
}

impl Laid {
    /// The same, each value changed.
    #[must_use]
    pub fn map(self, change: impl Fn(f64) -> f64) -> Self {
        Self { values: self.values.into_iter().map(|v| v.map(&change)).collect(), spans: self.spans }
    }
}

/// Adds up what runs at the same time: in each step the sum over those that have begun and not ended, and how many they are. A
/// step in which one of them has a gap has no sum: a part of it would look like less.
pub fn sums(laid: &[Laid], steps: usize) -> Vec<Option<(f64, usize)>> {
    let at = |step: usize| {
        let running = laid.iter().filter(|l| l.spans.contains(&step));
        let sum = running.clone().try_fold(0.0, |sum, l| l.values[step].map(|v| sum + v));
        sum.map(|sum| (sum, running.count())).filter(|(_, n)| *n > 0)
    };
    (0..steps).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Point;
    use super::*;

    fn series(start: i64, step: i64, values: &[f64]) -> Series {
        let point =
            |(i, v): (usize, &f64)| Point::new(Time::unix_seconds(start + step * i as i64), (*v >= 0.0).then_some(*v));
        Series::from_points("v", values.iter().enumerate().map(point).collect()).unwrap()
    }

    #[test]
    fn shorter_steps_are_averaged_and_jitter_does_not_matter() {
        let wide = series(0, 300, &[1.0, 2.0, 3.0]);
        let fine = series(58, 60, &[1.0, 3.0, 1.0, 3.0, 2.0, 7.0]);
        let grid = Grid::of(&wide, [&fine]);
        assert_eq!((grid.len(), grid.step(), grid.time(1)), (3, Span::minutes(5.0), Time::unix_seconds(300)));
        let laid = grid.lay(&fine);
        assert_eq!((laid.values.clone(), laid.spans), (vec![Some(2.0), None, None], 0..2), "one of five is a gap");
        assert_eq!(grid.lay(&series(299, 300, &[5.0, 6.0])).values, [None, Some(5.0), Some(6.0)]);
    }

    #[test]
    fn what_is_outside_is_left_out() {
        let grid = Grid::of(&series(600, 60, &[1.0; 3]), []);
        assert_eq!(grid.lay(&series(0, 60, &[1.0; 11])).values, [Some(1.0), None, None]);
        assert_eq!(grid.lay(&series(0, 60, &[1.0; 5])).spans, 0..0);
        assert_eq!(Grid::of(&series(0, 60, &[1.0; 3]), [&series(0, 90, &[1.0; 2])]).step(), Span::seconds(120.0));
    }

    #[test]
    fn a_grid_over_several_holds_them_all() {
        let (early, late) = (series(0, 60, &[1.0; 5]), series(200, 120, &[1.0; 5]));
        let grid = Grid::over(&[&early, &late]).unwrap();
        assert_eq!((grid.time(0), grid.step(), grid.len()), (Time::unix_seconds(-40), Span::minutes(2.0), 7));
        assert_eq!(Grid::over(&[&early, &series(1_000_000, 60, &[1.0; 5])]), None);
        assert_eq!(Grid::over(&[]), None);
    }

    #[test]
    fn a_machine_that_comes_later_is_no_gap_before() {
        let grid = Grid::of(&series(0, 60, &[1.0; 5]), []);
        let laid = [grid.lay(&series(0, 60, &[1.0, 1.0, -1.0, 1.0, 1.0])), grid.lay(&series(180, 60, &[5.0, 5.0]))];
        let expected = [Some((1.0, 1)), Some((1.0, 1)), None, Some((6.0, 2)), Some((6.0, 2))];
        assert_eq!(sums(&laid, 5), expected);
    }
}

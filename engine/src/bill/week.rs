//! What a day's cost should be: a level that moves slowly, times the habit of the weekday, both by medians.
//!
//! The decomposition of R. B. Cleveland et al., "STL: a seasonal-trend decomposition procedure based on loess", Journal of
//! Official Statistics 6, 1990, with running medians instead of loess (J. W. Tukey, "Exploratory Data Analysis", 1977): a day
//! that stands out, or a step from one level to another, does not bend what is expected of the days around it.

/// Days that a level is the median of: three of each weekday, an odd number. With twice that, a step is followed only
/// after three weeks; with a third, an anomaly of four days becomes the level.
const WINDOW: usize = 21;
/// Costs move by at least this part of themselves without meaning anything: a day has 23 or 25 hours, a month 28 or 31
/// days. With twice that, a rise of a tenth of a constant charge is no longer seen.
const FLOOR: f64 = 0.02;
/// A series whose days are above zero to this part is judged by ratios, any other by differences.
const POSITIVE: f64 = 0.9;
/// Below this part of the middle day a ratio says no more than that there was nothing.
const NOTHING: f64 = 1e-3;
/// A habit of the weekday is believed if it foretells days at least this much better than none.
const BELIEVED: f64 = 0.9;

/// A series of days with what was expected of each.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    /// In the unit of the values.
    pub(super) values: Vec<f64>,
    /// How many times its usual spread each value is off; none for a gap.
    pub(super) off: Vec<Option<f64>>,
    /// The same without what a day itself told of its weekday's habit: how far the days of such a series lie.
    pub(super) unseen: Vec<f64>,
}

/// What is expected of each of consecutive days; the first is of weekday `weekday`. `None` without two weeks of values.
pub(super) fn expected(values: &[Option<f64>], weekday: usize) -> Option<Expected> {
    let mut known: Vec<f64> = values.iter().flatten().copied().collect();
    if known.len() < 14 {
        return None;
    }
    let positive = known.iter().filter(|v| **v > 0.0).count() as f64 / known.len() as f64;
    let middle = median(&mut known);
    let by_ratio = positive >= POSITIVE && middle > 0.0;
    let least = middle * NOTHING;
    let forth = |v: f64| if by_ratio { v.max(least).ln() } else { v };
    let y: Vec<Option<f64>> = values.iter().map(|v| v.map(forth)).collect();
    let mut level = level(&y);
    let mut habit = [0.0; 7];
    let mut rest = minus(&y, &level);
    // The level needs the habit taken out and the habit the level: two rounds settle both.
    for _ in 0..2 {
        let believed = Habit::of(&rest, weekday).believed();
        let Some(found) = believed else { break };
        habit = found;
        let flat: Vec<Option<f64>> =
            y.iter().enumerate().map(|(i, v)| v.map(|v| v - habit[(i + weekday) % 7])).collect();
        level = self::level(&flat);
        rest = minus(&y, &level);
    }
    let is_habit = habit != [0.0; 7];
    let unseen: Vec<f64> =
        if is_habit { Habit::of(&rest, weekday).foretold().collect() } else { rest.into_iter().flatten().collect() };
    let floor = if by_ratio { FLOOR } else { FLOOR * median_size(values) };
    let scale = spread(unseen.iter().copied()).max(floor).max(f64::MIN_POSITIVE);
    let expected = |i: usize| level[i] + habit[(i + weekday) % 7];
    let back = |v: f64| if by_ratio { v.exp() } else { v };
    Some(Expected {
        values: (0..y.len()).map(|i| back(expected(i))).collect(),
        off: y.iter().enumerate().map(|(i, v)| v.map(|v| (v - expected(i)) / scale)).collect(),
        unseen: unseen.into_iter().map(|v| v / scale).collect(),
    })
}

fn minus(y: &[Option<f64>], level: &[f64]) -> Vec<Option<f64>> {
    y.iter().zip(level).map(|(v, level)| v.map(|v| v - level)).collect()
}

/// The running median. Near the ends, where the window is not around its day, it leans by the growth from week to week.
fn level(y: &[Option<f64>]) -> Vec<f64> {
    let n = y.len();
    let window = WINDOW.min(n);
    let near = 56.min(n);
    let (rise, fall) = (growth(&y[..near]), growth(&y[n - near..]));
    let mut values = Vec::with_capacity(window);
    let at = |i: usize, values: &mut Vec<f64>| {
        let from = (i.saturating_sub(window / 2)).min(n - window);
        let slope = if i < n / 2 { rise } else { fall };
        values.clear();
        values.extend((from..from + window).filter_map(|u| Some(y[u]? + slope * (i as f64 - u as f64))));
        (!values.is_empty()).then(|| median(values))
    };
    let mut levels: Vec<Option<f64>> = (0..n).map(|i| at(i, &mut values)).collect();
    // A gap of three weeks has the level of the day before it.
    let first = levels.iter().flatten().next().copied().unwrap_or(0.0);
    let mut last = first;
    for level in &mut levels {
        last = level.unwrap_or(last);
        *level = Some(last);
    }
    levels.into_iter().flatten().collect()
}

/// The growth of a day: the middle one of the differences between a day and the same day a week later. A step changes
/// seven of them, a day that stands out two.
fn growth(y: &[Option<f64>]) -> f64 {
    let mut weeks: Vec<f64> = y.iter().zip(y.iter().skip(7)).filter_map(|(a, b)| Some((*b)? - (*a)?)).collect();
    if weeks.len() < 7 { 0.0 } else { median(&mut weeks) / 7.0 }
}

/// What is left of the level, by weekday, each list ascending.
struct Habit([Vec<f64>; 7]);

impl Habit {
    fn of(rest: &[Option<f64>], weekday: usize) -> Self {
        let mut days: [Vec<f64>; 7] = Default::default();
        for (i, value) in rest.iter().enumerate() {
            days[(i + weekday) % 7].extend(value);
        }
        for day in &mut days {
            day.sort_unstable_by(f64::total_cmp);
        }
        Self(days)
    }
    /// Each value against the median of the others of its weekday: what the habit foretells of a day it has not seen.
    fn foretold(&self) -> impl Iterator<Item = f64> {
        self.0.iter().filter(|day| day.len() > 1).flat_map(|day| {
            (0..day.len()).map(move |i| {
                let others = day.len() - 1;
                let nth = |k: usize| day[if k < i { k } else { k + 1 }];
                let middle = f64::midpoint(nth((others - 1) / 2), nth(others / 2));
                day[i] - middle
            })
        })
    }
    /// The middle of each weekday, if it tells more than none does.
    fn believed(&self) -> Option<[f64; 7]> {
        if self.0.iter().any(|day| day.len() < 3) {
            return None;
        }
        let plain = trimmed(self.0.iter().flatten().copied());
        (trimmed(self.foretold()) < BELIEVED * plain).then(|| {
            let middle = |day: &Vec<f64>| f64::midpoint(day[(day.len() - 1) / 2], day[day.len() / 2]);
            std::array::from_fn(|day| middle(&self.0[day]))
        })
    }
}

/// The standard deviation around zero, whatever a few values do: of squares that count at most as 2.5 deviations.
///
/// P. J. Huber, "Robust Estimation of a Location Parameter", Annals of Mathematical Statistics 35, 1964, proposal 2 for
/// scale; from the median distance (F. R. Hampel, "The influence curve and its role in robust estimation", JASA 69, 1974).
fn spread(values: impl Iterator<Item = f64>) -> f64 {
    const CLIP: f64 = 2.5;
    /// What the clipped square of a standard normal variable is on average.
    const MEAN: f64 = 0.977_560;
    let mut sizes: Vec<f64> = values.map(f64::abs).collect();
    if sizes.is_empty() {
        return 0.0;
    }
    let mut spread = 1.482_602_218_505_602 * median(&mut sizes);
    for _ in 0..20 {
        let most = CLIP * spread;
        let squares = sizes.iter().map(|size| size.min(most).powi(2)).sum::<f64>();
        spread = (squares / (MEAN * sizes.len() as f64)).sqrt();
    }
    spread
}

/// The mean distance from zero of all but the farthest tenth: days that stand out are fewer, weekends are more.
fn trimmed(values: impl Iterator<Item = f64>) -> f64 {
    let mut sizes: Vec<f64> = values.map(f64::abs).collect();
    sizes.sort_unstable_by(f64::total_cmp);
    let kept = &sizes[..sizes.len() * 9 / 10];
    kept.iter().sum::<f64>() / kept.len().max(1) as f64
}

fn median_size(values: &[Option<f64>]) -> f64 {
    let mut sizes: Vec<f64> = values.iter().flatten().map(|v| v.abs()).filter(|v| *v > 0.0).collect();
    if sizes.is_empty() { 0.0 } else { median(&mut sizes) }
}

/// The middle value. Panics on none.
pub(super) fn median(values: &mut [f64]) -> f64 {
    let middle = values.len() / 2;
    let is_odd = values.len() % 2 == 1;
    let (below, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    if is_odd { *upper } else { f64::midpoint(below.iter().copied().max_by(f64::total_cmp).unwrap_or(*upper), *upper) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(n: usize, value: impl Fn(usize) -> f64) -> Vec<Option<f64>> {
        (0..n).map(|i| Some(value(i))).collect()
    }

    #[test]
    fn a_week_and_growth_are_expected() {
        let shape = [100.0, 110.0, 120.0, 115.0, 105.0, 40.0, 30.0];
        let values = days(90, |i| shape[(i + 3) % 7] * 1.01_f64.powi(i as i32));
        let found = expected(&values, 3).unwrap();
        for (value, expected) in values.iter().flatten().zip(&found.values) {
            assert!((expected / value - 1.0).abs() < 0.02, "{value} {expected}");
        }
        assert!(found.off.iter().flatten().all(|off| off.abs() < 1.0));
    }

    #[test]
    fn a_day_that_stands_out_bends_nothing() {
        let shape = [100.0, 110.0, 120.0, 115.0, 105.0, 40.0, 30.0];
        let values = days(28, |i| shape[i % 7] * if i == 17 { 6.0 } else { 1.0 });
        let found = expected(&values, 0).unwrap();
        assert!((found.values[17] - 115.0).abs() < 1.0, "{}", found.values[17]);
        assert!(found.off[17].unwrap() > 20.0);
        assert!(found.off.iter().enumerate().all(|(i, off)| i == 17 || off.unwrap().abs() < 1.0));
    }

    #[test]
    fn a_step_is_a_new_level() {
        let found = expected(&days(60, |i| if i < 30 { 10.0 } else { 15.0 } + (i % 2) as f64 * 0.1), 0).unwrap();
        assert!(found.off.iter().flatten().all(|off| off.abs() < 3.0), "{:?}", found.off);
    }

    #[test]
    fn too_few_and_gaps() {
        assert!(expected(&days(13, |_| 1.0), 0).is_none());
        let mut values = days(60, |_| 5.0);
        values[10..40].fill(None);
        let found = expected(&values, 0).unwrap();
        assert_eq!(found.off[20], None);
        assert_eq!(found.off[50], Some(0.0));
        assert!((found.values[25] - 5.0).abs() < 1e-9);
    }

    #[test]
    fn medians() {
        assert_eq!(median(&mut [3.0]), 3.0);
        assert_eq!(median(&mut [3.0, 1.0]), 2.0);
        assert_eq!(median(&mut [4.0, 1.0, 3.0, 2.0, 9.0]), 3.0);
    }
}

//! Clocks that stamp a step differently: some tools write its start, others its end.
use super::unit::Pairs;
use crate::series::{Grid, Laid};
use crate::signal::line::{self, Noise, Points, Through};

/// Another step than the stamps say is taken if the line leaves so much less: this part of the deviation. At nine tenths the
/// noise of a few days would choose in every tenth profile.
const CLEARLY: f64 = 0.8;

/// By how many steps the machines' stamps are later than those of the requests: one later, one earlier or none, whichever makes
/// the better line, if it is clearly better.
pub(super) fn lag(grid: &Grid, asked: &[Option<f64>], used: &[Laid]) -> isize {
    let left = |by: isize| {
        let pairs = Pairs::of(grid, &shifted(asked, by), used);
        let points = Points { x: &pairs.x, y: &pairs.y, weights: None, instrument: None };
        line::line(&points, Through::Anywhere, Noise::Apart).map(|line| line.residual_sd)
    };
    let Some(as_stamped) = left(0) else { return 0 };
    let others = [1, -1].into_iter().filter_map(|by| Some((by, left(by)?)));
    let best = others.min_by(|a, b| a.1.total_cmp(&b.1));
    best.filter(|(_, left)| *left < CLEARLY * as_stamped).map_or(0, |(by, _)| by)
}

/// Values moved to so many steps later.
pub(super) fn shifted(values: &[Option<f64>], by: isize) -> Vec<Option<f64>> {
    let at = |step: usize| step.checked_add_signed(-by).and_then(|from| values.get(from).copied().flatten());
    (0..values.len()).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::{Series, Time};
    use crate::units::Span;

    #[test]
    fn stamps_of_the_end_are_seen() {
        let load = |i: i64| 50.0 + 20.0 * (i as f64 / 30.0).cos() + (i * 7919 % 101) as f64 / 20.0;
        let noise = |i: i64| (i * 104_729 % 97) as f64 / 1000.0;
        let of = |late: i64| {
            let used: Vec<f64> = (0..400).map(|i| 0.1 + 0.02 * load(i - late) + 0.1 * noise(i)).collect();
            let used = Series::new("u", Time::unix_seconds(0), Span::seconds(60.0), used);
            let grid = Grid::of(&used, []);
            let asked: Vec<Option<f64>> = (0..400).map(|i| Some(load(i))).collect();
            lag(&grid, &asked, &[grid.lay(&used)])
        };
        assert_eq!([of(0), of(1), of(-1)], [0, 1, -1]);
        assert_eq!(shifted(&[Some(1.0), None, Some(3.0)], 1), [None, Some(1.0), None]);
        assert_eq!(shifted(&[Some(1.0), None, Some(3.0)], -1), [None, Some(3.0), None]);
    }
}

//! The stretches of a load test in which the number of clients held.
//!
//! While it changes, throughput and response times belong to no number of clients: such rows are left out, and so is the
//! first and the last tenth of a stretch beside one of another number, in which requests of both end.
use super::timeline::Cell;

/// A stretch holds while its clients differ by no more than this part: of fifty and fewer, not at all.
const HOLDS: f64 = 0.02;
/// A stretch beside others needs so many requests ...
const REQUESTS: u64 = 30;
/// ... and so many for each client, ...
const TURNS: f64 = 10.0;
/// ... and this part of the whole test, or it is a step of a ramp.
const LEAST: f64 = 0.02;
/// This part is left out where a stretch borders on another.
const BORDER: f64 = 0.1;

/// Cells in a row, by their place among all.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) first: usize,
    pub(super) last: usize,
    /// The clients; none where nobody tells.
    pub(super) clients: Option<f64>,
    /// Whether the clients held, or are the mean over a test in which they never did.
    pub(super) held: bool,
}

/// The steady stretches of a test; all of it where the number of clients is not told or never held.
pub(super) fn stretches(cells: &[(i64, &Cell)]) -> Vec<Stretch> {
    let Some(last) = cells.len().checked_sub(1) else { return Vec::new() };
    let Some(levels) = levels(cells) else {
        return vec![Stretch { first: 0, last, clients: None, held: true }];
    };
    let runs = runs(&levels);
    let whole = cells[last].0 - cells[0].0 + 1;
    let is_alone = runs.len() == 1;
    let steady: Vec<Stretch> = runs
        .into_iter()
        .filter_map(|(first, last)| {
            let mean = levels[first..=last].iter().map(|(low, high)| f64::midpoint(*low, *high)).sum::<f64>();
            let clients = mean / (last - first + 1) as f64;
            if is_alone {
                return Some(Stretch { first, last, clients: Some(clients), held: true });
            }
            let kept = inner(cells, first, last, cells.len() - 1)?;
            let requests: u64 = cells[kept.0..=kept.1].iter().map(|(_, cell)| cell.took.count()).sum();
            let lasts = (cells[kept.1].0 - cells[kept.0].0 + 1) as f64;
            let is_steady = requests >= REQUESTS.max((TURNS * clients) as u64) && lasts >= LEAST * whole as f64;
            is_steady.then_some(Stretch { first: kept.0, last: kept.1, clients: Some(clients), held: true })
        })
        .collect();
    if steady.is_empty() {
        let mean = levels.iter().map(|(low, high)| f64::midpoint(*low, *high)).sum::<f64>() / levels.len() as f64;
        return vec![Stretch { first: 0, last, clients: Some(mean), held: false }];
    }
    steady
}

/// The fewest and the most clients in each cell; what is told stands until something else is.
fn levels(cells: &[(i64, &Cell)]) -> Option<Vec<(f64, f64)>> {
    if let Some(first) = cells.iter().find_map(|(_, cell)| cell.clients) {
        let mut known = (first.0, first.0);
        let told = cells.iter().map(|(_, cell)| {
            known = cell.clients.unwrap_or((known.1, known.1));
            known
        });
        return Some(told.collect());
    }
    if cells.iter().all(|(_, cell)| cell.joined == 0) {
        return None;
    }
    let mut now: i64 = 0;
    let counted = cells.iter().map(|(_, cell)| {
        let before = now;
        now = (now + cell.joined).max(0);
        (before.min(now) as f64, before.max(now) as f64)
    });
    Some(counted.collect())
}

/// The longest runs of cells with about one number of clients, by first and last.
fn runs(levels: &[(f64, f64)]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let (mut first, mut low, mut high) = (0, f64::MAX, f64::MIN);
    for (at, level) in levels.iter().enumerate() {
        let (lower, higher) = (low.min(level.0), high.max(level.1));
        if at > first && higher - lower > HOLDS * higher {
            runs.push((first, at - 1));
            first = at;
            (low, high) = *level;
        } else {
            (low, high) = (lower, higher);
        }
    }
    runs.push((first, levels.len() - 1));
    // A single cell in which the number changes is a run of its own, and no stretch.
    runs.retain(|(first, last)| first < last || levels[*first].1 - levels[*first].0 <= HOLDS * levels[*first].1);
    runs
}

/// What remains of a run when its borders to others are left out.
fn inner(cells: &[(i64, &Cell)], first: usize, last: usize, end: usize) -> Option<(usize, usize)> {
    let border = ((cells[last].0 - cells[first].0 + 1) as f64 * BORDER).ceil() as i64;
    let from = cells[first].0 + if first > 0 { border } else { 0 };
    let until = cells[last].0 - if last < end { border } else { 0 };
    let first = (first..=last).find(|at| cells[*at].0 >= from)?;
    let last = (first..=last).rev().find(|at| cells[*at].0 <= until)?;
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::spread::Spread;

    fn cell(requests: u64, clients: Option<f64>, joined: i64) -> Cell {
        let mut took = Spread::new();
        took.add_times(0.1, requests);
        Cell { took, errors: 0, clients: clients.map(|n| (n, n)), joined, line: 1 }
    }
    fn of(cells: &[Cell]) -> Vec<Stretch> {
        stretches(&cells.iter().enumerate().map(|(n, cell)| (n as i64, cell)).collect::<Vec<_>>())
    }

    #[test]
    fn a_staircase_has_a_stretch_for_each_step_without_its_borders() {
        let cells: Vec<Cell> = (0..60).map(|n| cell(20, Some(f64::from(n / 20 + 1)), 0)).collect();
        let found = of(&cells);
        let ends: Vec<_> = found.iter().map(|s| (s.first, s.last, s.clients)).collect();
        assert_eq!(ends, [(0, 17, Some(1.0)), (22, 37, Some(2.0)), (42, 59, Some(3.0))]);
    }

    #[test]
    fn a_ramp_is_left_out() {
        let clients = |n: u32| if n < 30 { n + 1 } else { 30 };
        let cells: Vec<Cell> = (0..100).map(|n| cell(9, Some(f64::from(clients(n))), 0)).collect();
        let found = of(&cells);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].first, found[0].last, found[0].clients), (37, 99, Some(30.0)));
    }

    #[test]
    fn clients_that_never_hold_are_a_mean() {
        let cells: Vec<Cell> = (0..20).map(|n| cell(1, Some(f64::from(n)), 0)).collect();
        assert_eq!(of(&cells), [Stretch { first: 0, last: 19, clients: Some(9.5), held: false }]);
    }

    #[test]
    fn clients_are_counted_as_they_come_and_go() {
        let cells: Vec<Cell> = (0..50).map(|n| cell(5, None, i64::from(n == 0) * 3 - i64::from(n == 49))).collect();
        let found = of(&cells);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].clients, Some(3.0));
        assert!(of(&[]).is_empty());
        assert_eq!(of(&[cell(5, None, 0)]), [Stretch { first: 0, last: 0, clients: None, held: true }]);
    }
}

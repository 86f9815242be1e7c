//! What was finished when, and by how many clients, in at most some thousand cells of time whatever the test lasts.
use crate::telemetry::spread::Spread;
use std::collections::BTreeMap;

/// No more cells are kept: when there are, each two become one.
const CELLS: usize = 2048;
/// How long a cell lasts at first, in microseconds.
const WIDTH: i64 = 1 << 13;

/// Cells of one length, by number.
pub(super) struct Timeline {
    width: i64,
    cells: BTreeMap<i64, Cell>,
}

/// A stretch of time.
pub(super) struct Cell {
    /// How long each request took that ended in it, in seconds.
    pub(super) took: Spread,
    /// Those that failed.
    pub(super) errors: u64,
    /// The fewest and the most clients that are told of.
    pub(super) clients: Option<(f64, f64)>,
    /// Clients that began, less those that left.
    pub(super) joined: i64,
    /// The earliest line that tells of it.
    pub(super) line: usize,
}

impl Cell {
    fn new(line: usize) -> Self {
        Self { took: Spread::new(), errors: 0, clients: None, joined: 0, line }
    }
    /// So many clients are told of.
    pub(super) fn sees(&mut self, clients: f64) {
        let (least, most) = self.clients.unwrap_or((clients, clients));
        self.clients = Some((least.min(clients), most.max(clients)));
    }
    fn join(&mut self, other: &Self) {
        self.took.merge(&other.took);
        self.errors += other.errors;
        self.joined += other.joined;
        self.line = self.line.min(other.line);
        if let Some((least, most)) = other.clients {
            self.sees(least);
            self.sees(most);
        }
    }
}

impl Timeline {
    pub(super) fn new() -> Self {
        Self { width: WIDTH, cells: BTreeMap::new() }
    }
    /// The cell of a moment, in microseconds.
    pub(super) fn at(&mut self, micros: i64, line: usize) -> &mut Cell {
        let mut number = micros.div_euclid(self.width);
        if self.cells.len() >= CELLS && !self.cells.contains_key(&number) {
            while self.cells.len() >= CELLS / 2 && self.width < i64::MAX / 4 {
                self.halve();
            }
            number = micros.div_euclid(self.width);
        }
        let cell = self.cells.entry(number).or_insert_with(|| Cell::new(line));
        cell.line = cell.line.min(line);
        cell
    }
    fn halve(&mut self) {
        let mut halved = BTreeMap::new();
        for (number, cell) in std::mem::take(&mut self.cells) {
            halved.entry(number.div_euclid(2)).or_insert_with(|| Cell::new(cell.line)).join(&cell);
        }
        self.cells = halved;
        self.width *= 2;
    }
    /// How long a cell lasts, in seconds.
    pub(super) fn width(&self) -> f64 {
        self.width as f64 / 1e6
    }
    /// The cells in the order of time, each with its number.
    pub(super) fn cells(&self) -> impl Iterator<Item = (i64, &Cell)> {
        self.cells.iter().map(|(number, cell)| (*number, cell))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_test_is_kept_in_few_cells() {
        let mut timeline = Timeline::new();
        for n in (0..100_000).rev() {
            let cell = timeline.at(n * 50_000, 7);
            cell.took.add(0.25);
            cell.errors += u64::from(n % 10 == 0);
            cell.sees((n / 50_000) as f64 + 1.0);
        }
        let cells: Vec<_> = timeline.cells().collect();
        assert!(cells.len() <= CELLS && cells.len() > CELLS / 4, "{}", cells.len());
        assert_eq!(cells.iter().map(|(_, cell)| cell.took.count()).sum::<u64>(), 100_000);
        assert_eq!(cells.iter().map(|(_, cell)| cell.errors).sum::<u64>(), 10_000);
        assert!(cells.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!((cells[0].1.clients, cells.last().unwrap().1.clients), (Some((1.0, 1.0)), Some((2.0, 2.0))));
    }

    #[test]
    fn stamps_of_any_year_are_taken() {
        let mut timeline = Timeline::new();
        for n in 0..50_000_i64 {
            timeline.at(n * 7_777_777 % 1_000_003 * 100_000_000_000 - (1 << 56), 1).joined += 1;
        }
        assert!(timeline.cells().count() <= CELLS);
    }
}

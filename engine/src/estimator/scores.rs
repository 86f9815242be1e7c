//! What came, in multiples of a reference, and the multiple that would have cost least.
//!
//! The cost of a limit is Autopilot's (Rzadca et al. 2020, section 3.2.3) in shares instead of units: the part of the
//! limit that is idle, and a price for the time above it. Where the cost is least, the last slice of the limit saves as
//! much time above it as it idles: no percentile has to be chosen, and every series gets its own.

/// How much wider each bucket is than the one before. The limit is the end of a bucket, as in the Vertical Pod
/// Autoscaler: doubled, limits are a twentieth higher, and less time is spent above them.
const GROWTH: f64 = 0.05;
/// A bucket ends so much above its round number: a multiple times its reference is then never a rounding below the value.
const ROUNDING: f64 = 1e-9;
/// Multiples below and above these count as these.
const ENDS: (f64, f64) = (1e-6, 1e30);

/// Decayed weights of multiples in exponential buckets.
#[derive(Clone, Debug, Default)]
pub(super) struct Scores {
    /// The number of the first cell's bucket; bucket `n` ends at `(1 + GROWTH)^n`.
    first: i64,
    /// Each bucket's weight and the weighted sum of its multiples.
    cells: Vec<Cell>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    end: f64,
    weight: f64,
    sum: f64,
}

impl Scores {
    /// Adds a multiple of weight one.
    pub(super) fn add(&mut self, multiple: f64) {
        let multiple = multiple.clamp(ENDS.0, ENDS.1);
        let n = (multiple.ln() / GROWTH.ln_1p()).ceil() as i64;
        let cell = |n: i64| Cell { end: (GROWTH.ln_1p() * n as f64).exp() * (1.0 + ROUNDING), ..Cell::default() };
        if self.cells.is_empty() {
            self.first = n;
            self.cells.push(cell(n));
        }
        if n < self.first {
            self.cells.splice(0..0, (n..self.first).map(cell));
            self.first = n;
        }
        let after = self.first + self.cells.len() as i64;
        self.cells.extend((after..=n).map(cell));
        let cell = &mut self.cells[(n - self.first) as usize];
        cell.weight += 1.0;
        cell.sum += multiple;
    }
    /// Lets all weights fade.
    pub(super) fn fade(&mut self, by: f64) {
        for cell in &mut self.cells {
            cell.weight *= by;
            cell.sum *= by;
        }
    }
    /// The multiple of least cost, where time above it costs `price` times what as much idle size does.
    pub(super) fn cheapest(&self, price: f64) -> Option<f64> {
        let total: f64 = self.cells.iter().map(|cell| cell.weight).sum();
        let (mut weight, mut sum) = (0.0, 0.0);
        let mut best: Option<(f64, f64)> = None;
        for cell in self.cells.iter().filter(|cell| cell.weight > 0.0) {
            weight += cell.weight;
            sum += cell.sum;
            let cost = price * (total - weight) + weight - sum / cell.end;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, cell.end));
            }
        }
        best.map(|(_, multiple)| multiple)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(multiples: impl IntoIterator<Item = f64>) -> Scores {
        let mut scores = Scores::default();
        multiples.into_iter().for_each(|multiple| scores.add(multiple));
        scores
    }

    #[test]
    fn a_rare_peak_is_covered_where_its_time_costs_more_than_what_idles() {
        // Two of a hundred at ten times the rest: to cover them, nine tenths idle for 98 of a hundred steps.
        let scores = of((0..100).map(|i| if i < 2 { 10.0 } else { 1.0 }));
        let near = |found: Option<f64>, wanted: f64| {
            let found = found.unwrap();
            assert!(found >= wanted && found < wanted * 1.05, "{found} for {wanted}");
        };
        near(scores.cheapest(10.0), 1.0);
        near(scores.cheapest(100.0), 10.0);
        assert_eq!(Scores::default().cheapest(10.0), None);
    }

    #[test]
    fn what_fades_is_forgotten() {
        let mut scores = of([50.0; 20]);
        for _ in 0..40 {
            scores.fade(0.5);
            scores.add(0.002);
        }
        assert!(scores.cheapest(10.0).unwrap() < 0.0022);
        for multiple in [0.0, f64::MAX, f64::INFINITY, f64::MIN_POSITIVE] {
            scores.add(multiple);
        }
        assert!(scores.cheapest(1e6).unwrap().is_finite());
    }
}

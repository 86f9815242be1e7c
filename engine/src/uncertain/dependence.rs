//! Estimates that rise and fall together: a Gaussian copula over rank correlations.
//!
//! A stated coefficient is Spearman's: it speaks of ranks and so holds whatever the shapes are. Between normal scores it is
//! `2 sin(pi r / 6)` (K. Pearson, "On further methods of determining correlation", 1907). Scores are mixed by the Cholesky
//! factor of that matrix, in the order of the estimates: those before are not changed by those after.

/// A rank correlation, -1 to 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Coefficient(f64);

impl Coefficient {
    /// So strong; none outside -1 to 1.
    pub fn of(rank: f64) -> Option<Self> {
        (-1.0..=1.0).contains(&rank).then_some(Self(rank))
    }
    /// The plain number.
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// How scores are mixed.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependence {
    /// Row by row, the lower triangle. Empty where everything is independent.
    factor: Vec<Vec<f64>>,
}

/// Coefficients that no numbers can have together.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("no numbers can be correlated like this; all coefficients times {largest:.2} could be")]
pub struct Inconsistent {
    /// The largest part of all the coefficients that numbers can have.
    pub largest: f64,
}

/// A pivot this far below zero is rounding: perfect correlation leaves nothing.
const ROUNDING: f64 = 1e-9;

impl Dependence {
    /// Nothing hangs together.
    pub const fn none() -> Self {
        Self { factor: Vec::new() }
    }
    /// So many estimates of which some pairs are correlated. Panics on a place outside.
    pub fn of(estimates: usize, pairs: &[(usize, usize, Coefficient)]) -> Result<Self, Inconsistent> {
        if pairs.is_empty() {
            return Ok(Self::none());
        }
        let scaled = |part: f64| {
            let mut matrix = vec![vec![0.0; estimates]; estimates];
            for (i, row) in matrix.iter_mut().enumerate() {
                row[i] = 1.0;
            }
            for &(a, b, rank) in pairs {
                let normal = 2.0 * (std::f64::consts::PI * rank.get() * part / 6.0).sin();
                matrix[a][b] = normal;
                matrix[b][a] = normal;
            }
            cholesky(&matrix)
        };
        if let Some(factor) = scaled(1.0) {
            return Ok(Self { factor });
        }
        let (mut fits, mut not) = (0.0, 1.0);
        for _ in 0..40 {
            let middle = f64::midpoint(fits, not);
            (fits, not) = if scaled(middle).is_some() { (middle, not) } else { (fits, middle) };
        }
        Err(Inconsistent { largest: fits })
    }
    /// Independent scores, mixed in place.
    pub fn mix(&self, scores: &mut [f64]) {
        for (place, row) in self.factor.iter().enumerate().rev() {
            scores[place] = row.iter().zip(&*scores).map(|(part, score)| part * score).sum();
        }
    }
}

/// The lower factor of a correlation matrix; none where it is not positive semi-definite.
fn cholesky(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let mut factor: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
    for (i, row) in matrix.iter().enumerate() {
        let mut line = vec![0.0; i + 1];
        for j in 0..=i {
            let done: f64 = (0..j).map(|k| line[k] * if j == i { line[k] } else { factor[j][k] }).sum();
            let rest = row[j] - done;
            if j == i {
                if rest < -ROUNDING {
                    return None;
                }
                line[i] = rest.max(0.0).sqrt();
            } else if factor[j][j] > ROUNDING.sqrt() {
                line[j] = rest / factor[j][j];
            } else if rest.abs() > ROUNDING.sqrt() {
                return None; // the one before leaves nothing of its own to be correlated with
            }
        }
        factor.push(line);
    }
    Some(factor)
}

#[cfg(test)]
mod tests {
    use super::super::Draws;
    use super::*;

    fn ranks(values: &[f64]) -> Vec<f64> {
        values.iter().map(|x| values.iter().filter(|y| *y < x).count() as f64).collect()
    }

    fn correlation(a: &[f64], b: &[f64]) -> f64 {
        let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
        let (ma, mb) = (mean(a), mean(b));
        let sum = |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(x, y)| f(x - ma, y - mb)).sum::<f64>();
        sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
    }

    #[test]
    fn drawn_ranks_have_the_stated_correlation() {
        let draws = Draws::new(2048, 3);
        for stated in [-0.8, 0.3, 0.9, 1.0] {
            let dependence = Dependence::of(3, &[(0, 2, Coefficient(stated))]).unwrap();
            let mut columns = vec![Vec::new(); 3];
            for point in 0..2048 {
                let mut scores: Vec<f64> = (0..3).map(|d| draws.score(point, d)).collect();
                dependence.mix(&mut scores);
                columns.iter_mut().zip(scores).for_each(|(column, score)| column.push(score));
            }
            let between = |a: usize, b: usize| correlation(&ranks(&columns[a]), &ranks(&columns[b]));
            assert!((between(0, 2) - stated).abs() < 0.02, "{stated}: {}", between(0, 2));
            assert!(between(0, 1).abs() < 0.02 && between(1, 2).abs() < 0.03);
        }
    }

    #[test]
    fn three_that_all_oppose_each_other_cannot_be() {
        // Three numbers may all be correlated by -1/2 at most: between ranks 6 asin(1/4) / pi = 0.4826.
        let inconsistent =
            Dependence::of(3, &[(0, 1), (0, 2), (1, 2)].map(|(a, b)| (a, b, Coefficient(-0.9)))).unwrap_err();
        assert!((inconsistent.largest * 0.9 - 0.4826).abs() < 1e-3, "{inconsistent:?}");
    }
}

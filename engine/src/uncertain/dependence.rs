//! Estimates that rise and fall together: a Gaussian copula over rank correlations.
//!
//! A stated coefficient is Spearman's: it speaks of ranks and so holds whatever the shapes are. Between normal scores it is
//! `2 sin(pi r / 6)` (K. Pearson, "On further methods of determining correlation", 1907). Pairs that nobody states are as
//! correlated as the stated ones make them, and no more: peak with mean, and mean with data, say something of peak with
//! data (A. P. Dempster, "Covariance selection", Biometrics 28, 1972; fitted as T. P. Speed and H. T. Kiiveri do,
//! "Gaussian Markov distributions over finite graphs", Annals of Statistics 14, 1986). Scores are mixed by the Cholesky
//! factor of the completed matrix.
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
            let normal = |rank: Coefficient| 2.0 * (std::f64::consts::PI * rank.get() * part / 6.0).sin();
            let stated: Vec<(usize, usize, f64)> = pairs.iter().map(|&(a, b, rank)| (a, b, normal(rank))).collect();
            completed(estimates, &stated).and_then(|matrix| cholesky(&matrix))
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

/// Coefficients are met when they are this near.
const MET: f64 = 1e-7;
/// Perfect correlation leaves no matrix to invert: this little is left of it.
const NEARLY_ONE: f64 = 1.0 - 1e-9;
const MOST_ROUNDS: u32 = 2000;

/// The correlation matrix that has the stated coefficients and, between all other pairs, none but what follows from them:
/// its inverse is zero there. None where there is no such matrix.
fn completed(size: usize, stated: &[(usize, usize, f64)]) -> Option<Vec<Vec<f64>>> {
    let mut named: Vec<usize> = stated.iter().flat_map(|&(a, b, _)| [a, b]).collect();
    named.sort_unstable();
    named.dedup();
    let place = |estimate: usize| named.binary_search(&estimate).expect("it is one of the named");
    let pairs: Vec<(usize, usize, f64)> =
        stated.iter().map(|&(a, b, r)| (place(a), place(b), r.clamp(-NEARLY_ONE, NEARLY_ONE))).collect();
    let mut distinct: Vec<(usize, usize)> = pairs.iter().map(|&(a, b, _)| (a.min(b), a.max(b))).collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() * 2 == named.len() * (named.len() - 1) {
        // All pairs are stated: nothing is left to follow from others.
        let mut whole = identity(size);
        for &(a, b, r) in stated {
            whole[a][b] = r;
            whole[b][a] = r;
        }
        return Some(whole);
    }
    let mut inverse = identity(named.len());
    let mut matrix = identity(named.len());
    for _ in 0..MOST_ROUNDS {
        let off = pairs.iter().map(|&(a, b, r)| (matrix[a][b] - r).abs()).fold(0.0, f64::max);
        let scale = (0..named.len()).map(|i| (matrix[i][i] - 1.0).abs()).fold(0.0, f64::max);
        if off < MET && scale < MET {
            let mut whole = identity(size);
            for (i, a) in named.iter().enumerate() {
                for (j, b) in named.iter().enumerate().filter(|(j, _)| *j != i) {
                    whole[*a][*b] = matrix[i][j];
                }
            }
            return Some(whole);
        }
        for &(a, b, r) in &pairs {
            // The two by themselves are made what is stated: the inverse gains what their own inverse lacks.
            let (vaa, vbb, vab) = (matrix[a][a], matrix[b][b], matrix[a][b]);
            let (now, wanted) = (vaa * vbb - vab * vab, 1.0 - r * r);
            inverse[a][a] += 1.0 / wanted - vbb / now;
            inverse[b][b] += 1.0 / wanted - vaa / now;
            inverse[a][b] += -r / wanted + vab / now;
            inverse[b][a] = inverse[a][b];
            matrix = inverted(&inverse)?;
        }
    }
    None
}

fn identity(size: usize) -> Vec<Vec<f64>> {
    (0..size).map(|i| (0..size).map(|j| f64::from(u8::from(i == j))).collect()).collect()
}

/// The inverse of a positive definite matrix, by elimination; none where it is not one.
fn inverted(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let (mut left, mut right) = (matrix.to_vec(), identity(matrix.len()));
    for i in 0..matrix.len() {
        let pivot = left[i][i];
        if pivot <= 0.0 || !pivot.is_finite() {
            return None;
        }
        for rows in [&mut left, &mut right] {
            rows[i].iter_mut().for_each(|x| *x /= pivot);
        }
        for row in (0..matrix.len()).filter(|row| *row != i) {
            let factor = left[row][i];
            for rows in [&mut left, &mut right] {
                let base = rows[i].clone();
                rows[row].iter_mut().zip(base).for_each(|(x, b)| *x -= factor * b);
            }
        }
    }
    Some(right)
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
    fn what_is_not_stated_follows_from_what_is() {
        let stated = [(0, 1, Coefficient(0.9)), (1, 2, Coefficient(0.6))];
        let normal = |rank: f64| 2.0 * (std::f64::consts::PI * rank / 6.0).sin();
        let matrix = completed(4, &stated.map(|(a, b, r)| (a, b, normal(r.0)))).unwrap();
        assert!((matrix[0][2] - normal(0.9) * normal(0.6)).abs() < 1e-6, "the product along the path");
        assert_eq!((matrix[0][3], matrix[3][3]), (0.0, 1.0));
        assert!(Dependence::of(4, &stated).is_ok());
    }

    #[test]
    fn three_that_all_oppose_each_other_cannot_be() {
        // Three numbers may all be correlated by -1/2 at most: between ranks 6 asin(1/4) / pi = 0.4826.
        let inconsistent =
            Dependence::of(3, &[(0, 1), (0, 2), (1, 2)].map(|(a, b)| (a, b, Coefficient(-0.9)))).unwrap_err();
        assert!((inconsistent.largest * 0.9 - 0.4826).abs() < 1e-3, "{inconsistent:?}");
    }
}

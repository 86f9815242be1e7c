//! Throughput that grows in proportion and then stands: `X(N) = min(gamma N, top)`.
//!
//! The asymptotic bounds of operational analysis (P. J. Denning and J. P. Buzen, "The operational analysis of queueing
//! network models", ACM Computing Surveys 10, 1978): something, a pool of connections or of processors, is full from the knee
//! on. A sweep of this shape fitted with the scalability law shows a peak that is not there.

/// The two lines, fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Ceiling {
    /// Throughput of one alone (gamma).
    pub alone: f64,
    /// What throughput does not pass.
    pub top: f64,
    /// The standard error of the top.
    pub top_error: f64,
    /// The sum of the squares of what they leave.
    pub squares: f64,
    /// The part of the variance of the throughput that they explain.
    pub r_squared: f64,
    /// Throughput less the lines, point by point.
    pub residuals: Vec<f64>,
}

/// The two lines through points `(number, throughput)`. None with fewer than four points, or where fewer than two stand at the
/// top: a ceiling that one point alone shows is a guess.
pub fn fit(numbers: &[f64], throughput: &[f64]) -> Option<Ceiling> {
    assert!(numbers.len() == throughput.len(), "each number has its throughput");
    let mut points: Vec<(f64, f64)> = numbers.iter().copied().zip(throughput.iter().copied()).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    if points.len() < 4 || points.iter().any(|(n, x)| !(*n > 0.0 && *x > 0.0 && n.is_finite() && x.is_finite())) {
        return None;
    }
    let at_knee = |knee: usize| {
        let (below, above) = points.split_at(knee);
        let alone = below.iter().map(|(n, x)| n * x).sum::<f64>() / below.iter().map(|(n, _)| n * n).sum::<f64>();
        let top = above.iter().map(|(_, x)| x).sum::<f64>() / above.len() as f64;
        let squares: f64 = points.iter().map(|(n, x)| (x - (alone * n).min(top)).powi(2)).sum();
        (alone, top, squares, above.len())
    };
    let all = (1..points.len() - 1).map(at_knee);
    let (alone, top, squares, standing) = all.reduce(|a, b| if b.2 < a.2 { b } else { a })?;
    let mean = throughput.iter().sum::<f64>() / throughput.len() as f64;
    let whole: f64 = throughput.iter().map(|x| (x - mean).powi(2)).sum();
    let variance = squares / (points.len() as f64 - 2.0);
    Some(Ceiling {
        alone,
        top,
        top_error: (variance / standing as f64).sqrt(),
        squares,
        r_squared: if whole > 0.0 { (1.0 - squares / whole).max(0.0) } else { 1.0 },
        residuals: numbers.iter().zip(throughput).map(|(n, x)| x - (alone * n).min(top)).collect(),
    })
}

impl Ceiling {
    /// The throughput at a number.
    pub fn at(&self, number: f64) -> f64 {
        (self.alone * number).min(self.top)
    }
    /// Where the two lines meet.
    pub fn knee(&self) -> f64 {
        self.top / self.alone
    }
}

/// Akaike's criterion for small samples (C. M. Hurvich and C.-L. Tsai, Biometrika 76, 1989): the lower, the more a model is
/// worth its `parameters`, the variance not counted among them: with it the six points that a law needs would hardly ever pay
/// for one more. `scale` is the size of the values, whose millionth counts as none.
pub fn criterion(squares: f64, points: usize, parameters: usize, scale: f64) -> f64 {
    let (n, k) = (points as f64, parameters as f64);
    let spare = n - k - 1.0;
    let correction = if spare > 0.0 { 2.0 * k * (k + 1.0) / spare } else { f64::INFINITY };
    n * (squares / n).max((scale * 1e-6).powi(2)).ln() + 2.0 * k + correction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_knee_is_found() {
        let numbers = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
        let fit = fit(&numbers, &[44.0, 88.0, 176.0, 352.0, 352.0, 352.0]).unwrap();
        assert!((fit.alone - 44.0).abs() < 1e-9 && (fit.top - 352.0).abs() < 1e-9 && (fit.knee() - 8.0).abs() < 1e-9);
        assert_eq!((fit.at(100.0), fit.squares), (352.0, 0.0));
    }

    #[test]
    fn one_point_makes_no_ceiling() {
        assert_eq!(fit(&[1.0, 2.0, 4.0], &[1.0, 2.0, 4.0]), None);
        let rising = fit(&[1.0, 2.0, 4.0, 8.0], &[1.0, 2.0, 4.0, 8.0]).unwrap();
        assert!(rising.squares > 0.0, "the two highest of a straight rise are no ceiling");
    }

    #[test]
    fn a_further_parameter_must_pay() {
        assert!(criterion(100.0, 8, 3, 1.0) < criterion(99.0, 8, 4, 1.0));
        assert!(criterion(100.0, 8, 3, 1.0) > criterion(1.0, 8, 4, 1.0));
        assert_eq!(criterion(1.0, 4, 4, 1.0), f64::INFINITY);
    }
}

//! The slope that a few bad points do not move: the median of the slopes of all pairs.
//!
//! H. Theil, 1950; the range by ranks is that of P. K. Sen, "Estimates of the regression coefficient based on Kendall's
//! tau", Journal of the American Statistical Association 63, 1968. Up to 29 % of the points may be anywhere.
use super::robust::median;
use super::student;

/// A robust line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RobustLine {
    /// The median slope.
    pub slope: f64,
    /// The ends of its range.
    pub range: (f64, f64),
    /// The median of what the slope leaves.
    pub base: f64,
}

/// Of more points every so many-th is taken: three hundred have 45,000 pairs.
const MOST: usize = 300;

/// The robust line through points, with a range that holds the slope with this chance where the points are independent.
/// None without two different x.
pub fn line(x: &[f64], y: &[f64], confidence: f64) -> Option<RobustLine> {
    let each = x.len().div_ceil(MOST).max(1);
    let taken: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).step_by(each).collect();
    let mut slopes = Vec::with_capacity(taken.len() * taken.len() / 2);
    for (i, from) in taken.iter().enumerate() {
        slopes.extend(taken[i + 1..].iter().filter(|to| to.0 != from.0).map(|to| (to.1 - from.1) / (to.0 - from.0)));
    }
    let slope = median(&mut slopes)?; // and sorts them
    let n = taken.len() as f64;
    let deviation = (n * (n - 1.0) * (2.0 * n + 5.0) / 18.0).sqrt();
    // A million degrees of freedom are those of the normal distribution.
    let doubt = student::quantile(f64::midpoint(1.0, confidence), 1e6) * deviation;
    let (middle, last) = ((slopes.len() - 1) as f64 / 2.0, slopes.len() - 1);
    let rank = |r: f64| slopes[(r.max(0.0) as usize).min(last)];
    let range = (rank((middle - doubt / 2.0).floor()), rank((middle + doubt / 2.0).ceil()));
    let base = median(&mut taken.iter().map(|(x, y)| y - slope * x).collect::<Vec<_>>())?;
    Some(RobustLine { slope, range, base })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sens_example() {
        // Sen 1968, section 5: x 1 2 3 4 10 12 18, y 9 15 19 20 45 55 78; slope 4, range of about 93 % from 26/7 to 35/8.
        let (x, y) = ([1.0, 2.0, 3.0, 4.0, 10.0, 12.0, 18.0], [9.0, 15.0, 19.0, 20.0, 45.0, 55.0, 78.0]);
        let fit = line(&x, &y, 0.93).unwrap();
        assert_eq!(fit.slope, 4.0);
        assert!((fit.range.0 - 26.0 / 7.0).abs() < 0.05 && (fit.range.1 - 35.0 / 8.0).abs() < 0.05, "{fit:?}");
    }

    #[test]
    fn a_quarter_of_nonsense_does_not_show() {
        let x: Vec<f64> = (0..2000).map(f64::from).collect();
        let y: Vec<f64> = x.iter().enumerate().map(|(i, v)| if i % 4 == 1 { -1e6 } else { 3.0 + 2.0 * v }).collect();
        let fit = line(&x, &y, 0.95).unwrap();
        assert!((fit.slope - 2.0).abs() < 1e-9 && (fit.base - 3.0).abs() < 1e-9, "{fit:?}");
        assert_eq!(line(&[1.0, 1.0], &[2.0, 3.0], 0.95), None);
    }
}

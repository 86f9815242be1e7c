//! A line through points: how much more of one thing comes with one more of another, and how sure that is.
//!
//! Least squares, plain or weighted, through the origin or not; the doubt is either that of points that are independent of one
//! another but of different noise (J. G. MacKinnon and H. White, 1985, HC3) or that of points in time (see
//! [`longrun`]). Where what stands on the x axis is itself measured with noise, least squares finds too
//! flat a line; with an *instrument*, something that moves with the true x but not with its noise, it does not
//! (J. Durbin, "Errors in variables", Review of the International Statistical Institute 22, 1954).
use super::{longrun, student};

/// Points to draw a line through.
#[derive(Clone, Copy, Debug)]
pub struct Points<'p> {
    /// What causes.
    pub x: &'p [f64],
    /// What is caused.
    pub y: &'p [f64],
    /// How much each point counts; all the same if none are given.
    pub weights: Option<&'p [f64]>,
    /// What moves with `x` but not with its noise; `x` itself if not given.
    pub instrument: Option<&'p [f64]>,
}

/// Where the line meets the y axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    /// Wherever the points say.
    Anywhere,
    /// At zero.
    Origin,
}

/// How the noise of one point goes with that of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noise {
    /// Not at all; it may be of different size.
    Apart,
    /// The points stand in the order of time, and neighbors may resemble each other.
    InTime,
}

/// A number, how far off it may be, and with how many degrees of freedom that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    /// The number.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Degrees of freedom of the error.
    pub free: f64,
}

impl Fitted {
    /// The ends of a range that holds the truth with this chance, by Student's t.
    pub fn range(&self, confidence: f64) -> (f64, f64) {
        let off = student::quantile(f64::midpoint(1.0, confidence), self.free) * self.error;
        (self.value - off, self.value + off)
    }
}

/// A line, and what it leaves unexplained.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// y where x is zero.
    pub base: Fitted,
    /// What y gains with one more x.
    pub slope: Fitted,
    /// The part of the variance of y that goes with x.
    pub r_squared: f64,
    /// y less the line, point by point.
    pub residuals: Vec<f64>,
    /// Their standard deviation.
    pub residual_sd: f64,
    /// Their correlation with themselves one point later.
    pub resemblance: f64,
}

/// The line through points. None of fewer than four, or if all x are alike.
pub fn line(points: &Points<'_>, through: Through, noise: Noise) -> Option<Line> {
    let Points { x, y, .. } = *points;
    let n = x.len();
    assert!(n == y.len(), "each x has its y");
    if n < 4 {
        return None;
    }
    let z = points.instrument.unwrap_or(x);
    let weight = |i: usize| points.weights.map_or(1.0, |w| w[i]);
    let all: f64 = (0..n).map(weight).sum();
    let mean = |v: &[f64]| match through {
        Through::Anywhere => (0..n).map(|i| weight(i) * v[i]).sum::<f64>() / all,
        Through::Origin => 0.0,
    };
    let (mean_x, mean_y, mean_z) = (mean(x), mean(y), mean(z));
    let off = |i: usize| weight(i) * (z[i] - mean_z);
    let shared: f64 = (0..n).map(|i| off(i) * (x[i] - mean_x)).sum();
    let spread: f64 = (0..n).map(|i| weight(i) * (x[i] - mean_x).powi(2)).sum();
    let is_flat = spread <= 1e-18 * all * x.iter().map(|v| v * v).fold(0.0, f64::max);
    if is_flat || shared <= 1e-9 * spread {
        return None;
    }
    let slope = (0..n).map(|i| off(i) * (y[i] - mean_y)).sum::<f64>() / shared;
    let base = mean_y - slope * mean_x;
    let residuals: Vec<f64> = (0..n).map(|i| y[i] - base - slope * x[i]).collect();
    let free = n as f64 - if through == Through::Anywhere { 2.0 } else { 1.0 };
    let left: f64 = (0..n).map(|i| weight(i) * residuals[i].powi(2)).sum();
    let around = match through {
        Through::Anywhere => mean_y,
        Through::Origin => 0.0,
    };
    let whole: f64 = (0..n).map(|i| weight(i) * (y[i] - around).powi(2)).sum();
    let (resemblance, lasts) = (longrun::resemblance(&residuals).unwrap_or(0.0), longrun::persistence(&residuals));
    // How much each point moves the slope and the base.
    let on_slope: Vec<f64> = (0..n).map(|i| off(i) * residuals[i] / shared).collect();
    let on_base: Vec<f64> = match through {
        Through::Anywhere => (0..n).map(|i| weight(i) * residuals[i] / all - mean_x * on_slope[i]).collect(),
        Through::Origin => vec![0.0; n],
    };
    let leverage = |i: usize| {
        let of_mean = if through == Through::Anywhere { weight(i) / all } else { 0.0 };
        (of_mean + off(i) * (x[i] - mean_x) / shared).clamp(0.0, 0.99)
    };
    let fitted = |value: f64, moves: &[f64]| {
        let (variance, free) = match noise {
            Noise::Apart => (moves.iter().enumerate().map(|(i, m)| (m / (1.0 - leverage(i))).powi(2)).sum(), free),
            Noise::InTime => {
                let run = longrun::variance(moves, lasts);
                (run.variance * n as f64 / free, run.free.min(free))
            }
        };
        Fitted { value, error: f64::sqrt(variance), free }
    };
    Some(Line {
        base: fitted(base, &on_base),
        slope: fitted(slope, &on_slope),
        r_squared: if whole > 0.0 { (1.0 - left / whole).max(0.0) } else { 1.0 },
        residual_sd: (left / all * n as f64 / free).sqrt(),
        resemblance,
        residuals,
    })
}

impl Line {
    /// The mean residual in each of five equal parts of the points by their x, from the lowest: bent one way, the truth is no
    /// line.
    pub fn bands(&self, x: &[f64]) -> [f64; 5] {
        let mut order: Vec<usize> = (0..x.len()).collect();
        order.sort_by(|a, b| x[*a].total_cmp(&x[*b]).then(a.cmp(b)));
        std::array::from_fn(|band| {
            let part = &order[band * order.len() / 5..(band + 1) * order.len() / 5];
            part.iter().map(|i| self.residuals[*i]).sum::<f64>() / part.len().max(1) as f64
        })
    }
}

/// For points in time, the mean of the two neighbors of each x, as an instrument: it moves with the load, which is slow, and
/// has none of the noise with which the point itself was counted. None where neighbors tell little of each other, so that
/// it would cost more than it gives.
pub fn neighbors(x: &[f64]) -> Option<Vec<f64>> {
    let n = x.len();
    if n < 8 {
        return None;
    }
    let of = |i: usize| match i {
        0 => x[1],
        i if i + 1 == n => x[n - 2],
        i => f64::midpoint(x[i - 1], x[i + 1]),
    };
    let z: Vec<f64> = (0..n).map(of).collect();
    let mean = x.iter().sum::<f64>() / n as f64;
    let off: Vec<f64> = x.iter().map(|v| v - mean).collect();
    longrun::resemblance(&off).is_some_and(|r| r > TELLING).then_some(z)
}

/// Neighbors that resemble each other less are no instrument. At this the range is a third wider than without one.
const TELLING: f64 = 0.75;

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_distr::StandardNormal;
    use rand_xoshiro::Xoshiro256PlusPlus;

    fn plain<'p>(x: &'p [f64], y: &'p [f64]) -> Points<'p> {
        Points { x, y, weights: None, instrument: None }
    }

    #[test]
    fn anscombes_line() {
        // F. J. Anscombe, "Graphs in Statistical Analysis", The American Statistician 27, 1973: y = 3.00 + 0.500 x, R2 0.667,
        // residual standard error 1.237.
        let x = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
        let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        let fit = line(&plain(&x, &y), Through::Anywhere, Noise::Apart).unwrap();
        assert!((fit.base.value - 3.0001).abs() < 1e-4 && (fit.slope.value - 0.5001).abs() < 1e-4);
        assert!((fit.r_squared - 0.6665).abs() < 1e-4 && (fit.residual_sd - 1.2366).abs() < 1e-4);
        let twice: Vec<f64> = [x, x].concat();
        let weighted = [vec![2.0; 11], vec![0.0; 11]].concat();
        let both = [y.to_vec(), vec![99.0; 11]].concat();
        let points = Points { weights: Some(&weighted), ..plain(&twice, &both) };
        let same = line(&points, Through::Anywhere, Noise::Apart).unwrap();
        assert!((same.slope.value - fit.slope.value).abs() < 1e-12, "what weighs nothing does not count");
    }

    #[test]
    fn through_the_origin() {
        let fit = line(&plain(&[1.0, 2.0, 3.0, 4.0], &[2.0, 4.0, 6.0, 8.0]), Through::Origin, Noise::Apart).unwrap();
        assert_eq!((fit.base.value, fit.slope.value, fit.slope.error), (0.0, 2.0, 0.0));
    }

    #[test]
    fn alike_x_make_no_line() {
        assert_eq!(line(&plain(&[5.0; 20], &[1.0; 20]), Through::Anywhere, Noise::InTime), None);
        assert_eq!(line(&plain(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]), Through::Anywhere, Noise::Apart), None);
    }

    #[test]
    fn bands_show_a_bend() {
        let x: Vec<f64> = (0..100).map(f64::from).collect();
        let y: Vec<f64> = x.iter().map(|v| v * v).collect();
        let bands = line(&plain(&x, &y), Through::Anywhere, Noise::Apart).unwrap().bands(&x);
        assert!(bands[0] > 0.0 && bands[2] < 0.0 && bands[4] > 0.0, "{bands:?}");
    }

    /// How often the range of 95 % holds the slope of two weeks of days of 288 steps, and the mean slope over the true one.
    fn held(days: usize, likeness: f64, noise_x: f64) -> (f64, f64) {
        let (mut dice, runs) = (Xoshiro256PlusPlus::seed_from_u64(11), 300);
        let (mut hits, mut sum) = (0, 0.0);
        for _ in 0..runs {
            let mut slow = 0.0;
            let mut normal = || dice.sample::<f64, _>(StandardNormal);
            let points: Vec<(f64, f64)> = (0..days * 288)
                .map(|i| {
                    let load = 200.0 - 120.0 * (i as f64 * std::f64::consts::TAU / 288.0).cos();
                    slow = likeness * slow + 0.1 * (1.0 - likeness * likeness).sqrt() * normal();
                    (load * (1.0 + noise_x * normal()), 0.3 + 0.02 * load + slow)
                })
                .collect();
            let (x, y): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
            let z = neighbors(&x);
            let points = Points { instrument: z.as_deref(), ..plain(&x, &y) };
            let fit = line(&points, Through::Anywhere, Noise::InTime).unwrap().slope;
            let (low, high) = fit.range(0.95);
            hits += i32::from(low <= 0.02 && 0.02 <= high);
            sum += fit.value / 0.02;
        }
        (f64::from(hits) / f64::from(runs), sum / f64::from(runs))
    }

    #[test]
    fn the_range_holds_the_slope_as_often_as_it_says() {
        for (days, likeness, noise_x) in
            [(2, 0.0, 0.0), (14, 0.0, 0.05), (14, 0.8, 0.05), (14, 0.95, 0.02), (3, 0.9, 0.1)]
        {
            let (kept, bias) = held(days, likeness, noise_x);
            assert!((0.92..0.98).contains(&kept), "{days} {likeness} {noise_x}: {kept}");
            assert!((bias - 1.0).abs() < 0.004, "{days} {likeness} {noise_x}: {bias}");
        }
    }
}

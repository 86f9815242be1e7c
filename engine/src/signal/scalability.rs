//! The universal scalability law through measured points: what throughput does as clients or servers are added.
//!
//! `X(N) = gamma N / (1 + alpha (N - 1) + beta N (N - 1))`: N. J. Gunther, "Guerrilla Capacity Planning", Springer 2007,
//! chapter 5. Least squares over gamma, alpha and beta, none below zero, by the method of Levenberg and Marquardt (K. Levenberg 1944,
//! D. W. Marquardt 1963), from the exact solution of the law written as `N / X`, which is linear. Ranges are those of
//! Student's t with `n - 3` degrees of freedom; R's package `usl` takes another quantile and gets narrower ones.
use super::line::Fitted;

/// The law, fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Law {
    /// Throughput of one alone (gamma).
    pub alone: Fitted,
    /// Contention (alpha).
    pub contention: Fitted,
    /// Coherency (beta).
    pub coherency: Fitted,
    /// The sum of the squares of what it leaves.
    pub squares: f64,
    /// The part of the variance of the throughput that it explains.
    pub r_squared: f64,
    /// Throughput less the law, point by point.
    pub residuals: Vec<f64>,
}

/// At least so many different numbers of clients: three parameters, and as many left to judge them by.
pub const NEEDS: usize = 6;

type Three = [f64; 3];

/// The law through the points `(number, throughput)`. None with fewer than four, or with a number or throughput not above
/// zero, or where all numbers are alike.
pub fn fit(numbers: &[f64], throughput: &[f64]) -> Option<Law> {
    let n = numbers.len();
    assert!(n == throughput.len(), "each number has its throughput");
    let is_sound = |v: &f64| v.is_finite() && *v > 0.0;
    if n < 4 || !numbers.iter().chain(throughput).all(is_sound) {
        return None;
    }
    // The law in units of the points, so that no parameter is of another size than the rest.
    let (most_n, most_x) = (largest(numbers), largest(throughput));
    let begin = linear(numbers, throughput)?;
    let solve = |kept: [bool; 3]| {
        let from = std::array::from_fn(|k| if kept[k] { begin[k] } else { 0.0 });
        descend(numbers, throughput, from, kept, [most_x / most_n, 1.0, 1.0 / most_n])
    };
    let all = [[true, true, true], [true, true, false], [true, false, true], [true, false, false]];
    let solved: Vec<(Three, [bool; 3])> = all.into_iter().map(|kept| (solve(kept), kept)).collect();
    let cost = |p: &Three| squares(numbers, throughput, p);
    let allowed = solved.iter().filter(|(p, _)| p[0] > 0.0 && p[1] >= 0.0 && p[2] >= 0.0);
    let (best, kept) = *allowed.reduce(|a, b| if cost(&b.0) < cost(&a.0) * (1.0 - 1e-12) { b } else { a })?;
    let left = cost(&best);
    let errors = errors(numbers, &best, kept, left);
    // Of a parameter held at zero, the doubt is that of the fit which lets it go below.
    let loose = solved[0].0;
    let loose_errors = self::errors(numbers, &loose, [true; 3], cost(&loose));
    let free = (n as f64 - 3.0).max(1.0);
    let of = |k: usize| {
        let error = if kept[k] { errors[k] } else { loose_errors[k] };
        Fitted { value: best[k], error, free }
    };
    let mean = throughput.iter().sum::<f64>() / n as f64;
    let whole: f64 = throughput.iter().map(|x| (x - mean).powi(2)).sum();
    Some(Law {
        alone: of(0),
        contention: of(1),
        coherency: of(2),
        squares: left,
        r_squared: if whole > 0.0 { (1.0 - left / whole).max(0.0) } else { 1.0 },
        residuals: numbers.iter().zip(throughput).map(|(n, x)| x - at(&best, *n)).collect(),
    })
}

impl Law {
    /// The throughput at a number.
    pub fn at(&self, number: f64) -> f64 {
        at(&[self.alone.value, self.contention.value, self.coherency.value], number)
    }
    /// The number with the highest throughput; none where it never turns.
    pub fn peak(&self) -> Option<f64> {
        let (alpha, beta) = (self.contention.value, self.coherency.value);
        (beta > 0.0).then(|| ((1.0 - alpha).max(0.0) / beta).sqrt())
    }
    /// What throughput cannot pass for contention alone, whatever the number; none without contention.
    pub fn limit(&self) -> Option<f64> {
        (self.contention.value > 0.0).then(|| self.alone.value / self.contention.value)
    }
}

fn at(p: &Three, n: f64) -> f64 {
    p[0] * n / slowed(p, n)
}

fn slowed(p: &Three, n: f64) -> f64 {
    (1.0 + p[1] * (n - 1.0) + p[2] * n * (n - 1.0)).max(1e-9)
}

fn gradient(p: &Three, n: f64) -> Three {
    let down = slowed(p, n);
    let bent = -p[0] * n / (down * down);
    [n / down, bent * (n - 1.0), bent * n * (n - 1.0)]
}

fn squares(numbers: &[f64], throughput: &[f64], p: &Three) -> f64 {
    numbers.iter().zip(throughput).map(|(n, x)| (x - at(p, *n)).powi(2)).sum()
}

fn largest(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}

/// Least squares of `N / X`, weighted so that they are nearly those of `X`. None if it does not determine all three.
fn linear(numbers: &[f64], throughput: &[f64]) -> Option<Three> {
    let (mut a, mut b) = ([[0.0; 3]; 3], [0.0; 3]);
    for (n, x) in numbers.iter().zip(throughput) {
        let (row, y, weight) = ([1.0, n - 1.0, n * (n - 1.0)], n / x, (x * x / n).powi(2));
        for i in 0..3 {
            b[i] += weight * row[i] * y;
            for j in 0..3 {
                a[i][j] += weight * row[i] * row[j];
            }
        }
    }
    let inverse = inverse(&a)?;
    let p: Three = std::array::from_fn(|i| (0..3).map(|j| inverse[i][j] * b[j]).sum());
    Some(if p[0] > 0.0 {
        [1.0 / p[0], p[1] / p[0], p[2] / p[0]]
    } else {
        [largest(&numbers.iter().zip(throughput).map(|(n, x)| x / n).collect::<Vec<_>>()), 0.01, 0.0]
    })
}

/// Levenberg and Marquardt: between Newton's step and the steepest one, whichever goes down. `kept` says which parameters move.
fn descend(numbers: &[f64], throughput: &[f64], from: Three, kept: [bool; 3], scale: Three) -> Three {
    let (mut p, mut damping) = (from, 1e-3);
    if p[0] <= 0.0 {
        p[0] = scale[0];
    }
    let mut cost = squares(numbers, throughput, &p);
    for _ in 0..500 {
        let (mut a, mut b) = ([[0.0; 3]; 3], [0.0; 3]);
        for (n, x) in numbers.iter().zip(throughput) {
            let (g, left) = (gradient(&p, *n), x - at(&p, *n));
            for i in (0..3).filter(|i| kept[*i]) {
                b[i] += g[i] * scale[i] * left;
                for j in (0..3).filter(|j| kept[*j]) {
                    a[i][j] += g[i] * scale[i] * g[j] * scale[j];
                }
            }
        }
        for i in 0..3 {
            a[i][i] = if kept[i] { a[i][i] * (1.0 + damping) + 1e-300 } else { 1.0 };
        }
        let Some(inverse) = inverse(&a) else { break };
        let step: Three = std::array::from_fn(|i| scale[i] * (0..3).map(|j| inverse[i][j] * b[j]).sum::<f64>());
        let next: Three = std::array::from_fn(|i| p[i] + step[i]);
        let next_cost = squares(numbers, throughput, &next);
        if next[0] > 0.0 && next_cost <= cost {
            let is_settled = cost - next_cost <= 1e-15 * cost;
            (p, cost, damping) = (next, next_cost, (damping / 10.0).max(1e-15));
            if is_settled {
                break;
            }
        } else if damping > 1e12 {
            break;
        } else {
            damping *= 10.0;
        }
    }
    p
}

/// The standard errors of the parameters that were free.
fn errors(numbers: &[f64], p: &Three, kept: [bool; 3], left: f64) -> Three {
    let mut a = [[0.0; 3]; 3];
    for n in numbers {
        let g = gradient(p, *n);
        for i in (0..3).filter(|i| kept[*i]) {
            for j in (0..3).filter(|j| kept[*j]) {
                a[i][j] += g[i] * g[j];
            }
        }
    }
    for i in (0..3).filter(|i| !kept[*i]) {
        a[i][i] = 1.0;
    }
    let variance = left / (numbers.len() as f64 - 3.0).max(1.0);
    let inverse = inverse(&a).unwrap_or([[f64::MAX.sqrt(); 3]; 3]);
    std::array::from_fn(|i| if kept[i] { (variance * inverse[i][i].max(0.0)).sqrt() } else { 0.0 })
}

/// The inverse of a symmetric matrix of three, by its adjugate after its diagonal is made one. None where it has none.
fn inverse(a: &[[f64; 3]; 3]) -> Option<[[f64; 3]; 3]> {
    let size: Three = std::array::from_fn(|i| a[i][i].abs().sqrt());
    if size.iter().any(|s| *s == 0.0 || !s.is_finite()) {
        return None;
    }
    let m = |i: usize, j: usize| a[i % 3][j % 3] / (size[i % 3] * size[j % 3]);
    let minor = |i: usize, j: usize| m(i + 1, j + 1) * m(i + 2, j + 2) - m(i + 1, j + 2) * m(i + 2, j + 1);
    let whole: f64 = (0..3).map(|j| m(0, j) * minor(0, j)).sum();
    (whole.abs() > 1e-14)
        .then(|| std::array::from_fn(|i| std::array::from_fn(|j| minor(j, i) / whole / (size[i] * size[j]))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law(numbers: &[f64], p: Three) -> Law {
        let throughput: Vec<f64> = numbers.iter().map(|n| at(&p, *n)).collect();
        fit(numbers, &throughput).unwrap()
    }

    #[test]
    fn the_law_is_found_in_points_that_keep_it() {
        let numbers = [1.0, 2.0, 5.0, 12.0, 30.0, 70.0];
        for p in [[1.0, 0.02, 0.02], [8000.0, 0.2, 1e-5], [0.01, 0.0, 0.001], [50.0, 0.05, 0.0], [3.0, 0.0, 0.0]] {
            let found = law(&numbers, p);
            let near = |fitted: Fitted, truth: f64, scale: f64| (fitted.value - truth).abs() < 1e-7 * scale;
            let [gamma, alpha, beta] = p;
            let is_found = near(found.alone, gamma, gamma) && near(found.contention, alpha, 1.0);
            assert!(is_found && near(found.coherency, beta, 0.1), "{p:?}: {found:?}");
            assert!(found.r_squared > 0.999_999);
        }
    }

    #[test]
    fn what_is_no_sweep_has_no_law() {
        assert_eq!(fit(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]), None);
        assert_eq!(fit(&[4.0; 6], &[1.0, 2.0, 3.0, 1.0, 2.0, 3.0]), None);
        assert_eq!(fit(&[1.0, 2.0, 3.0, 4.0], &[1.0, 0.0, 3.0, 4.0]), None);
        assert_eq!(fit(&[1.0, 2.0, 3.0, 4.0], &[1.0, f64::NAN, 3.0, 4.0]), None);
    }

    #[test]
    fn a_parameter_at_its_bound_keeps_a_doubt() {
        // Faster than in proportion: contention would be below zero.
        let found = fit(&[1.0, 2.0, 4.0, 8.0, 16.0], &[10.0, 22.0, 43.0, 90.0, 170.0]).unwrap();
        assert_eq!(found.contention.value, 0.0);
        assert!(found.contention.range(0.95).1 >= 0.0 && found.peak().is_none_or(|peak| peak > 16.0));
    }
}

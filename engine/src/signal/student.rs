//! Student's t distribution: how surprising a residual is whose scale was estimated and whose tails are heavy.

/// The probability of a value at least so far from zero, on either side, with `free` degrees of freedom.
///
/// By the regularized incomplete beta function (Abramowitz and Stegun 26.5.27), from its continued fraction (26.5.8).
pub fn beyond(t: f64, free: f64) -> f64 {
    let x = free / (free + t * t);
    beta(x, 0.5 * free, 0.5).clamp(0.0, 1.0)
}

/// What a part `share` of the values, above a half, stays within: found by halving, since [`beyond`] only falls.
pub fn quantile(share: f64, free: f64) -> f64 {
    let outside = 2.0 * (1.0 - share.clamp(0.5, 1.0 - 1e-12));
    let (mut low, mut high) = (0.0, 1.0);
    while beyond(high, free) > outside && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        *(if beyond(middle, free) > outside { &mut low } else { &mut high }) = middle;
    }
    f64::midpoint(low, high)
}

/// The regularized incomplete beta function.
fn beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    let front = (gamma(a + b) - gamma(a) - gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    // The fraction converges fast on this side only.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

/// The continued fraction by the method of Lentz.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut product = d;
    for m in 1..300 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let before = product;
        for term in [even, odd] {
            d = 1.0 / away(1.0 + term * d);
            c = away(1.0 + term / c);
            product *= d * c;
        }
        if (product / before - 1.0).abs() < 1e-15 {
            break;
        }
    }
    product
}

/// The logarithm of the gamma function: Stirling's series (Abramowitz and Stegun 6.1.41) beyond 10, the recurrence below.
fn gamma(x: f64) -> f64 {
    let (mut x, mut product) = (x, 1.0);
    while x < 10.0 {
        product *= x;
        x += 1.0;
    }
    let (y, y2) = (1.0 / x, 1.0 / (x * x));
    let series = y * (1.0 / 12.0 - y2 * (1.0 / 360.0 - y2 * (1.0 / 1260.0 - y2 * (1.0 / 1680.0 - y2 / 1188.0))));
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - product.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_those_of_the_tables() {
        // NIST/SEMATECH e-Handbook, 1.3.6.7.2, upper critical values, and closed forms for one and two degrees.
        for (t, free, p) in [
            (2.015, 5.0, 0.10),
            (4.032, 5.0, 0.01),
            (5.893, 5.0, 0.002),
            (3.169, 10.0, 0.01),
            (1.984, 100.0, 0.05),
            (12.706, 1.0, 0.05),
        ] {
            assert!((beyond(t, free) / p - 1.0).abs() < 0.002, "{t} {free}: {}", beyond(t, free));
        }
        for t in [0.1, 1.0, 7.0, 60.0, 1e5] {
            let one = 1.0 - 2.0 / std::f64::consts::PI * f64::atan(t);
            let two = 2.0 / (f64::sqrt(t * t + 2.0) * (f64::sqrt(t * t + 2.0) + t));
            assert!((beyond(t, 1.0) / one - 1.0).abs() < 1e-8, "{t}: {} {one}", beyond(t, 1.0));
            assert!((beyond(t, 2.0) / two - 1.0).abs() < 1e-12, "{t}: {} {two}", beyond(t, 2.0));
        }
        for (share, free, t) in [(0.975, 3.0, 3.182), (0.975, 1.0, 12.706), (0.975, 100.0, 1.984), (0.95, 5.0, 2.015)] {
            assert!((quantile(share, free) / t - 1.0).abs() < 5e-4, "{share} {free}: {}", quantile(share, free));
        }
        assert_eq!(beyond(0.0, 7.5), 1.0);
        assert!(beyond(40.0, 12.5) < 1e-13 && beyond(40.0, 12.5) > 0.0);
    }
}

//! The few statistics the fits are made of.

/// The median; `None` of nothing.
pub fn median(values: &mut [f64]) -> Option<f64> {
    let n = values.len();
    if n == 0 {
        return None;
    }
    values.sort_unstable_by(f64::total_cmp);
    Some(if n % 2 == 1 { values[n / 2] } else { f64::midpoint(values[n / 2 - 1], values[n / 2]) })
}

/// The mean, without a sum that could overflow.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (mean, n) = values.into_iter().fold((0.0, 0.0), |(m, n), v| (m + (v - m) / (n + 1.0), n + 1.0));
    (n > 0.0).then_some(mean)
}

/// A standard deviation and the observations that were free to show it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Deviation {
    /// In the unit of the values.
    pub sd: f64,
    /// Degrees of freedom, at least one.
    pub free: f64,
}

/// The standard deviation within groups, pooled over them (the error term of a one-way analysis of variance).
/// `None` unless a group has two values.
pub fn within<const N: usize>(groups: &[Vec<f64>; N]) -> Option<Deviation> {
    let (mut squares, mut free) = (0.0, 0.0);
    for group in groups {
        let Some(center) = mean(group.iter().copied()) else { continue };
        squares += group.iter().map(|v| (v - center).powi(2)).sum::<f64>();
        free += group.len() as f64 - 1.0;
    }
    (free > 0.0).then(|| Deviation { sd: (squares / free).sqrt(), free })
}

/// The 95 % quantile of the standard normal distribution: the ends of a 90 % range.
pub const Z: f64 = 1.644_853_626_951_472_2;

/// The 95 % quantile of Student's t.
///
/// One to four degrees from the usual table; above them the Cornish-Fisher expansion (Abramowitz and Stegun 26.7.5),
/// which is right to three digits there.
pub fn student(free: f64) -> f64 {
    const TABLE: [f64; 4] = [6.314, 2.920, 2.353, 2.132];
    if let Some(t) = TABLE.get((free as usize).max(1) - 1) {
        return *t;
    }
    let z2 = Z * Z;
    let first = (z2 + 1.0) / 4.0;
    let second = ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    let third = (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    Z * (1.0 + (first + (second + third / free) / free) / free)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantiles_are_those_of_the_tables() {
        // NIST/SEMATECH e-Handbook, 1.3.6.7.2: upper critical values of Student's t, 0.95.
        for (free, t) in [(1, 6.314), (2, 2.920), (5, 2.015), (7, 1.895), (10, 1.812), (30, 1.697), (100, 1.660)] {
            assert!((student(f64::from(free)) - t).abs() < 0.002, "{free}: {}", student(f64::from(free)));
        }
    }

    #[test]
    fn medians_and_means() {
        assert_eq!(median(&mut []), None);
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&mut [4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(mean([f64::MAX, f64::MAX]), Some(f64::MAX));
    }

    #[test]
    fn deviation_is_pooled_within_groups() {
        let d = within(&[vec![1.0, 3.0], vec![101.0, 103.0], vec![7.0]]).unwrap();
        assert_eq!((d.sd, d.free), (2.0_f64.sqrt(), 2.0));
        assert_eq!(within(&[vec![1.0], vec![2.0]]), None);
    }
}

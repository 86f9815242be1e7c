//! Where a falling function is zero.
//!
//! The Illinois method: M. Dowell, P. Jarratt, "A modified regula falsi method for computing the root of an equation",
//! BIT 11, 1971.

/// Where `f`, which is positive at `low` and negative at `high`, passes zero, to eleven digits.
pub(super) fn root(mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut at_low, mut at_high, mut last_side) = (f(low), f(high), 0);
    for _ in 0..100 {
        if at_high >= 0.0 || high - low <= 1e-11 * high {
            break;
        }
        let between = (low * at_high - high * at_low) / (at_high - at_low);
        let value = f(between);
        if value.abs() < 1e-15 {
            return between;
        }
        if value > 0.0 {
            (low, at_low) = (between, value);
            at_high *= if last_side == 1 { 0.5 } else { 1.0 };
            last_side = 1;
        } else {
            (high, at_high) = (between, value);
            at_low *= if last_side == -1 { 0.5 } else { 1.0 };
            last_side = -1;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smooth_root_and_a_jump_are_both_found() {
        assert!((root(0.0, 2.0, |x| 2.0 - x * x) - 2.0_f64.sqrt()).abs() < 1e-10);
        assert!((root(0.0, 1.0, |x| if x < 0.3 { 1.0 } else { -5.0 }) - 0.3).abs() < 1e-10);
        assert!((root(0.0, 900.0, |x| 5.0 - 100.0 * x) - 0.05).abs() < 1e-10);
    }
}

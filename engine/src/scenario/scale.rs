//! How the values of an input lie: by ratios, by odds or by distances.
//!
//! A rate doubles and a growth is added to. A share is neither: from 99 % to 99.9 % nine tenths of what is missing is gone,
//! which is as far as from 99.9 % to 99.99 %, and from 1 % to 10 % is about as far again. Odds, the part over the rest, say
//! all of that.
use super::Direction;

/// How the values of an input lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// By ratios where they are above zero.
    Ratios,
    /// Shares, by the odds.
    Odds,
    /// By distances.
    Distances,
}

/// How near two values are one.
const NEAR: f64 = 1.005;
/// No share is told from none or all within this.
const LEAST_PART: f64 = 1e-9;

impl Scale {
    /// So many values from end to end, evenly on the scale.
    pub(super) fn spread(self, [low, high]: [f64; 2], count: usize) -> Vec<f64> {
        let value = |i: usize| match i {
            0 => low,
            i if i + 1 == count => high,
            i => self.between(low, high, i as f64 / (count - 1) as f64),
        };
        (0..count).map(value).collect()
    }
    /// Half way between two values.
    pub fn middle(self, a: f64, b: f64) -> f64 {
        self.between(a, b, 0.5)
    }
    fn between(self, a: f64, b: f64, part: f64) -> f64 {
        match self {
            Self::Ratios if a > 0.0 && b > 0.0 => a * (b / a).powf(part),
            Self::Ratios | Self::Distances => a + (b - a) * part,
            Self::Odds => {
                let log_odds = |share: f64| {
                    let share = share.clamp(LEAST_PART, 1.0 - LEAST_PART);
                    (share / (1.0 - share)).ln()
                };
                let at = log_odds(a) + (log_odds(b) - log_odds(a)) * part;
                1.0 / (1.0 + (-at).exp())
            }
        }
    }
    /// Whether two values are half a per cent apart or less; of shares, both the part and the rest.
    pub(super) fn are_near(self, a: f64, b: f64) -> bool {
        let (low, high) = (a.min(b), a.max(b));
        let near = |low: f64, high: f64| if low > 0.0 { high / low <= NEAR } else { high - low <= NEAR - 1.0 };
        match self {
            Self::Odds => high - low <= LEAST_PART || (near(low, high) && (1.0 - low) <= (1.0 - high) * NEAR),
            Self::Ratios | Self::Distances => near(low, high),
        }
    }
    /// Three digits, of a large share three digits of what is missing, toward the side that reaches the goal.
    pub(super) fn rounded(self, value: f64, direction: Direction) -> f64 {
        if self == Self::Odds && value > 0.5 {
            let rest = three_digits(1.0 - value, direction.opposite());
            // What is left of one is no shorter than what was taken.
            return format!("{:.12}", 1.0 - rest).parse().unwrap_or(value);
        }
        three_digits(value, direction)
    }
}

fn three_digits(value: f64, direction: Direction) -> f64 {
    if value == 0.0 {
        return value;
    }
    let unit = 10_f64.powi(value.abs().log10().floor() as i32 - 2);
    let steps = value / unit;
    let whole = match direction {
        Direction::Max => (steps + 1e-9).floor(),
        Direction::Min => (steps - 1e-9).ceil(),
    };
    // A product of a whole number and a power of ten is not the nearest to what people write.
    format!("{whole:.0}e{}", unit.log10().round() as i32).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_spread_by_equal_ratios_and_rounded_to_the_good_side() {
        let spread = Scale::Ratios.spread([1.0, 64.0], 7);
        assert!(spread.windows(2).all(|w| (w[1] / w[0] - 2.0).abs() < 1e-9), "{spread:?}");
        assert_eq!(Scale::Distances.spread([-1.0, 1.0], 3), [-1.0, 0.0, 1.0]);
        assert_eq!(Scale::Ratios.rounded(1237.9, Direction::Max), 1230.0);
        assert_eq!(Scale::Ratios.rounded(0.012_341, Direction::Min), 0.0124);
        assert_eq!(Scale::Ratios.rounded(1240.0, Direction::Min), 1240.0);
    }

    #[test]
    fn shares_near_one_are_told_apart_by_what_is_missing() {
        let nines = Scale::Odds.spread([0.9, 0.999_99], 5);
        assert!((nines[2] - 0.999).abs() < 1e-4, "{nines:?}");
        assert!(!Scale::Odds.are_near(0.996, 0.999) && Scale::Ratios.are_near(0.996, 0.999));
        assert!(Scale::Odds.are_near(0.999, 0.999_002) && !Scale::Odds.are_near(0.01, 0.02));
        assert_eq!(Scale::Odds.rounded(0.999_123_4, Direction::Max), 0.999_123);
        assert_eq!(Scale::Odds.rounded(0.999_123_4, Direction::Min), 0.999_124);
        assert_eq!(Scale::Odds.rounded(0.123_45, Direction::Max), 0.123);
        assert!((Scale::Odds.middle(0.0, 1.0) - 0.5).abs() < 1e-6, "the ends are values too");
    }
}

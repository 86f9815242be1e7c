//! What a value says of its step.
use crate::units::Share;
use std::fmt;

/// What a value says of the step of time it stands for. Totals per step are no statistic here: a reader makes rates of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statistic {
    /// Its mean, or one look at it.
    #[default]
    Mean,
    /// Its lowest value.
    Minimum,
    /// Its highest value.
    Maximum,
    /// What a part of its values stay within, in ten-thousandths: 9900 for the p99.
    Quantile(u16),
}

impl Statistic {
    /// What `share` of the values stay within.
    pub fn quantile(share: Share) -> Self {
        Self::Quantile((share.as_part() * 10_000.0).round() as u16)
    }
}

impl fmt::Display for Statistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mean => f.write_str("mean"),
            Self::Minimum => f.write_str("minimum"),
            Self::Maximum => f.write_str("maximum"),
            Self::Quantile(n) => write!(f, "p{}", f64::from(*n) / 100.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_named_as_people_do() {
        let named = |percent: f64| Statistic::quantile(Share::percent(percent)).to_string();
        assert_eq!([50.0, 99.0, 99.5, 99.99].map(named), ["p50", "p99", "p99.5", "p99.99"]);
    }
}

//! A billed quantity, exact to nine decimals.
use super::number;
use std::fmt;

const NANO: f64 = 1e9;

/// So many billing units (hours, GB-months, requests), as a bill line states them: an exact decimal with nine places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(i128);

impl Amount {
    /// None of it.
    pub const ZERO: Self = Self(0);
    /// The nearest amount to `n` units. Amounts beyond 10^20 units are cut there.
    pub fn nearest(n: f64) -> Self {
        assert!(n.is_finite() && n >= 0.0, "an amount is finite and not negative");
        Self((n.min(1e20) * NANO).round() as i128)
    }
    /// So many billionths of a unit; what is below none is none.
    pub fn of_nanos(nanos: i128) -> Self {
        Self(nanos.max(0))
    }
    /// The amount in billionths of a unit.
    pub const fn nanos(self) -> i128 {
        self.0
    }
    /// What remains above `other`, or nothing.
    pub fn less(self, other: Self) -> Self {
        Self((self.0 - other.0).max(0))
    }
    /// The exact decimal text, without needless zeros.
    pub fn exact(self) -> String {
        let text = format!("{}.{:09}", self.0 / 1_000_000_000, self.0 % 1_000_000_000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&number::round(self.0 as f64 / NANO))
    }
}

//! A distribution in short: how many, their mean and spread, some quantiles.
use crate::units::{Factor, Quantity, Share};

/// Measured values in short. Quantiles ascend, in their shares and in their values.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution<Q> {
    /// How many values.
    pub count: u64,
    /// Their mean.
    pub mean: Q,
    /// Their squared coefficient of variation; none where an export gives quantiles only.
    pub variability: Option<Factor>,
    /// What a part of the values stay within. Of values that were read one by one: within 0.5 % of the exact one.
    pub quantiles: Vec<(Share, Q)>,
}

impl<Q: Quantity> Distribution<Q> {
    /// What `share` of the values stay within: the nearest quantile at or above it that is known.
    pub fn at(&self, share: Share) -> Option<Q> {
        self.quantiles.iter().find(|(part, _)| *part >= share).map(|(_, value)| *value)
    }
}

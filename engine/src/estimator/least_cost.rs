//! Ours for a size that is held: what would have cost least in the past.
use super::scores::Scores;
use super::usage::known;
use super::{Estimator, Window};
use crate::units::{Factor, Quantity};

/// The size that would have cost least over the window: its idle part, and a price for the time above it.
///
/// The price here is a good deal higher than what the time above costs. A size is held over what is not yet known, days
/// to come are less like those gone by than these are among themselves, and time above a size grows faster than it
/// falls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeastCost {
    /// What the time above the size costs, where as much idle size costs one.
    pub price: Factor,
}

impl<Q: Quantity> Estimator<Q> for LeastCost {
    fn size(&self, window: Window<'_, Q>) -> Option<Q> {
        cheapest(window.raw(), self.price.get()).map(Q::from_base)
    }
}

fn cheapest(raw: &[f64], price: f64) -> Option<f64> {
    known(raw).next()?;
    let Some(unit) = known(raw).find(|value| *value > 0.0) else { return Some(0.0) };
    let mut scores = Scores::default();
    for value in known(raw) {
        scores.add(value / unit);
    }
    scores.cheapest(price).map(|multiple| (multiple * unit).min(f64::MAX))
}

#[cfg(test)]
mod tests {
    use super::super::Usage;
    use super::*;
    use crate::series::Time;
    use crate::units::{Compute, Span};

    #[test]
    fn a_level_is_taken_where_its_time_costs_more_than_it_idles() {
        // A hundredth of the time at four times the rest: three quarters idle for the rest of it.
        let values = (0..1000).map(|i| Some(Compute::vcpus(if i % 100 == 50 { 8.0 } else { 2.0 })));
        let usage = Usage::new(Time::unix_seconds(0), Span::minutes(5.0), values);
        let of = |price| LeastCost { price: Factor::of(price) }.size(usage.all()).unwrap().as_vcpus();
        assert!((2.0..2.1).contains(&of(50.0)) && (8.0..8.3).contains(&of(80.0)), "{} {}", of(50.0), of(80.0));
        let of = |value| Usage::new(Time::unix_seconds(0), Span::minutes(5.0), vec![value; 9]);
        let rule = LeastCost { price: Factor::of(80.0) };
        assert_eq!(rule.size(of(Some(Compute::ZERO)).all()), Some(Compute::ZERO));
        assert_eq!(rule.size(of(None).all()), None);
    }
}

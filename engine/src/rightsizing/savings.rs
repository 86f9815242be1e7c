//! What a change saves, as listed and as paid.
use crate::units::Money;

/// What a change saves in a month; below zero where it costs more.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Saving {
    /// By list prices.
    pub list: Money,
    /// As it is paid: where a bill says what the resource really costs, by the same part of that.
    pub effective: Money,
}

impl Saving {
    /// From one price to another, both by list; `billed` is what is really paid for the first.
    pub(super) fn between(now: Money, then: Money, billed: Option<Money>) -> Self {
        let list = now - then;
        let effective = match (billed, list.ratio(now)) {
            (Some(billed), Some(part)) => Money::nearest(billed.as_dollars() * part),
            _ => list,
        };
        Self { list, effective }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_really_paid_is_saved_in_part() {
        let dollars = |n: f64| Money::nearest(n);
        let saving = Saving::between(dollars(100.0), dollars(50.0), Some(dollars(60.0)));
        assert_eq!((saving.list, saving.effective), (dollars(50.0), dollars(30.0)));
        let more = Saving::between(dollars(50.0), dollars(100.0), None);
        assert_eq!((more.list, more.effective), (dollars(-50.0), dollars(-50.0)));
    }
}

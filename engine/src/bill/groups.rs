//! Sums by the asked columns and, where asked, by period.
use super::charges::{Charges, TooMuch};
use super::grain::Calendar;
use super::key::{Currency, Key, Names};
use super::slot::Slot;
use super::totals::Tally;
use std::cmp::Reverse;

/// The rows that share their values of the asked columns, their currency and, where asked, their period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The values of the asked columns.
    pub key: Key,
    /// The period, if one was asked for.
    pub slot: Option<Slot>,
    /// The currency.
    pub currency: Currency,
    /// The sums.
    pub tally: Tally,
}

/// All of them: by currency, then by period, then the dearest first.
pub(super) fn groups(charges: &Charges, names: &Names, calendar: Calendar) -> Result<Vec<Group>, TooMuch> {
    let slot = |hour| charges.grain.period.map(|period| Slot::around(hour, period, calendar));
    let mut parts: Vec<_> =
        charges.cells().map(|(key, hour, cell)| (names.rank(key), slot(hour), Tally::from(cell))).collect();
    parts.sort_unstable_by_key(|(rank, slot, _)| (*rank, *slot));
    let mut sums: Vec<(u32, Option<Slot>, Tally)> = Vec::new();
    for (rank, slot, tally) in parts {
        match sums.last_mut() {
            Some((known, same, sum)) if (*known, *same) == (rank, slot) => sum.add(&tally)?,
            _ => sums.push((rank, slot, tally)),
        }
    }
    let cost = charges.grain.cost;
    sums.sort_by_cached_key(|(rank, slot, tally)| {
        let (currency, _) = names.at(*rank);
        (currency.clone(), *slot, Reverse(tally.of(cost)), *rank)
    });
    let group = |(rank, slot, tally)| {
        let (currency, key) = names.at(rank);
        Group { key: key.clone(), slot, currency: currency.clone(), tally }
    };
    Ok(sums.into_iter().map(group).collect())
}

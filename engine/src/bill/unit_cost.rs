//! What one of something that the business counts costs: a request, an order, a customer.
use super::charges::Charges;
use super::civil::Civil;
use super::days::Days;
use super::grain::{Calendar, Period};
use super::key::Currency;
use super::ledger::Business;
use super::slot::Slot;
use super::split::{Used, scaled};
use crate::units::{FineAmount, FineMoney};
use std::collections::{BTreeMap, BTreeSet};

/// The costs of one, by period, in one currency.
#[derive(Clone, Debug)]
pub struct UnitCosts {
    /// What is counted.
    pub name: String,
    /// The currency.
    pub currency: Currency,
    /// By period, over the days that have both charges and a count.
    pub periods: Vec<UnitCost>,
    /// From the first period to the last, whole ones where there are two; none where there are not.
    pub change: Option<UnitChange>,
}

/// What one costs in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitCost {
    /// The period.
    pub slot: Slot,
    /// How many days of it are counted; unknown where charges are by month.
    pub days: Option<u32>,
    /// The cost of these days.
    pub cost: FineMoney,
    /// How many there were.
    pub amount: FineAmount,
}

impl UnitCost {
    /// The cost of one; none where there were none.
    pub fn of_one(&self) -> Option<FineMoney> {
        if self.amount <= FineAmount::ZERO {
            return None;
        }
        Used { cost: self.cost, quantity: Some(self.amount) }.unit_price()
    }
    /// The cost of a thousand.
    pub fn of_thousand(&self) -> Option<FineMoney> {
        let thousand = FineAmount::raw(1000 * 10_i128.pow(FineAmount::PLACES as u32));
        (self.amount > FineAmount::ZERO).then(|| scaled(self.cost, thousand.as_raw(), self.amount.as_raw()))?
    }
}

/// How the cost changed from one period to another: `more + dearer` is the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitChange {
    /// The earlier period.
    pub from: Slot,
    /// The later.
    pub to: Slot,
    /// More business at the earlier cost of one.
    pub more: FineMoney,
    /// Each one dearer.
    pub dearer: FineMoney,
}

/// One for each currency, and what was taken for granted.
pub(super) fn unit_costs(
    charges: &Charges,
    business: &Business,
    calendar: Calendar,
    days: Option<&Days>,
) -> (Vec<UnitCosts>, Vec<String>) {
    if !charges.has_months() {
        return (
            Vec::new(),
            vec![format!("no cost of one of `{}`: there are too many groups to keep months apart", business.name)],
        );
    }
    let by_day = days.filter(|days| !days.are_months());
    let finest = if by_day.is_some() { Period::Day } else { Period::Month };
    let period = charges.grain.period.unwrap_or(Period::Month).min(finest);
    let mut amounts: BTreeMap<Slot, FineAmount> = BTreeMap::new();
    for (date, amount) in &business.days {
        *amounts.entry(Slot::around(Civil::hour_of(*date), finest, calendar)).or_default() += *amount;
    }
    let words: Vec<Currency> = charges.currency_words().map(|word| Currency::of(&word)).collect();
    let mut costs: BTreeMap<(&Currency, Slot), FineMoney> = BTreeMap::new();
    for (currency, hour, cell) in charges.times() {
        let at = Slot::around(hour, finest, calendar);
        let currency = &words[currency as usize];
        *costs.entry((currency, at)).or_default() += cell.costs.of(charges.grain.cost).unwrap_or_default();
    }
    let notes = unmatched(&business.name, &amounts, &costs.keys().map(|(_, at)| *at).collect(), finest);
    let mut sums: BTreeMap<&Currency, BTreeMap<Slot, UnitCost>> = BTreeMap::new();
    for ((currency, at), cost) in costs {
        let Some(amount) = amounts.get(&at) else { continue };
        let slot = Slot::around(at.hour(), period, calendar);
        let days = by_day.map(|_| 0);
        let new = UnitCost { slot, days, cost: FineMoney::ZERO, amount: FineAmount::ZERO };
        let sum = sums.entry(currency).or_default().entry(slot).or_insert(new);
        sum.cost += cost;
        sum.amount += *amount;
        sum.days = sum.days.map(|days| days + 1);
    }
    let one = |(currency, periods): (&Currency, BTreeMap<Slot, UnitCost>)| {
        let periods: Vec<UnitCost> = periods.into_values().collect();
        UnitCosts { name: business.name.clone(), currency: currency.clone(), change: change(&periods), periods }
    };
    (sums.into_iter().map(one).collect(), notes)
}

fn unmatched(
    name: &str,
    amounts: &BTreeMap<Slot, FineAmount>,
    charged: &BTreeSet<Slot>,
    finest: Period,
) -> Vec<String> {
    let uncharged = amounts.keys().filter(|at| !charged.contains(at)).count();
    let uncounted = charged.iter().filter(|at| !amounts.contains_key(at)).count();
    let word = finest.word();
    let mut notes = Vec::new();
    if uncharged > 0 {
        notes.push(format!("{uncharged} {word}s of `{name}` have no charges and are left out of the cost of one"));
    }
    if uncounted > 0 {
        notes.push(format!("{uncounted} {word}s with charges have no `{name}` and are left out of the cost of one"));
    }
    notes
}

fn change(periods: &[UnitCost]) -> Option<UnitChange> {
    let counted = |one: &&UnitCost| one.amount > FineAmount::ZERO;
    let is_whole = |one: &&UnitCost| one.days.is_none_or(|days| days == one.slot.days());
    let whole: Vec<&UnitCost> = periods.iter().filter(counted).filter(is_whole).collect();
    let all: Vec<&UnitCost> = periods.iter().filter(counted).collect();
    let [first, .., last] = (if whole.len() < 2 { all } else { whole })[..] else { return None };
    let at_base = scaled(first.cost, last.amount.as_raw(), first.amount.as_raw())?;
    Some(UnitChange { from: first.slot, to: last.slot, more: at_base - first.cost, dearer: last.cost - at_base })
}

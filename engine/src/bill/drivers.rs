//! What drove the change between two periods: `docs/decisions/0018-price-volume-mix.md`.
use super::cell::Change;
use super::charge::Pricing;
use super::charges::{Charges, text};
use super::comparison::Compared;
use super::grain::Calendar;
use super::key::{Currency, Key, Names};
use super::slot::Slot;
use super::split::{Pair, Parts, Used, split};
use crate::units::FineMoney;
use std::cmp::Reverse;

/// The change between two periods, by its causes.
#[derive(Clone, Debug)]
pub struct Drivers {
    /// The periods.
    pub compared: Compared,
    /// The whole change in each currency.
    pub totals: Vec<Driver>,
    /// The same for each group: by currency, the largest change first.
    pub groups: Vec<Driver>,
    /// The items that changed most, at most ten for each currency.
    pub items: Vec<ItemChange>,
}

/// The change of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driver {
    /// The values of the asked columns.
    pub key: Key,
    /// The currency.
    pub currency: Currency,
    /// What it cost in the earlier period.
    pub before: FineMoney,
    /// And in the later: `before` and all parts.
    pub after: FineMoney,
    /// The change by its causes.
    pub parts: Parts,
}

/// The change of one item in one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// The values of the asked columns.
    pub key: Key,
    /// The currency.
    pub currency: Currency,
    /// What is priced; empty where the bill does not say.
    pub item: String,
    /// The unit of its quantity.
    pub unit: String,
    /// How it is priced.
    pub pricing: Pricing,
    /// What there was of it in the earlier period.
    pub before: Option<Used>,
    /// And in the later.
    pub after: Option<Used>,
    /// The part of the change that is its price's.
    pub price: FineMoney,
    /// The part of the change that is its quantity's.
    pub quantity: FineMoney,
    /// Whether its like was charged before and after.
    pub fate: Fate,
}

/// Whether something is charged on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes on, if perhaps priced in another way.
    GoesOn,
    /// Only in the later period.
    New,
    /// Only in the earlier.
    Gone,
}

impl ItemChange {
    /// The whole change.
    pub fn change(&self) -> FineMoney {
        Pair { before: self.before, after: self.after }.change()
    }
}

/// More items tell no more of the story.
const STRONGEST: usize = 10;

/// An item on one or both sides of the comparison, in the group of this rank.
struct Line<'c> {
    rank: u32,
    word: &'c [u8],
    unit: &'c [u8],
    pricing: Pricing,
    pair: Pair,
}

/// `None` where there were too many items to follow.
pub(super) fn drivers(charges: &Charges, names: &Names, calendar: Calendar, compared: Compared) -> Option<Drivers> {
    let lines = lines(charges, names, calendar, &compared)?;
    let mut groups: Vec<Driver> = Vec::new();
    let mut changes: Vec<(FineMoney, Fate, &Line<'_>)> = Vec::with_capacity(lines.len());
    for group in lines.chunk_by(|a, b| a.rank == b.rank) {
        let mut parts = Parts::default();
        let mut goes_on: Vec<&Line<'_>> = Vec::new();
        for like in group.chunk_by(|a, b| a.word == b.word) {
            let fate = fate(like);
            let change: FineMoney = like.iter().map(|line| line.pair.change()).sum();
            match fate {
                Fate::New => parts.new += change,
                Fate::Gone => parts.gone += change,
                Fate::GoesOn => goes_on.extend(like),
            }
            changes.extend(like.iter().map(|line| (line.pair.change().abs(), fate, line)));
        }
        goes_on.sort_by_key(|line| line.unit);
        for same_unit in goes_on.chunk_by(|a, b| a.unit == b.unit) {
            parts += split(&same_unit.iter().map(|line| line.pair).collect::<Vec<_>>());
        }
        let cost = |side: fn(&Pair) -> Option<Used>| {
            group.iter().filter_map(|line| side(&line.pair)).map(|used| used.cost).sum::<FineMoney>()
        };
        let (before, after) = (cost(|pair| pair.before), cost(|pair| pair.after));
        debug_assert_eq!(parts.total(), after - before, "the parts of a change add up to it");
        let (currency, key) = names.at(group[0].rank);
        groups.push(Driver { key: key.clone(), currency: currency.clone(), before, after, parts });
    }
    let totals = totals(&groups);
    groups.sort_by_cached_key(|driver| (driver.currency.clone(), Reverse(driver.parts.total().abs())));
    changes.retain(|(change, ..)| *change != FineMoney::ZERO);
    let currency = |line: &Line<'_>| names.at(line.rank).0;
    changes.sort_by_key(|(change, _, line)| (currency(line), Reverse(*change)));
    let of_currencies = changes.chunk_by(|(.., a), (.., b)| currency(a) == currency(b));
    let strongest = of_currencies.flat_map(|all| all.iter().take(STRONGEST));
    let items = strongest.map(|(_, fate, line)| item(line, *fate, names)).collect();
    Some(Drivers { compared, totals, groups, items })
}

/// Groups stand by currency.
fn totals(groups: &[Driver]) -> Vec<Driver> {
    let sum = |groups: &[Driver]| {
        let mut total = Driver { key: Key::default(), ..groups[0].clone() };
        for group in &groups[1..] {
            total.before += group.before;
            total.after += group.after;
            total.parts += group.parts;
        }
        total
    };
    groups.chunk_by(|a, b| a.currency == b.currency).map(sum).collect()
}

fn lines<'c>(charges: &'c Charges, names: &Names, calendar: Calendar, compared: &Compared) -> Option<Vec<Line<'c>>> {
    let (base, period) = (compared.base.slot, compared.period.slot);
    let mut sides: Vec<(u32, &[u8], bool, Change)> = charges
        .changes()?
        .flat_map(|(item, hour, change)| {
            let slot = Slot::around(hour, base.period(), calendar);
            let line = |is_after| (names.rank(item.key), charges.items.word(item.item).as_bytes(), is_after, *change);
            [(slot == base).then(|| line(false)), (slot == period).then(|| line(true))]
        })
        .flatten()
        .collect();
    sides.sort_unstable_by_key(|(rank, item, is_after, _)| (*rank, *item, *is_after));
    let mut lines: Vec<(u32, &[u8], Line<'_>)> = Vec::new();
    for (rank, item, is_after, change) in sides {
        if lines.last().is_none_or(|(of, same, _)| (*of, *same) != (rank, item)) {
            let (word, unit, pricing) = parsed(item);
            let pair = Pair { before: None, after: None };
            lines.push((rank, item, Line { rank, word, unit, pricing, pair }));
        }
        let (_, _, line) = lines.last_mut().expect("one was put there");
        let side = if is_after { &mut line.pair.after } else { &mut line.pair.before };
        let used = side.get_or_insert_default();
        used.cost += change.cost;
        if change.has_quantity {
            used.quantity = Some(used.quantity.unwrap_or_default() + change.quantity);
        }
    }
    Some(lines.into_iter().map(|(_, _, line)| line).collect())
}

/// An item as it was put together when charges were added: its word, a zero, its unit, and its pricing in one byte.
pub(super) fn parsed(item: &[u8]) -> (&[u8], &[u8], Pricing) {
    let (pricing, words) = item.split_last().expect("an item ends with its pricing");
    let zero = words.iter().rposition(|byte| *byte == 0).expect("a zero ends an item's word");
    (&words[..zero], &words[zero + 1..], Pricing::ALL[*pricing as usize])
}

/// What is priced in another way goes on.
fn fate(like: &[Line<'_>]) -> Fate {
    let before = like.iter().any(|line| line.pair.before.is_some());
    let after = like.iter().any(|line| line.pair.after.is_some());
    match (before, after) {
        (true, false) => Fate::Gone,
        (false, _) => Fate::New,
        (true, true) => Fate::GoesOn,
    }
}

fn item(line: &Line<'_>, fate: Fate, names: &Names) -> ItemChange {
    let (currency, key) = names.at(line.rank);
    let (price, quantity) = match fate {
        Fate::GoesOn => line.pair.price_and_quantity(),
        Fate::New | Fate::Gone => (FineMoney::ZERO, line.pair.change()),
    };
    ItemChange {
        key: key.clone(),
        currency: currency.clone(),
        item: text(line.word),
        unit: text(line.unit),
        pricing: line.pricing,
        before: line.pair.before,
        after: line.pair.after,
        price,
        quantity,
        fate,
    }
}

//! Sums by the asked columns and, where asked, by period.
use super::charge::{Cost, Costs};
use super::charges::{Charges, TooMuch};
use super::grain::{Calendar, Period};
use super::key::{Currency, Key};
use super::rolled::Rolled;
use super::slot::Slot;
use crate::units::FineMoney;
use std::cmp::{Ordering, Reverse};
use std::fmt;
use std::sync::Arc;

/// All groups of a bill: by currency, then by period, then the dearest first. There may be millions, so they are kept as they
/// were added up, and told one at a time.
#[derive(Clone)]
pub struct Groups {
    rolled: Arc<Rolled>,
    places: Arc<[u32]>,
    period: Option<(Period, Calendar)>,
}

/// The rows that share their values of the asked columns, their currency and, where asked, their period.
#[derive(Clone, Copy)]
pub struct Group<'g> {
    groups: &'g Groups,
    words: &'g [u32],
    time: i32,
    place: u32,
}

impl Groups {
    pub(super) fn of(charges: &Charges, calendar: Calendar) -> Result<Self, TooMuch> {
        let period = charges.grain.period.map(|period| (period, calendar));
        let start = |hour| period.map_or(0, |(period, calendar)| Slot::around(hour, period, calendar).hour());
        let rolled = match charges.rolled() {
            Some(rolled) => rolled.clone(),
            None => Arc::new(Rolled::of(charges, start).ok_or(TooMuch::Money)?),
        };
        let places = order(&rolled, charges.grain.cost).into();
        Ok(Self { rolled, places, period })
    }
    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
    /// The group at a place in their order.
    ///
    /// # Panics
    /// At a place beyond the last.
    #[inline]
    pub fn at(&self, place: usize) -> Group<'_> {
        let place = self.places[place];
        let (words, time) = self.rolled.codes(place);
        Group { groups: self, words, time, place }
    }
    /// Those at some places.
    pub fn range(&self, places: std::ops::Range<usize>) -> impl ExactSizeIterator<Item = Group<'_>> {
        places.map(|place| self.at(place))
    }
    /// About the bytes of the words and figures of the groups at some places. Groups lie scattered in memory: once this
    /// has looked at all of them, side by side and column by column, to read them one by one costs far less.
    pub fn room(&self, places: std::ops::Range<usize>) -> usize {
        const FIGURES: usize = 32;
        let groups: Vec<Group<'_>> = self.range(places).collect();
        let is_long = |group: &&Group<'_>| group.cost(Cost::Billed).is_some_and(|amount| amount != FineMoney::ZERO);
        let long = groups.iter().filter(is_long).count();
        let columns = 0..self.rolled.words.len();
        let words: usize =
            columns.map(|column| groups.iter().map(|group| group.word(column).len()).sum::<usize>()).sum();
        words + (groups.len() + long) * FIGURES
    }
    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Group<'_>> {
        self.range(0..self.len())
    }
}

impl fmt::Debug for Groups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl fmt::Debug for Group<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (values, slot, currency) = (self.values().collect::<Vec<_>>(), self.slot(), self.currency_code());
        f.debug_tuple("Group").field(&(values, slot, currency, self.costs(), self.rows())).finish()
    }
}

impl<'g> Group<'g> {
    /// The values of the asked columns, in their order; a group of rows without a value has none.
    pub fn values(self) -> impl ExactSizeIterator<Item = Option<&'g str>> {
        (0..self.words.len() - 1).map(move |column| self.value(column))
    }
    /// The value of an asked column.
    #[inline]
    pub fn value(self, column: usize) -> Option<&'g str> {
        Some(self.word(column)).filter(|word| !word.is_empty())
    }
    /// The values as a name.
    pub fn key(self) -> Key {
        self.values().map(|value| value.map(str::to_owned)).collect()
    }
    /// The period, if one was asked for.
    pub fn slot(self) -> Option<Slot> {
        self.groups.period.map(|(period, calendar)| Slot::beginning(self.time, period, calendar))
    }
    /// The code of the currency; empty where it is unknown.
    pub fn currency_code(self) -> &'g str {
        self.word(self.words.len() - 1)
    }
    /// The currency.
    pub fn currency(self) -> Currency {
        Currency::of(self.currency_code())
    }
    /// The costs.
    pub fn costs(self) -> Costs {
        self.groups.rolled.sum(self.place).costs()
    }
    /// A cost, where any row has it.
    #[inline]
    pub fn cost(self, cost: Cost) -> Option<FineMoney> {
        self.groups.rolled.sum(self.place).cost(cost)
    }
    /// How many rows.
    pub fn rows(self) -> u64 {
        self.groups.rolled.sum(self.place).rows().into()
    }
    fn word(self, column: usize) -> &'g str {
        self.groups.rolled.word(column, self.words[column])
    }
}

/// The places of all groups: by currency, then by time, then the dearest first, then by the words of their keys.
fn order(rolled: &Rolled, cost: Cost) -> Vec<u32> {
    let currency = rolled.words.len() - 1;
    let mut codes: Vec<u32> = rolled.places().map(|place| rolled.codes(place).0[currency]).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.sort_by_key(|code| rolled.word(currency, *code));
    let rank = |code: u32| codes.iter().position(|known| *known == code).unwrap_or_default() as u64;
    // Most are told apart by numbers that stand side by side: to look at the groups themselves costs far more.
    let about = |place: u32| {
        let (words, time) = rolled.codes(place);
        let when = u64::from(time.cast_unsigned() ^ 1 << 31);
        let dear = rolled.sum(place).cost(cost).map_or(0, |amount| ascending(amount.as_raw() as f64));
        (rank(words[currency]) << 32 | when, Reverse(dear), place)
    };
    let mut all: Vec<(u64, Reverse<u64>, u32)> = rolled.places().map(about).collect();
    all.sort_unstable();
    for alike in all.chunk_by_mut(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|alike| alike.len() > 1) {
        alike.sort_unstable_by(|(.., a), (.., b)| {
            let amount = |place: u32| Reverse(rolled.sum(place).cost(cost));
            amount(*a).cmp(&amount(*b)).then_with(|| by_words(rolled, *a, *b))
        });
    }
    all.into_iter().map(|(.., place)| place).collect()
}

/// A number above zero that is the larger, the larger the other is.
const fn ascending(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

fn by_words(rolled: &Rolled, a: u32, b: u32) -> Ordering {
    let (a, b) = (rolled.codes(a).0, rolled.codes(b).0);
    let other = a.iter().zip(b).enumerate().find(|(_, (a, b))| a != b);
    other.map_or(Ordering::Equal, |(column, (a, b))| rolled.word(column, *a).cmp(rolled.word(column, *b)))
}

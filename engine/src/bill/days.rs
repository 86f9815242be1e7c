//! Which days have charges, and whether the last of them looks cut off.
use super::charges::Charges;
use super::grain::{Calendar, Period};
use super::slot::Slot;
use crate::units::FineMoney;
use std::collections::BTreeMap;

/// The days that have charges, where sums are kept by day.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    all: BTreeMap<i32, Day>,
}

/// What all charges of a day come to.
#[derive(Clone, Copy, Debug, Default)]
struct Day {
    rows: u64,
    /// In the currency of most rows; in others it is not told.
    usage: FineMoney,
}

/// A last day that seems to end before its evening.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CutOff {
    pub(super) day: Slot,
    /// Its part of what a middle day has, in rows or in cost, whichever is less.
    pub(super) part: f64,
    pub(super) of_rows: bool,
}

/// A last day below this part of the middle day looks cut off. At twice that every quiet Sunday of an office would.
const CUT: f64 = 0.3;
/// And below this part of the same day a week before.
const CUT_OF_WEEKDAY: f64 = 0.5;
/// A middle day is not told from fewer.
const FEWEST: usize = 4;

impl Days {
    /// `None` where days are not apart.
    pub(super) fn of(charges: &Charges) -> Option<Self> {
        if !charges.has_days() {
            return None;
        }
        let mut rows: BTreeMap<u32, u64> = BTreeMap::new();
        let mut cells: BTreeMap<(u32, i32), Day> = BTreeMap::new();
        for (currency, hour, cell) in charges.times() {
            *rows.entry(currency).or_default() += u64::from(cell.rows);
            let day = cells.entry((currency, hour.div_euclid(24))).or_default();
            day.rows += u64::from(cell.rows);
            day.usage += cell.usage;
        }
        let words: Vec<String> = charges.currency_words().collect();
        let main = rows.iter().max_by_key(|(code, rows)| (**rows, &words[**code as usize])).map(|(code, _)| *code);
        let mut all: BTreeMap<i32, Day> = BTreeMap::new();
        for ((currency, at), day) in cells {
            let sum = all.entry(at).or_default();
            sum.rows += day.rows;
            if Some(currency) == main {
                sum.usage += day.usage;
            }
        }
        Some(Self { all })
    }

    /// Whether all charges are of whole months, dated to their first days: then days say nothing.
    pub(super) fn are_months(&self) -> bool {
        self.all.keys().all(|day| Slot::around(day * 24, Period::Day, Calendar::Utc).date().day() == 1)
    }
    pub(super) fn has(&self, day: i32) -> bool {
        self.all.contains_key(&day)
    }
    /// The first and the last.
    pub(super) fn ends(&self) -> Option<(i32, i32)> {
        Some((*self.all.keys().next()?, *self.all.keys().next_back()?))
    }
    /// Days from the first to the last.
    pub(super) fn spanned(&self) -> u64 {
        self.ends().map_or(0, |(first, last)| u64::from(first.abs_diff(last)) + 1)
    }
    /// Days between the first and the last that have no charge.
    pub(super) fn gaps(&self) -> u64 {
        if self.are_months() { 0 } else { self.spanned() - self.all.len() as u64 }
    }
    /// How many days of a slot have charges.
    pub(super) fn within(&self, slot: Slot) -> u32 {
        let first = slot.hour().div_euclid(24);
        self.all.range(first..first + slot.days() as i32).count() as u32
    }
    /// Whether the last day looks cut off.
    pub(super) fn cut_off(&self, calendar: Calendar) -> Option<CutOff> {
        if self.all.len() < FEWEST || self.are_months() {
            return None;
        }
        let (at, last) = self.all.last_key_value()?;
        let is_cut = |value: fn(&Day) -> f64| {
            let mut before: Vec<f64> = self.all.values().rev().skip(1).map(value).collect();
            before.sort_unstable_by(f64::total_cmp);
            let middle = before[before.len() / 2];
            let week_before = self.all.get(&(at - 7)).map(value);
            let is_cut = middle > 0.0
                && value(last) < CUT * middle
                && week_before.is_none_or(|before| value(last) < CUT_OF_WEEKDAY * before);
            is_cut.then(|| value(last) / middle)
        };
        let day = Slot::around(at * 24, Period::Day, calendar);
        let rows = is_cut(|day| day.rows as f64).map(|part| CutOff { day, part, of_rows: true });
        let cost = is_cut(|day| day.usage.about()).map(|part| CutOff { day, part, of_rows: false });
        rows.or(cost)
    }
}

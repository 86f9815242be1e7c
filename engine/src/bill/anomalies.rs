//! Days on which a group cost far more or less than its level and weekday let expect.
//!
//! Of many groups and days some stand out by chance: the part of false ones among those that are reported is held below
//! one in a hundred (Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", JRSS B 57, 1995).
use super::charges::Charges;
use super::days::Days;
use super::grain::{Calendar, Period};
use super::key::{Currency, Key, Names};
use super::slot::Slot;
use super::week::{self, Expected};
use crate::signal::student;
use crate::units::{Factor, FineMoney, Share};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A day of a group that stands out.
#[derive(Clone, Debug, PartialEq)]
pub struct Anomaly {
    /// The day.
    pub day: Slot,
    /// The group.
    pub key: Key,
    /// The currency.
    pub currency: Currency,
    /// What its level and weekday let expect, to a millionth.
    pub expected: FineMoney,
    /// What was used on that day.
    pub actual: FineMoney,
    /// How likely so strange a day is by chance, before it is one of many.
    pub p_value: Share,
    /// How many times the usual spread it is off.
    pub spreads: Factor,
    /// The same weekday before, the latest first, at most four.
    pub before: Vec<(Slot, FineMoney)>,
}

impl Anomaly {
    /// More than expected; below zero less.
    pub fn excess(&self) -> FineMoney {
        self.actual - self.expected
    }
}

/// What was looked at for anomalies, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// By currency, the largest in money first.
    pub anomalies: Vec<Anomaly>,
    /// Groups that were judged.
    pub judged: usize,
    /// Groups with too few days.
    pub short: usize,
    /// Groups that cost something on too few of their days.
    pub sporadic: usize,
    /// Days of groups that were judged.
    pub days: usize,
    /// The group of the first anomaly, day by day.
    pub drawn: Option<Drawn>,
}

/// The days of a group, for a drawing.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The group.
    pub key: Key,
    /// The currency.
    pub currency: Currency,
    /// Each day with what was used, where that is known, and what was expected.
    pub days: Vec<(Slot, Option<FineMoney>, FineMoney)>,
}

/// Days with values that a series needs: each weekday three times.
pub const NEEDS_DAYS: usize = 21;
/// The part of false ones among the anomalies.
const FALSE: f64 = 0.01;
/// An anomaly is worth this part of its currency's middle day. Twice that hides what costs a week's hundredth.
const WORTH: f64 = 0.01;
/// A series that costs nothing on more of its days is no habit to depart from.
const CHARGED: f64 = 0.6;
/// The tails of costs are those of Student's t with so many degrees of freedom, as far as nothing is known of them,
/// and that is worth so many days.
const TAILS: f64 = 12.0;
const TAILS_WORTH: f64 = 500.0;
/// What so many days tell of the spread is worth this part of as many normal ones: the habit and the level take some.
const EFFICIENCY: f64 = 0.7;

/// A group's days, from its first charge to its last.
struct Line {
    rank: u32,
    first: i32,
    values: Vec<Option<FineMoney>>,
}

struct Judged {
    line: usize,
    expected: Expected,
}

pub(super) fn watch(charges: &Charges, names: &Names, calendar: Calendar, days: &Days) -> Watch {
    let mut watch = Watch::default();
    let mut lines = lines(charges, names, days, calendar);
    lines.retain(|line| {
        let known = line.values.iter().flatten().count();
        let charged = line.values.iter().flatten().filter(|v| **v != FineMoney::ZERO).count();
        let (is_short, is_sporadic) = (known < NEEDS_DAYS, (charged as f64) < CHARGED * known as f64);
        watch.short += usize::from(is_short);
        watch.sporadic += usize::from(!is_short && is_sporadic);
        !is_short && !is_sporadic
    });
    watch.judged = lines.len();
    watch.days = lines.iter().map(|line| line.values.iter().flatten().count()).sum();
    let worth = worth(names, &lines);
    let judged: Vec<Judged> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| could_be(line, worth[&names.at(line.rank).0]))
        .filter_map(|(at, line)| Some(Judged { line: at, expected: expect(line)? }))
        .collect();
    let tails = tails(&judged);
    let mut found: Vec<(f64, f64, usize, usize)> = Vec::new();
    for (at, judged) in judged.iter().enumerate() {
        let known = judged.expected.off.iter().flatten().count() as f64;
        let free = 1.0 / (tails + 1.0 / (EFFICIENCY * known));
        let off = judged.expected.off.iter().enumerate();
        found.extend(off.filter_map(|(day, off)| Some((student::beyond((*off)?, free), (*off)?, at, day))));
    }
    found.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then((a.2, a.3).cmp(&(b.2, b.3))));
    let limit = |rank: usize| FALSE * (rank + 1) as f64 / watch.days as f64;
    let last = found.iter().enumerate().rposition(|(rank, (p, ..))| *p <= limit(rank));
    let mut anomalies = Vec::new();
    for (p, off, at, day) in &found[..last.map_or(0, |last| last + 1)] {
        let Judged { line, expected } = &judged[*at];
        let line = &lines[*line];
        let anomaly = anomaly(line, *day, expected.values[*day], (*p, *off), names, calendar);
        if anomaly.excess().abs() >= worth[&anomaly.currency] {
            anomalies.push((anomaly, *at));
        }
    }
    anomalies.sort_by_cached_key(|(a, _)| (a.currency.clone(), Reverse(a.excess().abs()), a.day, a.key.clone()));
    watch.drawn =
        anomalies.first().map(|(_, at)| drawn(&lines[judged[*at].line], &judged[*at].expected, names, calendar));
    watch.anomalies = anomalies.into_iter().map(|(anomaly, _)| anomaly).collect();
    watch
}

/// The used part of the asked cost, by group and day. Days on which the whole bill has nothing are gaps.
fn lines(charges: &Charges, names: &Names, days: &Days, calendar: Calendar) -> Vec<Line> {
    let cut = days.cut_off(calendar).map(|cut| cut.day.hour().div_euclid(24));
    let mut parts: Vec<(u32, i32, FineMoney)> =
        charges.cells().map(|(key, hour, cell)| (names.rank(key), hour.div_euclid(24), cell.usage)).collect();
    parts.retain(|(_, day, _)| Some(*day) != cut);
    parts.sort_unstable();
    let line = |parts: &[(u32, i32, FineMoney)]| {
        let (rank, first, _) = parts[0];
        let last = parts[parts.len() - 1].1;
        let mut values: Vec<_> = (first..=last).map(|day| days.has(day).then_some(FineMoney::ZERO)).collect();
        for (_, day, usage) in parts {
            *values[(day - first) as usize].get_or_insert_default() += *usage;
        }
        Line { rank, first, values }
    };
    parts.chunk_by(|a, b| a.0 == b.0).map(line).collect()
}

/// What an anomaly must be worth in each currency.
fn worth<'n>(names: &'n Names, lines: &[Line]) -> BTreeMap<&'n Currency, FineMoney> {
    let mut sums: BTreeMap<&Currency, BTreeMap<i32, FineMoney>> = BTreeMap::new();
    for line in lines {
        let days = sums.entry(names.at(line.rank).0).or_default();
        for (day, value) in (line.first..).zip(&line.values) {
            *days.entry(day).or_default() += value.unwrap_or_default();
        }
    }
    let middle = |days: BTreeMap<i32, FineMoney>| {
        let mut sums: Vec<f64> = days.into_values().map(|sum| sum.abs().about()).collect();
        FineMoney::nearest(WORTH * week::median(&mut sums))
    };
    sums.into_iter().map(|(currency, days)| (currency, middle(days))).collect()
}

/// Whether any day is so far from the middle one that it could be worth it; most groups of a large bill never are.
fn could_be(line: &Line, worth: FineMoney) -> bool {
    let known = || line.values.iter().flatten();
    let (least, most) = (known().min(), known().max());
    least.zip(most).is_some_and(|(least, most)| *most - *least >= worth)
}

fn expect(line: &Line) -> Option<Expected> {
    let values: Vec<Option<f64>> = line.values.iter().map(|v| v.map(FineMoney::about)).collect();
    // The epoch was a Thursday; the weekdays are numbered from there.
    week::expected(&values, line.first.rem_euclid(7) as usize)
}

/// One over the degrees of freedom of the tails, from how far the strangest twentieth of all days lies beyond the middle.
fn tails(judged: &[Judged]) -> f64 {
    // The 97.5 % quantile of Student's t over its 75 % quantile, by one over the degrees of freedom (the usual tables).
    const TABLE: [(f64, f64); 7] = [
        (2.906, 0.0),
        (2.990, 1.0 / 30.0),
        (3.183, 0.1),
        (3.538, 0.2),
        (3.746, 0.25),
        (4.160, 1.0 / 3.0),
        (5.273, 0.5),
    ];
    let mut sizes: Vec<f64> = judged.iter().flat_map(|judged| &judged.expected.unseen).map(|off| off.abs()).collect();
    sizes.sort_unstable_by(f64::total_cmp);
    let n = sizes.len();
    let prior = 1.0 / TAILS;
    if n == 0 || sizes[n / 2] <= 0.0 {
        return prior;
    }
    let ratio = sizes[n * 95 / 100] / sizes[n / 2];
    let found = TABLE.windows(2).find(|pair| ratio <= pair[1].0).map_or(0.5, |pair| {
        let [(from, low), (to, high)] = [pair[0], pair[1]];
        low + (high - low) * ((ratio - from) / (to - from)).max(0.0)
    });
    (found * n as f64 + prior * TAILS_WORTH) / (n as f64 + TAILS_WORTH)
}

fn anomaly(line: &Line, day: usize, expected: f64, (p, off): (f64, f64), names: &Names, calendar: Calendar) -> Anomaly {
    let (currency, key) = names.at(line.rank);
    let before = (1..).map_while(|weeks| day.checked_sub(7 * weeks));
    let before = before.filter_map(|at| Some((slot(line, at, calendar), line.values[at]?))).take(4).collect();
    Anomaly {
        day: slot(line, day, calendar),
        key: key.clone(),
        currency: currency.clone(),
        expected: to_millionths(expected),
        actual: line.values[day].expect("gaps are not judged"),
        p_value: Share::of_one(p),
        spreads: Factor::of(off.abs()),
        before,
    }
}

fn drawn(line: &Line, expected: &Expected, names: &Names, calendar: Calendar) -> Drawn {
    let (currency, key) = names.at(line.rank);
    let of_day = |(at, value): (usize, &Option<FineMoney>)| {
        (slot(line, at, calendar), *value, to_millionths(expected.values[at]))
    };
    Drawn { key: key.clone(), currency: currency.clone(), days: line.values.iter().enumerate().map(of_day).collect() }
}

fn slot(line: &Line, at: usize, calendar: Calendar) -> Slot {
    Slot::around((line.first + at as i32) * 24, Period::Day, calendar)
}

/// A model's figure has no more digits than that.
fn to_millionths(amount: f64) -> FineMoney {
    const MILLIONTH: i128 = 10_i128.pow(18);
    FineMoney::raw((amount.clamp(-1e14, 1e14) * 1e6).round() as i128 * MILLIONTH)
}

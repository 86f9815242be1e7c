//! A stretch of numbers with round ticks on it, and how those are written.
use crate::report::Cell;

/// About so many steps from end to end.
const STEPS: f64 = 5.0;

/// From the lowest to the highest number of an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    step: f64,
    unit: Unit,
}

/// How the numbers of an axis are written: each divided by `size`, between two texts.
#[derive(Clone, Debug, PartialEq)]
struct Unit {
    size: f64,
    before: String,
    after: String,
    /// Whether a digit behind the point is followed by a second.
    has_cents: bool,
    /// Whether nothing stands between one and two.
    whole: bool,
}

impl Scale {
    /// From a round number to a round number, with all of these between; zero is one of them where the values lie near it
    /// or `zero` asks for it. None where no cell has a number.
    pub(super) fn of<'c>(cells: impl Iterator<Item = &'c Cell>, zero: Zero) -> Option<Self> {
        let (mut first, mut low, mut high) = (None, f64::INFINITY, f64::NEG_INFINITY);
        for (cell, n) in cells.filter_map(|cell| Some((cell, cell.about()?))) {
            first.get_or_insert(cell);
            (low, high) = (low.min(n), high.max(n));
        }
        // Bars start at nothing; a line that stays far from it would be flat.
        if zero == Zero::Always || low == high || (low > 0.0 && low < 0.6 * high) {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        Some(Self::round(low, high, first?))
    }

    /// From a round number to a round number around these ends, in the unit of the first cell that has a number.
    pub(super) fn spanning<'c>(low: f64, high: f64, mut cells: impl Iterator<Item = &'c Cell>) -> Option<Self> {
        Some(Self::round(low, high, cells.find(|cell| cell.about().is_some())?))
    }

    fn round(low: f64, high: f64, like: &Cell) -> Self {
        let unit = Unit::of(like, low.abs().max(high.abs()));
        let high = if low == high { low + unit.size } else { high };
        let step = unit.size * round_step((high - low) / unit.size / STEPS, unit.whole);
        Self { low: (low / step).floor() * step, high: (high / step).ceil() * step, step, unit }
    }

    /// The same with the given ends: ticks stay round, ends need not be.
    pub(super) fn between(self, low: f64, high: f64) -> Self {
        Self { low, high, ..self }
    }

    /// The highest number.
    pub(super) const fn top(&self) -> f64 {
        self.high
    }

    /// Where a number stands: zero at the low end, one at the high end.
    pub(super) fn part(&self, n: f64) -> f64 {
        (n - self.low) / (self.high - self.low)
    }

    /// Round numbers and how they are written.
    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
        let first = (self.low / self.step - 1e-9).ceil() as i64;
        let last = (self.high / self.step + 1e-9).floor() as i64;
        (first..=last).map(|i| i as f64 * self.step).map(|n| (self.part(n), self.written(n))).collect()
    }

    fn written(&self, n: f64) -> String {
        let most = self.low.abs().max(self.high.abs()) / self.unit.size;
        let (short, letter) = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e5, "k")]
            .into_iter()
            .find(|(least, _)| most >= *least)
            .map_or((1.0, ""), |(least, letter)| if letter == "k" { (1e3, letter) } else { (least, letter) });
        let step = self.step / self.unit.size / short;
        let places = match (-step.log10() - 1e-9).ceil().max(0.0) as usize {
            // Money has cents or none.
            1 if self.unit.has_cents && letter.is_empty() => 2,
            places => places,
        };
        let digits = format!("{:.places$}", n.abs() / self.unit.size / short);
        let sign = if n < -self.step / 2.0 { "-" } else { "" };
        format!("{sign}{}{}{letter}{}", self.unit.before, grouped(&digits), self.unit.after)
    }
}

/// Whether a scale starts at nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zero {
    /// In any case.
    Always,
    /// Where it is not far.
    IfNear,
}

impl Unit {
    /// The unit of a kind of cell, large enough for `most`.
    fn of(cell: &Cell, most: f64) -> Self {
        const SPAN: [(f64, &str); 6] =
            [(1e-6, " us"), (1e-3, " ms"), (1.0, " s"), (60.0, " min"), (3600.0, " h"), (86_400.0, " d")];
        const DATA: [(f64, &str); 6] =
            [(1.0, " B"), (1e3, " kB"), (1e6, " MB"), (1e9, " GB"), (1e12, " TB"), (1e15, " PB")];
        const POWER: [(f64, &str); 3] = [(1.0, " W"), (1e3, " kW"), (1e6, " MW")];
        const MASS: [(f64, &str); 3] = [(1.0, " g"), (1e3, " kg"), (1e6, " t")];
        let plain = Self { size: 1.0, before: String::new(), after: String::new(), has_cents: false, whole: false };
        let ladder = |steps: &[(f64, &str)], plain: Self| {
            let (size, after) = steps.iter().rev().find(|(size, _)| most >= *size).copied().unwrap_or(steps[0]);
            Self { size, after: after.to_owned(), ..plain }
        };
        match cell.plain() {
            Cell::Money(_) | Cell::UnitPrice(_) | Cell::Difference(_) => {
                Self { before: "$".into(), has_cents: true, ..plain }
            }
            Cell::Charge(_, currency) => match currency.code() {
                "USD" => Self { before: "$".into(), has_cents: true, ..plain },
                "" => Self { has_cents: true, ..plain },
                code => Self { after: format!(" {code}"), has_cents: true, ..plain },
            },
            Cell::Share(_) => Self { size: 0.01, after: " %".into(), ..plain },
            Cell::Span(_) => ladder(&SPAN, plain),
            Cell::Data(_) => ladder(&DATA, plain),
            Cell::Power(_) => ladder(&POWER, plain),
            Cell::Mass(_) => ladder(&MASS, plain),
            Cell::Rate(_) => Self { after: "/s".into(), ..plain },
            Cell::Count(_) => Self { whole: true, ..plain },
            // Days and times have ticks of the calendar, and words none.
            Cell::Amount(_)
            | Cell::Quantity(_)
            | Cell::Factor(_)
            | Cell::Date(_)
            | Cell::Time(_)
            | Cell::Text(_)
            | Cell::Explained(..)
            | Cell::Unknown
            | Cell::Nothing => plain,
        }
    }
}

/// The next of 1, 2, 5, 10, 20, 50 and so on.
fn round_step(raw: f64, whole: bool) -> f64 {
    let power = 10_f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|n| *n >= raw * 0.999).unwrap_or(raw);
    if whole { step.max(1.0) } else { step }
}

/// Digits before the point by thousands.
fn grouped(digits: &str) -> String {
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && i < whole && (whole - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bill::Currency;
    use crate::units::{Data, FineMoney, Money, Share, Span};

    fn ticks(cells: &[Cell], zero: Zero) -> Vec<String> {
        let scale = Scale::of(cells.iter(), zero).expect("numbers");
        scale.ticks().into_iter().map(|(_, text)| text).collect()
    }
    fn dollars(n: f64) -> Cell {
        Money::nearest(n).into()
    }

    #[test]
    fn ticks_are_round_and_have_their_unit() {
        assert_eq!(ticks(&[dollars(1211.3), dollars(10.95)], Zero::Always), ["$0", "$500", "$1,000", "$1,500"]);
        assert_eq!(ticks(&[dollars(0.031)], Zero::Always), ["$0.00", "$0.01", "$0.02", "$0.03", "$0.04"]);
        assert_eq!(
            ticks(&[Share::percent(85.0).into()], Zero::Always),
            ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]
        );
        assert_eq!(ticks(&[Span::millis(27.1).into()], Zero::Always), ["0 ms", "10 ms", "20 ms", "30 ms"]);
        assert_eq!(ticks(&[Data::tb(3.2).into()], Zero::Always), ["0 TB", "1 TB", "2 TB", "3 TB", "4 TB"]);
        assert_eq!(
            ticks(&[dollars(2_300_000.0)], Zero::Always),
            ["$0.0M", "$0.5M", "$1.0M", "$1.5M", "$2.0M", "$2.5M"]
        );
        assert_eq!(ticks(&[Cell::Count(2)], Zero::Always), ["0", "1", "2"]);
    }

    #[test]
    fn money_is_told_in_its_currency() {
        let charge = |code: &str| Cell::Charge(FineMoney::nearest(300_000.0), Currency::of(code));
        assert_eq!(ticks(&[charge("USD")], Zero::Always)[1], "$100k");
        assert_eq!(ticks(&[charge("EUR")], Zero::Always)[1], "100k EUR");
    }

    #[test]
    fn below_zero_is_told() {
        assert_eq!(ticks(&[dollars(-30.0), dollars(52.0)], Zero::Always), ["-$40", "-$20", "$0", "$20", "$40", "$60"]);
    }

    #[test]
    fn lines_far_from_zero_need_not_start_there() {
        assert_eq!(ticks(&[dollars(950.0), dollars(1000.0)], Zero::IfNear)[0], "$950");
        assert_eq!(ticks(&[dollars(500.0), dollars(1000.0)], Zero::IfNear)[0], "$0");
    }

    #[test]
    fn there_is_a_scale_for_equal_numbers_and_none_without() {
        assert_eq!(ticks(&[dollars(0.0)], Zero::IfNear).first().map(String::as_str), Some("$0.00"));
        assert_eq!(ticks(&[dollars(7.0), dollars(7.0)], Zero::IfNear).first().map(String::as_str), Some("$0"));
        assert_eq!(Scale::of([Cell::Unknown].iter(), Zero::Always), None);
    }
}

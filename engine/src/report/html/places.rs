//! The places of an axis: how far along each stands, and which of them are named.
use super::calendar;
use super::scale::Scale;
use crate::report::{Axis, Cell};

/// Names below a chart take so many parts of its width, by letter; a narrow screen has room for half of them.
const LETTER: f64 = 0.011;

/// Where the places of an axis stand: zero is its start, one its end.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) parts: Vec<f64>,
    pub(super) ticks: Vec<Tick>,
    /// The numbers at both ends, where places stand by their distance.
    ends: Option<(f64, f64)>,
}

/// A named place.
#[derive(Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) part: f64,
    pub(super) text: String,
    /// Whether a narrow screen leaves its name out.
    pub(super) is_spare: bool,
}

impl Places {
    /// Numbers and times by their distance; words at even distances.
    pub(super) fn on_line(axis: &Axis) -> Self {
        let numbers: Option<Vec<f64>> = axis.at.iter().map(Cell::about).collect();
        let ends = numbers.as_ref().and_then(|all| Some((*all.first()?, *all.last()?)));
        let (Some(numbers), Some((low, high))) = (numbers, ends.filter(|(low, high)| low < high)) else {
            let last = axis.at.len().saturating_sub(1).max(1) as f64;
            return Self::named(axis, |i| i as f64 / last);
        };
        let part = |n: f64| (n - low) / (high - low);
        let ticks = match axis.at[0] {
            Cell::Date(_) | Cell::Time(_) => {
                calendar::ticks(low, high).into_iter().map(|(n, text)| (part(n), text)).collect()
            }
            _ => {
                Scale::spanning(low, high, axis.at.iter()).map_or(Vec::new(), |scale| scale.between(low, high).ticks())
            }
        };
        Self { parts: numbers.into_iter().map(part).collect(), ticks: thinned(ticks), ends: Some((low, high)) }
    }

    /// Where a value stands that need not be one of the places; none outside of them, and where they are words.
    pub(super) fn part(&self, cell: &Cell) -> Option<f64> {
        let (low, high) = self.ends?;
        Some((cell.about()? - low) / (high - low)).filter(|part| (0.0..=1.0).contains(part))
    }

    /// A slot for each place, all as wide; places stand in the middle of theirs.
    pub(super) fn in_slots(axis: &Axis) -> Self {
        let slots = axis.at.len().max(1) as f64;
        Self::named(axis, |i| (i as f64 + 0.5) / slots)
    }

    fn named(axis: &Axis, part: impl Fn(usize) -> f64) -> Self {
        let ticks = axis.at.iter().enumerate().map(|(i, cell)| (part(i), cell.shown())).collect();
        Self { parts: (0..axis.at.len()).map(part).collect(), ticks: thinned(ticks), ends: None }
    }
}

/// As many names as fit, and fewer on a narrow screen.
fn thinned(ticks: Vec<(f64, String)>) -> Vec<Tick> {
    let longest = ticks.iter().map(|(_, text)| text.chars().count()).max().unwrap_or(0) as f64;
    let apart = ticks.windows(2).map(|pair| pair[1].0 - pair[0].0).fold(1.0, f64::min).max(1e-6);
    let wide = stride(LETTER * (longest + 2.0) / apart);
    let narrow = wide * stride(2.0 * LETTER * (longest + 2.0) / apart / wide as f64);
    let kept = ticks.into_iter().enumerate().filter(|(i, _)| i % wide == 0);
    kept.map(|(i, (part, text))| Tick { part, text, is_spare: i % narrow != 0 }).collect()
}

/// Each so many-th is named: hours and months are told apart by these.
fn stride(least: f64) -> usize {
    let round = [1, 2, 3, 4, 6, 12, 24, 48, 96, 168];
    round.into_iter().find(|n| *n as f64 >= least).unwrap_or(least.ceil() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(at: impl IntoIterator<Item = Cell>) -> Axis {
        Axis { name: "month".into(), at: at.into_iter().collect() }
    }
    fn texts(places: &Places) -> Vec<&str> {
        places.ticks.iter().map(|tick| tick.text.as_str()).collect()
    }

    #[test]
    fn numbers_stand_by_their_distance() {
        let places = Places::on_line(&axis([1, 2, 11].map(Cell::Count)));
        assert_eq!(places.parts, [0.0, 0.1, 1.0]);
        assert_eq!(texts(&places), ["2", "4", "6", "8", "10"]);
        assert_eq!(places.part(&Cell::Count(6)), Some(0.5));
        assert_eq!((places.part(&Cell::Count(12)), places.part(&Cell::Unknown)), (None, None));
    }

    #[test]
    fn words_stand_evenly_and_not_all_are_named() {
        let places = Places::on_line(&axis(["a", "b", "c"].map(Cell::from)));
        assert_eq!((places.parts.as_slice(), texts(&places)), ([0.0, 0.5, 1.0].as_slice(), vec!["a", "b", "c"]));
        let months = (0..24).map(|i| Cell::Text(format!("2026-{i:02}")));
        let places = Places::in_slots(&axis(months));
        assert!((6..=12).contains(&places.ticks.len()), "{places:?}");
        assert!(places.ticks.iter().any(|tick| tick.is_spare), "{places:?}");
    }

    #[test]
    fn one_place_and_none_are_no_trouble() {
        assert_eq!(Places::on_line(&axis([Cell::Count(3)])).parts, [0.0]);
        assert_eq!(Places::in_slots(&axis([Cell::Count(3)])).parts, [0.5]);
        assert!(Places::on_line(&axis([])).parts.is_empty());
    }
}

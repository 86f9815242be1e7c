//! How far a series can be trusted, in numbers and in sentences.
use super::order::Order;
use super::series::{Kept, Series, count, so_many_rows};
use crate::units::{Share, Span};

/// What was wrong with the rows behind a series, and what was done about it.
///
/// Every row is accounted for: `rows = used + empty + duplicates() + crowded`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quality {
    /// Rows with a time stamp.
    pub rows: usize,
    /// Steps with a value.
    pub used: usize,
    /// Rows whose value was empty, NaN or NULL.
    pub empty: usize,
    /// Steps without a value between the first and the last stamp.
    pub gaps: usize,
    /// Runs of such steps.
    pub holes: usize,
    /// The longest of these runs, in steps.
    pub longest_hole: usize,
    /// Rows that repeat an earlier stamp with the same value: set aside.
    pub repeated: usize,
    /// Rows that repeat an earlier stamp with another value: the mean is kept.
    pub averaged: usize,
    /// Rows with a stamp of their own, but nearest to a step that another stamp has filled: the mean is kept.
    pub crowded: usize,
    /// Stamps that lie between the steps.
    pub off_grid: usize,
    /// Places where a row is older than the row before it.
    pub out_of_order: usize,
    /// Whether the file runs from new to old.
    pub newest_first: bool,
    /// Hours that stand twice, as when a local clock is set back.
    pub repeated_hours: usize,
    /// Skipped hours whose rows all carry the stamp of the hour's end, as when a local clock is set forward.
    pub collapsed_hours: usize,
    /// Whether the values are a running total: they only rise, and fall only to start again.
    pub running_total: bool,
    /// Times a running total started again.
    pub resets: usize,
    /// The steps with a value, of all steps.
    pub coverage: Share,
    /// A mark for the whole: coverage times the share of rows that repeat no stamp times the share of rows in order.
    /// A rule of this project, for sorting exports from good to bad; no decision hangs on it.
    pub score: Share,
    /// What was found, a sentence each, the gravest first.
    pub findings: Vec<String>,
}

/// A distance between rows, other than the step, that this part of them shares is another resolution.
const OTHER_STEP: f64 = 0.1;
/// A running total shows itself in at least this many steps with a rise.
const TOTAL_RISES: usize = 20;
/// At most this part of a running total's steps are falls. Doubled, a total that restarts every 50 steps counts too.
const TOTAL_FALLS: f64 = 0.01;

impl Quality {
    /// Rows that repeat an earlier stamp.
    pub const fn duplicates(&self) -> usize {
        self.repeated + self.averaged
    }

    pub(super) fn of(series: &Series, rows: usize, kept: &Kept, order: &Order) -> Self {
        let holes = Holes::of(series);
        let total = running_total(series);
        let part = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        let coverage = part(kept.used, series.len());
        let duplicates = kept.repeated + kept.averaged;
        let score = coverage * (1.0 - part(duplicates, rows)) * (1.0 - part(order.falls_back, rows));
        let mut quality = Self {
            rows,
            used: kept.used,
            empty: kept.empty,
            gaps: holes.lengths.iter().sum(),
            holes: holes.lengths.len(),
            longest_hole: holes.lengths.iter().copied().max().unwrap_or(0),
            repeated: kept.repeated,
            averaged: kept.averaged,
            crowded: kept.crowded,
            off_grid: kept.off_grid,
            out_of_order: order.falls_back,
            newest_first: order.newest_first,
            repeated_hours: order.repeated_hours,
            collapsed_hours: order.collapsed_hours,
            running_total: total.is_some(),
            resets: total.unwrap_or(0),
            coverage: Share::of_one(coverage),
            score: Share::of_one(score),
            findings: Vec::new(),
        };
        quality.findings = quality.sentences(series, &holes);
        quality
    }

    fn sentences(&self, series: &Series, holes: &Holes) -> Vec<String> {
        let step = series.step();
        let mut said = Vec::new();
        let mut say = |when: bool, text: &dyn Fn() -> String| {
            if when {
                said.push(text());
            }
        };
        say(self.gaps > 0, &|| {
            let longest = step * self.longest_hole as f64;
            let (n, of) = (count(self.gaps), count(series.len()));
            let holes = if self.holes == 1 { "one hole".into() } else { format!("{} holes", count(self.holes)) };
            format!(
                "{n} of {of} steps of {step} have no value, in {holes}, the longest of {longest}; gaps are left out, not taken as zero."
            )
        });
        let other = holes.other_step(series);
        say(other.is_some(), &|| {
            let (share, other) = other.unwrap_or_default();
            format!("{share} of the values stand {other} apart instead of {step}: the export may mix resolutions.")
        });
        say(self.empty > 0, &|| format!("{} had an empty value.", so_many_rows(self.empty)));
        say(self.repeated_hours > 0, &|| {
            let n = count(self.repeated_hours);
            format!(
                "{n} x one hour stands twice: the stamps are of a local clock that was set back; the mean of both is kept."
            )
        });
        say(self.collapsed_hours > 0, &|| {
            let n = count(self.collapsed_hours);
            format!(
                "{n} x an hour is skipped and its rows share one stamp: the stamps are of a local clock that was set forward; the hour is a gap."
            )
        });
        say(self.averaged > 0, &|| {
            format!(
                "{} repeat an earlier time stamp with another value; the mean is kept.",
                so_many_rows(self.averaged)
            )
        });
        say(self.repeated > 0, &|| {
            format!("{} repeat an earlier time stamp with the same value; one is kept.", so_many_rows(self.repeated))
        });
        say(self.crowded > 0, &|| {
            format!("{} share a step of {step} with an earlier row; the mean is kept.", so_many_rows(self.crowded))
        });
        say(self.out_of_order > 0, &|| {
            format!(
                "In {} places a row is older than the row before it; the rows were sorted.",
                count(self.out_of_order)
            )
        });
        say(self.newest_first, &|| "The rows stand newest first; they were turned round.".into());
        say(self.running_total, &|| {
            let resets = count(self.resets);
            format!(
                "The values only rise, with {resets} restarts: they look like a running total, not counts per step."
            )
        });
        said
    }
}

/// The runs of gaps between values, and the distances they make.
struct Holes {
    lengths: Vec<usize>,
}

impl Holes {
    fn of(series: &Series) -> Self {
        let (mut lengths, mut run) = (Vec::new(), 0);
        for (_, value) in series.iter() {
            if value.is_none() {
                run += 1;
            } else if run > 0 {
                lengths.push(run);
                run = 0;
            }
        }
        if run > 0 {
            lengths.push(run);
        }
        Self { lengths }
    }
    /// A longer distance that at least a tenth of the values keep from the one before, and their share.
    fn other_step(&self, series: &Series) -> Option<(Share, Span)> {
        let values = series.len() - self.lengths.iter().sum::<usize>();
        let mut lengths = self.lengths.clone();
        lengths.sort_unstable();
        let most = lengths.chunk_by(|a, b| a == b).max_by_key(|same| same.len())?;
        let share = most.len() as f64 / values as f64;
        (share >= OTHER_STEP).then(|| (Share::of_one(share), series.step() * (most[0] + 1) as f64))
    }
}

/// The restarts, if the values are a running total: they rise in most steps, and nearly never fall, and where they do
/// they fall to less than half.
fn running_total(series: &Series) -> Option<usize> {
    let (mut rises, mut level, mut falls) = (0_usize, 0_usize, 0_usize);
    let mut before: Option<f64> = None;
    for value in series.iter().filter_map(|(_, v)| v) {
        match before {
            Some(b) if value > b => rises += 1,
            Some(b) if value == b => level += 1,
            Some(b) if value < b / 2.0 => falls += 1,
            Some(_) => return None,
            None => {}
        }
        before = Some(value);
    }
    let total = rises + level + falls;
    let rising = rises >= TOTAL_RISES && rises * 2 > total;
    (rising && falls as f64 <= TOTAL_FALLS * total as f64).then_some(falls)
}

#[cfg(test)]
mod tests {
    use super::super::{Point, Time};
    use super::*;

    fn series(rows: impl IntoIterator<Item = (i64, f64)>) -> Series {
        let points = rows.into_iter().map(|(t, v)| Point::new(Time::unix_seconds(t), Some(v)));
        Series::from_points("value", points.collect()).unwrap()
    }

    #[test]
    fn a_clean_series_has_nothing_to_say() {
        let q = series((0..100).map(|i| (i * 300, (i % 7) as f64))).quality().clone();
        assert_eq!((q.score, q.coverage, q.findings.len()), (Share::ALL, Share::ALL, 0));
    }

    #[test]
    fn gaps_are_counted_in_steps_and_in_holes() {
        let q = series((0..40).filter(|i| ![5, 6, 7, 20].contains(i)).map(|i| (i * 300, (i % 7) as f64)));
        let q = q.quality();
        assert_eq!((q.gaps, q.holes, q.longest_hole), (4, 2, 3));
        assert_eq!(
            q.findings,
            [
                "4 of 40 steps of 5 min have no value, in 2 holes, the longest of 15 min; gaps are left out, not taken as zero."
            ]
        );
        assert_eq!(q.coverage, Share::percent(90.0));
    }

    #[test]
    fn a_running_total_and_its_restarts_are_seen() {
        let total = |restart: i64| move |i: i64| (i * 60, (i % restart * 10) as f64);
        let q = series((0..500).map(total(200))).quality().clone();
        assert_eq!((q.running_total, q.resets), (true, 2));
        assert!(!series((0..500).map(total(10))).quality().running_total, "a sawtooth is no total");
        assert!(!series((0..500).map(|i| (i * 60, 3.0))).quality().running_total);
    }

    #[test]
    fn a_change_of_resolution_is_seen() {
        let fine = (0..100).map(|i| (i * 60, (i % 7) as f64));
        let coarse = (0..30).map(|i| (6000 + i * 300, (i % 5) as f64));
        let q = series(fine.chain(coarse)).quality().clone();
        assert!(q.findings.iter().any(|f| f.contains("stand 5 min apart instead of 1 min")), "{:?}", q.findings);
    }
}

//! The same measure of the same resource, told by two tools: one of them is taken.
//!
//! `sadf` and `iostat` of one host both tell its processors, each of a moment of its own. Put into one series their stamps
//! would stand twice with different values, and nothing could be told from it. Files of one format are one series, as those
//! of a host's days are; so are those of several formats whose times do not overlap.
use super::collector::Gathered;
use super::key::Key;
use std::collections::{BTreeMap, HashMap};

/// Each series once: of two that tell the same of the same time the one with more values. And what was left out, a sentence
/// for each pair of files.
pub(super) fn one_of_each(series: Vec<Gathered>) -> (Vec<Gathered>, Vec<String>) {
    let mut kept: Vec<Gathered> = Vec::new();
    let mut at: HashMap<Key, usize> = HashMap::new();
    let mut left: BTreeMap<[String; 3], Vec<String>> = BTreeMap::new();
    for next in series {
        let Some(other) = at.get(&next.key).map(|i| &mut kept[*i]) else {
            at.insert(next.key.clone(), kept.len());
            kept.push(next);
            continue;
        };
        if other.how == next.how && !overlap(other, &next) {
            other.points.extend(next.points);
            continue;
        }
        let is_better = next.points.len() > other.points.len();
        let out = if is_better { std::mem::replace(other, next) } else { next };
        let pair = [other.key.resource.0.clone(), other.file().to_owned(), out.file().to_owned()];
        left.entry(pair).or_default().push(out.key.measure.to_string());
    }
    let told = left.into_iter().map(|([resource, taken, out], mut measures)| {
        measures.sort_unstable();
        measures.dedup();
        let shown = measures.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
        let more = measures.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{taken} and {out} both tell {shown}{more} of {resource}: those of {taken} were taken.")
    });
    (kept, told.collect())
}

/// So many measures are named.
const SHOWN: usize = 3;

/// Whether two series tell of the same time, by more than a tenth of the shorter one.
fn overlap(one: &Gathered, other: &Gathered) -> bool {
    let span = |series: &Gathered| {
        let times = || series.points.iter().map(|point| point.time().as_unix_seconds());
        Some((times().min()?, times().max()?))
    };
    let (Some((a, b)), Some((c, d))) = (span(one), span(other)) else { return false };
    let shared = b.min(d).saturating_sub(a.max(c));
    shared > (b - a).min(d - c) / 10
}

#[cfg(test)]
mod tests {
    use super::super::collector::Collector;
    use super::super::key::{How, Key};
    use plimsoll::series::Time;
    use plimsoll::telemetry::{Measure, Telemetry};
    use plimsoll::units::Share;

    /// What is made of files: name, format, first second, and as many values at every fifth second.
    fn read(files: &[(&str, &str, i64, &[f64])]) -> Telemetry {
        let mut to = Collector::new(false);
        for (name, format, start, values) in files {
            to.begin(name, format, Share::ALL);
            let id = to.series(Key::of("db-1", Measure::CpuShare), How::Level, 2);
            for (i, value) in values.iter().enumerate() {
                to.row();
                to.used();
                to.sample(id, Time::unix_seconds(start + 5 * i as i64), Some(*value));
            }
        }
        to.finish().unwrap()
    }
    fn values(read: &Telemetry) -> Vec<f64> {
        read.metrics[0].series.iter().filter_map(|(_, value)| value).collect()
    }

    #[test]
    fn of_two_tools_the_one_that_tells_more_is_taken() {
        let (short, long): (&[f64], &[f64]) = (&[0.5; 4], &[0.25; 5]);
        for files in [
            [("i", "iostat", 1, short), ("s", "sadf -d", 0, long)],
            [("s", "sadf -d", 0, long), ("i", "iostat", 1, short)],
        ] {
            let read = read(&files);
            assert_eq!(
                (read.metrics.len(), values(&read).as_slice(), read.metrics[0].first.as_str()),
                (1, long, "s:2")
            );
            assert_eq!(read.reading.notes, ["s and i both tell cpu_share of db-1: those of s were taken."]);
        }
    }

    #[test]
    fn what_follows_on_another_is_one_series() {
        let (one, two): (&[f64], &[f64]) = (&[0.5; 4], &[0.25; 5]);
        for second in ["iostat", "sadf -d"] {
            let read = read(&[("a", "sadf -d", 0, one), ("b", second, 20, two)]);
            assert_eq!(values(&read), [0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25]);
            assert!(read.reading.notes.is_empty(), "{:?}", read.reading.notes);
        }
    }
}

//! Parts of one whose export does not say whether it means 0.4 or 40.
//!
//! Told by the largest value that a file has of a measure, over all its resources: they share one column. An idle machine
//! in per cent never passes one either, so the reading as parts is told as a doubt.
use super::collector::Gathered;
use super::key::How;
use plimsoll::reading::Finding;
use plimsoll::series::Point;
use plimsoll::telemetry::Measure;
use std::collections::BTreeMap;

/// Parts of one may pass one by this much, in a moment or by rounding; what is larger is per cent. Doubled, per cent of
/// machines that are never busier than 3 % are taken for parts of one.
const MOST: f64 = 1.5;

/// Decides each measure of each file. The sentences that say how, and those decisions that are doubtful.
pub(super) fn settle(series: &mut [Gathered]) -> (Vec<String>, Vec<Finding>) {
    let mut largest: BTreeMap<(usize, Measure), f64> = BTreeMap::new();
    for gathered in series.iter().filter(|g| g.how == How::PartOrPercent) {
        let most = gathered.points.iter().filter_map(Point::value).fold(0.0, f64::max);
        let known = largest.entry((gathered.file, gathered.key.measure.clone())).or_insert(0.0);
        *known = known.max(most);
    }
    let (mut notes, mut doubts) = (Vec::new(), Vec::new());
    for gathered in series.iter_mut().filter(|g| g.how == How::PartOrPercent) {
        let most = largest[&(gathered.file, gathered.key.measure.clone())];
        gathered.how = if most > MOST { How::PerCent } else { How::Level };
    }
    for ((_, measure), most) in largest {
        if most > MOST {
            notes.push(format!("{measure} goes up to {most}: read as per cent."));
        } else {
            let text = format!(
                "{measure} goes up to {most}: read as parts of one; where it is per cent, say so in a layout: unit = \"%\"."
            );
            doubts.push(Finding { kind: "unit_doubts", rows: 0, text });
        }
    }
    (notes, doubts)
}

#[cfg(test)]
mod tests {
    use super::super::collector::Collector;
    use super::super::key::{How, Key};
    use plimsoll::series::Time;
    use plimsoll::telemetry::{Measure, Reading};
    use plimsoll::units::Share;

    fn read(peak: f64) -> (Vec<Option<f64>>, Reading) {
        let mut to = Collector::new(false);
        to.begin("x.csv", "test", Share::ALL);
        for (host, high) in [("idle", 0.5), ("busy", peak)] {
            let id = to.series(Key::of(host, Measure::CpuShare), How::PartOrPercent, 2);
            to.sample(id, Time::unix_seconds(0), Some(high));
            to.sample(id, Time::unix_seconds(60), Some(0.25));
        }
        let read = to.finish().unwrap();
        (read.metrics.iter().map(|m| m.series.value(0)).collect(), read.reading)
    }

    #[test]
    fn a_file_decides_for_all_its_resources() {
        let (values, reading) = read(80.0);
        assert_eq!(values, [Some(0.8), Some(0.005)]);
        assert_eq!(reading.notes, ["cpu_share goes up to 80: read as per cent."]);
        assert_eq!(reading.findings, []);
        let (values, reading) = read(0.75);
        assert_eq!(values, [Some(0.75), Some(0.5)]);
        assert_eq!((reading.findings[0].kind, reading.notes.len()), ("unit_doubts", 0));
    }
}

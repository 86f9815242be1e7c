//! Running totals as rates.
use plimsoll::series::Point;

/// Rates per second between the looks at a running total, each at the time of the later look, and how often the total
/// started again. A restart is a gap: what was counted before it, nobody saw.
///
/// Looks may be in any order; of those with one stamp the highest counts. Without a value there is none.
pub(super) fn rates(mut looks: Vec<Point>) -> (Vec<Point>, u64) {
    looks.retain(|look| look.value().is_some());
    let value = |look: &Point| look.value().expect("looks without a value were taken out");
    looks.sort_unstable_by(|a, b| a.time().cmp(&b.time()).then(value(b).total_cmp(&value(a))));
    looks.dedup_by_key(|look| look.time());
    let mut resets = 0;
    let pairs = looks.windows(2).map(|pair| {
        let seconds = (pair[1].time().as_unix_seconds() - pair[0].time().as_unix_seconds()) as f64;
        let more = value(&pair[1]) - value(&pair[0]);
        resets += u64::from(more < 0.0);
        Point::new(pair[1].time(), (more >= 0.0).then_some(more / seconds))
    });
    (pairs.collect(), resets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll::series::Time;

    #[test]
    fn totals_become_rates_and_restarts_gaps() {
        let looks = [(0, 10.0), (60, 70.0), (180, 70.0), (120, 70.0), (240, 6.0), (300, 12.0)];
        let points = looks.map(|(t, v)| Point::new(Time::unix_seconds(t), Some(v))).to_vec();
        let (rates, resets) = rates(points);
        let values: Vec<_> = rates.iter().map(Point::value).collect();
        assert_eq!(values, [Some(1.0), Some(0.0), Some(0.0), None, Some(0.1)]);
        assert_eq!((rates[0].time(), resets), (Time::unix_seconds(60), 1));
    }
}

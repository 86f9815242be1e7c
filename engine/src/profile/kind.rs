//! Whether the values are counts, rates or a running total.
use crate::series::Series;
use crate::units::Span;
use std::fmt;

/// What the values of a series are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Requests in each step.
    Counts,
    /// Requests per second.
    Rates,
    /// Requests since some start: a counter, as Prometheus keeps it.
    RunningTotal,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Counts => "counts per step",
            Self::Rates => "rates per second",
            Self::RunningTotal => "a running total",
        })
    }
}

/// Names of columns that hold rates per second.
const RATES: [&str; 10] =
    ["rps", "qps", "tps", "rate", "rates", "persecond", "persec", "requestspersecond", "reqs", "reqpersec"];
/// Words in the names of columns that hold counts per step.
const COUNTS: [&str; 5] = ["count", "sum", "hits", "requests", "invocations"];

impl Kind {
    /// What the series seems to be, and the assumption made, if any, as a sentence.
    pub(super) fn of(series: &Series) -> (Self, Option<String>) {
        let name = series.name().to_lowercase();
        let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let has_unit = name.contains("/s") || name.contains("per_s") || name.contains("per s");
        let is_rate =
            has_unit || RATES.contains(&letters.as_str()) || name.split(['_', ' ']).any(|w| RATES.contains(&w));
        if is_rate {
            return (Self::Rates, None);
        }
        if series.quality().running_total {
            let why = format!("the values of `{}` only rise, so they are read as a running total", series.name());
            return (Self::RunningTotal, Some(format!("{why}; say `--counts` if they are counts per step.")));
        }
        if COUNTS.iter().any(|word| name.contains(word)) {
            return (Self::Counts, None);
        }
        let what =
            format!("nothing says what `{}` holds: read as requests in each step of {}", series.name(), series.step());
        (Self::Counts, Some(format!("{what}; say `--rates` if they are rates per second.")))
    }
    /// The series as rates per second.
    pub(super) fn rates(self, series: &Series) -> Series {
        let step = series.step() / Span::seconds(1.0);
        match self {
            Self::Counts => series.changed(|_, count| Some(count / step)),
            Self::Rates => series.clone(),
            // What came before a restart was never written down; what came since is the value itself.
            Self::RunningTotal => series.changed(|before, total| {
                let before = before?;
                Some(if total >= before { total - before } else { total } / step)
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::{Point, Time};

    fn series(name: &str, values: &[f64]) -> Series {
        let point = |(i, v): (usize, &f64)| Point::new(Time::unix_seconds(i as i64 * 60), Some(*v));
        Series::from_points(name, values.iter().enumerate().map(point).collect()).unwrap()
    }

    #[test]
    fn the_name_says_what_a_column_holds() {
        let kind = |name| Kind::of(&series(name, &[3.0, 1.0, 2.0]));
        for name in ["rps", "Rate", "requests/s", "requests_per_second", "http_rate", "Requests per second"] {
            assert_eq!(kind(name), (Kind::Rates, None), "{name}");
        }
        for name in ["Sum", "request_count", "requests", "RequestCount"] {
            assert_eq!(kind(name), (Kind::Counts, None), "{name}");
        }
        let (assumed, note) = kind("value");
        assert_eq!(assumed, Kind::Counts);
        assert_eq!(
            note.unwrap(),
            "nothing says what `value` holds: read as requests in each step of 1 min; say `--rates` if they are rates per second."
        );
    }

    #[test]
    fn a_running_total_becomes_what_came_in_each_step() {
        let total: Vec<f64> = (0..60).map(f64::from).chain([30.0, 90.0]).collect();
        let s = series("http_requests_total", &total);
        let falls = Kind::RunningTotal.rates(&s);
        assert_eq!((falls.value(0), falls.value(1), falls.value(60)), (None, Some(1.0 / 60.0), Some(0.5)));
        assert_eq!(falls.value(61), Some(1.0));
    }

    #[test]
    fn counts_are_divided_by_the_step() {
        assert_eq!(Kind::Counts.rates(&series("n", &[60.0, 30.0])).value(1), Some(0.5));
    }
}

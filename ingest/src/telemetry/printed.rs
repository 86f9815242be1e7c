//! Times as monitoring tools write them.
use crate::series_csv::cell::{self, TimeCell};
use jiff::Timestamp;
use jiff::fmt::strtime;
use plimsoll::series::Time;

/// A time, and whether its zone is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) time: Time,
    pub(crate) has_zone: bool,
}

/// What times look like, for problems.
pub(crate) const AS_TIME: &str =
    "times are written 2026-03-01 04:00, 2026-03-01T04:00:00Z, or as Unix seconds or milliseconds";

/// Reads ISO 8601, Unix seconds to nanoseconds, what Go prints (`2026-03-01 04:00:00 +0000 UTC`) and what JavaScript
/// prints (`Sun Mar 01 2026 05:00:00 GMT+0100 (Central European Standard Time)`). None for anything else.
pub(crate) fn read(text: &str) -> Option<Stamp> {
    let text = text.trim();
    if let TimeCell::At { time, zone } = cell::time(text.as_bytes()) {
        return Some(Stamp { time, has_zone: zone });
    }
    let stamp = printed_by_go(text).or_else(|| printed_by_javascript(text))?;
    Some(Stamp { time: Time::unix_seconds(stamp.as_second()), has_zone: true })
}

/// A Unix time in seconds with a fraction, as Prometheus writes it: cut to the second. None if it is no time.
pub(crate) fn unix(seconds: f64) -> Option<Time> {
    (seconds.is_finite() && seconds.abs() < 1e11).then(|| Time::unix_seconds(seconds.floor() as i64))
}

fn printed_by_go(text: &str) -> Option<Timestamp> {
    let mut words = text.split(' ');
    let (date, clock, offset) = (words.next()?, words.next()?, words.next()?);
    strtime::parse("%Y-%m-%d %H:%M:%S%.f %z", format!("{date} {clock} {offset}")).ok()?.to_timestamp().ok()
}

fn printed_by_javascript(text: &str) -> Option<Timestamp> {
    let text = text.split(" (").next()?;
    // The day of the week says nothing more.
    let (_, rest) = text.split_once(' ')?;
    strtime::parse("%b %d %Y %H:%M:%S GMT%z", rest).ok()?.to_timestamp().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_every_tool_are_read() {
        let at = Time::unix_seconds(1_772_337_600);
        for text in [
            "2026-03-01T04:00:00Z",
            "2026-03-01T04:00:00+00:00",
            "2026-03-01 04:00:00 +0000 UTC",
            "2026-03-01 05:00:00 +0100 CET",
            "2026-03-01 04:00:00.25 +0000 UTC",
            "Sun Mar 01 2026 05:00:00 GMT+0100 (Central European Standard Time)",
            "Sun Mar 01 2026 04:00:00 GMT+0000",
            "1772337600000",
        ] {
            assert_eq!(read(text), Some(Stamp { time: at, has_zone: true }), "{text}");
        }
        for text in ["2026-03-01 04:00:00", "2026/03/01 04:00:00"] {
            assert_eq!(read(text), Some(Stamp { time: at, has_zone: false }), "{text}");
        }
        assert_eq!(unix(1_772_337_600.789), Some(at));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in
            ["", "now", "Sun Mar 32 2026 05:00:00 GMT+0100", "2026-03-01 04:00:00 +9900 UTC", "a b c d (", "é é é"]
        {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!((unix(f64::NAN), unix(1e300)), (None, None));
    }
}

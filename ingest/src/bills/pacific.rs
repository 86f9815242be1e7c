//! Pacific time, by which Google Cloud's days and months begin.
//!
//! Energy Policy Act of 2005 (Public Law 109-58), section 110: from 2007 on, summer time lasts from the second Sunday of
//! March to the first Sunday of November, each at 2:00 local time. Earlier years, in which there was no such bill, are told
//! by the same rule.
use super::iso::{DAY, date};
use super::moment::days;

/// Hours that Pacific time is ahead of universal time: -8, or -7 in summer.
pub(crate) const fn offset_hours(unix_seconds: i64) -> i64 {
    let (year, ..) = date(unix_seconds.div_euclid(DAY));
    // 2:00 is 10:00 in universal time while it is winter, and 9:00 while it is summer.
    let starts = sunday(year, 3, 2) * DAY + 10 * 3600;
    let ends = sunday(year, 11, 1) * DAY + 9 * 3600;
    if starts <= unix_seconds && unix_seconds < ends { -7 } else { -8 }
}

/// When a month begins, in seconds since the epoch. The month after December is the first of the next year.
pub(crate) const fn month_start(year: i64, month: i64) -> i64 {
    let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
    let winter = days(year, month, 1) * DAY + 8 * 3600;
    // No month begins within the hour after a change.
    winter - (offset_hours(winter) + 8) * 3600
}

/// The day of a Sunday of a month, in days since the epoch, which was a Thursday.
const fn sunday(year: i64, month: i64, which: i64) -> i64 {
    let first = days(year, month, 1);
    first + (3 - first).rem_euclid(7) + 7 * (which - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bills::{iso, moment};

    fn offset(text: &str) -> i64 {
        offset_hours(moment::read(text.as_bytes()).unwrap().0)
    }

    #[test]
    fn the_clock_changes_on_the_known_days() {
        // The changes of four years, as the tz database lists them for America/Los_Angeles.
        for (starts, ends) in [
            ("2020-03-08", "2020-11-01"),
            ("2024-03-10", "2024-11-03"),
            ("2025-03-09", "2025-11-02"),
            ("2026-03-08", "2026-11-01"),
        ] {
            assert_eq!(offset(&format!("{starts}T09:59:59Z")), -8);
            assert_eq!(offset(&format!("{starts}T10:00:00Z")), -7);
            assert_eq!(offset(&format!("{ends}T08:59:59Z")), -7);
            assert_eq!(offset(&format!("{ends}T09:00:00Z")), -8);
        }
        assert_eq!(
            (offset("2026-01-01T00:00:00Z"), offset("2026-12-31T23:59:59Z"), offset("2026-07-04T00:00:00Z")),
            (-8, -8, -7)
        );
    }

    #[test]
    fn months_begin_at_midnight_in_california() {
        let start = |year, month| String::from_utf8(iso::written(month_start(year, month)).to_vec()).unwrap();
        assert_eq!(start(2026, 3), "2026-03-01T08:00:00Z");
        assert_eq!(start(2026, 4), "2026-04-01T07:00:00Z");
        // That day the clock changes two hours after the month has begun.
        assert_eq!(start(2026, 11), "2026-11-01T07:00:00Z");
        assert_eq!(start(2026, 12), "2026-12-01T08:00:00Z");
        assert_eq!(start(2025, 13), "2026-01-01T08:00:00Z");
    }
}

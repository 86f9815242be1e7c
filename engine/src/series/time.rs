//! A point in time, to the second.
use std::fmt;

/// Whole seconds since 1970-01-01T00:00:00 UTC, leap seconds not counted, as POSIX does. Shown as RFC 3339 in UTC.
///
/// ```
/// use plimsoll::series::Time;
/// let time = Time::unix_seconds(1_397_088_240);
/// assert_eq!(time.to_string(), "2014-04-10T00:04:00Z");
/// assert_eq!(time.hour_of_week(), 72); // a Thursday
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

impl Time {
    /// So many seconds after the epoch. Cut to the years -9999 to 9999, beyond which no date can be written.
    pub const fn unix_seconds(seconds: i64) -> Self {
        const LIMIT: i64 = 253_402_300_799;
        Self(if seconds > LIMIT {
            LIMIT
        } else if seconds < -LIMIT {
            -LIMIT
        } else {
            seconds
        })
    }
    /// The seconds since the epoch.
    pub const fn as_unix_seconds(self) -> i64 {
        self.0
    }
    /// The whole hours since the epoch, rounded down.
    pub const fn hour(self) -> i64 {
        self.0.div_euclid(3600)
    }
    /// The whole days since the epoch, rounded down.
    pub const fn day(self) -> i64 {
        self.0.div_euclid(86_400)
    }
    /// The hour of the week, 0..168, from Monday 00:00 UTC. The epoch was a Thursday.
    pub const fn hour_of_week(self) -> usize {
        (self.hour() + 3 * 24).rem_euclid(168) as usize
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.day());
        let second = self.0.rem_euclid(86_400);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Year, month and day of the proleptic Gregorian calendar for days since the epoch.
///
/// H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`: years begin in March, so that the
/// leap day is the last of its year.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_dates() {
        let cases = [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ];
        for (seconds, text) in cases {
            assert_eq!(Time::unix_seconds(seconds).to_string(), text);
        }
    }

    #[test]
    fn a_week_starts_on_monday() {
        assert_eq!(Time::unix_seconds(0).hour_of_week(), 72);
        assert_eq!(Time::unix_seconds(4 * 86_400).hour_of_week(), 0);
        assert_eq!(Time::unix_seconds(4 * 86_400 - 1).hour_of_week(), 167);
        assert_eq!(Time::unix_seconds(-3 * 86_400).hour_of_week(), 0);
    }

    #[test]
    fn no_time_is_beyond_the_calendar() {
        for seconds in [i64::MIN, i64::MAX] {
            assert!(!Time::unix_seconds(seconds).to_string().is_empty());
        }
    }
}

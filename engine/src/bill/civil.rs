//! Hours since the epoch as days and months of the calendar.
use jiff::civil::{Date, date};

/// Remembers the last day asked for: neighboring rows are of the same day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Civil {
    day: i32,
    month: i32,
}

const EPOCH: Date = date(1970, 1, 1);

impl Civil {
    /// The month of an hour, counted from January of the year 0.
    #[inline]
    pub(super) fn month(&mut self, hour: i32) -> i32 {
        let day = hour.div_euclid(24);
        if self.month == 0 || day != self.day {
            let date = Self::date(hour);
            *self = Self { day, month: i32::from(date.year()) * 12 + i32::from(date.month()) - 1 };
        }
        self.month
    }
    /// The hour in which a month begins.
    pub(super) fn month_start(month: i32) -> i32 {
        let (year, of_year) = (month.div_euclid(12), month.rem_euclid(12));
        let first = Date::new(year as i16, of_year as i8 + 1, 1).unwrap_or(EPOCH);
        (first - EPOCH).get_days() * 24
    }
    /// The hour in which a day begins.
    pub(super) fn hour_of(date: Date) -> i32 {
        (date - EPOCH).get_days() * 24
    }
    /// The date of an hour. Hours beyond the calendar are cut to its ends by who reads them.
    pub(super) fn date(hour: i32) -> Date {
        let days = jiff::Span::new().days(i64::from(hour.div_euclid(24)));
        EPOCH.checked_add(days).unwrap_or(EPOCH)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_have_months_and_months_have_hours() {
        let mut civil = Civil::default();
        for (hour, year, month) in [(0, 1970, 1), (-1, 1969, 12), (492_000, 2026, 2), (24 * 59, 1970, 3)] {
            assert_eq!(civil.month(hour), year * 12 + month - 1, "{hour}");
        }
        assert_eq!(Civil::month_start(1970 * 12), 0);
        assert_eq!(Civil::month_start(1970 * 12 + 2), 24 * 59);
    }
}

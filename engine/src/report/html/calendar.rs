//! Ticks of a time axis: round by the calendar, in UTC.
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// More do not fit beside each other.
const MOST: i64 = 7;

/// How far it is from tick to tick.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Minutes(i64),
    Days(i64),
    Months(i64),
}

const STEPS: [Step; 20] = [
    Step::Minutes(1),
    Step::Minutes(5),
    Step::Minutes(15),
    Step::Minutes(30),
    Step::Minutes(60),
    Step::Minutes(180),
    Step::Minutes(360),
    Step::Minutes(720),
    Step::Days(1),
    Step::Days(2),
    Step::Days(7),
    Step::Days(14),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(24),
    Step::Months(60),
    Step::Months(120),
];

/// Round times from `first` to `last`, in seconds since 1970, and how they are written.
pub(super) fn ticks(first: f64, last: f64) -> Vec<(f64, String)> {
    let fitting = STEPS.into_iter().find(|step| (last - first) / step.seconds() < MOST as f64);
    let Some((step, start)) = fitting.zip(moment(first)) else { return Vec::new() };
    let mut found = Vec::new();
    let mut at = step.floor(start);
    while let Some(time) = at.filter(|time| seconds(*time) <= last) {
        if seconds(time) >= first {
            found.push((seconds(time), step.written(time)));
        }
        at = step.next(time);
    }
    found
}

impl Step {
    fn seconds(self) -> f64 {
        match self {
            Self::Minutes(n) => n as f64 * 60.0,
            Self::Days(n) => n as f64 * 86_400.0,
            Self::Months(n) => n as f64 * 30.4 * 86_400.0,
        }
    }

    /// The last round time not after this one.
    fn floor(self, time: DateTime) -> Option<DateTime> {
        let date = time.date();
        match self {
            Self::Minutes(n) => {
                let minutes = (i64::from(time.hour()) * 60 + i64::from(time.minute())) / n * n;
                Some(date.at((minutes / 60) as i8, (minutes % 60) as i8, 0, 0))
            }
            // Weeks begin on Monday, as that of 1970-01-05 did.
            Self::Days(n) => {
                let days = i64::from(date.since(Date::new(1970, 1, 5).ok()?).ok()?.get_days());
                Some(date.checked_sub(jiff::Span::new().days(days.rem_euclid(n))).ok()?.at(0, 0, 0, 0))
            }
            Self::Months(n) => {
                let months = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
                let back = jiff::Span::new().months(months.rem_euclid(n));
                Some(date.first_of_month().checked_sub(back).ok()?.at(0, 0, 0, 0))
            }
        }
    }

    fn next(self, time: DateTime) -> Option<DateTime> {
        let step = match self {
            Self::Minutes(n) => jiff::Span::new().minutes(n),
            Self::Days(n) => jiff::Span::new().days(n),
            Self::Months(n) => jiff::Span::new().months(n),
        };
        time.checked_add(step).ok()
    }

    fn written(self, time: DateTime) -> String {
        match self {
            Self::Minutes(_) => time.strftime("%b %-d %H:%M").to_string(),
            Self::Days(_) => time.strftime("%b %-d").to_string(),
            Self::Months(n) if n < 12 => time.strftime("%b %Y").to_string(),
            Self::Months(_) => time.strftime("%Y").to_string(),
        }
    }
}

fn moment(seconds: f64) -> Option<DateTime> {
    Timestamp::from_second(seconds as i64).ok().map(|time| Offset::UTC.to_datetime(time))
}

fn seconds(time: DateTime) -> f64 {
    Offset::UTC.to_timestamp(time).map_or(f64::INFINITY, |time| time.as_second() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn written(first: Date, last: Date) -> Vec<String> {
        let at = |date: Date| seconds(date.at(0, 0, 0, 0));
        ticks(at(first), at(last)).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn ticks_stand_where_the_calendar_is_round() {
        assert_eq!(
            written(date(2026, 3, 1), date(2026, 8, 1)),
            ["Mar 2026", "Apr 2026", "May 2026", "Jun 2026", "Jul 2026", "Aug 2026"]
        );
        assert_eq!(written(date(2023, 2, 11), date(2026, 11, 1)), ["2024", "2025", "2026"]);
        assert_eq!(written(date(2026, 3, 3), date(2026, 3, 24)), ["Mar 9", "Mar 16", "Mar 23"], "Mondays");
        assert_eq!(
            written(date(2026, 3, 3), date(2026, 3, 4)),
            ["Mar 3 00:00", "Mar 3 06:00", "Mar 3 12:00", "Mar 3 18:00", "Mar 4 00:00"]
        );
    }

    #[test]
    fn a_stretch_beyond_the_calendar_has_no_ticks() {
        assert_eq!(ticks(0.0, 1e15), []);
        assert_eq!(ticks(-1e15, -9e14), []);
    }
}

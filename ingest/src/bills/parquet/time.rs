//! Typed times as the text of ISO 8601.
use super::number;
use crate::bills::{iso, moment};
use arrow_schema::TimeUnit;

/// The seconds in which a time in the years 0 to 9999 lies.
const WRITABLE: std::ops::Range<i64> = moment::days(0, 1, 1) * iso::DAY..moment::days(10_000, 1, 1) * iso::DAY;

/// How many of a unit are a second, and the digits of a fraction.
pub(super) const fn parts(unit: TimeUnit) -> (i64, usize) {
    match unit {
        TimeUnit::Second => (1, 0),
        TimeUnit::Millisecond => (1_000, 3),
        TimeUnit::Microsecond => (1_000_000, 6),
        TimeUnit::Nanosecond => (1_000_000_000, 9),
    }
}

/// The whole seconds of a time in a unit, if the calendar has them.
pub(super) fn seconds(value: i64, unit: TimeUnit) -> Option<i64> {
    let seconds = value.div_euclid(parts(unit).0);
    WRITABLE.contains(&seconds).then_some(seconds)
}

/// Writes a time: `2026-03-01T04:00:00Z`, without the letter where the file does not say that it is universal time. A time
/// beyond the calendar is written as its number, which nobody takes for a time.
pub(super) fn moment(out: &mut Vec<u8>, value: i64, unit: TimeUnit, is_universal: bool) {
    let Some(seconds) = seconds(value, unit) else { return number::whole(out, value.into()) };
    out.extend_from_slice(&iso::written(seconds)[..19]);
    fraction(out, value, unit);
    if is_universal {
        out.push(b'Z');
    }
}

/// Writes a date, in days since the epoch.
pub(super) fn date(out: &mut Vec<u8>, days: i64) {
    let Some(seconds) = days.checked_mul(iso::DAY).filter(|seconds| WRITABLE.contains(seconds)) else {
        return number::whole(out, days.into());
    };
    out.extend_from_slice(&iso::written(seconds)[..10]);
}

/// Writes a time of day.
pub(super) fn of_day(out: &mut Vec<u8>, value: i64, unit: TimeUnit) {
    let seconds = value.div_euclid(parts(unit).0);
    if !(0..iso::DAY).contains(&seconds) {
        return number::whole(out, value.into());
    }
    out.extend_from_slice(&iso::written(seconds)[11..19]);
    fraction(out, value, unit);
}

fn fraction(out: &mut Vec<u8>, value: i64, unit: TimeUnit) {
    let (parts, digits) = parts(unit);
    let rest = value.rem_euclid(parts);
    if rest != 0 {
        let text = format!("{rest:0digits$}");
        out.push(b'.');
        out.extend_from_slice(text.trim_end_matches('0').as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn times_are_written_in_every_unit() {
        let at = 1_772_337_600;
        for unit in [TimeUnit::Second, TimeUnit::Millisecond, TimeUnit::Microsecond, TimeUnit::Nanosecond] {
            let value = at * parts(unit).0;
            assert_eq!(told(|out| moment(out, value, unit, true)), "2026-03-01T04:00:00Z");
            assert_eq!(told(|out| moment(out, value, unit, false)), "2026-03-01T04:00:00");
        }
        assert_eq!(told(|out| moment(out, 1_500, TimeUnit::Millisecond, true)), "1970-01-01T00:00:01.5Z");
        assert_eq!(told(|out| moment(out, -1, TimeUnit::Nanosecond, true)), "1969-12-31T23:59:59.999999999Z");
        assert_eq!(told(|out| of_day(out, 3_661_250, TimeUnit::Millisecond)), "01:01:01.25");
        assert_eq!(told(|out| date(out, 20_513)), "2026-03-01");
    }

    #[test]
    fn what_no_calendar_has_is_no_time() {
        for value in [i64::MIN, i64::MAX, 253_402_300_800] {
            let text = told(|out| moment(out, value, TimeUnit::Second, true));
            assert_eq!(text, value.to_string());
            assert_eq!(moment::read(text.as_bytes()), None);
        }
        assert_eq!(told(|out| date(out, i64::MAX)), i64::MAX.to_string());
        assert_eq!(told(|out| of_day(out, -1, TimeUnit::Second)), "-1");
    }
}

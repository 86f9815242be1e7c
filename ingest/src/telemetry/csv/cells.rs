//! One cell of a table: a time as its plan says, a number with its decimal sign.
use super::super::stamp::{Stamp, Zone, stamp};
use super::plan::{TimeFormat, Times};
use crate::series_csv::cell::{self, AS_TIME, Cell, quoted};
use jiff::civil::Date;
use jiff::fmt::strtime;
use jiff::tz::Offset;
use plimsoll::series::Time;

/// What is wrong with a cell, and what would do.
pub(super) type Wrong = (String, String);

/// Reads a time; none for an empty cell.
pub(super) fn time(bytes: &[u8], times: &Times) -> Result<Option<Stamp>, Wrong> {
    let text = std::str::from_utf8(bytes).map_err(|_| not_utf8(bytes))?.trim();
    if super::super::number::is_nothing(text) {
        return Ok(None);
    }
    let read = match &times.format {
        TimeFormat::Auto => stamp(text).ok_or_else(|| {
            format!("{AS_TIME}; a layout file (--layout FILE) names any other way, as format = \"seconds\"")
        }),
        TimeFormat::Unix(per_second) => unix(text, *per_second).ok_or_else(|| "write a number of seconds".into()),
        TimeFormat::Pattern(pattern) => {
            by_pattern(text, pattern).ok_or_else(|| format!("the layout says times are written like `{pattern}`"))
        }
    };
    let mut stamp = read.map_err(|help| (format!("cannot read {} as a time", quoted(bytes)), help))?;
    if stamp.zone == Zone::Missing && times.zone != super::plan::ZoneOffset::Untold {
        stamp =
            Stamp { time: Time::unix_seconds(stamp.time.as_unix_seconds() - times.zone.seconds()), zone: Zone::Told };
    }
    Ok(Some(stamp))
}

fn unix(text: &str, per_second: i64) -> Option<Stamp> {
    let seconds = if let Ok(whole) = text.parse::<i64>() {
        whole.div_euclid(per_second)
    } else {
        let number = text.parse::<f64>().ok().filter(|n| n.abs() < 1e18)?;
        (number / per_second as f64).floor() as i64
    };
    // Beyond these years a calendar has no date.
    (-60_000_000_000..250_000_000_000)
        .contains(&seconds)
        .then_some(Stamp { time: Time::unix_seconds(seconds), zone: Zone::Told })
}

fn by_pattern(text: &str, pattern: &str) -> Option<Stamp> {
    let broken = strtime::parse(pattern, text).ok()?;
    if let Ok(at) = broken.to_timestamp() {
        return Some(Stamp { time: Time::unix_seconds(at.as_second()), zone: Zone::Told });
    }
    let local = broken.to_datetime().or_else(|_| broken.to_date().map(Date::into)).ok()?;
    let at = Offset::UTC.to_timestamp(local).ok()?;
    Some(Stamp { time: Time::unix_seconds(at.as_second()), zone: Zone::Missing })
}

/// Reads a number; none for an empty cell or a sign of nothing.
pub(super) fn value(bytes: &[u8], decimal_comma: bool, may_be_negative: bool) -> Result<Option<f64>, Wrong> {
    let with_point;
    let bytes = if decimal_comma && bytes.contains(&b',') {
        with_point =
            bytes.iter().filter(|b| **b != b'.').map(|b| if *b == b',' { b'.' } else { *b }).collect::<Vec<u8>>();
        &with_point[..]
    } else {
        bytes
    };
    match cell::value(bytes) {
        Cell::Value(value) => Ok(Some(value)),
        Cell::Empty => Ok(None),
        Cell::Wrong { what, help } => {
            let number = std::str::from_utf8(bytes).ok().and_then(|text| text.trim().parse::<f64>().ok());
            match number.filter(|n| may_be_negative && n.is_finite()) {
                Some(number) => Ok(Some(number)),
                None => Err((what, help.into())),
            }
        }
    }
}

fn not_utf8(bytes: &[u8]) -> Wrong {
    (format!("{} is not UTF-8", quoted(bytes)), "export the file as UTF-8".into())
}

#[cfg(test)]
mod tests {
    use super::super::plan::ZoneOffset;
    use super::*;

    fn read(text: &str, format: TimeFormat, zone: ZoneOffset) -> Result<Option<i64>, Wrong> {
        let times = Times { index: 0, format, zone };
        Ok(time(text.as_bytes(), &times)?.map(|stamp| stamp.time.as_unix_seconds()))
    }

    #[test]
    fn times_are_written_as_the_plan_says() {
        let berlin = ZoneOffset::Told(Offset::from_hours(2).unwrap());
        let pattern = |p: &str| TimeFormat::Pattern(p.into());
        let t = Ok(Some(1_772_323_200)); // 2026-03-01 00:00 UTC
        assert_eq!(read("2026-03-01 02:00", TimeFormat::Auto, berlin), t);
        assert_eq!(read("2026-03-01T00:00Z", TimeFormat::Auto, berlin), t);
        assert_eq!(read("01.03.2026 02:00", pattern("%d.%m.%Y %H:%M"), berlin), t);
        assert_eq!(read("01.03.2026", pattern("%d.%m.%Y"), ZoneOffset::Untold), t);
        assert_eq!(read("01/Mar/2026:01:00:00 +0100", pattern("%d/%b/%Y:%H:%M:%S %z"), berlin), t);
        assert_eq!(read("1772323200000", TimeFormat::Unix(1000), berlin), t);
        assert_eq!(read("300", TimeFormat::Unix(1), berlin), Ok(Some(300)));
        assert_eq!(read("-0.5", TimeFormat::Unix(1), berlin), Ok(Some(-1)));
        assert_eq!(read("", TimeFormat::Auto, berlin), Ok(None));
        assert_eq!(read("noon", pattern("%H"), berlin).unwrap_err().0, "cannot read `noon` as a time");
        assert!(read("300", TimeFormat::Auto, berlin).is_err() && read("1e300", TimeFormat::Unix(1), berlin).is_err());
    }

    #[test]
    fn numbers_have_the_sign_of_the_plan() {
        assert_eq!(value(b"1.204,5", true, false), Ok(Some(1204.5)));
        assert_eq!(value(b"7.5", true, false), Ok(Some(7.5)));
        assert_eq!(value(b"-3", false, true), Ok(Some(-3.0)));
        assert!(value(b"-3", false, false).unwrap_err().0.contains("below zero"));
        assert!(value(b"1,5", false, true).is_err() && value(b"inf", false, true).is_err());
        assert_eq!(value(b"NaN", false, false), Ok(None));
    }
}

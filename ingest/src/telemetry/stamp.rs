//! Times as tools for hosts write them: with a zone by its letters, by offset or none, as dates of a country, as a clock
//! without a date.
use super::collector::Collector;
use crate::series_csv::cell::{self, TimeCell};
use jiff::civil::Date;
use jiff::tz::Offset;
use plimsoll::series::Time;

/// A day in seconds.
const DAY: i64 = 86_400;

/// A time, and how its zone was told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stamp {
    pub(crate) time: Time,
    pub(crate) zone: Zone,
}

/// How the zone of a time was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// By an offset, by `Z` or `UTC`, or as a Unix time.
    Told,
    /// By letters that mean so many minutes from UTC.
    Letters(i16),
    /// By letters that are no zone known here: read as UTC.
    Unknown,
    /// Not at all: read as UTC.
    Missing,
}

/// Zones by their letters, in hours from UTC times ten. Letters that several zones share mean the one named first in the tz
/// database's own files: `CST` America/Chicago, `IST` Asia/Kolkata, `BST` Europe/London.
const LETTERS: [(&str, i16); 30] = [
    ("WET", 0),
    ("WEST", 10),
    ("CET", 10),
    ("CEST", 20),
    ("MEZ", 10),
    ("MESZ", 20),
    ("EET", 20),
    ("EEST", 30),
    ("MSK", 30),
    ("BST", 10),
    ("EST", -50),
    ("EDT", -40),
    ("CST", -60),
    ("CDT", -50),
    ("MST", -70),
    ("MDT", -60),
    ("PST", -80),
    ("PDT", -70),
    ("AKST", -90),
    ("AKDT", -80),
    ("HST", -100),
    ("JST", 90),
    ("KST", 90),
    ("HKT", 80),
    ("SGT", 80),
    ("IST", 55),
    ("AEST", 100),
    ("AEDT", 110),
    ("NZST", 120),
    ("NZDT", 130),
];

/// The seconds from UTC that letters mean.
fn offset_of(letters: &str) -> Option<i64> {
    LETTERS.iter().find(|(name, _)| *name == letters).map(|(_, tenths)| i64::from(*tenths) * 360)
}

/// Reads `2026-11-23 00:26:21 UTC`, `... EST`, ISO 8601 and RFC 3339, or a Unix time.
pub(crate) fn stamp(text: &str) -> Option<Stamp> {
    let text = text.trim();
    if let TimeCell::At { time, zone } = cell::time(text.as_bytes()) {
        return Some(Stamp { time, zone: if zone { Zone::Told } else { Zone::Missing } });
    }
    if let Some(written) = offset_without_colon(text) {
        return stamp(&written);
    }
    let (local, letters) = text.rsplit_once(' ')?;
    if letters.is_empty() || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let TimeCell::At { time, zone: false } = cell::time(local.as_bytes()) else { return None };
    Some(zoned(time, letters))
}

/// A local time in the zone of these letters.
pub(crate) fn zoned(local: Time, letters: &str) -> Stamp {
    if matches!(letters, "UTC" | "GMT") {
        return Stamp { time: local, zone: Zone::Told };
    }
    match offset_of(letters) {
        Some(seconds) => Stamp {
            time: Time::unix_seconds(local.as_unix_seconds() - seconds),
            zone: Zone::Letters((seconds / 60) as i16),
        },
        None => Stamp { time: local, zone: Zone::Unknown },
    }
}

/// `2026-11-23T00:26:20+0000`, as `iostat` writes it, with the colon of RFC 3339.
fn offset_without_colon(text: &str) -> Option<String> {
    let at = text.len().checked_sub(5)?;
    let (local, offset) = (text.get(..at)?, text.get(at..)?);
    let is_offset = offset.starts_with(['+', '-']) && offset[1..].bytes().all(|b| b.is_ascii_digit());
    (is_offset && local.len() > 10).then(|| format!("{local}{}:{}", &offset[..3], &offset[3..]))
}

/// The zones that the times of a file were written in, told once each.
#[derive(Default)]
pub(crate) struct Zones {
    last: Option<Zone>,
}

impl Zones {
    /// Looks at the zone of a row. `text` is the whole time as it is written.
    pub(crate) fn see(&mut self, zone: Zone, text: &str, to: &mut Collector) {
        if self.last == Some(zone) {
            return;
        }
        if self.last.is_some() {
            to.doubt("mixed_zones", "have a time in another zone than the row before: each is read in its own.");
        }
        self.last = Some(zone);
        let letters = text.rsplit(' ').next().unwrap_or_default();
        match zone {
            Zone::Told => {}
            Zone::Letters(minutes) => {
                let (sign, minutes) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
                to.note(format!("times in {letters} are read as UTC{sign}{:02}:{:02}.", minutes / 60, minutes % 60));
            }
            Zone::Unknown => to.note(format!("`{letters}` is no zone that is known here: taken as UTC.")),
            Zone::Missing => to.note("the times have no zone: taken as UTC."),
        }
    }
}

/// A date, and whether its day and month could be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) date: Date,
    pub(crate) is_sure: bool,
}

/// Reads `2026-11-23`, `11/23/26`, `11/23/2026`, `23/11/2026`, `23.11.2026`. Where day and month cannot be told apart the
/// month is first with `/`, the day with `.`.
pub(crate) fn day(text: &str) -> Option<Day> {
    let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.split(mark).collect();
    let [a, b, c] = parts[..] else { return None };
    let number = |text: &str| text.parse::<i16>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
    let (first, second, third) = (number(a)?, number(b)?, number(c)?);
    // `6.1.0` is a version.
    if b.len() != 2 || (mark == '.' && c.len() != 4) {
        return None;
    }
    let (year, month, day, is_sure) = if a.len() == 4 {
        (first, second, third, true)
    } else {
        let year = if c.len() == 4 { third } else { 2000 + third };
        let day_first = first > 12 || (mark != '/' && second <= 12);
        let (month, day) = if day_first { (second, first) } else { (first, second) };
        (year, month, day, first > 12 || second > 12 || first == second || mark == '.')
    };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(Day { date, is_sure })
}

/// The start of a day as if it were in UTC.
pub(crate) fn midnight(date: Date) -> Option<Time> {
    let stamp = Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
    Some(Time::unix_seconds(stamp.as_second()))
}

/// Reads the clock that words start with, `16:08:45` or `04:08:45 PM`: the second of the day, and how many words it takes.
pub(crate) fn clock(words: &[&str]) -> Option<(i64, usize)> {
    let mut parts = words.first()?.split(':');
    let mut two = || {
        let part = parts.next()?;
        let digits = part.split(['.', ',']).next()?;
        (digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse::<i64>().ok())?
    };
    let (hour, minute, second) = (two()?, two()?, two()?);
    if parts.next().is_some() || hour > 24 || minute > 59 || second > 60 {
        return None;
    }
    let half = words.get(1).map(|word| word.to_ascii_uppercase());
    let (hour, taken) = match half.as_deref() {
        Some("AM" | "A.M.") if (1..=12).contains(&hour) => (hour % 12, 2),
        Some("PM" | "P.M.") if (1..=12).contains(&hour) => (hour % 12 + 12, 2),
        _ => (hour, 1),
    };
    Some((hour * 3600 + minute * 60 + second, taken))
}

/// A clock without a date that runs from a known day on: what is half a day earlier than before is the next day's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Running {
    midnight: i64,
    last: Option<i64>,
}

impl Running {
    pub(crate) const fn from(midnight: Time) -> Self {
        Self { midnight: midnight.as_unix_seconds(), last: None }
    }
    /// The time of this second of the day. A clock that is set back by less than half a day stays on its day.
    pub(crate) fn at(&mut self, second: i64) -> Time {
        if self.last.is_some_and(|last| last - second > DAY / 2) {
            self.midnight += DAY;
        }
        self.last = Some(second);
        Time::unix_seconds(self.midnight + second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<i64> {
        Some(stamp(text)?.time.as_unix_seconds())
    }

    #[test]
    fn one_moment_is_written_in_many_zones() {
        let t = seconds("2026-11-23 12:00:00 UTC");
        for text in [
            "2026-11-23 07:00:00 EST",
            "2026-11-23 13:00:00 CET",
            "2026-11-23 17:30:00 IST",
            "2026-11-23T12:00:00+0000",
            "2026-11-23T04:00:00-0800",
            "2026-11-23 12:00:00",
            "1795435200",
        ] {
            assert_eq!(seconds(text), t, "{text}");
        }
        assert_eq!(stamp("2026-11-23 12:00:00 XYZ").unwrap().zone, Zone::Unknown);
        assert_eq!(stamp("2026-11-23 12:00:00").unwrap().zone, Zone::Missing);
        assert_eq!(stamp("2026-11-23 07:00:00 EST").unwrap().zone, Zone::Letters(-300));
        assert_eq!([stamp("yesterday"), stamp(""), stamp("12 UTC"), stamp("é+0000")], [None; 4]);
    }

    #[test]
    fn dates_of_countries_are_told_apart_where_they_can_be() {
        let read = |text: &str| day(text).map(|d| (d.date.to_string(), d.is_sure));
        let november = |is_sure| Some(("2026-11-23".to_owned(), is_sure));
        for text in ["2026-11-23", "11/23/26", "11/23/2026", "23/11/2026", "23.11.2026"] {
            assert_eq!(read(text), november(true), "{text}");
        }
        assert_eq!(read("04/08/18"), Some(("2018-04-08".into(), false)));
        assert_eq!(["13/13/2026", "noon", "2026-02", "1/2/3/4", "6.1.0"].map(read), [const { None }; 5]);
    }

    #[test]
    fn clocks_have_twelve_hours_or_twenty_four() {
        assert_eq!(clock(&["16:08:45", "CPU"]), Some((58_125, 1)));
        assert_eq!(clock(&["04:08:45", "PM", "CPU"]), Some((58_125, 2)));
        assert_eq!(clock(&["12:00:00", "AM"]), Some((0, 2)));
        assert_eq!([clock(&["Average:"]), clock(&["1:2:3"]), clock(&["25:00:00"]), clock(&[])], [None; 4]);
    }

    #[test]
    fn a_clock_runs_over_midnight_and_may_be_set_back() {
        let mut clock = Running::from(Time::unix_seconds(0));
        let times = [86_390, 10, 3610, 20].map(|s| clock.at(s).as_unix_seconds());
        assert_eq!(times, [86_390, DAY + 10, DAY + 3610, DAY + 20]);
    }
}

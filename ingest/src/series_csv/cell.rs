//! One cell: a time or a value, or what is wrong with it.
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use plimsoll::series::Time;

/// A cell of the value column.
#[derive(Debug, PartialEq)]
pub(super) enum Cell {
    /// A finite number at or above zero.
    Value(f64),
    /// One of the signs for "nothing".
    Empty,
    /// Anything else.
    Wrong {
        /// What is wrong.
        what: String,
        /// What would do.
        help: &'static str,
    },
}

/// A cell of the time column.
#[derive(Debug, PartialEq)]
pub(crate) enum TimeCell {
    /// A time, and whether its zone was written.
    At {
        /// The time, cut to the second.
        time: Time,
        /// False for a date without zone or offset.
        zone: bool,
    },
    /// Nothing.
    Empty,
    /// Not a time.
    Wrong,
}

/// What exporters write for "nothing": CUR and FOCUS samples `NULL`, Prometheus `NaN`, Google `undefined`, pandas `nan`
/// and `None`, Netdata `null`, sysstat `-`.
const NOTHING: [&str; 8] = ["", "nan", "null", "undefined", "none", "na", "n/a", "-"];

const AS_TIME: &str = "times are written 2026-03-01 04:00, 2026-03-01T04:00:00Z, or as Unix seconds or milliseconds";
const NO_TEXT: &str = "export the file as UTF-8";

fn text(cell: &[u8]) -> Option<&str> {
    std::str::from_utf8(cell).ok().map(str::trim)
}

fn is_nothing(text: &str) -> bool {
    NOTHING.iter().any(|sign| text.eq_ignore_ascii_case(sign))
}

/// Reads a value.
pub(super) fn value(cell: &[u8]) -> Cell {
    let Some(text) = text(cell) else {
        return Cell::Wrong { what: format!("{} is not UTF-8", quoted(cell)), help: NO_TEXT };
    };
    if is_nothing(text) {
        return Cell::Empty;
    }
    // `inf` and `infinity` are numbers to Rust and to Prometheus, and of no use here.
    match text.parse::<f64>() {
        Ok(n) if n.is_finite() && n >= 0.0 => Cell::Value(n.abs()),
        Ok(n) if n.is_finite() => Cell::Wrong {
            what: format!("{} is below zero", quoted(cell)),
            help: "counts and rates are at or above zero; leave the cell empty where nothing is known",
        },
        Ok(_) => Cell::Wrong {
            what: format!("{} is not a finite number", quoted(cell)),
            help: "leave the cell empty where nothing is known",
        },
        Err(_) => Cell::Wrong { what: format!("cannot read {} as a number", quoted(cell)), help: value_help(text) },
    }
}

fn value_help(text: &str) -> &'static str {
    if calendar(text).is_some() {
        "this is a time: have the cells of the row changed places?"
    } else if !text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.') {
        "numbers are written 1204.7; an unknown value is an empty cell"
    } else if text.contains(',') {
        "numbers are written 1204.7, without commas"
    } else {
        "export plain numbers without units (in Grafana: switch `Formatted data` off)"
    }
}

/// Reads a time.
pub(crate) fn time(cell: &[u8]) -> TimeCell {
    match text(cell) {
        Some(text) if is_nothing(text) => TimeCell::Empty,
        Some(text) => unix(text).or_else(|| calendar(text)).unwrap_or(TimeCell::Wrong),
        None => TimeCell::Wrong,
    }
}

impl TimeCell {
    /// What is wrong with the cell and what would do, unless it is a time.
    pub(super) fn wrong(&self, cell: &[u8]) -> Option<(String, &'static str)> {
        match self {
            Self::At { .. } => None,
            Self::Empty => Some(("the row has a value and no time".into(), AS_TIME)),
            Self::Wrong if text(cell).is_none() => Some((format!("{} is not UTF-8", quoted(cell)), NO_TEXT)),
            Self::Wrong => Some((format!("cannot read {} as a time", quoted(cell)), AS_TIME)),
        }
    }
}

/// A number of seconds, milli-, micro- or nanoseconds since 1970, told apart by size: each unit holds the years 1973
/// to 5138 in a range of its own. Smaller numbers are row numbers or hours of a day, and refused.
fn unix(text: &str) -> Option<TimeCell> {
    // Most files have dates: leave those alone.
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.as_bytes().get(4) == Some(&b'-') {
        return None;
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let seconds = if digits(whole) && digits(part) {
        whole.parse::<i64>().ok()?
    } else {
        let n = text.parse::<f64>().ok().filter(|n| n.abs() < 1e19)?; // 1.39E+12, as spreadsheets write it
        n as i64
    };
    let per_second = match seconds {
        100_000_000..100_000_000_000 => 1,
        100_000_000_000..100_000_000_000_000 => 1000,
        100_000_000_000_000..100_000_000_000_000_000 => 1_000_000,
        100_000_000_000_000_000.. => 1_000_000_000,
        _ => return None,
    };
    Some(TimeCell::At { time: Time::unix_seconds(seconds.div_euclid(per_second)), zone: true })
}

/// ISO 8601 and RFC 3339, with a blank or a `T`; `/` for `-` when the year comes first; `UTC` for `Z`.
fn calendar(text: &str) -> Option<TimeCell> {
    let slashed = text.get(..10).filter(|date| date.as_bytes()[4] == b'/' && date.as_bytes()[7] == b'/');
    let owned;
    let text = match slashed {
        Some(date) => {
            owned = date.replace('/', "-") + &text[10..];
            &owned
        }
        None => text,
    };
    if let Some(local) = text.strip_suffix("UTC").or_else(|| text.strip_suffix("GMT")) {
        return civil(local.trim_end()).map(|time| TimeCell::At { time, zone: true });
    }
    // Most files have no zone: try that first.
    if let Some(time) = civil(text) {
        return Some(TimeCell::At { time, zone: false });
    }
    let stamp: Timestamp = text.parse().ok()?;
    // Towards the past, also before 1970.
    let seconds = stamp.as_second() - i64::from(stamp.subsec_nanosecond() < 0);
    Some(TimeCell::At { time: Time::unix_seconds(seconds), zone: true })
}

fn civil(text: &str) -> Option<Time> {
    // A civil time may carry an offset, which jiff would drop: that is another time.
    let has_offset = text.get(10..).is_some_and(|clock| clock.contains(['Z', 'z', '+', '-', '[']));
    if has_offset {
        return None;
    }
    let local: DateTime = text.parse().ok()?;
    let stamp = Offset::UTC.to_timestamp(local).ok()?;
    Some(Time::unix_seconds(stamp.as_second() - i64::from(stamp.subsec_nanosecond() < 0)))
}

/// A cell in a message: cut where it is long.
fn quoted(cell: &[u8]) -> String {
    const LONGEST: usize = 40;
    let text = String::from_utf8_lossy(cell);
    let text = text.trim();
    if text.chars().count() <= LONGEST {
        return format!("`{text}`");
    }
    format!("`{}…`", text.chars().take(LONGEST).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<(i64, bool)> {
        match time(text.as_bytes()) {
            TimeCell::At { time, zone } => Some((time.as_unix_seconds(), zone)),
            _ => None,
        }
    }

    #[test]
    fn times_are_read_in_many_dialects() {
        let t = 1_397_088_240;
        for text in [
            "2014-04-10T00:04:00Z",
            "2014-04-10 00:04:00+00:00",
            "2014-04-10T02:04:00+02:00",
            "2014-04-09T19:04-05:00",
            "2014-04-10T00:04Z",
            "2014-04-10 00:04:00 UTC",
            "2014-04-10T00:04:00.750Z",
            "1397088240",
            "1397088240.5",
            "1397088240000",
            "1397088240000000",
            "1397088240000000000",
            "1.39708824E+12",
        ] {
            assert_eq!(at(text), Some((t, true)), "{text}");
        }
        for text in ["2014-04-10 00:04", "2014-04-10T00:04:00", " 2014-04-10 00:04:00.25 ", "2014/04/10 00:04:00"] {
            assert_eq!(at(text), Some((t, false)), "{text}");
        }
        assert_eq!(at("2014-04-10"), Some((1_397_088_000, false)));
        assert_eq!(at("1969-12-31T23:59:59.5Z"), Some((-1, true)));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in
            ["17", "04/10/2014 00:04", "2014-13-10 00:04", "noon", "é", "2014-02-30", "2014-04-10 25:00", "1e400"]
        {
            assert_eq!(at(text), None, "{text}");
        }
        assert_eq!(time(b"\xff\xfe"), TimeCell::Wrong);
    }

    #[test]
    fn values_are_plain_numbers_or_nothing() {
        for (text, n) in [("94.0", 94.0), (" 3 ", 3.0), ("1e3", 1000.0), ("-0", 0.0), (".5", 0.5)] {
            assert_eq!(value(text.as_bytes()), Cell::Value(n), "{text}");
        }
        for text in ["", " ", "NaN", "NULL", "undefined", "-", "None"] {
            assert_eq!(value(text.as_bytes()), Cell::Empty, "{text}");
        }
        for text in ["-3", "inf", "1,204", "1.2 GiB", "0.13%", "many", "1e999"] {
            assert!(matches!(value(text.as_bytes()), Cell::Wrong { .. }), "{text}");
        }
        assert!(matches!(value(b"\xff"), Cell::Wrong { help: NO_TEXT, .. }));
    }
}

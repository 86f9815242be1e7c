//! The fields of a line, parted by blanks, some in quotes or brackets; and the times they hold.

/// Cuts a line into fields. A quoted field ends at a quote that a blank or the end of the line follows and no backslash
/// precedes; one in brackets at the next bracket. None where a quote or a bracket stays open.
pub(super) fn split<'l>(line: &'l str, into: &mut Vec<&'l str>) -> Option<()> {
    into.clear();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (field, after) = match rest.as_bytes()[0] {
            b'"' => quoted(rest)?,
            b'[' => (&rest[1..rest.find(']')?], &rest[rest.find(']')? + 1..]),
            _ => rest.split_at(rest.find(' ').unwrap_or(rest.len())),
        };
        into.push(field);
        rest = after.trim_start();
    }
    Some(())
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'"' if bytes.get(at + 1).is_none_or(|next| *next == b' ') => return Some((&text[1..at], &text[at + 1..])),
            _ => (),
        }
        at += 1;
    }
    None
}

/// A time of the common log format, as `17/May/2015:10:05:03 +0200`, in seconds since 1970, and its distance from UTC.
pub(super) fn log_time(text: &str) -> Option<(i64, i32)> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (day, rest) = text.split_once('/')?;
    let (month, rest) = rest.split_once('/')?;
    let (year, rest) = rest.split_once(':')?;
    let (clock, zone) = rest.split_once(' ')?;
    let month = MONTHS.iter().position(|name| *name == month)? as i8 + 1;
    let mut parts = clock.split(':').map(|part| part.parse::<i8>());
    let mut part = || parts.next()?.ok();
    let (hour, minute, second) = (part()?, part()?, part()?);
    let date = jiff::civil::Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()?;
    let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    let (sign, digits) = (zone.get(..1)?, zone.get(1..)?);
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits: i32 = digits.parse().ok()?;
    let away = (digits / 100 * 3600 + digits % 100 * 60) * if sign == "-" { -1 } else { 1 };
    let offset = jiff::tz::Offset::from_seconds(away).ok()?;
    Some((offset.to_timestamp(date.to_datetime(time)).ok()?.as_second(), away))
}

/// A time of RFC 3339, in seconds since 1970.
pub(super) fn instant(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(|time| time.as_second())
}

/// Method and target of a request line, as `GET /a?b=1 HTTP/1.1`; none where no request was sent (`-`).
pub(super) fn request_line(text: &str) -> Option<(&str, &str)> {
    let (method, rest) = text.split_once(' ')?;
    let is_method = !method.is_empty() && method.len() <= 16 && method.bytes().all(|b| b.is_ascii_uppercase());
    let target = rest.rsplit_once(" HTTP/").map_or(rest, |(target, _)| target);
    is_method.then_some((method, target))
}

/// A status of three digits.
pub(super) fn status(text: &str) -> Option<u16> {
    if text.len() == 3 { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_in_quotes_and_brackets() {
        let mut fields = Vec::new();
        split(r#"a [b c]  "d \" e" "f "g" h" - "" é"#, &mut fields).unwrap();
        assert_eq!(fields, ["a", "b c", r#"d \" e"#, "f \"g", "h\"", "-", "", "é"]);
        for open in ["a \"b", "a [b", "\"", "\"\\"] {
            assert_eq!(split(open, &mut fields), None, "{open}");
        }
    }

    #[test]
    fn times_have_zones() {
        assert_eq!(log_time("17/May/2015:10:05:03 +0000"), Some((1_431_857_103, 0)));
        assert_eq!(log_time("17/May/2015:12:05:03 +0200"), Some((1_431_857_103, 7200)));
        assert_eq!(log_time("17/May/2015:04:35:03 -0530"), Some((1_431_857_103, -19_800)));
        for bad in ["", "17/Mai/2015:10:05:03 +0000", "31/Feb/2015:10:05:03 +0000", "17/May/2015:10:05 +0000", "x"] {
            assert_eq!(log_time(bad), None, "{bad}");
        }
        assert_eq!(instant("2015-05-17T10:05:03.9Z"), Some(1_431_857_103));
    }

    #[test]
    fn a_request_has_a_method_and_a_target() {
        assert_eq!(request_line("GET /a b HTTP/1.1"), Some(("GET", "/a b")));
        assert_eq!(request_line("GET /a"), Some(("GET", "/a")));
        assert_eq!([request_line("-"), request_line("\\x16\\x03 x"), request_line("")], [None; 3]);
        assert_eq!([status("200"), status("000"), status("-"), status("+20")], [Some(200), Some(0), None, Some(20)]);
    }
}

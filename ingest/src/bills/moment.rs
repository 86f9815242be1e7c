//! Times as exports write them: ISO 8601 with `T` or a blank, with or without a zone.

/// Seconds since the epoch, and whether the text names its zone. None if the text is no time.
///
/// `2026-03-01T04:00:00Z`, `2024-09-18 23:00:00`, `2026-08-27 17:00:00+00:00`, `2023-11-04T23:00:00.000Z`, `2026-03-01`.
pub(crate) fn read(text: &[u8]) -> Option<(i64, bool)> {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range)?.iter().try_fold(0_i64, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
    };
    let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
    let is_date =
        text[4] == b'-' && text[7] == b'-' && (1..=12).contains(&month) && (1..=last_day(year, month)).contains(&day);
    if !is_date {
        return None;
    }
    let days = days(year, month, day);
    let rest = &text[10..];
    if rest.is_empty() {
        return Some((days * 86_400, false));
    }
    if !matches!(rest[0], b'T' | b't' | b' ') || text.get(13) != Some(&b':') {
        return None;
    }
    let (hour, minute) = (digits(11..13)?, digits(14..16)?);
    let (second, mut zone) =
        if text.get(16) == Some(&b':') { (digits(17..19)?, &text[19..]) } else { (0, &text[16..]) };
    if hour > 24 || minute > 59 || second > 60 {
        return None;
    }
    if let [b'.' | b',', fraction @ ..] = zone {
        let end = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
        zone = &fraction[end..];
    }
    let zone = zone.trim_ascii();
    let offset = if zone.is_empty() { None } else { Some(offset(zone)?) };
    Some((days * 86_400 + hour * 3600 + minute * 60 + second - offset.unwrap_or(0), offset.is_some()))
}

/// The seconds that a zone is ahead of universal time; none if the text is no zone.
fn offset(zone: &[u8]) -> Option<i64> {
    match zone {
        b"Z" | b"z" | b"UTC" | b"GMT" => Some(0),
        [sign @ (b'+' | b'-'), rest @ ..] => {
            let mut digits =
                rest.iter().filter(|b| **b != b':').map(|b| b.is_ascii_digit().then(|| i64::from(b - b'0')));
            let mut next = || digits.next().unwrap_or(Some(0));
            let seconds = (next()? * 10 + next()?) * 3600 + (next()? * 10 + next()?) * 60;
            let is_whole = matches!(rest.len(), 2 | 4 | 5) && seconds <= 14 * 3600;
            is_whole.then_some(if *sign == b'-' { -seconds } else { seconds })
        }
        _ => None,
    }
}

const fn last_day(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since the epoch of a date of the Gregorian calendar.
///
/// H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
pub(crate) const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_spelling() {
        let cases: [(&str, i64, bool); 8] = [
            ("1970-01-01", 0, false),
            ("2026-03-01T04:00:00Z", 1_772_337_600, true),
            ("2026-03-01 04:00:00", 1_772_337_600, false),
            ("2026-03-01 04:00:00+00:00", 1_772_337_600, true),
            ("2026-03-01T05:30:00.000+01:30", 1_772_337_600, true),
            ("2026-03-01 04:00:00 UTC", 1_772_337_600, true),
            ("2026-03-01T04:00Z", 1_772_337_600, true),
            ("2026-02-28T20:00:00-0800", 1_772_337_600, true),
        ];
        for (text, seconds, zoned) in cases {
            assert_eq!(read(text.as_bytes()), Some((seconds, zoned)), "{text}");
        }
        for wrong in [
            "",
            "2026",
            "2026-13-01",
            "2026-02-29",
            "2026-03-01X",
            "2026-03-01T25:00:00Z",
            "03/01/2026",
            "2026-03-01T04:00:00 PST",
            "2026-3-1",
        ] {
            assert_eq!(read(wrong.as_bytes()), None, "{wrong}");
        }
    }
}

//! Times as FOCUS writes them: `2026-03-01T04:00:00Z`.

/// Seconds in a day.
pub(crate) const DAY: i64 = 86_400;

/// The year, month and day that is so many days after the epoch.
///
/// H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
pub(crate) const fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let (month, later) = if from_march < 10 { (from_march + 3, 0) } else { (from_march - 9, 1) };
    (year + era * 400 + later, month, day)
}

/// The text of a moment in seconds since the epoch, in the years 0 to 9999.
pub(crate) fn written(seconds: i64) -> [u8; 20] {
    let (year, month, day) = date(seconds.div_euclid(DAY));
    let of_day = seconds.rem_euclid(DAY);
    let mut text = *b"0000-00-00T00:00:00Z";
    let mut put = |at: usize, digits: usize, mut value: i64| {
        for place in (at..at + digits).rev() {
            text[place] = b'0' + value.rem_euclid(10) as u8;
            value /= 10;
        }
    };
    put(0, 4, year);
    put(5, 2, month);
    put(8, 2, day);
    put(11, 2, of_day / 3600);
    put(14, 2, of_day / 60 % 60);
    put(17, 2, of_day % 60);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bills::moment;

    #[test]
    fn a_written_moment_reads_as_itself() {
        for seconds in [0, -1, 1_772_337_600, 951_782_400, 951_868_799, -62_135_596_800, 253_402_300_799] {
            assert_eq!(moment::read(&written(seconds)), Some((seconds, true)), "{seconds}");
        }
        assert_eq!(&written(1_772_337_605), b"2026-03-01T04:00:05Z");
    }

    #[test]
    fn dates_follow_one_another() {
        for days in -200_000..200_000 {
            let (year, month, day) = date(days);
            assert_eq!(moment::days(year, month, day), days);
        }
    }
}
